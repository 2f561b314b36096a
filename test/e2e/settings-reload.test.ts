// Settings that another process saves (HubSpot's functions do) hold from the next batch on, without a restart:
// this process works on with its queue and its looks and is told of nothing.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { JobQueue } from '../../src/jobs/port.ts';
import { aList } from './support/inclusion.ts';
import { aPerson, linkOf, properties, type Person } from './support/people.ts';
import { startWorking } from './support/working.ts';
import { createWorld, type World } from './support/world.ts';

const SAVES = join(import.meta.dirname, 'support/saves-settings.ts');
const PATIENCE = { timeout: 20_000, interval: 20 };

let world: World;
let queue: JobQueue;
let person: Person;

beforeAll(async () => {
  world = await createWorld();
  person = await aPerson(world, { City: 'Ulm' });
  queue = await startWorking(world.pipeline);
});
afterAll(async () => {
  await queue.stop();
  await world.close();
});

async function saveElsewhere(changes: object): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--no-warnings', SAVES, world.configuration.databaseUrl, JSON.stringify(changes)],
    { stdio: 'inherit' },
  );
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code).toBe(0);
}

const inHubSpot = () => properties(world, person.contactId);

it('a rule that was changed', async () => {
  world.hubspot.portal.update(person.contactId, { city: 'Bonn' });
  // Salesforce is preferred: put back.
  await expect.poll(() => inHubSpot().city, PATIENCE).toBe('Ulm');
  await saveElsewhere({ mappings: { defaultRules: { city: 'twoWay' } } });
  world.hubspot.portal.update(person.contactId, { city: 'Bonn' });
  await expect
    .poll(() => world.salesforce.org.get('Lead', person.salesforceId)?.City, PATIENCE)
    .toBe('Bonn');
});

it('a list that was chosen: who is not in it stays out from then on', async () => {
  const { id: listId } = aList(world, [person.contactId]);
  await saveElsewhere({ inclusion: { listId } });
  const outsider = world.hubspot.portal.create({ email: 'outsider@example.com', lastname: 'Out' });
  await expect
    .poll(async () => (await linkOf(world, outsider.id))?.state, PATIENCE)
    .toBe('skipped');
  await saveElsewhere({ inclusion: { listId: null } });
  world.hubspot.portal.update(outsider.id, { city: 'Graz' });
  await expect
    .poll(async () => (await linkOf(world, outsider.id))?.salesforceId ?? null, PATIENCE)
    .not.toBeNull();
});
