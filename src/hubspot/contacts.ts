// Contacts over api-client: reads, search, and writes whose every input has an outcome of its own.
import type { SimplePublicObject } from '@hubspot/api-client/lib/codegen/crm/contacts/index.js';
import { CallRejected } from '../engine/failures.ts';
import type { HubSpotContact } from '../engine/records.ts';
import { chunksOf, eachChunk } from './chunks.ts';
import { errorBodySchema, lostChunk, recordErrorOf } from './errors.ts';
import type { GeneratedClients } from './generated.ts';
import type { HubSpotContacts, HubSpotWriteOutcome } from './port.ts';
import { writeEach } from './write-each.ts';

const BATCH = 100;
/** Reads with property history take half a batch (hubspot-api §2.1). */
const HISTORY_BATCH = 50;
const SEARCH_PAGE = 200;

function contactOf(object: SimplePublicObject): HubSpotContact {
  const properties: Record<string, string | null> = object.properties;
  const modified = properties.lastmodifieddate;
  return {
    id: object.id,
    properties,
    modifiedAt: modified ? new Date(modified).toISOString() : object.updatedAt.toISOString(),
    archived: object.archived ?? false,
  };
}

const modifiedAtOf = (object: SimplePublicObject): string => contactOf(object).modifiedAt;

/** Every e-mail of a contact, additional ones included. */
function emailsOf({ properties }: HubSpotContact): string[] {
  const additional = (properties.hs_additional_emails ?? '').split(';');
  return [properties.email ?? '', ...additional]
    .map((email) => email.trim().toLowerCase())
    .filter((email) => email !== '');
}

export function contactsOver(clients: GeneratedClients): HubSpotContacts {
  const { contacts, contactBatches, contactSearch } = clients;
  return {
    async readByIds(ids, properties) {
      const found = await eachChunk(chunksOf([...new Set(ids)], BATCH), async (chunk) => {
        const answer = await rejecting(() =>
          contactBatches.read(
            {
              inputs: chunk.map((id) => ({ id })),
              properties: [...properties],
              propertiesWithHistory: [],
            },
            false,
          ),
        );
        return answer.results.map(contactOf);
      });
      return new Map(found.flat().map((contact) => [contact.id, contact]));
    },

    async readByEmails(emails, properties) {
      const wanted = [...new Set(emails.map((email) => email.trim().toLowerCase()))];
      const found = await eachChunk(chunksOf(wanted, BATCH), async (chunk) => {
        const answer = await rejecting(() =>
          contactBatches.read(
            {
              inputs: chunk.map((id) => ({ id })),
              idProperty: 'email',
              properties: [...new Set([...properties, 'email', 'hs_additional_emails'])],
              propertiesWithHistory: [],
            },
            false,
          ),
        );
        return answer.results.map(contactOf);
      });
      const asked = new Set(wanted);
      return new Map(
        found.flat().flatMap((contact) =>
          emailsOf(contact)
            .filter((email) => asked.has(email))
            .map((email) => [email, contact] as const),
        ),
      );
    },

    async list(after, properties) {
      const page = await rejecting(() =>
        contacts.getPage(BATCH, after ?? undefined, [...properties], undefined, undefined, false),
      );
      return { contacts: page.results.map(contactOf), after: page.paging?.next?.after ?? null };
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

    create: (inputs) =>
      writeEach(
        inputs,
        BATCH,
        async (chunk) => {
          const answer = await contactBatches.create({
            inputs: chunk.map(({ traceId, input }) => ({
              properties: input.properties,
              associations: [],
              objectWriteTraceId: traceId,
            })),
          });
          return {
            written: answer.results.map((object) => ({
              traceId: object.objectWriteTraceId,
              id: object.id,
              modifiedAt: modifiedAtOf(object),
              told: object.properties.email ?? null,
            })),
            errors: errorsOf(answer),
          };
        },
        (input) => input.properties.email?.trim().toLowerCase() ?? null,
      ),

    update: (inputs) =>
      writeEach(
        inputs,
        BATCH,
        async (chunk) => {
          const answer = await contactBatches.update({
            inputs: chunk.map(({ traceId, input }) => ({
              id: input.id,
              properties: input.properties,
              objectWriteTraceId: traceId,
            })),
          });
          return {
            written: answer.results.map((object) => ({
              traceId: object.objectWriteTraceId,
              id: object.id,
              modifiedAt: modifiedAtOf(object),
              told: object.id,
            })),
            errors: errorsOf(answer),
          };
        },
        (input) => input.id,
      ),

    unsubscribeAll: (emails) => unsubscribe(clients, emails),
  };
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

/** `errors` of a 207; the client's models leave it out of plain answers. */
function errorsOf(
  answer: object,
): { traceIds: string[]; ids: string[]; error: ReturnType<typeof recordErrorOf> }[] {
  const errors: unknown = 'errors' in answer ? answer.errors : [];
  if (!Array.isArray(errors)) return [];
  return errors.map((one: unknown) => {
    const body = errorBodySchema.parse(one);
    const listOf = (name: string): string[] => {
      const value = body.context?.[name];
      return (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String);
    };
    return {
      traceIds: listOf('objectWriteTraceId'),
      ids: listOf('ids'),
      error: recordErrorOf(body),
    };
  });
}

/** A refused read is our bug or a missing scope: loud, with HubSpot's own sentence. */
async function rejecting<Result>(call: () => Promise<Result>): Promise<Result> {
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

async function unsubscribe(
  clients: GeneratedClients,
  emails: readonly string[],
): Promise<HubSpotWriteOutcome[]> {
  const outcomes = await eachChunk(
    chunksOf(emails, BATCH),
    async (chunk): Promise<HubSpotWriteOutcome[]> => {
      try {
        const { status, text } = await clients.request(
          'POST',
          '/communication-preferences/v4/statuses/batch/unsubscribe-all?channel=EMAIL',
          { inputs: chunk },
        );
        if (status === 200)
          return chunk.map((id) => ({ ok: true, id, modifiedAt: new Date(0).toISOString() }));
        const body: unknown = status === 207 ? {} : JSON.parse(text);
        const refused =
          status === 207
            ? refusedEmails(text)
            : new Map(chunk.map((email) => [email, recordErrorOf(errorBodySchema.parse(body))]));
        return chunk.map((id) => {
          const error = refused.get(id);
          return error
            ? { ok: false, error }
            : { ok: true, id, modifiedAt: new Date(0).toISOString() };
        });
      } catch (error) {
        const lost = lostChunk(error);
        return chunk.map(() => ({ ok: false, error: lost }));
      }
    },
  );
  return outcomes.flat();
}

function refusedEmails(text: string): Map<string, ReturnType<typeof recordErrorOf>> {
  return new Map(
    errorsOf(JSON.parse(text) as object).flatMap(({ ids, error }) =>
      ids.map((email) => [email, error] as const),
    ),
  );
}
