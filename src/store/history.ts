// History: what was written, kept whatever became of the link's own save. One row holds all fields that one
// sync wrote to one record: a first import writes two dozen fields of everybody.
import { sql, type Kysely, type Selectable, type Transaction } from 'kysely';
import { inChunks } from './chunks.ts';
import { storableJson } from './json.ts';
import type { Change, PastChange } from './port.ts';
import type { Database, FieldChange, HistoryTable } from './schema.ts';

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

type NewRow = Pick<
  Selectable<HistoryTable>,
  'hubspot_id' | 'salesforce_id' | 'run_id' | 'cause' | 'side'
> & { readonly fields: FieldChange[] };

/** Consecutive changes of one record by one sync share a row. */
function rowsOf(changes: readonly Change[]): NewRow[] {
  const rows: NewRow[] = [];
  for (const {
    hubspotId,
    salesforceId,
    runId,
    cause,
    side,
    field,
    before,
    after,
    why,
  } of changes) {
    const last = rows.at(-1);
    const belongs =
      last?.side === side &&
      last.hubspot_id === hubspotId &&
      last.salesforce_id === salesforceId &&
      last.run_id === runId &&
      last.cause === cause;
    const row: NewRow = belongs
      ? last
      : {
          hubspot_id: hubspotId,
          salesforce_id: salesforceId,
          run_id: runId,
          cause,
          side,
          fields: [],
        };
    row.fields.push([field, before, after, why]);
    if (!belongs) rows.push(row);
  }
  return rows;
}

export async function addHistory(
  trx: Transaction<Database>,
  changes: readonly Change[],
): Promise<void> {
  await inChunks(rowsOf(changes), ROWS_PER_STATEMENT, async (chunk) => {
    // Numbered in the order they came in: history is read by id.
    await sql`
      insert into history (hubspot_id, salesforce_id, run_id, cause, side, fields)
      select hubspot_id, salesforce_id, run_id, cause, side, fields
      from jsonb_to_recordset(${storableJson(chunk)}::jsonb) as happened(
        hubspot_id text, salesforce_id text, run_id bigint, cause text, side text, fields jsonb
      )`.execute(trx);
    return [];
  });
}
