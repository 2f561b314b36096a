// Since when a link stands where it stands, for the list of problems. Unknown for links that were saved before, until
// their state or reason changes next.
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table links add column standing_since timestamptz`.execute(db);
}
