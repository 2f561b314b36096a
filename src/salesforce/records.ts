// Leads and contacts by id, by e-mail and all of them: reads packed into as few calls as /composite allows.
import { SALESFORCE_OBJECTS, type SalesforceObject } from '../engine/fields.ts';
import type { SalesforceRecord } from '../engine/records.ts';
import type { FieldsOf } from './collections.ts';
import { accepted, composite, compositeCall, refusalOf, type Subrequest } from './composite.ts';
import type { SalesforceConnection } from './connection.ts';
import type { SalesforceRecords } from './port.ts';
import {
  askableIds,
  PAGE,
  portions,
  query,
  recordOf,
  retrieveAnswerSchema,
  rowsOf,
  totalSizeOf,
  withSystemFields,
} from './rows.ts';
import { conditionOn } from './soql-condition.ts';
import { inList, likeText, name, quoted, select } from './soql.ts';

const MOST_EMAILS = 400;
/** Of conditions on long texts, encrypted fields and the like. */
const CANNOT_BE_ASKED = 'INVALID_FIELD';
/** What tells people of one name apart. */
const FIELDS_OF_A_PERSON = ['FirstName', 'LastName', 'Email'];

/** Salesforce compares e-mails without case. */
const distinct = (emails: readonly string[]): string[] => [
  ...new Set(emails.map((email) => email.trim().toLowerCase()).filter((email) => email !== '')),
];

interface Read {
  readonly object: SalesforceObject;
  readonly isQuery: boolean;
  readonly subrequest: Subrequest;
}

export function recordsOver(
  connection: SalesforceConnection,
  fieldsOf: FieldsOf,
): Pick<SalesforceRecords, 'read' | 'list' | 'find' | 'count' | 'countFilled'> {
  return {
    async read({ ids, emails }, fields) {
      const reads: Read[] = [];
      const emailPortions = portions(distinct(emails), MOST_EMAILS);
      const wanted = new Map<SalesforceObject, string[]>();
      for (const object of SALESFORCE_OBJECTS) {
        const askable = askableIds(object, ids);
        if (askable.length === 0 && emailPortions.length === 0) continue;
        const names = withSystemFields(object, fields[object], await fieldsOf(object));
        wanted.set(object, names);
        for (let start = 0; start < askable.length; start += PAGE) {
          const body = { ids: askable.slice(start, start + PAGE), fields: names };
          reads.push({
            object,
            isQuery: false,
            subrequest: { method: 'POST', path: `/composite/sobjects/${object}`, body },
          });
        }
      }
      for (const portion of emailPortions) {
        for (const [object, names] of wanted) {
          const where = inList('Email', portion);
          const subrequest = query(select({ fields: names, from: object, where }));
          reads.push({ object, isQuery: true, subrequest });
        }
      }
      const answers = await composite(
        connection,
        reads.map(({ subrequest }) => subrequest),
      );
      const records = new Map<string, SalesforceRecord>();
      for (const [index, { object, isQuery }] of reads.entries()) {
        const answer = answers[index];
        const rows = isQuery
          ? await rowsOf(connection, answer)
          : retrieveAnswerSchema.parse(answer);
        for (const row of rows) {
          if (row === null) continue;
          const record = recordOf(object, row);
          if (!record.isDeleted) records.set(record.id, record);
        }
      }
      return [...records.values()];
    },

    async list(object, afterId, fields, where) {
      const condition = where === undefined ? null : conditionOn(object, where);
      const wanted = [
        ...(condition === null ? [] : [`(${condition})`]),
        ...(afterId === null ? [] : [`Id > ${quoted(afterId)}`]),
      ].join(' AND ');
      const page = query(
        select({
          fields: withSystemFields(object, fields, await fieldsOf(object)),
          from: object,
          ...(wanted === '' ? {} : { where: wanted }),
          orderBy: ['Id'],
          limit: PAGE,
        }),
      );
      const rows = await rowsOf(connection, await connection.send(page));
      const records = rows.map((row) => recordOf(object, row));
      const last = records.at(-1);
      return { records, afterId: records.length >= PAGE && last ? last.id : null };
    },

    async find(text, limit) {
      const questions = await Promise.all(
        SALESFORCE_OBJECTS.map(async (object) => {
          const names = withSystemFields(object, FIELDS_OF_A_PERSON, await fieldsOf(object));
          const called = `Name LIKE '%${likeText(text)}%'`;
          const where = object === 'Lead' ? `${called} AND IsConverted = false` : called;
          return query(select({ fields: names, from: object, where, orderBy: ['Name'], limit }));
        }),
      );
      const answers = await composite(connection, questions);
      const found = await Promise.all(answers.map((answer) => rowsOf(connection, answer)));
      return found.flatMap((rows, index) => {
        const object = SALESFORCE_OBJECTS[index];
        return object === undefined ? [] : rows.map((row) => recordOf(object, row));
      });
    },

    async count(objects, where) {
      const questions = objects.map((object) =>
        countOf(object, where === undefined ? null : conditionOn(object, where)),
      );
      return (await composite(connection, questions)).map(totalSizeOf);
    },

    async countFilled(fields) {
      const questions = fields.flatMap(({ object, field }) => [
        countOf(object, null),
        countOf(object, `${name(field)} != null`),
      ]);
      const answers = await compositeCall(connection, questions);
      return fields.map((_, index) => {
        const [all, filled] = [answers[2 * index], answers[2 * index + 1]];
        return {
          total: totalSizeOf(accepted(all)),
          filled:
            refusalOf(filled)?.code === CANNOT_BE_ASKED ? null : totalSizeOf(accepted(filled)),
        };
      });
    },
  };
}

const countOf = (object: SalesforceObject, condition: string | null): Subrequest =>
  query(`SELECT COUNT() FROM ${object}${condition === null ? '' : ` WHERE ${condition}`}`);
