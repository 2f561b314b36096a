// One jsforce connection, its session and its failures. jsforce repeats reads but never POST and PATCH,
// ignores Retry-After and waits half an hour for an answer (salesforce-api §1): time-outs and repeats are ours.
// The connection alone is half the size of jsforce with its bulk, metadata and streaming APIs.
import { Connection } from 'jsforce/lib/connection.js';
import {
  CallFailed,
  CallRejected,
  RateLimited,
  Unauthorized,
  Unavailable,
} from '../engine/failures.ts';
import { signIn, type SalesforceCredentials, type Session } from './credentials.ts';
import { ExchangeTransport, overNetwork, type Exchange } from './exchange.ts';
import { PlainText, type TextAnswer } from './plain-text.ts';

export const API_VERSION = '64.0';
/** Salesforce names it as the origin of what these calls change. */
export const CLIENT_NAME = 'Tandem';

export interface ConnectionOptions {
  readonly timeoutMs?: number;
  /** How often one call is sent at the most. */
  readonly attempts?: number;
  readonly pauseMs?: number;
  readonly sleep?: (milliseconds: number) => Promise<void>;
  readonly random?: () => number;
  /** In place of the network. It alone then decides how long an answer may take: no timer runs. */
  readonly exchange?: Exchange;
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path below `/services/data/vXX.0`. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A call whose body is text, there or back: CSV of the Bulk API. */
export interface TextCall {
  readonly method: 'GET' | 'PUT';
  readonly path: string;
  readonly body?: string;
}

/** A token may end the moment it was given; three in a row that Salesforce refuses mean something else. */
const MOST_REFUSED_SESSIONS = 3;

interface Opened {
  readonly connection: Connection;
  readonly session: Session;
}

export class SalesforceConnection {
  readonly #credentials: SalesforceCredentials;
  readonly #timeoutMs: number;
  readonly #attempts: number;
  readonly #pauseMs: number;
  readonly #sleep: (milliseconds: number) => Promise<void>;
  readonly #random: () => number;
  readonly #exchange: Exchange | null;
  #opened: Promise<Opened> | null = null;
  /** Sessions since Salesforce last accepted one. */
  #refusedSessions = 0;

  constructor(credentials: SalesforceCredentials, options: ConnectionOptions = {}) {
    this.#credentials = credentials;
    this.#timeoutMs = options.timeoutMs ?? 60_000;
    this.#attempts = options.attempts ?? 4;
    this.#pauseMs = options.pauseMs ?? 300;
    this.#sleep =
      options.sleep ??
      ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)));
    this.#random = options.random ?? Math.random;
    this.#exchange = options.exchange ?? null;
  }

  async session(): Promise<Session> {
    return (await this.#open()).session;
  }

  /**
   * Sends a call and answers with its body. `repeatable` false: a lost answer is not sent again but thrown
   * as `Unavailable`, because the call may have been carried out.
   */
  send(call: Call, repeatable = true): Promise<unknown> {
    return this.#untilSettled((connection) => this.#once(connection, call), repeatable);
  }

  /** The same for text, answered with its headers. */
  sendText(call: TextCall, repeatable = true): Promise<TextAnswer> {
    return this.#untilSettled((connection) => this.#onceText(connection, call), repeatable);
  }

  async #untilSettled<Answer>(
    once: (connection: Connection) => Promise<Answer>,
    repeatable: boolean,
  ): Promise<Answer> {
    let attempt = 1;
    for (;;) {
      const opening = this.#open();
      const { connection } = await opening;
      try {
        const answer = await once(connection);
        this.#refusedSessions = 0;
        return answer;
      } catch (error) {
        const failure = asFailure(error);
        if (failure instanceof Unauthorized) {
          // Nothing was carried out: the call goes out again at once, under the next session.
          this.#leave(opening);
          continue;
        }
        // Any answer but 401 means that the session was accepted.
        if (failure instanceof CallRejected || failure instanceof RateLimited)
          this.#refusedSessions = 0;
        const passing =
          failure instanceof TooManyAtOnce || (failure instanceof Unavailable && repeatable);
        if (!passing || attempt >= this.#attempts) throw failure;
        await this.pause(attempt);
        attempt += 1;
      }
    }
  }

  /** Waits for something that takes its time. */
  wait(milliseconds: number): Promise<void> {
    return this.#sleep(milliseconds);
  }

  /** Waits before another attempt: longer every time, never the same. */
  pause(attempt: number): Promise<void> {
    return this.#sleep(this.#pauseMs * 2 ** (attempt - 1) * (0.5 + this.#random()));
  }

  /** Forgets a session that is over, unless another call has done so already. */
  #leave(opening: Promise<Opened>): void {
    if (this.#opened !== opening) return;
    this.#opened = null;
    this.#refusedSessions += 1;
    if (this.#refusedSessions < MOST_REFUSED_SESSIONS) return;
    this.#refusedSessions = 0;
    throw new Unauthorized(
      'Salesforce',
      'Salesforce signs the integration user in but refuses its session: look at the app’s policies and at “API Enabled”.',
    );
  }

  #open(): Promise<Opened> {
    this.#opened ??= this.#connect().catch((error: unknown) => {
      // The next call signs in anew.
      this.#opened = null;
      throw error;
    });
    return this.#opened;
  }

  /** jsforce gets no `refreshFn`: it would renew and resend without end. */
  async #connect(): Promise<Opened> {
    const session = await this.#signIn();
    const connection = new Connection({
      accessToken: session.accessToken,
      instanceUrl: session.instanceUrl,
      version: API_VERSION,
      callOptions: { client: CLIENT_NAME },
      maxRequest: 10,
    });
    if (this.#exchange) connection._transport = new ExchangeTransport(this.#exchange);
    return { connection, session };
  }

  async #signIn(): Promise<Session> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await signIn(this.#credentials, this.#exchange ?? overNetwork(this.#timeoutMs));
      } catch (error) {
        if (!(error instanceof Unavailable) || attempt >= this.#attempts) throw error;
        await this.pause(attempt);
      }
    }
  }

  async #once(connection: Connection, { method, path, body, headers }: Call): Promise<unknown> {
    const answer = await this.#inTime(
      connection.request(
        {
          method,
          url: path,
          headers: { 'content-type': 'application/json', ...headers },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        },
        // jsforce's own repeats of reads are left out: one place decides.
        { retry: { maxRetries: 0 }, timeout: this.#timeoutMs },
      ),
    );
    // jsforce hands on what it can't parse, such as the page of a proxy.
    if (typeof answer === 'string')
      throw new Unavailable('Salesforce', 'the answer is not JSON: something stands in between');
    return answer;
  }

  async #onceText(connection: Connection, { method, path, body }: TextCall): Promise<TextAnswer> {
    const call = new PlainText(connection, { retry: { maxRetries: 0 }, timeout: this.#timeoutMs });
    const answer = await this.#inTime(
      call.request<TextAnswer>({
        method,
        url: `${connection._baseUrl()}${path}`,
        headers: {
          accept: 'text/csv',
          ...(body === undefined ? {} : { 'content-type': 'text/csv' }),
        },
        ...(body === undefined ? {} : { body }),
      }),
    );
    if (/^text\/html/i.test(answer.headers['content-type'] ?? ''))
      throw new Unavailable('Salesforce', 'the answer is not CSV: something stands in between');
    return answer;
  }

  /** jsforce's time-out ends with the headers of an answer; this one covers its body too. */
  async #inTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
    if (this.#exchange) return answer;
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Unavailable('Salesforce', `no whole answer within ${this.#timeoutMs} ms`));
      }, this.#timeoutMs);
    });
    try {
      return await Promise.race([answer, timeout]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** More than 25 long calls at the same time: over in seconds, unlike the day's limit (salesforce-api §5). */
class TooManyAtOnce extends RateLimited {}

const PASSING_CODES = new Set([
  'SERVER_UNAVAILABLE',
  'UNABLE_TO_LOCK_ROW',
  'QUERY_TIMEOUT',
  'UNKNOWN_EXCEPTION',
]);
const PASSING_STATUSES = new Set([408, 420, 500, 502, 503, 504]);

/** jsforce's errors: an `errorCode` of Salesforce's, or `ERROR_HTTP_<status>`, or a socket's own. */
function asFailure(error: unknown): Error {
  if (!(error instanceof Error)) return new Unavailable('Salesforce', String(error));
  if (error instanceof CallFailed) return error;
  const code =
    'errorCode' in error && typeof error.errorCode === 'string' ? error.errorCode : error.name;
  const status = Number(/^ERROR_HTTP_(\d+)$/.exec(code)?.[1] ?? Number.NaN);
  const { message } = error;
  if (code === 'REQUEST_LIMIT_EXCEEDED' || status === 429) {
    const Failure =
      status === 429 || /ConcurrentRequests/.test(message) ? TooManyAtOnce : RateLimited;
    return new Failure('Salesforce', message, null, { cause: error });
  }
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
