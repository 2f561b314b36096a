// Every call to HubSpot goes through here: dated paths, a time-out, HubSpot's rate limits kept by
// ourselves, and retries for what passes by itself. api-client's own limiter and retries are a singleton
// of the process, wait without need and miss most cases (hubspot-api §1.2).
import {
  endpointName,
  type CallBudget,
  type CallKind,
  type MetLimit,
  type TakenCall,
} from '../engine/call-budget.ts';
import { RateLimited, Unauthorized, Unavailable } from '../engine/failures.ts';
import { retryAfterMs } from '../engine/retry-after.ts';
import { RateWindow } from './rate-window.ts';

/** HubSpot's API version: date-based paths (hubspot-api §0). */
export const API_VERSION = '2026-09';

export interface HttpCall {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface TransportOptions {
  readonly timeoutMs?: number;
  /** How often one call is sent at the most. */
  readonly attempts?: number;
  /** First pause between attempts; it doubles, with jitter. */
  readonly pauseMs?: number;
  readonly sleep?: (milliseconds: number) => Promise<void>;
  readonly random?: () => number;
  /** Milliseconds since the epoch; `sleep` has to move it. */
  readonly now?: () => number;
  /** Keeps the limits together with other processes; by itself without. */
  readonly budget?: CallBudget;
  /** Takes a call to HubSpot and back, instead of `fetch`; throws when the connection breaks. */
  readonly exchange?: (call: HttpCall) => Promise<HttpAnswer>;
}

/** A write that must not be sent twice went unanswered: it may or may not have happened. */
export class AnswerLost extends Unavailable {}

/** The token is good but may not do this, or may not see what it asks for. */
export class Forbidden extends Unauthorized {}

/** api-client writes v3 and v4 paths, which end in 2027; the dated ones take the same bodies. */
export function datedPath(path: string): string {
  return (
    path
      .replace(/^\/crm\/v[34]\/objects\//, `/crm/objects/${API_VERSION}/`)
      .replace(/^\/crm\/v3\/(lists|properties|owners)/, `/crm/$1/${API_VERSION}`)
      // The client asks for owners with a slash behind, which reads as an owner without an id.
      .replace(/\/$/, '')
      .replace(/^\/crm\/v4\/associations\//, `/crm/associations/${API_VERSION}/`)
      .replace(/^\/communication-preferences\/v4\//, `/communication-preferences/${API_VERSION}/`)
      .replace(/^\/settings\/v3\/users(?=\/|$)/, `/settings/users/${API_VERSION}`)
      .replace(/^\/account-info\/v3\//, `/account-info/${API_VERSION}/`)
  );
}

const PASSING = new Set([423, 429, 477, 500, 502, 503, 504, 521, 522, 523, 524]);
/** 190 calls in 10 seconds, a few kept back for other users of the token; searches have their own 5 a second. */
const BURST = { calls: 180, windowMs: 10_000 };
const SEARCH = { calls: 1, windowMs: 1_000 / 4.5 };
/** Longer asked-for pauses are the caller's business. */
const LONGEST_PAUSE_MS = 12_000;
/** How long an account's move takes that doesn't say so. */
const MIGRATION_MS = 5 * 60_000;

export class HubSpotTransport {
  readonly #burst: RateWindow;
  readonly #search: RateWindow;
  readonly #timeoutMs: number;
  readonly #attempts: number;
  readonly #pauseMs: number;
  readonly #sleep: (milliseconds: number) => Promise<void>;
  readonly #random: () => number;
  readonly #now: () => number;
  readonly #budget: CallBudget | null;
  readonly #exchange: (call: HttpCall) => Promise<HttpAnswer>;

  constructor(options: TransportOptions = {}) {
    this.#timeoutMs = options.timeoutMs ?? 15_000;
    this.#attempts = options.attempts ?? 5;
    this.#pauseMs = options.pauseMs ?? 300;
    this.#sleep =
      options.sleep ??
      ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)));
    this.#random = options.random ?? Math.random;
    this.#now = options.now ?? Date.now;
    this.#budget = options.budget ?? null;
    this.#exchange = options.exchange ?? ((call) => this.#fetch(call));
    this.#burst = new RateWindow(BURST.calls, BURST.windowMs, this.#sleep, this.#now);
    this.#search = new RateWindow(SEARCH.calls, SEARCH.windowMs, this.#sleep, this.#now);
  }

  /**
   * Sends a call until it is answered. Nearly every call may be repeated: a create that carries an e-mail
   * is refused the second time as CONFLICT with the id, and everything else sets values. `repeatable` false
   * is for what would be done twice: it is sent again only when the first surely wasn't done, or `AnswerLost`.
   * Answers with any status that isn't passing; throws `RateLimited`, `Unavailable`, `Unauthorized` or, for a
   * 403, its `Forbidden`.
   */
  async send(call: HttpCall, repeatable = true): Promise<HttpAnswer> {
    const url = new URL(call.url);
    url.pathname = datedPath(url.pathname);
    const kind = kindOf(call.method, url.pathname);
    for (let attempt = 1; ; attempt += 1) {
      const taken = await this.#take(kind);
      const outcome = await this.#once({ ...call, url: url.toString() });
      const dayEndsIn = this.#learn(kind, outcome, taken);
      if ('answer' in outcome && !isPassing(outcome.answer)) return accepted(outcome.answer);
      if (!repeatable && mayBeDone(outcome)) {
        const { message, cause } = failure(outcome, 0);
        throw new AnswerLost('HubSpot', message, { cause });
      }
      const pause = dayEndsIn ?? this.#pauseAfter(outcome, attempt);
      if (attempt >= this.#attempts || pause > LONGEST_PAUSE_MS) throw failure(outcome, pause);
      await this.#sleep(pause);
    }
  }

  async #once(call: HttpCall): Promise<Outcome> {
    try {
      return { answer: await this.#exchange(call) };
    } catch (error) {
      return { error };
    }
  }

  async #fetch(call: HttpCall): Promise<HttpAnswer> {
    const response = await fetch(call.url, {
      method: call.method,
      headers: call.headers,
      ...(call.body === undefined ? {} : { body: call.body }),
      signal: AbortSignal.timeout(this.#timeoutMs),
    });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      text: await response.text(),
    };
  }

  async #take(kind: CallKind): Promise<TakenCall | null> {
    const taken = await this.#budget?.take(kind);
    if (!this.#budget?.keepsWindows) await (kind.isSearch ? this.#search : this.#burst).take();
    return taken ?? null;
  }

  /** What the answer says of HubSpot's limits; answers how long to stay away when the day's is reached. */
  #learn({ isSearch }: CallKind, outcome: Outcome, taken: TakenCall | null): number | null {
    const answer = 'answer' in outcome ? outcome.answer : null;
    const headers = answer?.headers ?? {};
    if (answer && !isSearch && !isPassing(answer)) this.#learnWindow(headers);
    const asked = retryAfterMs(headers['retry-after'], this.#now());
    const met = answer && metLimit(answer);
    const learnt = { status: answer?.status ?? null, headers, met, retryAfterMs: asked };
    return taken?.learn(learnt) ?? null;
  }

  /** What HubSpot says is left of the window, when others use the same token. */
  #learnWindow(headers: Readonly<Record<string, string>>): void {
    const remaining = Number(headers['x-hubspot-ratelimit-remaining'] ?? Number.NaN);
    const max = Number(headers['x-hubspot-ratelimit-max'] ?? Number.NaN);
    if (Number.isFinite(max)) this.#burst.limit(Math.max(1, max - 10));
    if (remaining === 0) this.#burst.exhaust();
  }

  #pauseAfter(outcome: Outcome, attempt: number): number {
    const backoff = this.#pauseMs * 2 ** (attempt - 1) * (0.5 + this.#random());
    if (!('answer' in outcome)) return backoff;
    const { status, headers, text } = outcome.answer;
    const asked = retryAfterMs(headers['retry-after'], this.#now());
    if (asked !== null) return asked;
    // Calls to a locked record have to be two seconds apart.
    if (status === 423) return Math.max(2_000, backoff);
    // An account is moved to another data centre for minutes or hours: hurrying is of no use.
    if (status === 477) return MIGRATION_MS;
    if (status !== 429) return backoff;
    if (text.includes('DAILY')) return Infinity;
    return text.includes('TEN_SECONDLY')
      ? Math.max(1_000, backoff) * attempt
      : Math.max(1_000, backoff);
  }
}

function kindOf(method: string, path: string): CallKind {
  return {
    crm: 'HubSpot',
    endpoint: endpointName(method, path.replace(`/${API_VERSION}`, '')),
    isSearch: path.endsWith('/search') && path.includes('/objects/'),
  };
}

function metLimit({ status, text }: HttpAnswer): MetLimit | null {
  if (status !== 429) return null;
  return text.includes('DAILY') ? 'day' : 'window';
}

type Outcome = { readonly answer: HttpAnswer } | { readonly error: unknown };

/** HubSpot always speaks JSON: a good status with anything else comes from something in between. */
function isPassing({ status, text }: HttpAnswer): boolean {
  return PASSING.has(status) || (status >= 200 && status < 300 && status !== 204 && !isJson(text));
}

/** By its ends: api-client parses all of it. A body that was cut off doesn't arrive without an error. */
const isJson = (text: string): boolean => /^\s*[{[]/.test(text) && /[}\]]\s*$/.test(text);

/** Statuses that say that HubSpot did nothing. */
const NOT_DONE = new Set([423, 429, 477]);

function mayBeDone(outcome: Outcome): boolean {
  return !('answer' in outcome) || !NOT_DONE.has(outcome.answer.status);
}

function accepted(answer: HttpAnswer): HttpAnswer {
  const { status, text } = answer;
  if (status !== 401 && status !== 403) return answer;
  const message = messageOf(text) ?? `status ${status}`;
  throw status === 403 ? new Forbidden('HubSpot', message) : new Unauthorized('HubSpot', message);
}

function failure(outcome: Outcome, pause: number): Error {
  if (!('answer' in outcome)) {
    return new Unavailable('HubSpot', 'no answer in time, or the connection broke', {
      cause: outcome.error,
    });
  }
  const { status, text } = outcome.answer;
  const message = messageOf(text) ?? `status ${status}`;
  return status === 429 || status === 477
    ? new RateLimited('HubSpot', message, Number.isFinite(pause) ? pause : null)
    : new Unavailable('HubSpot', message);
}

/** HubSpot's own sentence from an error body; null for HTML and empty bodies. */
export function messageOf(text: string): string | null {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' &&
      body !== null &&
      'message' in body &&
      typeof body.message === 'string'
      ? body.message
      : null;
  } catch {
    return null;
  }
}
