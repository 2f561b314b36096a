// Brings a database to the newest schema. Migrations are imported, not read from a folder, so that they
// are part of a bundled function. Almost always there is nothing to do, which one query tells.
//
// Two processes that start together migrate once: on Postgres Kysely's migrator holds an advisory lock of
// the session. Where that does nothing (CockroachDB) or may outlive us (a pooler in transaction mode), the
// migrator's own table decides: all of a migration is one transaction that ends by adding its name there,
// and whoever fails because the other was first looks again.
import { Migrator, sql, type Kysely, type Migration } from 'kysely';
import * as start from './migrations/0001-start.ts';
import * as runs from './migrations/0002-runs.ts';
import * as holds from './migrations/0003-holds.ts';
import * as apiUsage from './migrations/0004-api-usage.ts';
import * as recordHolds from './migrations/0005-record-holds.ts';
import * as standingSince from './migrations/0006-standing-since.ts';
import * as adminCalls from './migrations/0007-admin-calls.ts';
import * as holders from './migrations/0008-holders.ts';
import * as historyBy from './migrations/0009-history-by.ts';
import * as firstSync from './migrations/0010-first-sync.ts';
import type { Database } from './schema.ts';
import { isWorthRepeating, pauseBeforeTry, sqlStateOf } from './transaction.ts';

export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-start': start,
  '0002-runs': runs,
  '0003-holds': holds,
  '0004-api-usage': apiUsage,
  '0005-record-holds': recordHolds,
  '0006-standing-since': standingSince,
  '0007-admin-calls': adminCalls,
  '0008-holders': holders,
  '0009-history-by': historyBy,
  '0010-first-sync': firstSync,
};
const MOST_TRIES = 5;
const UNDEFINED_TABLE = '42P01';
/** A table or index that the other process has just made. */
const DUPLICATE_TABLE = '42P07';

export async function migrate(db: Kysely<Database>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    if (await isUpToDate(db)) return;
    const migrator = new Migrator({
      db,
      provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
    });
    const { error } = await migrator.migrateToLatest();
    if (error === undefined) return;
    const raced = isWorthRepeating(error) || sqlStateOf(error) === DUPLICATE_TABLE;
    if (tries === MOST_TRIES || !raced) {
      throw new Error('the database could not be brought to the newest schema', { cause: error });
    }
    await pauseBeforeTry(tries);
  }
}

/** A schema newer than this code counts: a function deployed before the service was updated goes on. */
export async function isUpToDate(db: Kysely<Database>): Promise<boolean> {
  try {
    const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
    const done = new Set(rows.map(({ name }) => name));
    return Object.keys(MIGRATIONS).every((name) => done.has(name));
  } catch (error) {
    if (sqlStateOf(error) === UNDEFINED_TABLE) return false;
    throw error;
  }
}
