// The audit trail: who changed what goes for everybody, when, and what came of it. Rows are only added.
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table admin_calls (
      id bigint generated always as identity primary key,
      at timestamptz not null default now(),
      call text not null,
      user_id text not null,
      email text not null,
      outcome text,
      about jsonb not null default '{}'
    )`.execute(db);
}
