// Links and their history in Postgres. A batch is saved in one transaction with a fixed handful of
// statements: rows that changed since they were read are told, not overwritten (compare-and-swap on
// `version`), and never stop the others.
import { sql, type Kysely, type Selectable, type Transaction } from 'kysely';
import type { Link } from '../engine/link.ts';
import type {
  Change,
  LinkSave,
  LinkStore,
  LinkSummaryRow,
  PastChange,
  RecordBatch,
  SaveOutcome,
} from './port.ts';
import { saveCursor } from './cursors.ts';
import { checkpointRun } from './runs.ts';
import type { ChangesTable, Database, LinksTable } from './schema.ts';
import { inTransaction } from './transaction.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

function linkOf(row: Selectable<LinksTable>): Link {
  return {
    id: String(row.id),
    version: row.version,
    hubspotId: row.hubspot_id,
    salesforceId: row.salesforce_id,
    salesforceObject: row.salesforce_object,
    base: row.base,
    refused: row.refused,
    fieldReasons: row.field_reasons,
    state: row.state,
    reason: row.reason,
    hubspotModifiedAt: iso(row.hubspot_modified_at),
    salesforceModifiedAt: iso(row.salesforce_modified_at),
    creatingSince: iso(row.creating_since),
    attempts: row.attempts,
    retryAt: iso(row.retry_at),
    lastSyncedAt: iso(row.last_synced_at),
  };
}

function changeOf(row: Selectable<ChangesTable>): PastChange {
  return {
    at: row.at.toISOString(),
    hubspotId: row.hubspot_id,
    salesforceId: row.salesforce_id,
    runId: row.run_id === null ? null : String(row.run_id),
    cause: row.cause,
    side: row.side,
    field: row.field,
    before: row.before,
    after: row.after,
    why: row.why,
  };
}

/** The columns of a save, in one order for every statement. */
const COLUMNS = [
  'hubspot_id text',
  'salesforce_id text',
  'salesforce_object text',
  'base jsonb',
  'refused jsonb',
  'field_reasons jsonb',
  'state text',
  'reason jsonb',
  'hubspot_modified_at timestamptz',
  'salesforce_modified_at timestamptz',
  'creating_since timestamptz',
  'attempts integer',
  'retry_at timestamptz',
  'last_synced_at timestamptz',
] as const;
const NAMES = COLUMNS.map((column) => column.slice(0, column.indexOf(' ')));
const columnList = sql.raw(NAMES.join(', '));
const typedColumns = sql.raw(COLUMNS.join(', '));
const assignments = sql.raw(NAMES.map((name) => `${name} = r.${name}`).join(', '));
const prefixedColumns = sql.raw(NAMES.map((name) => `r.${name}`).join(', '));

function rowOf({ content, existing }: LinkSave): Record<string, unknown> {
  return {
    id: existing?.id ?? null,
    hubspot_id: content.hubspotId,
    salesforce_id: content.salesforceId,
    salesforce_object: content.salesforceObject,
    base: content.base,
    refused: content.refused,
    field_reasons: content.fieldReasons,
    state: content.state,
    reason: content.reason,
    hubspot_modified_at: content.hubspotModifiedAt,
    salesforce_modified_at: content.salesforceModifiedAt,
    creating_since: content.creatingSince,
    attempts: content.attempts,
    retry_at: content.retryAt,
    last_synced_at: content.lastSyncedAt,
  };
}

export function linkStore(db: Kysely<Database>): LinkStore {
  return {
    async find({ hubspot, salesforce }) {
      if (hubspot.length + salesforce.length === 0) return [];
      const { rows } = await sql<Selectable<LinksTable>>`
        select * from links where hubspot_id = any(${[...hubspot]}::text[])
        union
        select * from links where salesforce_id = any(${[...salesforce]}::text[])`.execute(db);
      return rows.map(linkOf);
    },

    record: (batch) => inTransaction(db, (trx) => record(trx, batch)),

    async due(now, limit) {
      const rows = await db
        .selectFrom('links')
        .selectAll()
        .where('retry_at', '<=', new Date(now))
        .orderBy('retry_at')
        .limit(limit)
        .execute();
      return rows.map(linkOf);
    },

    async summary() {
      const { rows } = await sql<LinkSummaryRow>`
        select state, "reasonCode", count(*)::integer as count,
          jsonb_agg(example order by place) filter (where place <= 3) as examples
        from (
          select state, reason->>'code' as "reasonCode",
            row_number() over (partition by state, reason->>'code' order by id) as place,
            jsonb_build_object('hubspotId', hubspot_id, 'salesforceId', salesforce_id, 'salesforceObject', salesforce_object) as example
          from links
        ) ranked
        group by state, "reasonCode"
        order by count desc, state, "reasonCode"`.execute(db);
      return rows;
    },

    async history(hubspotId, limit) {
      const rows = await db
        .selectFrom('changes')
        .selectAll()
        .where('hubspot_id', '=', hubspotId)
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(changeOf);
    },

    async recent(limit) {
      const rows = await db
        .selectFrom('changes')
        .selectAll()
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(changeOf);
    },
  };
}

async function record(trx: Transaction<Database>, batch: RecordBatch): Promise<SaveOutcome> {
  const valid = await validSaves(trx, batch.links);
  await absorb(
    trx,
    batch.links.filter((save) => valid.has(save)),
  );
  const outcome = [
    ...(await update(
      trx,
      batch.links.filter((save) => valid.has(save) && save.existing !== null),
    )),
    ...(await insert(
      trx,
      batch.links.filter((save) => valid.has(save) && save.existing === null),
    )),
  ];
  await addHistory(trx, batch.changes);
  if (batch.cursor) await saveCursor(trx, batch.cursor.name, batch.cursor.value);
  if (batch.run) await checkpointRun(trx, batch.run);
  const byHubSpot = new Map(outcome.map((link) => [link.hubspotId, link]));
  const bySalesforce = new Map(outcome.map((link) => [link.salesforceId, link]));
  return batch.links.map((save) => {
    if (!valid.has(save)) return null;
    const { hubspotId, salesforceId } = save.content;
    return (hubspotId === null ? bySalesforce.get(salesforceId) : byHubSpot.get(hubspotId)) ?? null;
  });
}

/** Locks the rows that saves start from, in one order, and finds the saves whose rows and ids are still theirs. */
async function validSaves(
  trx: Transaction<Database>,
  saves: readonly LinkSave[],
): Promise<ReadonlySet<LinkSave>> {
  if (saves.length === 0) return new Set();
  const startedFrom = (save: LinkSave): { id: string; version: number }[] => [
    ...(save.existing ? [save.existing] : []),
    ...save.absorbs,
  ];
  const hubspotIds = saves.flatMap(({ content }) => content.hubspotId ?? []);
  const salesforceIds = saves.flatMap(({ content }) => content.salesforceId ?? []);
  const { rows } = await sql<
    Pick<Selectable<LinksTable>, 'id' | 'version' | 'hubspot_id' | 'salesforce_id'>
  >`
    select id, version, hubspot_id, salesforce_id from links
    where id = any(${saves.flatMap(startedFrom).map(({ id }) => id)}::bigint[])
      or hubspot_id = any(${hubspotIds}::text[])
      or salesforce_id = any(${salesforceIds}::text[])
    order by id for update`.execute(trx);
  const versions = new Map(rows.map((row) => [String(row.id), row.version]));
  const holders = new Map<string, string>();
  for (const row of rows) {
    if (row.hubspot_id !== null) holders.set(`hubspot ${row.hubspot_id}`, String(row.id));
    if (row.salesforce_id !== null) holders.set(`salesforce ${row.salesforce_id}`, String(row.id));
  }
  const claimed = new Set<string>();
  return new Set(
    saves.filter((save) => {
      const own = startedFrom(save);
      if (!own.every(({ id, version }) => versions.get(id) === version)) return false;
      const { hubspotId, salesforceId } = save.content;
      const names = [
        ...(hubspotId === null ? [] : [`hubspot ${hubspotId}`]),
        ...(salesforceId === null ? [] : [`salesforce ${salesforceId}`]),
      ];
      const free = names.every((name) => {
        const holder = holders.get(name);
        return !claimed.has(name) && (holder === undefined || own.some(({ id }) => id === holder));
      });
      if (free) for (const name of names) claimed.add(name);
      return free;
    }),
  );
}

async function absorb(trx: Transaction<Database>, saves: readonly LinkSave[]): Promise<void> {
  const ids = saves.flatMap(({ absorbs }) => absorbs.map(({ id }) => id));
  if (ids.length > 0) await sql`delete from links where id = any(${ids}::bigint[])`.execute(trx);
}

async function update(trx: Transaction<Database>, saves: readonly LinkSave[]): Promise<Link[]> {
  if (saves.length === 0) return [];
  const { rows } = await sql<Selectable<LinksTable>>`
    update links l set ${assignments}, version = l.version + 1, updated_at = now()
    from jsonb_to_recordset(${JSON.stringify(saves.map(rowOf))}::jsonb) as r(id bigint, ${typedColumns})
    where l.id = r.id returning l.*`.execute(trx);
  return rows.map(linkOf);
}

async function insert(trx: Transaction<Database>, saves: readonly LinkSave[]): Promise<Link[]> {
  if (saves.length === 0) return [];
  const { rows } = await sql<Selectable<LinksTable>>`
    insert into links (${columnList})
    select ${prefixedColumns} from jsonb_to_recordset(${JSON.stringify(saves.map(rowOf))}::jsonb) as r(${typedColumns})
    on conflict do nothing returning *`.execute(trx);
  return rows.map(linkOf);
}

async function addHistory(trx: Transaction<Database>, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map((change) => ({
    ...change,
    hubspot_id: change.hubspotId,
    salesforce_id: change.salesforceId,
    run_id: change.runId,
  }));
  await sql`
    insert into changes (hubspot_id, salesforce_id, run_id, cause, side, field, before, after, why)
    select hubspot_id, salesforce_id, run_id, cause, side, field, before, after, why
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      hubspot_id text, salesforce_id text, run_id bigint, cause text, side text, field text, before jsonb, after jsonb, why text
    )`.execute(trx);
}
