// One bad value never stops a record: what a CRM can't take, or refuses, is left out with its reason, and
// the rest of the record goes. It is not sent again until it changes (native-connector §3.4, pain point 14).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explain } from '../../src/engine/reasons.ts';
import type { SalesforceValue } from '../../src/engine/records.ts';
import { SANDBOX_QUEUE, SANDBOX_USERS } from '../../src/sandbox/salesforce/stand-in.ts';
import {
  hubspotUserIn,
  salesforceUserIn,
  type HubSpotUser,
  type SalesforceUser,
} from './support/crm-users.ts';
import { expectNothingToWrite } from './support/field-edits.ts';
import { createWorld, type World } from './support/world.ts';

let world: World;
let inHubSpot: HubSpotUser;
let inSalesforce: SalesforceUser;

/** Two-way wherever a rule can be chosen, so that a value that doesn’t arrive was refused. */
const TWO_WAY = ['city', 'jobtitle', 'annualrevenue', 'email', 'firstname', 'website'];
const CUSTOM = [
  { hubspotProperty: 'account_notes', field: 'Favorite_Color__c' },
  { hubspotProperty: 'interests', field: 'Interests__c' },
  { hubspotProperty: 'score', field: 'Score__c' },
];

beforeAll(async () => {
  world = await createWorld();
  inHubSpot = hubspotUserIn(world);
  inSalesforce = await salesforceUserIn(world);
  await world.configure({
    mappings: {
      defaultRules: Object.fromEntries(TWO_WAY.map((property) => [property, 'twoWay'])),
      custom: CUSTOM.map(({ hubspotProperty, field }) => ({
        hubspotProperty,
        leadField: field,
        contactField: field,
        rule: 'twoWay',
      })),
    },
  });
});
afterAll(() => world.close());

interface Person {
  readonly email: string;
  readonly hubspotId: string;
  readonly leadId: string;
}

let sequence = 0;

async function aPairedPerson(): Promise<Person> {
  sequence += 1;
  const email = `person${sequence}@example.com`;
  const [hubspotId = ''] = await inHubSpot.create([
    { email, lastname: 'Berg', company: 'Acme', firstname: 'Ada', hubspot_owner_id: '71000101' },
  ]);
  await world.settle();
  const [lead] = await inSalesforce.findByEmail('Lead', email, []);
  return { email, hubspotId, leadId: String(lead?.Id) };
}

interface SaidOfAField {
  readonly code: string;
  readonly sentence: string;
}

async function saidOf({ hubspotId }: Person, property: string): Promise<SaidOfAField | null> {
  const [link] = await world.pipeline.ports.store.links.find({
    hubspot: [hubspotId],
    salesforce: [],
  });
  expect(link?.state).toBe('inSync');
  for (const [key, reason] of Object.entries(link?.fieldReasons ?? {}))
    if (key === property || key.startsWith(`${property}~`))
      return { code: reason.code, sentence: explain(reason).sentence };
  return null;
}

interface Refusal {
  readonly what: string;
  readonly hubspotProperty: string;
  readonly salesforceField: string;
  readonly code: string;
  readonly sentence: string;
}

const IN_HUBSPOT: readonly (Refusal & {
  readonly bad: string;
  readonly good: string;
  readonly arrives: SalesforceValue;
})[] = [
  {
    what: 'a city of 41 characters',
    hubspotProperty: 'city',
    salesforceField: 'City',
    bad: 'x'.repeat(41),
    code: 'VALUE_TOO_LONG',
    sentence: 'The value has 41 characters and City takes 40; it was left out.',
    good: 'x'.repeat(40),
    arrives: 'x'.repeat(40),
  },
  {
    what: 'an option the restricted picklist doesn’t have',
    hubspotProperty: 'account_notes',
    salesforceField: 'Favorite_Color__c',
    bad: 'Purple',
    code: 'NOT_A_SALESFORCE_OPTION',
    sentence:
      '“Purple” is not one of the options of Favorite Color in Salesforce; it was left out.',
    good: 'blue',
    arrives: 'Blue',
  },
  {
    what: 'an e-mail address that only HubSpot accepts',
    hubspotProperty: 'email',
    salesforceField: 'Email',
    bad: 'jürgen@example.com',
    code: 'VALUE_REFUSED',
    sentence: 'Salesforce refused the value: Email: invalid email address: jürgen@example.com',
    good: 'juergen@example.com',
    arrives: 'juergen@example.com',
  },
  {
    what: 'words where Salesforce wants a number',
    hubspotProperty: 'annualrevenue',
    salesforceField: 'AnnualRevenue',
    bad: 'about a million',
    code: 'NOT_A_NUMBER',
    sentence: '“about a million” is not a number that Annual Revenue takes; it was left out.',
    good: '1 000 000',
    arrives: 1_000_000,
  },
  {
    what: 'a number with more digits than the field keeps',
    hubspotProperty: 'score',
    salesforceField: 'Score__c',
    bad: '1234567',
    code: 'NUMBER_OUT_OF_RANGE',
    sentence: '1234567 has more digits than Score takes; it was left out.',
    good: '123456',
    arrives: 123_456,
  },
];

describe.each(IN_HUBSPOT)('In HubSpot, $what', (refusal) => {
  const { hubspotProperty, salesforceField, bad, good, arrives, code, sentence } = refusal;
  let person: Person;
  beforeAll(async () => {
    person = await aPairedPerson();
    await inHubSpot.update([
      { id: person.hubspotId, properties: { [hubspotProperty]: bad, firstname: 'Renamed' } },
    ]);
    await world.settle();
  });

  const lead = async () =>
    (await inSalesforce.read('Lead', [person.leadId], ['FirstName', salesforceField])).get(
      person.leadId,
    );

  it('is left out, and the rest goes', async () => {
    expect(await lead()).toMatchObject({ FirstName: 'Renamed' });
    expect((await lead())?.[salesforceField]).not.toEqual(bad);
  });

  it('says why', async () => {
    expect(await saidOf(person, hubspotProperty)).toEqual({ code, sentence });
  });

  it('is not sent again while it stays as it is', () => expectNothingToWrite(world));

  it('goes once it is corrected', async () => {
    await inHubSpot.update([{ id: person.hubspotId, properties: { [hubspotProperty]: good } }]);
    await world.settle();
    expect((await lead())?.[salesforceField]).toEqual(arrives);
    expect(await saidOf(person, hubspotProperty)).toBeNull();
  });
});

const IN_SALESFORCE: readonly (Refusal & {
  readonly bad: SalesforceValue;
  readonly good: SalesforceValue;
  readonly arrives: string;
})[] = [
  {
    what: 'an option HubSpot doesn’t have',
    hubspotProperty: 'interests',
    salesforceField: 'Interests__c',
    bad: 'Chess;Webinars',
    code: 'NOT_A_HUBSPOT_OPTION',
    sentence: '“Chess” is not one of the options of Interests in HubSpot; it was left out.',
    good: 'Webinars',
    arrives: 'webinars',
  },
  {
    what: 'an e-mail address that only Salesforce accepts',
    hubspotProperty: 'email',
    salesforceField: 'Email',
    bad: 'ada@example.con',
    code: 'VALUE_REFUSED',
    sentence: 'HubSpot refused the value: Email address ada@example.con is invalid',
    good: 'ada@example.com',
    arrives: 'ada@example.com',
  },
  {
    what: 'an owner without a HubSpot owner of the same e-mail address',
    hubspotProperty: 'hubspot_owner_id',
    salesforceField: 'OwnerId',
    bad: SANDBOX_USERS.integration.id,
    code: 'OWNER_NOT_IN_HUBSPOT',
    sentence:
      'The Salesforce owner Tandem Integration has no HubSpot owner with the same e-mail address.',
    good: SANDBOX_USERS.priya.id,
    arrives: '71000103',
  },
  {
    what: 'a queue as owner',
    hubspotProperty: 'hubspot_owner_id',
    salesforceField: 'OwnerId',
    bad: SANDBOX_QUEUE.id,
    code: 'OWNER_IS_QUEUE',
    sentence: `The Salesforce owner is the queue ${SANDBOX_QUEUE.name}, which stands for no HubSpot owner.`,
    good: SANDBOX_USERS.jonas.id,
    arrives: '71000102',
  },
];

describe.each(IN_SALESFORCE)('In Salesforce, $what', (refusal) => {
  const { hubspotProperty, salesforceField, bad, good, arrives, code, sentence } = refusal;
  let person: Person;
  let before: string | null = null;
  const contact = async () =>
    (await inHubSpot.read([person.hubspotId], ['firstname', hubspotProperty])).get(
      person.hubspotId,
    );

  beforeAll(async () => {
    person = await aPairedPerson();
    before = (await contact())?.[hubspotProperty] ?? null;
    await inSalesforce.update('Lead', [
      { id: person.leadId, fields: { [salesforceField]: bad, FirstName: 'Renamed' } },
    ]);
    await world.settle();
  });

  it('is left out, and the rest goes', async () => {
    expect(await contact()).toMatchObject({ firstname: 'Renamed', [hubspotProperty]: before });
  });

  it('says why', async () => {
    expect(await saidOf(person, hubspotProperty)).toEqual({ code, sentence });
  });

  it('is not sent again while it stays as it is', () => expectNothingToWrite(world));

  it('goes once it is corrected', async () => {
    await inSalesforce.update('Lead', [{ id: person.leadId, fields: { [salesforceField]: good } }]);
    await world.settle();
    expect((await contact())?.[hubspotProperty]).toEqual(arrives);
    expect(await saidOf(person, hubspotProperty)).toBeNull();
  });
});

describe('An e-mail address that another contact has', () => {
  it('is left out with the id of that contact, and the rest goes', async () => {
    const holder = await aPairedPerson();
    const person = await aPairedPerson();
    await inSalesforce.update('Lead', [
      { id: person.leadId, fields: { Email: holder.email, FirstName: 'Renamed' } },
    ]);
    await world.settle();
    const contacts = await inHubSpot.read([person.hubspotId], ['email', 'firstname']);
    expect(contacts.get(person.hubspotId)).toMatchObject({
      email: person.email,
      firstname: 'Renamed',
    });
    expect(await saidOf(person, 'email')).toEqual({
      code: 'EMAIL_TAKEN',
      sentence: `The e-mail address “${holder.email}” belongs to another HubSpot record, ${holder.hubspotId}.`,
    });
    await expectNothingToWrite(world);
  });
});
