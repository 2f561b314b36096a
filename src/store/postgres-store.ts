// The store on Postgres: any Postgres by its connection string, the embedded one included.
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { cursorStore } from './cursors.ts';
import { linkStore } from './links.ts';
import { migrate } from './migrate.ts';
import type { Store } from './port.ts';
import { runStore } from './runs.ts';
import type { Database } from './schema.ts';
import { settingsStore } from './settings.ts';

export interface StoreOptions {
  readonly connectionString: string;
  /** Connections this process may hold; a serverless function needs one or two. */
  readonly maxConnections?: number;
}

/** Opens the store and brings the schema up to date. */
export async function openStore({
  connectionString,
  maxConnections = 8,
}: StoreOptions): Promise<Store> {
  const pool = new pg.Pool({
    connectionString,
    max: maxConnections,
    connectionTimeoutMillis: 10_000,
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    links: linkStore(db),
    runs: runStore(db),
    settings: settingsStore(db),
    cursors: cursorStore(db),
    async installation({ portalId, organizationId }) {
      await db
        .insertInto('installation')
        .values({ portal_id: portalId, organization_id: organizationId })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const row = await db.selectFrom('installation').selectAll().executeTakeFirstOrThrow();
      return { portalId: row.portal_id, organizationId: row.organization_id };
    },
    close: () => db.destroy(),
  };
}
