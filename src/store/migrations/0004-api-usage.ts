// API budgets: what all processes have reserved of each CRM's limits, calls counted by day, and the short
// windows that `rate-limiter-flexible` keeps (its columns, in its order).
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table api_accounts (
      crm text primary key,
      version int4 not null,
      account jsonb not null
    )`.execute(db);
  await sql`
    create table api_usage (
      day date not null,
      crm text not null,
      class text not null,
      endpoint text not null,
      calls int4 not null,
      primary key (day, crm, class, endpoint)
    )`.execute(db);
  await sql`
    create table api_windows (
      key varchar(255) primary key,
      points int4 not null default 0,
      expire bigint
    )`.execute(db);
}
