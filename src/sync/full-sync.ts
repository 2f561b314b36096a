// One full sync in this process: everything in Salesforce, then everything in HubSpot, then whatever changed
// meanwhile until nothing moves any more.
import type { Run } from '../store/runs-port.ts';
import { FEED_OVERLAP_MS, type LiveSync } from './live.ts';
import type { Pipeline } from './pipeline.ts';
import { run } from './runs/control.ts';
import { wholeScope } from './runs/request.ts';
import type { RunOptions } from './runs/work.ts';

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

/** Who starts these runs where no person does. */
export const BY_ITSELF = 'the first start';
const STARTED_BY_ITSELF: ReadonlySet<string> = new Set([BY_ITSELF, 'Tandem']);

/**
 * What is left of a first sync that was begun as a whole, by `--once` or by an older Tandem at its start, and that a
 * stop interrupted. A run that a person started is all that was asked for, and one that was stopped stays so.
 */
export async function interruptedRuns(pipeline: Pipeline): Promise<FirstRun[]> {
  const { runs } = pipeline.ports.store;
  const latest = await Promise.all(FIRST_RUNS.map((kind) => runs.latest(kind, wholeScope(kind))));
  const [first] = latest;
  const isStopped = latest.some((one) => one && STOPPED.has(one.state));
  if (!first || !STARTED_BY_ITSELF.has(first.startedBy) || isStopped) return [];
  return unfinishedRuns(pipeline);
}
const STOPPED: ReadonlySet<Run['state']> = new Set(['paused', 'cancelled', 'failed']);

/** Runs the given kinds and follows up on changes. Resumes where an earlier process stopped. */
export async function fullSync(
  pipeline: Pipeline,
  live: LiveSync,
  kinds: readonly FirstRun[],
  options: RunOptions = {},
): Promise<Run[]> {
  // Both feeds begin where the runs do, unless they have been going already.
  await live.prepare(new Date(pipeline.ports.now() - FEED_OVERLAP_MS));
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
