// What is made where, out of whom: native-connector §6 (settings, required fields, accounts, owners) and its
// pain point 2 (ordered rules instead of one switch). One row for each setting and person.
import { describe, expect, it } from 'vitest';
import { creationFor, type CompanyAccount } from '../../src/engine/creation.ts';
import { plan, type Plan } from '../../src/engine/plan.ts';
import { explain } from '../../src/engine/reasons.ts';
import type { SalesforceRecord } from '../../src/engine/records.ts';
import {
  contact,
  context,
  ELENA,
  lead,
  link,
  MAYA,
  salesforceContact,
  settings,
  TOM,
} from './fixtures.ts';
import { LEAD, pairOf } from './support/one-field.ts';

const CONTACT = '003000000000001AAA';
const ACCOUNT = '001000000000001AAA';
const EMAIL = 'ada@acme.example';

const PARTNER = {
  match: 'all',
  clauses: [{ field: 'type', comparison: 'is', values: ['Partner'] }],
};
const CUSTOMER_RULES = [
  { properties: PARTNER, becomes: 'nothing' },
  { companyHasAccount: true, becomes: 'contact' },
  { companyHasAccount: false, properties: null, becomes: 'lead' },
];

const withAccount: CompanyAccount = { companyId: '9', accountId: ACCOUNT };
const withoutAccount: CompanyAccount = { companyId: '9', accountId: null };

const told = (made: ReturnType<typeof creationFor>): string =>
  made.kind === 'create'
    ? `${made.object}${made.accountId === null ? '' : ` of ${made.accountId}`}`
    : `${made.kind}: ${explain(made.reason).sentence}`;

const WAITS = (company: string): string =>
  `wait: The new Salesforce contact waits for the account of its company (${company}), which HubSpot does not know yet.`;
const OFF =
  'nothing: Salesforce has no record with this e-mail address, and creating one is turned off.';
const RULE_SAYS_NO =
  'nothing: Salesforce has no record with this e-mail address, and a creation rule says that none is made for this contact.';

describe('A HubSpot contact that Salesforce doesn’t have becomes', () => {
  it.each([
    ['a lead, by default', {}, null, 'Lead'],
    ['a lead even where its company has an account', { inSalesforce: 'lead' }, withAccount, 'Lead'],
    [
      'a contact on the account of its company',
      { inSalesforce: 'contact' },
      withAccount,
      `Contact of ${ACCOUNT}`,
    ],
    ['a contact without an account', { inSalesforce: 'contact' }, withoutAccount, 'Contact'],
    ['a contact without a company', { inSalesforce: 'contact' }, null, 'Contact'],
    [
      'nothing until the account is there',
      { inSalesforce: 'contact', contactWithoutAccount: 'wait' },
      withoutAccount,
      WAITS('9'),
    ],
    [
      'nothing while it has no company',
      { inSalesforce: 'contact', contactWithoutAccount: 'wait' },
      null,
      WAITS('none'),
    ],
    [
      'a contact at once where the account is there',
      { inSalesforce: 'contact', contactWithoutAccount: 'wait' },
      withAccount,
      `Contact of ${ACCOUNT}`,
    ],
    [
      'a lead, which waits for no account',
      { inSalesforce: 'lead', contactWithoutAccount: 'wait' },
      null,
      'Lead',
    ],
    ['nothing where that is turned off', { inSalesforce: 'nothing' }, withAccount, OFF],
    [
      'what the first rule that holds says',
      { rules: CUSTOMER_RULES },
      withAccount,
      `Contact of ${ACCOUNT}`,
    ],
    ['what the next one says', { rules: CUSTOMER_RULES }, withoutAccount, 'Lead'],
    ['what a rule about somebody without a company says', { rules: CUSTOMER_RULES }, null, 'Lead'],
    [
      'what the switch says where no rule holds',
      { rules: [CUSTOMER_RULES[1]], inSalesforce: 'nothing' },
      withoutAccount,
      OFF,
    ],
    [
      'what a rule without conditions says, whatever the switch says',
      { rules: [{ becomes: 'contact' }], inSalesforce: 'nothing' },
      null,
      'Contact',
    ],
  ] as const)('%s', (_, creation, company, expected) => {
    expect(told(creationFor(contact('1', { email: EMAIL }), company, settings({ creation })))).toBe(
      expected,
    );
  });

  it.each([
    ['Partner', RULE_SAYS_NO],
    ['partner', RULE_SAYS_NO],
    ['Customer', `Contact of ${ACCOUNT}`],
    [null, `Contact of ${ACCOUNT}`],
  ])('by its properties: a contact of the type %s becomes %s', (type, expected) => {
    const made = creationFor(
      contact('1', { email: EMAIL, type }),
      withAccount,
      settings({ creation: { rules: CUSTOMER_RULES } }),
    );
    expect(told(made)).toBe(expected);
  });
});

function made(properties: Record<string, string | null>, changes: object = {}) {
  const planned = plan(
    pairOf({ hubspot: contact('1', { email: EMAIL, ...properties }) }),
    context({}, changes),
  );
  if (planned.kind !== 'createInSalesforce') throw new Error(`planned ${planned.kind}`);
  return planned;
}
const reasonsOf = ({ fields }: ReturnType<typeof made>): string[] =>
  fields.flatMap(({ reason }) => (reason ? [explain(reason).sentence] : []));

describe('Fields that Salesforce requires', () => {
  it.each([
    ['as they are', { lastname: 'Lovelace', company: 'Acme' }, {}, 'Lovelace', 'Acme'],
    ['from the e-mail address', {}, {}, 'ada', 'acme.example'],
    [
      'from the admin’s template',
      { jobtitle: 'CTO' },
      { LastName: '{jobtitle} ({email.local})', Company: 'Private' },
      'CTO (ada)',
      'Private',
    ],
    [
      'where the template is blank, too',
      {},
      { LastName: '{jobtitle}', Company: '{website}' },
      'Unknown',
      'Unknown',
    ],
  ])('%s', (_, properties, templates, LastName, Company) => {
    const { record } = made(properties, {
      creation: {
        templates: {
          LastName: '{lastname} || {email.local}',
          Company: '{company} || {email.domain}',
          ...templates,
        },
      },
    });
    expect(record).toMatchObject({ LastName, Company });
  });
  it('take the next alternative where a value is too long, and say so', () => {
    const { record, fields } = made({ lastname: 'L'.repeat(90), company: 'Acme' });
    expect(record.LastName).toBe('ada');
    const lastName = fields.find(({ pair }) => pair.field.name === 'LastName');
    expect(lastName?.reason && explain(lastName.reason).sentence).toBe(
      'The value has 90 characters and LastName takes 80; it was left out.',
    );
  });
  it('are shown as filled in, and are no value of HubSpot’s', () => {
    const lastName = made({ company: 'Acme' }).fields.find(
      ({ pair }) => pair.field.name === 'LastName',
    );
    expect(lastName?.value).toBeUndefined();
    expect(reasonsOf(made({ company: 'Acme' }))).toEqual([
      'Salesforce requires LastName and HubSpot has none, so “ada” was filled in.',
    ]);
  });
});

describe('The owner of a new lead or contact (native-connector §6)', () => {
  const named = { lastname: 'Lovelace', company: 'Acme' };
  it.each([
    ['an active user: that one', MAYA.owner, {}, MAYA.user, false],
    ['nobody: the assignment rules', null, {}, undefined, true],
    ['somebody inactive: the assignment rules', TOM.owner, {}, undefined, true],
    ['somebody Salesforce doesn’t know: the assignment rules', ELENA.owner, {}, undefined, true],
    [
      'nobody, with assignment rules turned off',
      null,
      { owners: { useAssignmentRules: false } },
      undefined,
      false,
    ],
    [
      'an active user, with assignment rules turned off',
      MAYA.owner,
      { owners: { useAssignmentRules: false } },
      MAYA.user,
      false,
    ],
    [
      'nobody, for a contact: there are no rules for contacts',
      null,
      { creation: { inSalesforce: 'contact' } },
      undefined,
      false,
    ],
    [
      'an active user, for a contact',
      MAYA.owner,
      { creation: { inSalesforce: 'contact' } },
      MAYA.user,
      false,
    ],
  ])('in HubSpot %s', (_, hubspot_owner_id, changes, OwnerId, assign) => {
    const planned = made({ ...named, hubspot_owner_id }, changes);
    expect(planned.record.OwnerId).toBe(OwnerId);
    expect(planned.assign).toBe(assign);
  });
});

const outcome = (planned: Plan): string =>
  planned.kind === 'leave' ? explain(planned.reason).sentence : planned.kind;
const HOT = { match: 'all', clauses: [{ field: 'Rating', comparison: 'is', values: ['Hot'] }] };
const BANKS = {
  match: 'any',
  clauses: [{ field: 'Industry', comparison: 'is', values: ['Banking'] }],
};

describe('A Salesforce record that HubSpot doesn’t have', () => {
  const NO_EMAIL =
    'This record has no e-mail address, which is what HubSpot and Salesforce records are matched by.';
  const turnedOff = (object: string): string =>
    `HubSpot has no contact with this e-mail address, and creating contacts from a Salesforce ${object} is turned off.`;
  const notMet = 'The Salesforce lead does not meet the condition for what may enter HubSpot.';
  const notCreated =
    'HubSpot has no contact with this e-mail address, and the Salesforce lead does not meet the condition for creating one.';
  it.each<[string, SalesforceRecord, object, string]>([
    ['a lead becomes a contact', lead(LEAD, { Email: EMAIL }), {}, 'createInHubSpot'],
    ['a contact becomes one', salesforceContact(CONTACT, { Email: EMAIL }), {}, 'createInHubSpot'],
    ['a lead without an e-mail address is left out', lead(LEAD, { Email: ' ' }), {}, NO_EMAIL],
    [
      'a lead is left out where leads are turned off',
      lead(LEAD, { Email: EMAIL }),
      { creation: { inHubSpot: { Lead: false } } },
      turnedOff('lead'),
    ],
    [
      'a contact still becomes one then',
      salesforceContact(CONTACT, { Email: EMAIL }),
      { creation: { inHubSpot: { Lead: false } } },
      'createInHubSpot',
    ],
    [
      'a contact is left out where contacts are turned off',
      salesforceContact(CONTACT, { Email: EMAIL }),
      { creation: { inHubSpot: { Contact: false } } },
      turnedOff('contact'),
    ],
    [
      'a lead that meets the condition for creating',
      lead(LEAD, { Email: EMAIL, Rating: 'Hot' }),
      { creation: { inHubSpotWhen: { Lead: HOT } } },
      'createInHubSpot',
    ],
    [
      'a lead that doesn’t',
      lead(LEAD, { Email: EMAIL, Rating: 'Cold' }),
      { creation: { inHubSpotWhen: { Lead: HOT } } },
      notCreated,
    ],
    [
      'a lead without the field',
      lead(LEAD, { Email: EMAIL }),
      { creation: { inHubSpotWhen: { Lead: HOT } } },
      notCreated,
    ],
    [
      'a lead that may not enter HubSpot at all',
      lead(LEAD, { Email: EMAIL, Industry: 'Retail' }),
      { inclusion: { salesforceConditions: { Lead: BANKS } } },
      notMet,
    ],
    [
      'one that may',
      lead(LEAD, { Email: EMAIL, Industry: 'banking' }),
      { inclusion: { salesforceConditions: { Lead: BANKS } } },
      'createInHubSpot',
    ],
    [
      'a contact, of which the leads’ condition says nothing',
      salesforceContact(CONTACT, { Email: EMAIL }),
      { inclusion: { salesforceConditions: { Lead: BANKS } } },
      'createInHubSpot',
    ],
  ])('%s', (_, record, changes, expected) => {
    expect(outcome(plan(pairOf({ salesforce: record }), context({}, changes)))).toBe(expected);
  });

  it('brings all its fields, whether or not the contact will be in a list (§5 rows 6 and 11)', () => {
    const planned = plan(
      pairOf({ salesforce: lead(LEAD, { Email: EMAIL, FirstName: 'Ada', City: 'Bonn' }) }),
      context({}, { inclusion: { listId: '7' } }),
    );
    expect(planned).toMatchObject({
      kind: 'createInHubSpot',
      properties: { email: EMAIL, firstname: 'Ada', city: 'Bonn', tandem_lead_id: LEAD },
    });
  });
});

describe('An answer to a create that never came', () => {
  it.each([
    [
      'is waited for where the create can’t be repeated',
      false,
      '2026-11-23T09:59:00.000Z',
      'waits',
    ],
    ['is given up after two minutes', false, '2026-11-23T09:57:59.000Z', 'creates'],
    ['makes no difference with an external id', true, '2026-11-23T09:59:00.000Z', 'creates'],
  ])('%s', (_, hasExternalId, creatingSince, expected) => {
    const planned = plan(
      pairOf({
        link: link({ hubspotId: '1', creatingSince }),
        hubspot: contact('1', { email: EMAIL, lastname: 'L', company: 'C' }),
      }),
      context({ externalIdOn: { Lead: hasExternalId, Contact: hasExternalId } }),
    );
    expect(planned.kind === 'leave' ? 'waits' : 'creates').toBe(expected);
  });
});
