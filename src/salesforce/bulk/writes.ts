// Which rows of a big write go through an ingest job, and what comes back of them: those that may be
// repeated without harm, that CSV can carry, and that nobody else in the same write is about. Everything that
// is left goes out as collections.
import { EXTERNAL_ID_FIELD } from '../../engine/partners.ts';
import type { SalesforceValue } from '../../engine/records.ts';
import { salesforceId18 } from '../../engine/salesforce-ids.ts';
import { fieldsIn, type Collection, type Row } from '../collections.ts';
import type { SalesforceConnection } from '../connection.ts';
import type { SalesforceWrite, SalesforceWriteOutcome } from '../port.ts';
import { canBeCell, csvOf } from './csv.ts';
import { ingest } from './ingest.ts';

/** What a slow line uploads before a call is given up; Salesforce takes 100 MB. */
const LARGEST_UPLOAD = 20 * 1024 * 1024;

export interface BulkOutcome {
  readonly outcomes: readonly (readonly [index: number, SalesforceWriteOutcome])[];
  readonly rest: readonly Row[];
}

/** Throws a `CallFailed` with the rows' fate unknown; see `ingest.ts`. */
export async function writeInBulk(
  connection: SalesforceConnection,
  { object, kind }: Collection,
  rows: readonly Row[],
): Promise<BulkOutcome> {
  if (kind === 'create') return { outcomes: [], rest: rows };
  const outcomes: [number, SalesforceWriteOutcome][] = [];
  const rest: Row[] = [];
  const externalId = kind === 'upsert' ? EXTERNAL_ID_FIELD : null;
  for (const part of uploads(rows)) {
    const csv = csvOf(part.map(({ write }) => cellsOf(write)));
    const written = await ingest(connection, { object, operation: kind, externalId, csv });
    for (const row of part) {
      const id = written.get(keyOf(row.write));
      if (id === undefined) rest.push(row);
      else outcomes.push([row.index, { ok: true, id }]);
    }
  }
  return { outcomes, rest };
}

/** Rows that may go through a job. Order isn't kept there, so no record may stand in two rows. */
export function rowsForBulk(collection: Collection, times: ReadonlyMap<string, number>): Row[] {
  if (collection.kind === 'create' || collection.assign) return [];
  return collection.rows.filter(
    ({ write }) => times.get(keyOf(write)) === 1 && Object.values(cellsOf(write)).every(canBeCell),
  );
}

/** How often each record is written. */
export function timesWritten(writes: readonly SalesforceWrite[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const write of writes) times.set(keyOf(write), (times.get(keyOf(write)) ?? 0) + 1);
  return times;
}

const keyOf = (write: SalesforceWrite): string =>
  write.kind === 'create' ? write.hubspotId : (salesforceId18(write.id) ?? write.id);

const cellsOf = (write: SalesforceWrite): Readonly<Record<string, SalesforceValue>> =>
  write.kind === 'create'
    ? { ...write.fields, [EXTERNAL_ID_FIELD]: write.hubspotId }
    : { Id: write.id, ...fieldsIn(write) };

function* uploads(rows: readonly Row[]): Generator<Row[]> {
  let part: Row[] = [];
  let size = 0;
  for (const row of rows) {
    const length = Buffer.byteLength(JSON.stringify(cellsOf(row.write)));
    if (part.length > 0 && size + length > LARGEST_UPLOAD) {
      yield part;
      part = [];
      size = 0;
    }
    part.push(row);
    size += length;
  }
  if (part.length > 0) yield part;
}
