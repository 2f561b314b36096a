// What an org's own rules do to a sync: validation rules, duplicate rules, triggers (native-connector §10.2).
// Field-level security: out-of-sight.test.ts.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { explain } from '../../src/engine/reasons.ts';
import { aPerson, inSalesforce, linkOf, properties } from './support/people.ts';
import { expectQuiet, inHubSpot } from './support/quiet.ts';
import { createWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

let takeBack: (() => void)[] = [];
afterEach(async () => {
  for (const undo of takeBack) undo();
  takeBack = [];
  await world.configure({});
});

async function recordReason(contactId: string): Promise<unknown> {
  const link = await linkOf(world, contactId);
  const why = link?.reason ?? null;
  return why && { state: link?.state, code: why.code, ...explain(why) };
}

async function fieldReason(contactId: string, property: string): Promise<unknown> {
  const why = (await linkOf(world, contactId))?.fieldReasons[property];
  return why && { code: why.code, ...explain(why) };
}

const lead = (salesforceId: string) => world.salesforce.org.get('Lead', salesforceId);

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
    expect(lead(salesforceId)).toMatchObject({ City: 'Bonn', Title: 'Chief' });
    expect(await fieldReason(contactId, 'city')).toMatchObject({
      code: 'SALESFORCE_VALIDATION_RULE',
      category: 'customSalesforceCode',
      sentence:
        'A rule or automation in Salesforce refused the change: We do not sell to Atlantis.',
    });
    await expectQuiet(world, inHubSpot(contactId));
    world.hubspot.portal.update(contactId, { city: 'Ulm' });
    await world.settle();
    expect(lead(salesforceId)).toMatchObject({ City: 'Ulm' });
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
      category: 'customSalesforceCode',
      sentence:
        'A rule or automation in Salesforce refused the change: Leads are frozen until the audit is over.',
    });
    await expectQuiet(world);
    undo();
    world.hubspot.portal.update(contactId, { jobtitle: 'Chief of Staff' });
    await world.settle();
    expect(lead(salesforceId)).toMatchObject({ Title: 'Chief of Staff' });
    expect(await recordReason(contactId)).toBeNull();
    await expectQuiet(world, inHubSpot(contactId));
  });

  it('about one person of a batch keeps nobody else back', async () => {
    takeBack.push(
      world.salesforce.org.addValidationRule('Lead', {
        name: 'No_Nemo',
        message: 'Nobody is called Nemo.',
        fails: ({ LastName }) => LastName === 'Nemo',
      }),
    );
    const { id } = world.hubspot.portal.create({ email: 'nemo@example.com', lastname: 'Nemo' });
    world.hubspot.portal.create({ email: 'ned@example.com', lastname: 'Land' });
    await world.settle();
    expect(inSalesforce(world, 'ned@example.com')).toMatchObject([{ LastName: 'Land' }]);
    expect(inSalesforce(world, 'nemo@example.com')).toEqual([]);
    expect(await recordReason(id)).toMatchObject({
      state: 'problem',
      code: 'SALESFORCE_VALIDATION_RULE',
      sentence: 'A rule or automation in Salesforce refused the change: Nobody is called Nemo.',
    });
    await expectQuiet(world);
  });
});

describe('A duplicate rule', () => {
  it.each(['block', 'alert'] as const)(
    'that says “%s” is the reason, with the record it found, until the two differ',
    async (action) => {
      const phone = action === 'block' ? '555-0100' : '555-0200';
      const twin = world.salesforce.org.insert('Lead', {
        LastName: 'Twin',
        Company: 'Acme',
        Phone: phone,
      });
      takeBack.push(
        world.salesforce.org.addDuplicateRule('Lead', {
          action,
          matches: (row, other) => row.Phone === phone && other.Phone === phone,
        }),
      );
      const email = `${action}@example.com`;
      const { id } = world.hubspot.portal.create({ email, lastname: 'Twin', phone });
      await world.settle();
      expect(inSalesforce(world, email)).toEqual([]);
      expect(await recordReason(id)).toMatchObject({
        state: 'problem',
        code: 'SALESFORCE_DUPLICATE_OF',
        category: 'deduplication',
        sentence: expect.stringContaining(
          `A duplicate rule in Salesforce refused the record because it matches ${twin}: `,
        ) as string,
      });
      await expectQuiet(world);
      world.hubspot.portal.update(id, { phone: '555-0300' });
      await world.settle();
      expect(inSalesforce(world, email)).toMatchObject([{ Phone: '555-0300' }]);
      expect(await recordReason(id)).toBeNull();
      await expectQuiet(world, inHubSpot(id));
    },
  );
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
    expect(lead(salesforceId)).toMatchObject({ City: 'BONN' });
    expect(properties(world, contactId).city).toBe('BONN');
    await expectQuiet(world, inHubSpot(contactId));
  });

  it('is believed by a rule of HubSpot’s too: nobody writes the same value for ever', async () => {
    const { contactId, salesforceId } = await aPerson(world);
    await world.configure({ mappings: { defaultRules: { city: 'alwaysHubSpot' } } });
    takeBack.push(
      world.salesforce.org.addTrigger('Lead', ({ City }) =>
        typeof City === 'string' ? { City: City.toUpperCase() } : {},
      ),
    );
    world.hubspot.portal.update(contactId, { city: 'Bonn' });
    await world.settle();
    expect(lead(salesforceId)).toMatchObject({ City: 'BONN' });
    expect(properties(world, contactId).city).toBe('Bonn');
    await expectQuiet(world, inHubSpot(contactId));
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
    expect(await recordReason(id)).toBeNull();
    await expectQuiet(world, inHubSpot(id));
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
      code: 'SALESFORCE_VALIDATION_RULE',
      sentence: expect.stringMatching(
        /^A rule or automation in Salesforce refused the change: .*Divide by 0/s,
      ) as string,
    });
    expect(inSalesforce(world, 'unlucky@example.com')).toEqual([]);
    await expectQuiet(world);
  });
});
