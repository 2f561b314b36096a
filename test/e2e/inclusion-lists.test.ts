// What choosing a list, leaving it and coming back do, and what goes on for those outside: one block for each
// row of native-connector §5 that `inclusion.test.ts` leaves. Other lists: `exclusion-lists.test.ts`.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  aList,
  aPairedPerson,
  citiesOf,
  configureInclusion,
  idsOf,
  moveInHubSpot,
  moveInSalesforce,
  NOTHING,
  passingTime,
  settleAndCount,
  standingOf,
} from './support/inclusion.ts';
import { inSalesforce, linkOf, properties, type Person } from './support/people.ts';
import { createWorld, type World } from './support/world.ts';

let world: World;
let time: ReturnType<typeof passingTime>;

beforeAll(async () => {
  time = passingTime();
  world = await createWorld();
});
afterEach(() => world.configure({}));
afterAll(async () => {
  await world.close();
  vi.restoreAllMocks();
});

describe('No list (§5.3)', () => {
  it('lets everybody with an e-mail address sync', async () => {
    await configureInclusion(world, {});
    const { id } = world.hubspot.portal.create({ email: 'all@example.com', lastname: 'All' });
    await world.settle();
    expect(inSalesforce(world, 'all@example.com')).toHaveLength(1);
    expect(await standingOf(world, id)).toEqual({ state: 'inSync' });
  });
});

describe('Choosing a list (§5.4)', () => {
  it('syncs none of its members until something happens to them', async () => {
    const email = 'not-yet@example.com';
    await configureInclusion(world, { listId: aList(world).id });
    const { id } = world.hubspot.portal.create({ email, lastname: 'Later' });
    const list = aList(world, [id]);
    await world.settle();
    // Past the looks that a fresh change gets, in case the list takes a while (§5.8).
    for (const minutes of [2, 15]) {
      time.pass(minutes);
      await world.settle();
    }
    await configureInclusion(world, { listId: list.id });
    expect(await settleAndCount(world)).toEqual(NOTHING);
    time.pass(30);
    expect(await settleAndCount(world)).toEqual(NOTHING);
    expect(inSalesforce(world, email)).toEqual([]);

    world.hubspot.portal.update(id, { city: 'Oslo' });
    await world.settle();
    expect(inSalesforce(world, email)).toMatchObject([{ City: 'Oslo', Tandem_HubSpot_Id__c: id }]);
  });
});

describe('Leaving the list (§5.9)', () => {
  it('stops updates both ways, deletes nothing and keeps the ids', async () => {
    const person = await aPairedPerson(world);
    const { id } = aList(world, [person.contactId]);
    await configureInclusion(world, { listId: id });
    const before = await idsOf(world, person);
    expect(before).toEqual({
      link: [person.contactId, person.salesforceId],
      inHubSpot: person.salesforceId,
      inSalesforce: before.inSalesforce,
    });
    world.hubspot.portal.removeMembers(id, [person.contactId]);
    moveInHubSpot(world, person, 'Oslo');
    expect(await settleAndCount(world)).toEqual(NOTHING);
    moveInSalesforce(world, person, 'Rome');
    expect(await settleAndCount(world)).toEqual(NOTHING);
    expect(citiesOf(world, person)).toEqual({ hubspot: 'Oslo', salesforce: 'Rome' });
    expect(await idsOf(world, person)).toEqual(before);
    expect(await standingOf(world, person.contactId)).toMatchObject({
      state: 'waiting',
      code: 'NOT_IN_INCLUSION_LIST',
    });
  });

  it('and coming back goes on with what changed on either side meanwhile', async () => {
    const person = await aPairedPerson(world);
    const { id } = aList(world);
    await configureInclusion(world, { listId: id });
    moveInHubSpot(world, person, 'Oslo');
    world.salesforce.org.update('Lead', person.salesforceId, { Title: 'Chief' });
    await world.settle();
    expect(properties(world, person.contactId).jobtitle).toBeUndefined();
    world.hubspot.portal.addMembers(id, [person.contactId]);
    world.hubspot.portal.update(person.contactId, { phone: '+47 1' });
    await world.settle();
    expect(citiesOf(world, person)).toEqual({ hubspot: 'Oslo', salesforce: 'Oslo' });
    expect(properties(world, person.contactId)).toMatchObject({ jobtitle: 'Chief' });
    expect(world.salesforce.org.get('Lead', person.salesforceId)).toMatchObject({
      Title: 'Chief',
      Phone: '+47 1',
    });
    expect(await standingOf(world, person.contactId)).toEqual({ state: 'inSync' });
    expect(await settleAndCount(world)).toEqual(NOTHING);
  });

  it('holds an opt-out back too, and passes it on afterwards (§5.10)', async () => {
    const person = await aPairedPerson(world);
    const { id } = aList(world);
    await configureInclusion(world, { listId: id });
    world.hubspot.portal.unsubscribe(person.email);
    expect(await settleAndCount(world)).toEqual(NOTHING);
    const optedOut = () =>
      world.salesforce.org.get('Lead', person.salesforceId)?.HasOptedOutOfEmail;
    expect(optedOut()).not.toBe(true);
    world.hubspot.portal.addMembers(id, [person.contactId]);
    world.hubspot.portal.update(person.contactId, { phone: '+47 1' });
    await world.settle();
    expect(optedOut()).toBe(true);
  });
});

describe('A Salesforce record that is deleted while its contact is outside the list (§5.9)', () => {
  const outsider = async (onDelete: string): Promise<Person> => {
    const person = await aPairedPerson(world);
    const inclusion = { listId: aList(world).id };
    await configureInclusion(world, inclusion, { deletion: { inSalesforce: onDelete } });
    world.salesforce.org.remove('Lead', person.salesforceId);
    return person;
  };

  it('is noticed: the contact says so and stays', async () => {
    const person = await outsider('leave');
    expect(await settleAndCount(world)).toEqual(NOTHING);
    const { state, code, sentence } = await standingOf(world, person.contactId);
    expect({ state, code }).toEqual({ state: 'skipped', code: 'SALESFORCE_RECORD_DELETED' });
    expect(sentence).toContain(`Lead ${person.salesforceId} was deleted`);
  });

  it('ends the pair where the settings say “unlink”', async () => {
    const person = await outsider('unlink');
    expect(await settleAndCount(world)).toEqual(NOTHING);
    expect(await linkOf(world, person.contactId)).toMatchObject({
      salesforceId: null,
      reason: { code: 'UNLINKED_AFTER_DELETE' },
    });
  });

  it('never deletes the contact, whatever the settings say: nothing crosses for it', async () => {
    const person = await outsider('delete');
    expect(await settleAndCount(world)).toEqual(NOTHING);
    expect(world.hubspot.portal.get(person.contactId)).toMatchObject({ archived: false });
    expect(await standingOf(world, person.contactId)).toMatchObject({
      code: 'SALESFORCE_RECORD_DELETED',
    });
  });
});

describe('A new Salesforce record whose contact is outside the list (§5.6)', () => {
  const aLead = (email: string): string =>
    world.salesforce.org.insert('Lead', {
      LastName: 'New',
      Company: 'Acme',
      Email: email,
      City: 'Berlin',
    });

  it('creates a HubSpot contact with everything mapped, which then waits and says so (§5.11)', async () => {
    const { id, name } = aList(world);
    await configureInclusion(world, { listId: id });
    const leadId = aLead('made@example.com');
    await world.settle();
    const contact = world.hubspot.portal.byEmail('made@example.com');
    expect(contact?.properties).toMatchObject({ lastname: 'New', city: 'Berlin' });
    const contactId = contact?.id ?? '';
    expect(await idsOf(world, { email: '', contactId, salesforceId: leadId })).toMatchObject({
      link: [contactId, leadId],
      inHubSpot: leadId,
    });
    expect(await standingOf(world, contactId)).toEqual({
      state: 'waiting',
      code: 'NOT_IN_INCLUSION_LIST',
      sentence: `This contact is not in the inclusion list “${name}”, so nothing moves in either direction.`,
    });
    world.salesforce.org.update('Lead', leadId, { City: 'Rome' });
    expect(await settleAndCount(world)).toEqual(NOTHING);
    world.hubspot.portal.addMembers(id, [contactId]);
    world.hubspot.portal.update(contactId, { phone: '+47 1' });
    await world.settle();
    expect(properties(world, contactId).city).toBe('Rome');
    expect(await standingOf(world, contactId)).toEqual({ state: 'inSync' });
  });

  it('pairs with the contact that has its e-mail address, writes nothing, and waits', async () => {
    await configureInclusion(world, { listId: aList(world).id });
    const contact = world.hubspot.portal.create({ email: 'met@example.com', city: 'Oslo' });
    await world.settle();
    const leadId = aLead('met@example.com');
    expect(await settleAndCount(world)).toEqual(NOTHING);
    expect(await linkOf(world, contact.id)).toMatchObject({
      salesforceId: leadId,
      state: 'waiting',
      reason: { code: 'NOT_IN_INCLUSION_LIST' },
    });
    expect(properties(world, contact.id).city).toBe('Oslo');
  });
});
