// What becomes of a pair when one of its records is converted, merged or deleted (native-connector §7).
import { describe, expect, it } from 'vitest';
import { pairUp, type Pair } from '../../src/engine/match.ts';
import type {
  ContactFate,
  HubSpotContact,
  RecordFate,
  RecordKey,
  SalesforceRecord,
} from '../../src/engine/records.ts';
import type { Link } from '../../src/engine/link.ts';
import type { Sighted } from '../../src/engine/sighted.ts';
import { contact, lead, link, salesforceContact } from './fixtures.ts';

const LEAD = '00Q000000000001EAA';
const OTHER_LEAD = '00Q000000000002EAA';
const CONTACT = '003000000000001AAA';
const EMAIL = 'ada@example.com';

interface Facts {
  readonly links?: readonly Link[];
  readonly contacts?: readonly HubSpotContact[];
  readonly records?: readonly SalesforceRecord[];
  readonly contactFates?: Readonly<Record<string, ContactFate>>;
  readonly recordFates?: Readonly<Record<string, RecordFate>>;
}

const sighted = (facts: Facts): Sighted => ({
  links: facts.links ?? [],
  contacts: new Map((facts.contacts ?? []).map((one) => [one.id, one])),
  contactsByEmail: new Map(),
  records: new Map((facts.records ?? []).map((one) => [one.id, one])),
  contactFates: new Map(Object.entries(facts.contactFates ?? {})),
  recordFates: new Map(Object.entries(facts.recordFates ?? {})),
});

const hubspot = (id: string): RecordKey => ({ side: 'hubspot', id });
const salesforce = (id: string): RecordKey => ({
  side: 'salesforce',
  object: id.startsWith('003') ? 'Contact' : 'Lead',
  id,
});

/** `1 + 00Q…1: merged`, one line a pair; what a side gives up in brackets. */
const told = (pairs: readonly Pair[]): string[] =>
  pairs
    .map(
      ({ hubspot: h, salesforce: s, found, blocked, givesUp, deleted }) =>
        `${h?.id ?? '–'} + ${s?.id.slice(0, 3) ?? '–'}${s?.id.slice(14, 15) ?? ''}: ` +
        `${blocked?.code ?? found}${givesUp ? ` (gives up ${givesUp})` : ''}${deleted ? ` (deleted in ${deleted})` : ''}`,
    )
    .sort();

const paired = (hubspotId: string, salesforceId: string, more: Partial<Link> = {}): Link =>
  link({
    hubspotId,
    salesforceId,
    salesforceObject: salesforceId.startsWith('003') ? 'Contact' : 'Lead',
    base: { city: 'Bonn' },
    ...more,
  });

const deleted: RecordFate = { isDeleted: true, masterRecordId: null };
const archived: ContactFate = { kind: 'archived' };
const ada = (id: string, more: Record<string, string> = {}): HubSpotContact =>
  contact(id, { email: EMAIL, ...more });

describe('a pair whose record is gone', () => {
  it.each<[string, Facts, readonly RecordKey[], readonly string[]]>([
    [
      'a converted lead: the contact it became takes its place',
      {
        links: [paired('1', LEAD)],
        contacts: [ada('1')],
        records: [
          lead(LEAD, {}, { isConverted: true, convertedContactId: CONTACT }),
          salesforceContact(CONTACT, { Email: EMAIL }),
        ],
      },
      [salesforce(LEAD), salesforce(CONTACT)],
      ['1 + 0031: converted'],
    ],
    [
      'a converted lead whose contact another HubSpot contact holds: nobody gets it twice',
      {
        links: [paired('1', LEAD), paired('2', CONTACT)],
        contacts: [ada('1'), contact('2', { email: 'other@example.com' })],
        records: [
          lead(LEAD, {}, { isConverted: true, convertedContactId: CONTACT }),
          salesforceContact(CONTACT, { Email: EMAIL }),
        ],
      },
      [hubspot('1'), hubspot('2')],
      ['1 + –: PAIRED_WITH_ANOTHER_CONTACT', '2 + 0031: linked'],
    ],
    [
      'two leads of two contacts converted into one: the first keeps it',
      {
        links: [paired('1', LEAD), paired('2', OTHER_LEAD)],
        contacts: [ada('1'), contact('2', { email: 'other@example.com' })],
        records: [
          lead(LEAD, {}, { isConverted: true, convertedContactId: CONTACT }),
          lead(OTHER_LEAD, {}, { isConverted: true, convertedContactId: CONTACT }),
          salesforceContact(CONTACT, { Email: EMAIL }),
        ],
      },
      [hubspot('1'), hubspot('2')],
      ['1 + 0031: converted', '2 + –: PAIRED_WITH_ANOTHER_CONTACT'],
    ],
    [
      'a lead merged into another: that one takes its place',
      {
        links: [paired('1', LEAD)],
        contacts: [ada('1')],
        records: [lead(OTHER_LEAD, { Email: EMAIL })],
        recordFates: { [LEAD]: { isDeleted: true, masterRecordId: OTHER_LEAD } },
      },
      [hubspot('1')],
      ['1 + 00Q2: mergedInSalesforce'],
    ],
    [
      'two paired leads merged: the contact of the loser is told who has the record',
      {
        links: [paired('1', LEAD), paired('2', OTHER_LEAD)],
        contacts: [ada('1'), contact('2', { email: 'other@example.com' })],
        records: [lead(OTHER_LEAD, { Email: EMAIL })],
        recordFates: { [LEAD]: { isDeleted: true, masterRecordId: OTHER_LEAD } },
      },
      [hubspot('1'), hubspot('2')],
      ['1 + –: PAIRED_WITH_ANOTHER_CONTACT', '2 + 00Q2: linked'],
    ],
    [
      'a merged HubSpot contact: the survivor takes its record',
      {
        links: [paired('1', LEAD)],
        contacts: [ada('9', { hs_merged_object_ids: '1;2' })],
        records: [lead(LEAD, { Email: EMAIL })],
        contactFates: { 1: { kind: 'mergedInto', id: '9' } },
      },
      [hubspot('9')],
      ['9 + 00Q1: mergedInHubSpot'],
    ],
    [
      'two paired HubSpot contacts merged into one of them: its own record stays, the other is a duplicate',
      {
        links: [paired('1', LEAD), paired('2', CONTACT)],
        contacts: [ada('1', { hs_merged_object_ids: '2' })],
        records: [lead(LEAD, { Email: EMAIL }), salesforceContact(CONTACT, { Email: EMAIL })],
        contactFates: { 2: { kind: 'mergedInto', id: '1' } },
      },
      [hubspot('2'), hubspot('1')],
      ['1 + 00Q1: linked', '– + 0031: DUPLICATE_IN_SALESFORCE (gives up hubspot)'],
    ],
    [
      'two paired HubSpot contacts merged into a new one: the contact is the better partner',
      {
        links: [paired('1', LEAD), paired('2', CONTACT)],
        contacts: [ada('9', { hs_merged_object_ids: '1;2' })],
        records: [lead(LEAD, { Email: EMAIL }), salesforceContact(CONTACT, { Email: EMAIL })],
        contactFates: {
          1: { kind: 'mergedInto', id: '9' },
          2: { kind: 'mergedInto', id: '9' },
        },
      },
      [hubspot('1'), hubspot('2'), hubspot('9')],
      ['9 + 0031: mergedInHubSpot', '– + 00Q1: DUPLICATE_IN_SALESFORCE (gives up hubspot)'],
    ],
    [
      'two merged, and the better record pinned to nobody but the lead pinned: the pin wins',
      {
        links: [paired('1', LEAD, { pinned: true }), paired('2', CONTACT)],
        contacts: [ada('9', { hs_merged_object_ids: '1;2' })],
        records: [lead(LEAD, { Email: EMAIL }), salesforceContact(CONTACT, { Email: EMAIL })],
        contactFates: {
          1: { kind: 'mergedInto', id: '9' },
          2: { kind: 'mergedInto', id: '9' },
        },
      },
      [hubspot('9'), hubspot('1'), hubspot('2')],
      ['9 + 00Q1: mergedInHubSpot', '– + 0031: DUPLICATE_IN_SALESFORCE (gives up hubspot)'],
    ],
    [
      'two merged into a new one, with two leads: the lead with its e-mail address',
      {
        links: [paired('1', LEAD), paired('2', OTHER_LEAD)],
        contacts: [contact('9', { email: 'two@example.com', hs_merged_object_ids: '1;2' })],
        records: [
          lead(LEAD, { Email: 'one@example.com' }),
          lead(OTHER_LEAD, { Email: 'two@example.com' }, { modifiedAt: '2020-01-01T00:00:00Z' }),
        ],
      },
      [hubspot('9')],
      ['9 + 00Q2: mergedInHubSpot', '– + 00Q1: DUPLICATE_IN_SALESFORCE (gives up hubspot)'],
    ],
    [
      'a contact that lost its record to another pair, merged with one that has its own',
      {
        links: [paired('1', CONTACT), paired('2', LEAD), paired('3', OTHER_LEAD)],
        contacts: [ada('1', { hs_merged_object_ids: '2' }), ada('3')],
        records: [lead(LEAD, { Email: EMAIL }), lead(OTHER_LEAD)],
        recordFates: { [CONTACT]: { isDeleted: true, masterRecordId: OTHER_LEAD } },
      },
      [hubspot('1')],
      ['1 + 00Q1: mergedInHubSpot'],
    ],
    [
      'a deleted record: the pair stays as it is',
      {
        links: [paired('1', LEAD)],
        contacts: [ada('1')],
        recordFates: { [LEAD]: deleted },
      },
      [hubspot('1')],
      ['1 + –: linked (deleted in salesforce)'],
    ],
    [
      'a deleted record, and another with the e-mail address: that one',
      {
        links: [paired('1', LEAD)],
        contacts: [ada('1')],
        records: [lead(OTHER_LEAD, { Email: EMAIL })],
        recordFates: { [LEAD]: deleted },
      },
      [salesforce(OTHER_LEAD)],
      ['1 + 00Q2: email'],
    ],
    [
      'a pinned record that is deleted: nobody else',
      {
        links: [paired('1', LEAD, { pinned: true })],
        contacts: [ada('1')],
        records: [lead(OTHER_LEAD, { Email: EMAIL })],
        recordFates: { [LEAD]: deleted },
      },
      [hubspot('1')],
      ['1 + –: linked (deleted in salesforce)'],
    ],
    [
      'a record out of sight (not known to be deleted): nobody else',
      {
        links: [paired('1', LEAD)],
        contacts: [ada('1')],
        records: [lead(OTHER_LEAD, { Email: EMAIL })],
      },
      [hubspot('1')],
      ['1 + –: linked'],
    ],
    [
      'a deleted contact, made anew with the same e-mail address: the record goes to the new one',
      {
        links: [paired('1', LEAD)],
        contacts: [ada('2')],
        records: [lead(LEAD, { Email: EMAIL })],
        contactFates: { 1: archived },
      },
      [hubspot('2')],
      ['2 + 00Q1: email'],
    ],
    [
      'a contact erased for privacy, made anew: nothing is taken over',
      {
        links: [paired('1', LEAD)],
        contacts: [ada('2')],
        records: [lead(LEAD, { Email: EMAIL })],
      },
      [hubspot('2')],
      ['2 + –: PAIRED_WITH_ANOTHER_CONTACT'],
    ],
    [
      'a record that somebody kept apart from the contact: neither from here …',
      {
        links: [link({ hubspotId: '1', keptApart: [LEAD] })],
        contacts: [ada('1')],
        records: [lead(LEAD, { Email: EMAIL })],
      },
      [hubspot('1')],
      ['1 + –: KEPT_APART'],
    ],
    [
      '… nor from there',
      {
        links: [link({ hubspotId: '1', keptApart: [LEAD] })],
        contacts: [ada('1')],
        records: [lead(LEAD, { Email: EMAIL })],
      },
      [salesforce(LEAD)],
      ['– + 00Q1: KEPT_APART'],
    ],
    [
      'a record with a secondary e-mail address of the contact: paired by it',
      {
        contacts: [contact('1', { email: 'new@example.com', hs_additional_emails: EMAIL })],
        records: [lead(LEAD, { Email: EMAIL })],
      },
      [hubspot('1')],
      ['1 + 00Q1: email'],
    ],
    [
      'an id HubSpot stored comes before the external id Salesforce stored',
      {
        contacts: [contact('1', { email: EMAIL, tandem_lead_id: LEAD })],
        records: [lead(LEAD, {}), salesforceContact(CONTACT, { Tandem_HubSpot_Id__c: '1' })],
      },
      [hubspot('1')],
      ['1 + 00Q1: storedId'],
    ],
    [
      'a stored id of a lead that was converted meanwhile leads to its contact',
      {
        contacts: [contact('1', { email: EMAIL, tandem_lead_id: LEAD })],
        records: [
          lead(LEAD, {}, { isConverted: true, convertedContactId: CONTACT }),
          salesforceContact(CONTACT, {}),
        ],
      },
      [hubspot('1')],
      ['1 + 0031: storedId'],
    ],
  ])('%s', (_, facts, subjects, expected) => {
    const straight = told(pairUp(subjects, sighted(facts)));
    expect(straight).toEqual([...expected].sort());
  });

  it('forgets the agreed values when the pair is another: a field the new record never had is no cleared one', () => {
    const facts = sighted({
      links: [paired('1', LEAD)],
      contacts: [ada('1')],
      records: [
        lead(LEAD, {}, { isConverted: true, convertedContactId: CONTACT }),
        salesforceContact(CONTACT, { Email: EMAIL }),
      ],
    });
    expect(pairUp([hubspot('1')], facts)[0]?.link).toMatchObject({ base: {}, salesforceId: LEAD });
  });
});

it('A row of a merged contact that has no record is absorbed by the survivor’s, whoever told of the merge', () => {
  const own = paired('1', LEAD);
  const left = link({ hubspotId: '2', state: 'problem' });
  const [pair] = pairUp(
    [hubspot('1')],
    sighted({
      links: [own, left],
      contacts: [ada('1', { hs_merged_object_ids: '2' })],
      records: [lead(LEAD, { Email: EMAIL })],
    }),
  );
  expect(pair).toMatchObject({ found: 'linked', absorbs: [left] });
  const alone = pairUp(
    [hubspot('9')],
    sighted({ links: [left], contacts: [ada('9', { hs_merged_object_ids: '1;2' })] }),
  );
  expect(alone).toMatchObject([{ found: 'alone', link: null, absorbs: [left] }]);
});
