// A database of its own for every test file (or test), copied from the template in some 30 ms.
//
//   const database = await createTestDatabase();
//   const store = await openStore(database);
//   …
//   await store.close();
//   await database.drop();
import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { databaseAt, executeOn } from './postgres.ts';
import type {} from './global-setup.ts';

export interface TestDatabase {
  readonly connectionString: string;
  /** Cuts every connection that is left and removes the database. */
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** True: without the schema. */
  readonly empty?: boolean;
}

export async function createTestDatabase({
  empty = false,
}: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = inject('postgres');
  const name = `test_${randomBytes(8).toString('hex')}`;
  const template = empty ? 'template1' : 'template_tandem';
  await executeOn(server, `create database ${name} template ${template} strategy file_copy`);
  return {
    connectionString: databaseAt(server, name),
    drop: async () => {
      await executeOn(server, `drop database ${name} with (force)`);
    },
  };
}
