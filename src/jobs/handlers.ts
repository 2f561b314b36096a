// What the queue's work means: the same pipeline for every kind.
import { inClass } from '../budget/call-class.ts';
import { CallFailed, RateLimited } from '../engine/failures.ts';
import type { RecordKey } from '../engine/records.ts';
import { leaveWaiting } from '../sync/isolate.ts';
import type { LiveSync } from '../sync/live.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import { startScheduledRuns } from '../sync/runs/schedule.ts';
import { afterFailure, afterLook, insteadOfLook, type Cadence } from './cadence.ts';
import type { JobHandlers, JobQueue, Place } from './port.ts';
import { workOnOpenRun } from './run-work.ts';

export interface HandlerOptions {
  readonly cadence: Readonly<Record<Place, Cadence>>;
  /** True while change events tell what changes in Salesforce. */
  readonly hearsChanges?: () => boolean;
  /** A whole look, batch or run failed; it comes again. */
  readonly onError?: (error: unknown) => void;
  /** A look ended. `moved`: records that were written or newly paired; null when it failed as a whole. */
  readonly onLook?: (where: Place, ms: number, moved: number | null) => void;
}

export function jobHandlers(
  pipeline: Pipeline,
  live: LiveSync,
  queue: JobQueue,
  {
    cadence,
    hearsChanges = () => false,
    onError = () => undefined,
    onLook = () => undefined,
  }: HandlerOptions,
): JobHandlers {
  const troubled = (error: unknown): void => {
    onError(error);
    // What a CRM refused may have been right before a field or a list changed.
    if (error instanceof CallFailed) pipeline.workspaces.refresh();
  };
  const look = async (where: Place): Promise<number> => {
    if (where !== 'runs') return live.look(where);
    const { now, store } = pipeline.ports;
    const open = await store.runs.open(new Date(now()).toISOString());
    await queue.addRuns(open.map(({ id }) => id));
    const started = await startScheduledRuns(pipeline);
    return open.length + started.length;
  };
  return {
    records: async (keys: readonly RecordKey[]) => {
      try {
        await live.sync(keys);
      } catch (error) {
        troubled(error);
        // Trying before the time that was named would only use up the tries.
        if (!(error instanceof RateLimited) || error.retryAfterMs === null) throw error;
        await leaveWaiting(pipeline, keys, error.message, error.retryAfterMs);
      }
    },
    givenUp: (keys, why) => leaveWaiting(pipeline, keys, why),
    run: (id) => inClass('runs', () => workOnOpenRun(pipeline, live, id, troubled)),
    look: async (where, state) => {
      const { now } = pipeline.ports;
      const begun = now();
      const isHeard = where === 'salesforce' && hearsChanges();
      const spared = isHeard ? insteadOfLook(cadence[where], state, begun) : null;
      if (spared) return spared;
      try {
        const moved = await inClass(where === 'due' ? 'retry' : 'live', () => look(where));
        onLook(where, now() - begun, moved);
        const next = afterLook(cadence[where], state, moved);
        return { ...next, state: { ...next.state, lookedAt: begun } };
      } catch (error) {
        onLook(where, now() - begun, null);
        troubled(error);
        return afterFailure(cadence[where], state, error);
      }
    },
  };
}
