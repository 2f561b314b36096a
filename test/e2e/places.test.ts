// States and countries in an org that keeps them as picklists: names in HubSpot, codes in Salesforce, and a
// state only beside its country (native-connector §3.3).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explain } from '../../src/engine/reasons.ts';
import { aPerson, inSalesforce, linkOf, properties } from './support/people.ts';
import { createWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ stateAndCountryPicklists: true });
  await world.configure({
    mappings: { defaultRules: { state: 'twoWay', country: 'twoWay', jobtitle: 'twoWay' } },
  });
});
afterAll(() => world.close());

async function whyNot(contactId: string, property: string): Promise<unknown> {
  const why = (await linkOf(world, contactId))?.fieldReasons[property];
  return why && [why.code, explain(why).sentence];
}

const placeOf = (salesforceId: string): readonly unknown[] => {
  const lead = world.salesforce.org.get('Lead', salesforceId);
  return [lead?.CountryCode ?? null, lead?.StateCode ?? null];
};

describe('A place that somebody writes in HubSpot', () => {
  it.each([
    ['Germany', null, ['DE', null]],
    ['Deutschland', null, ['DE', null]],
    ['USA', 'California', ['US', 'CA']],
    ['United States', 'ca', ['US', 'CA']],
    ['us', 'Texas', ['US', 'TX']],
  ] as const)(
    'as %s, %s becomes codes and is left as it was written',
    async (country, state, codes) => {
      const { contactId, salesforceId } = await aPerson(world);
      world.hubspot.portal.update(contactId, { country, ...(state === null ? {} : { state }) });
      await world.settle();
      expect(placeOf(salesforceId)).toEqual(codes);
      expect(properties(world, contactId).country).toBe(country);
      world.resetCalls();
      await world.settle();
      expect(placeOf(salesforceId)).toEqual(codes);
    },
  );

  it('goes along with a new lead', async () => {
    world.hubspot.portal.create({
      email: 'texan@example.com',
      lastname: 'Houston',
      country: 'United States',
      state: 'Texas',
    });
    await world.settle();
    expect(inSalesforce(world, 'texan@example.com')).toMatchObject([
      { CountryCode: 'US', StateCode: 'TX' },
    ]);
  });

  it('of a country that the org does not know is left out by name, and the rest goes', async () => {
    const { contactId, salesforceId } = await aPerson(world);
    world.hubspot.portal.update(contactId, { country: 'Atlantis', jobtitle: 'Queen' });
    await world.settle();
    expect(placeOf(salesforceId)).toEqual([null, null]);
    expect(world.salesforce.org.get('Lead', salesforceId)).toMatchObject({ Title: 'Queen' });
    expect(await whyNot(contactId, 'country')).toEqual([
      expect.any(String),
      expect.stringContaining('Atlantis'),
    ]);
  });

  it('as a state without a country waits for the country', async () => {
    const { contactId, salesforceId } = await aPerson(world);
    world.hubspot.portal.update(contactId, { state: 'California', jobtitle: 'Surfer' });
    await world.settle();
    expect(placeOf(salesforceId)).toEqual([null, null]);
    expect(world.salesforce.org.get('Lead', salesforceId)).toMatchObject({ Title: 'Surfer' });
    expect(await whyNot(contactId, 'state')).toEqual([
      'STATE_NEEDS_COUNTRY',
      expect.stringContaining('country'),
    ]);
    world.hubspot.portal.update(contactId, { country: 'United States' });
    await world.settle();
    expect(placeOf(salesforceId)).toEqual(['US', 'CA']);
    expect(await whyNot(contactId, 'state')).toBeUndefined();
  });
});

describe('A place that somebody picks in Salesforce', () => {
  it('comes as its name', async () => {
    const { contactId, salesforceId } = await aPerson(world);
    world.salesforce.org.update('Lead', salesforceId, { CountryCode: 'US', StateCode: 'NY' });
    await world.settle();
    expect(properties(world, contactId)).toMatchObject({
      country: 'United States',
      state: 'New York',
    });
    world.salesforce.org.update('Lead', salesforceId, { StateCode: null });
    await world.settle();
    expect(properties(world, contactId).state || null).toBeNull();
    expect(properties(world, contactId).country).toBe('United States');
  });
});
