// Who owns what, in every case: the owner map, e-mail addresses, assignment rules, queues, users who have
// left (native-connector §6).
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { explain } from '../../src/engine/reasons.ts';
import { SANDBOX_QUEUE, SANDBOX_USERS } from '../../src/sandbox/salesforce/stand-in.ts';
import { aPerson, inSalesforce, linkOf, properties } from './support/people.ts';
import { createWorld, type World } from './support/world.ts';

/** HubSpot's owners. Tom's Salesforce user is not active any more; Elena never had one. */
const MAYA = '71000101';
const JONAS = '71000102';
const TOM = '71000104';
const ELENA = '71000105';
const USERS = SANDBOX_USERS;

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
afterEach(async () => {
  world.salesforce.org.setAssignmentRule(null);
  await world.configure({});
});

let sequence = 0;

/** Somebody who is new in HubSpot, after they came to Salesforce. */
async function aNewContact(
  owner: string | null,
): Promise<{ id: string; ownerInSalesforce: unknown }> {
  const email = `new${(sequence += 1)}@example.com`;
  const { id } = world.hubspot.portal.create({
    email,
    lastname: 'New',
    ...(owner === null ? {} : { hubspot_owner_id: owner }),
  });
  await world.settle();
  return { id, ownerInSalesforce: inSalesforce(world, email)[0]?.OwnerId };
}

const ownersOf = (contactId: string, salesforceId: string): readonly unknown[] => [
  properties(world, contactId).hubspot_owner_id ?? null,
  (
    world.salesforce.org.get('Lead', salesforceId) ??
    world.salesforce.org.get('Contact', salesforceId)
  )?.OwnerId,
];

async function whyOf(contactId: string): Promise<{ code?: string; sentence?: string }> {
  const why = (await linkOf(world, contactId))?.fieldReasons.hubspot_owner_id;
  return why ? { code: why.code, sentence: explain(why).sentence } : {};
}

const theRulesSay = (ownerId: string): void =>
  world.salesforce.org.setAssignmentRule(() => ownerId);

describe('The owner of a new lead', () => {
  it.each([
    ['the user with the same e-mail address', JONAS, {}, USERS.jonas.id],
    [
      'whom the owner map names, before the e-mail address',
      JONAS,
      { map: [{ hubspotOwnerId: JONAS, salesforceId: USERS.priya.id }] },
      USERS.priya.id,
    ],
    [
      'a user for an owner who has none by e-mail address',
      ELENA,
      { map: [{ hubspotOwnerId: ELENA, salesforceId: USERS.priya.id }] },
      USERS.priya.id,
    ],
    [
      'a queue by the map',
      ELENA,
      { map: [{ hubspotOwnerId: ELENA, salesforceId: SANDBOX_QUEUE.id }] },
      SANDBOX_QUEUE.id,
    ],
  ])('is %s, whatever the assignment rules say', async (_, owner, owners, expected) => {
    await world.configure({ owners });
    theRulesSay(USERS.maya.id);
    const { id, ownerInSalesforce } = await aNewContact(owner);
    expect(ownerInSalesforce).toBe(expected);
    expect(properties(world, id).hubspot_owner_id).toBe(owner);
  });

  it.each([
    ['there is none in HubSpot', null],
    ['the owner has no Salesforce user', ELENA],
    ['the owner’s user has left', TOM],
  ])('is chosen by the assignment rules when %s, and comes back', async (_, owner) => {
    theRulesSay(USERS.priya.id);
    const { id, ownerInSalesforce } = await aNewContact(owner);
    expect(ownerInSalesforce).toBe(USERS.priya.id);
    expect(properties(world, id).hubspot_owner_id).toBe('71000103');
  });

  it('is the integration user when the assignment rules are not to be used', async () => {
    await world.configure({ owners: { useAssignmentRules: false } });
    theRulesSay(USERS.priya.id);
    expect((await aNewContact(ELENA)).ownerInSalesforce).toBe(USERS.integration.id);
  });

  it('is a queue when the rules put it there, which HubSpot is told in words', async () => {
    theRulesSay(SANDBOX_QUEUE.id);
    const { id, ownerInSalesforce } = await aNewContact(null);
    expect(ownerInSalesforce).toBe(SANDBOX_QUEUE.id);
    expect(properties(world, id).hubspot_owner_id ?? null).toBeNull();
    expect(await whyOf(id)).toEqual({
      code: 'OWNER_IS_QUEUE',
      sentence:
        'The Salesforce owner is the queue Inbound Leads, which stands for no HubSpot owner.',
    });
  });
});

describe('The owner of a new Salesforce contact', () => {
  it('is never left to the rules, which are only for leads', async () => {
    await world.configure({ creation: { inSalesforce: 'contact' } });
    theRulesSay(USERS.priya.id);
    expect((await aNewContact(ELENA)).ownerInSalesforce).toBe(USERS.integration.id);
  });

  it('is never a queue', async () => {
    await world.configure({
      creation: { inSalesforce: 'contact' },
      owners: { map: [{ hubspotOwnerId: ELENA, salesforceId: SANDBOX_QUEUE.id }] },
    });
    expect((await aNewContact(ELENA)).ownerInSalesforce).toBe(USERS.integration.id);
  });
});

describe('The owner of a pair', () => {
  it.each([
    ['Lead', USERS.jonas.id, JONAS],
    ['Contact', USERS.jonas.id, JONAS],
  ] as const)('changes in HubSpot when the %s changes hands', async (object, user, owner) => {
    const { contactId, salesforceId } = await aPerson(world, { OwnerId: USERS.maya.id }, object);
    expect(properties(world, contactId).hubspot_owner_id).toBe(MAYA);
    world.salesforce.org.update(object, salesforceId, { OwnerId: user });
    await world.settle();
    expect(ownersOf(contactId, salesforceId)).toEqual([owner, user]);
    world.hubspot.portal.update(contactId, { hubspot_owner_id: MAYA });
    await world.settle();
    expect(ownersOf(contactId, salesforceId)).toEqual([MAYA, USERS.maya.id]);
  });

  it('stays in Salesforce, which needs one, when HubSpot’s was removed', async () => {
    const { contactId, salesforceId } = await aPerson(world, { OwnerId: USERS.maya.id });
    world.hubspot.portal.update(contactId, { hubspot_owner_id: '' });
    await world.settle();
    expect((await whyOf(contactId)).code).toBe('REQUIRED_NOT_CLEARED');
    const [inHubSpot, inOrg] = ownersOf(contactId, salesforceId);
    expect([inHubSpot || null, inOrg]).toEqual([null, USERS.maya.id]);
  });

  it('who has left Salesforce is never pushed', async () => {
    const { contactId, salesforceId } = await aPerson(world, { OwnerId: USERS.maya.id });
    world.hubspot.portal.update(contactId, { hubspot_owner_id: TOM });
    await world.settle();
    expect(ownersOf(contactId, salesforceId)[1]).toBe(USERS.maya.id);
    expect(await whyOf(contactId)).toEqual({
      code: 'OWNER_INACTIVE',
      sentence: 'The Salesforce user Tom Becker is not active, and cannot own records any more.',
    });
  });

  it('follows the map both ways, queues included', async () => {
    await world.configure({
      owners: { map: [{ hubspotOwnerId: ELENA, salesforceId: SANDBOX_QUEUE.id }] },
    });
    const { contactId, salesforceId } = await aPerson(world, { OwnerId: SANDBOX_QUEUE.id });
    expect(properties(world, contactId).hubspot_owner_id).toBe(ELENA);
    world.hubspot.portal.update(contactId, { hubspot_owner_id: JONAS });
    await world.settle();
    expect(ownersOf(contactId, salesforceId)).toEqual([JONAS, USERS.jonas.id]);
    world.hubspot.portal.update(contactId, { hubspot_owner_id: ELENA });
    await world.settle();
    expect(ownersOf(contactId, salesforceId)).toEqual([ELENA, SANDBOX_QUEUE.id]);
  });
});
