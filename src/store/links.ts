// Links and their history in Postgres: what is read, and the one transaction that records a batch. How
// saves are decided and written is in `save-links.ts`.
import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely';
import { concernedBy } from './claims.ts';
import { saveCursor } from './cursors.ts';
import { addHistory, readHistory } from './history.ts';
import {
  giveUpHold,
  holdRecords,
  releaseHolds,
  renewHold,
  unrecordedOf,
  wantLinks,
} from './holds.ts';
import { linkOf } from './link-rows.ts';
import type { Side } from '../engine/records.ts';
import { NO_HOLD, type LinkFilter, type LinkStore, type PairRow } from './port.ts';
import { saveLinks } from './save-links.ts';
import type { Database, LinksTable } from './schema.ts';
import { summaryByField, summaryByReason } from './summaries.ts';
import { inTransaction } from './transaction.ts';

export function linkStore(db: Kysely<Database>): LinkStore {
  return {
    async find({ hubspot, salesforce }) {
      if (hubspot.length + salesforce.length === 0) return [];
      const { rows } = await sql<Selectable<LinksTable>>`
        select * from links
        where hubspot_id = any(${hubspot}::text[]) or salesforce_id = any(${salesforce}::text[])
        order by id`.execute(db);
      return rows.map(linkOf);
    },

    record: ({ links, changes, releases = NO_HOLD, cursor }) =>
      inTransaction(db, async (trx) => {
        const outcome = await saveLinks(trx, links, releases.holder);
        const { saved, settled, recovered } = concernedBy(links, outcome);
        await releaseHolds(trx, releases, saved, settled);
        await addHistory(trx, [...recovered, ...changes]);
        if (cursor) await saveCursor(trx, cursor.name, cursor.value);
        return outcome;
      }),

    hold: (claims, holder) => inTransaction(db, (trx) => holdRecords(trx, claims, holder)),
    renew: (hold) => renewHold(db, hold),
    giveUp: (hold) => giveUpHold(db, hold),
    unrecorded: (recordIds) => unrecordedOf(db, recordIds),
    want: (ids) => inTransaction(db, (trx) => wantLinks(trx, ids)),

    async due(now, limit) {
      const { rows: left } = await sql<Selectable<LinksTable>>`
        select * from links where id in (
          select links.id from record_holds join links on hubspot_id = record_id
          where held_until <= now()
          union
          select links.id from record_holds join links on salesforce_id = record_id
          where held_until <= now()
        ) limit ${limit}`.execute(db);
      const rows = await db
        .selectFrom('links')
        .selectAll()
        .where('retry_at', '<=', new Date(now))
        .orderBy('retry_at')
        .orderBy('id')
        .limit(limit)
        .execute();
      const seen = new Set(left.map(({ id }) => id));
      return [...left, ...rows.filter(({ id }) => !seen.has(id))].slice(0, limit).map(linkOf);
    },

    async abandoned(limit) {
      const { rows } = await sql<{ id: string }>`
        select record_id as id from record_holds
        where held_until <= now()
          and not exists (select from links where hubspot_id = record_id)
          and not exists (select from links where salesforce_id = record_id)
        limit ${limit}`.execute(db);
      return rows.map(({ id }) => id);
    },

    async forgetHolds(recordIds) {
      await sql`
        delete from record_holds
        where record_id = any(${recordIds}::text[]) and held_until <= now()`.execute(db);
    },

    async withValue(mappingKey, afterId, limit) {
      const { rows } = await sql<Selectable<LinksTable>>`
        select * from links
        where base->>${mappingKey} is not null and id > ${afterId ?? '0'}::bigint
        order by id limit ${limit}`.execute(db);
      return rows.map(linkOf);
    },

    async page(which, afterId, limit) {
      const { rows } = await sql<Selectable<LinksTable>>`
        select * from links where ${matches(which)} and id > ${afterId ?? '0'}::bigint
        order by id limit ${limit}`.execute(db);
      return rows.map(linkOf);
    },

    async count(which) {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int4 as count from links where ${matches(which)}`.execute(db);
      return rows[0]?.count ?? 0;
    },

    async somePairs(limit) {
      const { rows } = await sql<PairRow>`
        select hubspot_id as "hubspotId", salesforce_id as "salesforceId", state from links
        where ${matches({ which: 'paired' })} order by md5(id::text) limit ${limit}`.execute(db);
      return rows;
    },

    async idsBetween(side, after, upTo) {
      const { column, position, idAt } = LISTED[side];
      const behind = after === null ? sql`true` : sql`${position} > ${idAt(after)}`;
      const within = upTo === null ? sql`true` : sql`${position} <= ${idAt(upTo)}`;
      const { rows } = await sql<{ id: string }>`
        select ${column} as id from links where ${column} is not null and ${behind} and ${within}
        order by ${position}`.execute(db);
      return rows.map(({ id }) => id);
    },

    async newestHubSpotStamp() {
      const { rows } = await sql<{ newest: string | null }>`
        select max(hubspot_modified_at) as newest from links`.execute(db);
      return rows[0]?.newest ?? null;
    },

    async since(linkIds) {
      const { rows } = await sql<{ id: string; since: Date }>`
        select id, standing_since as since from links
        where id = any(${linkIds}::bigint[]) and standing_since is not null`.execute(db);
      return new Map(rows.map(({ id, since }) => [id, since.toISOString()]));
    },

    summary: () => summaryByReason(db),
    fieldSummary: () => summaryByField(db),
    history: (hubspotId, limit) => readHistory(db, hubspotId, limit),
    recent: (limit) => readHistory(db, null, limit),
  };
}

function matches(filter: LinkFilter): RawBuilder<unknown> {
  if (filter.which === 'paired') return sql`hubspot_id is not null and salesforce_id is not null`;
  if (filter.which === 'field')
    return sql`field_reasons <> '{}'
      and field_reasons->(${filter.mapping}::text)->>'code' = ${filter.reason}`;
  const states = sql`state = any(${filter.states}::text[])`;
  return filter.reasons === null
    ? states
    : sql`${states} and reason_code = any(${filter.reasons}::text[])`;
}

/** How each CRM orders its records: HubSpot by number, Salesforce by the characters of the id. */
const LISTED: Readonly<
  Record<
    Side,
    {
      readonly column: RawBuilder<unknown>;
      readonly position: RawBuilder<unknown>;
      readonly idAt: (id: string) => RawBuilder<unknown>;
    }
  >
> = {
  hubspot: {
    column: sql`hubspot_id`,
    position: sql`(length(hubspot_id), hubspot_id collate "C")`,
    idAt: (id) => sql`(${id.length}::int4, ${id}::text collate "C")`,
  },
  salesforce: {
    column: sql`salesforce_id`,
    position: sql`salesforce_id collate "C"`,
    idAt: (id) => sql`${id}::text collate "C"`,
  },
};
