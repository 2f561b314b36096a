// What the queue's work means: the same pipeline for every kind.
import { CallFailed } from '../engine/failures.ts';
import type { RecordKey } from '../engine/records.ts';
import { leaveWaiting } from '../sync/isolate.ts';
import type { Look, LiveSync } from '../sync/live.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import { afterFailure, afterLook, insteadOfLook, type Cadence } from './cadence.ts';
import type { JobHandlers } from './port.ts';

export interface HandlerOptions {
  readonly cadence: Readonly<Record<Look, Cadence>>;
  /** True while change events tell what changes in Salesforce. */
  readonly hearsChanges?: () => boolean;
  /** A whole look or batch failed; it comes again. */
  readonly onError?: (error: unknown) => void;
}

export function jobHandlers(
  pipeline: Pipeline,
  live: LiveSync,
  { cadence, hearsChanges = () => false, onError = () => undefined }: HandlerOptions,
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
      const now = pipeline.ports.now();
      const isHeard = where === 'salesforce' && hearsChanges();
      const spared = isHeard ? insteadOfLook(cadence[where], state, now) : null;
      if (spared) return spared;
      try {
        const next = afterLook(cadence[where], state, await live.look(where));
        return { ...next, state: { ...next.state, lookedAt: now } };
      } catch (error) {
        troubled(error);
        return afterFailure(cadence[where], state, error);
      }
    },
  };
}
