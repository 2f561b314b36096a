// How the two CRMs disagree about a person who is in both. Each is a small change to what one side holds;
// together they are the mess a sync has to make sense of.
import type { Dice } from './dice.ts';
import { OWNERS, type Facts } from './facts.ts';

export interface Disagreement {
  readonly salesforce?: Partial<Facts>;
  readonly hubspot?: Partial<Facts>;
  /** HubSpot properties as they stand there, over the facts. */
  readonly hubspotRaw?: Readonly<Record<string, string>>;
}

const shout = (text: string | null): string | null => text?.toLocaleUpperCase('en') ?? null;

/** Exactly what a Salesforce description takes, with an emoji at its very end. */
export const LONGEST_DESCRIPTION = 32_000;
const SENTENCE = 'Called again; nobody there. Left a message — “will call back”. 📞 ';
function longestDescription(): string {
  const end = '🏁';
  const text = SENTENCE.repeat(Math.ceil(LONGEST_DESCRIPTION / SENTENCE.length));
  // Not through the middle of a phone.
  const cut = text.slice(0, LONGEST_DESCRIPTION - end.length).replace(/[\uD800-\uDBFF]$/, '.');
  return cut + end;
}
const TOO_MUCH_TO_READ = longestDescription();

export const DIFFERENCES = {
  none: () => ({}),
  blankInSalesforce: () => ({
    salesforce: { title: null, phone: null, city: null, zip: null, website: null, industry: null },
  }),
  blankInHubSpot: () => ({
    hubspot: { salutation: null, title: null, street: null, state: null, annualRevenue: null },
  }),
  otherCase: ({ company, city, country }) => ({
    hubspot: {
      company: shout(company),
      city: shout(city),
      country: country?.toLowerCase() ?? null,
    },
  }),
  /** HubSpot keeps blanks around text; Salesforce trims them. */
  whitespace: ({ firstName, lastName, city }) => ({
    hubspot: {
      firstName: `${firstName ?? 'Kim'} `,
      lastName: `  ${lastName}`,
      city: city === null ? ' ' : `${city}\u00a0`,
    },
  }),
  stalePhone: (_, dice) => ({
    hubspot: { phone: `+1 212 555 ${dice.between(1_000, 9_999)}`, title: 'Former Trainee' },
  }),
  oddPhone: (_, dice) => {
    const odd = ['(415) 555-0100 ext. 12', '1-800-FLOWERS', '+00 000 000', 'ask for Bob', '٠١٠٠'];
    return { salesforce: { phone: dice.pick(odd) }, hubspot: { phone: dice.pick(odd) } };
  },
  longDescription: () => ({ salesforce: { description: TOO_MUCH_TO_READ } }),
  emojiDescription: () => ({
    salesforce: { description: '🎉 Signed! 👩‍👩‍👧‍👦 family business 🇳🇴 – VIP ⭐⭐⭐' },
  }),
  /** Salesforce's city takes 40 characters, its title 128. */
  tooLongForSalesforce: () => ({
    salesforce: { city: null, title: null },
    hubspot: {
      city: 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch',
      title: 'Vice President of '.repeat(9).trim(),
    },
  }),
  freeTextIndustry: (_, dice) => ({
    salesforce: { industry: null },
    hubspot: { industry: dice.pick(['Computer software / SaaS', 'agri-tech', 'we make boats']) },
  }),
  numberAsText: () => ({
    salesforce: { annualRevenue: null },
    hubspotRaw: { annualrevenue: '1,200,000' },
  }),
  notANumber: () => ({
    salesforce: { annualRevenue: null },
    hubspotRaw: { annualrevenue: 'about $2m' },
  }),
  /** A range on one side, a number outside it on the other. */
  otherEmployees: () => ({
    salesforce: { employees: 17 },
    hubspotRaw: { numemployees: '500-1000' },
  }),
  optedOutInHubSpot: () => ({ salesforce: { optedOut: false }, hubspot: { optedOut: true } }),
  optedOutInSalesforce: () => ({ salesforce: { optedOut: true }, hubspot: { optedOut: false } }),
  otherOwner: () => ({ salesforce: { owner: OWNERS.jonas }, hubspot: { owner: OWNERS.priya } }),
  ownerOnlyInHubSpot: () => ({ hubspot: { owner: OWNERS.elena } }),
  ownerInactiveInSalesforce: () => ({
    salesforce: { owner: OWNERS.tom },
    hubspot: { owner: OWNERS.tom },
  }),
  noOwnerInHubSpot: () => ({ hubspot: { owner: null } }),
  nickname: ({ lastName }) => ({ hubspot: { firstName: 'Bob', lastName: `${lastName}-Meyer` } }),
  /** HubSpot's own statuses beyond the three that both sides know. */
  otherLeadStatus: (_, dice) => ({
    hubspotRaw: { hs_lead_status: dice.pick(['OPEN', 'CONNECTED', 'ATTEMPTED_TO_CONTACT']) },
  }),
  mixedCaseEmail: ({ email }) => ({
    salesforce: { email: email?.replace(/^./, (first) => first.toUpperCase()) ?? null },
  }),
} as const satisfies Readonly<Record<string, (facts: Facts, dice: Dice) => Disagreement>>;

export type DifferenceName = keyof typeof DIFFERENCES;

/** Dealt in turn, so that every one comes up; agreement three times as often, and long texts apart. */
export const DIFFERENCE_DECK: readonly DifferenceName[] = [
  ...(['none', 'none'] as const),
  ...(Object.keys(DIFFERENCES) as DifferenceName[]).filter((name) => name !== 'longDescription'),
];

export const disagree = (name: DifferenceName, facts: Facts, dice: Dice): Disagreement =>
  DIFFERENCES[name](facts, dice);
