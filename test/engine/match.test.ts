import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Link } from '../../src/engine/link.ts';
import { pairUp, type Pair } from '../../src/engine/match.ts';
import type { HubSpotContact, RecordKey, SalesforceRecord } from '../../src/engine/records.ts';
import type { Sighted } from '../../src/engine/sighted.ts';
import { contact, lead, link, salesforceContact } from './fixtures.ts';

const LEAD_1 = '00Q000000000001EAA';
const LEAD_2 = '00Q000000000002EAA';
const CONTACT_1 = '003000000000001AAA';
const EMAIL = 'ada@example.com';

function sighted(facts: {
  links?: Link[];
  contacts?: HubSpotContact[];
  records?: SalesforceRecord[];
}): Sighted {
  const { links = [], contacts = [], records = [] } = facts;
  return {
    links,
    contacts: new Map(contacts.map((one) => [one.id, one])),
    contactsByEmail: new Map(),
    records: new Map(records.map((one) => [one.id, one])),
    contactFates: new Map(),
    recordFates: new Map(),
  };
}

const hubspot = (id: string): RecordKey => ({ side: 'hubspot', id });
const salesforce = (id: string): RecordKey => ({
  side: 'salesforce',
  object: id.startsWith('003') ? 'Contact' : 'Lead',
  id,
});
const keysOf = (facts: Sighted): RecordKey[] => [
  ...[...facts.contacts.keys()].map(hubspot),
  ...[...facts.records.keys()].map(salesforce),
];

/** Who is paired with whom, and why the others are not. */
const outcome = (pairs: readonly Pair[]): Record<string, string> =>
  Object.fromEntries(
    pairs.map((pair) => [
      pair.salesforce?.id ?? pair.hubspot?.id ?? 'gone',
      pair.hubspot && pair.salesforce
        ? `${pair.found} ${pair.hubspot.id}`
        : (pair.blocked?.code ?? 'alone'),
    ]),
  );

describe('matching (native-connector §7)', () => {
  it('keeps an existing link, whatever the e-mails say', () => {
    const facts = sighted({
      links: [link({ hubspotId: '1', salesforceId: LEAD_1, salesforceObject: 'Lead' })],
      contacts: [contact('1', { email: 'new@example.com' })],
      records: [
        lead(LEAD_1, { Email: 'old@example.com' }),
        salesforceContact(CONTACT_1, { Email: 'new@example.com' }),
      ],
    });
    expect(outcome(pairUp([hubspot('1')], facts))).toEqual({ [LEAD_1]: 'linked 1' });
  });

  it('adopts a pair by the id one side stored of the other, before any e-mail', () => {
    const stored = sighted({
      contacts: [contact('1', { email: EMAIL, salesforceleadid: LEAD_2.slice(0, 15) })],
      records: [lead(LEAD_1, { Email: EMAIL }), lead(LEAD_2)],
    });
    expect(outcome(pairUp([hubspot('1')], stored))[LEAD_2]).toBe('storedId 1');
    const external = sighted({
      contacts: [contact('1')],
      records: [lead(LEAD_1, { Tandem_HubSpot_Id__c: '1' })],
    });
    expect(outcome(pairUp([salesforce(LEAD_1)], external))).toEqual({ [LEAD_1]: 'externalId 1' });
  });

  it('ignores letter case and spaces of e-mails', () => {
    const facts = sighted({
      contacts: [contact('1', { email: EMAIL })],
      records: [lead(LEAD_1, { Email: ' Ada@EXAMPLE.com' })],
    });
    expect(outcome(pairUp([salesforce(LEAD_1)], facts))).toEqual({ [LEAD_1]: 'email 1' });
  });

  it.each([
    [
      'a contact before a newer lead',
      [
        lead(LEAD_1, { Email: EMAIL }, { modifiedAt: '2026-12-01T00:00:00.000Z' }),
        salesforceContact(CONTACT_1, { Email: EMAIL }),
      ],
      CONTACT_1,
    ],
    [
      'the most recently modified lead',
      [
        lead(LEAD_1, { Email: EMAIL }),
        lead(LEAD_2, { Email: EMAIL }, { modifiedAt: '2026-11-23T09:00:01.000Z' }),
      ],
      LEAD_2,
    ],
    [
      'the older of leads modified together',
      [
        lead(LEAD_1, { Email: EMAIL }),
        lead(LEAD_2, { Email: EMAIL }, { createdAt: '2020-01-01T00:00:00.000Z' }),
      ],
      LEAD_2,
    ],
    [
      'the lowest id when all else is equal',
      [lead(LEAD_2, { Email: EMAIL }), lead(LEAD_1, { Email: EMAIL })],
      LEAD_1,
    ],
    [
      'an unconverted lead before a converted one',
      [
        lead(
          LEAD_1,
          { Email: EMAIL },
          { isConverted: true, modifiedAt: '2026-12-01T00:00:00.000Z' },
        ),
        lead(LEAD_2, { Email: EMAIL }),
      ],
      LEAD_2,
    ],
  ])('prefers %s', (_, records, winner) => {
    const facts = sighted({ contacts: [contact('1', { email: EMAIL })], records });
    const pairs = outcome(pairUp(keysOf(facts), facts));
    expect(pairs[winner]).toBe('email 1');
    expect(Object.values(pairs).filter((found) => found.startsWith('email'))).toHaveLength(1);
  });

  it('says which record is the partner when another has the same e-mail', () => {
    const facts = sighted({
      links: [link({ hubspotId: '1', salesforceId: LEAD_1, salesforceObject: 'Lead' })],
      contacts: [contact('1', { email: EMAIL })],
      records: [lead(LEAD_1, { Email: EMAIL }), lead(LEAD_2, { Email: EMAIL })],
    });
    const [pair] = pairUp([salesforce(LEAD_2)], facts);
    expect(pair?.blocked).toMatchObject({
      code: 'DUPLICATE_IN_SALESFORCE',
      details: { id: LEAD_1 },
    });
  });

  it('never gives one Salesforce record to two contacts', () => {
    const facts = sighted({
      links: [link({ hubspotId: '1', salesforceId: LEAD_1, salesforceObject: 'Lead' })],
      contacts: [contact('1', { email: 'moved@example.com' }), contact('2', { email: EMAIL })],
      records: [lead(LEAD_1, { Email: EMAIL })],
    });
    expect(outcome(pairUp([hubspot('2')], facts))).toEqual({ 2: 'PAIRED_WITH_ANOTHER_CONTACT' });
  });

  it('takes the best of several records that HubSpot doesn’t know, once', () => {
    const records = [
      lead(LEAD_1, { Email: EMAIL }),
      lead(LEAD_2, { Email: EMAIL }),
      salesforceContact(CONTACT_1, { Email: EMAIL }),
    ];
    const facts = sighted({ records });
    expect(outcome(pairUp([salesforce(LEAD_1)], facts))).toEqual({
      [CONTACT_1]: 'alone',
      [LEAD_1]: 'DUPLICATE_IN_SALESFORCE',
    });
  });

  it('moves a converted lead’s link to the contact it became', () => {
    const facts = sighted({
      links: [link({ hubspotId: '1', salesforceId: LEAD_1, salesforceObject: 'Lead' })],
      contacts: [contact('1', { email: EMAIL })],
      records: [
        lead(LEAD_1, { Email: EMAIL }, { isConverted: true, convertedContactId: CONTACT_1 }),
        salesforceContact(CONTACT_1, { Email: EMAIL }),
      ],
    });
    expect(outcome(pairUp([hubspot('1')], facts))).toEqual({ [CONTACT_1]: 'converted 1' });
  });

  it.each([
    ['without e-mail', lead(LEAD_1), 'NO_EMAIL'],
    ['converted', lead(LEAD_1, { Email: EMAIL }, { isConverted: true }), 'LEAD_CONVERTED'],
  ])('leaves a lead alone that is %s', (_, record, why) => {
    expect(outcome(pairUp([salesforce(LEAD_1)], sighted({ records: [record] })))).toEqual({
      [LEAD_1]: why,
    });
  });

  it('takes over the row a record had of its own', () => {
    const alone = link({ salesforceId: LEAD_1, salesforceObject: 'Lead', state: 'skipped' });
    const own = link({ hubspotId: '1', state: 'skipped' });
    const facts = sighted({
      links: [alone, own],
      contacts: [contact('1', { email: EMAIL })],
      records: [lead(LEAD_1, { Email: EMAIL })],
    });
    const [pair] = pairUp([hubspot('1')], facts);
    expect(pair?.link?.id).toBe(own.id);
    expect(pair?.absorbs.map(({ id }) => id)).toEqual([alone.id]);
  });
});

describe('for any crowd with shared e-mails', () => {
  const emails = fc.constantFrom('a@x.co', 'b@x.co', 'c@x.co', null);
  const crowd = fc.record({
    contacts: fc
      .uniqueArray(emails, { minLength: 0, maxLength: 4 })
      .map((list) => list.map((email, index) => contact(String(index + 1), { email }))),
    records: fc
      .array(
        fc.record({
          email: emails,
          isContact: fc.boolean(),
          isConverted: fc.boolean(),
          second: fc.integer({ min: 0, max: 3 }),
        }),
        { maxLength: 8 },
      )
      .map((list) =>
        list.map(({ email, isContact, isConverted, second }, index) => {
          const id = `${isContact ? '003' : '00Q'}00000000000${index}AAA`;
          const facts = { modifiedAt: `2026-11-23T09:00:0${second}.000Z` };
          return isContact
            ? salesforceContact(id, { Email: email }, facts)
            : lead(id, { Email: email }, { ...facts, isConverted });
        }),
      ),
  });

  it('every record ends in exactly one pair, and no one has two partners', () => {
    fc.assert(
      fc.property(crowd, ({ contacts, records }) => {
        const facts = sighted({ contacts, records });
        const pairs = pairUp(keysOf(facts), facts);
        const seen = pairs.flatMap((pair) => [
          ...(pair.hubspot ? [`h${pair.hubspot.id}`] : []),
          ...(pair.salesforce ? [`s${pair.salesforce.id}`] : []),
        ]);
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen).toHaveLength(contacts.length + records.length);
      }),
    );
  });

  it('the order in which records come makes no difference', () => {
    fc.assert(
      fc.property(crowd, fc.integer(), ({ contacts, records }, seed) => {
        const facts = sighted({ contacts, records });
        const keys = keysOf(facts);
        const shuffled = [...keys].sort((one, other) => hash(one.id, seed) - hash(other.id, seed));
        const paired = (pairs: readonly Pair[]) =>
          pairs
            .flatMap(({ hubspot: left, salesforce: right, blocked }) =>
              left && right ? [`${left.id}=${right.id}`] : right && !blocked ? [right.id] : [],
            )
            .sort();
        expect(paired(pairUp(shuffled, facts))).toEqual(paired(pairUp(keys, facts)));
      }),
    );
  });
});

function hash(text: string, seed: number): number {
  let value = seed;
  for (const character of text) value = (Math.imul(value, 31) + character.charCodeAt(0)) | 0;
  return value;
}
