// Repeats a call that failed for a passing reason, a bounded number of times with growing, jittered
// waits. Which failures pass, and how long each has to be waited out at least, each CRM's adapter says by
// throwing `Passing`; everything else goes straight through.
import { Unavailable, type CallFailed } from '../engine/failures.ts';

/** Time, waiting and chance, handed in so that tests and simulations own them. `sleep` must move `now`. */
export interface Waiting {
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** In [0, 1). */
  random(): number;
}

export const realWaiting: Waiting = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random: () => Math.random(),
};

/** A failure that may be gone when the call is made again. */
export class Passing extends Error {
  /** What is thrown when it doesn't pass in time. */
  readonly failure: CallFailed;
  /** Whether the CRM may have done what was asked although the answer says otherwise, or none came. */
  readonly mayBeDone: boolean;
  readonly leastWaitMs: number;
  constructor(failure: CallFailed, mayBeDone: boolean, leastWaitMs = 0) {
    super(failure.message, { cause: failure });
    this.name = 'Passing';
    this.failure = failure;
    this.mayBeDone = mayBeDone;
    this.leastWaitMs = leastWaitMs;
  }
}

/** A write that must not be repeated went unanswered: it may or may not have happened. */
export class AnswerLost extends Unavailable {}

export interface Patience {
  /** Calls in all, the first one included. */
  readonly attempts: number;
  /** Longest sum of waits before giving up, milliseconds. */
  readonly totalMs: number;
}

export interface RepeatOptions {
  readonly patience: Patience;
  readonly waiting: Waiting;
  /** False for a write that would happen twice: it is repeated only when the first surely didn't happen. */
  readonly repeatable: boolean;
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;

/** Waits double from a quarter of a second; each is drawn from the upper half of its range. */
export function backoffMs(attempt: number, random: () => number): number {
  const ceiling = Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS);
  return Math.round(ceiling * (0.5 + random() / 2));
}

export async function repeat<T>(
  once: () => Promise<T>,
  { patience, waiting, repeatable }: RepeatOptions,
): Promise<T> {
  let waited = 0;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once();
    } catch (error) {
      if (!(error instanceof Passing)) throw error;
      if (error.mayBeDone && !repeatable) {
        throw new AnswerLost(error.failure.crm, error.failure.message, { cause: error.failure });
      }
      const wait = Math.max(error.leastWaitMs, backoffMs(attempt, () => waiting.random()));
      if (attempt >= patience.attempts || waited + wait > patience.totalMs) throw error.failure;
      waited += wait;
      await waiting.sleep(wait);
    }
  }
}

/** Milliseconds to wait by a `Retry-After` header: seconds or an HTTP date. Null when there is none. */
export function retryAfterMs(header: string | undefined, now: number): number | null {
  if (header === undefined || header.trim() === '') return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
