// Lead conversion, merges on both sides, deletes on both sides with their settings, restores: over HTTP,
// with the real adapters (native-connector §7).
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  aPerson,
  inSalesforce,
  linkOf,
  linkOfRecord,
  pairings,
  properties,
  standing,
} from './support/people.ts';
import { createWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
afterEach(() => world.configure({}));

/** Nothing is left to do: a look at everybody writes nothing. */
async function isQuiet(): Promise<void> {
  world.resetCalls();
  await world.settle();
  const endpoints = [
    ...Object.keys(world.hubspot.calls.byEndpoint()),
    ...Object.keys(world.salesforce.calls.byEndpoint()),
    ...Object.keys(world.salesforce.subrequests.byEndpoint()),
  ];
  // A POST to the collection of one object reads by ids; the others write.
  const writes = endpoints.filter((endpoint) =>
    /batch\/(update|create|archive)|(POST|PATCH|DELETE) \/composite\/sobjects$|PATCH .*sobjects/.test(
      endpoint,
    ),
  );
  expect(writes).toEqual([]);
}

describe('a lead that is converted', () => {
  it('is followed by its contact: the id of the lead stays, nothing is made twice', async () => {
    const { email, contactId, salesforceId } = await aPerson(world, { City: 'Bonn' });
    const converted = world.salesforce.org.convertLead(salesforceId);
    world.salesforce.org.update('Contact', converted.contactId, { Title: 'Chief' });
    await world.settle();
    expect(await standing(world, contactId)).toMatchObject({
      state: 'inSync',
      salesforceId: converted.contactId,
    });
    expect(properties(world, contactId)).toMatchObject({
      jobtitle: 'Chief',
      city: 'Bonn',
      tandem_lead_id: salesforceId,
      tandem_contact_id: converted.contactId,
    });
    expect(inSalesforce(world, email)).toHaveLength(1);
    expect((await pairings(world, contactId)).at(-1)).toBe(
      `${salesforceId} → ${converted.contactId} LEAD_CONVERTED`,
    );
    world.hubspot.portal.update(contactId, { phone: '+49 30 1' });
    await world.settle();
    expect(world.salesforce.org.get('Contact', converted.contactId)).toMatchObject({
      Phone: '+49 30 1',
    });
    await isQuiet();
  });

  it('into a contact that another HubSpot contact has leaves both pairs explained', async () => {
    const one = await aPerson(world);
    const other = await aPerson(world, {}, 'Contact');
    world.salesforce.org.convertLead(one.salesforceId, { contactId: other.salesforceId });
    await world.settle();
    expect(await standing(world, one.contactId)).toMatchObject({
      state: 'problem',
      code: 'PAIRED_WITH_ANOTHER_CONTACT',
    });
    expect(await standing(world, other.contactId)).toMatchObject({
      salesforceId: other.salesforceId,
    });
    await isQuiet();
  });

  it('does not clear what the conversion did not carry over', async () => {
    const { contactId, salesforceId } = await aPerson(world, { Title: 'Chief' });
    const converted = world.salesforce.org.convertLead(salesforceId);
    world.salesforce.org.update('Contact', converted.contactId, { Title: null });
    await world.settle();
    expect(properties(world, contactId).jobtitle).toBe('Chief');
    expect(world.salesforce.org.get('Contact', converted.contactId)).toMatchObject({
      Title: 'Chief',
    });
  });
});

describe('records that are merged in Salesforce', () => {
  it('hand the pair to the master', async () => {
    const { email, contactId, salesforceId } = await aPerson(world);
    const master = world.salesforce.org.insert('Lead', {
      LastName: 'Master',
      Company: 'Acme',
      Email: 'master@example.com',
    });
    world.salesforce.org.update('Lead', salesforceId, { City: 'Bonn' });
    world.salesforce.org.merge('Lead', master, [salesforceId]);
    world.salesforce.org.update('Lead', master, { Email: email });
    await world.settle();
    expect((await pairings(world, contactId)).at(-1)).toBe(
      `${salesforceId} → ${master} SALESFORCE_RECORD_MERGED`,
    );
    expect(await standing(world, contactId)).toMatchObject({
      state: 'inSync',
      salesforceId: master,
    });
    await isQuiet();
  });

  it('when both were paired, the loser’s contact is told who has the record', async () => {
    const winner = await aPerson(world);
    const loser = await aPerson(world);
    world.salesforce.org.merge('Lead', winner.salesforceId, [loser.salesforceId]);
    await world.settle();
    expect(await standing(world, loser.contactId)).toMatchObject({
      state: 'problem',
      code: 'PAIRED_WITH_ANOTHER_CONTACT',
    });
    expect(await standing(world, winner.contactId)).toMatchObject({
      state: 'inSync',
      salesforceId: winner.salesforceId,
    });
    await isQuiet();
  });
});

describe('contacts that are merged in HubSpot', () => {
  it.each(['newId', 'primaryId'] as const)(
    'keep the primary’s record and tell the other that it is a duplicate (%s)',
    async (survivor) => {
      const primary = await aPerson(world);
      const other = await aPerson(world);
      const merged = world.hubspot.portal.merge(primary.contactId, other.contactId, survivor);
      world.hubspot.portal.update(merged.id, { city: 'Köln' });
      await world.settle();
      world.salesforce.org.update('Lead', other.salesforceId, { Title: 'Woken' });
      world.salesforce.org.update('Lead', primary.salesforceId, { Title: 'Boss' });
      await world.settle();
      const holders = await Promise.all(
        [primary, other].map(({ salesforceId }) => linkOfRecord(world, salesforceId)),
      );
      expect(holders.filter((link) => link?.hubspotId === merged.id)).toHaveLength(1);
      const held = holders.find((link) => link?.hubspotId === merged.id);
      expect(held).toMatchObject({ state: 'inSync' });
      const left = holders.find((link) => link?.hubspotId !== merged.id);
      expect(left).toMatchObject({ hubspotId: null, state: 'problem' });
      expect(left?.reason?.code).toBe('DUPLICATE_IN_SALESFORCE');
      expect(world.salesforce.org.get('Lead', held?.salesforceId ?? '')).toMatchObject({
        City: 'Köln',
      });
      await isQuiet();
    },
  );

  it('with a contact that was never paired go on with the record there is', async () => {
    const { contactId, salesforceId } = await aPerson(world);
    await world.configure({ creation: { inSalesforce: 'nothing' } });
    const stranger = world.hubspot.portal.create({ email: 'stranger@example.org', city: 'Trier' });
    await world.settle();
    const merged = world.hubspot.portal.merge(stranger.id, contactId);
    await world.settle();
    expect(await standing(world, merged.id)).toMatchObject({ state: 'inSync', salesforceId });
    expect((await pairings(world, merged.id)).at(-1)).toContain('HUBSPOT_CONTACT_MERGED');
    expect(world.salesforce.org.get('Lead', salesforceId)).toMatchObject({ City: 'Trier' });
    await isQuiet();
  });
});

describe('a record that is deleted in Salesforce', () => {
  it('leaves its contact unless the settings say otherwise, and comes back restored', async () => {
    const { contactId, salesforceId } = await aPerson(world);
    world.salesforce.org.remove('Lead', salesforceId);
    await world.settle();
    expect(await standing(world, contactId)).toMatchObject({ code: 'SALESFORCE_RECORD_DELETED' });
    world.salesforce.org.undelete('Lead', salesforceId);
    world.salesforce.org.update('Lead', salesforceId, { City: 'Ulm' });
    await world.settle();
    expect(properties(world, contactId).city).toBe('Ulm');
  });

  it('is forgotten with “unlink”: the contact may become a new lead', async () => {
    const { email, contactId, salesforceId } = await aPerson(world);
    await world.configure({ deletion: { inSalesforce: 'unlink' } });
    world.salesforce.org.remove('Lead', salesforceId);
    await world.settle();
    expect(await standing(world, contactId)).toMatchObject({
      code: 'UNLINKED_AFTER_DELETE',
      salesforceId: null,
    });
    expect((await pairings(world, contactId)).at(-1)).toBe(
      `${salesforceId} → null UNLINKED_AFTER_DELETE`,
    );
    world.hubspot.portal.update(contactId, { city: 'Bonn' });
    await world.settle();
    expect(inSalesforce(world, email)).toHaveLength(1);
    expect(await standing(world, contactId)).toMatchObject({ state: 'inSync' });
    await isQuiet();
  });

  it('takes its contact along with “delete there too”, once', async () => {
    const { contactId, salesforceId } = await aPerson(world);
    await world.configure({ deletion: { inSalesforce: 'delete' } });
    world.salesforce.org.remove('Lead', salesforceId);
    await world.settle();
    expect(world.hubspot.portal.get(contactId)?.archived).toBe(true);
    expect((await linkOf(world, contactId))?.reason?.code).toBe('DELETED_THERE_TOO');
    await world.configure({
      creation: { inSalesforce: 'nothing' },
      deletion: { inSalesforce: 'delete' },
    });
    world.hubspot.portal.restore(contactId);
    await world.settle();
    expect(world.hubspot.portal.get(contactId)?.archived).toBe(false);
  });

  it('never takes along a contact outside the inclusion list, but is noticed', async () => {
    const { contactId, salesforceId } = await aPerson(world);
    const listId = world.hubspot.portal.createList({
      name: 'Nobody',
      processingType: 'MANUAL',
      members: [],
    });
    await world.configure({ inclusion: { listId }, deletion: { inSalesforce: 'delete' } });
    world.salesforce.org.remove('Lead', salesforceId);
    await world.settle();
    expect(world.hubspot.portal.get(contactId)?.archived).toBe(false);
    expect(await standing(world, contactId)).toMatchObject({ code: 'SALESFORCE_RECORD_DELETED' });
  });

  it('makes room for another with the same e-mail address', async () => {
    const { email, contactId, salesforceId } = await aPerson(world);
    world.salesforce.org.remove('Lead', salesforceId);
    await world.settle();
    const again = world.salesforce.org.insert('Lead', {
      LastName: 'Again',
      Company: 'Acme',
      Email: email,
    });
    await world.settle();
    expect(await standing(world, contactId)).toMatchObject({
      state: 'inSync',
      salesforceId: again,
    });
    expect((await pairings(world, contactId)).at(-1)).toBe(
      `${salesforceId} → ${again} PAIRED_BY_EMAIL`,
    );
  });
});

describe('a contact that is deleted in HubSpot', () => {
  const notice = (contactId: string): void => {
    void world.notice([{ side: 'hubspot', id: contactId }]);
  };

  it('leaves its record unless the settings say otherwise, and comes back restored', async () => {
    const { contactId, salesforceId } = await aPerson(world);
    world.hubspot.portal.archive(contactId);
    notice(contactId);
    await world.settle();
    expect(await standing(world, contactId)).toMatchObject({ code: 'HUBSPOT_CONTACT_DELETED' });
    world.hubspot.portal.restore(contactId);
    world.hubspot.portal.update(contactId, { city: 'Ulm' });
    await world.settle();
    expect(world.salesforce.org.get('Lead', salesforceId)).toMatchObject({ City: 'Ulm' });
  });

  it('is forgotten with “unlink”: the record may become a new contact', async () => {
    const { email, contactId, salesforceId } = await aPerson(world);
    await world.configure({ deletion: { inHubSpot: 'unlink' } });
    world.hubspot.portal.archive(contactId);
    notice(contactId);
    await world.settle();
    expect((await linkOfRecord(world, salesforceId))?.hubspotId).toBeNull();
    world.salesforce.org.update('Lead', salesforceId, { City: 'Bonn' });
    await world.settle();
    const made = world.hubspot.portal.byEmail(email);
    expect(made?.properties.city).toBe('Bonn');
    expect(made?.id).not.toBe(contactId);
    await isQuiet();
  });

  it('takes its record along with “delete there too”', async () => {
    const { contactId, salesforceId } = await aPerson(world);
    await world.configure({ deletion: { inHubSpot: 'delete' } });
    world.hubspot.portal.archive(contactId);
    notice(contactId);
    await world.settle();
    expect(world.salesforce.org.get('Lead', salesforceId)).toMatchObject({ IsDeleted: true });
    expect((await linkOfRecord(world, salesforceId))?.reason?.code).toBe('DELETED_THERE_TOO');
    await isQuiet();
  });

  it('and erased for privacy takes nothing along, and is not made again', async () => {
    const { email, contactId, salesforceId } = await aPerson(world);
    await world.configure({ deletion: { inHubSpot: 'delete' } });
    world.hubspot.portal.gdprDelete(contactId);
    notice(contactId);
    world.salesforce.org.update('Lead', salesforceId, { City: 'Bonn' });
    await world.settle();
    expect(world.salesforce.org.get('Lead', salesforceId)).toMatchObject({ IsDeleted: false });
    expect(world.hubspot.portal.byEmail(email)).toBeUndefined();
    expect(await standing(world, contactId)).toMatchObject({ code: 'HUBSPOT_CONTACT_DELETED' });
  });

  it('and made again by somebody gets its record back', async () => {
    const { email, contactId, salesforceId } = await aPerson(world);
    world.hubspot.portal.archive(contactId);
    const again = world.hubspot.portal.create({ email, lastname: 'Again' });
    await world.settle();
    expect(await standing(world, again.id)).toMatchObject({ state: 'inSync', salesforceId });
    expect(await linkOf(world, contactId)).toBeNull();
    await isQuiet();
  });
});
