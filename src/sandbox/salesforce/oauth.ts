// Sign-in as an External Client App does it: client credentials, JWT bearer, and refresh token for apps
// of old (salesforce-api §2). Every token acts as the integration user. Also who a token belongs to
// (userinfo, the identity address) and revoking it.
import { createHmac, createVerify } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { json, type SandboxRequest, type SandboxResponse } from '../http.ts';
import { SANDBOX_REFRESH_TOKEN, SANDBOX_USERNAME } from './accounts.ts';
import { isJson, type Json } from './rest/call.ts';

export interface SandboxClient {
  readonly clientId: string;
  readonly clientSecret: string;
  /** PEM. When given, a JWT's RS256 signature must verify against it; else only its claims are checked. */
  readonly publicKey?: string;
}

export interface OAuthOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly organizationId: string;
  readonly userId: string;
  readonly clients: readonly SandboxClient[];
  readonly sessionLifetimeMs: number;
}

const GRANT_JWT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
/** A JWT may not be good for longer than this. */
const LONGEST_ASSERTION_S = 300;
const AUDIENCES = ['https://login.salesforce.com', 'https://test.salesforce.com'];

class Refused extends Error {
  readonly code: string;
  constructor(code: string, description: string) {
    super(description);
    this.code = code;
  }
}

export class OAuth {
  readonly #options: OAuthOptions;
  /** When each access token ends. */
  readonly #sessions = new Map<string, number>();

  constructor(options: OAuthOptions) {
    this.#options = options;
  }

  isValid(authorization: string | undefined): boolean {
    const token = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
    return (this.#sessions.get(token) ?? 0) > this.#options.clock.now();
  }

  /** Ends every session, as an admin can. */
  expireAll(): void {
    this.#sessions.clear();
  }

  /** POST /services/oauth2/token */
  token(request: SandboxRequest, baseUrl: string): SandboxResponse {
    const form = new URLSearchParams(request.body);
    try {
      switch (form.get('grant_type')) {
        case 'client_credentials':
          this.#client(request, form, true);
          return this.#grant(baseUrl, {});
        case 'refresh_token':
          this.#client(request, form, false);
          if (form.get('refresh_token') !== SANDBOX_REFRESH_TOKEN) {
            throw new Refused('invalid_grant', 'expired access/refresh token');
          }
          return this.#grant(baseUrl, {});
        case GRANT_JWT:
          this.#checkAssertion(form.get('assertion') ?? '', baseUrl);
          return this.#grant(baseUrl, {});
        default:
          throw new Refused('unsupported_grant_type', 'grant type not supported');
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return json(error.code === 'invalid_client' ? 401 : 400, {
        error: error.code,
        error_description: error.message,
      });
    }
  }

  /** POST /services/oauth2/revoke */
  revoke(request: SandboxRequest): SandboxResponse {
    const token = new URLSearchParams(request.body).get('token') ?? request.query.get('token');
    if (!this.#sessions.delete(token ?? '')) {
      return json(400, {
        error: 'unsupported_token_type',
        error_description: 'this token type is not supported',
      });
    }
    return { status: 200, headers: {}, body: '' };
  }

  #client(request: SandboxRequest, form: URLSearchParams, needsSecret: boolean): SandboxClient {
    const basic = /^Basic\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const [basicId, basicSecret] = Buffer.from(basic ?? '', 'base64')
      .toString('utf8')
      .split(':');
    const clientId = form.get('client_id') ?? basicId ?? '';
    const secret = form.get('client_secret') ?? basicSecret ?? null;
    const client = this.#clientById(clientId);
    if (secret === null ? needsSecret : secret !== client.clientSecret) {
      throw new Refused('invalid_client', 'invalid client credentials');
    }
    return client;
  }

  #clientById(clientId: unknown): SandboxClient {
    const client = this.#options.clients.find((each) => each.clientId === clientId);
    if (client === undefined) throw new Refused('invalid_client_id', 'client identifier invalid');
    return client;
  }

  #checkAssertion(assertion: string, baseUrl: string): void {
    const [head = '', payload = '', signature = ''] = assertion.split('.');
    const header = decode(head);
    const claims = decode(payload);
    if (header.alg !== 'RS256' || signature === '') {
      throw new Refused('invalid_grant', 'invalid assertion');
    }
    const client = this.#clientById(claims.iss);
    if (client.publicKey !== undefined) {
      const verifier = createVerify('RSA-SHA256').update(`${head}.${payload}`);
      if (!verifier.verify(client.publicKey, signature, 'base64url')) {
        throw new Refused('invalid_grant', 'invalid assertion');
      }
    }
    if (![...AUDIENCES, baseUrl].includes(String(claims.aud))) {
      throw new Refused('invalid_grant', 'audience is invalid');
    }
    const seconds = this.#options.clock.now() / 1000;
    const expiry = claims.exp;
    if (typeof expiry !== 'number' || expiry <= seconds || expiry > seconds + LONGEST_ASSERTION_S) {
      throw new Refused('invalid_grant', 'expired authorization code');
    }
    if (claims.sub !== SANDBOX_USERNAME) {
      throw new Refused('invalid_grant', "user hasn't approved this consumer");
    }
  }

  #grant(baseUrl: string, extra: Json): SandboxResponse {
    const { clock, organizationId, userId, clients, sessionLifetimeMs } = this.#options;
    const token = `${organizationId.slice(0, 15)}!${this.#randomText(96)}`;
    this.#sessions.set(token, clock.now() + sessionLifetimeMs);
    const id = `${baseUrl}/id/${organizationId}/${userId}`;
    const issuedAt = String(clock.now());
    return json(200, {
      access_token: token,
      signature: createHmac('sha256', clients[0]?.clientSecret ?? '')
        .update(id + issuedAt)
        .digest('base64'),
      scope: 'api refresh_token id',
      instance_url: baseUrl,
      id,
      token_type: 'Bearer',
      issued_at: issuedAt,
      ...extra,
    });
  }

  #randomText(length: number): string {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._';
    return Array.from({ length }, () =>
      letters.charAt(Math.floor(this.#options.random() * letters.length)),
    ).join('');
  }
}

function decode(part: string): Json {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return isJson(value) ? value : {};
  } catch {
    return {};
  }
}
