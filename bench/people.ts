// The people of the benchmark: any number, each made from its number alone, so that no process has to keep
// or send them. Even ones are leads, odd ones contacts.
import type { SeedContact } from '../src/sandbox/hubspot/stand-in.ts';
import type { SeedRow } from '../src/sandbox/salesforce/stand-in.ts';

/** Who is where: in Salesforce only, in HubSpot only, or half on both sides and a quarter on either alone. */
export type Spread = 'salesforce' | 'hubspot' | 'both';

const COMPANIES = 500;

export const emailOf = (index: number): string =>
  `person${index}@company${index % COMPANIES}.example.com`;
const phoneOf = (index: number): string => `+49 228 ${String(1_000_000 + index)}`;

const isInSalesforce = (index: number, spread: Spread): boolean =>
  spread === 'salesforce' || (spread === 'both' && index % 4 !== 3);
const isInHubSpot = (index: number, spread: Spread): boolean =>
  spread === 'hubspot' || (spread === 'both' && index % 4 !== 2);
const isLead = (index: number, spread: Spread): boolean =>
  spread === 'both' ? index % 8 < 4 : index % 2 === 0;

function salesforceRow(index: number, spread: Spread, at: string): SeedRow {
  const lead = isLead(index, spread);
  const only = spread === 'both' ? { Title: 'Known in Salesforce only' } : {};
  return {
    object: lead ? 'Lead' : 'Contact',
    fields: {
      FirstName: `First${index}`,
      LastName: `Last${index}`,
      Email: emailOf(index),
      Phone: phoneOf(index),
      ...(spread === 'both'
        ? only
        : lead
          ? { City: 'Bonn', PostalCode: '53111' }
          : { MailingCity: 'Bonn', MailingPostalCode: '53111' }),
      ...(lead ? { Company: `Company ${index % COMPANIES}` } : {}),
      CreatedDate: at,
      SystemModstamp: at,
      LastModifiedDate: at,
    },
  };
}

function hubspotRow(index: number, spread: Spread, at: Date): SeedContact {
  return {
    properties: {
      firstname: `First${index}`,
      lastname: `Last${index}`,
      email: emailOf(index),
      phone: phoneOf(index),
      ...(spread === 'both'
        ? { city: 'Known in HubSpot only' }
        : { company: `Company ${index % COMPANIES}`, city: 'Bonn', zip: '53111' }),
    },
    createdate: at,
    lastmodifieddate: at,
  };
}

/** Rows in portions: a million at once would be a gigabyte that nobody needs. `first`: where the numbers begin. */
export function* salesforceRows(
  people: number,
  spread: Spread,
  at: Date,
  first = 0,
): Generator<SeedRow[]> {
  for (const portion of portions(first, people, (index) => isInSalesforce(index, spread)))
    yield portion.map((index) => salesforceRow(index, spread, at.toISOString()));
}

export function* hubspotRows(people: number, spread: Spread, at: Date): Generator<SeedContact[]> {
  for (const portion of portions(0, people, (index) => isInHubSpot(index, spread)))
    yield portion.map((index) => hubspotRow(index, spread, at));
}

const PORTION = 10_000;

function* portions(
  first: number,
  people: number,
  isThere: (index: number) => boolean,
): Generator<number[]> {
  for (let start = 0; start < people; start += PORTION) {
    const length = Math.min(PORTION, people - start);
    yield Array.from({ length }, (_, place) => first + start + place).filter(isThere);
  }
}

export interface Spreading {
  readonly leads: number;
  readonly contacts: number;
  readonly onlyInSalesforce: number;
  readonly onlyInHubSpot: number;
  readonly inBoth: number;
}

export function countSpread(people: number, spread: Spread): Spreading {
  const counts = { leads: 0, contacts: 0, onlyInSalesforce: 0, onlyInHubSpot: 0, inBoth: 0 };
  for (let index = 0; index < people; index += 1) {
    const here = isInSalesforce(index, spread);
    const there = isInHubSpot(index, spread);
    if (here && isLead(index, spread)) counts.leads += 1;
    else if (here) counts.contacts += 1;
    if (here && there) counts.inBoth += 1;
    else if (here) counts.onlyInSalesforce += 1;
    else if (there) counts.onlyInHubSpot += 1;
  }
  return counts;
}

/** Numbers of `count` people of one kind, scattered evenly. */
export function scattered(people: number, count: number, remainder: 0 | 1 | null): number[] {
  const pool = remainder === null ? people : Math.floor((people + 1 - remainder) / 2);
  const step = pool / count;
  return Array.from({ length: count }, (_, place) => {
    const index = Math.floor(place * step);
    return remainder === null ? index : index * 2 + remainder;
  });
}
