// Lists beside the inclusion list: who never syncs, and who only sends or only receives. A list wins over
// another in one order only: exclusion, then inclusion for what goes to Salesforce and receivers for what comes.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  aList,
  aPairedPerson,
  citiesOf,
  configureInclusion,
  moveInHubSpot,
  moveInSalesforce,
  NOTHING,
  settleAndCount,
  standingOf,
} from './support/inclusion.ts';
import { inSalesforce, type Person } from './support/people.ts';
import { createWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterEach(() => world.configure({}));
afterAll(() => world.close());

describe('The exclusion list', () => {
  let person: Person;
  const exclude = async (more: object = {}): Promise<ReturnType<typeof aList>> => {
    person = await aPairedPerson(world);
    const list = aList(world, [person.contactId]);
    await configureInclusion(world, { exclusionListId: list.id, ...more });
    return list;
  };

  it('keeps an edit in HubSpot from Salesforce, and says which list', async () => {
    const { name } = await exclude();
    moveInHubSpot(world, person, 'Oslo');
    expect(await settleAndCount(world)).toEqual(NOTHING);
    expect(citiesOf(world, person)).toEqual({ hubspot: 'Oslo', salesforce: 'Berlin' });
    expect(await standingOf(world, person.contactId)).toEqual({
      state: 'waiting',
      code: 'IN_EXCLUSION_LIST',
      sentence: `This contact is in the exclusion list “${name}”, so nothing moves in either direction.`,
    });
  });

  it('keeps an edit in Salesforce from HubSpot', async () => {
    await exclude();
    moveInSalesforce(world, person, 'Oslo');
    expect(await settleAndCount(world)).toEqual(NOTHING);
    expect(citiesOf(world, person)).toEqual({ hubspot: 'Berlin', salesforce: 'Oslo' });
    expect(await standingOf(world, person.contactId)).toMatchObject({ code: 'IN_EXCLUSION_LIST' });
  });

  it.each([
    ['the inclusion list', () => ({ listId: aList(world, [person.contactId]).id })],
    ['the receivers', () => ({ receivers: { listId: aList(world, [person.contactId]).id } })],
    ['everybody as receiver', () => ({ receivers: 'everybody' })],
  ])('wins over %s, in both directions', async (_, chosen) => {
    const { id } = await exclude();
    await configureInclusion(world, { exclusionListId: id, ...chosen() });
    moveInHubSpot(world, person, 'Oslo');
    expect(await settleAndCount(world)).toEqual(NOTHING);
    moveInSalesforce(world, person, 'Rome');
    expect(await settleAndCount(world)).toEqual(NOTHING);
    expect(citiesOf(world, person)).toEqual({ hubspot: 'Oslo', salesforce: 'Rome' });
    expect(await standingOf(world, person.contactId)).toMatchObject({ code: 'IN_EXCLUSION_LIST' });
  });

  it('lets everybody else sync', async () => {
    await exclude();
    const other = await aPairedPerson(world);
    await configureInclusion(world, { exclusionListId: aList(world, [person.contactId]).id });
    moveInHubSpot(world, other, 'Oslo');
    await world.settle();
    expect(citiesOf(world, other)).toEqual({ hubspot: 'Oslo', salesforce: 'Oslo' });
  });

  it('keeps a new HubSpot contact from becoming a lead', async () => {
    const email = 'kept-out@example.com';
    const { id } = world.hubspot.portal.create({ email, lastname: 'Out' });
    const list = aList(world, [id]);
    await configureInclusion(world, { exclusionListId: list.id });
    expect(await settleAndCount(world)).toEqual(NOTHING);
    expect(inSalesforce(world, email)).toEqual([]);
    expect(await standingOf(world, id)).toMatchObject({
      state: 'skipped',
      code: 'IN_EXCLUSION_LIST',
    });
  });

  it('lets go who leaves it: what waited goes along', async () => {
    const { id } = await exclude();
    moveInHubSpot(world, person, 'Oslo');
    await world.settle();
    world.hubspot.portal.removeMembers(id, [person.contactId]);
    world.hubspot.portal.update(person.contactId, { firstname: 'Ada' });
    await world.settle();
    expect(citiesOf(world, person)).toEqual({ hubspot: 'Oslo', salesforce: 'Oslo' });
    expect(await standingOf(world, person.contactId)).toEqual({ state: 'inSync' });
  });
});

describe('Receivers of their own: who receives updates from Salesforce need not be who sends', () => {
  const nobody = 'nothing moves in either direction';
  const sends = 'receive updates from Salesforce';
  const receives = 'updates from Salesforce still arrive';
  it.each([
    { included: true, receiving: true, toSalesforce: true, toHubSpot: true },
    {
      included: true,
      receiving: false,
      toSalesforce: true,
      toHubSpot: false,
      code: 'NOT_A_RECEIVER',
      says: sends,
    },
    {
      included: false,
      receiving: true,
      toSalesforce: false,
      toHubSpot: true,
      code: 'NOT_A_SENDER',
      says: receives,
    },
    {
      included: false,
      receiving: false,
      toSalesforce: false,
      toHubSpot: false,
      code: 'NOT_IN_INCLUSION_LIST',
      says: nobody,
    },
  ])(
    'in the inclusion list: $included, among the receivers: $receiving',
    async ({ included, receiving, toSalesforce, toHubSpot, code, says }) => {
      const [one, other] = [await aPairedPerson(world), await aPairedPerson(world)];
      const both = [one.contactId, other.contactId];
      await configureInclusion(world, {
        listId: aList(world, included ? both : []).id,
        receivers: { listId: aList(world, receiving ? both : []).id },
      });
      moveInHubSpot(world, one, 'Oslo');
      moveInSalesforce(world, other, 'Rome');
      const writes = await settleAndCount(world);
      expect(citiesOf(world, one)).toEqual({
        hubspot: 'Oslo',
        salesforce: toSalesforce ? 'Oslo' : 'Berlin',
      });
      expect(citiesOf(world, other)).toEqual({
        hubspot: toHubSpot ? 'Rome' : 'Berlin',
        salesforce: 'Rome',
      });
      if (!toSalesforce) expect(writes.salesforce).toBe(0);
      if (!toHubSpot) expect(writes.hubspot).toBe(0);
      if (code === undefined) return;
      const held = toSalesforce ? other : one;
      const standing = await standingOf(world, held.contactId);
      expect(standing).toMatchObject({ state: 'waiting', code });
      expect(standing.sentence).toContain(says);
    },
  );

  it('can be everybody: whoever is outside the list still hears from Salesforce', async () => {
    const person = await aPairedPerson(world);
    const { id, name } = aList(world);
    await configureInclusion(world, { listId: id, receivers: 'everybody' });
    moveInSalesforce(world, person, 'Rome');
    await world.settle();
    expect(citiesOf(world, person)).toEqual({ hubspot: 'Rome', salesforce: 'Rome' });
    expect(await standingOf(world, person.contactId)).toEqual({ state: 'inSync' });
    moveInHubSpot(world, person, 'Oslo');
    expect(await settleAndCount(world)).toEqual(NOTHING);
    expect(await standingOf(world, person.contactId)).toEqual({
      state: 'waiting',
      code: 'NOT_A_SENDER',
      sentence: `This contact is not in the inclusion list “${name}”, whose members send to Salesforce; updates from Salesforce still arrive.`,
    });
  });

  it('can be a list where nobody is asked to be in an inclusion list', async () => {
    const person = await aPairedPerson(world);
    await configureInclusion(world, { receivers: { listId: aList(world).id } });
    moveInHubSpot(world, person, 'Oslo');
    await world.settle();
    expect(citiesOf(world, person)).toEqual({ hubspot: 'Oslo', salesforce: 'Oslo' });
    moveInSalesforce(world, person, 'Rome');
    expect(await settleAndCount(world)).toEqual(NOTHING);
    expect(await standingOf(world, person.contactId)).toMatchObject({ code: 'NOT_A_RECEIVER' });
  });
});
