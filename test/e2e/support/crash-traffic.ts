// What people do in both CRMs while workers are killed, and what must be true of it in the end. Everybody has
// one fate: most are only edited (job titles in HubSpot, cities in Salesforce, so that the last value entered
// is the one both sides must end with); some are deleted on one side; some are merged with another.
import type { RecordKey } from '../../../src/engine/records.ts';
import type { HubSpotStandIn } from '../../../src/sandbox/hubspot/stand-in.ts';
import type { SalesforceStandIn } from '../../../src/sandbox/salesforce/stand-in.ts';

export interface BothSides {
  readonly hubspot: HubSpotStandIn;
  readonly salesforce: SalesforceStandIn;
}

type Fate = 'edited' | 'deleted' | 'merged';

export interface Somebody {
  readonly email: string;
  readonly fate: Fate;
  /** The last job title somebody entered in HubSpot, and the last city in Salesforce. */
  jobTitle: string | null;
  city: string | null;
  /** Deleted or merged: nobody touches them any more. */
  isOver: boolean;
}

const SETTINGS = { city: 'twoWay', jobtitle: 'twoWay', phone: 'twoWay', lastname: 'twoWay' };
export const CRASH_SETTINGS = { mappings: { defaultRules: SETTINGS } };

export class Traffic {
  readonly people: Somebody[] = [];
  readonly #sides: BothSides;
  readonly #random: () => number;
  #values = 0;

  constructor(sides: BothSides, random: () => number) {
    this.#sides = sides;
    this.#random = random;
  }

  /** One more person, on one side or on both. */
  arrive(): RecordKey[] {
    const number = this.people.length;
    const dice = number % 10;
    const fate: Fate = dice < 7 ? 'edited' : dice === 7 ? 'deleted' : 'merged';
    const email = `p${number}@example.com`;
    this.people.push({ email, fate, jobTitle: null, city: null, isOver: false });
    const where = this.#random();
    const named: RecordKey[] = [];
    if (where > 0.35) {
      const { id } = this.#sides.hubspot.portal.create({ email, lastname: `P${number}` });
      named.push({ side: 'hubspot', id });
    }
    if (where < 0.65) {
      const fields = { LastName: `P${number}`, Email: email };
      const { org } = this.#sides.salesforce;
      if (this.#random() < 0.3) org.insert('Contact', fields);
      else org.insert('Lead', { ...fields, Company: 'Acme' });
    }
    return named;
  }

  /** Something happens; returns the HubSpot contacts a webhook tells of. */
  happen(): RecordKey[] {
    const dice = this.#random();
    if (dice < 0.12) return this.arrive();
    if (dice < 0.16) return this.#end('deleted');
    if (dice < 0.2) return this.#end('merged');
    return this.#random() < 0.5 ? this.#editInHubSpot() : this.#editInSalesforce();
  }

  someContact(): string | null {
    const contacts = this.#sides.hubspot.portal.all();
    return contacts[this.#below(contacts.length)]?.id ?? null;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #somebody(fate?: Fate): Somebody | undefined {
    const there = this.people.filter((one) => !one.isOver && (!fate || one.fate === fate));
    return there[this.#below(there.length)];
  }

  #editInHubSpot(): RecordKey[] {
    const one = this.#somebody();
    const contact = one && this.#sides.hubspot.portal.byEmail(one.email);
    if (!contact) return [];
    const value = `job ${(this.#values += 1)}`;
    one.jobTitle = value;
    this.#sides.hubspot.portal.update(contact.id, { jobtitle: value, phone: value });
    return [{ side: 'hubspot', id: contact.id }];
  }

  #editInSalesforce(): RecordKey[] {
    const one = this.#somebody();
    const record = one && recordsOf(this.#sides, one.email)[0];
    if (!record) return [];
    const value = `city ${(this.#values += 1)}`;
    one.city = value;
    const city = record.object === 'Lead' ? 'City' : 'MailingCity';
    this.#sides.salesforce.org.update(record.object, record.id, { [city]: value, Phone: value });
    return [];
  }

  #end(fate: 'deleted' | 'merged'): RecordKey[] {
    const one = this.#somebody(fate);
    const { portal } = this.#sides.hubspot;
    const { org } = this.#sides.salesforce;
    const contact = one && portal.byEmail(one.email);
    const record = one && recordsOf(this.#sides, one.email)[0];
    if (!one) return [];
    if (fate === 'deleted') {
      one.isOver = true;
      if (contact && this.#random() < 0.5) {
        portal.archive(contact.id);
        return [{ side: 'hubspot', id: contact.id }];
      }
      if (record) org.remove(record.object, record.id);
      return [];
    }
    const other = this.#somebody('merged');
    if (!other || other === one) return [];
    if (this.#random() < 0.5) {
      const loser = portal.byEmail(other.email);
      if (!contact || !loser || loser.id === contact.id) return [];
      const survivor = portal.merge(contact.id, loser.id);
      other.isOver = true;
      return [{ side: 'hubspot', id: survivor.id }];
    }
    const loser = recordsOf(this.#sides, other.email)[0];
    if (!record || !loser || loser.id === record.id || loser.object !== record.object) return [];
    org.merge(record.object, record.id, [loser.id]);
    other.isOver = true;
    return [];
  }
}

/** Live records with an e-mail address. */
export function recordsOf({ salesforce: { org } }: BothSides, email: string) {
  return (['Lead', 'Contact'] as const).flatMap((object) =>
    org
      .all(object)
      .filter(({ Email, IsConverted }) => Email === email && IsConverted !== true)
      .map((fields) => ({ object, id: String(fields.Id), fields })),
  );
}
