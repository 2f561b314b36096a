// The budget of one process and several, over a ledger in memory.
import { describe, expect, it } from 'vitest';
import { currentClass, inClass } from '../../src/budget/call-class.ts';
import { MemoryLedger } from '../../src/budget/ledger.ts';
import { VirtualClock } from '../../src/sandbox/clock.ts';
import { rejectionOf } from '../hubspot/fixture.ts';
import { ANSWERED, NOW, Worker } from './support/workers.ts';

const HOUR_MS = 3_600_000;

describe('The class of a call', () => {
  it('goes along with the work, and work within work may be another', async () => {
    const seen: string[] = [];
    const look = async (): Promise<void> => {
      await Promise.resolve();
      seen.push(currentClass());
    };
    await inClass('runs', async () => {
      await look();
      await Promise.all([inClass('retry', look), look()]);
    });
    await look();
    expect(seen).toEqual(['runs', 'retry', 'runs', 'live']);
  });
});

describe('A budget', () => {
  it('lets runs, second tries and live calls go as far as each may', async () => {
    const worker = new Worker(new MemoryLedger(), { HubSpot: 1_000, Salesforce: null });
    expect(await worker.drain('HubSpot', 'runs')).toBe(800);
    expect(await worker.drain('HubSpot', 'retry')).toBe(100);
    expect(await worker.drain('HubSpot')).toBe(100);
  });

  it('makes a class wait until there is some again, and drops nothing', async () => {
    const clock = new VirtualClock(NOW);
    const worker = new Worker(new MemoryLedger(), { HubSpot: 10, Salesforce: 10 }, clock);
    await worker.drain('HubSpot', 'runs');
    expect(await rejectionOf(worker.take('HubSpot', 'runs'))).toMatchObject({
      name: 'RateLimited',
      crm: 'HubSpot',
      message: 'the budget of HubSpot calls is used up for runs',
      // Settings may change meanwhile: nobody sleeps until midnight.
      retryAfterMs: HOUR_MS,
    });
    clock.advance(13.5 * HOUR_MS);
    expect(await worker.drain('HubSpot', 'runs')).toBe(8);
  });

  it('is shared, with calls of all classes at once', async () => {
    const ledger = new MemoryLedger();
    const workers = Array.from(
      { length: 4 },
      () => new Worker(ledger, { HubSpot: null, Salesforce: 500 }),
    );
    const made = await Promise.all(
      workers.flatMap((worker) => [
        worker.drain('Salesforce'),
        worker.drain('Salesforce', 'runs'),
        worker.drain('Salesforce', 'retry'),
      ]),
    );
    const total = made.reduce((sum, calls) => sum + calls, 0);
    expect(total).toBeLessThanOrEqual(500);
    // Little lies about reserved and unused.
    expect(total).toBeGreaterThan(480);
  });

  it('counts what a worker that died had reserved, and not what one gave back', async () => {
    const ledger = new MemoryLedger();
    const limits = { HubSpot: 100, Salesforce: 100 };
    const dying = new Worker(ledger, limits);
    await dying.drain('Salesforce', 'live', 3);
    const leaving = new Worker(ledger, limits);
    await leaving.drain('Salesforce', 'live', 3);
    await leaving.budget.close();
    const { Salesforce } = await leaving.budget.forecast();
    // Two and four were reserved by the first; of the second only what it used.
    expect(Salesforce.used).toBe(6 + 3);
    expect(await new Worker(ledger, limits).drain('Salesforce')).toBe(100 - 9);
  });

  it('takes a new setting for a higher one within half a minute', async () => {
    const clock = new VirtualClock(NOW);
    const limits = { HubSpot: 5, Salesforce: 5 };
    const worker = new Worker(new MemoryLedger(), limits, clock);
    expect(await worker.drain('HubSpot')).toBe(5);
    limits.HubSpot = 8;
    clock.advance(30_000);
    expect(await worker.drain('HubSpot')).toBe(3);
  });

  it('begins anew with HubSpot’s day in the portal’s time zone', async () => {
    const clock = new VirtualClock(NOW);
    const ledger = new MemoryLedger();
    const worker = new Worker(ledger, { HubSpot: 5, Salesforce: 5 }, clock);
    worker.budget.setTimeZone('Nowhere/Atall');
    worker.budget.setTimeZone('Asia/Tokyo');
    expect(await worker.drain('HubSpot')).toBe(5);
    // Another process knows the zone by the account: midnight in Tokyo is at 15:00.
    const other = new Worker(ledger, { HubSpot: 5, Salesforce: 5 }, clock);
    clock.advance(4.4 * HOUR_MS);
    expect(await other.drain('HubSpot')).toBe(0);
    clock.advance(0.1 * HOUR_MS);
    expect(await other.drain('HubSpot')).toBe(5);
  });
});

describe('What the answers tell', () => {
  it('makes room for others: ours is what they leave', async () => {
    const worker = new Worker(new MemoryLedger(), { HubSpot: null, Salesforce: 1_000 });
    const first = await worker.take('Salesforce');
    first.learn({ ...ANSWERED, headers: { 'sforce-limit-info': 'api-usage=4951/5000' } });
    expect(await worker.drain('Salesforce')).toBeLessThanOrEqual(49);
    const { Salesforce } = await worker.budget.usage();
    expect(Salesforce.told).toMatchObject({ limit: 5_000, used: 4_951, ours: 1 });
    expect(Salesforce.forecast.limit).toBe(50);
  });

  it('reads HubSpot’s daily limit', async () => {
    const worker = new Worker(new MemoryLedger(), { HubSpot: null, Salesforce: null });
    const first = await worker.take('HubSpot');
    const headers = {
      'x-hubspot-ratelimit-daily': '1000',
      'x-hubspot-ratelimit-daily-remaining': '999',
    };
    first.learn({ ...ANSWERED, headers });
    expect(await worker.drain('HubSpot')).toBe(899);
  });

  it('stops all workers when the org’s limit is reached, and asks again with one call', async () => {
    const clock = new VirtualClock(NOW);
    const ledger = new MemoryLedger();
    const limits = { HubSpot: null, Salesforce: 1_000 };
    const [one, other] = [new Worker(ledger, limits, clock), new Worker(ledger, limits, clock)];
    const taken = await one.take('Salesforce');
    const headers = { 'sforce-limit-info': 'api-usage=5000/5000' };
    const waitMs = taken.learn({ status: 403, headers, met: 'day', retryAfterMs: null });
    expect(waitMs).toBe(HOUR_MS);
    expect(await one.drain('Salesforce')).toBe(0);
    expect(await other.drain('Salesforce')).toBe(0);
    clock.advance(5 * 60_000);
    const probe = await other.take('Salesforce');
    expect(await one.drain('Salesforce')).toBe(0);
    probe.learn({ ...ANSWERED, headers: { 'sforce-limit-info': 'api-usage=2000/5000' } });
    expect(await other.drain('Salesforce', 'live', 100)).toBe(100);
    expect(await one.drain('Salesforce', 'live', 100)).toBe(100);
  });

  it('makes everybody stay away as long as a CRM asks', async () => {
    const clock = new VirtualClock(NOW);
    const ledger = new MemoryLedger();
    const limits = { HubSpot: 1_000, Salesforce: 1_000 };
    const one = new Worker(ledger, limits, clock);
    const taken = await one.take('HubSpot');
    taken.learn({ status: 477, headers: {}, met: null, retryAfterMs: 90_000 });
    const refusal = { retryAfterMs: 90_000, message: 'HubSpot asked for a pause' };
    expect(await rejectionOf(one.take('HubSpot'))).toMatchObject(refusal);
    const other = new Worker(ledger, limits, clock);
    expect(await rejectionOf(other.take('HubSpot'))).toMatchObject(refusal);
    await other.take('Salesforce');
    clock.advance(90_000);
    await one.take('HubSpot');
    await other.take('HubSpot');
  });

  it('goes to whoever measures, with endpoint and class', async () => {
    const clock = new VirtualClock(NOW);
    const worker = new Worker(new MemoryLedger(), { HubSpot: null, Salesforce: null }, clock);
    const taken = await worker.take('HubSpot', 'runs');
    clock.advance(40);
    taken.learn({ ...ANSWERED, status: 503 });
    expect(worker.observed).toEqual([
      { crm: 'HubSpot', endpoint: 'GET limits', class: 'runs', status: 503, ms: 40 },
    ]);
    expect(await worker.budget.byEndpoint()).toEqual([
      { day: '2026-11-23', crm: 'HubSpot', cls: 'runs', endpoint: 'GET limits', calls: 1 },
    ]);
  });
});
