// Who has a hold: one that ended and was taken by another is not let go by the first. Null where a worker of the
// version before took it.
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table record_holds add column holder text`.execute(db);
}
