// Who had it done, where a person did and is known.
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table history add column done_by text`.execute(db);
}
