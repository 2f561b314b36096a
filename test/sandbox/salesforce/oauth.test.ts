import { createSign, generateKeyPairSync } from 'node:crypto';
import { Connection } from 'jsforce';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  SANDBOX_CLIENT,
  SANDBOX_ORGANIZATION_ID,
  SANDBOX_REFRESH_TOKEN,
  SANDBOX_USERNAME,
  SANDBOX_USERS,
} from '../../../src/sandbox/salesforce/stand-in.ts';
import { NOW, refusalOf, startSandbox, VERSION, type Sandbox } from './fixture.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PEM = publicKey.export({ type: 'spki', format: 'pem' }).toString();

const base64url = (value: unknown): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

function assertion(claims: Record<string, unknown>, key = privateKey): string {
  const signed = `${base64url({ alg: 'RS256' })}.${base64url({
    iss: SANDBOX_CLIENT.clientId,
    sub: SANDBOX_USERNAME,
    aud: 'https://login.salesforce.com',
    exp: Date.parse(NOW) / 1000 + 180,
    ...claims,
  })}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
}

async function token(url: string, form: Record<string, string>): Promise<[number, unknown]> {
  const response = await fetch(`${url}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return [response.status, await response.json()];
}

describe('Signing in (salesforce-api §2)', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({
      clients: [{ ...SANDBOX_CLIENT, publicKey: PEM }],
      sessionLifetimeMs: 60_000,
    });
  });
  afterEach(() => sandbox.close());

  it('gives a token for client credentials, with the org behind its own address', async () => {
    const [status, answer] = await token(sandbox.url, {
      grant_type: 'client_credentials',
      client_id: SANDBOX_CLIENT.clientId,
      client_secret: SANDBOX_CLIENT.clientSecret,
    });
    expect(status).toBe(200);
    expect(answer).toEqual({
      access_token: expect.stringMatching(/^00D\w{12}!/) as string,
      instance_url: sandbox.url,
      id: `${sandbox.url}/id/${SANDBOX_ORGANIZATION_ID}/${SANDBOX_USERS.integration.id}`,
      token_type: 'Bearer',
      issued_at: String(Date.parse(NOW)),
      signature: expect.any(String) as string,
      scope: 'api refresh_token id',
    });
  });

  it('takes client credentials by Basic authentication too', async () => {
    const basic = Buffer.from(`${SANDBOX_CLIENT.clientId}:${SANDBOX_CLIENT.clientSecret}`);
    const response = await fetch(`${sandbox.url}/services/oauth2/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic.toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    expect(response.status).toBe(200);
  });

  it('gives a token for a signed JWT', async () => {
    const connection = new Connection({ version: VERSION, loginUrl: sandbox.url });
    const user = await connection.authorize({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: assertion({}),
    });
    expect(user.id).toBe(SANDBOX_USERS.integration.id);
    expect((await connection.query('SELECT Id FROM Lead')).totalSize).toBe(0);
  });

  const otherKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  it.each([
    ['a signature of another key', assertion({}, otherKey), 'invalid_grant', 'invalid assertion'],
    ['text that is no JWT', 'nonsense', 'invalid_grant', 'invalid assertion'],
    [
      'another audience',
      assertion({ aud: 'https://example.com' }),
      'invalid_grant',
      'audience is invalid',
    ],
    [
      'an expiry in the past',
      assertion({ exp: Date.parse(NOW) / 1000 - 1 }),
      'invalid_grant',
      'expired authorization code',
    ],
    [
      'a user that was not approved',
      assertion({ sub: 'somebody@else' }),
      'invalid_grant',
      "user hasn't approved this consumer",
    ],
    [
      'an app it does not know',
      assertion({ iss: 'unknown' }),
      'invalid_client_id',
      'client identifier invalid',
    ],
  ])('refuses a JWT with %s', async (_case, jwt, error, description) => {
    const answer = await token(sandbox.url, {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: jwt,
    });
    expect(answer).toEqual([400, { error, error_description: description }]);
  });

  it('gives a new token for the refresh token and refuses any other', async () => {
    const form = { grant_type: 'refresh_token', client_id: SANDBOX_CLIENT.clientId };
    const [status] = await token(sandbox.url, { ...form, refresh_token: SANDBOX_REFRESH_TOKEN });
    expect(status).toBe(200);
    expect(await token(sandbox.url, { ...form, refresh_token: 'old' })).toEqual([
      400,
      { error: 'invalid_grant', error_description: 'expired access/refresh token' },
    ]);
  });

  it.each([
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type', 'grant type not supported'],
    [
      { grant_type: 'client_credentials', client_id: 'x', client_secret: 'y' },
      400,
      'invalid_client_id',
      'client identifier invalid',
    ],
    [
      {
        grant_type: 'client_credentials',
        client_id: SANDBOX_CLIENT.clientId,
        client_secret: 'wrong',
      },
      401,
      'invalid_client',
      'invalid client credentials',
    ],
  ])('refuses %j', async (form, status, error, description) => {
    expect(await token(sandbox.url, form)).toEqual([
      status,
      { error, error_description: description },
    ]);
  });

  it('answers 401 INVALID_SESSION_ID once the token is over (salesforce-api §5)', async () => {
    sandbox.clock.advance(60_000);
    const answer = await sandbox.call('GET', '/limits');
    expect(answer.status).toBe(401);
    expect(answer.json).toEqual([
      { message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' },
    ]);
  });

  it('lets jsforce fetch a new token by refreshFn and repeat the call (salesforce-api §1)', async () => {
    const connection = new Connection({
      version: VERSION,
      instanceUrl: sandbox.url,
      accessToken: 'over',
      refreshFn: (_connection, callback) => {
        token(sandbox.url, {
          grant_type: 'client_credentials',
          client_id: SANDBOX_CLIENT.clientId,
          client_secret: SANDBOX_CLIENT.clientSecret,
        }).then(
          ([, answer]) => {
            callback(null, (answer as { access_token: string }).access_token);
          },
          (error: unknown) => {
            callback(error as Error);
          },
        );
      },
    });
    expect((await connection.query('SELECT Id FROM Lead')).done).toBe(true);
  });

  it('says who the token belongs to', async () => {
    const identity = await sandbox.connection.identity();
    expect(identity).toMatchObject({
      user_id: SANDBOX_USERS.integration.id,
      organization_id: SANDBOX_ORGANIZATION_ID,
      username: SANDBOX_USERNAME,
      active: true,
    });
    const info = await fetch(`${sandbox.url}/services/oauth2/userinfo`, {
      headers: { authorization: `Bearer ${sandbox.connection.accessToken ?? ''}` },
    });
    expect(await info.json()).toMatchObject({
      user_id: SANDBOX_USERS.integration.id,
      preferred_username: SANDBOX_USERNAME,
    });
  });

  it('ends a session on revoke', async () => {
    const accessToken = sandbox.connection.accessToken ?? '';
    await sandbox.connection.oauth2.revokeToken(accessToken);
    expect((await refusalOf(sandbox.connection.request('/limits'))).message).toContain('refresh');
  });
});
