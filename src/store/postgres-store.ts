// The store on Postgres: any Postgres by its connection string, the embedded one included. Opening costs
// one connection and one query, so a serverless function can open a store for each call.
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { cursorStore } from './cursors.ts';
import { healthStore } from './health.ts';
import { rememberedInstallation } from './installation.ts';
import { historyStore } from './history.ts';
import { linkStore } from './links.ts';
import { isUpToDate, migrate } from './migrate.ts';
import type { Store } from './port.ts';
import { runStore } from './runs.ts';
import type { Database } from './schema.ts';
import { settingsStore } from './settings.ts';

export interface StoreOptions {
  readonly connectionString: string;
  /** Connections this process may hold; a serverless function needs one or two. */
  readonly maxConnections?: number;
  /** False: the schema is taken as it is. */
  readonly migrates?: boolean;
}

/** The store, and its connections for what keeps tables of its own beside it. */
export interface PostgresStore extends Store {
  readonly sql: {
    query(text: string, values: readonly unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
  };
}

/** Opens the store and, unless told otherwise, brings the schema up to date. */
export async function openStore({
  connectionString,
  maxConnections = 8,
  migrates = true,
}: StoreOptions): Promise<PostgresStore> {
  const pool = new pg.Pool({
    connectionString,
    max: maxConnections,
    connectionTimeoutMillis: 10_000,
    application_name: 'tandem',
    // A function whose caller never closes the store may still end.
    allowExitOnIdle: true,
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  if (migrates) {
    try {
      await migrate(db);
    } catch (error) {
      await db.destroy();
      throw error;
    }
  }
  return {
    links: linkStore(db),
    history: historyStore(db),
    runs: runStore(db),
    settings: settingsStore(db),
    cursors: cursorStore(db),
    health: healthStore(db),
    isCurrent: () => isUpToDate(db),
    sql: { query: (text, values) => pool.query(text, [...values]) },
    installation: (current) => rememberedInstallation(db, current),
    close: () => db.destroy(),
  };
}
