// A sliding window: so many calls in so much time. Hand-written because HubSpot's limit is a window whose
// size the answers' headers tell, which the limiter libraries at hand don't follow.

export class RateWindow {
  #calls: number;
  readonly #windowMs: number;
  readonly #sleep: (milliseconds: number) => Promise<void>;
  #taken: number[] = [];
  #queue: Promise<void> = Promise.resolve();

  constructor(calls: number, windowMs: number, sleep: (milliseconds: number) => Promise<void>) {
    this.#calls = calls;
    this.#windowMs = windowMs;
    this.#sleep = sleep;
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
    const now = Date.now();
    this.#taken = Array.from({ length: this.#calls }, () => now - this.#windowMs / 2);
  }

  async #wait(): Promise<void> {
    for (;;) {
      const now = Date.now();
      this.#taken = this.#taken.filter((at) => now - at < this.#windowMs);
      if (this.#taken.length < this.#calls) {
        this.#taken.push(now);
        return;
      }
      await this.#sleep(Math.max(1, (this.#taken[0] ?? now) + this.#windowMs - now));
    }
  }
}
