// Rows of queries: asking for them, paging to their end, and making records of them. Which rows are asked
// for is `records.ts`, `changes.ts`, `fates.ts` and `campaigns.ts`.
import { z } from 'zod';
import {
  SALESFORCE_OBJECTS,
  type SalesforceField,
  type SalesforceObject,
} from '../engine/fields.ts';
import type { SalesforceRecord, SalesforceValue } from '../engine/records.ts';
import { salesforceId18 } from '../engine/salesforce-ids.ts';
import type { Subrequest } from './composite.ts';
import type { SalesforceConnection } from './connection.ts';
import type { IdsByObject, SalesforceChanges } from './port.ts';
import { inAddress, quoted } from './soql.ts';

/** Rows of one page, of a query as of a retrieve call. */
export const PAGE = 2_000;
/** Characters of the values in one query: its address may have about 16 KB (salesforce-api §3). */
const LONGEST_IN_LIST = 12_000;

/** Rows are thousands of fields: that they are objects is enough, each field is read for what it is. */
const rowSchema = z.custom<Record<string, unknown>>(
  (row) => typeof row === 'object' && row !== null,
);
const queryAnswerSchema = z.object({
  totalSize: z.number(),
  records: z.array(rowSchema),
  nextRecordsUrl: z.string().optional(),
});
export const retrieveAnswerSchema = z.array(rowSchema.nullable());

export type Row = z.infer<typeof rowSchema>;

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
/** Salesforce writes `2026-11-23T10:00:00.000+0000`. */
export function isoOf(value: unknown): string {
  const stamp = text(value);
  return stamp.endsWith('.000+0000') ? `${stamp.slice(0, -5)}Z` : new Date(stamp).toISOString();
}
/** The 18-character id in a field; '' when it is blank. */
export const idOf = (value: unknown): string => salesforceId18(text(value)) ?? text(value);

/** `all`: deleted rows too. */
export const query = (soql: string, all = false): Subrequest => ({
  method: 'GET',
  path: `/${all ? 'queryAll' : 'query'}?q=${inAddress(soql)}`,
});

/** A path of ours out of an address Salesforce gave. */
export const belowVersion = (url: string): string => url.replace(/^\/services\/data\/v[\d.]+/, '');

/** All rows of a query, whose answer may only be its first page. */
export async function rowsOf(connection: SalesforceConnection, answer: unknown): Promise<Row[]> {
  let page = queryAnswerSchema.parse(answer);
  const rows = [...page.records];
  while (page.nextRecordsUrl !== undefined) {
    const path = belowVersion(page.nextRecordsUrl);
    page = queryAnswerSchema.parse(await connection.send({ method: 'GET', path }));
    rows.push(...page.records);
  }
  return rows;
}

export const totalSizeOf = (answer: unknown): number => queryAnswerSchema.parse(answer).totalSize;

/** Characters that an address takes as they are. */
const AS_IT_IS = /^[\w@.-]*$/;

/** Of a quoted value; nearly every e-mail address stays as it is. */
const lengthInAddress = (value: string): number =>
  AS_IT_IS.test(value) ? value.length + "''".length : inAddress(quoted(value)).length;

/** Values in portions that keep a query's address short enough. */
export function portions(values: readonly string[], most: number): string[][] {
  const result: string[][] = [];
  let size = Infinity;
  for (const value of values) {
    const length = lengthInAddress(value) + 1;
    if (size + length > LONGEST_IN_LIST || (result.at(-1)?.length ?? 0) >= most) {
      result.push([]);
      size = 0;
    }
    result.at(-1)?.push(value);
    size += length;
  }
  return result;
}

const KEY_PREFIXES: Readonly<Record<SalesforceObject, string>> = { Lead: '00Q', Contact: '003' };

/** What can be asked for by id: one malformed or foreign id would have the whole call refused. */
export function askableIds(object: SalesforceObject, ids: IdsByObject): string[] {
  const ids18 = ids[object].flatMap((id) => salesforceId18(id) ?? []);
  return [...new Set(ids18)].filter((id) => id.startsWith(KEY_PREFIXES[object]));
}

const SYSTEM_FIELDS: Readonly<Record<SalesforceObject, readonly string[]>> = {
  Lead: ['Id', 'SystemModstamp', 'CreatedDate', 'IsDeleted', 'IsConverted', 'ConvertedContactId'],
  Contact: ['Id', 'SystemModstamp', 'CreatedDate', 'IsDeleted'],
};
/** There only in orgs with person accounts. */
const OPTIONAL_FIELDS: Readonly<Record<SalesforceObject, readonly string[]>> = {
  Lead: [],
  Contact: ['IsPersonAccount'],
};

/** The fields asked for with those every record needs, as far as the object has them. */
export const withSystemFields = (
  object: SalesforceObject,
  fields: readonly string[],
  described: ReadonlyMap<string, SalesforceField>,
): string[] => [
  ...new Set([
    ...SYSTEM_FIELDS[object],
    ...OPTIONAL_FIELDS[object].filter((name) => described.has(name)),
    ...fields,
  ]),
];

type Fields = Readonly<Record<string, SalesforceValue>>;

/**
 * The fields of a row: the very object, since a copy of every row is a good part of a sync's memory. What is no
 * value, such as `attributes`, is struck out; taking it away would make a slow object of it.
 */
function fieldsIn(row: Record<string, unknown>): Fields {
  for (const name in row) {
    const value = row[name];
    if (typeof value === 'object' && value !== null) row[name] = undefined;
  }
  return row as Fields;
}

export function recordOf(object: SalesforceObject, row: Row): SalesforceRecord {
  return {
    object,
    id: idOf(row.Id),
    fields: fieldsIn(row),
    modifiedAt: isoOf(row.SystemModstamp),
    createdAt: isoOf(row.CreatedDate),
    isDeleted: row.IsDeleted === true,
    isConverted: row.IsConverted === true,
    convertedContactId: row.ConvertedContactId
      ? salesforceId18(text(row.ConvertedContactId))
      : null,
  };
}

/** Whom rows of campaign members stand for: a converted lead's for the lead and the contact. */
export function peopleOf(members: readonly Row[]): SalesforceChanges['campaignsChanged'] {
  const people = new Map<string, { object: SalesforceObject; id: string }>();
  for (const member of members) {
    for (const object of SALESFORCE_OBJECTS) {
      const id = idOf(member[`${object}Id`]);
      if (id !== '') people.set(id, { object, id });
    }
  }
  return [...people.values()];
}
