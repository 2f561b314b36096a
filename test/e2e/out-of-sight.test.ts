// What the integration user may not see any more: a field hidden by field-level security, a whole object. What
// is out of sight is no value: it clears nothing, and it comes back by itself (native-connector §10.2).
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { passingTime } from './support/inclusion.ts';
import { aPerson, inSalesforce, linkOf, properties } from './support/people.ts';
import { expectQuiet, inHubSpot } from './support/quiet.ts';
import { startWorking } from './support/working.ts';
import { createWorld, type World } from './support/world.ts';

/** Schemas are read again after ten minutes. */
const UNTIL_SCHEMAS_ARE_READ_AGAIN = 11;

let world: World;
let time: ReturnType<typeof passingTime>;
beforeAll(async () => {
  time = passingTime();
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
  vi.restoreAllMocks();
});
afterEach(async () => {
  world.salesforce.org.hideField('Lead', null);
  world.salesforce.org.hideObject('Lead', false);
  await world.configure({});
  world.refresh();
});

const lead = (id: string) => world.salesforce.org.get('Lead', id);

/** Live sync as it runs in production, with its errors, until the expectation holds. */
async function untilLiveSync(expectation: () => void | Promise<void>): Promise<readonly string[]> {
  const errors: string[] = [];
  const working = await startWorking(world.pipeline, (error) => errors.push(String(error)));
  try {
    await vi.waitFor(expectation, { timeout: 10_000 });
  } finally {
    await working.stop();
  }
  return errors;
}

async function hideTheCity(): Promise<void> {
  world.salesforce.org.hideField('Lead', 'City');
  world.refresh();
  await world.settle();
}

function showTheCity(): void {
  world.salesforce.org.hideField('Lead', null);
  world.refresh();
}

describe('A field that the integration user may not see any more', () => {
  it('is left out and clears nothing; the rest goes, and it comes back by itself', async () => {
    const { contactId, salesforceId } = await aPerson(world, { City: 'Bonn', Title: 'Chief' });
    world.salesforce.org.hideField('Lead', 'City');
    world.salesforce.org.update('Lead', salesforceId, { Title: 'Boss' });
    await untilLiveSync(() => expect(properties(world, contactId).jobtitle).toBe('Boss'));
    expect(properties(world, contactId).city).toBe('Bonn');
    expect(lead(salesforceId)).toMatchObject({ City: 'Bonn', Title: 'Boss' });
    await expectQuiet(world, inHubSpot(contactId));

    world.salesforce.org.hideField('Lead', null);
    time.pass(UNTIL_SCHEMAS_ARE_READ_AGAIN);
    world.salesforce.org.update('Lead', salesforceId, { City: 'Ulm' });
    await untilLiveSync(() => expect(properties(world, contactId).city).toBe('Ulm'));
    await expectQuiet(world, inHubSpot(contactId));
  });

  it('is a problem of its mapping, in words', async () => {
    await hideTheCity();
    const problemOf = async (property: string): Promise<unknown> =>
      (await world.pipeline.workspaces.current()).table.problems.get(property);
    expect(await problemOf('city')).toEqual({
      severity: 'error',
      sentence: 'Salesforce has no Lead field “City” that Tandem may see.',
    });
    showTheCity();
    expect(await problemOf('city')).toBeUndefined();
  });

  it('does not keep anybody from being created', async () => {
    await hideTheCity();
    const { id } = world.hubspot.portal.create({
      email: 'unseen@example.com',
      lastname: 'Unseen',
      city: 'Bonn',
      jobtitle: 'Chief',
    });
    await world.settle();
    expect(inSalesforce(world, 'unseen@example.com')).toMatchObject([
      { LastName: 'Unseen', Title: 'Chief', City: null },
    ]);
    expect(properties(world, id).city).toBe('Bonn');
    await expectQuiet(world, inHubSpot(id));
    showTheCity();
    world.hubspot.portal.update(id, { jobtitle: 'Boss' });
    await world.settle();
    expect(inSalesforce(world, 'unseen@example.com')).toMatchObject([{ City: 'Bonn' }]);
  });
});

// What both sides agreed on before the field was hidden must outlive that time: without it an edit cannot be
// told from the value it replaced, nor cleared from never filled (native-connector §2.1 rows 4 and 9).
describe('What happened to a field while it was hidden', () => {
  it('an edit in HubSpot under “Two-way” arrives once the field is back', async () => {
    await world.configure({ mappings: { defaultRules: { city: 'twoWay' } } });
    const { contactId, salesforceId } = await aPerson(world, { City: 'Bonn' });
    await hideTheCity();
    world.hubspot.portal.update(contactId, { city: 'Ulm' });
    await world.settle();
    world.salesforce.org.update('Lead', salesforceId, { Title: 'Boss' });
    await world.settle();
    showTheCity();
    world.salesforce.org.update('Lead', salesforceId, { Title: 'Chief' });
    await world.settle();
    expect([properties(world, contactId).city, lead(salesforceId)?.City]).toEqual(['Ulm', 'Ulm']);
  });

  it('a value cleared in Salesforce is cleared in HubSpot, not filled in again', async () => {
    const { contactId, salesforceId } = await aPerson(world, { City: 'Bonn' });
    await hideTheCity();
    world.salesforce.org.update('Lead', salesforceId, { City: null, Title: 'Boss' });
    await world.settle();
    showTheCity();
    world.salesforce.org.update('Lead', salesforceId, { Title: 'Chief' });
    await world.settle();
    expect([properties(world, contactId).city || null, lead(salesforceId)?.City]).toEqual([
      null,
      null,
    ]);
  });
});

describe('An object that is taken away from the integration user', () => {
  it('stops the sync loudly, leaves every pair as it is, and goes on when it is given back', async () => {
    await world.configure({ mappings: { defaultRules: { jobtitle: 'twoWay' } } });
    const { contactId, salesforceId } = await aPerson(world, { City: 'Bonn' });
    world.salesforce.org.hideObject('Lead', true);
    world.hubspot.portal.update(contactId, { jobtitle: 'Chief' });
    const errors: string[] = [];
    const working = await startWorking(world.pipeline, (error) => errors.push(String(error)));
    try {
      await vi.waitFor(() => expect(errors.length).toBeGreaterThan(1), { timeout: 10_000 });
      expect(errors[0]).toContain("sObject type 'Lead' is not supported");
      expect(await linkOf(world, contactId)).toMatchObject({ salesforceId, state: 'inSync' });
      expect(properties(world, contactId)).toMatchObject({ city: 'Bonn', jobtitle: 'Chief' });
      expect(lead(salesforceId)).toMatchObject({ City: 'Bonn', Title: null });

      world.salesforce.org.hideObject('Lead', false);
      world.salesforce.org.update('Lead', salesforceId, { City: 'Ulm' });
      await vi.waitFor(
        () => {
          expect(properties(world, contactId).city).toBe('Ulm');
          expect(lead(salesforceId)).toMatchObject({ City: 'Ulm', Title: 'Chief' });
        },
        { timeout: 10_000 },
      );
    } finally {
      await working.stop();
    }
    expect(await linkOf(world, contactId)).toMatchObject({ state: 'inSync', salesforceId });
    await expectQuiet(world, inHubSpot(contactId));
  });
});
