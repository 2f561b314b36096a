// One Postgres for a whole run of the tests: the embedded one, in a folder of its own, with a template
// database that has the schema. `database.ts` copies the template for each test file.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../src/store/embedded.ts';
import { openStore } from '../../src/store/postgres-store.ts';
import { databaseAt, executeOn } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the run's server is, as its superuser. */
    readonly postgres: string;
  }
}

/** Nothing here has to survive a power cut. */
const HASTY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-test-'));
  const server = await startEmbeddedPostgres({ folder, settings: HASTY });
  await executeOn(server.connectionString, 'create database template_tandem');
  const store = await openStore({
    connectionString: databaseAt(server.connectionString, 'template_tandem'),
  });
  await store.close();
  project.provide('postgres', server.connectionString);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
