// Somebody edits records on both sides, so many a second, and a watch is kept for each edit's arrival on the
// other side: a trigger in the Salesforce stand-in, which sees every save, and a look at the contact every few
// milliseconds. All of it in the stand-ins' own process: no call to either API is made, so no limit is used up.
import type { HubSpotStandIn } from '../../src/sandbox/hubspot/stand-in.ts';
import type { SalesforceStandIn } from '../../src/sandbox/salesforce/stand-in.ts';

export interface EditedPerson {
  readonly object: 'Lead' | 'Contact';
  readonly salesforceId: string;
  readonly hubspotId: string;
}

export interface Arrivals {
  /** Milliseconds from each edit to its arrival. */
  readonly toSalesforce: readonly number[];
  readonly toHubSpot: readonly number[];
  /** Edits that have not arrived. */
  readonly open: { readonly toSalesforce: number; readonly toHubSpot: number };
}

interface Pending {
  readonly at: number;
  readonly value: string;
}

const BEAT_MS = 100;
const WATCH_MS = 25;

/** The property that is edited in HubSpot, and its field by object; the other way round it is the job title. */
const CITY = { Lead: 'City', Contact: 'MailingCity' } as const;

export class Edits {
  readonly #hubspot: HubSpotStandIn;
  readonly #salesforce: SalesforceStandIn;
  readonly #people: readonly EditedPerson[];
  readonly #toSalesforce = new Map<string, Pending>();
  readonly #toHubSpot = new Map<string, Pending>();
  #arrived: { toSalesforce: number[]; toHubSpot: number[] } = { toSalesforce: [], toHubSpot: [] };
  #made = 0;
  #timer: NodeJS.Timeout | null = null;

  /** Everybody has to be on both sides. The first half is edited in HubSpot, the rest in Salesforce. */
  constructor(
    hubspot: HubSpotStandIn,
    salesforce: SalesforceStandIn,
    people: readonly EditedPerson[],
  ) {
    this.#hubspot = hubspot;
    this.#salesforce = salesforce;
    this.#people = people;
    for (const object of ['Lead', 'Contact'] as const) {
      salesforce.org.addTrigger(object, (row) => {
        this.#sawSalesforce(String(row.Id), String(row[CITY[object]]));
        return {};
      });
    }
    setInterval(() => {
      this.#lookAtHubSpot();
    }, WATCH_MS).unref();
  }

  /** From now on so many edits a second on each side, until `stop`. */
  start(perSecond: number): void {
    const started = Date.now();
    let made = 0;
    this.#arrived = { toSalesforce: [], toHubSpot: [] };
    this.#timer = setInterval(() => {
      const due = Math.floor(((Date.now() - started) / 1_000) * perSecond);
      for (; made < due; made += 1) this.#editBoth();
    }, BEAT_MS);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  arrivals(): Arrivals {
    return {
      ...this.#arrived,
      open: { toSalesforce: this.#toSalesforce.size, toHubSpot: this.#toHubSpot.size },
    };
  }

  /** Forgets edits that never arrived. */
  giveUp(): void {
    this.#toSalesforce.clear();
    this.#toHubSpot.clear();
  }

  #editBoth(): void {
    this.#made += 1;
    const half = Math.floor(this.#people.length / 2);
    const inHubSpot = this.#people[this.#made % half];
    const inSalesforce = this.#people[half + (this.#made % half)];
    if (!inHubSpot || !inSalesforce) throw new Error('too few people to edit');
    const value = `Edit ${this.#made}`;
    this.#toSalesforce.set(inHubSpot.salesforceId, { at: Date.now(), value });
    this.#hubspot.portal.update(inHubSpot.hubspotId, { city: value });
    this.#toHubSpot.set(inSalesforce.hubspotId, { at: Date.now(), value });
    this.#salesforce.org.update(inSalesforce.object, inSalesforce.salesforceId, { Title: value });
  }

  #sawSalesforce(id: string, city: string): void {
    const pending = this.#toSalesforce.get(id);
    if (pending?.value !== city) return;
    this.#toSalesforce.delete(id);
    this.#arrived.toSalesforce.push(Date.now() - pending.at);
  }

  #lookAtHubSpot(): void {
    for (const [id, { at, value }] of this.#toHubSpot) {
      if (this.#hubspot.portal.get(id)?.properties.jobtitle !== value) continue;
      this.#toHubSpot.delete(id);
      this.#arrived.toHubSpot.push(Date.now() - at);
    }
  }
}
