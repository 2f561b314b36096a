// What HubSpot’s lists API can answer instead of a list: a refusal is a list that cannot be read and stops
// everybody; an outage fails the whole look, which the next one makes up for. Neither ever means “no list”.
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import {
  aList,
  aPairedPerson,
  citiesOf,
  configureInclusion,
  moveInHubSpot,
  moveInSalesforce,
  NOTHING,
  passingTime,
  settleAndCount,
  standingOf,
  writesIn,
} from './support/inclusion.ts';
import type { Person } from './support/people.ts';
import { createWorld, type World } from './support/world.ts';

let world: World;
let time: ReturnType<typeof passingTime>;
beforeAll(async () => {
  time = passingTime();
  world = await createWorld();
});
afterEach(async () => {
  world.hubspot.faults.clear();
  await world.configure({});
});
afterAll(async () => {
  await world.close();
  vi.restoreAllMocks();
});

/** A member of the chosen inclusion list, who was synced while it could be read. */
async function aMember(): Promise<{ person: Person; listId: string }> {
  const person = await aPairedPerson(world);
  const { id } = aList(world, [person.contactId]);
  await configureInclusion(world, { listId: id });
  moveInHubSpot(world, person, 'Paris');
  await world.settle();
  expect(citiesOf(world, person)).toEqual({ hubspot: 'Paris', salesforce: 'Paris' });
  return { person, listId: id };
}

const LIST = /GET \/crm\/lists\/\{listId\}$/;
const MEMBERS = /POST \/crm\/lists\/records\/memberships\/batch\/read/;

it.each([403, 404])('answering %i for the list stops everybody with its reason', async (status) => {
  const { person, listId } = await aMember();
  time.pass(2);
  world.hubspot.faults.plan(LIST, { kind: 'status', status }, 3);
  moveInSalesforce(world, person, 'Rome');
  expect(await settleAndCount(world)).toEqual(NOTHING);
  expect(await standingOf(world, person.contactId)).toMatchObject({
    code: 'INCLUSION_LIST_UNREADABLE',
    sentence: expect.stringContaining(`list ${listId}`) as string,
  });
});

it.each([
  ['500 for the list', LIST, 500],
  ['500 for who is in it', MEMBERS, 500],
  ['403 for who is in it', MEMBERS, 403],
])('answering %s fails the whole look, and the next one catches up', async (_, calls, status) => {
  const { person } = await aMember();
  time.pass(2);
  world.hubspot.faults.plan(calls, { kind: 'status', status }, 5);
  moveInHubSpot(world, person, 'Oslo');
  world.resetCalls();
  await expect(world.live.tick()).rejects.toThrow();
  expect(writesIn(world)).toEqual(NOTHING);
  expect(citiesOf(world, person)).toEqual({ hubspot: 'Oslo', salesforce: 'Paris' });
  world.hubspot.faults.clear();
  await world.settle();
  expect(citiesOf(world, person)).toEqual({ hubspot: 'Oslo', salesforce: 'Oslo' });
});
