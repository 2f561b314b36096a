// The overview, served against both stand-ins over HTTP: what workers say of themselves, where the records stand, and
// what the API calls come to.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallAnswer } from '../../src/api/contract.ts';
import { handleCall } from '../../src/api/handle.ts';
import { ADMIN } from '../support/callers.ts';
import { createWorld, type World } from '../e2e/support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  const { org } = world.salesforce;
  org.insert('Lead', { LastName: 'Walker', Company: 'Acme', Email: 'walker@example.com' });
  org.insert('Lead', { LastName: 'Silent', Company: 'Acme' });
  org.addValidationRule('Lead', {
    name: 'Frozen',
    message: 'Leads of Frost are frozen.',
    fails: ({ Company }) => Company === 'Frost',
  });
  world.hubspot.portal.create({ email: 'snow@example.com', lastname: 'Snow', company: 'Frost' });
  await world.settle();
});
afterAll(() => world.close());

async function overview(): Promise<CallAnswer<'get-overview'>> {
  const answer = await handleCall('get-overview', {}, world.services);
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value as CallAnswer<'get-overview'>;
}

describe('The overview', () => {
  it('counts records by state and problems by category', async () => {
    const { records, problems } = await overview();
    expect(records).toEqual({ inSync: 1, waiting: 0, problem: 1, skipped: 1 });
    expect(problems).toEqual([
      { category: 'customSalesforceCode', label: 'Custom Salesforce code', count: 1 },
    ]);
  });

  it('tells what the calls come to beside what Tandem may use', async () => {
    const { api } = await overview();
    expect(api.map(({ crm }) => crm)).toEqual(['HubSpot', 'Salesforce']);
    const [hubspot, salesforce] = api;
    expect(hubspot).toMatchObject({ reachedAt: null, pausedUntil: null });
    expect(hubspot?.used).toBeGreaterThan(0);
    expect(hubspot?.limit).toBeGreaterThan(hubspot?.used ?? 0);
    expect(salesforce?.everybody).toMatchObject({ limit: 10_000_000 });
    // What the CRM said last is older than our own count, which is part of it.
    for (const { used, everybody } of [hubspot, salesforce].flatMap((use) => use ?? []))
      expect(everybody?.used ?? used).toBeGreaterThanOrEqual(used);
    const counted = salesforce?.hours.flatMap(({ calls }) => Object.values(calls)) ?? [];
    expect(counted.reduce((sum, calls) => sum + calls, 0)).toBe(salesforce?.used);
  });

  it('says that nobody is at work, or how far behind they are at the worst', async () => {
    expect(await overview()).toMatchObject({
      workers: 0,
      queue: null,
      lag: { hubspotToSalesforce: { p50: null, samples: 0 } },
    });
    const { health } = world.pipeline.ports.store;
    const none = { p50: null, p95: null, samples: 0 };
    const say = (worker: string, at: number, p95: number, waiting: number): Promise<void> =>
      health.set(worker, {
        at,
        role: 'worker',
        version: '0',
        lag: { hubspotToSalesforce: { p50: 2, p95, samples: 10 }, salesforceToHubSpot: none },
        queue: { waiting, active: 1 },
      });
    await say('one', Date.now(), 4, 12);
    await say('other', Date.now() - 5_000, 9, 40);
    await say('long gone', Date.now() - 300_000, 900, 99);
    expect(await overview()).toMatchObject({
      workers: 2,
      queue: { waiting: 12, active: 1 },
      lag: {
        hubspotToSalesforce: { p50: 2, p95: 9, samples: 20 },
        salesforceToHubSpot: { p50: null },
      },
    });
  });

  it('asks no CRM anything', async () => {
    world.resetCalls();
    await overview();
    expect([world.hubspot.calls.total, world.salesforce.calls.total]).toEqual([0, 0]);
  });

  it('shows the newest runs', async () => {
    const request = { kind: 'retry', scope: { categories: null } };
    for (let index = 0; index < 6; index += 1)
      await handleCall('start-run', { request }, world.services, ADMIN);
    const { runs } = await overview();
    expect(runs).toHaveLength(5);
    expect(runs[0]).toMatchObject({ kind: 'retry', state: 'waiting' });
  });
});
