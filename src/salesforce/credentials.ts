// Signing in without a browser: client credentials, JWT bearer, or a refresh token of an existing app
// (salesforce-api §2).
import { createSign } from 'node:crypto';
import { z } from 'zod';
import { Unauthorized, Unavailable } from '../engine/failures.ts';
import type { Exchange, ExchangeAnswer } from './exchange.ts';

export type SalesforceCredentials =
  | {
      readonly flow: 'clientCredentials';
      readonly clientId: string;
      readonly clientSecret: string;
      readonly loginUrl: string;
    }
  | {
      readonly flow: 'jwt';
      readonly clientId: string;
      /** PEM. */
      readonly privateKey: string;
      readonly username: string;
      readonly loginUrl: string;
    }
  | {
      readonly flow: 'refreshToken';
      readonly clientId: string;
      readonly clientSecret: string | null;
      readonly refreshToken: string;
      readonly loginUrl: string;
    };

export interface Session {
  readonly accessToken: string;
  readonly instanceUrl: string;
  /** 18-character organization id. */
  readonly organizationId: string;
  /** The integration user. */
  readonly userId: string;
}

const tokenSchema = z.object({
  access_token: z.string(),
  instance_url: z.string(),
  id: z.string(),
});
const errorSchema = z.object({ error: z.string(), error_description: z.string().default('') });

/** How long a signed assertion is good for. */
const ASSERTION_LIFE_S = 180;

/** Salesforce doesn't take My Domain addresses here: production is the login address, sandboxes the test one. */
function audienceOf(loginUrl: string): string {
  const { hostname, origin } = new URL(loginUrl);
  if (hostname === 'test.salesforce.com' || hostname.endsWith('.sandbox.my.salesforce.com'))
    return 'https://test.salesforce.com';
  return hostname.endsWith('.salesforce.com') ? 'https://login.salesforce.com' : origin;
}

function assertion(
  { clientId, username, privateKey, loginUrl }: Extract<SalesforceCredentials, { flow: 'jwt' }>,
  now: number,
): string {
  const encode = (value: object): string =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    iss: clientId,
    sub: username,
    aud: audienceOf(loginUrl),
    exp: Math.floor(now / 1000) + ASSERTION_LIFE_S,
  };
  const unsigned = `${encode({ alg: 'RS256' })}.${encode(claims)}`;
  return `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(privateKey, 'base64url')}`;
}

function grant(credentials: SalesforceCredentials, now: number): Record<string, string> {
  switch (credentials.flow) {
    case 'clientCredentials':
      return {
        grant_type: 'client_credentials',
        client_id: credentials.clientId,
        client_secret: credentials.clientSecret,
      };
    case 'jwt':
      return {
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion: assertion(credentials, now),
      };
    case 'refreshToken':
      return {
        grant_type: 'refresh_token',
        client_id: credentials.clientId,
        refresh_token: credentials.refreshToken,
        ...(credentials.clientSecret === null ? {} : { client_secret: credentials.clientSecret }),
      };
  }
}

/** Signs in; throws `Unauthorized` with Salesforce's own words when it refuses. */
export async function signIn(
  credentials: SalesforceCredentials,
  exchange: Exchange,
): Promise<Session> {
  const { loginUrl } = credentials;
  let response: ExchangeAnswer;
  try {
    response = await exchange({
      method: 'POST',
      url: new URL('/services/oauth2/token', loginUrl).href,
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' },
      body: new URLSearchParams(grant(credentials, Date.now())).toString(),
    });
  } catch (error) {
    throw new Unavailable('Salesforce', `no answer from ${loginUrl}`, { cause: error });
  }
  const { status, body } = response;
  if (status >= 300) {
    const refused = errorSchema.safeParse(parsed(body));
    if (status >= 500 || !refused.success)
      throw new Unavailable('Salesforce', `sign-in failed with status ${status}`);
    throw new Unauthorized(
      'Salesforce',
      `${refused.data.error}: ${refused.data.error_description}`,
    );
  }
  const answer = tokenSchema.safeParse(parsed(body));
  if (!answer.success)
    throw new Unavailable(
      'Salesforce',
      'the sign-in was answered with something else than a token',
    );
  const token = answer.data;
  const [, organizationId = '', userId = ''] =
    /\/id\/(\w{15,18})\/(\w{15,18})?/.exec(token.id) ?? [];
  const { access_token: accessToken, instance_url: instanceUrl } = token;
  return { accessToken, instanceUrl, organizationId, userId };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
