// History: one row per field written, kept whatever became of the link's own save.
import { sql, type Kysely, type Selectable, type Transaction } from 'kysely';
import { inChunks } from './chunks.ts';
import { storableJson } from './json.ts';
import type { Change, PastChange } from './port.ts';
import type { ChangesTable, Database } from './schema.ts';

const CHANGES_PER_STATEMENT = 10_000;

function changeOf(row: Selectable<ChangesTable>): PastChange {
  return {
    at: row.at.toISOString(),
    hubspotId: row.hubspot_id,
    salesforceId: row.salesforce_id,
    runId: row.run_id,
    cause: row.cause,
    side: row.side,
    field: row.field,
    before: row.before,
    after: row.after,
    why: row.why,
  };
}

/** Newest first; of one HubSpot contact, or of everybody. */
export async function readHistory(
  db: Kysely<Database>,
  hubspotId: string | null,
  limit: number,
): Promise<PastChange[]> {
  let query = db.selectFrom('changes').selectAll().orderBy('id', 'desc').limit(limit);
  if (hubspotId !== null) query = query.where('hubspot_id', '=', hubspotId);
  return (await query.execute()).map(changeOf);
}

export async function addHistory(
  trx: Transaction<Database>,
  changes: readonly Change[],
): Promise<void> {
  await inChunks(changes, CHANGES_PER_STATEMENT, async (chunk) => {
    const rows = chunk.map(({ hubspotId, salesforceId, runId, ...rest }) => ({
      hubspot_id: hubspotId,
      salesforce_id: salesforceId,
      run_id: runId,
      ...rest,
    }));
    // Numbered in the order they came in: history is read by id.
    await sql`
      insert into changes (hubspot_id, salesforce_id, run_id, cause, side, field, before, after, why)
      select hubspot_id, salesforce_id, run_id, cause, side, field, before, after, why
      from jsonb_to_recordset(${storableJson(rows)}::jsonb) as happened(
        hubspot_id text, salesforce_id text, run_id bigint, cause text, side text, field text,
        before jsonb, after jsonb, why text
      )`.execute(trx);
    return [];
  });
}
