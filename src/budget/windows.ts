// HubSpot's short limits, kept by all processes together: 190 calls in any ten seconds, five searches in any
// second. Each is cut into short windows that begin with their first call and never overlap, so that the few
// that fit into any stretch of time stay below the limit together. Runs have a part of every window only.
//
// The windows end by the processes' own clocks: those have to agree within a fraction of a second.
import RateLimiterPostgres from 'rate-limiter-flexible/lib/RateLimiterPostgres.js';
import type { CallAnswer, CallClass, CallKind } from '../engine/call-budget.ts';
import { RateLimited } from '../engine/failures.ts';
import type { Sql } from './postgres-ledger.ts';

export interface WindowSize {
  readonly calls: number;
  readonly ms: number;
}

export interface WindowSizes {
  readonly burst: WindowSize;
  readonly search: WindowSize;
}

const BURST_WINDOW_MS = 500;

/** So many calls in so short a time that no stretch of `interval` sees more than `max`. */
export function burstWindow(max: number, intervalMs: number): WindowSize {
  // A stretch touches one window more than fit into it.
  const touched = intervalMs / BURST_WINDOW_MS + 1;
  return { calls: Math.max(1, Math.floor(max / touched)), ms: BURST_WINDOW_MS };
}

/** HubSpot's own, for all tiers but Free and Starter, which tell with their first answer. */
export const HUBSPOT_WINDOWS: WindowSizes = {
  burst: burstWindow(190, 10_000),
  // Four a second: a call that is delayed by a quarter of a second on its way still doesn't meet five others.
  search: { calls: 1, ms: 250 },
};

/** What of every burst window a class may take; of one call at a time, ever so rarely. */
const PART: Readonly<Record<CallClass, number>> = { live: 1, retry: 0.85, runs: 0.7 };
/** The same while people are at work: their changes come in bursts, which need room at once. */
const PART_WHILE_LIVE: typeof PART = { ...PART, runs: 0.5 };
/** So many live calls in so short a time are more than looks that find nothing. */
const AT_WORK = { calls: 10, ms: 5_000 };

function windowFor({ calls, ms }: WindowSize, share: number): WindowSize {
  const part = Math.floor(calls * share);
  return part > 0 ? { calls: part, ms } : { calls: 1, ms: ms / (calls * share) };
}

/** After a 429 nobody calls for so long. */
const REFUSED_MS = 1_000;
/** A slow database makes windows smaller, not calls impossible. */
const LATE_MS = 50;
const MOST_LATE = 5;
/** The database's answer takes a moment too; a wait that ends too early asks twice. */
const A_MOMENT_MS = 2;

export interface WindowsOptions {
  readonly sql: Sql;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
  /** How long a call waits for its turn at the most. */
  readonly longestWaitMs: number;
  readonly sizes?: WindowSizes;
}

type WindowName = keyof WindowSizes;

interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
}

export class SharedWindows {
  readonly #options: WindowsOptions;
  readonly #limiters = new Map<string, RateLimiterPostgres>();
  readonly #queues = new Map<string, Promise<void>>();
  #sizes: WindowSizes;
  /** When this process made its latest live calls. */
  #liveCalls: readonly number[] = [];
  /** Until when this process has closed a window for everybody. */
  readonly #closedUntil = new Map<WindowName, number>();

  constructor(options: WindowsOptions) {
    this.#options = options;
    this.#sizes = options.sizes ?? HUBSPOT_WINDOWS;
  }

  /** Resolves when the call fits; calls of a class go in the order they came. */
  take({ isSearch }: CallKind, cls: CallClass): Promise<void> {
    const name = isSearch ? 'search' : 'burst';
    const queue = `${name} ${cls}`;
    if (cls === 'live') this.#liveCalls = [...this.#latestLiveCalls(), this.#options.now()];
    const deadline = this.#options.now() + this.#options.longestWaitMs;
    const before = this.#queues.get(queue) ?? Promise.resolve();
    const turn = before.then(() => this.#wait(name, cls, deadline));
    this.#queues.set(
      queue,
      turn.catch(() => undefined),
    );
    return turn;
  }

  /** What HubSpot says of its window, which others may use too. */
  learn({ isSearch }: CallKind, { headers, met, retryAfterMs }: CallAnswer): void {
    if (met === 'window') {
      this.#close(isSearch ? 'search' : 'burst', retryAfterMs ?? REFUSED_MS);
      return;
    }
    if (isSearch) return;
    const numberIn = (name: string): number => Number(headers[name] ?? Number.NaN);
    const max = numberIn('x-hubspot-ratelimit-max');
    const intervalMs = numberIn('x-hubspot-ratelimit-interval-milliseconds');
    if (max > 0 && intervalMs >= BURST_WINDOW_MS) {
      const burst = burstWindow(max, intervalMs);
      // Only ever what HubSpot's headers say, unless somebody gave other sizes.
      if (this.#options.sizes === undefined && burst.calls !== this.#sizes.burst.calls)
        this.#sizes = { ...this.#sizes, burst };
    }
    if (numberIn('x-hubspot-ratelimit-remaining') < 1) this.#close('burst', BURST_WINDOW_MS);
  }

  async #wait(name: WindowName, cls: CallClass, deadline: number): Promise<void> {
    // Its own part first: what others have to themselves is not even asked for.
    if (cls !== 'live') await this.#consume(name, cls, deadline);
    await this.#consume(name, 'live', deadline);
  }

  async #consume(name: WindowName, cls: CallClass, deadline: number): Promise<void> {
    const { now, sleep } = this.#options;
    for (let late = 0; ;) {
      const askedAt = now();
      const waitMs = await this.#tryOnce(name, cls);
      if (waitMs > 0) {
        if (now() + waitMs > deadline)
          throw new RateLimited('HubSpot', 'other calls of Tandem’s use all of the limit', waitMs);
        await sleep(waitMs + A_MOMENT_MS);
        continue;
      }
      // The window began when it was asked for: an answer that took long comes when the next one begins.
      if (now() - askedAt <= LATE_MS || late === MOST_LATE) return;
      late += 1;
    }
  }

  /** 0, or after how long it is worth trying again. */
  async #tryOnce(name: WindowName, cls: CallClass): Promise<number> {
    try {
      await this.#limiter(name, cls).consume(name);
      return 0;
    } catch (refusal) {
      if (refusal instanceof Error) throw refusal;
      return waitIn(refusal);
    }
  }

  #latestLiveCalls(): readonly number[] {
    const since = this.#options.now() - AT_WORK.ms;
    return this.#liveCalls.filter((at) => at > since).slice(-AT_WORK.calls);
  }

  #close(name: WindowName, milliseconds: number): void {
    const now = this.#options.now();
    if (now + milliseconds <= (this.#closedUntil.get(name) ?? 0)) return;
    this.#closedUntil.set(name, now + milliseconds);
    // Where it can't be written, the next call finds out by itself.
    this.#limiter(name, 'live')
      .block(name, milliseconds / 1000)
      .catch(() => undefined);
  }

  #limiter(name: WindowName, cls: CallClass): RateLimiterPostgres {
    const isAtWork = this.#latestLiveCalls().length === AT_WORK.calls;
    const share = (isAtWork ? PART_WHILE_LIVE : PART)[cls];
    const { calls, ms } = windowFor(this.#sizes[name], share);
    const kind = `${name} ${cls} ${calls} ${ms}`;
    const known = this.#limiters.get(kind);
    if (known) return known;
    const limiter = new RateLimiterPostgres({
      storeClient: this.#client(),
      storeType: 'client',
      tableName: 'api_windows',
      tableCreated: true,
      // One row for each class and limit: nothing piles up.
      clearExpiredByTimeout: false,
      keyPrefix: `hubspot-${cls}`,
      points: calls,
      duration: ms / 1000,
    });
    this.#limiters.set(kind, limiter);
    return limiter;
  }

  /** Unnamed statements, as a pooler may give every one of them another connection, and whole milliseconds. */
  #client(): { query(statement: Statement): Promise<unknown> } {
    const { sql } = this.#options;
    const whole = (value: unknown): unknown =>
      typeof value === 'number' ? Math.ceil(value) : value;
    return { query: ({ text, values = [] }) => sql.query(text, values.map(whole)) };
  }
}

function waitIn(refusal: unknown): number {
  const isRefusal = typeof refusal === 'object' && refusal !== null && 'msBeforeNext' in refusal;
  if (!isRefusal || typeof refusal.msBeforeNext !== 'number')
    throw new Error('the limiter refused without a reason', { cause: refusal });
  return Math.max(1, refusal.msBeforeNext);
}
