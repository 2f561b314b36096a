// One jsforce connection, its session and its failures. jsforce repeats reads but never POST and PATCH,
// ignores Retry-After and waits half an hour for an answer (salesforce-api §1): time-outs and repeats are ours.
import jsforce from 'jsforce';
import { CallRejected, RateLimited, Unauthorized, Unavailable } from '../engine/failures.ts';
import { signIn, type SalesforceCredentials, type Session } from './credentials.ts';

export const API_VERSION = '64.0';

export interface ConnectionOptions {
  readonly timeoutMs?: number;
  /** How often one call is sent at the most. */
  readonly attempts?: number;
  readonly pauseMs?: number;
  readonly sleep?: (milliseconds: number) => Promise<void>;
  readonly random?: () => number;
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Path below `/services/data/vXX.0`. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

type Jsforce = InstanceType<typeof jsforce.Connection>;

export class SalesforceConnection {
  readonly #credentials: SalesforceCredentials;
  readonly #timeoutMs: number;
  readonly #attempts: number;
  readonly #pauseMs: number;
  readonly #sleep: (milliseconds: number) => Promise<void>;
  readonly #random: () => number;
  #opened: Promise<{ connection: Jsforce; session: Session }> | null = null;

  constructor(credentials: SalesforceCredentials, options: ConnectionOptions = {}) {
    this.#credentials = credentials;
    this.#timeoutMs = options.timeoutMs ?? 60_000;
    this.#attempts = options.attempts ?? 4;
    this.#pauseMs = options.pauseMs ?? 300;
    this.#sleep =
      options.sleep ??
      ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)));
    this.#random = options.random ?? Math.random;
  }

  async session(): Promise<Session> {
    return (await this.#open()).session;
  }

  /**
   * Sends a call and answers with its body. `repeatable` false: a lost answer is not sent again but thrown
   * as `Unavailable`, because the call may have been carried out.
   */
  async send(call: Call, repeatable = true): Promise<unknown> {
    for (let attempt = 1; ; attempt += 1) {
      const { connection } = await this.#open();
      try {
        return await this.#once(connection, call);
      } catch (error) {
        const failure = asFailure(error);
        const passing = failure instanceof Unavailable && repeatable;
        if (!passing || attempt >= this.#attempts) throw failure;
        await this.#sleep(this.#pauseMs * 2 ** (attempt - 1) * (0.5 + this.#random()));
      }
    }
  }

  #open(): Promise<{ connection: Jsforce; session: Session }> {
    this.#opened ??= this.#connect().catch((error: unknown) => {
      // The next call signs in anew.
      this.#opened = null;
      throw error;
    });
    return this.#opened;
  }

  async #connect(): Promise<{ connection: Jsforce; session: Session }> {
    const session = await this.#signIn();
    const connection = new jsforce.Connection({
      accessToken: session.accessToken,
      instanceUrl: session.instanceUrl,
      version: API_VERSION,
      maxRequest: 10,
      // Called by jsforce when a session is over (INVALID_SESSION_ID); it then sends the call once more.
      refreshFn: (_, done) => {
        this.#signIn().then(
          (renewed) => {
            done(null, renewed.accessToken);
          },
          (error: unknown) => {
            done(error instanceof Error ? error : new Error(String(error)));
          },
        );
      },
    });
    return { connection, session };
  }

  async #signIn(): Promise<Session> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await signIn(this.#credentials, this.#timeoutMs);
      } catch (error) {
        if (!(error instanceof Unavailable) || attempt >= this.#attempts) throw error;
        await this.#sleep(this.#pauseMs * 2 ** (attempt - 1) * (0.5 + this.#random()));
      }
    }
  }

  #once(connection: Jsforce, { method, path, body, headers }: Call): Promise<unknown> {
    return connection.request<unknown>(
      {
        method,
        url: path,
        headers: { 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
      // jsforce's own repeats of reads are left out: one place decides.
      { retry: { maxRetries: 0 }, timeout: this.#timeoutMs } as object,
    );
  }
}

const PASSING_CODES = new Set([
  'SERVER_UNAVAILABLE',
  'UNABLE_TO_LOCK_ROW',
  'QUERY_TIMEOUT',
  'UNKNOWN_EXCEPTION',
]);
const PASSING_STATUSES = new Set([420, 429, 500, 502, 503, 504]);

/** jsforce's errors: an `errorCode` of Salesforce's, or `ERROR_HTTP_<status>`, or a socket's own. */
function asFailure(error: unknown): Error {
  if (error instanceof Unauthorized || error instanceof Unavailable || !(error instanceof Error)) {
    return error instanceof Error ? error : new Unavailable('Salesforce', String(error));
  }
  const code =
    'errorCode' in error && typeof error.errorCode === 'string' ? error.errorCode : error.name;
  const status = Number(/^ERROR_HTTP_(\d+)$/.exec(code)?.[1] ?? Number.NaN);
  const { message } = error;
  if (code === 'REQUEST_LIMIT_EXCEEDED')
    return new RateLimited('Salesforce', message, null, { cause: error });
  if (code === 'INVALID_SESSION_ID' || status === 401)
    return new Unauthorized('Salesforce', message, { cause: error });
  if (PASSING_CODES.has(code) || PASSING_STATUSES.has(status)) {
    return new Unavailable('Salesforce', message || code, { cause: error });
  }
  const isSalesforceCode = 'errorCode' in error;
  if (!isSalesforceCode)
    return new Unavailable('Salesforce', 'no answer in time, or the connection broke', {
      cause: error,
    });
  return new CallRejected('Salesforce', message, Number.isNaN(status) ? 400 : status, code, {
    cause: error,
  });
}
