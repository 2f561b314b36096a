// Contacts over api-client: reads and search; writes are `contact-writes.ts`. Ids HubSpot doesn't know make
// a 207 with an error entry, which is a normal answer to a read (hubspot-api §2.1).
import type { SimplePublicObject } from '@hubspot/api-client/lib/codegen/crm/contacts/index.js';
import { CallRejected } from '../engine/failures.ts';
import type { ContactFate, HubSpotContact } from '../engine/records.ts';
import { chunksOf, eachChunk } from './chunks.ts';
import { contactOf, EMAILS, emailsOf, idsOf, MERGED_IDS } from './contact-rows.ts';
import { contactWritesOver } from './contact-writes.ts';
import { errorBodySchema } from './errors.ts';
import type { GeneratedClients } from './generated.ts';
import type { HubSpotContacts } from './port.ts';
import { BATCH } from './write-each.ts';

/** Reads with property history take half a batch (hubspot-api §2.1). */
const HISTORY_BATCH = 50;
const SEARCH_PAGE = 200;

export function contactsOver(clients: GeneratedClients): HubSpotContacts {
  const { contacts, contactBatches, contactSearch } = clients;

  const readEach = async (
    names: readonly string[],
    {
      properties,
      idProperty,
      archived = false,
    }: { properties: readonly string[]; idProperty?: string; archived?: boolean },
  ): Promise<HubSpotContact[]> => {
    const found = await eachChunk(chunksOf(names, BATCH), async (chunk) => {
      const answer = await rejecting(() =>
        contactBatches.read(
          {
            inputs: chunk.map((id) => ({ id })),
            properties: [...new Set(properties)],
            propertiesWithHistory: [],
            ...(idProperty === undefined ? {} : { idProperty }),
          },
          archived,
        ),
      );
      return answer.results.map(contactOf);
    });
    return found.flat();
  };

  return {
    async readByIds(ids, properties) {
      const wanted = [...new Set(ids.filter(Boolean))];
      const found = await readEach(wanted, { properties: [...properties, ...MERGED_IDS] });
      return keyed(found, wanted, idsOf);
    },

    async fates(ids) {
      const wanted = [...new Set(ids.filter(Boolean))];
      const live = keyed(await readEach(wanted, { properties: MERGED_IDS }), wanted, idsOf);
      const missing = wanted.filter((id) => !live.has(id));
      const binned = await readEach(missing, { properties: MERGED_IDS, archived: true });
      const fates = new Map<string, ContactFate>(
        [...live].map(([id, contact]) => [
          id,
          contact.id === id ? { kind: 'live' } : { kind: 'mergedInto', id: contact.id },
        ]),
      );
      // A merged-away contact whose survivor was archived is in the recycle bin with it.
      for (const id of keyed(binned, missing, idsOf).keys()) fates.set(id, { kind: 'archived' });
      return fates;
    },

    async readByEmails(emails, properties) {
      const lower = emails.map((email) => email.trim().toLowerCase()).filter(Boolean);
      const wanted = [...new Set(lower)];
      const found = await readEach(wanted, {
        properties: [...properties, ...EMAILS],
        idProperty: 'email',
      });
      return keyed(found, wanted, emailsOf);
    },

    async list(after, properties) {
      const page = await rejecting(() =>
        contacts.getPage(BATCH, after ?? undefined, [...properties], undefined, undefined, false),
      );
      return { contacts: page.results.map(contactOf), after: page.paging?.next?.after ?? null };
    },

    async count(property) {
      const filters =
        property === undefined
          ? []
          : [{ propertyName: property, operator: 'HAS_PROPERTY' as const }];
      const filterGroups = filters.length === 0 ? [] : [{ filters }];
      const request = { filterGroups, sorts: [], properties: [], limit: 1, after: '0' };
      return (
        await rejecting(() =>
          contactSearch.doSearch(
            request as unknown as Parameters<typeof contactSearch.doSearch>[0],
          ),
        )
      ).total;
    },

    async countWith(propertyName, value) {
      const filters = [{ propertyName, operator: 'EQ' as const, value }];
      const request = {
        filterGroups: [{ filters }],
        sorts: [],
        properties: [],
        limit: 1,
        after: '0',
      };
      const page = await rejecting(() =>
        contactSearch.doSearch(request as unknown as Parameters<typeof contactSearch.doSearch>[0]),
      );
      return page.total;
    },

    async find(text, properties, most) {
      const request = {
        query: text,
        filterGroups: [],
        sorts: [],
        properties: [...properties],
        limit: most,
        after: '0',
      };
      return (await rejecting(() => contactSearch.doSearch(request))).results.map(contactOf);
    },

    async searchModified({ since, until, afterId }, properties) {
      const stamp = 'lastmodifieddate';
      const filters = [
        { propertyName: stamp, operator: 'GTE' as const, value: String(since.getTime()) },
        { propertyName: stamp, operator: 'LT' as const, value: String(until.getTime()) },
        ...(afterId === null
          ? []
          : [{ propertyName: 'hs_object_id', operator: 'GT' as const, value: afterId }]),
      ];
      const request = {
        filterGroups: [{ filters }],
        // The model says texts; the API documents objects, and the client passes them through (hubspot-api §1.1).
        sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }] as unknown as string[],
        properties: [...properties],
        limit: SEARCH_PAGE,
        after: '0',
      };
      const page = await rejecting(() =>
        contactSearch.doSearch(request as unknown as Parameters<typeof contactSearch.doSearch>[0]),
      );
      const found = page.results.map(contactOf);
      const last = found.at(-1);
      return { contacts: found, afterId: found.length === SEARCH_PAGE && last ? last.id : null };
    },

    async readPropertyTimes(ids, properties) {
      const found = await eachChunk(chunksOf([...new Set(ids)], HISTORY_BATCH), async (chunk) => {
        const answer = await rejecting(() =>
          contactBatches.read(
            {
              inputs: chunk.map((id) => ({ id })),
              properties: [],
              propertiesWithHistory: [...properties],
            },
            false,
          ),
        );
        return answer.results.map((object) => [object.id, newestTimes(object)] as const);
      });
      return new Map(found.flat());
    },

    ...contactWritesOver(clients),
  };
}

/** Contacts by those of their names that were asked for; a contact's own name goes before a merged one's. */
function keyed(
  found: readonly HubSpotContact[],
  asked: readonly string[],
  namesOf: (contact: HubSpotContact) => string[],
): ReadonlyMap<string, HubSpotContact> {
  const wanted = new Set(asked);
  const byName = new Map<string, HubSpotContact>();
  for (const contact of found) {
    const [own, ...others] = namesOf(contact);
    if (own !== undefined && wanted.has(own)) byName.set(own, contact);
    for (const name of others) if (wanted.has(name) && !byName.has(name)) byName.set(name, contact);
  }
  return byName;
}

function newestTimes(object: SimplePublicObject): Readonly<Record<string, string>> {
  const times: Record<string, string> = {};
  for (const [property, versions] of Object.entries(object.propertiesWithHistory ?? {})) {
    const newest = versions
      .map(({ timestamp }) => new Date(timestamp).toISOString())
      .sort()
      .at(-1);
    if (newest !== undefined) times[property] = newest;
  }
  return times;
}

/** A refused read is our bug or a missing scope: loud, with HubSpot's own sentence. */
export async function rejecting<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw asRejection(error);
  }
}

export function asRejection(error: unknown): unknown {
  if (
    typeof error !== 'object' ||
    error === null ||
    !('code' in error) ||
    typeof error.code !== 'number' ||
    !('body' in error)
  )
    return error;
  const body = errorBodySchema.safeParse(error.body);
  const message = body.success ? body.data.message : `status ${error.code}`;
  return new CallRejected(
    'HubSpot',
    message,
    error.code,
    body.success ? body.data.category : 'UNKNOWN',
    { cause: error },
  );
}
