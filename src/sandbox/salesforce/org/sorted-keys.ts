// Keys in ascending order, for reads that walk an index: by Id, by (SystemModstamp, Id). Most keys arrive
// in order, so adding is a push; what came out of order is sorted in when somebody reads. Keys that no
// longer stand for a row are skipped by whoever asks and swept out when they are the half.

export class SortedKeys {
  readonly #isLive: (key: string) => boolean;
  #keys: string[] = [];
  /** Everything before this place is in order. */
  #sorted = 0;
  #dead = 0;

  constructor(isLive: (key: string) => boolean) {
    this.#isLive = isLive;
  }

  add(key: string): void {
    const last = this.#keys.at(-1);
    this.#keys.push(key);
    if (this.#sorted === this.#keys.length - 1 && (last === undefined || last < key)) {
      this.#sorted = this.#keys.length;
    }
  }

  /** One key that was added no longer stands for a row. */
  buried(): void {
    this.#dead += 1;
  }

  /** Live keys from `lowest` on, in order. */
  *from(lowest: string): Generator<string> {
    this.#settle();
    let previous = '';
    for (let place = this.#placeOf(lowest); place < this.#keys.length; place += 1) {
      const key = this.#keys[place];
      if (key === undefined || key === previous || !this.#isLive(key)) continue;
      previous = key;
      yield key;
    }
  }

  #settle(): void {
    if (this.#dead > 1000 && this.#dead * 2 > this.#keys.length) {
      this.#keys = [...new Set(this.#keys)].filter((key) => this.#isLive(key)).sort();
      this.#sorted = this.#keys.length;
      this.#dead = 0;
    }
    if (this.#sorted === this.#keys.length) return;
    // Only what lies above the lowest newcomer can be out of order.
    let lowest = this.#keys[this.#sorted] ?? '';
    for (const key of this.#keys.slice(this.#sorted)) if (key < lowest) lowest = key;
    const place = this.#placeOf(lowest, this.#sorted);
    const tail = this.#keys.splice(place).sort();
    for (const key of tail) this.#keys.push(key);
    this.#sorted = this.#keys.length;
  }

  /** The first place whose key is not below `key`. */
  #placeOf(key: string, end = this.#keys.length): number {
    let low = 0;
    let high = end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#keys[middle] ?? '') < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
