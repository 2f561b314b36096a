// One row at a time: create, read, update, delete by id, and read or upsert by external id
// (salesforce-api §4).
import {
  entityIsDeleted,
  fail,
  idOnInsert,
  methodNotAllowed,
  noSuchExternalId,
  notFound,
  preconditionFailed,
  SalesforceError,
} from '../errors.ts';
import { toId18 } from '../ids.ts';
import { reader } from '../org/computed.ts';
import { idIn, readBody } from '../org/incoming.ts';
import type { FieldSpec } from '../schema/field.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import { noSuchColumn } from '../soql/errors.ts';
import { attributes, type JsonRecord } from '../soql/render.ts';
import { parseDatetime, textOf, type Row } from '../values.ts';
import { actorOf, jsonBody, type Answer, type Api, type Call } from './call.ts';
import { matchesOf, upsertField } from './upsert.ts';

export function objectNamed(api: Api, name: string): ObjectSchema {
  const object = api.database.schema.visibleObject(name);
  if (object === undefined) throw notFound();
  return object;
}

/** POST /sobjects/{Object} */
export function createRecord(api: Api, call: Call, object: ObjectSchema): Answer {
  const body = jsonBody(call);
  if (idIn(body) !== null) throw new SalesforceError(400, [idOnInsert()]);
  const id = api.writes.insert(object, readBody(object, body), actorOf(api, call));
  return created(object, id, call, {});
}

function created(object: ObjectSchema, id: string, call: Call, extra: JsonRecord): Answer {
  return {
    status: 201,
    value: { id, success: true, errors: [], ...extra },
    headers: { Location: `/services/data/v${call.version}/sobjects/${object.name}/${id}` },
  };
}

/** GET, PATCH, DELETE /sobjects/{Object}/{id} */
export function recordById(api: Api, call: Call, object: ObjectSchema, given: string): Answer {
  const row = rowById(api, object, given);
  const id = textOf(row, 'Id');
  switch (call.method) {
    case 'GET':
      return { status: 200, value: fullRecord(api, call, object, row) };
    case 'PATCH': {
      checkUnmodified(call, row);
      api.writes.update(object, id, readBody(object, jsonBody(call)), actorOf(api, call));
      return { status: 204 };
    }
    case 'DELETE':
      api.writes.remove(object, id, api.actor);
      return { status: 204 };
    default:
      throw methodNotAllowed(call.method);
  }
}

/** GET, PATCH, DELETE /sobjects/{Object}/{Field}/{value} */
export function recordByExternalId(
  api: Api,
  call: Call,
  object: ObjectSchema,
  fieldName: string,
  value: string,
): Answer {
  const field = upsertField(object, fieldName);
  if (field.type === 'id' && call.method !== 'PATCH') return recordById(api, call, object, value);
  const matches = matchesOf(api, object, field, value);
  if (matches.length > 1) return severalMatches(object, matches, call);
  const [row] = matches;
  if (call.method === 'PATCH') return upsertRecord(api, call, object, field, value, row);
  if (row === undefined) throw notFound();
  return recordById(api, call, object, textOf(row, 'Id'));
}

function upsertRecord(
  api: Api,
  call: Call,
  object: ObjectSchema,
  field: FieldSpec,
  value: string,
  row: Row | undefined,
): Answer {
  const body = jsonBody(call);
  if (Object.keys(body).some((name) => name.toLowerCase() === field.name.toLowerCase())) {
    throw fail(
      400,
      'INVALID_FIELD',
      `The ${field.name} field should not be specified in the sobject data.`,
    );
  }
  const incoming = new Map(readBody(object, body));
  if (row === undefined) {
    if (field.type !== 'id') incoming.set(field, value);
    const id = api.writes.insert(object, incoming, actorOf(api, call));
    return created(object, id, call, { created: true });
  }
  const id = textOf(row, 'Id');
  api.writes.update(object, id, incoming, actorOf(api, call));
  // Before API 46 an update by external id answered nothing at all.
  if (Number(call.version) < 46) return { status: 204 };
  return { status: 200, value: { id, success: true, errors: [], created: false } };
}

/** Several rows hold the value: the addresses of all of them. */
function severalMatches(object: ObjectSchema, matches: readonly Row[], call: Call): Answer {
  return {
    status: 300,
    value: matches.map((row) => attributes(object.name, textOf(row, 'Id'), call.version).url),
  };
}

function rowById(api: Api, object: ObjectSchema, given: string): Row {
  const id = toId18(given);
  if (id === null) throw noSuchExternalId(given);
  const row = api.database.visible(api.database.table(object.name), id);
  if (row === undefined) throw notFound();
  if (row.IsDeleted === true) throw new SalesforceError(404, [entityIsDeleted()]);
  return row;
}

function fullRecord(api: Api, call: Call, object: ObjectSchema, row: Row): JsonRecord {
  const asked = call.query.get('fields');
  const names = asked === null ? null : asked.split(',').map((name) => name.trim());
  return pick(api, call, object, row, fieldsNamed(object, names));
}

/** The fields asked for, or all the user may see. */
export function fieldsNamed(
  object: ObjectSchema,
  names: readonly string[] | null,
): readonly FieldSpec[] {
  if (names === null) return object.visibleFields();
  return names.map((name) => {
    const field = object.visibleField(name);
    if (field === undefined) {
      throw noSuchColumn(`SELECT ${names.join(', ')} FROM ${object.name}`, name, name, object.name);
    }
    return field;
  });
}

export function pick(
  api: Api,
  call: Call,
  object: ObjectSchema,
  row: Row,
  fields: readonly FieldSpec[],
): JsonRecord {
  const record: JsonRecord = {
    attributes: attributes(object.name, textOf(row, 'Id'), call.version),
  };
  for (const { name } of fields) record[name] = reader(object.name, name)(row, api.database);
  return record;
}

/** `If-Unmodified-Since`: single rows only (salesforce-api §4). */
function checkUnmodified(call: Call, row: Row): void {
  const since = Date.parse(call.headers['if-unmodified-since'] ?? '');
  const modified = parseDatetime(textOf(row, 'LastModifiedDate'));
  if (!Number.isNaN(since) && modified !== null && modified > since) throw preconditionFailed();
}
