// An installation that has synced somebody goes on by itself; a new one waits until somebody starts its first sync
// (src/sync/first-sync.ts).
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const begun = JSON.stringify({ begunAt: new Date().toISOString() });
  await sql`
    insert into cursors (name, value) select 'first sync', ${begun}::jsonb
    where exists (select 1 from links) or exists (select 1 from runs where not dry)`.execute(db);
}
