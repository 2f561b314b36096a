// The change feed: leads, contacts and campaign members by (SystemModstamp, Id), with what was removed
// among the members, for one call (salesforce-api §3). Deleted leads and contacts come as rows; removed
// members leave none (salesforce-api §6), so getDeleted names them, without telling whose they were.
import { z } from 'zod';
import { SALESFORCE_OBJECTS } from '../engine/fields.ts';
import type { SalesforceRecord } from '../engine/records.ts';
import type { FieldsOf } from './collections.ts';
import { accepted, compositeCall, refusalOf, type SubrequestAnswer } from './composite.ts';
import type { SalesforceConnection } from './connection.ts';
import type { FeedObject, SalesforceChanges, SalesforceCursor, SalesforceRecords } from './port.ts';
import {
  idOf,
  isoOf,
  PAGE,
  peopleOf,
  query,
  recordOf,
  rowsOf,
  withSystemFields,
  type Row,
} from './rows.ts';
import { dateTime, quoted, select } from './soql.ts';

const MINUTE_MS = 60_000;
const MEMBER_FIELDS = ['Id', 'SystemModstamp', 'LeadId', 'ContactId'];

const deletedSchema = z.object({ deletedRecords: z.array(z.object({ id: z.string() })) });

export function changesOver(
  connection: SalesforceConnection,
  fieldsOf: FieldsOf,
): Pick<SalesforceRecords, 'changed'> {
  const rowsBehind = async (
    answer: SubrequestAnswer | undefined,
  ): Promise<{ rows: Row[]; last: Row | undefined }> => {
    const rows = await rowsOf(connection, accepted(answer));
    return { rows, last: rows.length >= PAGE ? rows.at(-1) : undefined };
  };

  return {
    async changed(cursors, until, fields): Promise<SalesforceChanges> {
      const named = await Promise.all(
        SALESFORCE_OBJECTS.map(async (object) => ({
          object,
          names: withSystemFields(object, fields[object], await fieldsOf(object)),
        })),
      );
      const [leads, contacts, members, removed] = await compositeCall(connection, [
        ...named.map(({ object, names }) => rowsAfter(object, names, cursors[object], until)),
        rowsAfter('CampaignMember', MEMBER_FIELDS, cursors.CampaignMember, until),
        removedAfter(cursors.CampaignMember, until),
      ]);

      const reached: SalesforceCursor = { stamp: until.toISOString(), id: '' };
      const next = { Lead: reached, Contact: reached, CampaignMember: reached };
      const moveTo = (object: FeedObject, last: Row | undefined): void => {
        if (last) next[object] = { stamp: isoOf(last.SystemModstamp), id: idOf(last.Id) };
      };
      const records: SalesforceRecord[] = [];
      for (const [object, answer] of [['Lead', leads] as const, ['Contact', contacts] as const]) {
        const { rows, last } = await rowsBehind(answer);
        records.push(...rows.map((row) => recordOf(object, row)));
        moveTo(object, last);
      }
      const hidden = refusalOf(members)?.code === 'INVALID_TYPE';
      const { rows, last } = hidden ? { rows: [], last: undefined } : await rowsBehind(members);
      moveTo('CampaignMember', last);
      return {
        records,
        campaignsChanged: peopleOf(rows),
        removedCampaignMembers: hidden ? null : removedIds(removed),
        cursors: next,
        done: Object.values(next).every((cursor) => cursor === reached),
      };
    },
  };
}

function rowsAfter(
  object: FeedObject,
  fields: readonly string[],
  { stamp, id }: SalesforceCursor,
  until: Date,
) {
  const at = dateTime(stamp);
  const after =
    id === ''
      ? `SystemModstamp >= ${at}`
      : `(SystemModstamp > ${at} OR (SystemModstamp = ${at} AND Id > ${quoted(id)}))`;
  return query(
    select({
      fields,
      from: object,
      where: `${after} AND SystemModstamp <= ${dateTime(until.toISOString())}`,
      orderBy: ['SystemModstamp', 'Id'],
      limit: PAGE,
    }),
    true,
  );
}

/** Whole minutes around the stretch, since getDeleted cuts both ends to the minute. */
function removedAfter({ stamp }: SalesforceCursor, until: Date) {
  const wholeMinute = (milliseconds: number): string =>
    new Date(Math.floor(milliseconds / MINUTE_MS) * MINUTE_MS).toISOString();
  const span = new URLSearchParams({
    start: wholeMinute(Date.parse(stamp)),
    end: wholeMinute(until.getTime() + MINUTE_MS),
  });
  return {
    method: 'GET',
    path: `/sobjects/CampaignMember/deleted?${span.toString()}`,
  } as const;
}

/** Null for any refusal but an outage: the stretch may begin earlier than Salesforce remembers. */
function removedIds(answer: SubrequestAnswer | undefined): string[] | null {
  const refusal = refusalOf(answer);
  if (refusal && refusal.status < 500) return null;
  return deletedSchema.parse(accepted(answer)).deletedRecords.map(({ id }) => idOf(id));
}
