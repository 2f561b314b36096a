// Live sync as it runs in production, with its queue and its looks, only faster and in memory.
import { setTimeout as sleep } from 'node:timers/promises';
import { jobHandlers } from '../../../src/jobs/handlers.ts';
import { MemoryJobs, MemoryQueue } from '../../../src/jobs/memory-queue.ts';
import { RETRY, type JobQueue } from '../../../src/jobs/port.ts';
import { LiveSync } from '../../../src/sync/live.ts';
import type { Pipeline } from '../../../src/sync/pipeline.ts';

const PACE = { pollMs: 50, longestSleepMs: 200 };
const FAST = { busyMs: 20, idleMs: 20 };

/** Stop the queue when done. */
export async function startWorking(
  pipeline: Pipeline,
  onError: (error: unknown) => void = () => undefined,
  hearsChanges: () => boolean = () => false,
): Promise<JobQueue> {
  const clock = { now: Date.now, sleep: (ms: number) => sleep(ms, undefined, { ref: false }) };
  const queue = new MemoryQueue(new MemoryJobs(), clock, RETRY, PACE);
  const cadence = { salesforce: FAST, hubspot: FAST, joined: FAST, due: FAST, runs: FAST };
  const options = { cadence, hearsChanges, onError };
  await queue.work(jobHandlers(pipeline, new LiveSync(pipeline), queue, options));
  return queue;
}
