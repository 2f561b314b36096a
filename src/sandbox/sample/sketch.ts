// The rows of one person, added one by one in the words of each CRM. Which a person has is decided in
// `people.ts`.
import { memberRows } from './campaigns.ts';
import type { Company } from './companies.ts';
import type { Dice } from './dice.ts';
import { disagree, type DifferenceName } from './differences.ts';
import { factsOf, OWNERS, type Facts } from './facts.ts';
import { hubspotRow } from './hubspot-rows.ts';
import type { HubSpotRow, SalesforceRow, SampleOwner } from './rows.ts';
import {
  accountRow,
  contactRow,
  convertedLeadRow,
  leadRow,
  type Lifetime,
} from './salesforce-rows.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const QUEUE: SampleOwner = { kind: 'queue', name: 'Inbound Leads' };

/** Which companies have an account already. */
export class Accounts {
  #latest = -1;

  /** True the first time; people come in the order of their companies. */
  opens({ index }: Company): boolean {
    const opens = index !== this.#latest;
    this.#latest = index;
    return opens;
  }
}

export interface SketchOptions {
  readonly index: number;
  readonly company: Company;
  readonly dice: Dice;
  readonly accounts: Accounts;
  readonly difference: DifferenceName;
  readonly now: number;
}

/** The rows of one person while they are being made. */
export class Sketch {
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

  constructor({ index, company, dice, accounts, difference, now }: SketchOptions) {
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
    const modifiedAgo = this.#dice.between(HOUR_MS, createdAgo);
    return {
      createdAt: new Date(this.#now - createdAgo),
      modifiedAt: new Date(this.#now - modifiedAgo),
    };
  }
}
