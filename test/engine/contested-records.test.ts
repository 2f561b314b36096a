// Records that two people could have (native-connector §7): whoever is looked at first, the same one gets them,
// and nobody else. The crowds of `any-order.test.ts`, told one by one.
import { describe, expect, it } from 'vitest';
import { pairUp } from '../../src/engine/match.ts';
import type { Link } from '../../src/engine/link.ts';
import type {
  ContactFate,
  HubSpotContact,
  RecordFate,
  RecordKey,
  SalesforceRecord,
} from '../../src/engine/records.ts';
import type { Sighted } from '../../src/engine/sighted.ts';
import { contact, lead, link, salesforceContact } from './fixtures.ts';

const LEAD = '00Q000000000001EAA';
const OTHER_LEAD = '00Q000000000002EAA';
const CONTACT = '003000000000001AAA';
const OTHER_CONTACT = '003000000000002AAA';

interface Facts {
  readonly links?: readonly Link[];
  readonly contacts: readonly HubSpotContact[];
  readonly records: readonly SalesforceRecord[];
  readonly contactFates?: Readonly<Record<string, ContactFate>>;
  readonly recordFates?: Readonly<Record<string, RecordFate>>;
}

const sighted = (facts: Facts): Sighted => ({
  links: facts.links ?? [],
  contacts: new Map(facts.contacts.map((one) => [one.id, one])),
  contactsByEmail: new Map(),
  records: new Map(facts.records.map((one) => [one.id, one])),
  contactFates: new Map(Object.entries(facts.contactFates ?? {})),
  recordFates: new Map(Object.entries(facts.recordFates ?? {})),
});

const key = (id: string): RecordKey =>
  /^\d+$/.test(id) && id.length < 15
    ? { side: 'hubspot', id }
    : {
        side: 'salesforce',
        object: id.startsWith('003') ? 'Contact' : 'Lead',
        id,
      };

const isPaired = (hubspotId: string, salesforceId: string): Link =>
  link({
    hubspotId,
    salesforceId,
    salesforceObject: salesforceId.startsWith('003') ? 'Contact' : 'Lead',
  });
const deleted: RecordFate = { isDeleted: true, masterRecordId: null };
const mergedInto = (masterRecordId: string): RecordFate => ({
  isDeleted: true,
  masterRecordId,
});

/** Everybody by each way round: as named, and backwards. */
const CASES: readonly [string, Facts, readonly string[], string][] = [
  [
    'two records, one with each of a contact’s addresses: the more recently modified',
    {
      contacts: [contact('1', { email: 'ada@x.co', hs_additional_emails: 'ada@old.co' })],
      records: [
        salesforceContact(CONTACT, { Email: 'ada@x.co' }),
        salesforceContact(
          OTHER_CONTACT,
          { Email: 'ada@old.co' },
          { modifiedAt: '2026-11-23T09:00:05.000Z' },
        ),
      ],
    },
    [CONTACT, OTHER_CONTACT, '1'],
    `1 has ${OTHER_CONTACT}`,
  ],
  [
    'a record that remembers one contact and has the address of another: the one it remembers',
    {
      contacts: [contact('1', { email: 'ada@x.co' }), contact('2')],
      records: [lead(LEAD, { Email: 'ada@x.co', Tandem_HubSpot_Id__c: '2' })],
    },
    ['1', '2', LEAD],
    `2 has ${LEAD}`,
  ],
  [
    'a lead merged into another, which has the address of a new contact: whose lead it was',
    {
      links: [isPaired('1', LEAD)],
      contacts: [contact('1', { email: 'old@x.co' }), contact('2', { email: 'ada@x.co' })],
      records: [lead(OTHER_LEAD, { Email: 'ada@x.co' })],
      recordFates: { [LEAD]: mergedInto(OTHER_LEAD) },
    },
    ['1', '2', OTHER_LEAD],
    `1 has ${OTHER_LEAD}`,
  ],
  [
    'a lead converted into the contact of somebody deleted, whose address a third has: whose lead it was',
    {
      links: [isPaired('3', LEAD), isPaired('1', CONTACT)],
      contacts: [contact('3'), contact('2', { email: 'ada@x.co' })],
      records: [
        lead(LEAD, {}, { isConverted: true, convertedContactId: CONTACT }),
        salesforceContact(CONTACT, { Email: 'ada@x.co' }),
      ],
      contactFates: { 1: { kind: 'archived' } },
    },
    ['3', '1', '2', LEAD, CONTACT],
    `3 has ${CONTACT}`,
  ],
  [
    'a merged contact whose record was deleted, and another record with its address: once',
    {
      links: [isPaired('2', LEAD)],
      contacts: [contact('1', { email: 'ada@x.co' })],
      records: [salesforceContact(CONTACT, { Email: 'ada@x.co' })],
      contactFates: { 2: { kind: 'mergedInto', id: '1' } },
      recordFates: { [LEAD]: deleted },
    },
    ['1', '2', CONTACT, LEAD],
    `1 has ${CONTACT}`,
  ],
];

const together = (subjects: readonly string[], facts: Facts): string[] =>
  pairUp(subjects.map(key), sighted(facts)).flatMap(({ hubspot, salesforce, blocked }) =>
    hubspot && salesforce && !blocked ? [`${hubspot.id} has ${salesforce.id}`] : [],
  );

describe('A record that two could have', () => {
  it.each(CASES)('%s', (_, facts, subjects, expected) => {
    expect(together(subjects, facts)).toEqual([expected]);
    expect(together(subjects.toReversed(), facts)).toEqual([expected]);
  });
});

describe('A converted lead of a merged contact', () => {
  it('that leads nowhere is told that it was converted: every record has a reason', () => {
    const facts: Facts = {
      links: [isPaired('1', OTHER_LEAD), isPaired('2', LEAD)],
      contacts: [contact('1', { email: 'ada@x.co' })],
      records: [
        lead(OTHER_LEAD, { Email: 'ada@x.co' }),
        lead(LEAD, {}, { isConverted: true, convertedContactId: CONTACT }),
      ],
      contactFates: { 2: { kind: 'mergedInto', id: '1' } },
    };
    const pairs = pairUp([key(LEAD)], sighted(facts));
    expect(pairs.map((one) => one.salesforce?.id)).toContain(LEAD);
    expect(pairs.find((one) => one.salesforce?.id === LEAD)?.blocked?.code).toBe('LEAD_CONVERTED');
  });
});
