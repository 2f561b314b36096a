// What became of leads and contacts that a read didn't find: deleted, merged away, or nothing that Salesforce
// would tell. Rows stay in the recycle bin for 15 days, where queryAll still sees them (salesforce-api §3).
import { SALESFORCE_OBJECTS } from '../engine/fields.ts';
import type { RecordFate } from '../engine/records.ts';
import { salesforceId18 } from '../engine/salesforce-ids.ts';
import { composite } from './composite.ts';
import type { SalesforceConnection } from './connection.ts';
import type { IdsByObject, SalesforceRecords } from './port.ts';
import { askableIds, idOf, portions, query, rowsOf } from './rows.ts';
import { inList, select } from './soql.ts';

/** Ids in one query, whose address they fill. */
export const MOST_IDS = 500;

/** Gives answers found by 18-character id under the ids that were asked for, in whatever form those were. */
export function* asAsked<Answer>(
  ids: IdsByObject,
  found: ReadonlyMap<string, Answer>,
): Generator<[string, Answer | undefined]> {
  for (const object of SALESFORCE_OBJECTS)
    for (const id of ids[object]) yield [id, found.get(salesforceId18(id) ?? id)];
}

export function fatesOver(connection: SalesforceConnection): Pick<SalesforceRecords, 'fates'> {
  return {
    async fates(ids) {
      const queries = SALESFORCE_OBJECTS.flatMap((object) =>
        portions(askableIds(object, ids), MOST_IDS).map((portion) =>
          query(
            select({
              fields: ['Id', 'IsDeleted', 'MasterRecordId'],
              from: object,
              where: inList('Id', portion),
            }),
            true,
          ),
        ),
      );
      const found = new Map<string, RecordFate>();
      for (const answer of await composite(connection, queries)) {
        for (const row of await rowsOf(connection, answer)) {
          found.set(idOf(row.Id), {
            isDeleted: row.IsDeleted === true,
            masterRecordId: idOf(row.MasterRecordId) || null,
          });
        }
      }
      return new Map(
        [...asAsked(ids, found)].flatMap(([id, fate]) => (fate ? [[id, fate] as const] : [])),
      );
    },
  };
}
