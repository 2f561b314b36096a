// Leads and contacts over REST: reads packed into as few calls as /composite allows.
import { z } from 'zod';
import { SALESFORCE_OBJECTS, type SalesforceObject } from '../engine/fields.ts';
import type { SalesforceRecord, SalesforceValue } from '../engine/records.ts';
import { salesforceId18 } from '../engine/salesforce-ids.ts';
import { composite, type Subrequest } from './composite.ts';
import type { SalesforceConnection } from './connection.ts';
import type { FieldsByObject, SalesforceCursor, SalesforceRecords } from './port.ts';
import { dateTime, inAddress, inList, quoted, select } from './soql.ts';

/** Rows of one page or retrieve call. */
const PAGE = 2_000;
/** Characters of e-mails in one query: a query's address may have about 16 KB (salesforce-api §3). */
const LONGEST_IN_LIST = 12_000;
const MOST_EMAILS = 400;

const rowSchema = z.record(z.string(), z.unknown());
const queryAnswerSchema = z.object({
  totalSize: z.number(),
  done: z.boolean(),
  records: z.array(rowSchema),
  nextRecordsUrl: z.string().optional(),
});
const retrieveAnswerSchema = z.array(rowSchema.nullable());

type Row = z.infer<typeof rowSchema>;
type QueryAnswer = z.infer<typeof queryAnswerSchema>;

const SYSTEM_FIELDS: FieldsByObject = {
  Lead: ['Id', 'SystemModstamp', 'CreatedDate', 'IsDeleted', 'IsConverted', 'ConvertedContactId'],
  Contact: ['Id', 'SystemModstamp', 'CreatedDate', 'IsDeleted'],
};

const withSystemFields = (object: SalesforceObject, fields: readonly string[]): string[] => [
  ...new Set([...SYSTEM_FIELDS[object], ...fields]),
];

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const isoOf = (value: unknown): string => new Date(text(value)).toISOString();

function recordOf(object: SalesforceObject, row: Row): SalesforceRecord {
  const fields: Record<string, SalesforceValue> = {};
  for (const [name, value] of Object.entries(row)) {
    if (
      value === null ||
      typeof value === 'string' ||
      typeof value === 'number' ||
      typeof value === 'boolean'
    )
      fields[name] = value;
  }
  return {
    object,
    id: salesforceId18(text(row.Id)) ?? text(row.Id),
    fields,
    modifiedAt: isoOf(row.SystemModstamp),
    createdAt: isoOf(row.CreatedDate),
    isDeleted: row.IsDeleted === true,
    isConverted: row.IsConverted === true,
    convertedContactId: row.ConvertedContactId
      ? salesforceId18(text(row.ConvertedContactId))
      : null,
  };
}

const query = (soql: string, all = false): Subrequest => ({
  method: 'GET',
  path: `/${all ? 'queryAll' : 'query'}?q=${inAddress(soql)}`,
});

const KEY_PREFIXES: Readonly<Record<SalesforceObject, string>> = { Lead: '00Q', Contact: '003' };

/** What can be asked for by id: one malformed or foreign id would have the whole call refused. */
function askableIds(object: SalesforceObject, ids: readonly string[]): string[] {
  const ids18 = ids.flatMap((id) => salesforceId18(id) ?? []);
  return [...new Set(ids18)].filter((id) => id.startsWith(KEY_PREFIXES[object]));
}

/** E-mails in portions that keep a query's address short enough. */
function portions(emails: readonly string[]): string[][] {
  const result: string[][] = [];
  let size = Infinity;
  for (const email of emails) {
    const length = inAddress(quoted(email)).length + 1;
    if (size + length > LONGEST_IN_LIST || (result.at(-1)?.length ?? 0) >= MOST_EMAILS) {
      result.push([]);
      size = 0;
    }
    result.at(-1)?.push(email);
    size += length;
  }
  return result;
}

/** Salesforce compares e-mails without case. */
const distinct = (emails: readonly string[]): string[] => [
  ...new Set(emails.map((email) => email.trim().toLowerCase()).filter((email) => email !== '')),
];

export function recordsOver(connection: SalesforceConnection): Omit<SalesforceRecords, 'write'> {
  /** The rest of a query whose first page didn't hold everything. */
  const remaining = async (answer: QueryAnswer): Promise<Row[]> => {
    const rows: Row[] = [];
    let next = answer.nextRecordsUrl;
    while (next !== undefined) {
      const page = queryAnswerSchema.parse(
        await connection.send({
          method: 'GET',
          path: next.replace(/^\/services\/data\/v[\d.]+/, ''),
        }),
      );
      rows.push(...page.records);
      next = page.nextRecordsUrl;
    }
    return rows;
  };

  return {
    async read({ ids, emails }, fields) {
      const subrequests: { object: SalesforceObject; isQuery: boolean; subrequest: Subrequest }[] =
        [];
      for (const object of SALESFORCE_OBJECTS) {
        const wanted = withSystemFields(object, fields[object]);
        const askable = askableIds(object, ids[object]);
        for (let start = 0; start < askable.length; start += PAGE) {
          const body = { ids: askable.slice(start, start + PAGE), fields: wanted };
          subrequests.push({
            object,
            isQuery: false,
            subrequest: { method: 'POST', path: `/composite/sobjects/${object}`, body },
          });
        }
      }
      for (const portion of portions(distinct(emails))) {
        for (const object of SALESFORCE_OBJECTS) {
          const soql = select({
            fields: withSystemFields(object, fields[object]),
            from: object,
            where: inList('Email', portion),
          });
          subrequests.push({ object, isQuery: true, subrequest: query(soql) });
        }
      }
      const answers = await composite(
        connection,
        subrequests.map(({ subrequest }) => subrequest),
      );
      const records = new Map<string, SalesforceRecord>();
      for (const [index, { object, isQuery }] of subrequests.entries()) {
        const answer = answers[index];
        const rows = isQuery ? await rowsOf(answer, remaining) : retrieveAnswerSchema.parse(answer);
        for (const row of rows) {
          if (row === null) continue;
          const record = recordOf(object, row);
          if (!record.isDeleted) records.set(record.id, record);
        }
      }
      return [...records.values()];
    },

    async list(object, afterId, fields) {
      const where = afterId === null ? undefined : `Id > ${quoted(afterId)}`;
      const page = query(
        select({
          fields: withSystemFields(object, fields),
          from: object,
          ...(where === undefined ? {} : { where }),
          orderBy: ['Id'],
          limit: PAGE,
        }),
      );
      const count = query(`SELECT COUNT() FROM ${object}`);
      const [answer, counted] = await composite(
        connection,
        afterId === null ? [page, count] : [page],
      );
      const rows = await rowsOf(answer, remaining);
      const records = rows.map((row) => recordOf(object, row));
      const last = records.at(-1);
      return {
        records,
        afterId: records.length >= PAGE && last ? last.id : null,
        totalSize:
          counted === undefined ? records.length : queryAnswerSchema.parse(counted).totalSize,
      };
    },

    async changed(cursors, until, fields) {
      const changes = ({ stamp, id }: SalesforceCursor): string => {
        const at = dateTime(stamp);
        const after =
          id === ''
            ? `SystemModstamp >= ${at}`
            : `(SystemModstamp > ${at} OR (SystemModstamp = ${at} AND Id > ${quoted(id)}))`;
        return `${after} AND SystemModstamp <= ${dateTime(until.toISOString())}`;
      };
      const answers = await composite(
        connection,
        SALESFORCE_OBJECTS.map((object) =>
          query(
            select({
              fields: withSystemFields(object, fields[object]),
              from: object,
              where: changes(cursors[object]),
              orderBy: ['SystemModstamp', 'Id'],
              limit: PAGE,
            }),
            true,
          ),
        ),
      );
      const records: SalesforceRecord[] = [];
      const next = { ...cursors };
      let done = true;
      for (const [index, object] of SALESFORCE_OBJECTS.entries()) {
        const found = (await rowsOf(answers[index], remaining)).map((row) => recordOf(object, row));
        records.push(...found);
        const last = found.at(-1);
        if (found.length >= PAGE && last) {
          done = false;
          next[object] = { stamp: last.modifiedAt, id: last.id };
        } else {
          next[object] = { stamp: until.toISOString(), id: '' };
        }
      }
      return { records, cursors: next, done };
    },
  };
}

async function rowsOf(
  answer: unknown,
  remaining: (answer: QueryAnswer) => Promise<Row[]>,
): Promise<Row[]> {
  const page = queryAnswerSchema.parse(answer);
  return page.nextRecordsUrl === undefined
    ? page.records
    : [...page.records, ...(await remaining(page))];
}
