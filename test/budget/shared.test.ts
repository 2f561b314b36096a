// Several processes on one Postgres: HubSpot's limits are kept by all of them together, and the budget is a
// ceiling whatever becomes of them.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { postgresLedger } from '../../src/budget/postgres-ledger.ts';
import { burstWindow, SharedWindows } from '../../src/budget/windows.ts';
import { seededRandom, systemClock } from '../../src/sandbox/clock.ts';
import { createHubSpotStandIn, PROFESSIONAL_LIMITS } from '../../src/sandbox/hubspot/stand-in.ts';
import { serveStandIn } from '../../src/sandbox/http.ts';
import { openStore, type PostgresStore } from '../../src/store/postgres-store.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { executeOn } from '../support/postgres.ts';
import { Worker } from './support/workers.ts';

let database: TestDatabase;
const stores: PostgresStore[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  for (let worker = 0; worker < 3; worker += 1)
    stores.push(await openStore({ ...database, maxConnections: 3 }));
});
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await database.drop();
});

const start = (name: string, ...parameters: readonly (string | number)[]): ChildProcess =>
  fork(
    fileURLToPath(new URL(`./children/${name}.ts`, import.meta.url)),
    [database.connectionString, ...parameters.map(String)],
    { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] },
  );

const fresh = (): Promise<unknown> =>
  executeOn(database.connectionString, 'truncate api_accounts, api_usage, api_windows');

describe('HubSpot’s burst and search limits', () => {
  // A machine that is too busy delays calls by more than the windows have to spare.
  const patience = { timeout: 60_000, retry: 2 };
  it('are kept by three processes together: no call is refused', patience, async () => {
    await fresh();
    const standIn = createHubSpotStandIn({
      clock: systemClock,
      random: seededRandom(1),
      rateLimits: PROFESSIONAL_LIMITS,
    });
    const served = await serveStandIn(standIn);
    // More than one window of HubSpot's, so that a stretch over two of ours is seen.
    const made = await Promise.all(
      ['live', 'live', 'runs'].map(async (cls) => {
        const child = start('calls-hubspot', served.url, cls, 13_000);
        const messages: unknown[] = await once(child, 'message');
        return messages[0] as { calls: number; refused: number };
      }),
    );
    await served.close();
    expect(made.map(({ refused }) => refused)).toEqual([0, 0, 0]);
    const searches = standIn.calls.byEndpoint()['POST /crm/objects/contacts/search'] ?? 0;
    // The limit is used, too: 180 reads of 190 and 40 searches of 50 in ten seconds.
    expect(standIn.calls.total - searches).toBeGreaterThan(150);
    expect(searches).toBeGreaterThan(30);
    // Runs don't wait for live work to end, and have no more than their part.
    expect(made[2]?.calls).toBeGreaterThan(10);
  });
});

describe('A short window', () => {
  const windowsOn = ({ sql }: PostgresStore): SharedWindows =>
    new SharedWindows({
      sql,
      now: Date.now,
      sleep: (pause) => new Promise((resolve) => setTimeout(resolve, pause)),
      longestWaitMs: 20_000,
      sizes: { burst: { calls: 4, ms: 100 }, search: { calls: 1, ms: 50 } },
    });
  const burst = { crm: 'HubSpot', endpoint: 'GET x', isSearch: false } as const;

  it('never lets more through in any stretch than it is cut for', async () => {
    await fresh();
    const taken: number[] = [];
    await Promise.all(
      stores.map(async (store) => {
        const windows = windowsOn(store);
        for (let call = 0; call < 30; call += 1) {
          await windows.take(burst, 'live');
          taken.push(Date.now());
        }
      }),
    );
    taken.sort((one, other) => one - other);
    // A second touches eleven windows; a busy machine may be late in noting a call.
    const most = Math.max(
      ...taken.map((at) => taken.filter((one) => one >= at && one < at + 1_000).length),
    );
    expect(most).toBeLessThanOrEqual(4 * 12);
  });

  it('leaves a part to live work while runs want everything', async () => {
    await fresh();
    const [runs, live] = stores.map(windowsOn);
    if (!runs || !live) throw new Error('two workers are needed');
    let isOver = false;
    let calls = 0;
    const busy = Array.from({ length: 6 }, async () => {
      while (!isOver) {
        await runs.take(burst, 'runs');
        calls += 1;
      }
    });
    await vi.waitFor(() => expect(calls).toBeGreaterThan(8), { timeout: 10_000 });
    const before = calls;
    for (let call = 0; call < 10; call += 1) await live.take(burst, 'live');
    const meanwhile = calls - before;
    isOver = true;
    await Promise.all(busy);
    // Two of every four are runs', so ten live calls take no more than about five windows more.
    expect(meanwhile).toBeLessThanOrEqual(30);
  });

  it('leaves a larger part to live work that is busy', async () => {
    await fresh();
    const [store] = stores;
    if (!store) throw new Error('a worker is needed');
    let now = 1_000_000;
    const windows = new SharedWindows({
      sql: store.sql,
      now: () => now,
      sleep: () => Promise.reject(new Error('it has to wait')),
      longestWaitMs: 60_000,
      sizes: { burst: { calls: 10, ms: 60_000 }, search: { calls: 1, ms: 50 } },
    });
    for (let call = 0; call < 10; call += 1) await windows.take(burst, 'live');
    await fresh();
    for (let call = 0; call < 5; call += 1) await windows.take(burst, 'runs');
    await expect(windows.take(burst, 'runs')).rejects.toThrow('it has to wait');
    // Nobody has been at work for a while; a call that was refused counts until the window ends.
    now += 6_000;
    await windows.take(burst, 'runs');
    await expect(windows.take(burst, 'runs')).rejects.toThrow('it has to wait');
  });

  it('is closed for all workers when HubSpot refuses a call or says that nothing is left', async () => {
    await fresh();
    const [one, other] = stores.map(windowsOn);
    if (!one || !other) throw new Error('two workers are needed');
    const answer = { status: 429, headers: {}, met: 'window', retryAfterMs: 700 } as const;
    one.learn(burst, answer);
    await vi.waitFor(async () => {
      const rows = await executeOn(database.connectionString, 'select * from api_windows');
      expect(rows).toHaveLength(1);
    });
    const startedAt = Date.now();
    await other.take(burst, 'live');
    expect(Date.now() - startedAt).toBeGreaterThan(300);
  });

  it('is cut so that no stretch of HubSpot’s length exceeds its limit', () => {
    for (const max of [100, 110, 190, 250]) {
      const { calls, ms } = burstWindow(max, 10_000);
      expect(calls * (10_000 / ms + 1)).toBeLessThanOrEqual(max);
      expect(calls * (10_000 / ms)).toBeGreaterThan(max * 0.75);
    }
  });

  it('tells a call that would wait too long when to come again', async () => {
    await fresh();
    const [store] = stores;
    if (!store) throw new Error('a worker is needed');
    const impatient = new SharedWindows({
      sql: store.sql,
      now: Date.now,
      sleep: () => Promise.reject(new Error('nobody waits here')),
      longestWaitMs: 10,
      sizes: { burst: { calls: 1, ms: 5_000 }, search: { calls: 1, ms: 50 } },
    });
    await impatient.take(burst, 'live');
    await expect(impatient.take(burst, 'live')).rejects.toMatchObject({
      name: 'RateLimited',
      crm: 'HubSpot',
    });
  });
});

describe('The budget in Postgres', () => {
  it('is a ceiling for workers that reserve at the same time', async () => {
    await fresh();
    const limits = { HubSpot: null, Salesforce: 300 };
    const workers = stores.map(({ sql }) => new Worker(postgresLedger(sql), limits));
    const made = await Promise.all(
      workers.flatMap((worker) => [
        worker.drain('Salesforce'),
        worker.drain('Salesforce', 'runs'),
        worker.drain('Salesforce', 'retry'),
      ]),
    );
    const total = made.reduce((sum, calls) => sum + calls, 0);
    expect(total).toBeLessThanOrEqual(300);
    expect(total).toBeGreaterThan(280);
    await Promise.all(workers.map(({ budget }) => budget.close()));
    const [first] = workers;
    expect((await first?.budget.forecast())?.Salesforce.used).toBe(total);
    const counted = (await first?.budget.byEndpoint()) ?? [];
    expect(counted.reduce((sum, { calls }) => sum + calls, 0)).toBe(total);
  });

  it('counts what a killed worker had reserved, never less than it used', async () => {
    await fresh();
    const child = start('reserves', 200);
    let used = 0;
    child.on('message', (calls) => (used = Number(calls)));
    await vi.waitFor(() => expect(used).toBeGreaterThan(40), { timeout: 20_000 });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const [store] = stores;
    if (!store) throw new Error('a worker is needed');
    const limits = { HubSpot: null, Salesforce: 200 };
    const heir = new Worker(postgresLedger(store.sql), limits, undefined, { now: Date.now });
    const reserved = (await heir.budget.forecast()).Salesforce.used;
    expect(reserved).toBeGreaterThanOrEqual(used);
    expect(reserved - used).toBeLessThanOrEqual(20);
    expect(await heir.drain('Salesforce')).toBe(200 - reserved);
  });
});
