// What the queue's work means: the same pipeline for every kind.
import { CallFailed } from '../engine/failures.ts';
import type { RecordKey } from '../engine/records.ts';
import { leaveWaiting } from '../sync/isolate.ts';
import type { LiveSync } from '../sync/live.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import { afterFailure, afterLook, type Cadence } from './cadence.ts';
import type { JobHandlers, JobQueue, Place } from './port.ts';
import { workOnOpenRun } from './run-work.ts';

export interface HandlerOptions {
  readonly cadence: Readonly<Record<Place, Cadence>>;
  /** A whole look, batch or run failed; it comes again. */
  readonly onError?: (error: unknown) => void;
  /** A look ended. `moved`: records that were written or newly paired; null when it failed as a whole. */
  readonly onLook?: (where: Place, ms: number, moved: number | null) => void;
}

export function jobHandlers(
  pipeline: Pipeline,
  live: LiveSync,
  queue: JobQueue,
  { cadence, onError = () => undefined, onLook = () => undefined }: HandlerOptions,
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
    return open.length;
  };
  return {
    records: async (keys: readonly RecordKey[]) => {
      try {
        await live.sync(keys);
      } catch (error) {
        troubled(error);
        throw error;
      }
    },
    givenUp: (keys, why) => leaveWaiting(pipeline, keys, why),
    run: (id) => workOnOpenRun(pipeline, live, id, troubled),
    look: async (where, state) => {
      const { now } = pipeline.ports;
      const begun = now();
      try {
        const moved = await look(where);
        onLook(where, now() - begun, moved);
        return afterLook(cadence[where], state, moved);
      } catch (error) {
        onLook(where, now() - begun, null);
        troubled(error);
        return afterFailure(cadence[where], state, error);
      }
    },
  };
}
