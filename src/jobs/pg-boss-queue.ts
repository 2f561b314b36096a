// The queue on Postgres (and what speaks its SQL), by pg-boss: policy `stately` lets one job of a key wait while
// another of it is in hand, which is coalescing and order per record at once, over any number of processes.
// Looks are jobs that send their successor before they end, so the chain survives any crash.
import pg from 'pg';
import { PgBoss, type JobResult, type JobWithMetadata } from 'pg-boss';
import { z } from 'zod';
import { SALESFORCE_OBJECTS } from '../engine/fields.ts';
import type { RecordKey } from '../engine/records.ts';
import { keyName } from '../sync/sighting.ts';
import {
  BATCH,
  FIRST_LOOK,
  HEARTBEAT_MS,
  PLACES,
  RETRY,
  type JobHandlers,
  type JobQueue,
  type LookState,
  type Place,
  type RetryPolicy,
} from './port.ts';

const RECORDS = 'records';
const GIVEN_UP = 'records-given-up';
const RUN = 'runs';
const LOOK = 'looks';

const recordKeySchema = z.union([
  z.object({ side: z.literal('hubspot'), id: z.string() }),
  z.object({ side: z.literal('salesforce'), object: z.enum(SALESFORCE_OBJECTS), id: z.string() }),
]);
const runSchema = z.object({ id: z.string() });
const lookSchema = z.object({
  where: z.enum(PLACES),
  state: z.object({
    quiet: z.number(),
    failures: z.number(),
    lookedAt: z.number().optional(),
  }),
});

export interface PgBossOptions {
  readonly connectionString: string;
  readonly maxConnections?: number;
  readonly retry?: RetryPolicy;
  /** Trouble in the queue's own housekeeping, such as a lost connection; it goes on by itself. */
  readonly onError?: (error: unknown) => void;
}

const DAY_SECONDS = 24 * 60 * 60;
const POLL_SECONDS = 0.5;
/** By one process. */
const RUNS_AT_ONCE = 2;
/** For what is in hand when told to stop: orchestrators kill after 30 seconds. What isn't done by then comes again. */
const STOP_MS = 25_000;

/** What pg-boss has to do without on this server, by what it calls itself. */
export const backendOf = (version: string): 'postgres' | 'cockroachdb' =>
  version.includes('CockroachDB') ? 'cockroachdb' : 'postgres';

async function serverVersion(connectionString: string): Promise<string> {
  const client = new pg.Client({ connectionString, application_name: 'tandem jobs' });
  await client.connect();
  try {
    const { rows } = await client.query<{ version: string }>('select version()');
    return rows[0]?.version ?? '';
  } finally {
    await client.end();
  }
}

export async function openPgBossQueue({
  connectionString,
  maxConnections = 4,
  retry = RETRY,
  onError = () => undefined,
}: PgBossOptions): Promise<JobQueue> {
  const boss = new PgBoss({
    connectionString,
    max: maxConnections,
    schema: 'jobs',
    backend: backendOf(await serverVersion(connectionString)),
    application_name: 'tandem jobs',
    schedule: false,
    superviseIntervalSeconds: HEARTBEAT_MS / 1000,
    monitorIntervalSeconds: HEARTBEAT_MS / 1000,
  });
  boss.on('error', onError);
  await boss.start();
  const durable = {
    heartbeatSeconds: HEARTBEAT_MS / 1000,
    expireInSeconds: DAY_SECONDS - 1,
    retentionSeconds: 14 * DAY_SECONDS,
    deleteAfterSeconds: 60,
  };
  await boss.createQueue(GIVEN_UP, { ...durable, policy: 'standard', retryLimit: 1_000_000 });
  await boss.createQueue(RECORDS, {
    ...durable,
    policy: 'stately',
    retryLimit: retry.tries - 1,
    retryDelay: retry.pauseMs / 1000,
    retryBackoff: true,
    retryDelayMax: retry.longestPauseMs / 1000,
    deadLetter: GIVEN_UP,
  });
  for (const queue of [RUN, LOOK])
    await boss.createQueue(queue, {
      ...durable,
      policy: 'stately',
      retryLimit: 1_000_000,
      retryDelay: retry.pauseMs / 1000,
    });
  return new PgBossQueue(boss, retry.tries - 1);
}

class PgBossQueue implements JobQueue {
  readonly #boss: PgBoss;
  readonly #retries: number;

  constructor(boss: PgBoss, retries: number) {
    this.#boss = boss;
    this.#retries = retries;
  }

  async add(keys: readonly RecordKey[]): Promise<void> {
    const jobs = new Map(keys.map((key) => [keyName(key), key]));
    if (jobs.size === 0) return;
    await this.#boss.insert(
      RECORDS,
      [...jobs].map(([singletonKey, key]) => ({ singletonKey, data: key })),
    );
  }

  async addRuns(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.#boss.insert(
      RUN,
      ids.map((id) => ({ singletonKey: id, data: { id } })),
    );
  }

  async work({ records, givenUp, run, look }: JobHandlers): Promise<void> {
    const boss = this.#boss;
    await boss.work(
      RECORDS,
      {
        batchSize: BATCH,
        pollingIntervalSeconds: POLL_SECONDS,
        burstWhenBatchFull: true,
        localConcurrency: 2,
      },
      async (jobs) => {
        await records(jobs.map(({ data }) => recordKeySchema.parse(data)));
      },
    );
    await boss.work(
      GIVEN_UP,
      { batchSize: BATCH, pollingIntervalSeconds: 2, includeMetadata: true, perJobResults: true },
      async (jobs: JobWithMetadata<unknown>[]): Promise<JobResult[]> => {
        // One that was named again while it waited for another try, and failed then too, ends here at once:
        // pg-boss keeps one waiting try of a record. That one still comes.
        const last = jobs.filter(
          ({ sourceRetryCount }) => (sourceRetryCount ?? 0) >= this.#retries,
        );
        if (last.length > 0)
          await givenUp(
            last.map(({ data }) => recordKeySchema.parse(data)),
            whyOf(last[0]?.sourceOutput),
          );
        return jobs.map(({ id }) => ({ id, status: 'completed' }));
      },
    );
    await boss.work(
      RUN,
      { batchSize: 1, pollingIntervalSeconds: POLL_SECONDS, localConcurrency: RUNS_AT_ONCE },
      async ([job]) => {
        if (job) await run(runSchema.parse(job.data).id);
      },
    );
    await boss.work(
      LOOK,
      { batchSize: 1, pollingIntervalSeconds: POLL_SECONDS, localConcurrency: PLACES.length },
      async ([job]) => {
        if (!job) return;
        const { where, state } = lookSchema.parse(job.data);
        const next = await look(where, state);
        await this.#sendLook(where, next.state, next.pauseMs);
      },
    );
    // A look may be waiting for minutes since it failed; whatever was wrong may be why somebody started anew.
    for (const where of PLACES)
      await boss.upsert(LOOK, { where, state: FIRST_LOOK }, { singletonKey: where, startAfter: 0 });
  }

  async depth(): Promise<{ waiting: number; active: number }> {
    const [stats] = await this.#boss.getQueueStats(RECORDS, { force: true });
    return { waiting: stats?.queuedCount ?? 0, active: stats?.activeCount ?? 0 };
  }

  async stop(): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: STOP_MS });
  }

  /** Does nothing where a look at the same place is waiting already. */
  async #sendLook(where: Place, state: LookState, pauseMs: number): Promise<void> {
    await this.#boss.send(
      LOOK,
      { where, state },
      // Seconds, from now on the database's clock: ours may be another.
      { singletonKey: where, startAfter: pauseMs / 1000 },
    );
  }
}

const outputSchema = z.object({ message: z.string() });

/** pg-boss keeps the error of the last try. */
function whyOf(output: unknown): string {
  const error = outputSchema.safeParse(output);
  return error.success ? error.data.message : 'it failed too often';
}
