// Who owns what, in every case: the owner map, e-mail addresses, assignment rules, queues, users who have
// left (native-connector §6).
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { explain } from '../../src/engine/reasons.ts';
import { SANDBOX_QUEUE, SANDBOX_USERS } from '../../src/sandbox/salesforce/stand-in.ts';
import { aPerson, inSalesforce, linkOf, properties } from './support/people.ts';
import { expectQuiet, inHubSpot } from './support/quiet.ts';
import { createWorld, type World } from './support/world.ts';

/** HubSpot's owners. Tom's Salesforce user is not active any more; Elena never had one. */
const MAYA = '71000101';
const JONAS = '71000102';
const PRIYA = '71000103';
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
  properties(world, contactId).hubspot_owner_id || null,
  (
    world.salesforce.org.get('Lead', salesforceId) ??
    world.salesforce.org.get('Contact', salesforceId)
  )?.OwnerId,
];

async function whyOf(contactId: string): Promise<{ code?: string; sentence?: string }> {
  const why = (await linkOf(world, contactId))?.fieldReasons.hubspot_owner_id;
  return why ? { code: why.code, sentence: explain(why).sentence } : {};
}

const isQuiet = (contactId: string): Promise<void> => expectQuiet(world, inHubSpot(contactId));

const theRulesSay = (ownerId: string): void =>
  world.salesforce.org.setAssignmentRule(() => ownerId);

const TO_CONTACTS = { creation: { inSalesforce: 'contact' } };
const NO_HUBSPOT_OWNER = {
  code: 'OWNER_NOT_IN_HUBSPOT',
  sentence:
    'The Salesforce owner Tandem Integration has no HubSpot owner with the same e-mail address.',
};

describe('The owner of a new record', () => {
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
    expect(await whyOf(id)).toEqual({});
    await isQuiet(id);
  });

  it.each([
    ['there is none in HubSpot', null],
    ['the owner has no Salesforce user', ELENA],
    ['the owner’s user has left', TOM],
  ])('is chosen by the assignment rules when %s, and comes back', async (_, owner) => {
    theRulesSay(USERS.priya.id);
    const { id, ownerInSalesforce } = await aNewContact(owner);
    expect(ownerInSalesforce).toBe(USERS.priya.id);
    expect(properties(world, id).hubspot_owner_id).toBe(PRIYA);
    await isQuiet(id);
  });

  it('is chosen by the rules for those of a batch only who have none', async () => {
    theRulesSay(USERS.priya.id);
    const [withOwner, without] = [JONAS, null].map((owner) => {
      const email = `new${(sequence += 1)}@example.com`;
      world.hubspot.portal.create({
        email,
        lastname: 'New',
        ...(owner === null ? {} : { hubspot_owner_id: owner }),
      });
      return email;
    });
    await world.settle();
    const ownerOf = (email = ''): unknown => inSalesforce(world, email)[0]?.OwnerId;
    expect([ownerOf(withOwner), ownerOf(without)]).toEqual([USERS.jonas.id, USERS.priya.id]);
  });

  // Left out, the header means TRUE, on updates too (salesforce-api §4).
  it('is not chosen again when the lead is updated', async () => {
    const { contactId, salesforceId } = await aPerson(world, { OwnerId: USERS.maya.id });
    theRulesSay(USERS.priya.id);
    await world.configure({ mappings: { defaultRules: { jobtitle: 'twoWay' } } });
    world.hubspot.portal.update(contactId, { jobtitle: 'Chief' });
    await world.settle();
    expect(world.salesforce.org.get('Lead', salesforceId)).toMatchObject({ Title: 'Chief' });
    expect(ownersOf(contactId, salesforceId)).toEqual([MAYA, USERS.maya.id]);
    await isQuiet(contactId);
  });

  it.each([
    ['the assignment rules are not to be used', { owners: { useAssignmentRules: false } }, ELENA],
    ['they are not, and the owner’s user has left', { owners: { useAssignmentRules: false } }, TOM],
    ['it is a contact, for which there are no rules', TO_CONTACTS, ELENA],
    [
      'it is a contact, which no queue can own',
      {
        ...TO_CONTACTS,
        owners: { map: [{ hubspotOwnerId: ELENA, salesforceId: SANDBOX_QUEUE.id }] },
      },
      ELENA,
    ],
  ])('is the integration user when %s; HubSpot keeps its own', async (_, settings, owner) => {
    await world.configure(settings);
    theRulesSay(USERS.priya.id);
    const { id, ownerInSalesforce } = await aNewContact(owner);
    expect(ownerInSalesforce).toBe(USERS.integration.id);
    expect(properties(world, id).hubspot_owner_id).toBe(owner);
    expect(await whyOf(id)).toEqual(NO_HUBSPOT_OWNER);
    await isQuiet(id);
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
    await isQuiet(id);
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
    expect(await whyOf(contactId)).toEqual({});
    await isQuiet(contactId);
  });

  it('stays in Salesforce, which needs one, when HubSpot’s was removed', async () => {
    const { contactId, salesforceId } = await aPerson(world, { OwnerId: USERS.maya.id });
    world.hubspot.portal.update(contactId, { hubspot_owner_id: '' });
    await world.settle();
    expect(await whyOf(contactId)).toEqual({
      code: 'REQUIRED_NOT_CLEARED',
      sentence:
        'Owner ID was cleared in HubSpot, but Salesforce requires it; it was left as it is there.',
    });
    expect(ownersOf(contactId, salesforceId)).toEqual([null, USERS.maya.id]);
    await isQuiet(contactId);
    world.hubspot.portal.update(contactId, { hubspot_owner_id: JONAS });
    await world.settle();
    expect(ownersOf(contactId, salesforceId)).toEqual([JONAS, USERS.jonas.id]);
    expect(await whyOf(contactId)).toEqual({});
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
    await isQuiet(contactId);
  });

  it('who is nobody in HubSpot stays in Salesforce; HubSpot keeps the last it had', async () => {
    const { contactId, salesforceId } = await aPerson(world, { OwnerId: USERS.maya.id });
    world.salesforce.org.update('Lead', salesforceId, { OwnerId: USERS.integration.id });
    await world.settle();
    expect(ownersOf(contactId, salesforceId)).toEqual([MAYA, USERS.integration.id]);
    expect(await whyOf(contactId)).toEqual(NO_HUBSPOT_OWNER);
    await isQuiet(contactId);
  });

  it('who is nobody in Salesforce is set back to the last it had', async () => {
    const { contactId, salesforceId } = await aPerson(world, { OwnerId: USERS.maya.id });
    world.hubspot.portal.update(contactId, { hubspot_owner_id: ELENA });
    await world.settle();
    expect(ownersOf(contactId, salesforceId)).toEqual([MAYA, USERS.maya.id]);
    await isQuiet(contactId);
  });

  it('is Salesforce’s when two meet who have different ones', async () => {
    const email = `new${(sequence += 1)}@example.com`;
    const salesforceId = world.salesforce.org.insert('Lead', {
      LastName: 'Met',
      Company: 'Acme',
      Email: email,
      OwnerId: USERS.maya.id,
    });
    const { id } = world.hubspot.portal.create({ email, hubspot_owner_id: JONAS });
    await world.settle();
    expect(ownersOf(id, salesforceId)).toEqual([MAYA, USERS.maya.id]);
    await isQuiet(id);
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
    await isQuiet(contactId);
  });
});

describe('History, when another owner takes the place of the one in HubSpot', () => {
  const lastOwnerChange = async (contactId: string): Promise<unknown> => {
    const history = await world.pipeline.ports.store.links.history(contactId, 50);
    return history.find(({ field }) => field === 'hubspot_owner_id')?.why;
  };

  it('says that Salesforce does not know the owner', async () => {
    const { contactId } = await aPerson(world, { OwnerId: USERS.maya.id });
    world.hubspot.portal.update(contactId, { hubspot_owner_id: ELENA });
    await world.settle();
    expect(await lastOwnerChange(contactId)).toBe('OWNER_NOT_IN_SALESFORCE');
  });

  it('says that the assignment rules chose', async () => {
    theRulesSay(USERS.priya.id);
    const { id } = await aNewContact(TOM);
    expect(await lastOwnerChange(id)).toBe('OWNER_BY_ASSIGNMENT_RULES');
  });
});
