// Where the people work: each company with a few of them in a row, at one address and under one domain.
import { CULTURES, type Culture, type Place } from './cultures.ts';
import { dealer, Dice, nth, seedOf } from './dice.ts';

export interface Company {
  readonly index: number;
  readonly name: string;
  readonly domain: string;
  readonly website: string;
  readonly culture: Culture;
  readonly place: Place;
  readonly street: string;
  /** Of Salesforce's picklist. */
  readonly industry: string;
  readonly annualRevenue: number;
  readonly employees: number;
}

export const PEOPLE_PER_COMPANY = 4;

const COMPANY_SALT = 2;

/** How often a culture comes up in twelve times as many companies, most first. */
const CULTURE_DECK = CULTURES.flatMap((culture) =>
  Array<Culture>(culture.id === 'english' ? 6 : culture.id === 'german' ? 3 : 1).fill(culture),
);

const FIRST_WORDS = [
  ...['Northwind', 'Bluebird', 'Acme', 'Silverline', 'Harbor', 'Summit', 'Granite', 'Juniper'],
  ...['Lighthouse', 'Maple', 'Orchid', 'Pioneer', 'Quartz', 'Riverbend', 'Starling', 'Thistle'],
];
const LAST_WORDS = [
  ...['Labs', 'Freight', 'Foods', 'Energy', 'Health', 'Robotics', 'Textiles', 'Media'],
  ...['Consulting', 'Insurance', 'Studios', 'Shipyards', 'Systems', 'Travel', 'Banking'],
];
const LEGAL_FORMS = ['', ', Inc.', ' GmbH & Co. KG', ' Ltd', ' S.A.', ' AS', ' "Holding"'];
const INDUSTRIES = [
  ...['Agriculture', 'Banking', 'Biotechnology', 'Construction', 'Education', 'Energy', 'Finance'],
  ...['Food & Beverage', 'Healthcare', 'Insurance', 'Manufacturing', 'Media', 'Not For Profit'],
  ...['Retail', 'Shipping', 'Technology', 'Utilities', 'Other'],
];
const SIZES = [3, 12, 48, 90, 260, 740, 5_200, 61_000];

/** Companies by number; the same seed gives the same ones. */
export function companies(seed: number): (index: number) => Company {
  const cultureOf = dealer(seed, COMPANY_SALT, CULTURE_DECK);
  return (index) => {
    const dice = new Dice(seedOf(seed, COMPANY_SALT + 1, index));
    const culture = cultureOf(index);
    // Both words and, once all of their pairs are taken, a number: no two companies share a domain.
    const first = nth(FIRST_WORDS, index);
    const last = nth(LAST_WORDS, index);
    const round = Math.floor(index / (FIRST_WORDS.length * LAST_WORDS.length));
    const numbered = round === 0 ? '' : ` ${round + 1}`;
    const domain = `${first}-${last}${numbered.trim()}.example.com`.toLowerCase();
    return {
      index,
      name: `${first} ${last}${numbered}${dice.pick(LEGAL_FORMS)}`,
      domain,
      website: `https://www.${domain}`,
      culture,
      place: dice.pick(culture.places),
      street: culture.street(dice.between(1, 180)),
      industry: dice.pick(INDUSTRIES),
      annualRevenue: dice.between(1, 900) * 100_000,
      employees: dice.pick(SIZES) + dice.between(0, 9),
    };
  };
}
