// The adapter with a budget that it shares with others.
import { describe, expect, it } from 'vitest';
import { MemoryLedger } from '../../src/budget/ledger.ts';
import { inClass } from '../../src/budget/call-class.ts';
import { Worker } from '../budget/support/workers.ts';
import { people, rejectionOf, startCanned, startPortal, WaitingClock, NOW } from './fixture.ts';

const fine = { status: 200, body: { portalId: 1, timeZone: 'Asia/Tokyo' } };

function aWorker(limit: number | null = null, clock = new WaitingClock(NOW)): Worker {
  return new Worker(new MemoryLedger(), { HubSpot: limit, Salesforce: null }, clock);
}

describe('A HubSpot budget', () => {
  it('is asked before every try, and told what came of it', async () => {
    const worker = aWorker();
    const { budget } = worker;
    const { hubspot, standIn } = await startPortal({}, { budget });
    standIn.portal.seed(people(1));
    standIn.faults.plan(/batch\/read/, { kind: 'status', status: 502 });
    standIn.faults.plan(/batch\/read/, { kind: 'reset' });
    await inClass('runs', () => hubspot.contacts.readByEmails(['person0@example.com'], []));
    expect(worker.calls()).toEqual(
      [502, null, 200].map((status) => ({
        crm: 'HubSpot',
        endpoint: 'POST crm/objects/contacts/batch/read',
        class: 'runs',
        status,
      })),
    );
    const { HubSpot } = await budget.usage();
    expect(HubSpot.told).toMatchObject({ limit: 625_000 });
  });

  it('that is used up stops calls before they are sent', async () => {
    const { budget } = aWorker(2);
    const { hubspot, standIn } = await startPortal({}, { budget });
    await hubspot.schema.account();
    await hubspot.schema.account();
    const failure = await rejectionOf(hubspot.schema.account());
    expect(failure).toMatchObject({ name: 'RateLimited', crm: 'HubSpot', retryAfterMs: 3_600_000 });
    expect(standIn.calls.total).toBe(2);
  });

  it('leaves writes it has no room for to be tried again', async () => {
    const { budget } = aWorker(1);
    const { hubspot } = await startPortal({}, { budget });
    await hubspot.schema.account();
    const outcomes = await hubspot.contacts.create(people(2));
    expect(outcomes).toMatchObject(
      [1, 2].map(() => ({ ok: false, error: { code: 'RATE_LIMITED', retryable: true } })),
    );
  });

  it('knows when the portal’s day begins', async () => {
    const clock = new WaitingClock(Date.parse('2026-11-23T14:59:00Z'));
    const { budget } = aWorker(2, clock);
    const { hubspot } = await startCanned(() => fine, { budget });
    await hubspot.schema.account();
    await hubspot.schema.account();
    await rejectionOf(hubspot.schema.account());
    clock.advance(60_000);
    await hubspot.schema.account();
  });

  it('waits for a day whose limit is reached, all calls together', async () => {
    const { budget } = aWorker();
    const { hubspot, calls } = await startCanned(
      () => ({
        status: 429,
        headers: {
          'x-hubspot-ratelimit-daily': '1000',
          'x-hubspot-ratelimit-daily-remaining': '0',
        },
        body: { message: 'limit', errorType: 'RATE_LIMIT', policyName: 'DAILY' },
      }),
      { budget },
    );
    const failures = [
      await rejectionOf(hubspot.schema.account()),
      await rejectionOf(hubspot.schema.account()),
    ];
    expect(failures).toMatchObject([
      { name: 'RateLimited', retryAfterMs: 3_600_000 },
      { name: 'RateLimited', retryAfterMs: 300_000 },
    ]);
    expect(calls).toHaveLength(1);
  });

  it.each([477, 503])('stays away from a portal that says for how long (%i)', async (status) => {
    const { budget } = aWorker();
    const { hubspot, calls } = await startCanned(
      () => ({ status, headers: { 'retry-after': '600' }, body: { message: 'not now' } }),
      { budget },
    );
    await rejectionOf(hubspot.schema.account());
    expect(await rejectionOf(hubspot.schema.account())).toMatchObject({
      name: 'RateLimited',
      retryAfterMs: 600_000,
    });
    expect(calls).toHaveLength(1);
  });
});

it('A portal that is moved without saying for how long is left alone for minutes (477)', async () => {
  const { hubspot, calls } = await startCanned(() => ({
    status: 477,
    body: { message: 'moving' },
  }));
  expect(await rejectionOf(hubspot.schema.account())).toMatchObject({
    name: 'RateLimited',
    retryAfterMs: 300_000,
  });
  expect(calls).toHaveLength(1);
});
