// What every queue promises, in memory and on Postgres by pg-boss.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RecordKey } from '../../src/engine/records.ts';
import { MemoryJobs, MemoryQueue } from '../../src/jobs/memory-queue.ts';
import { openPgBossQueue } from '../../src/jobs/pg-boss-queue.ts';
import { PLACES, type JobHandlers, type JobQueue, type Place } from '../../src/jobs/port.ts';
import { createTestDatabase } from '../support/database.ts';

const RETRY = { tries: 2, pauseMs: 1_000, longestPauseMs: 2_000 };
/** A queue in memory sleeps to its end before it stops. */
const PACE = { pollMs: 20, longestSleepMs: 100 };
const PATIENCE = { timeout: 15_000, interval: 20 };

const contact = (id: number): RecordKey => ({ side: 'hubspot', id: String(id) });
const lead = (id: string): RecordKey => ({ side: 'salesforce', object: 'Lead', id });

const IDLE: JobHandlers = {
  records: () => Promise.resolve(),
  givenUp: () => Promise.resolve(),
  run: () => Promise.resolve(),
  look: () => Promise.resolve({ state: { quiet: 0, failures: 0 }, pauseMs: 60_000 }),
};

/** Something a test lets happen when it likes. */
function gate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

interface Queues {
  /** As seen by one more process. */
  readonly open: () => Promise<JobQueue>;
  readonly close: () => Promise<void>;
}

const inMemory = (): Promise<Queues> => {
  const jobs = new MemoryJobs();
  const clock = { now: Date.now, sleep: (ms: number) => sleep(ms, undefined, { ref: false }) };
  return Promise.resolve({
    open: () => Promise.resolve(new MemoryQueue(jobs, clock, RETRY, PACE)),
    close: () => Promise.resolve(),
  });
};

const onPostgres = async (): Promise<Queues> => {
  const database = await createTestDatabase();
  const { connectionString } = database;
  return {
    open: () => openPgBossQueue({ connectionString, retry: RETRY }),
    close: () => database.drop(),
  };
};

describe.each([
  ['in memory', inMemory],
  ['on Postgres', onPostgres],
])('a queue %s', (_, create) => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });

  async function queues(count = 1): Promise<JobQueue[]> {
    const { open, close } = await create();
    stops.push(close);
    const opened: JobQueue[] = [];
    for (let index = 0; index < count; index += 1) {
      const queue = await open();
      opened.push(queue);
      stops.push(() => queue.stop());
    }
    return opened;
  }

  it('hands over every record once, however often it was named', async () => {
    const [queue] = await queues();
    const seen: string[] = [];
    await queue?.add([contact(1), lead('00Q1'), contact(1)]);
    await queue?.add([contact(1), contact(2)]);
    await queue?.work({
      ...IDLE,
      records: (keys) => Promise.resolve(void seen.push(...keys.map(({ id }) => id))),
    });
    await vi.waitFor(() => {
      expect(seen.sort()).toEqual(['00Q1', '1', '2']);
    }, PATIENCE);
    expect(await queue?.depth()).toMatchObject({ waiting: 0 });
  });

  it('hands over what was added while work goes on', async () => {
    const [queue] = await queues();
    const seen: string[] = [];
    await queue?.work({
      ...IDLE,
      records: (keys) => Promise.resolve(void seen.push(...keys.map(({ id }) => id))),
    });
    await queue?.add([contact(7)]);
    await vi.waitFor(() => {
      expect(seen).toEqual(['7']);
    }, PATIENCE);
  });

  it('keeps a record that is in hand from everybody else, and hands it over again if it was named meanwhile', async () => {
    const [one, other] = await queues(2);
    const first = gate();
    let inHand = 0;
    let most = 0;
    let times = 0;
    const handlers: JobHandlers = {
      ...IDLE,
      records: async (keys) => {
        inHand += keys.length;
        most = Math.max(most, inHand);
        times += 1;
        if (times === 1) await first.opened;
        inHand -= keys.length;
      },
    };
    await one?.add([contact(1)]);
    await one?.work(handlers);
    await other?.work(handlers);
    await vi.waitFor(() => {
      expect(times).toBe(1);
    }, PATIENCE);
    for (let name = 0; name < 3; name += 1) await other?.add([contact(1)]);
    await other?.add([contact(2)]);
    await vi.waitFor(() => {
      expect(times).toBe(2);
    }, PATIENCE);
    expect(most).toBe(2);
    first.open();
    await vi.waitFor(() => {
      expect(times).toBe(3);
    }, PATIENCE);
    expect(await one?.depth()).toMatchObject({ waiting: 0 });
  });

  it('hands over again what failed, and gives it up in the end to whoever leaves a reason', async () => {
    const [queue] = await queues();
    let times = 0;
    const givenUp: string[] = [];
    await queue?.add([contact(1)]);
    await queue?.work({
      ...IDLE,
      records: () => {
        times += 1;
        return Promise.reject(new Error('HubSpot is down'));
      },
      givenUp: (keys) => Promise.resolve(void givenUp.push(...keys.map(({ id }) => id))),
    });
    await vi.waitFor(() => {
      expect(givenUp).toEqual(['1']);
    }, PATIENCE);
    expect(times).toBe(RETRY.tries);
  });

  it('looks everywhere at once and goes on from how the last look went', async () => {
    const [queue] = await queues();
    const looks: [Place, number][] = [];
    await queue?.work({
      ...IDLE,
      look: (where, { quiet }) => {
        looks.push([where, quiet]);
        return Promise.resolve({ state: { quiet: quiet + 1, failures: 0 }, pauseMs: 50 });
      },
    });
    await vi.waitFor(() => {
      for (const where of PLACES) expect(looks).toContainEqual([where, 2]);
    }, PATIENCE);
  });

  it('looks at one place from one process at a time', async () => {
    const opened = await queues(3);
    let atOnce = 0;
    let most = 0;
    let looks = 0;
    for (const queue of opened)
      await queue.work({
        ...IDLE,
        look: async (where, state) => {
          if (where !== 'hubspot') return { state, pauseMs: 60_000 };
          atOnce += 1;
          most = Math.max(most, atOnce);
          looks += 1;
          // As long as a look takes at least: a round trip.
          await queue.depth();
          atOnce -= 1;
          return { state, pauseMs: 0 };
        },
      });
    await vi.waitFor(() => {
      expect(looks).toBeGreaterThan(4);
    }, PATIENCE);
    expect(most).toBe(1);
  });

  it('works on a run that was named, in one process at a time, however often it is named', async () => {
    const [one, other] = await queues(2);
    const first = gate();
    const worked: string[] = [];
    let atOnce = 0;
    let most = 0;
    const handlers: JobHandlers = {
      ...IDLE,
      run: async (id) => {
        atOnce += 1;
        most = Math.max(most, atOnce);
        worked.push(id);
        if (worked.length === 1) await first.opened;
        atOnce -= 1;
      },
    };
    await one?.work(handlers);
    await other?.work(handlers);
    await one?.addRuns(['7', '7']);
    await vi.waitFor(() => {
      expect(worked).toEqual(['7']);
    }, PATIENCE);
    await one?.addRuns(['7']);
    await other?.addRuns(['7']);
    first.open();
    await vi.waitFor(() => {
      expect(worked).toEqual(['7', '7']);
    }, PATIENCE);
    expect(most).toBe(1);
  });

  it('finishes what it has in hand before it stops', async () => {
    const [queue] = await queues();
    const started = gate();
    const release = gate();
    let finished = false;
    await queue?.add([contact(1)]);
    await queue?.work({
      ...IDLE,
      records: async () => {
        started.open();
        await release.opened;
        finished = true;
      },
    });
    await started.opened;
    const stopping = queue?.stop();
    release.open();
    await stopping;
    expect(finished).toBe(true);
  });
});
