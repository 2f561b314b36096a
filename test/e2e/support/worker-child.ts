// A process that works as the service does: the queue on Postgres, looks, records that were named, *Sync now*,
// and runs beside them. It is made to be killed at any moment; whoever starts it talks to it by messages.
import { setTimeout as sleep } from 'node:timers/promises';
import { syncNow } from '../../../src/api/sync-now.ts';
import { servicesFor } from '../../../src/api/services.ts';
import type { RealConfiguration } from '../../../src/api/environment.ts';
import type { RecordKey } from '../../../src/engine/records.ts';
import { settingsSchema } from '../../../src/engine/settings.ts';
import { jobHandlers } from '../../../src/jobs/handlers.ts';
import { openPgBossQueue } from '../../../src/jobs/pg-boss-queue.ts';
import { startEmbeddedPostgres } from '../../../src/store/embedded.ts';
import { LiveSync } from '../../../src/sync/live.ts';
import { Pipeline } from '../../../src/sync/pipeline.ts';
import { startRun } from '../../../src/sync/runs/control.ts';
import { wholeScope } from '../../../src/sync/runs/request.ts';
import { prepareHubSpot } from '../../../src/sync/workspace.ts';

export interface WorkerTask {
  /** Without a database where the embedded one is used. */
  readonly configuration: Omit<RealConfiguration, 'databaseUrl'> & {
    readonly databaseUrl?: string;
  };
  /** Folder of the embedded Postgres. */
  readonly folder: string | null;
  /** What the process takes for the time is ahead by this: what waits for minutes is due at once. */
  readonly aheadMs: number;
  /** Live sync begins here where it never ran. */
  readonly liveSince: number;
  /** Saved where nobody saved any. */
  readonly settings: object;
}

export type Order =
  | { readonly do: 'work'; readonly task: WorkerTask }
  | { readonly do: 'stop' }
  | { readonly do: 'notice'; readonly order: number; readonly keys: readonly RecordKey[] }
  | { readonly do: 'syncNow'; readonly order: number; readonly contactId: string }
  | { readonly do: 'run'; readonly order: number; readonly kind: RunKind };
export type RunKind = 'import' | 'push';

export type Answer =
  | { readonly said: 'loaded' }
  | { readonly said: 'working'; readonly databaseUrl: string }
  | { readonly said: 'done' | 'failed'; readonly order: number }
  | { readonly said: 'trouble'; readonly message: string };

const FAST = { busyMs: 100, idleMs: 250 };
const CADENCE = { salesforce: FAST, hubspot: FAST, joined: FAST, due: FAST, runs: FAST };
const LOOK_MS = 50;
const RETRY = { tries: 4, pauseMs: 1_000, longestPauseMs: 2_000 };

const tell = (answer: Answer): void => {
  process.send?.(answer);
};
const trouble = (error: unknown): void => {
  tell({ said: 'trouble', message: error instanceof Error ? error.message : String(error) });
};

/** By whichever workers live; the one that is open already where there is one. */
async function runToItsEnd(pipeline: Pipeline, kind: RunKind): Promise<void> {
  const { runs } = pipeline.ports.store;
  const latest = await runs.latest(kind, wholeScope(kind));
  const { id } =
    latest?.finishedAt === null
      ? latest
      : await startRun(pipeline, { kind, scope: {} }, { startedBy: 'test' });
  for (;;) {
    if ((await runs.get(id))?.finishedAt !== null) return;
    await sleep(LOOK_MS);
  }
}

interface Worker {
  notice(keys: readonly RecordKey[]): Promise<void>;
  syncNow(contactId: string): Promise<unknown>;
  run(kind: RunKind): Promise<unknown>;
  stop(): Promise<void>;
}

async function work(task: WorkerTask): Promise<Worker> {
  const { configuration, folder, aheadMs, liveSince } = task;
  const embedded = folder === null ? null : await startEmbeddedPostgres({ folder });
  const databaseUrl = embedded?.connectionString ?? configuration.databaseUrl ?? '';
  const services = await servicesFor({ ...configuration, databaseUrl }, { maxConnections: 4 });
  const now = (): number => Date.now() + aheadMs;
  const pipeline = new Pipeline({ ...services.pipeline.ports, now });
  await pipeline.ports.store.settings.save(0, settingsSchema.parse(task.settings), 'test', '');
  await prepareHubSpot(pipeline.ports);
  const live = new LiveSync(pipeline);
  await pipeline.firstSync.begin(new Date(liveSince).toISOString());
  await live.prepare(new Date(liveSince));
  const queue = await openPgBossQueue({
    connectionString: databaseUrl,
    retry: RETRY,
    onError: trouble,
  });
  await queue.work(jobHandlers(pipeline, live, queue, { cadence: CADENCE, onError: trouble }));
  tell({ said: 'working', databaseUrl });
  return {
    notice: (keys) => queue.add(keys),
    syncNow: (contactId) => syncNow(pipeline, contactId),
    run: (kind) => runToItsEnd(pipeline, kind),
    async stop() {
      await queue.stop();
      await services.close();
      await embedded?.stop();
    },
  };
}

let working: Promise<Worker> | null = null;

async function obey(order: Order): Promise<void> {
  if (order.do === 'work') {
    working = work(order.task);
    try {
      await working;
    } catch (error) {
      // As a service does that cannot start: whoever watches over it starts another.
      trouble(error);
      process.exit(1);
    }
    return;
  }
  const worker = await working;
  if (!worker) throw new Error('not told to work yet');
  if (order.do === 'stop') {
    await worker.stop();
    process.disconnect();
    return;
  }
  if (order.do === 'notice') await worker.notice(order.keys);
  else if (order.do === 'syncNow') await worker.syncNow(order.contactId);
  else await worker.run(order.kind);
  tell({ said: 'done', order: order.order });
}

process.on('message', (order: Order) => {
  obey(order).catch((error: unknown) => {
    trouble(error);
    if ('order' in order) tell({ said: 'failed', order: order.order });
  });
});
// Nobody may be left behind by a test that ends early.
process.on('disconnect', () => process.exit());
tell({ said: 'loaded' });
