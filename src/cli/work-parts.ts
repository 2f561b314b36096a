// What every process that works has: live sync, the queue with its looks, Salesforce's change events, and what it
// tells of itself. The service and a worker beside it differ in what else they serve.
import type { RealConfiguration } from '../api/environment.ts';
import { jobHandlers, type HandlerOptions } from '../jobs/handlers.ts';
import { openPgBossQueue } from '../jobs/pg-boss-queue.ts';
import type { JobQueue } from '../jobs/port.ts';
import { LiveSync } from '../sync/live.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import { changeIntake } from './change-intake.ts';
import type { Operations } from './operations.ts';
import type { Voice } from './voice.ts';

/** Live sync that tells of what it does. */
export const liveSync = (pipeline: Pipeline, operations: Operations, voice: Voice): LiveSync =>
  new LiveSync(pipeline, {
    onBatch: voice.changed,
    onBegun: voice.begun,
    onStumble: (key, error) => {
      operations.metrics.onStumble();
      voice.stumbled(key, error);
    },
  });

export interface WorkParts {
  readonly queue: JobQueue;
  /** Health, readiness and metrics. */
  readonly told: ReturnType<Operations['start']>;
  /** Syncs live from now on. */
  work(cadence: HandlerOptions['cadence']): Promise<void>;
}

/** @param stops gets what has to be stopped, in the order it was started */
export async function openWork(
  configuration: RealConfiguration,
  pipeline: Pipeline,
  live: LiveSync,
  operations: Operations,
  voice: Voice,
  stops: (() => Promise<void>)[],
): Promise<WorkParts> {
  const queue = await openPgBossQueue({
    connectionString: configuration.databaseUrl,
    onError: voice.troubled,
  });
  const told = operations.start(pipeline, queue);
  stops.push(
    () => told.stop(),
    () => queue.stop(),
  );
  return {
    queue,
    told,
    work: (cadence) => {
      const intake = changeIntake(
        configuration,
        pipeline,
        queue,
        live,
        voice,
        operations.onEventsState,
      );
      stops.push(() => intake.stop());
      intake.start();
      return queue.work(
        jobHandlers(pipeline, live, queue, {
          cadence,
          hearsChanges: () => intake.state.kind === 'connected',
          onError: (error) => {
            operations.handlers.onError(error);
            voice.troubled(error);
          },
          onLook: operations.handlers.onLook,
        }),
      );
    },
  };
}
