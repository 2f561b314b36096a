// Who works in a test's world: one process, or three on one database as TANDEM_TEST_WORKERS=3 asks for. Three
// have pipelines, pools and CRM connections of their own; they look at different places at the same time, and
// what was named goes through the real queue.
import { vi } from 'vitest';
import { servicesFor, type ApiServices } from '../../../src/api/services.ts';
import type { RealConfiguration } from '../../../src/api/environment.ts';
import type { RecordKey } from '../../../src/engine/records.ts';
import { openPgBossQueue } from '../../../src/jobs/pg-boss-queue.ts';
import type { JobQueue } from '../../../src/jobs/port.ts';
import { LiveSync, LOOKS } from '../../../src/sync/live.ts';
import type { Pipeline } from '../../../src/sync/pipeline.ts';
import { executeOn } from '../../support/postgres.ts';

export interface Crew {
  /** Looks at those who were noticed, then everywhere until nothing moves any more. */
  settle(noticed: readonly RecordKey[]): Promise<void>;
  /** Everybody reads both schemas anew. */
  refresh(): void;
  close(): Promise<void>;
}

const PATIENCE = { timeout: 60_000, interval: 20 };
const MOST_LOOKS = 20;
const RESTLESS = `still moving after ${MOST_LOOKS} looks: the two sides don’t come to rest`;

export async function crewFor(
  configuration: RealConfiguration,
  pipeline: Pipeline,
  live: LiveSync,
): Promise<Crew> {
  const size = Number(process.env.TANDEM_TEST_WORKERS ?? 1);
  if (size === 1) return oneWorker(pipeline, live);
  const others: ApiServices[] = [];
  for (let index = 1; index < size; index += 1)
    others.push(await servicesFor(configuration, { maxConnections: 4 }));
  const workers = [
    { pipeline, live },
    ...others.map((services) => ({
      pipeline: services.pipeline,
      live: new LiveSync(services.pipeline),
    })),
  ];
  return new ManyWorkers(workers, configuration.databaseUrl, async () => {
    for (const services of others) await services.close();
  });
}

const oneWorker = (pipeline: Pipeline, live: LiveSync): Crew => ({
  async settle(noticed) {
    await live.sync(noticed);
    for (let look = 0; look < MOST_LOOKS; look += 1) if ((await live.tick()) === 0) return;
    throw new Error(RESTLESS);
  },
  refresh: () => {
    pipeline.workspaces.refresh();
  },
  close: () => Promise.resolve(),
});

interface Worker {
  readonly pipeline: Pipeline;
  readonly live: LiveSync;
}

class ManyWorkers implements Crew {
  readonly #workers: readonly Worker[];
  readonly #databaseUrl: string;
  readonly #closeOthers: () => Promise<void>;
  #queues: Promise<JobQueue[]> | null = null;
  #turn = 0;

  constructor(workers: readonly Worker[], databaseUrl: string, closeOthers: () => Promise<void>) {
    this.#workers = workers;
    this.#databaseUrl = databaseUrl;
    this.#closeOthers = closeOthers;
  }

  async settle(noticed: readonly RecordKey[]): Promise<void> {
    if (noticed.length > 0) {
      this.#queues ??= this.#openQueues();
      await (await this.#queues)[0]?.add(noticed);
    }
    for (let look = 0; look < MOST_LOOKS; look += 1) {
      const wasDone = await this.#isQueueDone();
      if ((await this.#lookEverywhere()) === 0 && wasDone) return;
      await vi.waitFor(async () => {
        if (!(await this.#isQueueDone())) throw new Error('records are still in the queue');
      }, PATIENCE);
    }
    throw new Error(RESTLESS);
  }

  refresh(): void {
    for (const { pipeline } of this.#workers) pipeline.workspaces.refresh();
  }

  async close(): Promise<void> {
    for (const queue of (await this.#queues) ?? []) await queue.stop();
    await this.#closeOthers();
  }

  /** All places at once, each by another worker than the last time. */
  async #lookEverywhere(): Promise<number> {
    this.#turn += 1;
    const looks = await Promise.allSettled(
      LOOKS.map(async (where, index) => {
        const worker = this.#workers[(index + this.#turn) % this.#workers.length];
        return (await worker?.live.look(where)) ?? 0;
      }),
    );
    return looks.reduce((sum, look) => {
      if (look.status === 'rejected') throw look.reason;
      return sum + look.value;
    }, 0);
  }

  async #openQueues(): Promise<JobQueue[]> {
    const queues: JobQueue[] = [];
    for (const { live } of this.#workers) {
      const queue = await openPgBossQueue({ connectionString: this.#databaseUrl });
      await queue.work({
        records: async (keys) => {
          await live.sync(keys);
        },
        givenUp: () => Promise.resolve(),
        run: () => Promise.resolve(),
        look: (_, state) => Promise.resolve({ state, pauseMs: 60_000 }),
      });
      queues.push(queue);
    }
    return queues;
  }

  async #isQueueDone(): Promise<boolean> {
    if (this.#queues === null) return true;
    const rows = await executeOn(
      this.#databaseUrl,
      `select 1 from jobs.job where name = 'records' and state < 'completed' limit 1`,
    );
    return rows.length === 0;
  }
}
