// The sample people: as many as wanted, one after the other, the same ones for the same seed. Nothing here
// knows the stand-ins; `seed.ts` puts the rows in.
import { campaignRows } from './campaigns.ts';
import { companies, PEOPLE_PER_COMPANY } from './companies.ts';
import { dealer, Dice, seedOf } from './dice.ts';
import { DIFFERENCE_DECK, type DifferenceName } from './differences.ts';
import { KIND_DECK, type PersonKind } from './kinds.ts';
import type { HubSpotRow, SalesforceRow } from './rows.ts';
import { Accounts, Sketch } from './sketch.ts';

export interface SampleOptions {
  readonly count: number;
  readonly seed: number;
  /** Milliseconds since the epoch; everything was made and changed before. */
  readonly now: number;
}

export interface SamplePerson {
  readonly index: number;
  readonly kind: PersonKind;
  /** How the two sides disagree; of people on one side only, what is odd about them. */
  readonly difference: DifferenceName;
  /** Also the account, when this is the first contact there, and campaign memberships. */
  readonly salesforce: readonly SalesforceRow[];
  readonly hubspot: readonly HubSpotRow[];
}

const SALT = { kind: 10, person: 11, difference: 12 } as const;
/** In both CRMs, every so many have the longest description there can be. */
const LONG_DESCRIPTION_EVERY = 25;
const IN_BOTH: ReadonlySet<PersonKind> = new Set(['leadInBoth', 'contactInBoth']);

/** Campaigns, which stand before the people. */
export const sampleCampaigns = ({ now }: SampleOptions): readonly SalesforceRow[] =>
  campaignRows(new Date(now));

export function* samplePeople({ count, seed, now }: SampleOptions): Generator<SamplePerson> {
  const kindOf = dealer(seed, SALT.kind, KIND_DECK);
  const differenceOf = differences(seed);
  const companyOf = companies(seed);
  const accounts = new Accounts();
  for (let index = 0; index < count; index += 1) {
    const kind = kindOf(index);
    const difference = differenceOf(IN_BOTH.has(kind));
    const company = companyOf(Math.floor(index / PEOPLE_PER_COMPANY));
    const dice = new Dice(seedOf(seed, SALT.person, index));
    const sketch = new Sketch({ index, company, dice, accounts, difference, now });
    DRAW[kind](sketch);
    const { salesforce, hubspot } = sketch;
    yield { index, kind, difference, salesforce, hubspot };
  }
}

/** Dealt apart to the people in both CRMs, so that each difference is really seen on both sides. */
function differences(seed: number): (inBoth: boolean) => DifferenceName {
  const ofPairs = dealer(seed, SALT.difference, DIFFERENCE_DECK);
  const ofOthers = dealer(seed, SALT.difference + 1, DIFFERENCE_DECK);
  let pairs = 0;
  let others = 0;
  return (inBoth) => {
    if (!inBoth) return ofOthers(others++);
    pairs += 1;
    return pairs % LONG_DESCRIPTION_EVERY === 0 ? 'longDescription' : ofPairs(pairs);
  };
}

/** The rows each kind of person has. */
const DRAW: Readonly<Record<PersonKind, (sketch: Sketch) => void>> = {
  leadOnly: (sketch) => sketch.addLead(),
  contactOnly: (sketch) => sketch.addContact(),
  hubspotOnly: (sketch) => sketch.addToHubSpot(),
  hubspotEmailOnly: (sketch) => sketch.addEmailToHubSpot(),
  leadInBoth: (sketch) => {
    sketch.addLead();
    sketch.addToHubSpot();
  },
  contactInBoth: (sketch) => {
    sketch.addContact();
    sketch.addToHubSpot();
  },
  leadAndContact: (sketch) => {
    sketch.addLead();
    sketch.addContact();
    sketch.addToHubSpot();
  },
  twoLeads: (sketch) => {
    sketch.addLead();
    sketch.addLead('b', { title: null, phone: null, leadStatus: 'notConverted' });
    sketch.addToHubSpot();
  },
  twoContacts: (sketch) => {
    sketch.addContact();
    sketch.addContact('b', { title: 'Consultant' });
  },
  leadWithoutEmail: (sketch) => sketch.addLead('', { email: null }),
  contactWithoutEmail: (sketch) => sketch.addContact('', { email: null }),
  hubspotWithoutEmail: (sketch) => sketch.addToHubSpot({ email: null }),
  converted: (sketch) => sketch.addConverted(),
  convertedInBoth: (sketch) => {
    sketch.addConverted();
    sketch.addToHubSpot();
  },
};
