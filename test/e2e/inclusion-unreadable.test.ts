// A list that cannot be read stops everything, loudly: it is never taken for “no list, so everybody”. Whatever
// the list was for, and however it went away; and everything goes on once it can be read again. What HubSpot’s
// lists API can answer instead is in `lists-api-failures.test.ts`.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  aList,
  aPairedPerson,
  citiesOf,
  configureInclusion,
  moveInHubSpot,
  NOTHING,
  passingTime,
  settleAndCount,
  standingOf,
} from './support/inclusion.ts';
import { inSalesforce, type Person } from './support/people.ts';
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

interface Use {
  readonly as: string;
  readonly chosen: (listId: string, everybody: string) => object;
  /** Whether the person has to be a member to sync. */
  readonly admits: boolean;
}

const USES: readonly Use[] = [
  { as: 'inclusion list', chosen: (listId) => ({ listId }), admits: true },
  { as: 'list of receivers', chosen: (listId) => ({ receivers: { listId } }), admits: true },
  {
    as: 'exclusion list',
    chosen: (exclusionListId, listId) => ({ exclusionListId, listId }),
    admits: false,
  },
];

/** A person who syncs, and the list that decides it. */
async function aChosenList({ chosen, admits }: Use): Promise<{ person: Person; listId: string }> {
  const person = await aPairedPerson(world);
  const everybody = aList(world, [person.contactId]);
  const list = aList(world, admits ? [person.contactId] : []);
  await configureInclusion(world, chosen(list.id, everybody.id));
  moveInHubSpot(world, person, 'Paris');
  await world.settle();
  expect(citiesOf(world, person)).toEqual({ hubspot: 'Paris', salesforce: 'Paris' });
  return { person, listId: list.id };
}

const WAYS = [
  {
    goes: 'was deleted',
    away: (id: string) => world.hubspot.portal.deleteList(id),
    back: (id: string) => world.hubspot.portal.restoreList(id),
  },
  {
    goes: 'is kept from Tandem (403)',
    away: (id: string) => world.hubspot.portal.hideList(id),
    back: (id: string) => world.hubspot.portal.hideList(id, false),
  },
];

// Before any time has passed here: the database, which says when settings were saved, keeps its own clock.
describe('A new HubSpot contact', () => {
  // Nobody looks at it again once its own looks are over, ten minutes after its last change.
  it('becomes one however long the list could not be read', async () => {
    const email = 'hours-later@example.com';
    const { id } = world.hubspot.portal.create({ email, lastname: 'Later' });
    const list = aList(world, [id]);
    await configureInclusion(world, { listId: list.id }, { creation: { inSalesforce: 'nothing' } });
    await world.settle();
    world.hubspot.portal.hideList(list.id);
    await configureInclusion(world, { listId: list.id });
    world.hubspot.portal.update(id, { city: 'Oslo' });
    for (const minutes of [0, 2, 15, 60]) {
      time.pass(minutes);
      await world.settle();
    }
    expect(await standingOf(world, id)).toMatchObject({ code: 'INCLUSION_LIST_UNREADABLE' });
    world.hubspot.portal.hideList(list.id, false);
    time.pass(15);
    await world.settle();
    expect(inSalesforce(world, email)).toMatchObject([{ City: 'Oslo' }]);
  });

  it('becomes no lead while the list cannot be read, and one afterwards', async () => {
    const list = aList(world);
    await configureInclusion(world, { listId: list.id });
    world.hubspot.portal.deleteList(list.id);
    const email = 'meanwhile@example.com';
    const { id } = world.hubspot.portal.create({ email, lastname: 'Meanwhile' });
    expect(await settleAndCount(world)).toEqual(NOTHING);
    expect(inSalesforce(world, email)).toEqual([]);
    expect(await standingOf(world, id)).toMatchObject({ code: 'INCLUSION_LIST_UNREADABLE' });
    world.hubspot.portal.restoreList(list.id);
    world.hubspot.portal.addMembers(list.id, [id]);
    time.pass(15);
    await world.settle();
    expect(inSalesforce(world, email)).toHaveLength(1);
  });
});

const CASES = USES.flatMap((use) => WAYS.map((way) => ({ ...use, ...way, use })));

describe.each(CASES)('The $as, when it $goes,', ({ use, away, back }) => {
  it('stops everybody both ways with its reason, and lets everything go on when it is back', async () => {
    const { person, listId } = await aChosenList(use);
    away(listId);
    time.pass(2);
    moveInHubSpot(world, person, 'Oslo');
    expect(await settleAndCount(world)).toEqual(NOTHING);
    world.salesforce.org.update('Lead', person.salesforceId, { Title: 'Chief' });
    expect(await settleAndCount(world)).toEqual(NOTHING);
    expect(citiesOf(world, person)).toEqual({ hubspot: 'Oslo', salesforce: 'Paris' });
    const { code, sentence } = await standingOf(world, person.contactId);
    expect(code).toBe('INCLUSION_LIST_UNREADABLE');
    expect(sentence).toBe(
      `The HubSpot list ${listId}, which decides who syncs, cannot be read, so nothing is sent for anybody.`,
    );
    back(listId);
    time.pass(15);
    await world.settle();
    expect(citiesOf(world, person)).toEqual({ hubspot: 'Oslo', salesforce: 'Oslo' });
    expect(await standingOf(world, person.contactId)).toEqual({ state: 'inSync' });
  });
});

describe('Somebody in an exclusion list', () => {
  it.each(WAYS)('is not let go in the minute in which the list $goes', async ({ away }) => {
    const person = await aPairedPerson(world);
    const { id } = aList(world, [person.contactId]);
    await configureInclusion(world, { exclusionListId: id });
    await world.settle();
    away(id);
    moveInHubSpot(world, person, 'Oslo');
    expect(await settleAndCount(world)).toEqual(NOTHING);
    expect(await standingOf(world, person.contactId)).toMatchObject({
      code: 'INCLUSION_LIST_UNREADABLE',
    });
  });
});

describe('A new Salesforce record', () => {
  // Lists are asked about contacts only, and this one has none yet.
  it('becomes no HubSpot contact while the list cannot be read: nothing is sent for anybody', async () => {
    const list = aList(world);
    await configureInclusion(world, { listId: list.id });
    world.hubspot.portal.deleteList(list.id);
    world.salesforce.org.insert('Lead', {
      LastName: 'New',
      Company: 'Acme',
      Email: 'unasked@example.com',
    });
    expect(await settleAndCount(world)).toEqual(NOTHING);
    expect(world.hubspot.portal.byEmail('unasked@example.com')).toBeUndefined();
  });
});
