// One full sync: everything in Salesforce, then everything in HubSpot, then whatever changed meanwhile
// until nothing moves any more.
import type { Run } from '../store/port.ts';
import type { LiveSync } from './live.ts';
import type { Pipeline } from './pipeline.ts';
import { run, type RunOptions } from './runs.ts';

/** A change can be late by the overlap of a feed, or by a CRM's clock. */
const FEED_OVERLAP_MS = 5 * 60_000;
/** Looks after the runs at the most: each should find less than the one before. */
const MOST_LOOKS = 10;

/** Runs that a stop interrupted, or that never ran: what is left of the first sync. */
export async function unfinishedRuns(pipeline: Pipeline): Promise<Run['kind'][]> {
  const kinds: Run['kind'][] = ['import', 'push'];
  const latest = await Promise.all(kinds.map((kind) => pipeline.ports.store.runs.latest(kind)));
  return kinds.filter((_, index) => latest[index]?.state !== 'finished');
}

/** Every contact was looked at by the push as it was after this moment; a resumed push began earlier, by the database's clock. */
function lookedAtSince({ startedAt }: Run, calledAt: number): Date {
  const began = Date.parse(startedAt);
  return new Date(began < calledAt - 1_000 ? began - FEED_OVERLAP_MS : calledAt);
}

/** Runs the given kinds and follows up on changes. Resumes where an earlier process stopped. */
export async function fullSync(
  pipeline: Pipeline,
  live: LiveSync,
  kinds: readonly Run['kind'][],
  options: RunOptions = {},
): Promise<Run[]> {
  const { now } = pipeline.ports;
  await live.prepare(new Date(now() - FEED_OVERLAP_MS));
  const done: Run[] = [];
  for (const kind of kinds) {
    if (options.signal?.aborted) return done;
    const from = now();
    const finished = await run(pipeline, kind, options);
    done.push(finished);
    if (kind === 'push' && finished.state === 'finished')
      await live.skipHubSpotBefore(lookedAtSince(finished, from));
  }
  for (let look = 0; look < MOST_LOOKS && !options.signal?.aborted; look += 1) {
    if ((await live.tick()) === 0) break;
  }
  return done;
}
