// First room of the pipeline for live sync: finds what changed on one side since the last look. A look can
// miss rows (HubSpot's index lags and fills out of order; a long Salesforce transaction appears after its
// stamp), so every stretch of time is looked at again when it is older: a few seconds, minutes, later.
// Rows that were seen in a version already cost nothing but the look.
import { z } from 'zod';
import type { CursorStore } from '../store/port.ts';
import type { Sighting } from './sighting.ts';

/** One page of a look, oldest stretch first. */
export interface FeedPage {
  readonly sightings: readonly Sighting[];
  /** Stamp of the newest row of the page, ISO; null for an empty one. */
  readonly newest: string | null;
}

/** Where changes come from: polling search, keyset query, later a journal or event stream. */
export interface ChangeSource {
  readonly name: 'hubspot' | 'salesforce';
  /** Rows stamped in [since, until), in pages. `until` null: up to now and whatever the CRM's clock says. */
  look(since: Date, until: Date | null): AsyncIterable<FeedPage>;
}

const cursorSchema = z.object({
  /** Everything stamped before was looked at once. */
  seenUntil: z.string(),
  /** Changes before this are covered by a full run and never looked for. */
  startedAt: z.string(),
});
type Cursor = z.infer<typeof cursorSchema>;

/** Ages at which a stretch of time is looked at again. */
const SECOND_LOOKS_MS = [20_000, 120_000, 600_000] as const;

export class Feed {
  readonly #source: ChangeSource;
  readonly #cursors: CursorStore;
  readonly #now: () => number;
  #cursor: Cursor | null = null;
  /** Per second look: everything stamped before this had that look. */
  #lookedUntil: number[] = [];

  constructor(source: ChangeSource, cursors: CursorStore, now: () => number) {
    this.#source = source;
    this.#cursors = cursors;
    this.#now = now;
  }

  /** Starts the feed at a moment, unless it has been running before: then it goes on where it was. */
  async startAt(moment: Date): Promise<void> {
    const known = cursorSchema.safeParse(await this.#cursors.get(this.#source.name));
    if (known.success) this.#resume(known.data);
    else await this.moveTo(moment);
  }

  /** Leaves out everything before a moment: a full run has looked at it. */
  async moveTo(moment: Date): Promise<void> {
    const at = moment.toISOString();
    if (this.#cursor !== null && this.#cursor.seenUntil >= at) return;
    this.#resume({ seenUntil: at, startedAt: at });
    await this.#cursors.set(this.#source.name, this.#cursor);
  }

  #resume(cursor: Cursor): void {
    this.#cursor = cursor;
    // What was looked at before a stop may not have had its second looks.
    const oldest = Math.max(
      Date.parse(cursor.startedAt),
      Date.parse(cursor.seenUntil) - Math.max(...SECOND_LOOKS_MS),
    );
    this.#lookedUntil = SECOND_LOOKS_MS.map(() => oldest);
  }

  /** Looks for news and hands over every page; the cursor moves only after a page was dealt with. */
  async poll(handle: (sightings: readonly Sighting[]) => Promise<void>): Promise<void> {
    const cursor = this.#cursor;
    if (cursor === null) throw new Error('start the feed before polling it');
    for await (const page of this.#source.look(new Date(cursor.seenUntil), null)) {
      await handle(page.sightings);
      await this.#advance(page.newest);
    }
    await this.#lookAgain(handle);
  }

  async #advance(newest: string | null): Promise<void> {
    if (newest === null || this.#cursor === null || newest <= this.#cursor.seenUntil) return;
    this.#cursor = { ...this.#cursor, seenUntil: newest };
    await this.#cursors.set(this.#source.name, this.#cursor);
  }

  async #lookAgain(handle: (sightings: readonly Sighting[]) => Promise<void>): Promise<void> {
    const now = this.#now();
    for (const [index, age] of SECOND_LOOKS_MS.entries()) {
      const since = this.#lookedUntil[index] ?? now;
      const until = now - age;
      // Half an age at a time: later looks are longer and rarer.
      if (until - since < age / 2) continue;
      for await (const page of this.#source.look(new Date(since), new Date(until)))
        await handle(page.sightings);
      this.#lookedUntil[index] = until;
    }
  }
}
