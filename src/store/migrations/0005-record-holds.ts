// Holds by record instead of by link: two records that are about to meet, or one that is about to be made, have no
// link yet. Workers of the version before still use `holds`; it may be dropped once none is left.
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table record_holds (
      record_id text primary key,
      held_until timestamptz,
      wanted boolean not null default false,
      unrecorded jsonb not null default '[]'
    )`.execute(db);
}
