// The sample people: as many as wanted, one after the other, the same ones for the same seed. Nothing here
// knows the stand-ins; `seed.ts` puts the rows in.
import { campaignRows, memberRows } from './campaigns.ts';
import { companies, PEOPLE_PER_COMPANY, type Company } from './companies.ts';
import { dealer, Dice, seedOf } from './dice.ts';
import { DIFFERENCE_DECK, disagree, type DifferenceName } from './differences.ts';
import { factsOf, OWNERS, type Facts } from './facts.ts';
import { hubspotRow } from './hubspot-rows.ts';
import { KIND_DECK, type PersonKind } from './kinds.ts';
import type { HubSpotRow, SalesforceRow, SampleOwner } from './rows.ts';
import {
  accountRow,
  contactRow,
  convertedLeadRow,
  leadRow,
  type Lifetime,
} from './salesforce-rows.ts';

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
const DAY_MS = 86_400_000;
/** In both CRMs, every so many have the longest description there can be. */
const LONG_DESCRIPTION_EVERY = 25;
const QUEUE: SampleOwner = { kind: 'queue', name: 'Inbound Leads' };

/** Campaigns, which stand before the people. */
export const sampleCampaigns = ({ now }: SampleOptions): readonly SalesforceRow[] =>
  campaignRows(new Date(now));

export function* samplePeople({ count, seed, now }: SampleOptions): Generator<SamplePerson> {
  const kindOf = dealer(seed, SALT.kind, KIND_DECK);
  const differenceOf = dealer(seed, SALT.difference, DIFFERENCE_DECK);
  const companyOf = companies(seed);
  const accounts = new Accounts();
  /** How many got a difference dealt so far. */
  let dealt = 0;
  let inBoth = 0;
  for (let index = 0; index < count; index += 1) {
    const kind = kindOf(index);
    let difference: DifferenceName = differenceOf(dealt);
    dealt += 1;
    if (kind === 'leadInBoth' || kind === 'contactInBoth') {
      if (inBoth % LONG_DESCRIPTION_EVERY === 0) difference = 'longDescription';
      inBoth += 1;
    }
    const company = companyOf(Math.floor(index / PEOPLE_PER_COMPANY));
    const dice = new Dice(seedOf(seed, SALT.person, index));
    const sketch = new Sketch(index, company, dice, accounts, difference, now);
    draw(kind, sketch);
    yield {
      index,
      kind,
      difference,
      salesforce: sketch.salesforce,
      hubspot: sketch.hubspot,
    };
  }
}

function draw(kind: PersonKind, sketch: Sketch): void {
  switch (kind) {
    case 'leadOnly':
      return sketch.addLead();
    case 'contactOnly':
      return sketch.addContact();
    case 'hubspotOnly':
      return sketch.addToHubSpot();
    case 'hubspotEmailOnly':
      return sketch.addEmailToHubSpot();
    case 'leadInBoth':
      sketch.addLead();
      return sketch.addToHubSpot();
    case 'contactInBoth':
      sketch.addContact();
      return sketch.addToHubSpot();
    case 'leadAndContact':
      sketch.addLead();
      sketch.addContact();
      return sketch.addToHubSpot();
    case 'twoLeads':
      sketch.addLead();
      sketch.addLead('b', { title: null, phone: null, leadStatus: 'notConverted' });
      return sketch.addToHubSpot();
    case 'twoContacts':
      sketch.addContact();
      return sketch.addContact('b', { title: 'Consultant' });
    case 'leadWithoutEmail':
      return sketch.addLead('', { email: null });
    case 'contactWithoutEmail':
      return sketch.addContact('', { email: null });
    case 'hubspotWithoutEmail':
      return sketch.addToHubSpot({ email: null });
    case 'converted':
      return sketch.addConverted();
    case 'convertedInBoth':
      sketch.addConverted();
      return sketch.addToHubSpot();
  }
}

/** Which companies have an account already. */
class Accounts {
  #latest = -1;

  /** True the first time; people come in the order of their companies. */
  opens({ index }: Company): boolean {
    const opens = index !== this.#latest;
    this.#latest = index;
    return opens;
  }
}

/** The rows of one person while they are being made. */
class Sketch {
  readonly salesforce: SalesforceRow[] = [];
  readonly hubspot: HubSpotRow[] = [];
  readonly #index: number;
  readonly #company: Company;
  readonly #dice: Dice;
  readonly #accounts: Accounts;
  readonly #now: number;
  readonly #inSalesforce: Facts;
  readonly #inHubSpot: Facts;
  readonly #hubspotRaw: Readonly<Record<string, string>>;

  constructor(
    index: number,
    company: Company,
    dice: Dice,
    accounts: Accounts,
    difference: DifferenceName,
    now: number,
  ) {
    this.#index = index;
    this.#company = company;
    this.#dice = dice;
    this.#accounts = accounts;
    this.#now = now;
    const facts = factsOf(index, company, dice);
    const { salesforce, hubspot, hubspotRaw } = disagree(difference, facts, dice);
    this.#inSalesforce = { ...facts, ...salesforce };
    this.#inHubSpot = { ...facts, ...hubspot };
    this.#hubspotRaw = hubspotRaw ?? {};
  }

  /** `suffix` tells a second one of the same person from the first. */
  addLead(suffix = '', facts: Partial<Facts> = {}): void {
    const isNew = this.#inSalesforce.leadStatus === 'new';
    const owner = isNew && this.#dice.chance(20) ? QUEUE : this.#inSalesforce.owner;
    const lead = leadRow(
      `lead-${this.#index}${suffix}`,
      { ...this.#inSalesforce, owner, ...facts },
      this.#lifetime(),
    );
    this.salesforce.push(lead, ...memberRows(lead, this.#dice));
  }

  addContact(suffix = '', facts: Partial<Facts> = {}): void {
    const contact = this.#contact(suffix, facts);
    this.salesforce.push(contact, ...memberRows(contact, this.#dice));
  }

  addConverted(): void {
    const contact = this.#contact('', {});
    const lead = convertedLeadRow(
      `lead-${this.#index}`,
      this.#inSalesforce,
      this.#lifetime(),
      contact,
    );
    // Conversion gives the lead's memberships to the contact too.
    const members = memberRows(lead, this.#dice).map((member) => ({
      ...member,
      refs: { ...member.refs, ContactId: contact.key },
    }));
    this.salesforce.push(contact, lead, ...members);
  }

  addToHubSpot(facts: Partial<Facts> = {}): void {
    this.hubspot.push(
      hubspotRow(
        `hubspot-${this.#index}`,
        { ...this.#inHubSpot, ...facts },
        this.#lifetime(),
        this.#hubspotRaw,
      ),
    );
  }

  addEmailToHubSpot(): void {
    const { email } = this.#inHubSpot;
    this.hubspot.push({
      key: `hubspot-${this.#index}`,
      properties: email === null ? {} : { email },
      ownerEmail: null,
      ...this.#lifetime(),
    });
  }

  /** A contact and, before it, the account it belongs to; some belong to none. */
  #contact(suffix: string, facts: Partial<Facts>): SalesforceRow {
    const known = { ...this.#inSalesforce, ...facts };
    let accountKey: string | null = null;
    if (this.#dice.chance(92)) {
      accountKey = `account-${this.#company.index}`;
      if (this.#accounts.opens(this.#company)) {
        const lifetime = this.#lifetime();
        this.salesforce.push(accountRow(accountKey, this.#company, lifetime, OWNERS.maya));
      }
    }
    return contactRow(`contact-${this.#index}${suffix}`, known, this.#lifetime(), accountKey);
  }

  /** Made within three years, changed since, and not in the last hour: a feed that starts now sees nothing. */
  #lifetime(): Lifetime {
    const createdAgo = this.#dice.between(2 * DAY_MS, 1_000 * DAY_MS);
    const modifiedAgo = this.#dice.between(DAY_MS / 24, createdAgo);
    return {
      createdAt: new Date(this.#now - createdAgo),
      modifiedAt: new Date(this.#now - modifiedAgo),
    };
  }
}
