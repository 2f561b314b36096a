// One jsforce connection, its session and its failures. jsforce repeats reads but never POST and PATCH,
// ignores Retry-After and waits half an hour for an answer (salesforce-api §1): time-outs and repeats are ours.
// The connection alone is half the size of jsforce with its bulk, metadata and streaming APIs.
import { Connection } from 'jsforce/lib/connection.js';
import type { Transport } from 'jsforce/lib/transport.js';
import { endpointName, type CallBudget, type MetLimit } from '../engine/call-budget.ts';
import { CallRejected, RateLimited, Unauthorized, Unavailable } from '../engine/failures.ts';
import { retryAfterMs } from '../engine/retry-after.ts';
import { ConcurrencyGate } from './concurrency.ts';
import { signIn, type SalesforceCredentials, type Session } from './credentials.ts';
import {
  AnnouncingTransport,
  ExchangeTransport,
  overNetwork,
  type AnswerHead,
  type Exchange,
} from './exchange.ts';
import { failureOf, metLimit, TooManyAtOnce } from './failures.ts';
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
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Keeps the org's limits together with other processes; the org alone says what is too much without. */
  readonly budget?: CallBudget;
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

/** Longer asked-for pauses are the caller's business. */
const LONGEST_PAUSE_MS = 12_000;
/** Salesforce doesn't say when the day's limit ends: it counts the last 24 hours. */
const DAY_PAUSE_MS = 5 * 60_000;

type Outcome<Answer> =
  { readonly answer: Answer } | { readonly failure: Error; readonly askedMs: number | null };

type NamedCall = Pick<Call | TextCall, 'method' | 'path'>;

/** Sends a call once, over a transport that tells of the head of its answer. */
type Once<Answer> = (connection: Connection, transport: Transport) => Promise<Answer>;

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
  readonly #now: () => number;
  readonly #budget: CallBudget | null;
  readonly #exchange: Exchange | null;
  readonly #gate = new ConcurrencyGate();
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
    this.#now = options.now ?? Date.now;
    this.#budget = options.budget ?? null;
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
    const once: Once<unknown> = (...over) => this.#once(call, ...over);
    return this.#untilSettled(call, once, repeatable);
  }

  /** The same for text, answered with its headers. */
  sendText(call: TextCall, repeatable = true): Promise<TextAnswer> {
    const once: Once<TextAnswer> = (...over) => this.#onceText(call, ...over);
    return this.#untilSettled(call, once, repeatable);
  }

  async #untilSettled<Answer>(
    call: NamedCall,
    once: Once<Answer>,
    repeatable: boolean,
  ): Promise<Answer> {
    let attempt = 1;
    for (;;) {
      const opening = this.#open();
      const { connection } = await opening;
      const outcome = await this.#gate.run(() => this.#attempt(connection, call, once));
      if ('answer' in outcome) return outcome.answer;
      const { failure, askedMs } = outcome;
      if (failure instanceof Unauthorized) {
        // Nothing was carried out: the call goes out again at once, under the next session.
        this.#leave(opening);
        continue;
      }
      const passing =
        failure instanceof TooManyAtOnce || (failure instanceof Unavailable && repeatable);
      const isLong = askedMs !== null && askedMs > LONGEST_PAUSE_MS;
      if (!passing || isLong || attempt >= this.#attempts) throw failure;
      await (askedMs === null ? this.pause(attempt) : this.#sleep(askedMs));
      attempt += 1;
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

  /** Sends a call once, when the budget has room for it, and tells the budget what came of it. */
  async #attempt<Answer>(
    connection: Connection,
    call: NamedCall,
    once: Once<Answer>,
  ): Promise<Outcome<Answer>> {
    const taken = await this.#budget?.take({
      crm: 'Salesforce',
      endpoint: endpointName(call.method, call.path.split('?')[0] ?? ''),
      isSearch: false,
    });
    const seen: { head: AnswerHead | null } = { head: null };
    const learn = (met: MetLimit | null, askedMs: number | null): number | null => {
      const { status = null, headers = {} } = seen.head ?? {};
      return taken?.learn({ status, headers, met, retryAfterMs: askedMs }) ?? null;
    };
    try {
      const announcing = new AnnouncingTransport(
        connection._transport,
        (head) => (seen.head = head),
      );
      const answer = await once(connection, announcing);
      this.#refusedSessions = 0;
      this.#gate.fine();
      learn(null, null);
      return { answer };
    } catch (error) {
      const askedMs = retryAfterMs(seen.head?.headers['retry-after'], this.#now());
      const failure = failureOf(error, askedMs);
      const dayEndsInMs = learn(metLimit(failure), askedMs);
      if (failure instanceof TooManyAtOnce) this.#gate.tooMany();
      // Any answer but 401 means that the session was accepted.
      if (failure instanceof CallRejected || failure instanceof RateLimited)
        this.#refusedSessions = 0;
      if (metLimit(failure) !== 'day') return { failure, askedMs };
      const waitMs = dayEndsInMs ?? askedMs ?? DAY_PAUSE_MS;
      const { message } = failure;
      return {
        failure: new RateLimited('Salesforce', message, waitMs, { cause: error }),
        askedMs,
      };
    }
  }

  async #once(
    { method, path, body, headers }: Call,
    connection: Connection,
    transport: Transport,
  ): Promise<unknown> {
    const options = {
      // jsforce's own repeats of reads are left out: one place decides.
      retry: { maxRetries: 0 },
      timeout: this.#timeoutMs,
      transport,
    };
    const answer = await this.#inTime(
      connection.request(
        {
          method,
          url: path,
          headers: { 'content-type': 'application/json', ...headers },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        },
        options,
      ),
    );
    // jsforce hands on what it can't parse, such as the page of a proxy.
    if (typeof answer === 'string')
      throw new Unavailable('Salesforce', 'the answer is not JSON: something stands in between');
    return answer;
  }

  async #onceText(
    { method, path, body }: TextCall,
    connection: Connection,
    transport: Transport,
  ): Promise<TextAnswer> {
    const options = { retry: { maxRetries: 0 }, timeout: this.#timeoutMs, transport };
    const call = new PlainText(connection, options);
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
