// One full sync in this process: everything in Salesforce, then everything in HubSpot, then whatever changed
// meanwhile until nothing moves any more.
import type { Run } from '../store/runs-port.ts';
import type { LiveSync } from './live.ts';
import type { Pipeline } from './pipeline.ts';
import { run } from './runs/control.ts';
import { wholeScope } from './runs/request.ts';
import type { RunOptions } from './runs/work.ts';

/** A change can be late by the overlap of a feed, or by a CRM's clock. */
const FEED_OVERLAP_MS = 5 * 60_000;
/** Looks after the runs at the most: each should find less than the one before. */
const MOST_LOOKS = 10;

/** What a first sync runs, in this order. */
export const FIRST_RUNS = ['import', 'push'] as const;
export type FirstRun = (typeof FIRST_RUNS)[number];

/** Runs that a stop interrupted, or that never ran: what is left of the first sync. */
export async function unfinishedRuns(pipeline: Pipeline): Promise<FirstRun[]> {
  const { runs } = pipeline.ports.store;
  // Somebody started it from the settings page, as one run.
  const everything = await runs.latest('everything', wholeScope('everything'));
  if (everything && everything.state !== 'cancelled') return [];
  const latest = await Promise.all(FIRST_RUNS.map((kind) => runs.latest(kind, wholeScope(kind))));
  return FIRST_RUNS.filter((_, index) => latest[index]?.state !== 'finished');
}

/** Both feeds begin where the runs do, unless they have been going already. */
export const prepareFeeds = (pipeline: Pipeline, live: LiveSync): Promise<void> =>
  live.prepare(new Date(pipeline.ports.now() - FEED_OVERLAP_MS));

/** Runs the given kinds and follows up on changes. Resumes where an earlier process stopped. */
export async function fullSync(
  pipeline: Pipeline,
  live: LiveSync,
  kinds: readonly FirstRun[],
  options: RunOptions = {},
): Promise<Run[]> {
  await prepareFeeds(pipeline, live);
  const done: Run[] = [];
  for (const kind of kinds) {
    if (options.signal?.aborted) return done;
    const request = { kind, scope: {} };
    done.push(
      await run(pipeline, request, {
        ...options,
        onAllOfHubSpotRead: (since) => live.skipHubSpotBefore(since),
      }),
    );
  }
  for (let look = 0; look < MOST_LOOKS && !options.signal?.aborted; look += 1) {
    if ((await live.tick()) === 0) break;
  }
  return done;
}
