// Up to 200 rows in one call: create, update, upsert, delete, each row with its own outcome, and up to
// 2,000 rows read by id (salesforce-api §3, §4). A body the JSON reader chokes on fails as a whole: that
// happens before any row is looked at.
import {
  fail,
  idOnInsert,
  malformedId,
  methodNotAllowed,
  rolledBack,
  SalesforceError,
  tooManyRecords,
  UnreadableBody,
  unreadableJson,
} from '../errors.ts';
import { toId18 } from '../ids.ts';
import { idIn, readBody, type Incoming } from '../org/incoming.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import {
  actorOf,
  isJson,
  jsonBody,
  listIn,
  type Answer,
  type Api,
  type Call,
  type Json,
} from './call.ts';
import { fieldsNamed, objectNamed, pick } from './records.ts';
import { repeatedValues, rowId, upsertField, upsertRow } from './upsert.ts';

const MOST_WRITES = 200;
const MOST_READS = 2000;
const MOST_CHUNKS = 10;

interface Outcome {
  readonly id?: string;
  readonly success: boolean;
  readonly created?: boolean;
  readonly errors: readonly unknown[];
}

/** One row of a collection that could be read as its object, or why it couldn't. */
interface WantedRow {
  readonly object: ObjectSchema;
  readonly body: Json;
  readonly incoming: Incoming | UnreadableBody;
}

/** What one row does; throws SalesforceError when it is refused. */
type WriteRow = (row: WantedRow, incoming: Incoming) => { id: string; created?: boolean };

/** /composite/sobjects */
export function collection(api: Api, call: Call): Answer {
  const actor = actorOf(api, call);
  switch (call.method) {
    case 'POST':
      return writeRows(api, call, ({ object, body }, incoming) => {
        if (idIn(body) !== null) throw new SalesforceError(400, [idOnInsert()]);
        return { id: api.writes.insert(object, incoming, actor) };
      });
    case 'PATCH':
      return writeRows(api, call, ({ object, body }, incoming) => {
        const id = rowId(object, idIn(body));
        api.writes.update(object, id, incoming, actor);
        return { id };
      });
    case 'DELETE':
      return deleteRows(api, call);
    default:
      throw methodNotAllowed(call.method);
  }
}

/** PATCH /composite/sobjects/{Object}/{ExternalIdField} */
export function upsertCollection(api: Api, call: Call): Answer {
  if (call.method !== 'PATCH') throw methodNotAllowed(call.method);
  const actor = actorOf(api, call);
  const object = objectNamed(api, call.segments[2] ?? '');
  const field = upsertField(object, call.segments[3] ?? '');
  const repeated = repeatedValues(field, listIn(jsonBody(call), 'records'));
  return writeRows(api, call, ({ body }, incoming) =>
    upsertRow(api, { object, field, repeated, actor }, body, incoming),
  );
}

/** POST or GET /composite/sobjects/{Object}: rows by id, null where there is none. */
export function retrieveCollection(api: Api, call: Call): Answer {
  const object = objectNamed(api, call.segments[2] ?? '');
  const { ids, names } = wantedRows(call);
  if (ids.length > MOST_READS) throw tooManyRecords('retrieve', MOST_READS);
  const fields = fieldsNamed(object, names);
  const table = api.database.table(object.name);
  const value = ids.map((given) => {
    const id = toId18(given);
    if (id === null) throw fail(400, 'MALFORMED_ID', `malformed id ${given}`);
    const row = api.database.visible(table, id);
    const isThere = row !== undefined && row.IsDeleted !== true;
    return isThere ? pick(api, call, object, row, fields) : null;
  });
  return { status: 200, value };
}

function wantedRows(call: Call): { ids: string[]; names: string[] } {
  if (call.method === 'GET') {
    const split = (name: string): string[] => call.query.get(name)?.split(',') ?? [];
    return { ids: split('ids'), names: split('fields') };
  }
  if (call.method !== 'POST') throw methodNotAllowed(call.method);
  const body = jsonBody(call);
  return { ids: listIn(body, 'ids').map(String), names: listIn(body, 'fields').map(String) };
}

function writeRows(api: Api, call: Call, write: WriteRow): Answer {
  const body = jsonBody(call);
  const records = listIn(body, 'records');
  if (records.length > MOST_WRITES) throw tooManyRecords('submit', MOST_WRITES);
  const rows = records.map((record) => readRow(api, record));
  checkChunks(rows);
  return settle(
    api,
    body.allOrNone === true,
    rows.map((row) => ({
      id: toId18(idIn(row.body) ?? ''),
      write: () => {
        if (row.incoming instanceof UnreadableBody) throw row.incoming;
        return write(row, row.incoming);
      },
    })),
  );
}

function deleteRows(api: Api, call: Call): Answer {
  const ids = (call.query.get('ids') ?? '').split(',').filter(Boolean);
  if (ids.length > MOST_WRITES) throw tooManyRecords('submit', MOST_WRITES);
  return settle(
    api,
    call.query.get('allOrNone') === 'true',
    ids.map((given) => ({
      id: toId18(given),
      write: () => {
        const object = api.database.schema.objectOfId(given);
        if (object === undefined) {
          throw new SalesforceError(400, [malformedId('Record ID', 'Id', given)]);
        }
        const id = rowId(object, given);
        api.writes.remove(object, id, api.actor);
        return { id };
      },
    })),
  );
}

interface Step {
  /** The row the caller named, for telling which one failed. */
  readonly id: string | null;
  readonly write: () => { id: string; created?: boolean };
}

/** Writes row by row, in order; all or nothing when asked for. */
function settle(api: Api, allOrNone: boolean, steps: readonly Step[]): Answer {
  const start = api.database.mark();
  const outcomes = steps.map((step): Outcome => {
    const mark = api.database.mark();
    try {
      return { ...step.write(), success: true, errors: [] };
    } catch (error) {
      if (!(error instanceof SalesforceError)) throw error;
      api.database.undoTo(mark);
      return refused(step.id, error);
    }
  });
  if (!allOrNone || outcomes.every(({ success }) => success)) {
    return { status: 200, value: outcomes };
  }
  api.database.undoTo(start);
  const undone = new SalesforceError(400, [rolledBack()]);
  return {
    status: 200,
    value: outcomes.map((outcome, place) =>
      outcome.success ? refused(steps[place]?.id ?? null, undone) : outcome,
    ),
  };
}

function refused(id: string | null, error: SalesforceError): Outcome {
  return {
    ...(id === null ? {} : { id }),
    success: false,
    errors: error.refusals.map(({ errorCode, message, fields, duplicateResult }) => ({
      ...(duplicateResult === undefined ? {} : { duplicateResult }),
      statusCode: errorCode,
      message,
      fields: fields ?? [],
    })),
  };
}

function readRow(api: Api, record: unknown): WantedRow {
  if (!isJson(record)) throw unreadableJson('Every record must be a JSON object');
  const type = isJson(record.attributes) ? record.attributes.type : undefined;
  if (typeof type !== 'string') {
    throw fail(400, 'INVALID_INPUT', "Every record needs 'attributes' with a 'type'");
  }
  const object = api.database.schema.visibleObject(type);
  if (object === undefined) {
    throw fail(400, 'INVALID_TYPE', `sObject type '${type}' is not supported.`);
  }
  try {
    return { object, body: record, incoming: readBody(object, record) };
  } catch (error) {
    if (!(error instanceof UnreadableBody) || api.unreadableRowFails === 'call') throw error;
    return { object, body: record, incoming: error };
  }
}

/** Neighbours of one object are one chunk; a call takes ten. */
function checkChunks(rows: readonly WantedRow[]): void {
  const chunks = rows.filter((row, place) => row.object !== rows[place - 1]?.object).length;
  if (chunks > MOST_CHUNKS) {
    throw fail(
      400,
      'LIMIT_EXCEEDED',
      `Cannot have more than ${MOST_CHUNKS} chunks in a single operation. Please rearrange the data to reduce chunking.`,
    );
  }
}
