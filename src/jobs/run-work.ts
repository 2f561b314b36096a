// A while of work on an open run, and what becomes of one that doesn't get on: it says why, and is tried
// again ever later. Only what a CRM refuses for good ends it, and a person may resume it even then.
import { CallRejected, RateLimited } from '../engine/failures.ts';
import type { LiveSync } from '../sync/live.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import { workOnRun } from '../sync/runs/work.ts';

/** Then another worker may go on with it, and other runs get their turn. */
const SLICE_MS = 30_000;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** A refusal may come from a schema that has changed since it was read. */
const MOST_REFUSALS = 3;

export async function workOnOpenRun(
  pipeline: Pipeline,
  live: LiveSync,
  id: string,
  troubled: (error: unknown) => void,
): Promise<void> {
  const { store, now } = pipeline.ports;
  try {
    await workOnRun(pipeline, id, {
      sliceMs: SLICE_MS,
      onAllOfHubSpotRead: (since) => live.skipHubSpotBefore(since),
    });
  } catch (error) {
    troubled(error);
    const run = await store.runs.get(id);
    if (run?.state !== 'running') return;
    const why = error instanceof Error ? error.message : String(error);
    if (error instanceof CallRejected && run.setbacks + 1 >= MOST_REFUSALS) {
      await store.runs.move(id, ['running'], 'failed', why);
      return;
    }
    const asked = error instanceof RateLimited ? (error.retryAfterMs ?? 0) : 0;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** run.setbacks, LONGEST_PAUSE_MS);
    const retryAt = new Date(now() + Math.max(asked, pause)).toISOString();
    await store.runs.setBack(id, why, retryAt);
  }
}
