// What the queue's work means: the same pipeline for every kind.
import { inClass } from '../budget/call-class.ts';
import { CallFailed } from '../engine/failures.ts';
import type { RecordKey } from '../engine/records.ts';
import { leaveWaiting } from '../sync/isolate.ts';
import type { Look, LiveSync } from '../sync/live.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import { afterFailure, afterLook, type Cadence } from './cadence.ts';
import type { JobHandlers } from './port.ts';

export interface HandlerOptions {
  readonly cadence: Readonly<Record<Look, Cadence>>;
  /** A whole look or batch failed; it comes again. */
  readonly onError?: (error: unknown) => void;
}

export function jobHandlers(
  pipeline: Pipeline,
  live: LiveSync,
  { cadence, onError = () => undefined }: HandlerOptions,
): JobHandlers {
  const troubled = (error: unknown): void => {
    onError(error);
    // What a CRM refused may have been right before a field or a list changed.
    if (error instanceof CallFailed) pipeline.workspaces.refresh();
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
    look: async (where, state) => {
      try {
        const moved = await inClass(where === 'due' ? 'retry' : 'live', () => live.look(where));
        return afterLook(cadence[where], state, moved);
      } catch (error) {
        troubled(error);
        return afterFailure(cadence[where], state, error);
      }
    },
  };
}
