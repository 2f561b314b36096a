// Record ids in ascending order: a sorted array of numbers, appended to nearly always.

export class IdList {
  readonly #ids: number[] = [];

  get size(): number {
    return this.#ids.length;
  }

  add(id: string): void {
    const number = Number(id);
    const place = this.#placeOf(number);
    if (this.#ids[place] !== number) this.#ids.splice(place, 0, number);
  }

  remove(id: string): void {
    const number = Number(id);
    const place = this.#placeOf(number);
    if (this.#ids[place] === number) this.#ids.splice(place, 1);
  }

  /** Up to `limit` ids greater than the given one; null starts at the first. */
  after(id: string | null, limit: number): string[] {
    const start = id === null ? 0 : this.#placeOf(Number(id) + 1);
    return this.#ids.slice(start, start + limit).map(String);
  }

  /** Index of the first id that isn't smaller. */
  #placeOf(id: number): number {
    const last = this.#ids.at(-1);
    if (last === undefined || last < id) return this.#ids.length;
    let low = 0;
    let high = this.#ids.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ids[middle] ?? Infinity) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
