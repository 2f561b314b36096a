// The bare loop: only the calls that docs/floor.md counts, in the batches and as many at a time as Tandem's
// adapters send them, with the same fields asked for. It parses the answers, and does nothing with them but
// page on: nothing is compared, decided or remembered, so nothing can be resumed, either. What time it takes is what
// both CRMs and the way to them take.
import { z } from 'zod';
import { AT_ONCE } from '../../src/hubspot/chunks.ts';
import { inList, quoted, select, dateTime } from '../../src/salesforce/soql.ts';
import { PAGE, query } from '../../src/salesforce/rows.ts';
import { emailOf } from '../people.ts';
import { atOnce, callersOf, inPortions, type Callers, type Subrequest } from './calls.ts';

/** Calls to Salesforce on the way at once; it refuses long ones beyond 25. */
const SALESFORCE_AT_ONCE = 5;
const BATCH = 100;
const SEARCH_PAGE = 200;
const COLLECTION = 200;
const EMAILS_PER_QUERY = 400;
const MEMBERS_PER_QUERY = 500;
const HEAVY_PER_COMPOSITE = 5;

export interface Asks {
  readonly hubspot: readonly string[];
  readonly lead: readonly string[];
  readonly contact: readonly string[];
}

/** The same person on both sides. */
export interface PairIds {
  readonly salesforceId: string;
  readonly hubspotId: string;
}

type ObjectName = 'Lead' | 'Contact';

const OBJECTS = ['Contact', 'Lead'] as const;
const SYSTEM: Readonly<Record<ObjectName, readonly string[]>> = {
  Lead: ['Id', 'SystemModstamp', 'CreatedDate', 'IsDeleted', 'IsConverted', 'ConvertedContactId'],
  Contact: ['Id', 'SystemModstamp', 'CreatedDate', 'IsDeleted'],
};

const recordsSchema = z.object({ records: z.array(z.object({ Id: z.string() })) });
const listSchema = z.object({
  paging: z.object({ next: z.object({ after: z.string() }) }).optional(),
});
/** A refused write would come back as no change, and spare the loop calls that Tandem makes. */
const takenSchema = z.object({ status: z.literal('COMPLETE'), errors: z.undefined().optional() });
const foundSchema = z.object({ results: z.array(z.object({ id: z.string() })) });

export class BareLoop {
  readonly #calls: Callers;
  readonly #asks: Asks;

  private constructor(calls: Callers, asks: Asks) {
    this.#calls = calls;
    this.#asks = asks;
  }

  static async open(hubspotUrl: string, salesforceUrl: string, asks: Asks): Promise<BareLoop> {
    return new BareLoop(await callersOf(hubspotUrl, salesforceUrl), asks);
  }

  /** People in Salesforce, half of them leads, of whom HubSpot knows nobody. */
  async import(): Promise<void> {
    for (const object of OBJECTS) {
      let next: Promise<string[]> | null = this.#page(object, '');
      // Even people are leads, odd ones contacts, in the order of their ids.
      for (let index = object === 'Lead' ? 0 : 1; next !== null; index += 2 * PAGE) {
        const ids: string[] = await next;
        next = ids.length < PAGE ? null : this.#page(object, ids.at(-1) ?? '');
        // A page that fails while another is dealt with is noticed when its turn comes.
        next?.catch(() => undefined);
        if (ids.length > 0) await this.#importPage(object, ids, index);
      }
    }
    for (let after: string | null = ''; after !== null;) after = await this.#list(after);
    await this.look();
  }

  async salesforceChanges(since: string, pairs: readonly PairIds[]): Promise<void> {
    await this.#changedInSalesforce(since, pairs.length);
    await atOnce(AT_ONCE, inPortions(pairs, BATCH), async (some) => {
      const inputs = some.map(({ hubspotId }) => ({ id: hubspotId }));
      await this.#calls.hubspot('POST', '/batch/read', { inputs, properties: this.#asks.hubspot });
    });
    await atOnce(AT_ONCE, inPortions(pairs, BATCH), async (some) => {
      const answer = await this.#calls.hubspot('POST', '/batch/update', {
        inputs: some.map(({ hubspotId }, place) => ({
          id: hubspotId,
          properties: { jobtitle: 'Changed in Salesforce', tandem_last_sync: '1' },
          objectWriteTraceId: String(place),
        })),
      });
      takenSchema.parse(answer);
    });
    await this.#searchAll(since);
    await this.look();
  }

  async hubspotChanges(since: string, pairs: readonly PairIds[]): Promise<void> {
    await this.#searchAll(since);
    const ofObject = (object: ObjectName): string[] =>
      pairs
        .map(({ salesforceId }) => salesforceId)
        .filter((id) => id.startsWith(object === 'Lead' ? '00Q' : '003'));
    const retrievals = OBJECTS.flatMap((object) =>
      inPortions(ofObject(object), PAGE).map((ids) => ({
        method: 'POST',
        path: `/composite/sobjects/${object}`,
        body: { ids, fields: this.#fieldsOf(object) },
      })),
    );
    await this.#composites(retrievals);
    const updates = OBJECTS.flatMap((object) =>
      inPortions(ofObject(object), COLLECTION).map((ids) => ({
        method: 'PATCH',
        path: '/composite/sobjects',
        body: {
          allOrNone: false,
          records: ids.map((id) => ({
            attributes: { type: object },
            id,
            [object === 'Lead' ? 'City' : 'MailingCity']: 'Paris',
          })),
        },
      })),
    );
    await this.#composites(updates);
    await this.#changedInSalesforce(since, pairs.length);
    await this.look();
  }

  /** One look on each side that finds nothing. */
  async look(): Promise<void> {
    const now = new Date().toISOString();
    await this.#changedInSalesforce(now, 0);
    await this.#search(now, null);
  }

  async #page(object: ObjectName, afterId: string): Promise<string[]> {
    const answer = await this.#calls.salesforce(
      query(
        select({
          fields: this.#fieldsOf(object),
          from: object,
          ...(afterId === '' ? {} : { where: `Id > ${quoted(afterId)}` }),
          orderBy: ['Id'],
          limit: PAGE,
        }),
      ),
    );
    return recordsSchema.parse(answer).records.map(({ Id }) => Id);
  }

  async #importPage(object: ObjectName, ids: readonly string[], first: number): Promise<void> {
    const emails = ids.map((_, place) => emailOf(first + 2 * place));
    const whoElse = inPortions(emails, EMAILS_PER_QUERY).map((some) =>
      OBJECTS.map((other) =>
        query(select({ fields: this.#fieldsOf(other), from: other, where: inList('Email', some) })),
      ),
    );
    const campaigns = inPortions(ids, MEMBERS_PER_QUERY).map((some) => {
      const person = `${object}Id`;
      const where = inList(person, some);
      return query(select({ fields: [person, 'CampaignId'], from: 'CampaignMember', where }));
    });
    const asked = [...whoElse, ...inPortions(campaigns, HEAVY_PER_COMPOSITE)];
    await Promise.all([
      atOnce(SALESFORCE_AT_ONCE, asked, (subrequests) => this.#calls.composite(subrequests)),
      atOnce(AT_ONCE, inPortions(emails, BATCH), (some) =>
        this.#calls.hubspot('POST', '/batch/read', {
          inputs: some.map((id) => ({ id })),
          idProperty: 'email',
          properties: this.#asks.hubspot,
        }),
      ),
    ]);
    const people = ids.map((id, place) => this.#creation(object, id, first + 2 * place));
    await atOnce(AT_ONCE, inPortions(people, BATCH), (inputs) =>
      this.#calls.hubspot('POST', '/batch/create', { inputs }),
    );
  }

  /** As many properties as Tandem writes into a new contact. */
  #creation(object: ObjectName, salesforceId: string, index: number) {
    return {
      properties: {
        email: emailOf(index),
        firstname: `First${index}`,
        lastname: `Last${index}`,
        phone: `+49 228 ${String(1_000_000 + index)}`,
        city: 'Bonn',
        zip: '53111',
        ...(object === 'Lead' ? { company: `Company ${index % 500}` } : {}),
      },
      associations: [],
      objectWriteTraceId: salesforceId,
    };
  }

  async #list(after: string): Promise<string | null> {
    const address = new URLSearchParams({
      limit: String(BATCH),
      properties: this.#asks.hubspot.join(','),
      ...(after === '' ? {} : { after }),
    });
    const page = listSchema.parse(await this.#calls.hubspot('GET', `?${address.toString()}`));
    return page.paging?.next.after ?? null;
  }

  /** As many pages as hold that many changes; Salesforce pages by stamp and id, here one page is as good as another. */
  async #changedInSalesforce(since: string, changes: number): Promise<void> {
    const subrequests = OBJECTS.map((object) =>
      query(
        select({
          fields: this.#fieldsOf(object),
          from: object,
          where: `SystemModstamp >= ${dateTime(since)}`,
          orderBy: ['SystemModstamp', 'Id'],
          limit: PAGE,
        }),
        true,
      ),
    );
    const pages = Math.max(1, Math.ceil(changes / (OBJECTS.length * PAGE)));
    for (let page = 0; page < pages; page += 1) await this.#calls.composite(subrequests);
  }

  async #searchAll(since: string): Promise<void> {
    for (let after: string | null = ''; after !== null;) after = await this.#search(since, after);
  }

  async #search(since: string, afterId: string | null): Promise<string | null> {
    const stamp = 'lastmodifieddate';
    const answer = await this.#calls.hubspot('POST', '/search', {
      filterGroups: [
        {
          filters: [
            { propertyName: stamp, operator: 'GTE', value: String(Date.parse(since)) },
            { propertyName: stamp, operator: 'LT', value: String(Date.now() + 600_000) },
            ...(afterId === null || afterId === ''
              ? []
              : [{ propertyName: 'hs_object_id', operator: 'GT', value: afterId }]),
          ],
        },
      ],
      sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
      properties: this.#asks.hubspot,
      limit: SEARCH_PAGE,
      after: '0',
    });
    const { results } = foundSchema.parse(answer);
    return results.length < SEARCH_PAGE ? null : (results.at(-1)?.id ?? null);
  }

  #composites(subrequests: readonly Subrequest[]): Promise<void> {
    return atOnce(SALESFORCE_AT_ONCE, inPortions(subrequests, HEAVY_PER_COMPOSITE), (some) =>
      this.#calls.composite(some),
    );
  }

  #fieldsOf(object: ObjectName): string[] {
    const asked = object === 'Lead' ? this.#asks.lead : this.#asks.contact;
    return [...new Set([...SYSTEM[object], ...asked])];
  }
}
