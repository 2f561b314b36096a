// A worker that is killed after it wrote to a CRM and before it could remember that: what it wrote is no edit of
// anybody, and an edit that comes later is not lost to it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Unavailable } from '../../src/engine/failures.ts';
import { LiveSync } from '../../src/sync/live.ts';
import { Pipeline } from '../../src/sync/pipeline.ts';
import { aPerson, linkOf } from '../e2e/support/people.ts';
import type { Sighting } from '../../src/sync/sighting.ts';
import { createWorld, type World } from '../e2e/support/world.ts';
import { executeOn } from '../support/postgres.ts';

const RULES = { jobtitle: 'twoWay', city: 'twoWay', lastname: 'twoWay' };

let world: World;
beforeAll(async () => {
  world = await createWorld({ withExternalId: false });
  await world.configure({ mappings: { defaultRules: RULES } });
});
afterAll(() => world.close());

const LIVE = { cause: 'live', runId: null, recheck: true } as const;

const sightingOf = (id: string): Sighting => ({
  key: id.startsWith('00Q') ? { side: 'salesforce', object: 'Lead', id } : { side: 'hubspot', id },
});

/** Syncs somebody as a worker that is gone before anything of it is remembered. */
async function syncAndDie(id: string): Promise<void> {
  const { ports } = world.pipeline;
  const { links } = ports.store;
  const record: typeof links.record = (batch) =>
    // An announcement comes before the write.
    batch.releases === undefined ? links.record(batch) : Promise.reject(new Error('killed'));
  const giveUp = (): Promise<void> => Promise.reject(new Error('killed'));
  const dying = new Pipeline({
    ...ports,
    store: { ...ports.store, links: { ...links, record, giveUp } },
  });
  await expect(dying.sync([sightingOf(id)], LIVE)).rejects.toThrow('killed');
  await executeOn(world.configuration.databaseUrl, 'update record_holds set held_until = now()');
}

/** Before and after of every title that history has for the Salesforce record, oldest first. */
async function titlesWritten(contactId: string) {
  const past = await world.pipeline.ports.store.links.history(contactId, 100);
  return past
    .filter(({ side, field }) => side === 'salesforce' && field === 'Title')
    .map(({ before, after }) => [before, after])
    .toReversed();
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
  expect(await titlesWritten(contactId)).toEqual([
    [null, 'first'],
    ['first', 'second'],
  ]);
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
  expect(await titlesWritten(id)).toEqual([
    [null, 'first'],
    ['first', 'second'],
  ]);
});

let sequence = 0;
const anAddress = (): string => `meets${(sequence += 1)}@example.com`;

/** Both sides of whoever has an address. */
function bothOf(email: string) {
  const lead = world.salesforce.org.all('Lead').filter(({ Email }) => Email === email);
  expect(lead).toHaveLength(1);
  return { hubspot: world.hubspot.portal.byEmail(email)?.properties ?? {}, salesforce: lead[0] };
}

describe.each([{ withExternalId: true }, { withExternalId: false }])(
  'The edits of people Tandem was just making, with $withExternalId,',
  ({ withExternalId }) => {
    beforeAll(async () => {
      await world.close();
      world = await createWorld({ withExternalId });
      await world.configure({ mappings: { defaultRules: RULES } });
    });

    it('win over what a lead was made of, on either side', async () => {
      const email = anAddress();
      const { id } = world.hubspot.portal.create({ email, jobtitle: 'first', city: 'Bonn' });
      await syncAndDie(id);
      const leadId = String(bothOf(email).salesforce?.Id);
      world.salesforce.org.update('Lead', leadId, { City: 'Kiel' });
      world.hubspot.portal.update(id, { jobtitle: 'second' });
      await world.settle();
      const { hubspot, salesforce } = bothOf(email);
      expect(hubspot).toMatchObject({ jobtitle: 'second', city: 'Kiel' });
      expect(salesforce).toMatchObject({ Title: 'second', City: 'Kiel' });
    });

    it('win over what a contact was made of, however often the lead is stamped', async () => {
      const email = anAddress();
      const leadId = world.salesforce.org.insert('Lead', {
        ...{ LastName: 'Meets', Company: 'Acme', Email: email },
        ...{ City: 'Bonn', Title: 'first' },
      });
      await syncAndDie(leadId);
      world.hubspot.portal.update(world.hubspot.portal.byEmail(email)?.id ?? '', { city: 'Kiel' });
      world.salesforce.org.update('Lead', leadId, { Title: 'second' });
      await world.settle();
      const { hubspot, salesforce } = bothOf(email);
      expect(hubspot).toMatchObject({ jobtitle: 'second', city: 'Kiel' });
      expect(salesforce).toMatchObject({ Title: 'second', City: 'Kiel' });
    });

    it('win over what two that met were given, and over what both had', async () => {
      const email = anAddress();
      const { id } = world.hubspot.portal.create({ email, lastname: 'Meets', jobtitle: 'first' });
      const leadId = world.salesforce.org.insert('Lead', {
        ...{ LastName: 'Meets', Company: 'Acme', Email: email, City: 'Bonn' },
      });
      await syncAndDie(id);
      expect(bothOf(email)).toMatchObject({
        hubspot: { city: 'Bonn' },
        salesforce: { Title: 'first' },
      });
      world.hubspot.portal.update(id, { lastname: 'Wedded', city: 'Kiel' });
      world.salesforce.org.update('Lead', leadId, { Title: 'second' });
      await world.settle();
      const { hubspot, salesforce } = bothOf(email);
      expect(hubspot).toMatchObject({ lastname: 'Wedded', jobtitle: 'second', city: 'Kiel' });
      expect(salesforce).toMatchObject({ LastName: 'Wedded', Title: 'second', City: 'Kiel' });
    });
  },
);

it('Two that meet are written by one worker at a time', async () => {
  const email = anAddress();
  const { id } = world.hubspot.portal.create({ email, lastname: 'Meets', jobtitle: 'first' });
  const leadId = world.salesforce.org.insert('Lead', {
    ...{ LastName: 'Meets', Company: 'Acme', Email: email, City: 'Bonn' },
  });
  const { ports } = world.pipeline;
  const { records } = ports.salesforce;
  let written = 0;
  const counting = new Pipeline({
    ...ports,
    salesforce: {
      ...ports.salesforce,
      records: {
        ...records,
        write: (writes) => {
          written += 1;
          return records.write(writes);
        },
      },
    },
  });
  const slow = new Pipeline({
    ...ports,
    salesforce: {
      ...ports.salesforce,
      records: {
        ...records,
        write: async (writes) => {
          await counting.sync([sightingOf(leadId)], LIVE);
          return records.write(writes);
        },
      },
    },
  });
  await slow.sync([sightingOf(id)], LIVE);
  expect(written).toBe(0);
  await world.settle();
  expect(bothOf(email)).toMatchObject({
    hubspot: { city: 'Bonn' },
    salesforce: { Title: 'first' },
  });
});

it('Whoever a worker was making when it was killed is made once its hold has ended', async () => {
  // Without the external ID a create is announced, and has a link.
  await world.close();
  world = await createWorld();
  const { id } = world.hubspot.portal.create({ email: anAddress(), lastname: 'Made' });
  const { ports } = world.pipeline;
  const killed = (): Promise<never> => Promise.reject(new Error('killed'));
  const dying = new Pipeline({
    ...ports,
    salesforce: {
      ...ports.salesforce,
      records: { ...ports.salesforce.records, write: killed },
    },
    store: { ...ports.store, links: { ...ports.store.links, record: killed, giveUp: killed } },
  });
  await expect(dying.sync([sightingOf(id)], LIVE)).rejects.toThrow('killed');
  // A run, or a webhook, that meets them meanwhile can't do anything, and nobody names them again.
  const met = await world.pipeline.sync([sightingOf(id)], LIVE);
  expect(met).toMatchObject({ pairs: [], contested: [{ id }] });
  await world.live.look('due');
  expect(await linkOf(world, id)).toBeNull();
  await executeOn(world.configuration.databaseUrl, 'update record_holds set held_until = now()');
  // The look that finds them fails itself, and the next one finds them all the same.
  const failing = new Pipeline({
    ...ports,
    salesforce: {
      ...ports.salesforce,
      records: {
        ...ports.salesforce.records,
        write: () => Promise.reject(new Unavailable('Salesforce', 'down')),
      },
    },
  });
  await expect(new LiveSync(failing).look('due')).rejects.toThrow('down');
  expect(await linkOf(world, id)).toBeNull();
  await world.live.look('due');
  expect(await linkOf(world, id)).toMatchObject({ state: 'inSync' });
});
