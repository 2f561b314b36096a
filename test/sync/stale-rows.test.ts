// Workers beside each other: a row that a trigger read before somebody else wrote and remembered the record
// is no news, and what one worker plans on is checked again before it sends.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Sighting } from '../../src/sync/sighting.ts';
import { Pipeline } from '../../src/sync/pipeline.ts';
import { aPerson, linkOf, type Person } from '../e2e/support/people.ts';
import { createWorld, type World } from '../e2e/support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.configure({ mappings: { defaultRules: { jobtitle: 'twoWay' } } });
});
afterAll(() => world.close());

const LIVE = { cause: 'live', runId: null, recheck: true } as const;

const enterJobTitle = (contactId: string, jobtitle: string) =>
  world.hubspot.portal.update(contactId, { jobtitle });

const titles = ({ contactId, salesforceId }: Person) => ({
  hubspot: world.hubspot.portal.get(contactId)?.properties.jobtitle,
  salesforce: world.salesforce.org.get('Lead', salesforceId)?.Title,
});

async function rowOf({ salesforceId }: Person): Promise<Sighting> {
  const { ports, workspaces } = world.pipeline;
  const readAt = ports.now();
  const [record] = await ports.salesforce.records.read(
    { ids: { Lead: [salesforceId], Contact: [] }, emails: [] },
    (await workspaces.current()).salesforceFields,
  );
  if (!record) throw new Error('the lead is gone');
  return { key: { side: 'salesforce', object: 'Lead', id: salesforceId }, record, readAt };
}

const contactKey = ({ contactId }: Person): Sighting => ({
  key: { side: 'hubspot', id: contactId },
});

it('A row of a page, read before another worker wrote the record, does not undo that', async () => {
  const person = await aPerson(world);
  const row = await rowOf(person);
  enterJobTitle(person.contactId, 'Chief');
  await world.pipeline.sync([contactKey(person)], LIVE);
  expect(titles(person)).toEqual({ hubspot: 'Chief', salesforce: 'Chief' });
  await world.pipeline.sync([row], LIVE);
  expect(titles(person)).toEqual({ hubspot: 'Chief', salesforce: 'Chief' });
});

it('A row of the index from before the write of a rule is no sign that somebody changed it back', async () => {
  // Rule of the name: Salesforce's value, unless it is blank.
  const person = await aPerson(world);
  world.hubspot.portal.update(person.contactId, { lastname: '' });
  const { ports, workspaces } = world.pipeline;
  const { hubspotProperties } = await workspaces.current();
  const { contactId: id } = person;
  const cleared = (await ports.hubspot.contacts.readByIds([id], hubspotProperties)).get(id);
  if (!cleared) throw new Error('the contact is gone');
  await world.pipeline.sync([contactKey(person)], LIVE);
  expect(world.hubspot.portal.get(id)?.properties.lastname).not.toBe('');
  // The index still shows the contact as it was, long after the write.
  const late: Sighting = {
    ...{ ...contactKey(person), contact: cleared, fromIndex: true },
    readAt: ports.now() + 60_000,
  };
  await world.pipeline.sync([late], LIVE);
  expect((await linkOf(world, id))?.fieldReasons).toEqual({});
});

it('A worker that planned on what another has changed meanwhile sends nothing of it', async () => {
  const person = await aPerson(world);
  enterJobTitle(person.contactId, 'first');
  const { ports } = world.pipeline;
  let interrupted = false;
  // Between this worker's reads and its writes another one syncs the second edit.
  const slow = new Pipeline({
    ...ports,
    salesforce: {
      ...ports.salesforce,
      records: {
        ...ports.salesforce.records,
        read: async (...wanted) => {
          const rows = await ports.salesforce.records.read(...wanted);
          if (!interrupted) {
            interrupted = true;
            await other();
          }
          return rows;
        },
      },
    },
  });
  const other = async (): Promise<void> => {
    enterJobTitle(person.contactId, 'second');
    await world.pipeline.sync([contactKey(person)], LIVE);
  };
  const row = { ...contactKey(person), ...(await contactRow(person)), readAt: ports.now() };
  await slow.sync([row], LIVE);
  await world.settle();
  expect(titles(person)).toEqual({ hubspot: 'second', salesforce: 'second' });
});

async function contactRow({ contactId }: Person) {
  const { ports, workspaces } = world.pipeline;
  const { hubspotProperties } = await workspaces.current();
  const contact = (await ports.hubspot.contacts.readByIds([contactId], hubspotProperties)).get(
    contactId,
  );
  if (!contact) throw new Error('the contact is gone');
  return { contact };
}
