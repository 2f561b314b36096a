// Old workers go on while a new one migrates: every migration after the first only adds. What would break them
// is recognised, and what wouldn't is let through.
import { Kysely, Migrator, PostgresDialect } from 'kysely';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/postgres-store.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { executeOn } from '../support/postgres.ts';
import { breaks, catalogOf } from './support/schema-changes.ts';

const databases: TestDatabase[] = [];
afterEach(async () => {
  for (const database of databases.splice(0)) await database.drop();
});

async function emptyDatabase(): Promise<string> {
  const database = await createTestDatabase({ empty: true });
  databases.push(database);
  return database.connectionString;
}

describe('every migration after the first', () => {
  it('only adds', async () => {
    const connectionString = await emptyDatabase();
    const db = new Kysely<unknown>({
      dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString, max: 1 }) }),
    });
    const migrator = new Migrator({
      db,
      provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
    });
    const names = Object.keys(MIGRATIONS).sort();
    expect(names[0]).toBe('0001-start');
    for (const [index, name] of names.entries()) {
      const before = await catalogOf(connectionString);
      const { error } = await migrator.migrateTo(name);
      expect(error, name).toBeUndefined();
      if (index > 0) expect(breaks(before, await catalogOf(connectionString)), name).toEqual([]);
    }
    await db.destroy();
  });
});

describe('a change of the schema', () => {
  const after = async (statement: string): Promise<string[]> => {
    const connectionString = await emptyDatabase();
    await (await openStore({ connectionString })).close();
    const before = await catalogOf(connectionString);
    await executeOn(connectionString, statement);
    return breaks(before, await catalogOf(connectionString));
  };

  it.each([
    ['alter table runs drop column total', ['runs.total is gone']],
    ['drop table changes', expect.arrayContaining(['changes.at is gone'])],
    ['alter table runs rename column total to expected', ['runs.total is gone']],
    ['alter table cursors rename to positions', expect.arrayContaining(['cursors.name is gone'])],
    [
      'alter table runs add column budget integer not null',
      ['runs.budget has to be given by whoever inserts'],
    ],
    [
      'alter table runs alter column total set not null',
      ['runs.total has to be given by whoever inserts'],
    ],
    [
      'alter table runs alter column counts drop default, alter column started_at drop default',
      ['runs.started_at has to be given by whoever inserts'],
    ],
    ['alter table runs alter column total type text', ['runs.total was int4 and is text']],
    [
      `alter table runs add constraint few check (total < 10)`,
      [expect.stringContaining('runs few is stricter')],
    ],
    [
      'create unique index one_of_a_kind on runs (kind)',
      [expect.stringContaining('runs one_of_a_kind is stricter')],
    ],
    [
      'alter table links drop constraint links_hubspot_id_key',
      expect.arrayContaining([expect.stringContaining('links_hubspot_id_key is gone')]),
    ],
  ])('is recognised as breaking: %s', async (statement, expected) => {
    expect(await after(statement)).toEqual(expected);
  });

  it.each([
    'alter table runs add column budget integer',
    `alter table runs add column note text not null default ''`,
    'create table budgets (name text primary key, calls integer not null)',
    'create index changes_by_time on changes (at)',
    'alter table runs alter column kind drop not null',
  ])('is let through: %s', async (statement) => {
    expect(await after(statement)).toEqual([]);
  });
});
