// Runs: what an import or a push has done so far and where it goes on after a stop.
import { sql, type Kysely, type Selectable, type Transaction } from 'kysely';
import { storableJson } from './json.ts';
import { NO_COUNTS, type RecordBatch, type Run, type RunStore } from './port.ts';
import type { Database, RunsTable } from './schema.ts';

function runOf(row: Selectable<RunsTable>): Run {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    settingsVersion: row.settings_version,
    checkpoint: row.checkpoint,
    counts: row.counts,
    total: row.total,
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}

export function runStore(db: Kysely<Database>): RunStore {
  return {
    async start(kind, settingsVersion) {
      const row = await db
        .insertInto('runs')
        .values({
          kind,
          state: 'running',
          settings_version: settingsVersion,
          checkpoint: null,
          counts: NO_COUNTS,
          total: null,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      return runOf(row);
    },
    async setTotal(id, total) {
      await db.updateTable('runs').set({ total }).where('id', '=', id).execute();
    },
    async finish(id, state) {
      await db
        .updateTable('runs')
        .set({ state, finished_at: new Date() })
        .where('id', '=', id)
        .execute();
    },
    async get(id) {
      // An id somebody typed: not a number, not a run.
      if (!/^\d{1,18}$/.test(id)) return null;
      const row = await db.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? runOf(row) : null;
    },
    async latest(kind) {
      const row = await db
        .selectFrom('runs')
        .selectAll()
        .where('kind', '=', kind)
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ? runOf(row) : null;
    },
  };
}

/** How far a run has come; part of the transaction that saves the page it has come past. */
export async function checkpointRun(
  trx: Transaction<Database>,
  run: NonNullable<RecordBatch['run']>,
): Promise<void> {
  await sql`
    update runs set checkpoint = ${storableJson(run.checkpoint)}::jsonb, counts = ${storableJson(run.counts)}::jsonb
    where id = ${run.id}`.execute(trx);
}
