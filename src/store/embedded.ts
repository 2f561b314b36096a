// The embedded store: a Postgres server whose binaries come from npm, with its files in a folder of ours.
// It outlives a process that is killed, on purpose: the next start finds it and goes on. Several
// processes may use one folder; each holds a lease, a connection of its own, and the last to leave stops
// the server. Nothing locks: making the files, and starting on them, can each only succeed once, and
// whoever comes second takes what the first made.
//
// The parts are in `embedded/`: binaries, the account the server runs under, its files, its process.
import { mkdir, realpath } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { accountFor } from './embedded/account.ts';
import { findBinaries } from './embedded/binaries.ts';
import {
  clusterIn,
  DATABASE_USER,
  makeCluster,
  passwordOf,
  type Cluster,
} from './embedded/cluster.ts';
import {
  end,
  findPostmaster,
  forget,
  lastWords,
  launch,
  type Launch,
} from './embedded/postmaster.ts';
import { sqlStateOf } from './transaction.ts';

export interface EmbeddedServer {
  readonly connectionString: string;
  /**
   * Gives up the lease and stops the server, unless somebody else is connected: then it runs on for them.
   * Close your own stores before; a connection that lingers for two seconds counts as somebody else's.
   */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** The server's files go into `postgres` below it: data, password, log. */
  readonly folder: string;
  /** Server settings that differ from Postgres's own; only for the process that starts the server. */
  readonly settings?: Readonly<Record<string, string>>;
}

interface Lease {
  readonly pool: pg.Pool;
  readonly connectionString: string;
}

const START_PATIENCE_MS = 60_000;
const MOST_LAUNCHES = 6;
/** After a launch that failed, times their number: what is left of a killed server may need a moment to go. */
const RELAUNCH_PAUSE_MS = 150;
/** A pid that is alive and has no server for this long belongs to another program. */
const SILENCE_PATIENCE_MS = 10_000;
/** How long connections that are just being closed may take. */
const LEAVING_PATIENCE_MS = 2_000;
const LEASE_PATIENCE_MS = 250;
const PAUSE_MS = 25;

/** `application_name` of the connections that say "this folder is in use". */
const LEASE = 'tandem lease';
const LEAVING = 'tandem leaving';
const CANNOT_CONNECT_NOW = '57P03';

/** The server that somebody else has running on a folder, or null; starts none. */
export async function joinEmbeddedPostgres(folder: string): Promise<EmbeddedServer | null> {
  const root = await realpath(folder).catch(() => null);
  if (root === null) return null;
  const cluster = clusterIn(root);
  const found = await findPostmaster(cluster);
  const lease = found === null || found.port === 0 ? null : await connect(cluster, found.port);
  return lease === null || typeof lease === 'string' ? null : serverOn(cluster, lease);
}

export async function startEmbeddedPostgres({
  folder,
  settings = {},
}: EmbeddedOptions): Promise<EmbeddedServer> {
  await mkdir(folder, { recursive: true });
  const root = await realpath(folder);
  const cluster = clusterIn(root);
  const binaries = await findBinaries();
  const account = await accountFor(cluster.dataFolder, binaries.postgres);
  await makeCluster(root, binaries, account);
  const lease = await takeLease(cluster, () => launch(cluster, binaries, account, settings));
  return serverOn(cluster, lease);
}

function serverOn(cluster: Cluster, lease: Lease): EmbeddedServer {
  let stopped = false;
  return {
    connectionString: lease.connectionString,
    async stop() {
      if (stopped) return;
      stopped = true;
      await leave(cluster, lease);
    },
  };
}

/** Connects to the server that runs, or to the one it launches, however many try at the same time. */
async function takeLease(cluster: Cluster, launchServer: () => Promise<Launch>): Promise<Lease> {
  const deadline = Date.now() + START_PATIENCE_MS;
  let own: Launch | null = null;
  let silentSince = Date.now();
  for (let launches = 0; Date.now() < deadline;) {
    const found = await findPostmaster(cluster);
    if (found !== null) {
      const answer = found.port > 0 ? await connect(cluster, found.port) : 'silent';
      if (typeof answer === 'object') return answer;
      if (answer === 'busy') silentSince = Date.now();
      else if (Date.now() - silentSince > SILENCE_PATIENCE_MS) await forget(cluster, found);
    } else if (own === null || own.hasEnded()) {
      if (launches === MOST_LAUNCHES) break;
      await sleep(launches * RELAUNCH_PAUSE_MS);
      launches += 1;
      own = await launchServer();
      silentSince = Date.now();
    }
    await sleep(PAUSE_MS);
  }
  throw new Error(
    `The embedded Postgres does not start. The end of ${cluster.logFile}:\n${await lastWords(cluster)}`,
  );
}

/** Busy: a Postgres that is starting, recovering or stopping. Silent: nobody, or not a server of ours. */
async function connect(cluster: Cluster, port: number): Promise<Lease | 'busy' | 'silent'> {
  const password = await passwordOf(cluster);
  const connectionString = `postgres://${DATABASE_USER}:${password}@127.0.0.1:${port}/postgres?sslmode=disable`;
  // A pool of one that keeps its connection, and doesn't keep the process alive for it.
  const pool = new pg.Pool({
    connectionString,
    application_name: LEASE,
    max: 1,
    idleTimeoutMillis: 0,
    allowExitOnIdle: true,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  // A server that goes away is noticed by whoever uses it.
  pool.on('error', () => undefined);
  try {
    const { rows } = await pool.query<{ folder: string }>(
      `select current_setting('data_directory') as folder`,
    );
    if (rows[0]?.folder === cluster.dataFolder) return { pool, connectionString };
  } catch (error) {
    if (sqlStateOf(error) === CANNOT_CONNECT_NOW) return 'busy';
  }
  await pool.end();
  return 'silent';
}

async function leave(cluster: Cluster, { pool }: Lease): Promise<void> {
  try {
    if (await isUsedByOthers(pool)) return;
  } catch {
    // The server is gone already.
    return;
  } finally {
    await pool.end();
  }
  const found = await findPostmaster(cluster);
  if (found) await end(cluster, found);
}

/** Somebody who leaves at the same moment doesn't count: neither would stop the server for the other. */
async function isUsedByOthers(pool: pg.Pool): Promise<boolean> {
  await pool.query(`set application_name = '${LEAVING}'`);
  const startedAt = Date.now();
  for (;;) {
    const { rows } = await pool.query<{ leases: number; clients: number }>(
      `select count(*) filter (where application_name = $1)::integer as leases,
        count(*)::integer as clients
      from pg_stat_activity
      where backend_type = 'client backend' and pid <> pg_backend_pid() and application_name <> $2`,
      [LEASE, LEAVING],
    );
    const { leases = 0, clients = 0 } = rows[0] ?? {};
    if (clients === 0) return false;
    if (Date.now() - startedAt > (leases > 0 ? LEASE_PATIENCE_MS : LEAVING_PATIENCE_MS))
      return true;
    await sleep(PAUSE_MS);
  }
}
