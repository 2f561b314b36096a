// Virtual time: nothing waits for real, and what is due next happens next. With all randomness from one
// seed a run repeats itself exactly.
import type { Clock } from '../../src/sandbox/clock.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

export class SimClock implements Clock {
  #now: number;
  #order = 0;
  /** Soonest last. */
  readonly #timers: Timer[] = [];

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#insert(this.#now + Math.max(0, milliseconds), resolve);
    });
  }

  /** Lets everything happen that is due before a moment, and what follows from it. */
  async runUntil(moment: number): Promise<void> {
    for (;;) {
      await microtasksDone();
      const timer = this.#timers.at(-1);
      if (!timer || timer.at > moment) break;
      this.#timers.pop();
      this.#now = timer.at;
      timer.wake();
    }
    this.#now = Math.max(this.#now, moment);
  }

  /** Runs until a promise is settled. */
  async runFor<Result>(promise: Promise<Result>): Promise<Result> {
    const settled = new AbortController();
    const mark = (): void => {
      settled.abort();
    };
    promise.then(mark, mark);
    for (;;) {
      await microtasksDone();
      if (settled.signal.aborted) return promise;
      const timer = this.#timers.pop();
      if (!timer) throw new Error('the simulation waits for something that never happens');
      this.#now = timer.at;
      timer.wake();
    }
  }

  #insert(at: number, wake: () => void): void {
    this.#order += 1;
    const timer = { at, order: this.#order, wake };
    let low = 0;
    let high = this.#timers.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#timers[middle];
      if (other && other.at > at) low = middle + 1;
      else high = middle;
    }
    this.#timers.splice(low, 0, timer);
  }
}

const microtasksDone = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
