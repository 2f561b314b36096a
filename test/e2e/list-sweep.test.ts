// Those who wait because of a list are asked for every ten minutes: leaving is told by nothing, and a join may be missed.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  aList,
  aPairedPerson,
  citiesOf,
  configureInclusion,
  moveInHubSpot,
  moveInSalesforce,
  passingTime,
  standingOf,
} from './support/inclusion.ts';
import { inSalesforce } from './support/people.ts';
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

let sequence = 0;
const aStranger = () => {
  const email = `outsider${(sequence += 1)}@example.com`;
  return { email, id: world.hubspot.portal.create({ email, lastname: 'Out' }).id };
};
/** Long enough for every look that a change of the contact itself brings about. */
const becomeQuiet = async (): Promise<void> => {
  time.pass(11);
  await world.settle();
};
const membershipReads = (): number =>
  Object.entries(world.hubspot.calls.byEndpoint())
    .filter(([name]) => name.includes('memberships/batch'))
    .reduce((sum, [, calls]) => sum + calls, 0);

/** They are in the list, and the look for joiners went past them. */
async function joinUnseen(listId: string, ids: readonly string[]): Promise<void> {
  world.hubspot.portal.addMembers(listId, ids);
  const { hubspot, store } = world.pipeline.ports;
  const { members } = await hubspot.lists.joined(listId, null);
  const seen = members.map(({ id, joinedAt }) => `${id} ${joinedAt}`);
  await store.cursors.set('joined', { [listId]: { after: null, seen } });
}

describe('Leaving the exclusion list without another edit', () => {
  it('lets go what waited, in both directions', async () => {
    const [one, other] = [await aPairedPerson(world), await aPairedPerson(world)];
    const both = [one.contactId, other.contactId];
    const list = aList(world, both);
    await configureInclusion(world, { exclusionListId: list.id });
    moveInHubSpot(world, one, 'Oslo');
    moveInSalesforce(world, other, 'Rome');
    await becomeQuiet();
    expect(await standingOf(world, one.contactId)).toMatchObject({ code: 'IN_EXCLUSION_LIST' });
    world.hubspot.portal.removeMembers(list.id, both);
    await becomeQuiet();
    expect(citiesOf(world, one)).toEqual({ hubspot: 'Oslo', salesforce: 'Oslo' });
    expect(citiesOf(world, other)).toEqual({ hubspot: 'Rome', salesforce: 'Rome' });
    expect(await standingOf(world, one.contactId)).toEqual({ state: 'inSync' });
  });

  it('brings somebody Salesforce has never heard of', async () => {
    const { id, email } = aStranger();
    const list = aList(world, [id]);
    await configureInclusion(world, { exclusionListId: list.id });
    await becomeQuiet();
    expect(inSalesforce(world, email)).toEqual([]);
    world.hubspot.portal.removeMembers(list.id, [id]);
    await becomeQuiet();
    expect(inSalesforce(world, email)).toHaveLength(1);
  });
});

describe('A join that the look for joiners missed', () => {
  it('of the inclusion list is made up for', async () => {
    const [{ id, email }, other] = [aStranger(), aStranger()];
    const list = aList(world, []);
    await configureInclusion(world, { listId: list.id });
    await becomeQuiet();
    await joinUnseen(list.id, [id]);
    await world.settle();
    expect(inSalesforce(world, email)).toEqual([]);
    await becomeQuiet();
    expect(inSalesforce(world, email)).toHaveLength(1);
    expect(inSalesforce(world, other.email)).toEqual([]);
  });

  it('of the receivers too', async () => {
    const person = await aPairedPerson(world);
    const list = aList(world, []);
    await configureInclusion(world, { receivers: { listId: list.id } });
    moveInSalesforce(world, person, 'Rome');
    await becomeQuiet();
    expect(await standingOf(world, person.contactId)).toMatchObject({ code: 'NOT_A_RECEIVER' });
    await joinUnseen(list.id, [person.contactId]);
    await becomeQuiet();
    expect(citiesOf(world, person)).toEqual({ hubspot: 'Rome', salesforce: 'Rome' });
  });
});

describe('Those who wait', () => {
  it('because of a list that is not chosen any more are left alone: choosing is no trigger', async () => {
    const { id, email } = aStranger();
    await configureInclusion(world, { exclusionListId: aList(world, [id]).id });
    await becomeQuiet();
    await configureInclusion(world, { exclusionListId: aList(world, []).id });
    await becomeQuiet();
    expect(inSalesforce(world, email)).toEqual([]);
  });

  it('are asked for every ten minutes, a hundred a call, and nobody is asked for where none waits', async () => {
    const ids = Array.from({ length: 150 }, () => aStranger().id);
    const list = aList(world, ids);
    await configureInclusion(world, { exclusionListId: list.id });
    await becomeQuiet();
    time.pass(11);
    world.resetCalls();
    await world.live.look('joined');
    expect(membershipReads()).toBe(2);
    time.pass(9);
    await world.live.look('joined');
    expect(membershipReads()).toBe(2);
    await configureInclusion(world, { exclusionListId: aList(world, []).id });
    time.pass(11);
    world.resetCalls();
    await world.live.look('joined');
    expect(membershipReads()).toBe(0);
  });
});
