// What an org's own rules do to a sync: validation rules, duplicate rules, triggers, field-level security, an
// object out of reach (native-connector §10.2).
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { explain } from '../../src/engine/reasons.ts';
import { aPerson, inSalesforce, linkOf, properties } from './support/people.ts';
import { createWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

let takeBack: (() => void)[] = [];
afterEach(() => {
  for (const undo of takeBack) undo();
  takeBack = [];
});

/** Another look at everybody writes nothing. */
async function isQuiet(): Promise<void> {
  world.resetCalls();
  await world.settle();
  const endpoints = Object.keys({
    ...world.hubspot.calls.byEndpoint(),
    ...world.salesforce.calls.byEndpoint(),
  });
  expect(
    endpoints.filter((one) => /batch\/(update|create)|PATCH|POST .*sobjects$/.test(one)),
  ).toEqual([]);
}

async function recordReason(contactId: string): Promise<unknown> {
  const link = await linkOf(world, contactId);
  const why = link?.reason ?? null;
  return why && { state: link?.state, code: why.code, ...explain(why) };
}

async function fieldReason(contactId: string, property: string): Promise<unknown> {
  const why = (await linkOf(world, contactId))?.fieldReasons[property];
  return why && { code: why.code, ...explain(why) };
}

const leadOf = (salesforceId: string) => world.salesforce.org.get('Lead', salesforceId);

describe('A validation rule', () => {
  it('about a field keeps that field back with its message, and the rest goes', async () => {
    const { contactId, salesforceId } = await aPerson(world, { City: 'Bonn' });
    takeBack.push(
      world.salesforce.org.addValidationRule('Lead', {
        name: 'No_Atlantis',
        message: 'We do not sell to Atlantis.',
        field: 'City',
        fails: ({ City }) => City === 'Atlantis',
      }),
    );
    await world.configure({ mappings: { defaultRules: { city: 'twoWay', jobtitle: 'twoWay' } } });
    world.hubspot.portal.update(contactId, { city: 'Atlantis', jobtitle: 'Chief' });
    await world.settle();
    expect(leadOf(salesforceId)).toMatchObject({ City: 'Bonn', Title: 'Chief' });
    expect(await fieldReason(contactId, 'city')).toMatchObject({
      code: 'SALESFORCE_VALIDATION_RULE',
      category: 'customSalesforceCode',
      sentence: expect.stringContaining('We do not sell to Atlantis.') as string,
    });
    await isQuiet();
    world.hubspot.portal.update(contactId, { city: 'Ulm' });
    await world.settle();
    expect(leadOf(salesforceId)).toMatchObject({ City: 'Ulm' });
    expect(await fieldReason(contactId, 'city')).toBeUndefined();
  });

  it('about the whole record is the record’s reason, and a retry after the fix succeeds', async () => {
    const { contactId, salesforceId } = await aPerson(world);
    await world.configure({ mappings: { defaultRules: { jobtitle: 'twoWay' } } });
    const undo = world.salesforce.org.addValidationRule('Lead', {
      name: 'Frozen',
      message: 'Leads are frozen until the audit is over.',
      fails: () => true,
    });
    world.hubspot.portal.update(contactId, { jobtitle: 'Chief' });
    await world.settle();
    expect(await recordReason(contactId)).toMatchObject({
      state: 'problem',
      code: 'SALESFORCE_VALIDATION_RULE',
      sentence: expect.stringContaining('Leads are frozen until the audit is over.') as string,
    });
    undo();
    world.hubspot.portal.update(contactId, { jobtitle: 'Chief of Staff' });
    await world.settle();
    expect(leadOf(salesforceId)).toMatchObject({ Title: 'Chief of Staff' });
    expect(await recordReason(contactId)).toBeNull();
  });
});

describe('A duplicate rule', () => {
  it('that blocks is the reason, with the record it found', async () => {
    const twin = world.salesforce.org.insert('Lead', {
      LastName: 'Twin',
      Company: 'Acme',
      Phone: '555-0100',
    });
    takeBack.push(
      world.salesforce.org.addDuplicateRule('Lead', {
        action: 'block',
        matches: (row, other) => row.Phone === '555-0100' && other.Phone === '555-0100',
      }),
    );
    const { id } = world.hubspot.portal.create({
      email: 'twin@example.com',
      lastname: 'Twin',
      phone: '555-0100',
    });
    await world.settle();
    expect(inSalesforce(world, 'twin@example.com')).toEqual([]);
    expect(await recordReason(id)).toMatchObject({
      state: 'problem',
      code: 'SALESFORCE_DUPLICATE_OF',
      category: 'deduplication',
      sentence: expect.stringContaining(twin) as string,
    });
    await isQuiet();
  });
});

describe('A trigger that rewrites what is saved', () => {
  it('is believed: HubSpot ends with what Salesforce made of it, and nobody writes again', async () => {
    const { contactId, salesforceId } = await aPerson(world);
    await world.configure({ mappings: { defaultRules: { city: 'twoWay' } } });
    takeBack.push(
      world.salesforce.org.addTrigger('Lead', ({ City }) =>
        typeof City === 'string' ? { City: City.toUpperCase() } : {},
      ),
    );
    world.hubspot.portal.update(contactId, { city: 'Bonn' });
    await world.settle();
    expect(leadOf(salesforceId)).toMatchObject({ City: 'BONN' });
    expect(properties(world, contactId).city).toBe('BONN');
    await isQuiet();
  });

  it('on creation too', async () => {
    takeBack.push(
      world.salesforce.org.addTrigger('Lead', ({ LastName }) => ({
        LastName: `${String(LastName)} Esq.`.replace('Esq. Esq.', 'Esq.'),
      })),
    );
    const { id } = world.hubspot.portal.create({ email: 'esq@example.com', lastname: 'Byron' });
    await world.settle();
    expect(properties(world, id).lastname).toBe('Byron Esq.');
    await isQuiet();
  });

  it('and fails is the record’s reason, with its message', async () => {
    takeBack.push(
      world.salesforce.org.addTrigger('Lead', () => {
        throw new Error('Divide by 0');
      }),
    );
    const { id } = world.hubspot.portal.create({
      email: 'unlucky@example.com',
      lastname: 'Unlucky',
    });
    await world.settle();
    expect(await recordReason(id)).toMatchObject({
      state: 'problem',
      category: 'customSalesforceCode',
      sentence: expect.stringContaining('Divide by 0') as string,
    });
  });
});

describe('A field that the integration user may not see', () => {
  it('is no value and clears nothing; the rest goes, and it comes back by itself', async () => {
    const { contactId, salesforceId } = await aPerson(world, { City: 'Bonn', Title: 'Chief' });
    world.salesforce.org.hideField('Lead', 'City');
    world.pipeline.workspaces.refresh();
    takeBack.push(() => {
      world.salesforce.org.hideField('Lead', null);
      world.pipeline.workspaces.refresh();
    });
    world.salesforce.org.update('Lead', salesforceId, { Title: 'Boss' });
    await world.settle();
    expect(properties(world, contactId)).toMatchObject({ jobtitle: 'Boss', city: 'Bonn' });
    await isQuiet();
    world.salesforce.org.hideField('Lead', null);
    world.pipeline.workspaces.refresh();
    world.salesforce.org.update('Lead', salesforceId, { City: 'Ulm' });
    await world.settle();
    expect(properties(world, contactId).city).toBe('Ulm');
  });
});

describe('An object that is taken away from the integration user', () => {
  it('leaves every pair as it is, and goes on when it is given back', async () => {
    const { contactId, salesforceId } = await aPerson(world, { City: 'Bonn' });
    world.salesforce.org.hideObject('Lead', true);
    world.pipeline.workspaces.refresh();
    takeBack.push(() => {
      world.salesforce.org.hideObject('Lead', false);
      world.pipeline.workspaces.refresh();
    });
    world.hubspot.portal.update(contactId, { jobtitle: 'Chief' });
    await world.settle().catch(() => undefined);
    expect(await linkOf(world, contactId)).toMatchObject({ salesforceId });
    expect(properties(world, contactId)).toMatchObject({ city: 'Bonn', jobtitle: 'Chief' });
    world.salesforce.org.hideObject('Lead', false);
    world.pipeline.workspaces.refresh();
    world.salesforce.org.update('Lead', salesforceId, { City: 'Ulm' });
    await world.settle();
    expect(properties(world, contactId).city).toBe('Ulm');
    expect(await linkOf(world, contactId)).toMatchObject({ state: 'inSync', salesforceId });
  });
});
