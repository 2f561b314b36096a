// The stores that keep the promises of `src/store/port.ts`: each test of a promise runs on both.
import { openMemoryStore } from '../../../src/store/memory-store.ts';
import type { Store } from '../../../src/store/port.ts';
import { openStore } from '../../../src/store/postgres-store.ts';
import { createTestDatabase } from '../../support/database.ts';
import { executeOn } from '../../support/postgres.ts';

export interface StoreUnderTest {
  readonly store: Store;
  /** A second handle on the same store, as another process has it. */
  readonly other: Store;
  /** Forgets links, changes, runs and cursors; answers the store to go on with. */
  clear(): Promise<Store>;
  close(): Promise<void>;
}

async function inPostgres(): Promise<StoreUnderTest> {
  const database = await createTestDatabase();
  const store = await openStore(database);
  const other = await openStore({ ...database, maxConnections: 1 });
  return {
    store,
    other,
    clear: async () => {
      await executeOn(
        database.connectionString,
        'truncate links, record_holds, history, runs, run_records, cursors',
      );
      return store;
    },
    close: async () => {
      await store.close();
      await other.close();
      await database.drop();
    },
  };
}

function inMemory(): Promise<StoreUnderTest> {
  const store = openMemoryStore({ now: Date.now });
  return Promise.resolve({
    store,
    other: store,
    clear: () => Promise.resolve(openMemoryStore({ now: Date.now })),
    close: () => store.close(),
  });
}

export const STORE_KINDS: readonly (readonly [string, () => Promise<StoreUnderTest>])[] = [
  ['in Postgres', inPostgres],
  ['in memory', inMemory],
];
