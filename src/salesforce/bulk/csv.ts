// CSV of the Bulk API, in both directions. Read back, a record is the same as one that a query gives: numbers
// and booleans are themselves again, blanks are null, datetimes end in +0000 and not in Z. Written, a blank
// says `#N/A`, because an empty value leaves the field alone.
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import type { SalesforceField, SalesforceFieldType } from '../../engine/fields.ts';
import type { SalesforceValue } from '../../engine/records.ts';

const BLANK = '#N/A';
/** What is parsed at a stretch, before others get their turn. */
const SLICE_BYTES = 262_144;

const rowSchema = z.array(z.string());

/** Rows of cells, header first. */
export async function* rowsOfCsv(text: string): AsyncGenerator<string[]> {
  const parser = Readable.from(slices(Buffer.from(text))).pipe(parse());
  for await (const row of parser) yield rowSchema.parse(row);
}

async function* slices(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += SLICE_BYTES) {
    yield bytes.subarray(start, start + SLICE_BYTES);
    await setImmediate();
  }
}

const NUMBERS: ReadonlySet<SalesforceFieldType> = new Set([
  'int',
  'double',
  'currency',
  'percent',
  'long',
]);

export function valueOf(cell: string, field: SalesforceField | undefined): SalesforceValue {
  if (cell === '') return null;
  const type = field?.type ?? 'string';
  if (NUMBERS.has(type)) return Number(cell);
  if (type === 'boolean') return cell === 'true';
  return type === 'datetime' ? cell.replace(/Z$/, '+0000') : cell;
}

/** True when the value survives CSV: `#N/A` would blank the field, and a CR is taken for a line's end. */
export const canBeCell = (value: SalesforceValue): boolean =>
  typeof value !== 'string' || (!value.includes('\r') && value.trim().toUpperCase() !== BLANK);

const cellOf = (value: SalesforceValue | undefined): string => {
  if (value === undefined) return '';
  return value === null || String(value).trim() === '' ? BLANK : String(value);
};

/** An upload with the columns that any of the rows has. */
export function csvOf(rows: readonly Readonly<Record<string, SalesforceValue>>[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return stringify([columns, ...rows.map((row) => columns.map((name) => cellOf(row[name])))], {
    record_delimiter: '\n',
  });
}
