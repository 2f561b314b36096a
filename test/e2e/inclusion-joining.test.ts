// Joining the inclusion list is a trigger of its own (native-connector §4.1.5, §5.4): nobody has to edit anything.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPairedPerson, citiesOf, configureInclusion, moveInHubSpot } from './support/inclusion.ts';
import { inSalesforce, standing } from './support/people.ts';
import { createWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

let sequence = 0;
const aList = (members: readonly string[]): string =>
  world.hubspot.portal.createList({
    name: `Joined ${(sequence += 1)}`,
    processingType: 'MANUAL',
    members,
  });
const strangers = (count: number) =>
  Array.from({ length: count }, () =>
    world.hubspot.portal.create({ email: `stranger${(sequence += 1)}@example.com`, city: 'Bonn' }),
  );
const emailOf = ({ properties }: ReturnType<typeof strangers>[number]): string =>
  properties.email ?? '';

describe('Joining the inclusion list', () => {
  it('creates the contact in Salesforce without another edit', async () => {
    const [early, late] = strangers(2);
    if (!early || !late) throw new Error('two were asked for');
    const listId = aList([early.id]);
    await configureInclusion(world, { listId });
    await world.settle();
    world.hubspot.portal.addMembers(listId, [late.id]);
    await world.settle();
    expect(inSalesforce(world, emailOf(late))).toHaveLength(1);
    expect(await standing(world, late.id)).toMatchObject({ state: 'inSync' });
  });

  it('sends what changed while the contact was outside', async () => {
    const person = await aPairedPerson(world);
    const listId = aList([]);
    await configureInclusion(world, { listId });
    moveInHubSpot(world, person, 'Oslo');
    await world.settle();
    expect(citiesOf(world, person)).toEqual({ hubspot: 'Oslo', salesforce: 'Berlin' });
    world.hubspot.portal.addMembers(listId, [person.contactId]);
    await world.settle();
    expect(citiesOf(world, person)).toEqual({ hubspot: 'Oslo', salesforce: 'Oslo' });
  });

  it('again, after leaving, is noticed again', async () => {
    const person = await aPairedPerson(world);
    const listId = aList([]);
    await configureInclusion(world, { listId });
    for (const city of ['Oslo', 'Rome']) {
      moveInHubSpot(world, person, city);
      await world.settle();
      world.hubspot.portal.addMembers(listId, [person.contactId]);
      await world.settle();
      expect(citiesOf(world, person)).toEqual({ hubspot: city, salesforce: city });
      world.hubspot.portal.removeMembers(listId, [person.contactId]);
      await world.settle();
    }
  });

  it('of the list of those who receive updates brings what Salesforce changed', async () => {
    const person = await aPairedPerson(world);
    const [everybody, receivers] = [aList([person.contactId]), aList([])];
    await configureInclusion(world, { listId: everybody, receivers: { listId: receivers } });
    world.salesforce.org.update('Lead', person.salesforceId, { City: 'Rome' });
    await world.settle();
    expect(citiesOf(world, person)).toEqual({ hubspot: 'Berlin', salesforce: 'Rome' });
    world.hubspot.portal.addMembers(receivers, [person.contactId]);
    await world.settle();
    expect(citiesOf(world, person)).toEqual({ hubspot: 'Rome', salesforce: 'Rome' });
  });

  it('in a crowd of more than one page leaves nobody out', async () => {
    const listId = aList([]);
    await configureInclusion(world, { listId });
    await world.settle();
    const crowd = strangers(600);
    world.hubspot.portal.addMembers(
      listId,
      crowd.map(({ id }) => id),
    );
    await world.settle();
    const known = new Set(world.salesforce.org.all('Lead').map(({ Email }) => Email));
    expect(crowd.filter((one) => !known.has(emailOf(one)))).toEqual([]);
  });
});

describe('Choosing a list', () => {
  it('syncs nobody who is in it already (native-connector §5.4), and costs one call a tick after that', async () => {
    await configureInclusion(world, { listId: aList([]) });
    const members = strangers(300);
    await world.settle();
    await configureInclusion(world, { listId: aList(members.map(({ id }) => id)) });
    await world.settle();
    expect(members.flatMap((one) => inSalesforce(world, emailOf(one)))).toEqual([]);
    world.resetCalls();
    await world.live.tick();
    expect(
      Object.entries(world.hubspot.calls.byEndpoint()).filter(([name]) =>
        name.includes('join-order'),
      ),
    ).toMatchObject([[expect.any(String), 1]]);
  });

  it('another and back again neither', async () => {
    const first = aList([]);
    await configureInclusion(world, { listId: first });
    await world.settle();
    await configureInclusion(world, { listId: aList([]) });
    await world.settle();
    const [meanwhile] = strangers(1);
    if (!meanwhile) throw new Error('one was asked for');
    await world.settle();
    world.hubspot.portal.addMembers(first, [meanwhile.id]);
    await world.settle();
    await configureInclusion(world, { listId: first });
    await world.settle();
    expect(inSalesforce(world, emailOf(meanwhile))).toEqual([]);
  });
});
