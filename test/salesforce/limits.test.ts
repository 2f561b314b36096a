// Salesforce's limits: the day's, calls under way together, how long it asks to be left alone, and locks.
import { describe, expect, it } from 'vitest';
import { MemoryLedger } from '../../src/budget/ledger.ts';
import { inClass } from '../../src/budget/call-class.ts';
import { ConcurrencyGate } from '../../src/salesforce/concurrency.ts';
import { VirtualClock } from '../../src/sandbox/clock.ts';
import { Worker } from '../budget/support/workers.ts';
import {
  intercept,
  json,
  rejectionOf,
  seedContacts,
  startCanned,
  startSignedIn,
  update,
} from './fixture.ts';

const NOTHING = { totalSize: 0, done: true, records: [] };
const unavailable = [{ errorCode: 'SERVER_UNAVAILABLE', message: 'down for maintenance' }];

describe('Retry-After', () => {
  it.each([
    ['seconds', '7', [7_000]],
    ['nothing', '', [300]],
  ])('in %s says how long the pause is', async (_, header, expected) => {
    let calls = 0;
    const { salesforce, waits } = await startCanned((_path, response) => {
      calls += 1;
      if (calls > 1) json(response, 200, NOTHING);
      else json(response, 503, unavailable, header === '' ? {} : { 'retry-after': header });
    });
    await expect(salesforce.schema.users()).resolves.toEqual([]);
    expect(waits).toEqual(expected);
  });

  it('that is long is the caller’s business', async () => {
    const { salesforce, waits, paths } = await startCanned((_path, response) => {
      json(response, 503, unavailable, { 'retry-after': '600' });
    });
    expect(await rejectionOf(salesforce.schema.users())).toMatchObject({ name: 'Unavailable' });
    expect(waits).toEqual([]);
    expect(paths).toHaveLength(2);
  });

  it('of a page that stands in during maintenance counts too, for all workers', async () => {
    const clock = new VirtualClock(Date.now());
    const { budget } = new Worker(new MemoryLedger(), { HubSpot: null, Salesforce: null }, clock);
    const { salesforce, paths } = await startCanned(
      (_path, response) => {
        response.writeHead(503, { 'content-type': 'text/html', 'retry-after': '600' });
        response.end('<html>We are down for maintenance.</html>');
      },
      { budget },
    );
    expect(await rejectionOf(salesforce.schema.users())).toMatchObject({ name: 'Unavailable' });
    expect(await rejectionOf(salesforce.schema.users())).toMatchObject({
      name: 'RateLimited',
      retryAfterMs: 600_000,
    });
    expect(paths).toHaveLength(2);
  });
});

describe('A Salesforce budget', () => {
  it('counts a composite as one call, and learns what others use', async () => {
    const worker = new Worker(new MemoryLedger(), { HubSpot: null, Salesforce: 100 });
    const { salesforce, org, standIn } = await startSignedIn({ dailyApiLimit: 5_000 }, undefined, {
      budget: worker.budget,
    });
    const ids = seedContacts(org, 1_000);
    worker.observed.length = 0;
    const writes = ids.map((id) => update(id, { Title: 'x' }));
    await inClass('runs', () => salesforce.records.write(writes));
    expect(worker.calls()).toEqual([
      { crm: 'Salesforce', endpoint: 'POST composite', class: 'runs', status: 200 },
    ]);
    const { Salesforce } = await worker.budget.usage();
    expect(Salesforce.told).toMatchObject({ limit: 5_000, used: standIn.apiUsage.used });
  });

  it('stops all work when the day’s limit is reached (REQUEST_LIMIT_EXCEEDED)', async () => {
    const { budget } = new Worker(new MemoryLedger(), { HubSpot: null, Salesforce: null });
    const { salesforce, standIn } = await startSignedIn({}, undefined, { budget });
    standIn.apiUsage.limit = 0;
    const failures = [
      await rejectionOf(salesforce.schema.users()),
      await rejectionOf(salesforce.schema.users()),
    ];
    expect(failures).toMatchObject([
      { name: 'RateLimited', crm: 'Salesforce', retryAfterMs: 3_600_000 },
      { name: 'RateLimited', crm: 'Salesforce' },
    ]);
    expect(standIn.calls.total).toBe(1);
  });
});

describe('Calls under way together', () => {
  it('are ten at the most, half as many after a refusal, and slowly more again', async () => {
    const gate = new ConcurrencyGate();
    const ends: (() => void)[] = [];
    let underWay = 0;
    const all = Array.from({ length: 30 }, () =>
      gate.run(async () => {
        underWay += 1;
        await new Promise<void>((resolve) => ends.push(resolve));
        underWay -= 1;
      }),
    );
    const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    await settle();
    expect(underWay).toBe(10);
    gate.tooMany();
    expect(gate.limit).toBe(5);
    for (let call = 0; call < 6; call += 1) ends.shift()?.();
    await settle();
    expect(underWay).toBe(5);
    for (let call = 0; call < 6; call += 1) gate.fine();
    await settle();
    expect(underWay).toBe(6);
    while (ends.length > 0) {
      ends.shift()?.();
      await settle();
    }
    await Promise.all(all);
    expect(underWay).toBe(0);
  });

  it('are fewer after Salesforce said that there are too many, and all are made', async () => {
    let underWay = 0;
    let most = 0;
    let refused = 0;
    const { salesforce, standIn } = await startSignedIn({ concurrentCalls: 3 }, undefined, {
      sleep: () => new Promise((resolve) => setTimeout(resolve, 20)),
      attempts: 20,
      budget: {
        keepsWindows: false,
        setTimeZone: () => undefined,
        take: () => {
          underWay += 1;
          most = Math.max(most, underWay);
          return Promise.resolve({
            learn: ({ met }) => {
              underWay -= 1;
              if (met === 'concurrent') refused += 1;
              return null;
            },
          });
        },
      },
    });
    // Answers that take a moment, as long calls do.
    standIn.faults.draw(1, [{ kind: 'slow', milliseconds: 20 }], () => 0);
    await Promise.all(Array.from({ length: 40 }, () => salesforce.schema.users()));
    expect(most).toBe(10);
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(40);
  });
});

describe('Rows that somebody else has locked (UNABLE_TO_LOCK_ROW)', () => {
  it('are sent again in small collections, those of one account together', async () => {
    const started = await startSignedIn();
    const { salesforce, org, waits } = started;
    const ids = seedContacts(org, 120);
    const accounts = ['001000000000001AAA', '001000000000002AAA', '001000000000003AAA'];
    for (const id of ids) org.lock(id);
    const sent: string[][] = [];
    intercept(started, ({ body }) => {
      const { compositeRequest = [] } = JSON.parse(body) as {
        compositeRequest?: { body: { records: { id: string }[] } }[];
      };
      for (const { body: part } of compositeRequest) sent.push(part.records.map(({ id }) => id));
      if (sent.length > 0) for (const id of ids) org.unlock(id);
      return null;
    });
    const writes = ids.map((id, index) => ({
      ...update(id, { Title: 'x' }),
      accountId: accounts[index % 3] ?? '',
    }));
    const outcomes = await salesforce.records.write(writes);
    expect(outcomes).toEqual(ids.map((id) => ({ ok: true, id })));
    // The first call is a single collection; then three of 40, each of one account.
    expect(sent.map((rows) => rows.length)).toEqual([40, 40, 40]);
    for (const rows of sent) expect(new Set(rows.map((id) => ids.indexOf(id) % 3)).size).toBe(1);
    expect(waits).toHaveLength(1);
  });
});
