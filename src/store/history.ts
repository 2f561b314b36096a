// History: what was written, kept whatever became of the link's own save. One row holds all fields that one
// sync wrote to one record: a first import writes two dozen fields of everybody.
import { sql, type Kysely, type Selectable, type Transaction } from 'kysely';
import { inChunks } from './chunks.ts';
import type { HistoryEntry, HistoryStore, WrittenByRun } from './history-port.ts';
import { rowsOf } from './history-rows.ts';
import { storableJson } from './json.ts';
import type { Change, PastChange } from './port.ts';
import type { Database, HistoryTable } from './schema.ts';

const ROWS_PER_STATEMENT = 5_000;

/** Newest first. */
function changesOf(row: Selectable<HistoryTable>): PastChange[] {
  return row.fields.toReversed().map(([field, before, after, why]) => ({
    at: row.at.toISOString(),
    hubspotId: row.hubspot_id,
    salesforceId: row.salesforce_id,
    runId: row.run_id,
    cause: row.cause,
    side: row.side,
    field,
    before,
    after,
    why,
  }));
}

const entryOf = (row: Selectable<HistoryTable>): HistoryEntry => ({
  id: row.id,
  at: row.at.toISOString(),
  hubspotId: row.hubspot_id,
  salesforceId: row.salesforce_id,
  runId: row.run_id,
  cause: row.cause,
  by: row.done_by,
  side: row.side,
  fields: row.fields.map(([field, before, after, why]) => ({ field, before, after, why })),
});

export function historyStore(db: Kysely<Database>): HistoryStore {
  return {
    async page(of, beforeId, limit) {
      let query = db.selectFrom('history').selectAll().orderBy('id', 'desc').limit(limit);
      query =
        'runId' in of
          ? query.where('run_id', '=', of.runId)
          : query.where('hubspot_id', '=', of.hubspotId);
      if (beforeId !== null) query = query.where('id', '<', beforeId);
      return (await query.execute()).map(entryOf);
    },

    async writtenBy(runId) {
      const { rows } = await sql<Record<keyof WrittenByRun, string | null>>`
        select count(*) as entries,
          sum(jsonb_array_length(fields)) filter (where side <> 'pair' and not is_creation) as values,
          count(distinct coalesce(hubspot_id, salesforce_id)) as people,
          count(*) filter (where is_creation) as created
        from (
          select side, fields, hubspot_id, salesforce_id,
            side <> 'pair' and fields @> '[["CREATED"]]'::jsonb as is_creation
          from history where run_id = ${runId}
        ) as written`.execute(db);
      const [row] = rows;
      return {
        entries: Number(row?.entries ?? 0),
        values: Number(row?.values ?? 0),
        people: Number(row?.people ?? 0),
        created: Number(row?.created ?? 0),
      };
    },

    async byIds(ids) {
      if (ids.length === 0) return [];
      const query = db
        .selectFrom('history')
        .selectAll()
        .where('id', 'in', [...ids]);
      return (await query.orderBy('id', 'desc').execute()).map(entryOf);
    },
  };
}

/** Newest first; of one HubSpot contact, or of everybody. */
export async function readHistory(
  db: Kysely<Database>,
  hubspotId: string | null,
  limit: number,
): Promise<PastChange[]> {
  let query = db.selectFrom('history').selectAll().orderBy('id', 'desc').limit(limit);
  if (hubspotId !== null) query = query.where('hubspot_id', '=', hubspotId);
  return (await query.execute()).flatMap(changesOf).slice(0, limit);
}

export async function addHistory(
  trx: Transaction<Database>,
  changes: readonly Change[],
): Promise<void> {
  await inChunks(rowsOf(changes), ROWS_PER_STATEMENT, async (chunk) => {
    // Numbered in the order they came in: history is read by id.
    await sql`
      insert into history (hubspot_id, salesforce_id, run_id, cause, done_by, side, fields)
      select hubspot_id, salesforce_id, run_id, cause, done_by, side, fields
      from jsonb_to_recordset(${storableJson(chunk)}::jsonb) as happened(
        hubspot_id text, salesforce_id text, run_id bigint, cause text, done_by text,
        side text, fields jsonb
      )`.execute(trx);
    return [];
  });
}
