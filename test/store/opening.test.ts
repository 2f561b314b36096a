import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openStore } from '../../src/store/postgres-store.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { executeOn } from '../support/postgres.ts';

const databases: TestDatabase[] = [];
afterEach(async () => {
  for (const database of databases.splice(0)) await database.drop();
});
async function aDatabase(options?: { empty: boolean }): Promise<TestDatabase> {
  const database = await createTestDatabase(options);
  databases.push(database);
  return database;
}

const tablesOf = async ({ connectionString }: TestDatabase): Promise<unknown[]> =>
  (
    await executeOn(
      connectionString,
      `select table_name from information_schema.tables where table_schema = 'public' order by 1`,
    )
  ).map(({ table_name }) => table_name);

const TABLES = [
  'admin_calls',
  'api_accounts',
  'api_usage',
  'api_windows',
  ...['changes', 'cursors', 'history', 'holds', 'installation', 'kysely_migration'],
  ...['kysely_migration_lock', 'links', 'record_holds', 'run_records', 'runs', 'settings_versions'],
];

describe('Opening a store', () => {
  it('makes the schema in an empty database, with a single connection', async () => {
    const database = await aDatabase({ empty: true });
    const store = await openStore({ ...database, maxConnections: 1 });
    expect(await store.links.summary()).toEqual([]);
    await store.close();
    expect(await tablesOf(database)).toEqual(TABLES);
  });

  it('leaves the schema alone when told to', async () => {
    const database = await aDatabase({ empty: true });
    const store = await openStore({ ...database, migrates: false });
    await store.close();
    expect(await tablesOf(database)).toEqual([]);
  });

  it('works on a schema that is newer than the code', async () => {
    const database = await aDatabase();
    await executeOn(
      database.connectionString,
      `insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '2030')`,
    );
    const store = await openStore(database);
    expect(await store.links.summary()).toEqual([]);
    await store.close();
  });

  it('asks a migrated database one question', async () => {
    const database = await aDatabase();
    const query = vi.spyOn(pg.Client.prototype, 'query');
    const store = await openStore(database);
    expect(query).toHaveBeenCalledOnce();
    query.mockRestore();
    await store.close();
  });

  it('migrates once when several processes start together', async () => {
    const database = await aDatabase({ empty: true });
    const path = fileURLToPath(new URL('./children/opens-a-store.ts', import.meta.url));
    const children = Array.from({ length: 4 }, () =>
      fork(path, [database.connectionString], { stdio: 'inherit' }),
    );
    await Promise.all(children.map((child) => once(child, 'exit')));
    const codes = children.map(({ exitCode }) => exitCode);
    expect(codes).toEqual([0, 0, 0, 0]);
    expect(await tablesOf(database)).toEqual(TABLES);
    expect(await executeOn(database.connectionString, 'select name from kysely_migration')).toEqual(
      [
        '0001-start',
        '0002-runs',
        '0003-holds',
        '0004-api-usage',
        '0005-record-holds',
        '0006-standing-since',
        '0007-admin-calls',
        '0008-holders',
        '0009-history-by',
        '0010-first-sync',
      ].map((name) => ({ name })),
    );
  });

  it('fails clearly where there is no database', async () => {
    await expect(
      openStore({ connectionString: 'postgres://nobody:x@127.0.0.1:1/nothing' }),
    ).rejects.toThrow('ECONNREFUSED');
  });

  it('goes on after its connections were cut', async () => {
    const database = await aDatabase();
    const store = await openStore(database);
    await store.cursors.set('hubspot', 1);
    await executeOn(
      database.connectionString,
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await expect.poll(() => store.cursors.get('hubspot').catch(() => 'cut')).toBe(1);
    await store.close();
  });
});
