// Writes: rows go out as collections of 200, five collections in one composite, and each row has its own
// outcome. Creates are upserts on the external-ID field where the org has it, so that repeating one finds
// the record the first try made; a plain create whose answer was lost is not repeated.
import { z } from 'zod';
import type { RecordError } from '../engine/errors.ts';
import { CallFailed, CallRejected, RateLimited, Unauthorized } from '../engine/failures.ts';
import type { SalesforceField, SalesforceObject } from '../engine/fields.ts';
import { EXTERNAL_ID_FIELD } from '../engine/match.ts';
import { salesforceId18 } from '../engine/salesforce-ids.ts';
import {
  compositeCall,
  HEAVY_PER_COMPOSITE,
  type Subrequest,
  type SubrequestAnswer,
} from './composite.ts';
import type { SalesforceConnection } from './connection.ts';
import { errorsSchema, recordErrorOf, type SalesforceErrors } from './errors.ts';
import type { SalesforceWrite, SalesforceWriteOutcome } from './port.ts';

/** Rows of one collection. */
const COLLECTION = 200;
/** Attempts for rows that failed for a passing reason, such as a lock. */
const ROW_ATTEMPTS = 3;

const resultsSchema = z.array(
  z.object({ id: z.string().nullish(), success: z.boolean(), errors: errorsSchema.default([]) }),
);

export type FieldsOf = (object: SalesforceObject) => Promise<ReadonlyMap<string, SalesforceField>>;

interface Numbered {
  readonly index: number;
  readonly write: SalesforceWrite;
}

/** Rows that can share a collection: same object, same way of writing. */
interface Collection {
  readonly object: SalesforceObject;
  readonly kind: 'update' | 'upsert' | 'create';
  readonly rows: readonly Numbered[];
}

export function writerOver(connection: SalesforceConnection, fieldsOf: FieldsOf) {
  return async (writes: readonly SalesforceWrite[]): Promise<SalesforceWriteOutcome[]> => {
    const outcomes: SalesforceWriteOutcome[] = [];
    let pending: Numbered[] = writes.map((write, index) => ({ index, write }));
    for (let attempt = 1; pending.length > 0; attempt += 1) {
      const again: Numbered[] = [];
      const collections = await intoCollections(pending, fieldsOf);
      for (const group of grouped(collections)) {
        const results = await writeGroup(connection, group, fieldsOf);
        for (const [numbered, outcome] of results) {
          outcomes[numbered.index] = outcome;
          const passing = !outcome.ok && outcome.error.code === 'UNABLE_TO_LOCK_ROW';
          if (passing && attempt < ROW_ATTEMPTS) again.push(numbered);
        }
      }
      pending = again;
    }
    return outcomes;
  };
}

async function intoCollections(
  rows: readonly Numbered[],
  fieldsOf: FieldsOf,
): Promise<Collection[]> {
  const byKind = new Map<
    string,
    { object: SalesforceObject; kind: Collection['kind']; rows: Numbered[] }
  >();
  for (const row of rows) {
    const { object } = row.write;
    const kind =
      row.write.kind === 'update'
        ? 'update'
        : (await isExternalId(object, fieldsOf))
          ? 'upsert'
          : 'create';
    const name = `${kind} ${object}`;
    const known = byKind.get(name);
    if (known) known.rows.push(row);
    else byKind.set(name, { object, kind, rows: [row] });
  }
  return [...byKind.values()].flatMap(({ object, kind, rows: all }) => {
    const collections: Collection[] = [];
    for (let start = 0; start < all.length; start += COLLECTION) {
      collections.push({ object, kind, rows: all.slice(start, start + COLLECTION) });
    }
    return collections;
  });
}

async function isExternalId(object: SalesforceObject, fieldsOf: FieldsOf): Promise<boolean> {
  const field = (await fieldsOf(object)).get(EXTERNAL_ID_FIELD);
  return field?.externalId === true && field.createable;
}

/** Collections that share a call. Creates that can't be repeated go on their own, apart from those that can. */
function grouped(collections: readonly Collection[]): Collection[][] {
  const groups: Collection[][] = [];
  for (const repeatable of [true, false]) {
    const some = collections.filter(({ kind }) => (kind !== 'create') === repeatable);
    for (let start = 0; start < some.length; start += HEAVY_PER_COMPOSITE)
      groups.push(some.slice(start, start + HEAVY_PER_COMPOSITE));
  }
  return groups;
}

function subrequestOf({ object, kind, rows }: Collection): Subrequest {
  const records = rows.map(({ write }) => ({
    attributes: { type: object },
    ...write.fields,
    ...(write.kind === 'update' ? { id: write.id } : {}),
    ...(kind === 'upsert' && write.kind === 'create'
      ? { [EXTERNAL_ID_FIELD]: write.hubspotId }
      : {}),
  }));
  const path =
    kind === 'upsert'
      ? `/composite/sobjects/${object}/${EXTERNAL_ID_FIELD}`
      : '/composite/sobjects';
  return {
    method: kind === 'create' ? 'POST' : 'PATCH',
    path,
    body: { allOrNone: false, records },
  };
}

async function writeGroup(
  connection: SalesforceConnection,
  group: readonly Collection[],
  fieldsOf: FieldsOf,
): Promise<[Numbered, SalesforceWriteOutcome][]> {
  const repeatable = group.every(({ kind }) => kind !== 'create');
  const subrequests = group.map(subrequestOf);
  let answers: SubrequestAnswer[];
  try {
    const [only] = subrequests;
    answers =
      only && subrequests.length === 1
        ? [{ status: 200, body: await connection.send(only, repeatable) }]
        : await compositeCall(connection, subrequests, repeatable);
  } catch (error) {
    if (error instanceof CallRejected && group.length === 1)
      answers = [
        { status: error.status, body: [{ errorCode: error.code, message: error.message }] },
      ];
    else
      return group.flatMap(({ rows }) =>
        rows.map((row): [Numbered, SalesforceWriteOutcome] => [
          row,
          { ok: false, error: lost(error, repeatable) },
        ]),
      );
  }
  const results: [Numbered, SalesforceWriteOutcome][] = [];
  for (const [index, collection] of group.entries()) {
    results.push(...(await outcomesOf(connection, collection, answers[index], fieldsOf)));
  }
  return results;
}

async function outcomesOf(
  connection: SalesforceConnection,
  collection: Collection,
  answer: SubrequestAnswer | undefined,
  fieldsOf: FieldsOf,
): Promise<[Numbered, SalesforceWriteOutcome][]> {
  const fields = await fieldsOf(collection.object);
  const results = resultsSchema.safeParse(answer?.body);
  if (results.success && results.data.length === collection.rows.length) {
    return collection.rows.map((row, index) => {
      const result = results.data[index];
      return [
        row,
        result?.success && result.id
          ? { ok: true, id: salesforceId18(result.id) ?? result.id }
          : { ok: false, error: recordErrorOf(result?.errors ?? [], fields) },
      ];
    });
  }
  const errors = errorsSchema.safeParse(answer?.body);
  const error = recordErrorOf(errors.success ? errors.data : ([] as SalesforceErrors), fields);
  // The whole collection was refused, for what may be one row's fault: halve it until only that row is refused.
  if (collection.rows.length > 1 && !error.retryable) {
    const middle = Math.ceil(collection.rows.length / 2);
    const halves = [collection.rows.slice(0, middle), collection.rows.slice(middle)];
    const parts: [Numbered, SalesforceWriteOutcome][] = [];
    for (const rows of halves)
      parts.push(...(await writeGroup(connection, [{ ...collection, rows }], fieldsOf)));
    return parts;
  }
  return collection.rows.map((row) => [row, { ok: false, error }]);
}

/** A call that got no answer: its rows are looked at again, the other calls keep their outcomes. */
function lost(error: unknown, repeatable: boolean): RecordError {
  if (error instanceof Unauthorized || !(error instanceof CallFailed)) throw error;
  const limited = error instanceof RateLimited;
  const code = limited
    ? 'REQUEST_LIMIT_EXCEEDED'
    : repeatable
      ? 'SERVER_UNAVAILABLE'
      : 'ANSWER_LOST';
  return { code, message: error.message, fields: [], existingId: null, retryable: true };
}
