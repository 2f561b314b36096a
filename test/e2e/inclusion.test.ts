// The inclusion list: who is not in it doesn't sync in either direction, and is told why (native-connector §5).
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { explain } from '../../src/engine/reasons.ts';
import {
  hubspotUserIn,
  salesforceUserIn,
  type HubSpotUser,
  type SalesforceUser,
} from './support/crm-users.ts';
import { createWorld, type World } from './support/world.ts';

let world: World;
let inHubSpot: HubSpotUser;
let inSalesforce: SalesforceUser;
let sequence = 0;
/** On everybody’s clock. */
let minutesPassed = 0;

beforeAll(async () => {
  const now = Date.now.bind(Date);
  vi.spyOn(Date, 'now').mockImplementation(() => now() + minutesPassed * 60_000);
  world = await createWorld();
  inHubSpot = hubspotUserIn(world);
  inSalesforce = await salesforceUserIn(world);
});
afterAll(async () => {
  await world.close();
  vi.restoreAllMocks();
});

const nextEmail = (): string => `person${(sequence += 1)}@example.com`;

interface Person {
  readonly hubspotId: string;
  readonly leadId: string;
}

/** Somebody both CRMs have, paired before there was a list. */
async function aPairedPerson(): Promise<Person> {
  await world.configure({ mappings: { defaultRules: { city: 'twoWay' } } });
  const email = nextEmail();
  const [hubspotId = ''] = await inHubSpot.create([{ email, lastname: 'Berg', city: 'Berlin' }]);
  await world.settle();
  const [lead] = await inSalesforce.findByEmail('Lead', email, ['City']);
  return { hubspotId, leadId: String(lead?.Id) };
}

const choose = (listId: string | null): Promise<unknown> =>
  world.configure({ inclusion: { listId }, mappings: { defaultRules: { city: 'twoWay' } } });

const aList = (members: readonly string[]): string =>
  world.hubspot.portal.createList({
    name: `Customers ${(sequence += 1)}`,
    processingType: 'MANUAL',
    members,
  });

async function cities({ hubspotId, leadId }: Person): Promise<readonly unknown[]> {
  const contacts = await inHubSpot.read([hubspotId], ['city']);
  const leads = await inSalesforce.read('Lead', [leadId], ['City']);
  return [contacts.get(hubspotId)?.city, leads.get(leadId)?.City];
}

async function standingOf(
  hubspotId: string,
): Promise<{ state?: string; code?: string; sentence?: string }> {
  const [link] = await world.pipeline.ports.store.links.find({
    hubspot: [hubspotId],
    salesforce: [],
  });
  if (!link) return {};
  const { state, reason } = link;
  return reason ? { state, code: reason.code, sentence: explain(reason).sentence } : { state };
}

describe('Somebody who is not in the list', () => {
  let outsider: Person;
  beforeEach(async () => {
    outsider = await aPairedPerson();
    await choose(aList([]));
  });

  it('doesn’t sync from HubSpot to Salesforce, and says which list', async () => {
    await inHubSpot.update([{ id: outsider.hubspotId, properties: { city: 'Oslo' } }]);
    await world.settle();
    expect(await cities(outsider)).toEqual(['Oslo', 'Berlin']);
    const { state, code, sentence } = await standingOf(outsider.hubspotId);
    expect({ state, code }).toEqual({ state: 'waiting', code: 'NOT_IN_INCLUSION_LIST' });
    expect(sentence).toMatch(/not in the inclusion list “Customers \d+”/);
  });

  it('doesn’t sync from Salesforce to HubSpot', async () => {
    await inSalesforce.update('Lead', [{ id: outsider.leadId, fields: { City: 'Oslo' } }]);
    await world.settle();
    expect(await cities(outsider)).toEqual(['Berlin', 'Oslo']);
    expect(await standingOf(outsider.hubspotId)).toMatchObject({ code: 'NOT_IN_INCLUSION_LIST' });
  });

  it('is not created in Salesforce', async () => {
    const email = nextEmail();
    const [hubspotId = ''] = await inHubSpot.create([{ email, lastname: 'New' }]);
    await world.settle();
    expect(await inSalesforce.findByEmail('Lead', email, [])).toEqual([]);
    expect(await standingOf(hubspotId)).toMatchObject({
      state: 'skipped',
      code: 'NOT_IN_INCLUSION_LIST',
    });
  });

  it('is created in HubSpot all the same, once; then nothing more moves (native-connector §5.6)', async () => {
    const email = nextEmail();
    const [leadId = ''] = await inSalesforce.create('Lead', [
      { Email: email, LastName: 'New', Company: 'Acme', City: 'Berlin' },
    ]);
    await world.settle();
    expect(await inHubSpot.readByEmail(email, ['lastname'])).toMatchObject({ lastname: 'New' });
    await inSalesforce.update('Lead', [{ id: leadId, fields: { City: 'Oslo' } }]);
    await world.settle();
    expect(await inHubSpot.readByEmail(email, ['city'])).toMatchObject({ city: 'Berlin' });
  });
});

describe('Somebody in the list', () => {
  it('syncs both ways', async () => {
    const member = await aPairedPerson();
    await choose(aList([member.hubspotId]));
    await inHubSpot.update([{ id: member.hubspotId, properties: { city: 'Oslo' } }]);
    await world.settle();
    expect(await cities(member)).toEqual(['Oslo', 'Oslo']);
    await inSalesforce.update('Lead', [{ id: member.leadId, fields: { City: 'Rome' } }]);
    await world.settle();
    expect(await cities(member)).toEqual(['Rome', 'Rome']);
  });

  it('stops when they leave it, and goes on when they are back', async () => {
    const member = await aPairedPerson();
    const listId = aList([member.hubspotId]);
    await choose(listId);
    world.hubspot.portal.removeMembers(listId, [member.hubspotId]);
    await inHubSpot.update([{ id: member.hubspotId, properties: { city: 'Oslo' } }]);
    await world.settle();
    expect(await cities(member)).toEqual(['Oslo', 'Berlin']);
    world.hubspot.portal.addMembers(listId, [member.hubspotId]);
    await inHubSpot.update([{ id: member.hubspotId, properties: { firstname: 'Ada' } }]);
    await world.settle();
    expect(await cities(member)).toEqual(['Oslo', 'Oslo']);
  });

  it('syncs without another edit when the list takes a while to let them in (native-connector §5.8)', async () => {
    const person = await aPairedPerson();
    const listId = aList([]);
    await choose(listId);
    await inHubSpot.update([{ id: person.hubspotId, properties: { city: 'Oslo' } }]);
    await world.settle();
    world.hubspot.portal.addMembers(listId, [person.hubspotId]);
    await world.settle();
    minutesPassed += 2;
    await world.settle();
    expect(await cities(person)).toEqual(['Oslo', 'Oslo']);
  });
});

describe('A change that waits for the list', () => {
  it('goes within a day when its contact has entered the list meanwhile', async () => {
    const person = await aPairedPerson();
    const listId = aList([]);
    await choose(listId);
    await inHubSpot.update([{ id: person.hubspotId, properties: { city: 'Oslo' } }]);
    await world.settle();
    minutesPassed += 15;
    await world.settle();
    expect(await cities(person)).toEqual(['Oslo', 'Berlin']);
    world.hubspot.portal.addMembers(listId, [person.hubspotId]);
    minutesPassed += 24 * 60 + 1;
    await world.settle();
    // Our own session is over by then.
    inSalesforce = await salesforceUserIn(world);
    expect(await cities(person)).toEqual(['Oslo', 'Oslo']);
  });
});

describe('A list that was deleted', () => {
  it('stops everybody, members too, and says so', async () => {
    const member = await aPairedPerson();
    const listId = aList([member.hubspotId]);
    await choose(listId);
    await world.settle();
    world.hubspot.portal.deleteList(listId);
    world.refresh();
    await inHubSpot.update([{ id: member.hubspotId, properties: { city: 'Oslo' } }]);
    await world.settle();
    expect(await cities(member)).toEqual(['Oslo', 'Berlin']);
    const { code, sentence } = await standingOf(member.hubspotId);
    expect(code).toBe('INCLUSION_LIST_UNREADABLE');
    expect(sentence).toContain('nothing is sent for anybody');
  });
});
