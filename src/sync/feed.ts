// First room of the pipeline for live sync: finds what changed on one side since the last look. A look can
// miss rows (HubSpot's index lags and fills out of order; a long Salesforce transaction appears after its
// stamp), so every stretch of time is looked at again when it is older: a few seconds, minutes, later.
// Rows that were seen in a version already cost nothing but the look.
import { z } from 'zod';
import type { CursorStore } from '../store/port.ts';
import { pagesAtOnce } from './pages.ts';
import type { Sighting } from './sighting.ts';

/** One page of a look, oldest stretch first. */
export interface FeedPage {
  readonly sightings: readonly Sighting[];
  /** Stamp of the newest row of the page, ISO; null for an empty one. */
  readonly newest: string | null;
  /** Called once the page was dealt with: only then may its rows be forgotten. */
  readonly dealtWith?: () => Promise<void>;
}

/** What is synced together at the most. A page of Salesforce is four times that: one part is written while the next is read. */
const MOST_SIGHTINGS = 1_000;
/** Of a larger page: the e-mails of so many are two queries of 400, in one composite. */
const SIGHTINGS_PER_PART = 800;
/** Enough that the search, whose pages come one after the other, needn't wait for those before. */
const PARTS_AT_ONCE = 4;

/** A page's stamp and what it remembers come with its last part. */
async function* inParts(pages: AsyncIterable<FeedPage>): AsyncGenerator<FeedPage> {
  for await (const { sightings, ...page } of pages) {
    let start = 0;
    for (; sightings.length - start > MOST_SIGHTINGS; start += SIGHTINGS_PER_PART)
      yield { sightings: sightings.slice(start, start + SIGHTINGS_PER_PART), newest: null };
    yield { ...page, sightings: sightings.slice(start) };
  }
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
  /** Per second look: everything stamped before this had that look, milliseconds since 1970. */
  lookedUntil: z.array(z.number()).default([]),
});
type Cursor = z.infer<typeof cursorSchema>;

/** Ages at which a stretch of time is looked at again. */
const SECOND_LOOKS_MS = [20_000, 120_000, 600_000] as const;

/** Any number of processes may hold one feed: where it stands is in the store. */
export class Feed {
  readonly #source: ChangeSource;
  readonly #cursors: CursorStore;
  readonly #now: () => number;

  constructor(source: ChangeSource, cursors: CursorStore, now: () => number) {
    this.#source = source;
    this.#cursors = cursors;
    this.#now = now;
  }

  /** Starts the feed at a moment, unless it has been running before: then it goes on where it was. */
  async startAt(moment: Date): Promise<void> {
    if ((await this.#cursor()) === null) await this.#start(moment);
  }

  /** Leaves out everything before a moment: a full run has looked at it. */
  async moveTo(moment: Date): Promise<void> {
    const cursor = await this.#cursor();
    if (cursor === null || cursor.seenUntil < moment.toISOString()) await this.#start(moment);
  }

  /** Looks for news and hands over every page; the cursor moves only after a page was dealt with. */
  async poll(handle: (sightings: readonly Sighting[]) => Promise<void>): Promise<void> {
    let cursor = await this.#cursor();
    if (cursor === null) throw new Error('start the feed before polling it');
    const begun = { at: this.#now(), from: Date.parse(cursor.seenUntil) };
    await pagesAtOnce(
      inParts(this.#source.look(new Date(cursor.seenUntil), null)),
      ({ sightings }) => handle(sightings),
      async ({ newest, dealtWith }) => {
        await dealtWith?.();
        if (newest !== null && cursor !== null && newest > cursor.seenUntil) {
          cursor = { ...cursor, seenUntil: newest };
          await this.#moveTo(cursor);
        }
        return true;
      },
      PARTS_AT_ONCE,
    );
    await this.#lookAgain(cursor, begun, handle);
  }

  /** @param begun when and from where the look before this went: it has just seen what is younger than that */
  async #lookAgain(
    { lookedUntil, ...cursor }: Cursor,
    begun: { readonly at: number; readonly from: number },
    handle: (sightings: readonly Sighting[]) => Promise<void>,
  ): Promise<void> {
    const looked = [...lookedUntil];
    for (const [index, age] of SECOND_LOOKS_MS.entries()) {
      const since = looked[index] ?? Date.parse(cursor.startedAt);
      const until = begun.at - age;
      // Half an age at a time: later looks are longer and rarer.
      if (until - since < age / 2) continue;
      const unseen = Math.min(until, begun.from);
      if (since < unseen)
        await pagesAtOnce(
          inParts(this.#source.look(new Date(since), new Date(unseen))),
          ({ sightings }) => handle(sightings),
          async ({ dealtWith }) => {
            await dealtWith?.();
            return true;
          },
          PARTS_AT_ONCE,
        );
      looked[index] = until;
      await this.#moveTo({ ...cursor, lookedUntil: looked });
    }
  }

  async #start(moment: Date): Promise<void> {
    const at = moment.toISOString();
    const lookedUntil = SECOND_LOOKS_MS.map(() => moment.getTime());
    await this.#moveTo({ seenUntil: at, startedAt: at, lookedUntil });
  }

  async #cursor(): Promise<Cursor | null> {
    const stored = cursorSchema.safeParse(await this.#cursors.get(this.#source.name));
    return stored.success ? stored.data : null;
  }

  #moveTo(cursor: Cursor): Promise<void> {
    return this.#cursors.set(this.#source.name, cursor);
  }
}
