// Whatever happened to a crowd of people on both sides, and whoever of them is looked at first: the same
// pairs come of it, nobody is in two of them, and no row of memory is used twice (native-connector §7; SPEC.md,
// promise 3). `match.test.ts` has the same for people that nobody has paired yet.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Link } from '../../src/engine/link.ts';
import { pairUp, type Pair } from '../../src/engine/match.ts';
import type {
  ContactFate,
  HubSpotContact,
  RecordFate,
  RecordKey,
  SalesforceRecord,
} from '../../src/engine/records.ts';
import type { Sighted } from '../../src/engine/sighted.ts';
import { contact, lead, link, salesforceContact } from './fixtures.ts';

const PEOPLE = 4;
const hubspotId = (index: number): string => String(index + 1);
const leadId = (index: number): string => `00Q00000000000${index}EAA`;
const contactId = (index: number): string => `00300000000000${index}AAA`;

const email = fc.constantFrom('a@x.co', 'b@x.co', 'c@x.co', null);
const second = fc.nat({ max: 2 });

const inHubSpot = fc.record({
  email,
  additional: email,
  /** Index of the contact it was merged into; itself: it lives. */
  fate: fc.oneof(
    { weight: 5, arbitrary: fc.constant('lives' as const) },
    { weight: 1, arbitrary: fc.constant('archived' as const) },
    { weight: 1, arbitrary: fc.constant('erased' as const) },
    { weight: 2, arbitrary: fc.nat({ max: PEOPLE - 1 }) },
  ),
});
const inSalesforce = fc.record({
  email,
  fate: fc.oneof(
    { weight: 5, arbitrary: fc.constant('lives' as const) },
    { weight: 1, arbitrary: fc.constant('deleted' as const) },
    { weight: 1, arbitrary: fc.constant('hidden' as const) },
    { weight: 2, arbitrary: fc.nat({ max: PEOPLE - 1 }) },
  ),
  /** Leads only: converted into the contact of that index. */
  converted: fc.option(fc.nat({ max: PEOPLE - 1 }), { nil: null, freq: 4 }),
  externalId: fc.option(fc.nat({ max: PEOPLE - 1 }), { nil: null, freq: 3 }),
  second,
});
/** Which lead (0 to 3) or contact (4 to 7) each contact was paired with; repeats are dropped. */
const pairings = fc.array(
  fc.record({
    hubspot: fc.nat({ max: PEOPLE - 1 }),
    salesforce: fc.nat({ max: 2 * PEOPLE - 1 }),
    pinned: fc.boolean(),
  }),
  { maxLength: PEOPLE },
);

const crowd = fc.record({
  people: fc.array(inHubSpot, { minLength: 1, maxLength: PEOPLE }),
  leads: fc.array(inSalesforce, { maxLength: PEOPLE }),
  contacts: fc.array(inSalesforce, { maxLength: PEOPLE }),
  pairings,
});
type Crowd = typeof crowd extends fc.Arbitrary<infer Value> ? Value : never;

const stored = (index: number | null, id: (index: number) => string): string | null =>
  index === null ? null : id(index);

function sightedOf({ people, leads, contacts, pairings: paired }: Crowd): Sighted {
  const contactFates = new Map<string, ContactFate>();
  const live = new Map<string, HubSpotContact>();
  // As in HubSpot, an e-mail address belongs to one contact.
  const taken = new Set<string>();
  const own = (address: string | null): string | null => {
    if (address === null || taken.has(address)) return null;
    taken.add(address);
    return address;
  };
  const survives = (index: number): boolean => people[index]?.fate === 'lives';
  people.forEach((person, index) => {
    const id = hubspotId(index);
    if (person.fate === 'archived') contactFates.set(id, { kind: 'archived' });
    if (typeof person.fate === 'number' && survives(person.fate))
      contactFates.set(id, { kind: 'mergedInto', id: hubspotId(person.fate) });
    if (person.fate !== 'lives') return;
    const properties = {
      email: own(person.email),
      hs_additional_emails: own(person.additional),
    };
    live.set(id, contact(id, properties));
  });
  const records = new Map<string, SalesforceRecord>();
  const recordFates = new Map<string, RecordFate>();
  // As in Salesforce, an external id belongs to one record.
  const externalIds = new Set<string>();
  const external = (index: number | null): string | null => {
    const id = stored(index, hubspotId);
    if (id === null || index === null || !survives(index) || externalIds.has(id)) return null;
    externalIds.add(id);
    return id;
  };
  const keep = (one: Crowd['leads'][number], index: number, object: 'Lead' | 'Contact'): void => {
    const idOf = object === 'Lead' ? leadId : contactId;
    const id = idOf(index);
    const others = object === 'Lead' ? leads : contacts;
    if (one.fate === 'deleted') recordFates.set(id, { isDeleted: true, masterRecordId: null });
    if (typeof one.fate === 'number' && others[one.fate]?.fate === 'lives')
      recordFates.set(id, { isDeleted: true, masterRecordId: idOf(one.fate) });
    if (one.fate !== 'lives') return;
    const fields = {
      Email: one.email,
      Tandem_HubSpot_Id__c: external(one.externalId),
    };
    const facts = { modifiedAt: `2026-11-23T09:00:0${one.second}.000Z` };
    const isConverted = one.converted !== null;
    records.set(
      id,
      object === 'Contact'
        ? salesforceContact(id, fields, facts)
        : lead(id, fields, {
            ...facts,
            isConverted,
            convertedContactId: stored(one.converted, contactId),
          }),
    );
  };
  leads.forEach((one, index) => {
    keep(one, index, 'Lead');
  });
  contacts.forEach((one, index) => {
    keep(one, index, 'Contact');
  });
  return {
    links: linksOf(paired),
    contacts: live,
    contactsByEmail: new Map(),
    records,
    contactFates,
    recordFates,
  };
}

function linksOf(paired: Crowd['pairings']): Link[] {
  const used = new Set<string>();
  return paired.flatMap(({ hubspot, salesforce, pinned }) => {
    const isLead = salesforce < PEOPLE;
    const salesforceId = isLead ? leadId(salesforce) : contactId(salesforce - PEOPLE);
    if (used.has(hubspotId(hubspot)) || used.has(salesforceId)) return [];
    used.add(hubspotId(hubspot));
    used.add(salesforceId);
    const salesforceObject = isLead ? ('Lead' as const) : ('Contact' as const);
    return [
      link({
        hubspotId: hubspotId(hubspot),
        salesforceId,
        salesforceObject,
        pinned,
      }),
    ];
  });
}

/** Everybody anybody knows of, on both sides. */
const subjectsOf = (facts: Sighted): RecordKey[] => {
  const ofHubSpot = new Set([
    ...facts.contacts.keys(),
    ...facts.contactFates.keys(),
    ...facts.links.flatMap((one) => one.hubspotId ?? []),
  ]);
  const ofSalesforce = new Set([
    ...facts.records.keys(),
    ...facts.recordFates.keys(),
    ...facts.links.flatMap((one) => one.salesforceId ?? []),
  ]);
  return [
    ...[...ofHubSpot].map((id): RecordKey => ({ side: 'hubspot', id })),
    ...[...ofSalesforce].map((id): RecordKey => ({
      side: 'salesforce',
      object: id.startsWith('003') ? 'Contact' : 'Lead',
      id,
    })),
  ];
};

const together = (pairs: readonly Pair[]): string[] =>
  pairs
    .flatMap(({ hubspot, salesforce, blocked }) =>
      hubspot && salesforce && !blocked ? [`${hubspot.id} and ${salesforce.id}`] : [],
    )
    .toSorted();

const shuffled = (subjects: readonly RecordKey[], order: readonly number[]): RecordKey[] =>
  subjects
    .map((subject, index) => ({
      subject,
      rank: order[index % order.length] ?? 0,
    }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ subject }) => subject);

const order = fc.array(fc.nat({ max: 1000 }), { minLength: 16, maxLength: 16 });
const repeated = (ids: readonly string[]): string[] =>
  ids.filter((id, index) => ids.indexOf(id) !== index);

describe('For any crowd, with links, merges, conversions and deletions behind it', () => {
  it('the same pairs come of it, whoever is looked at first', () => {
    fc.assert(
      fc.property(crowd, order, (people, ranks) => {
        const facts = sightedOf(people);
        const subjects = subjectsOf(facts);
        expect(together(pairUp(shuffled(subjects, ranks), facts))).toEqual(
          together(pairUp(subjects, facts)),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('nobody is in two pairs, and no row is used by two', () => {
    fc.assert(
      fc.property(crowd, order, (people, ranks) => {
        const facts = sightedOf(people);
        const pairs = pairUp(shuffled(subjectsOf(facts), ranks), facts);
        const paired = pairs.filter(({ hubspot, salesforce }) => hubspot && salesforce);
        expect(repeated(paired.flatMap(({ hubspot }) => hubspot?.id ?? []))).toEqual([]);
        expect(repeated(paired.flatMap(({ salesforce }) => salesforce?.id ?? []))).toEqual([]);
        expect(repeated(pairs.flatMap((pair) => pair.link?.id ?? []))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('everybody alive is in a pair, or alone with or without a reason: nobody is forgotten', () => {
    fc.assert(
      fc.property(crowd, order, (people, ranks) => {
        const facts = sightedOf(people);
        const pairs = pairUp(shuffled(subjectsOf(facts), ranks), facts);
        const told = new Set(
          pairs.flatMap((pair) => [
            pair.hubspot?.id,
            pair.salesforce?.id,
            pair.link?.hubspotId,
            pair.link?.salesforceId,
          ]),
        );
        for (const id of [...facts.contacts.keys(), ...facts.records.keys()])
          expect(told).toContain(id);
      }),
      { numRuns: 1000 },
    );
  });

  it('a pinned pair whose records both live stays together', () => {
    fc.assert(
      fc.property(crowd, order, (people, ranks) => {
        const facts = sightedOf(people);
        const pairs = together(pairUp(shuffled(subjectsOf(facts), ranks), facts));
        for (const { pinned, hubspotId: id, salesforceId } of facts.links) {
          if (!pinned || id === null || salesforceId === null || !facts.contacts.has(id)) continue;
          const record = facts.records.get(salesforceId);
          if (record && !record.isConverted) expect(pairs).toContain(`${id} and ${salesforceId}`);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
