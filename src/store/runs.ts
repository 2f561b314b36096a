// Runs in Postgres. A run belongs to whoever took it last: pages of an earlier holder that was thought dead
// are not recorded, so that two workers never count one page twice.
import { sql, type Kysely, type Selectable, type Transaction } from 'kysely';
import { inChunks } from './chunks.ts';
import { storableJson } from './json.ts';
import {
  NO_COUNTS,
  undoneRun,
  type Run,
  type RunRecord,
  type RunState,
  type RunStore,
} from './runs-port.ts';
import type { Database, RunsTable } from './schema.ts';

const RECORDS_PER_STATEMENT = 5_000;

function runOf(row: Selectable<RunsTable>): Run {
  return {
    id: row.id,
    kind: row.kind,
    scope: row.scope,
    dry: row.dry,
    state: row.state,
    settingsVersion: row.settings_version,
    startedBy: row.started_by,
    checkpoint: row.checkpoint,
    counts: row.counts,
    total: row.total,
    workingMs: Number(row.working_ms),
    trouble: row.trouble,
    setbacks: row.setbacks,
    retryAt: row.retry_at?.toISOString() ?? null,
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}

/** An id somebody typed: not a number, not a run. */
const isId = (id: string): boolean => /^\d{1,18}$/.test(id);

export function runStore(db: Kysely<Database>): RunStore {
  const one = (row: Selectable<RunsTable> | undefined): Run | null => (row ? runOf(row) : null);
  return {
    async start({ kind, scope, dry, settingsVersion, startedBy }) {
      const row = await db
        .insertInto('runs')
        .values({
          kind,
          scope: sql`${storableJson(scope)}::jsonb`,
          dry,
          state: 'waiting',
          settings_version: settingsVersion,
          started_by: startedBy,
          checkpoint: null,
          counts: NO_COUNTS,
          total: null,
          working_ms: 0,
          trouble: null,
          retry_at: null,
          holder: null,
          finished_at: null,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      return runOf(row);
    },

    async take(id, holder) {
      return one(
        await db
          .updateTable('runs')
          .set({ holder, state: 'running' })
          .where('id', '=', id)
          .where('state', 'in', ['waiting', 'running'])
          .returningAll()
          .executeTakeFirst(),
      );
    },

    advance: (id, holder, page) =>
      db.transaction().execute(async (trx) => {
        const state: RunState = 'finished';
        const { rows } = await sql<{ state: RunState }>`
          update runs set
            checkpoint = ${storableJson(page.checkpoint)}::jsonb,
            counts = ${storableJson(page.counts)}::jsonb,
            total = ${page.total},
            working_ms = working_ms + ${Math.round(page.workedMs)}::bigint,
            trouble = null, setbacks = 0, retry_at = null,
            state = case when ${page.ends} and state <> 'cancelled' then ${state} else state end,
            finished_at = case when ${page.ends} and state <> 'cancelled' then now() else finished_at end
          where id = ${id} and holder = ${holder} and state in ('running', 'paused', 'cancelled')
          returning state`.execute(trx);
        const [row] = rows;
        if (!row) return null;
        await addRecords(trx, id, page.records);
        return row.state;
      }),

    async move(id, from, to, trouble = null) {
      if (!isId(id)) return null;
      const ends = to === 'cancelled' || to === 'failed';
      return one(
        await db
          .updateTable('runs')
          .set({
            state: to,
            trouble,
            setbacks: 0,
            retry_at: null,
            ...(ends ? { finished_at: new Date() } : {}),
          })
          .where('id', '=', id)
          .where('state', 'in', from)
          .returningAll()
          .executeTakeFirst(),
      );
    },

    async setBack(id, why, retryAt) {
      await sql`
        update runs set trouble = ${why}, setbacks = setbacks + 1, retry_at = ${retryAt}
        where id = ${id}`.execute(db);
    },

    async get(id) {
      if (!isId(id)) return null;
      return one(await db.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirst());
    },

    async latest(kind, scope, state) {
      const runs = db
        .selectFrom('runs')
        .selectAll()
        .where('kind', '=', kind)
        .where(sql<boolean>`scope = ${storableJson(scope)}::jsonb`);
      return one(
        await (state === undefined ? runs : runs.where('state', '=', state))
          .where('dry', '=', false)
          .orderBy('id', 'desc')
          .limit(1)
          .executeTakeFirst(),
      );
    },

    async open(now) {
      const rows = await db
        .selectFrom('runs')
        .selectAll()
        .where('state', 'in', ['waiting', 'running'])
        .where((where) =>
          where.or([where('retry_at', 'is', null), where('retry_at', '<=', new Date(now))]),
        )
        .orderBy('id')
        .execute();
      return rows.map(runOf);
    },

    async list(limit) {
      const rows = await db
        .selectFrom('runs')
        .selectAll()
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(runOf);
    },

    async undosOf(ids) {
      const known = ids.filter(isId);
      if (known.length === 0) return new Map();
      const rows = await db
        .selectFrom('runs')
        .selectAll()
        .where('kind', '=', 'undo')
        .where('dry', '=', false)
        .where('state', '<>', 'cancelled')
        .where(sql<string>`scope->>'runId'`, 'in', known)
        .orderBy('id')
        .execute();
      return new Map(
        rows.map(runOf).flatMap((run) => {
          const undone = undoneRun(run);
          return undone === null ? [] : [[undone, run] as const];
        }),
      );
    },

    async records(id, after, limit) {
      if (!isId(id) || (after !== null && !isId(after))) return { records: [], after: null };
      const rows = await db
        .selectFrom('run_records')
        .selectAll()
        .where('run_id', '=', id)
        .where('id', '>', after ?? '0')
        .orderBy('id')
        .limit(limit)
        .execute();
      return {
        records: rows.map(({ hubspot_id, salesforce_id, result, reason, writes }) => ({
          hubspotId: hubspot_id,
          salesforceId: salesforce_id,
          result,
          reason,
          writes: writes ?? [],
        })),
        after: rows.length === limit ? (rows.at(-1)?.id ?? null) : null,
      };
    },
  };
}

async function addRecords(
  trx: Transaction<Database>,
  runId: string,
  records: readonly RunRecord[],
): Promise<void> {
  await inChunks(records, RECORDS_PER_STATEMENT, async (chunk) => {
    const rows = chunk.map(({ hubspotId, salesforceId, result, reason, writes }) => ({
      hubspot_id: hubspotId,
      salesforce_id: salesforceId,
      result,
      reason,
      writes: writes.length === 0 ? null : writes,
    }));
    await sql`
      insert into run_records (run_id, hubspot_id, salesforce_id, result, reason, writes)
      select ${runId}::bigint, hubspot_id, salesforce_id, result, reason, writes
      from jsonb_to_recordset(${storableJson(rows)}::jsonb) as found(
        hubspot_id text, salesforce_id text, result text, reason jsonb, writes jsonb
      )`.execute(trx);
    return [];
  });
}
