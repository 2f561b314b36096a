// The accounts in Postgres: a row for each CRM that is swapped for a newer version, never locked, so that a
// process that dies holds nobody up and what it had reserved stays used. Any database that speaks Postgres
// will do: single-row statements, `on conflict`, no locks of the session.
import { z } from 'zod';
import { CALL_CLASSES } from '../engine/call-budget.ts';
import type { Crm } from '../engine/failures.ts';
import { accountSchema, NEW_ACCOUNT } from './account.ts';
import type { Ledger } from './ledger.ts';

/** What is needed of a pool of connections. */
export interface Sql {
  query(text: string, values: readonly unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

const rowSchema = z.object({ version: z.number(), account: accountSchema });

const countedSchema = z.array(
  z.object({
    day: z.string(),
    crm: z.enum(['HubSpot', 'Salesforce']),
    cls: z.enum(CALL_CLASSES),
    endpoint: z.string(),
    calls: z.coerce.number(),
  }),
);

/** Counts of longer ago are of no use to anybody. */
const KEPT_DAYS = 90;

export function postgresLedger(sql: Sql): Ledger {
  let tidied: string | null = null;
  return {
    async read(crm: Crm) {
      const { rows } = await sql.query('select version, account from api_accounts where crm = $1', [
        crm,
      ]);
      const [row] = rows;
      return row === undefined ? { version: 0, account: NEW_ACCOUNT } : rowSchema.parse(row);
    },
    async write(crm, version, account) {
      const { rows } =
        version === 0
          ? await sql.query(
              `insert into api_accounts (crm, version, account) values ($1, 1, $2)
               on conflict (crm) do nothing returning version`,
              [crm, JSON.stringify(account)],
            )
          : await sql.query(
              `update api_accounts set version = version + 1, account = $3
               where crm = $1 and version = $2 returning version`,
              [crm, version, JSON.stringify(account)],
            );
      return rows.length > 0;
    },
    async count(counted) {
      const [first] = counted;
      if (!first) return;
      await sql.query(
        `insert into api_usage (day, crm, class, endpoint, calls)
         select * from unnest($1::date[], $2::text[], $3::text[], $4::text[], $5::int4[])
         on conflict (day, crm, class, endpoint)
           do update set calls = api_usage.calls + excluded.calls`,
        [
          counted.map(({ day }) => day),
          counted.map(({ crm }) => crm),
          counted.map(({ cls }) => cls),
          counted.map(({ endpoint }) => endpoint),
          counted.map(({ calls }) => calls),
        ],
      );
      if (tidied === first.day) return;
      tidied = first.day;
      await sql.query(`delete from api_usage where day < $1::date - ${KEPT_DAYS}`, [first.day]);
    },
    async counted(since) {
      const { rows } = await sql.query(
        `select to_char(day, 'YYYY-MM-DD') as day, crm, class as cls, endpoint, calls
         from api_usage where day >= $1 order by calls desc, endpoint`,
        [since],
      );
      return countedSchema.parse(rows);
    },
  };
}
