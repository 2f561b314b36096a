// How many calls this process has under way. Salesforce refuses calls while more than 25 long ones (over 20
// seconds) run in the org, whoever's they are: then we halve ours, and add one again for every round that goes
// well (salesforce-api §5).

/** What jsforce's connection takes too. */
const MOST = 10;

export class ConcurrencyGate {
  #limit = MOST;
  #inside = 0;
  readonly #waiting: (() => void)[] = [];

  /** How many may be under way now. */
  get limit(): number {
    return Math.floor(this.#limit);
  }

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    while (this.#inside >= this.limit)
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#inside += 1;
    try {
      return await work();
    } finally {
      this.#inside -= 1;
      this.#wake();
    }
  }

  /** Salesforce refused a call because too many are under way. */
  tooMany(): void {
    this.#limit = Math.max(1, Math.min(this.#limit, this.#inside) / 2);
  }

  /** A call went well. */
  fine(): void {
    this.#limit = Math.min(MOST, this.#limit + 1 / this.#limit);
    this.#wake();
  }

  #wake(): void {
    for (let free = this.limit - this.#inside; free > 0; free -= 1) this.#waiting.shift()?.();
  }
}
