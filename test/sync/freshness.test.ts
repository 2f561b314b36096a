// What was read long ago is read again before anything is written on its word.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Pipeline } from '../../src/sync/pipeline.ts';
import { aPerson } from '../e2e/support/people.ts';
import { createWorld, type World } from '../e2e/support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

it('An edit in Salesforce, made while HubSpot kept us waiting, is not undone', async () => {
  const { contactId, salesforceId } = await aPerson(world, { City: 'Bonn' });
  world.salesforce.org.update('Lead', salesforceId, { Title: 'Chief' });
  const { ports } = world.pipeline;
  let waited = 0;
  const readByIds = ports.hubspot.contacts.readByIds.bind(ports.hubspot.contacts);
  const slow = new Pipeline({
    ...ports,
    now: () => ports.now() + waited,
    hubspot: {
      ...ports.hubspot,
      contacts: {
        ...ports.hubspot.contacts,
        readByIds: async (ids, properties) => {
          if (waited === 0) {
            waited = 30_000;
            world.salesforce.org.update('Lead', salesforceId, { City: 'Ulm' });
            world.hubspot.portal.update(contactId, { city: 'Trier' });
          }
          return readByIds(ids, properties);
        },
      },
    },
  });
  const [record] = await ports.salesforce.records.read(
    { ids: { Lead: [salesforceId], Contact: [] }, emails: [] },
    (await slow.workspaces.current()).salesforceFields,
  );
  if (!record) throw new Error('the lead is gone');
  await slow.sync(
    [
      {
        key: { side: 'salesforce', object: 'Lead', id: salesforceId },
        record,
        readAt: ports.now(),
      },
    ],
    { cause: 'live', runId: null, recheck: true },
  );
  expect(world.salesforce.org.get('Lead', salesforceId)).toMatchObject({ City: 'Ulm' });
  expect(world.hubspot.portal.get(contactId)?.properties.city).toBe('Ulm');
});

it('A list that an admin chose while HubSpot kept us waiting is asked before anything is sent', async () => {
  const { contactId, salesforceId } = await aPerson(world, { City: 'Bonn' });
  const listId = world.hubspot.portal.createList({ name: 'Later', processingType: 'MANUAL' });
  world.salesforce.org.update('Lead', salesforceId, { City: 'Ulm' });
  const { ports } = world.pipeline;
  const { settings: settingsStore } = ports.store;
  let waited = 0;
  const slow = new Pipeline({
    ...ports,
    now: () => ports.now() + waited,
    hubspot: {
      ...ports.hubspot,
      contacts: {
        ...ports.hubspot.contacts,
        readByIds: async (ids, properties) => {
          if (waited === 0) {
            waited = 30_000;
            const { version, settings } = await settingsStore.current();
            const inclusion = { ...settings.inclusion, listId };
            await settingsStore.save(version, { ...settings, inclusion }, 'an admin', '');
          }
          return ports.hubspot.contacts.readByIds(ids, properties);
        },
      },
    },
  });
  await slow.sync([{ key: { side: 'salesforce', object: 'Lead', id: salesforceId } }], {
    cause: 'live',
    runId: null,
    recheck: true,
  });
  expect(world.hubspot.portal.get(contactId)?.properties.city).toBe('Bonn');
});
