// What pg-boss does by itself and the queue must not pass on: a second failure of a record that waits for
// another try, and looks that wait long while a process starts anew.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { RecordKey } from '../../src/engine/records.ts';
import { backendOf, openPgBossQueue } from '../../src/jobs/pg-boss-queue.ts';
import { PLACES, type JobHandlers, type JobQueue, type Place } from '../../src/jobs/port.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const PATIENCE = { timeout: 20_000, interval: 20 };
const CONTACT: RecordKey = { side: 'hubspot', id: '1' };
const IDLE: JobHandlers = {
  records: () => Promise.resolve(),
  givenUp: () => Promise.resolve(),
  run: () => Promise.resolve(),
  look: (_, state) => Promise.resolve({ state, pauseMs: 600_000 }),
};

let database: TestDatabase;
const queues: JobQueue[] = [];
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  for (const queue of queues.splice(0)) await queue.stop();
  await database.drop();
});

async function open(tries: number): Promise<JobQueue> {
  const retry = { tries, pauseMs: 2_000, longestPauseMs: 2_000 };
  const queue = await openPgBossQueue({ connectionString: database.connectionString, retry });
  queues.push(queue);
  return queue;
}

it('says why a record was given up', async () => {
  const queue = await open(1);
  const reasons: string[] = [];
  await queue.add([CONTACT]);
  await queue.work({
    ...IDLE,
    records: () => Promise.reject(new Error('HubSpot is down')),
    givenUp: (_, why) => Promise.resolve(void reasons.push(why)),
  });
  await vi.waitFor(() => {
    expect(reasons).toEqual(['HubSpot is down']);
  }, PATIENCE);
});

it('does not give up a record early that is named again and fails while it waits for another try', async () => {
  const queue = await open(3);
  const log: string[] = [];
  await queue.add([CONTACT]);
  await queue.work({
    ...IDLE,
    records: async () => {
      log.push('tried');
      // Waits until this one is done, and is tried before the second try of this one.
      if (log.length === 1) await queue.add([CONTACT]);
      throw new Error('HubSpot is down');
    },
    givenUp: () => Promise.resolve(void log.push('given up')),
  });
  await vi.waitFor(() => {
    expect(log).toContain('given up');
  }, PATIENCE);
  expect(log).toEqual(['tried', 'tried', 'tried', 'tried', 'given up']);
});

it('looks at once when a process starts, however long the next look would have waited', async () => {
  const first = await open(1);
  const looked: Place[] = [];
  const handlers: JobHandlers = {
    ...IDLE,
    look: (where, state) => {
      looked.push(where);
      return Promise.resolve({ state, pauseMs: 600_000 });
    },
  };
  await first.work(handlers);
  await vi.waitFor(() => {
    expect(looked).toHaveLength(PLACES.length);
  }, PATIENCE);
  await first.stop();
  const second = await open(1);
  await second.work(handlers);
  await vi.waitFor(() => {
    expect(looked).toHaveLength(2 * PLACES.length);
  }, PATIENCE);
});

it.each([
  ['PostgreSQL 18.4 on x86_64-pc-linux-gnu, compiled by gcc', 'postgres'],
  ['CockroachDB CCL v25.1.4 (x86_64-pc-linux-gnu, built 2025/04/09)', 'cockroachdb'],
])('knows what to do without on %s', (version, backend) => {
  expect(backendOf(version)).toBe(backend);
});
