// What live sync is measured by, end to end: real edits on the stand-ins, the real pipeline, and what a
// scraper then reads.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMetrics, type Metrics } from '../../src/metrics/metrics.ts';
import { measureStanding } from '../../src/metrics/standing.ts';
import { reportHealth, workersAtWork, worstLag } from '../../src/metrics/worker-health.ts';
import { fullSync } from '../../src/sync/full-sync.ts';
import { createWorld, type World } from '../e2e/support/world.ts';

let world: World;
let metrics: Metrics;
let contactId: string;
let recordId: string;

beforeAll(async () => {
  world = await createWorld();
  metrics = createMetrics({ version: '1.2.3' });
  world.pipeline.observe(metrics.onBatch);
  const queue = { depth: () => Promise.resolve({ waiting: 7, active: 2 }) };
  measureStanding(metrics.registry, { store: world.pipeline.ports.store, queue });
  contactId = world.hubspot.portal.create({ email: 'ada@example.com', lastname: 'Old' }).id;
  await fullSync(world.pipeline, world.live, ['import', 'push']);
  const [link] = await world.pipeline.ports.store.links.find({
    hubspot: [contactId],
    salesforce: [],
  });
  recordId = link?.salesforceId ?? '';
});
afterAll(() => world.close());

describe('the metrics', () => {
  it('count a first sync as records, never as lag', async () => {
    const text = await metrics.registry.metrics();
    expect(text).toMatch(/tandem_records_total{outcome="created",cause="push"} 1/);
    expect(metrics.lag().hubspotToSalesforce.samples).toBe(0);
    expect(metrics.lag().salesforceToHubSpot.samples).toBe(0);
  });

  it('measure the lag of live changes in both directions', async () => {
    world.hubspot.portal.update(contactId, { city: 'Bergen' });
    await world.settle();
    expect(metrics.lag().hubspotToSalesforce.samples).toBe(1);
    expect(metrics.lag().salesforceToHubSpot.samples).toBe(0);
    expect(metrics.lag().hubspotToSalesforce.p95).toBeLessThan(10);

    world.salesforce.org.update('Lead', recordId, { City: 'Oslo' });
    await world.settle();
    expect(metrics.lag().hubspotToSalesforce.samples).toBe(1);
    expect(metrics.lag().salesforceToHubSpot.samples).toBe(1);
    const text = await metrics.registry.metrics();
    expect(text).toContain('tandem_lag_seconds_count{direction="salesforceToHubSpot"} 1');
    expect(text).toContain(
      'tandem_recent_lag_seconds{direction="salesforceToHubSpot",quantile="0.95"}',
    );
  });

  it('measure what a webhook named', async () => {
    world.hubspot.portal.update(contactId, { phone: '5551234' });
    await world.live.sync([{ side: 'hubspot', id: contactId }]);
    expect(metrics.lag().hubspotToSalesforce.samples).toBe(2);
  });

  it('don’t take for lag what was put back by its rule', async () => {
    // Salesforce is preferred for the city.
    world.hubspot.portal.update(contactId, { city: 'Tromsø' });
    await world.live.sync([{ side: 'hubspot', id: contactId }]);
    expect(world.hubspot.portal.byEmail('ada@example.com')?.properties.city).toBe('Oslo');
    expect(metrics.lag().hubspotToSalesforce.samples).toBe(2);
    expect(metrics.lag().salesforceToHubSpot.samples).toBe(1);
  });

  it('tell of the queue, of people and of runs', async () => {
    const text = await metrics.registry.metrics();
    expect(text).toContain('tandem_queue_records{state="waiting"} 7');
    expect(text).toContain('tandem_links{state="inSync"} 1');
    expect(text).toContain('tandem_links{state="problem"} 0');
    expect(text).toContain('tandem_runs_running{kind="import"} 0');
    expect(text).toContain('tandem_info{version="1.2.3"} 1');
    expect(text).toContain('process_cpu_seconds_total');
  });

  it('count API calls and looks', async () => {
    metrics.onCall({
      crm: 'HubSpot',
      endpoint: 'GET /crm/objects/2026-09/contacts/51',
      class: 'live',
      status: 200,
      ms: 80,
    });
    metrics.onCall({ crm: 'Salesforce', endpoint: 'GET /x', class: 'runs', status: null, ms: 9 });
    metrics.onLook('hubspot', 300, 2);
    metrics.onLook('salesforce', 300, null);
    const text = await metrics.registry.metrics();
    expect(text).toContain(
      'tandem_api_calls_total{crm="hubspot",endpoint="GET /crm/objects/2026-09/contacts/:id",class="live",status="2xx"} 1',
    );
    expect(text).toContain('crm="salesforce",endpoint="GET /x",class="runs",status="none"} 1');
    expect(text).toContain('tandem_looks_total{where="salesforce",result="failed"} 1');
  });

  it('hold no id and no value of anybody', async () => {
    const text = await metrics.registry.metrics();
    for (const secret of [contactId, recordId, 'ada@example.com', 'Bergen', 'Oslo'])
      expect(text).not.toMatch(new RegExp(`"[^"]*${secret}[^"]*"`));
  });
});

describe('the health of workers in the database', () => {
  it('is there while they work, is ignored when it is old, and goes with them', async () => {
    const { health } = world.pipeline.ports.store;
    let now = Date.now();
    const lag = metrics.lag();
    const read = () =>
      Promise.resolve({
        role: 'worker' as const,
        version: '1.2.3',
        lag,
        queue: { waiting: 7, active: 2 },
      });
    const stop = reportHealth({ health, worker: 'one', now: () => now, read });
    const stopOther = reportHealth({ health, worker: 'other', now: () => now - 90_000, read });
    await expect
      .poll(async () => (await health.all()).map(({ worker }) => worker))
      .toEqual(['one', 'other']);
    const atWork = await workersAtWork(health, now);
    expect([...atWork.keys()]).toEqual(['one']);
    expect(worstLag(atWork.values())).toEqual(lag);
    expect(worstLag([])).toMatchObject({ hubspotToSalesforce: { p95: null } });
    now += 61_000;
    expect((await workersAtWork(health, now)).size).toBe(0);
    await stop();
    await stopOther();
    expect(await health.all()).toEqual([]);
  });
});
