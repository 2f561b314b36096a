import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/postgres-store.ts';
import type { Store } from '../../src/store/port.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { executeOn } from '../support/postgres.ts';
import { adding } from './fixture.ts';

let database: TestDatabase;
let store: Store;

beforeAll(async () => {
  database = await createTestDatabase();
  store = await openStore(database);
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

const start = (name: string, ...parameters: readonly (string | number)[]): ChildProcess =>
  fork(
    fileURLToPath(new URL(`./children/${name}.ts`, import.meta.url)),
    [database.connectionString, ...parameters.map(String)],
    { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] },
  );

describe('Several processes on one database', () => {
  it('never lose a save that was reported as taken, nor make a link twice', async () => {
    const links = 40;
    const rounds = 25;
    const children = Array.from({ length: 4 }, (_, i) => start('counts-up', i, links, rounds));
    const taken = await Promise.all(
      children.map(async (child) => Number((await once(child, 'message'))[0])),
    );
    const found = await store.links.find({
      hubspot: Array.from({ length: links }, (_, i) => `${i}`),
      salesforce: [],
    });
    expect(found).toHaveLength(links);
    const total = taken.reduce((sum, one) => sum + one, 0);
    expect(total).toBeGreaterThan(links * rounds);
    expect(found.reduce((sum, { base }) => sum + Number(base['count']), 0)).toBe(total);
    expect(found.reduce((sum, { version }) => sum + version, 0)).toBe(total);
    // History rows are kept also for batches of which nothing could be saved.
    expect(await store.links.recent(1_000)).toHaveLength(children.length * rounds);
  });

  it('leave whole batches behind when one is killed', async () => {
    await executeOn(database.connectionString, 'truncate links, history, cursors');
    await store.links.record({
      links: Array.from({ length: 200 }, (_, i) => adding({ hubspotId: `${i}`, base: { n: 0 } })),
      changes: [],
    });
    const child = start('writes-until-killed');
    await expect
      .poll(() => store.cursors.get('batch'), { timeout: 20_000, interval: 5 })
      .toBeGreaterThan(3);
    child.kill('SIGKILL');
    await once(child, 'exit');
    // The server may still be finishing the statement it was given.
    await expect
      .poll(() =>
        executeOn(
          database.connectionString,
          `select pid from pg_stat_activity
           where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`,
        ),
      )
      .toEqual([]);

    const reopened = await openStore(database);
    const batches = Number(await reopened.cursors.get('batch'));
    const rows = await executeOn(
      database.connectionString,
      `select base->>'n' as n, count(*)::integer as links from links group by 1`,
    );
    expect(rows).toEqual([{ n: String(batches), links: 200 }]);
    expect(await reopened.links.recent(1_000_000)).toHaveLength(batches * 200);
    await reopened.close();
  });
});
