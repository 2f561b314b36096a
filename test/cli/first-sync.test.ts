// `npm start` with real CRMs on a new database, as processes: neither the service nor a worker writes to anybody until
// somebody starts the first sync, here from the command line; then both go on live, and a restart does too.
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createWorld, type World } from '../e2e/support/world.ts';
import { startTandemChild, type TandemChild } from './support/tandem-child.ts';

const PATIENCE = { timeout: 60_000, interval: 50 };
const WAITING =
  'Waiting for the first sync: open the settings page of the app in HubSpot, or run `npm start -- run everything`';

let world: World;
const children: TandemChild[] = [];
beforeAll(async () => {
  world = await createWorld({ isNew: true });
  world.salesforce.org.insert('Contact', { LastName: 'Real', Email: 'real@example.com' });
  world.hubspot.portal.create({ email: 'other@example.com', lastname: 'Other' });
});
afterEach(() => {
  for (const { child } of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
});
afterAll(() => world.close());

async function started(parameters: readonly string[], event: string) {
  const child = startTandemChild(world.configuration, [...parameters, '--port', '0']);
  children.push(child);
  const port = await vi.waitFor(() => {
    const line = child.lines().find((one) => one.event === event);
    if (!line) throw new Error(child.text());
    return z.number().parse(line.port);
  }, PATIENCE);
  return { ...child, url: `http://127.0.0.1:${port}` };
}

/** Every look was made, by whichever process. */
async function haveLooked(urls: readonly string[]): Promise<void> {
  await vi.waitFor(async () => {
    const metrics = await Promise.all(
      urls.map(async (url) => (await fetch(`${url}/metrics`)).text()),
    );
    for (const where of ['salesforce', 'hubspot', 'joined', 'due', 'runs'])
      expect(metrics.join('\n')).toContain(`tandem_look_seconds_count{where="${where}"}`);
  }, PATIENCE);
}

it('waits until somebody starts the first sync, and goes on live from there', async () => {
  const service = await started([], WAITING);
  const worker = await started(['--worker'], WAITING);
  for (const { url } of [service, worker]) expect((await fetch(`${url}/readyz`)).status).toBe(200);
  await haveLooked([service.url, worker.url]);
  expect(world.hubspot.portal.byEmail('real@example.com')).toBeUndefined();
  const { store } = world.pipeline.ports;
  expect(await store.runs.list(1)).toEqual([]);
  expect(await store.links.summary()).toEqual([]);

  const run = startTandemChild(world.configuration, ['run', 'everything', '--follow', '--json']);
  expect(await run.ended).toBe(0);
  expect(run.lines().at(-1)).toMatchObject({ run: { state: 'finished', counts: { created: 2 } } });
  expect(world.hubspot.portal.byEmail('real@example.com')).toBeDefined();

  world.salesforce.org.insert('Contact', { LastName: 'Later', Email: 'later@example.com' });
  await expect
    .poll(() => world.hubspot.portal.byEmail('later@example.com'), PATIENCE)
    .toBeDefined();
  const hasSaid = (child: TandemChild): boolean =>
    child.lines().some(({ event }) => event === 'the first sync was started');
  await expect.poll(() => hasSaid(service) || hasSaid(worker), PATIENCE).toBe(true);

  service.child.kill('SIGTERM');
  expect(await service.ended).toBe(0);
  const next = await started([], 'syncing live');
  expect(await store.runs.list(10)).toHaveLength(1);
  next.child.kill('SIGTERM');
  expect(await next.ended).toBe(0);
}, 180_000);
