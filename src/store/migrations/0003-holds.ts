// Holds: which links a worker is writing right now and what, so that no other writes the same pair at once, and
// whoever comes after a crash knows what may have arrived.
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table holds (
      link_id bigint primary key,
      held_until timestamptz,
      wanted boolean not null default false,
      sending jsonb not null default '[]'
    )`.execute(db);
}
