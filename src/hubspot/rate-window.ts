// A sliding window: so many calls in so much time. Hand-written because HubSpot's limit is a window whose
// size the answers' headers tell, which the limiter libraries at hand don't follow.

export class RateWindow {
  #calls: number;
  readonly #windowMs: number;
  readonly #sleep: (milliseconds: number) => Promise<void>;
  readonly #now: () => number;
  #taken: number[] = [];
  #queue: Promise<void> = Promise.resolve();

  /** `sleep` has to move `now`. */
  constructor(
    calls: number,
    windowMs: number,
    sleep: (milliseconds: number) => Promise<void>,
    now: () => number,
  ) {
    this.#calls = calls;
    this.#windowMs = windowMs;
    this.#sleep = sleep;
    this.#now = now;
  }

  /** Resolves when one more call fits; callers are served in the order they came. */
  take(): Promise<void> {
    const turn = this.#queue.then(() => this.#wait());
    this.#queue = turn;
    return turn;
  }

  limit(calls: number): void {
    this.#calls = calls;
  }

  /** Nothing is left of the window now, whoever used it. */
  exhaust(): void {
    const now = this.#now();
    this.#taken = Array.from({ length: this.#calls }, () => now - this.#windowMs / 2);
  }

  async #wait(): Promise<void> {
    for (;;) {
      const now = this.#now();
      this.#taken = this.#taken.filter((at) => now - at < this.#windowMs);
      if (this.#taken.length < this.#calls) {
        this.#taken.push(now);
        return;
      }
      // As many have to leave the window as are over the limit, which may have shrunk meanwhile.
      const leaving = this.#taken[this.#taken.length - this.#calls] ?? now;
      await this.#sleep(Math.max(1, leaving + this.#windowMs - now));
    }
  }
}
