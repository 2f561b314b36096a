// Which row a write means: by its Id, or, in an upsert, by a field marked as external id. The same for
// single rows, collections and bulk jobs.
import {
  duplicateExternalId,
  externalIdMissing,
  idMissing,
  malformedId,
  noSuchExternalId,
  notFound,
  SalesforceError,
} from '../errors.ts';
import { toId18 } from '../ids.ts';
import { idIn, type Incoming } from '../org/incoming.ts';
import type { Actor } from '../org/writes.ts';
import type { FieldSpec } from '../schema/field.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import { textOf, type Row } from '../values.ts';
import { isJson, type Api, type Json } from './call.ts';

/** The field to upsert on; only external ids and Id will do. */
export function upsertField(object: ObjectSchema, name: string): FieldSpec {
  const field = object.visibleField(name);
  if (field === undefined || !(field.externalId || field.type === 'id')) {
    throw noSuchExternalId(name);
  }
  return field;
}

/** Live rows that hold the value. */
export function matchesOf(api: Api, object: ObjectSchema, field: FieldSpec, value: string): Row[] {
  const table = api.database.table(object.name);
  const ids = field.type === 'id' ? [toId18(value) ?? ''] : table.withValue(field.name, value);
  return [...(ids ?? [])].flatMap((id) => {
    const row = table.get(id);
    return row === undefined || row.IsDeleted === true ? [] : [row];
  });
}

export interface Upsert {
  readonly object: ObjectSchema;
  readonly field: FieldSpec;
  /** External ids that stand on more than one row of the call. */
  readonly repeated: ReadonlySet<string>;
  readonly actor: Actor;
}

/** Updates the row that holds the external id, or creates one. */
export function upsertRow(
  api: Api,
  { object, field, repeated, actor }: Upsert,
  body: Json,
  incoming: Incoming,
): { id: string; created: boolean } {
  const value = externalIdOf(field, body);
  if (value === null && field.type !== 'id') {
    throw new SalesforceError(400, [externalIdMissing(field.name)]);
  }
  if (value !== null && repeated.has(value.toLowerCase())) {
    throw new SalesforceError(400, [duplicateExternalId(value)]);
  }
  const matches = value === null ? [] : matchesOf(api, object, field, value);
  const [match] = matches;
  if (matches.length > 1) throw new SalesforceError(400, [duplicateExternalId(value ?? '')]);
  if (match === undefined) {
    if (field.type === 'id' && value !== null) throw new SalesforceError(404, notFound().refusals);
    return { id: api.writes.insert(object, incoming, actor), created: true };
  }
  const id = textOf(match, 'Id');
  api.writes.update(object, id, incoming, actor);
  return { id, created: false };
}

/** The id of a row to be written, of this object. */
export function rowId(object: ObjectSchema, given: string | null): string {
  if (given === null) throw new SalesforceError(400, [idMissing()]);
  const id = toId18(given);
  if (!id?.startsWith(object.spec.keyPrefix)) {
    throw new SalesforceError(400, [malformedId(`${object.spec.label} ID`, 'Id', given)]);
  }
  return id;
}

function externalIdOf(field: FieldSpec, body: Json): string | null {
  if (field.type === 'id') return idIn(body);
  const wanted = field.name.toLowerCase();
  for (const [name, value] of Object.entries(body)) {
    if (name.toLowerCase() === wanted && typeof value === 'string' && value !== '') {
      return value.trim();
    }
  }
  return null;
}

/** External ids that stand on more than one row: all of those rows fail. */
export function repeatedValues(field: FieldSpec, records: readonly unknown[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const record of records) {
    const value = isJson(record) ? externalIdOf(field, record)?.toLowerCase() : undefined;
    if (value === undefined) continue;
    if (seen.has(value)) repeated.add(value);
    seen.add(value);
  }
  return repeated;
}
