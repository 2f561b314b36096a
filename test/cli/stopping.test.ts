// A worker as a process of its own that is stopped in the middle of a batch: asked politely it finishes, asked
// twice or killed it leaves the job to others. HubSpot's search finds nothing of these changes, so whatever
// happens, happens because of the job.
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { openPgBossQueue } from '../../src/jobs/pg-boss-queue.ts';
import type { JobQueue } from '../../src/jobs/port.ts';
import { linkOf } from '../e2e/support/people.ts';
import { createWorld, type World } from '../e2e/support/world.ts';
import { executeOn } from '../support/postgres.ts';
import { startTandemChild, type TandemChild } from './support/tandem-child.ts';

const AN_HOUR_MS = 60 * 60_000;
const PATIENCE = { timeout: 60_000, interval: 50 };
const EMAIL = 'ada.lovelace@example.com';
const WRITE = /^PATCH .*composite/;

let world: World;
let queue: JobQueue;
let contactId: string;
let salesforceId: string;
const children: TandemChild[] = [];

beforeAll(async () => {
  world = await createWorld({ indexLagMs: AN_HOUR_MS });
  queue = await openPgBossQueue({ connectionString: world.configuration.databaseUrl });
  contactId = world.hubspot.portal.create({ email: EMAIL, lastname: 'Lovelace' }).id;
  await world.notice([{ side: 'hubspot', id: contactId }]);
  await world.settle();
  salesforceId = (await linkOf(world, contactId))?.salesforceId ?? '';
});
afterEach(() => {
  for (const { child } of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
});
afterAll(async () => {
  await queue.stop();
  await world.close();
});

async function startWorker() {
  const worker = startTandemChild(world.configuration, ['--worker', '--port', '0']);
  children.push(worker);
  const port = await vi.waitFor(() => {
    const line = worker.lines().find(({ event }) => event === 'syncing live');
    if (!line) throw new Error(worker.text());
    return z.number().parse(line.port);
  }, PATIENCE);
  return { ...worker, url: `http://127.0.0.1:${port}` };
}

const writes = (): number =>
  Object.entries(world.salesforce.calls.byEndpoint())
    .filter(([endpoint]) => WRITE.test(endpoint))
    .reduce((sum, [, count]) => sum + count, 0);

const inSalesforce = () => world.salesforce.org.get('Lead', salesforceId);

/** The queue's own numbers are some seconds old. */
const jobs = async (): Promise<unknown[]> => {
  const rows = await executeOn(
    world.configuration.databaseUrl,
    `select state::text from jobs.job where name = 'records' and state in ('created', 'retry', 'active')`,
  );
  return rows.map(({ state }) => state);
};

const timesWritten = async (field: string): Promise<number> => {
  const history = await world.pipeline.ports.store.links.history(contactId, 100);
  return history.filter((change) => change.side === 'salesforce' && change.field === field).length;
};

it('finishes the batch at hand, records it, and ends well', async () => {
  const worker = await startWorker();
  expect((await fetch(`${worker.url}/readyz`)).status).toBe(200);
  const metrics = await (await fetch(`${worker.url}/metrics`)).text();
  expect(metrics).toContain('tandem_queue_records{state="waiting"}');
  const { health } = world.pipeline.ports.store;
  await expect.poll(() => health.all(), PATIENCE).toHaveLength(1);

  world.resetCalls();
  world.salesforce.faults.plan(WRITE, { kind: 'slow', milliseconds: 5_000 });
  world.hubspot.portal.update(contactId, { phone: '5551234' });
  await queue.add([{ side: 'hubspot', id: contactId }]);
  await expect.poll(writes, PATIENCE).toBe(1);
  worker.child.kill('SIGTERM');
  // The terminal and npm send one Ctrl-C twice.
  worker.child.kill('SIGTERM');
  await expect
    .poll(async () => (await fetch(`${worker.url}/readyz`)).text(), PATIENCE)
    .toBe('{"ready":false,"notReady":["stopping"]}');

  expect(await worker.ended).toBe(0);
  expect(inSalesforce()?.Phone).toBe('5551234');
  expect(await linkOf(world, contactId)).toMatchObject({
    state: 'inSync',
    base: { phone: '5551234' },
  });
  expect(await timesWritten('Phone')).toBe(1);
  expect(await jobs()).toEqual([]);
  expect(await health.all()).toEqual([]);

  expect(worker.lines()).toContainEqual(
    expect.objectContaining({
      event: 'record',
      hubspotId: contactId,
      fields: ['salesforce.Phone'],
    }),
  );
  expect(worker.lines().at(-1)).toMatchObject({ event: 'stopped', role: 'worker' });
  for (const personal of [EMAIL, 'Lovelace', '5551234', world.configuration.hubspot.accessToken])
    expect(worker.text()).not.toContain(personal);
});

it('ends at once when it is asked twice, and whoever comes next does the job', async () => {
  const worker = await startWorker();
  world.resetCalls();
  // Salesforce does it and never says so.
  world.salesforce.faults.plan(WRITE, { kind: 'timeoutAfterCommit' });
  world.hubspot.portal.update(contactId, { jobtitle: 'Engineer' });
  await queue.add([{ side: 'hubspot', id: contactId }]);
  await expect.poll(() => inSalesforce()?.Title, PATIENCE).toBe('Engineer');
  await expect
    .poll(
      () => {
        worker.child.kill('SIGTERM');
        return worker.child.exitCode;
      },
      { timeout: 10_000, interval: 300 },
    )
    .toBe(143);
  expect((await linkOf(world, contactId))?.base.jobtitle).not.toBe('Engineer');
  expect(await jobs()).toEqual(['active']);

  const next = await startWorker();
  await expect
    .poll(async () => (await linkOf(world, contactId))?.base.jobtitle, PATIENCE)
    .toBe('Engineer');
  await expect.poll(jobs, PATIENCE).toEqual([]);
  expect(inSalesforce()?.Title).toBe('Engineer');
  next.child.kill('SIGTERM');
  expect(await next.ended).toBe(0);
}, 120_000);

it('refuses to work without real CRMs, and says what is missing', async () => {
  const { hubspot, salesforce } = world.configuration;
  const worker = startTandemChild({ hubspot, salesforce, databaseUrl: '' }, ['--worker']);
  expect(await worker.ended).toBe(2);
  expect(worker.text()).toContain('DATABASE_URL is not set');
});
