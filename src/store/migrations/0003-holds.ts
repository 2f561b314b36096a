// Holds: which links a worker is writing right now, so that no other writes the same pair at once.
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table holds (
      link_id bigint primary key,
      held_until timestamptz not null,
      wanted boolean not null default false
    )`.execute(db);
}
