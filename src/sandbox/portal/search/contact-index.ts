// The index that searches read: it sees every write, but only after a while (hubspot-api §2.2), and with a
// varying lag in another order than they happened. It holds rows as they were at the writes it has seen, so
// what a search answers may be old. Ordered by modification date, because that is what pollers ask for.
import type { Clock } from '../../clock.ts';
import type { ContactRow } from '../contacts/row.ts';

export interface IndexLag {
  /** Milliseconds between a write and its being found. */
  readonly min: number;
  readonly max: number;
}

interface Arrival {
  readonly at: number;
  readonly row: ContactRow;
}

export class ContactIndex {
  readonly #clock: Clock;
  readonly #random: () => number;
  #lag: IndexLag;
  /** Rows on their way, soonest first; those before `#arrived` are in. */
  #arrivals: Arrival[] = [];
  #arrived = 0;
  readonly #newest = new Map<string, ContactRow>();
  /** By modification date; holds outdated rows until the next compaction. */
  #byModified: ContactRow[] = [];
  #isSorted = true;
  #outdated = 0;
  #revision = 0;

  constructor(clock: Clock, random: () => number, lag: IndexLag) {
    this.#clock = clock;
    this.#random = random;
    this.#lag = lag;
  }

  set lag(lag: IndexLag) {
    this.#lag = lag;
  }

  observe(row: ContactRow): void {
    const { min, max } = this.#lag;
    const at = this.#clock.now() + min + Math.floor(this.#random() * (max - min));
    const last = this.#arrivals.at(-1);
    if (!last || last.at <= at) {
      this.#arrivals.push({ at, row });
      return;
    }
    let low = this.#arrived;
    let high = this.#arrivals.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#arrivals[middle]?.at ?? Infinity) <= at) low = middle + 1;
      else high = middle;
    }
    this.#arrivals.splice(low, 0, { at, row });
  }

  /** Puts a row in at once: for what was there before anybody looked. */
  put(row: ContactRow): void {
    const known = this.#newest.get(row.id);
    if (known && known.modifiedAt >= row.modifiedAt) return;
    this.#revision += 1;
    if (known) this.#outdated += 1;
    this.#newest.set(row.id, row);
    const last = this.#byModified.at(-1);
    if (last && last.modifiedAt > row.modifiedAt) this.#isSorted = false;
    this.#byModified.push(row);
  }

  /** Moves with every row that arrives. */
  get revision(): number {
    this.#arrive();
    return this.#revision;
  }

  /** Rows whose modification date is in [from, until), archived ones left out. */
  modifiedBetween(from: number, until: number): ContactRow[] {
    this.#arrive();
    this.#tidy();
    const start = this.#placeOf(from);
    const rows: ContactRow[] = [];
    for (let place = start; place < this.#byModified.length; place += 1) {
      const row = this.#byModified[place];
      if (!row || row.modifiedAt >= until) break;
      if (row.archivedAt === null && this.#newest.get(row.id) === row) rows.push(row);
    }
    return rows;
  }

  #arrive(): void {
    const now = this.#clock.now();
    for (;;) {
      const arrival = this.#arrivals[this.#arrived];
      if (!arrival || arrival.at > now) break;
      this.#arrived += 1;
      this.put(arrival.row);
    }
    if (this.#arrived * 2 > this.#arrivals.length) {
      this.#arrivals = this.#arrivals.slice(this.#arrived);
      this.#arrived = 0;
    }
  }

  #tidy(): void {
    if (this.#outdated * 2 > this.#byModified.length) {
      this.#byModified = this.#byModified.filter((row) => this.#newest.get(row.id) === row);
      this.#outdated = 0;
    }
    if (this.#isSorted) return;
    this.#byModified.sort((a, b) => a.modifiedAt - b.modifiedAt);
    this.#isSorted = true;
  }

  #placeOf(modifiedAt: number): number {
    let low = 0;
    let high = this.#byModified.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#byModified[middle]?.modifiedAt ?? Infinity) < modifiedAt) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
