// The condition on the Salesforce side for what may enter HubSpot: what the native connector leaves to profiles
// and sharing rules (native-connector §5.12). It closes one direction only; what HubSpot sends goes on.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  aList,
  aPairedPerson,
  citiesOf,
  configureInclusion,
  idsOf,
  moveInHubSpot,
  moveInSalesforce,
  NOTHING,
  settleAndCount,
  standingOf,
} from './support/inclusion.ts';
import { linkOf, linkOfRecord, properties, type Person } from './support/people.ts';
import { explain } from '../../src/engine/reasons.ts';
import { createWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterEach(() => world.configure({}));
afterAll(() => world.close());

const HOT = { clauses: [{ field: 'Rating', comparison: 'is', values: ['Hot'] }] };
const onlyHotLeads = (inclusion: object = {}): Promise<unknown> =>
  configureInclusion(world, { ...inclusion, salesforceConditions: { Lead: HOT } });

let sequence = 0;
const insert = (object: 'Lead' | 'Contact', fields: Record<string, string> = {}) => {
  const email = `conditional${(sequence += 1)}@example.com`;
  const id = world.salesforce.org.insert(object, {
    LastName: 'New',
    ...(object === 'Lead' ? { Company: 'Acme' } : {}),
    Email: email,
    ...fields,
  });
  return { id, email, contact: () => world.hubspot.portal.byEmail(email) };
};

const recordStanding = async (salesforceId: string) => {
  const link = await linkOfRecord(world, salesforceId);
  const sentence = link?.reason ? explain(link.reason).sentence : null;
  return { state: link?.state, code: link?.reason?.code, sentence };
};

const NOT_MET = {
  code: 'SALESFORCE_CONDITION_NOT_MET',
  sentence: 'The Salesforce lead does not meet the condition for what may enter HubSpot.',
};

describe('A new Salesforce record', () => {
  beforeEach(() => onlyHotLeads());

  it('that meets the condition becomes a HubSpot contact', async () => {
    const lead = insert('Lead', { Rating: 'Hot' });
    await world.settle();
    expect(lead.contact()?.properties).toMatchObject({ lastname: 'New' });
  });

  it.each([
    ['has another value', { Rating: 'Cold' }],
    ['has none', {}],
  ])('that %s becomes none, and says why', async (_, fields) => {
    const lead = insert('Lead', fields);
    expect(await settleAndCount(world)).toEqual(NOTHING);
    expect(lead.contact()).toBeUndefined();
    expect(await recordStanding(lead.id)).toEqual({ state: 'skipped', ...NOT_MET });
  });

  it('of the other object has its own condition, or none', async () => {
    const contact = insert('Contact');
    await world.settle();
    expect(contact.contact()?.properties).toMatchObject({ lastname: 'New' });
  });

  it('comes in by its own change as soon as it meets the condition', async () => {
    const lead = insert('Lead', { Rating: 'Cold', City: 'Bonn' });
    await world.settle();
    world.salesforce.org.update('Lead', lead.id, { Rating: 'Hot' });
    await world.settle();
    expect(lead.contact()?.properties).toMatchObject({ lastname: 'New', city: 'Bonn' });
    expect(await recordStanding(lead.id)).toMatchObject({ state: 'inSync' });
  });

  it('can ask for any of several things', async () => {
    const clauses = [
      ...HOT.clauses,
      { field: 'City', comparison: 'startsWith', values: ['New', 'Old'] },
    ];
    await configureInclusion(world, { salesforceConditions: { Lead: { match: 'any', clauses } } });
    const [york, oldham, rome] = ['new york', 'Oldham', 'Rome'].map((City) =>
      insert('Lead', { City, Rating: 'Cold' }),
    );
    await world.settle();
    expect([york, oldham, rome].map((lead) => lead?.contact() !== undefined)).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('A new Salesforce record whose person HubSpot has', () => {
  it('is paired, gets what HubSpot has, and sends nothing', async () => {
    await onlyHotLeads();
    const contact = world.hubspot.portal.create({ email: 'known@example.com', phone: '+49 1' });
    await configureInclusion(
      world,
      { salesforceConditions: { Lead: HOT } },
      { creation: { inSalesforce: 'nothing' } },
    );
    await world.settle();
    const id = world.salesforce.org.insert('Lead', {
      LastName: 'Known',
      Company: 'Acme',
      Email: 'known@example.com',
      City: 'Bonn',
    });
    expect((await settleAndCount(world)).hubspot).toBe(0);
    expect(world.salesforce.org.get('Lead', id)).toMatchObject({ Phone: '+49 1' });
    expect(properties(world, contact.id)).not.toHaveProperty('city');
    expect(await linkOf(world, contact.id)).toMatchObject({ salesforceId: id });
    expect(await standingOf(world, contact.id)).toEqual({ state: 'waiting', ...NOT_MET });
  });
});

describe('A pair whose Salesforce record does not meet the condition (any more)', () => {
  let person: Person;
  beforeEach(async () => {
    person = await aPairedPerson(world);
    await onlyHotLeads();
  });

  it('sends nothing to HubSpot, and says so', async () => {
    moveInSalesforce(world, person, 'Rome');
    expect(await settleAndCount(world)).toEqual(NOTHING);
    expect(citiesOf(world, person)).toEqual({ hubspot: 'Berlin', salesforce: 'Rome' });
    expect(await standingOf(world, person.contactId)).toEqual({ state: 'waiting', ...NOT_MET });
  });

  it('goes on taking what HubSpot sends', async () => {
    moveInHubSpot(world, person, 'Oslo');
    expect((await settleAndCount(world)).hubspot).toBe(0);
    expect(citiesOf(world, person)).toEqual({ hubspot: 'Oslo', salesforce: 'Oslo' });
    expect(await standingOf(world, person.contactId)).toEqual({ state: 'inSync' });
  });

  it('does not set an edit in HubSpot back, as its rule otherwise would', async () => {
    await world.settle();
    world.hubspot.portal.update(person.contactId, { lastname: 'Edited' });
    expect(await settleAndCount(world)).toEqual(NOTHING);
    expect(properties(world, person.contactId).lastname).toBe('Edited');
  });

  it('keeps its ids, and goes on with what changed as soon as it meets it', async () => {
    const before = await idsOf(world, person);
    moveInSalesforce(world, person, 'Rome');
    await world.settle();
    expect(await idsOf(world, person)).toEqual(before);
    world.salesforce.org.update('Lead', person.salesforceId, { Rating: 'Hot' });
    await world.settle();
    expect(citiesOf(world, person)).toEqual({ hubspot: 'Rome', salesforce: 'Rome' });
    expect(await standingOf(world, person.contactId)).toEqual({ state: 'inSync' });
  });

  it('names the list first where a list closes both directions', async () => {
    await onlyHotLeads({ listId: aList(world).id });
    moveInSalesforce(world, person, 'Rome');
    expect(await settleAndCount(world)).toEqual(NOTHING);
    expect(await standingOf(world, person.contactId)).toMatchObject({
      code: 'NOT_IN_INCLUSION_LIST',
    });
  });
});
