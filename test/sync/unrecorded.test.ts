// A worker that is killed after it wrote to a CRM and before it could remember that: what it wrote is no edit of
// anybody, and an edit that comes later is not lost to it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Pipeline } from '../../src/sync/pipeline.ts';
import { aPerson } from '../e2e/support/people.ts';
import { createWorld, type World } from '../e2e/support/world.ts';
import { executeOn } from '../support/postgres.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ withExternalId: false });
  await world.configure({ mappings: { defaultRules: { jobtitle: 'twoWay', city: 'twoWay' } } });
});
afterAll(() => world.close());

/** Syncs a contact as somebody who is gone before anything of it is remembered. */
async function syncAndDie(contactId: string): Promise<void> {
  const { ports } = world.pipeline;
  const { links } = ports.store;
  const record: typeof links.record = (batch) =>
    // An announcement comes before the write.
    batch.releases === undefined ? links.record(batch) : Promise.reject(new Error('killed'));
  const dying = new Pipeline({ ...ports, store: { ...ports.store, links: { ...links, record } } });
  const sighting = { key: { side: 'hubspot', id: contactId } } as const;
  await expect(
    dying.sync([sighting], { cause: 'live', runId: null, recheck: true }),
  ).rejects.toThrow('killed');
  await executeOn(world.configuration.databaseUrl, 'update holds set held_until = now()');
}

it('The edit that follows wins over the write, in HubSpot', async () => {
  const { contactId, salesforceId } = await aPerson(world);
  world.hubspot.portal.update(contactId, { jobtitle: 'first' });
  await syncAndDie(contactId);
  expect(world.salesforce.org.get('Lead', salesforceId)?.Title).toBe('first');
  world.hubspot.portal.update(contactId, { jobtitle: 'second' });
  world.salesforce.org.update('Lead', salesforceId, { Phone: '1' });
  await world.settle();
  expect(world.salesforce.org.get('Lead', salesforceId)?.Title).toBe('second');
  expect(world.hubspot.portal.get(contactId)?.properties.jobtitle).toBe('second');
});

it('and in Salesforce, even when another worker is killed in between', async () => {
  const { contactId, salesforceId } = await aPerson(world);
  world.salesforce.org.update('Lead', salesforceId, { City: 'first' });
  await syncAndDie(contactId);
  world.hubspot.portal.update(contactId, { jobtitle: 'Chief' });
  await syncAndDie(contactId);
  expect(world.hubspot.portal.get(contactId)?.properties.city).toBe('first');
  world.salesforce.org.update('Lead', salesforceId, { City: 'second' });
  await world.settle();
  expect(world.hubspot.portal.get(contactId)?.properties.city).toBe('second');
  expect(world.salesforce.org.get('Lead', salesforceId)).toMatchObject({
    City: 'second',
    Title: 'Chief',
  });
});

it('A create that was announced is remembered with what it sent', async () => {
  const { id } = world.hubspot.portal.create({ email: 'new@example.com', jobtitle: 'first' });
  await syncAndDie(id);
  expect(world.salesforce.org.all('Lead').at(-1)).toMatchObject({ Title: 'first' });
  world.hubspot.portal.update(id, { jobtitle: 'second' });
  await world.settle();
  expect(world.salesforce.org.all('Lead').at(-1)).toMatchObject({ Title: 'second' });
  expect(world.hubspot.portal.get(id)?.properties.jobtitle).toBe('second');
});
