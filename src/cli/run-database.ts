// What a command about runs works with: the database that service and workers use, and the CRMs where their
// configuration is at hand, only to check what is asked for.
import {
  ConfigurationError,
  realConfiguration,
  sandboxDatabaseUrl,
  wantsSandbox,
  type Environment,
} from '../api/environment.ts';
import { openServices, type ApiServices } from '../api/services.ts';
import { joinEmbeddedPostgres } from '../store/embedded.ts';
import type { Store } from '../store/port.ts';
import { openStore } from '../store/postgres-store.ts';

export interface RunDatabase {
  readonly store: Store;
  /** Null: the CRMs can't be asked from here. */
  readonly services: ApiServices | null;
  close(): Promise<void>;
}

/** Null when no service runs on the folder's database and DATABASE_URL names no other. */
export async function openRunDatabase(
  environment: Environment,
  folder: string,
): Promise<RunDatabase | null> {
  if (hasAllForCrms(environment)) {
    const services = await openServices(environment);
    return {
      store: services.pipeline.ports.store,
      services,
      close: () => services.close(),
    };
  }
  const databaseUrl = sandboxDatabaseUrl(environment);
  const joined = databaseUrl === null ? await joinEmbeddedPostgres(folder) : null;
  const connectionString = databaseUrl ?? joined?.connectionString;
  if (connectionString === undefined) return null;
  const store = await openStore({ connectionString, maxConnections: 2 });
  return {
    store,
    services: null,
    async close() {
      await store.close();
      await joined?.stop();
    },
  };
}

/** Part of it is as good as none here, as long as the database is named. */
function hasAllForCrms(environment: Environment): boolean {
  if (wantsSandbox(environment)) return false;
  try {
    realConfiguration(environment);
    return true;
  } catch (error) {
    const namesDatabase = Boolean(environment.DATABASE_URL?.trim());
    if (error instanceof ConfigurationError && namesDatabase) return false;
    throw error;
  }
}
