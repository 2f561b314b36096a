// Something that one of many processes does, told by a row that only its holder changes. No clocks are compared:
// whoever sees the row unchanged for a while, by its own clock, takes it. Two may hold it for a moment, when one
// was asleep; what is leased has to bear that.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { CursorStore } from '../store/port.ts';

const rowSchema = z.object({ holder: z.string(), beat: z.number(), note: z.unknown() });

const NOBODY = '';

export interface LeaseOptions {
  readonly cursors: CursorStore;
  readonly name: string;
  /** A holder that has not been heard of for so long is dead. */
  readonly staleMs: number;
  /** Milliseconds that only grow. */
  readonly clock?: () => number;
}

export class Lease {
  readonly #options: LeaseOptions;
  readonly #clock: () => number;
  readonly #me = randomUUID();
  #seen = { row: '', since: 0 };
  #isHeld = false;

  constructor(options: LeaseOptions) {
    this.#options = options;
    this.#clock = options.clock ?? (() => performance.now());
  }

  /**
   * To be called several times within `staleMs`. Says whether this process holds the lease and, where another does
   * and is alive, the note of its last beat.
   */
  async beat(note: unknown): Promise<{ readonly isHeld: boolean; readonly heard: unknown }> {
    const { cursors, name, staleMs } = this.#options;
    const stored = await cursors.get(name);
    const row = rowSchema.safeParse(stored).data ?? { holder: NOBODY, beat: 0, note: null };
    const text = JSON.stringify(stored);
    if (text !== this.#seen.row) this.#seen = { row: text, since: this.#clock() };
    const isAlive = row.holder !== NOBODY && this.#clock() - this.#seen.since < staleMs;
    if (row.holder !== this.#me && isAlive) {
      this.#isHeld = false;
      return { isHeld: false, heard: row.note };
    }
    const mine = { holder: this.#me, beat: row.beat + 1, note };
    this.#isHeld = await cursors.replace(name, stored ?? null, mine);
    return { isHeld: this.#isHeld, heard: null };
  }

  /** Lets somebody else have it at once. */
  async release(): Promise<void> {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    const { cursors, name } = this.#options;
    const stored = await cursors.get(name);
    const row = rowSchema.safeParse(stored).data;
    if (row?.holder !== this.#me) return;
    await cursors.replace(name, stored, { holder: NOBODY, beat: row.beat + 1, note: null });
  }
}
