// Brings a database to the newest schema. Migrations are imported, not read from a folder, so that they
// are part of a bundled function. Kysely's migrator holds a lock while it works: two processes that start
// together migrate once.
import { Migrator, type Kysely, type Migration } from 'kysely';
import * as start from './migrations/0001-start.ts';
import type { Database } from './schema.ts';

const MIGRATIONS: Record<string, Migration> = { '0001-start': start };

export async function migrate(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(MIGRATIONS) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error)
    throw error instanceof Error
      ? error
      : new Error('the database could not be migrated', { cause: error });
}
