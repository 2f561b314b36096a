// Counts the calls a stand-in got, per endpoint: what tests and benchmarks compare with the floor.

export class Calls {
  readonly #byEndpoint = new Map<string, number>();

  count(endpoint: string): void {
    this.#byEndpoint.set(endpoint, (this.#byEndpoint.get(endpoint) ?? 0) + 1);
  }

  get total(): number {
    let total = 0;
    for (const calls of this.#byEndpoint.values()) total += calls;
    return total;
  }

  /** Calls per endpoint, most called first. */
  byEndpoint(): Record<string, number> {
    return Object.fromEntries([...this.#byEndpoint].sort((a, b) => b[1] - a[1]));
  }

  reset(): void {
    this.#byEndpoint.clear();
  }
}
