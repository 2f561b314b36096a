// Keeps calls under a rolling limit, as HubSpot counts them: at most so many within any window. Calls wait
// their turn in order. Other processes that use the same app show in HubSpot's headers and take their
// share here too. Hand-written because the one library at hand, bottleneck, refills fixed windows, reads
// its own clock, and hasn't been released since 2019.
import type { Waiting } from '../http/repeat.ts';

export interface RateLimit {
  readonly calls: number;
  readonly windowMs: number;
}

export class RateLimiter {
  readonly #waiting: Waiting;
  readonly #windowMs: number;
  #calls: number;
  /** When the calls inside the window were made, oldest first. */
  #made: number[] = [];
  #pausedUntil = 0;
  #turn: Promise<void> = Promise.resolve();

  constructor({ calls, windowMs }: RateLimit, waiting: Waiting) {
    this.#calls = calls;
    this.#windowMs = windowMs;
    this.#waiting = waiting;
  }

  /** Resolves when the next call may be made, and counts it. */
  take(): Promise<void> {
    this.#turn = this.#turn.then(() => this.#untilFree());
    return this.#turn;
  }

  /** Nobody calls for so long: HubSpot said that it is too much. */
  pause(milliseconds: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#waiting.now() + milliseconds);
  }

  /** Takes over HubSpot's own count: the limit of the account's tier and what is left of it. */
  observe(calls: number, used: number): void {
    this.#calls = calls;
    const now = this.#forget();
    const byOthers = Math.min(used, calls) - this.#made.length;
    for (let call = 0; call < byOthers; call += 1) this.#made.push(now);
  }

  async #untilFree(): Promise<void> {
    for (;;) {
      const now = this.#forget();
      const oldest = this.#made[this.#made.length - this.#calls];
      const wait = Math.max(
        oldest === undefined ? 0 : oldest + this.#windowMs - now,
        this.#pausedUntil - now,
      );
      if (wait <= 0) {
        this.#made.push(now);
        return;
      }
      await this.#waiting.sleep(wait);
    }
  }

  #forget(): number {
    const now = this.#waiting.now();
    const start = this.#made.findIndex((at) => at + this.#windowMs > now);
    this.#made = start < 0 ? [] : this.#made.slice(start);
    return now;
  }
}
