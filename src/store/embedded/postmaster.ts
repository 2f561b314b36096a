// The server process: started on a free loopback port, found again through its pid file, ended. Postgres
// itself sees to it that one data folder has one server; here is told which process that is.
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnAs, type Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import type { Cluster } from './cluster.ts';
import { isAlive, workingFolderOf } from './processes.ts';

export interface Postmaster {
  readonly pid: number;
  /** 0 while it isn't known yet. */
  readonly port: number;
  /** The file as it was read. */
  readonly pidFile: string;
}

export interface Launch {
  /** True also when it never ran. */
  hasEnded(): boolean;
}

/** A server's log is started anew beyond this. */
const LONGEST_LOG_BYTES = 5_000_000;
const STOP_PATIENCE_MS = 30_000;

const pidFileOf = ({ dataFolder }: Cluster): string => join(dataFolder, 'postmaster.pid');
const readPidFile = (cluster: Cluster): Promise<string> =>
  readFile(pidFileOf(cluster), 'utf8').catch(() => '');

/**
 * The server that runs, or starts or stops, on the data folder. A pid file whose process is gone, or is
 * another program by now, is no server. Where the system doesn't tell, a connection has to.
 */
export async function findPostmaster(cluster: Cluster): Promise<Postmaster | null> {
  const pidFile = await readPidFile(cluster);
  // Line 1: pid, line 4: port (written a moment later).
  const [pid = 0, , , port = 0] = pidFile.split('\n').map(Number);
  // A file whose process is gone is removed by Postgres itself.
  if (!(pid > 0) || !isAlive(pid)) return null;
  const found = { pid, port, pidFile };
  const workingFolder = await workingFolderOf(pid);
  if (workingFolder === null || workingFolder === cluster.dataFolder) return found;
  await forget(cluster, found);
  return null;
}

/**
 * Removes a pid file that names another program: Postgres would take any process of its user for a server.
 * Put back if it turns out that a server has just written a new one.
 */
export async function forget(cluster: Cluster, { pidFile }: Postmaster): Promise<void> {
  const path = pidFileOf(cluster);
  const aside = `${path}.${process.pid}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, 'utf8')) === pidFile) await rm(aside);
  else await rename(aside, path);
}

/** Starts a server; whether it comes up is for the caller to see. */
export async function launch(
  cluster: Cluster,
  { postgres }: Binaries,
  account: Account,
  settings: Readonly<Record<string, string>>,
): Promise<Launch> {
  const port = await freePort();
  const known = await stat(cluster.logFile).catch(() => null);
  const log = await open(
    cluster.logFile,
    known !== null && known.size > LONGEST_LOG_BYTES ? 'w' : 'a',
    0o600,
  );
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawnAs(
    account,
    postgres,
    ['-D', cluster.dataFolder, '-p', String(port), ...flags],
    ['ignore', log.fd, log.fd],
  );
  let failed = false;
  child.once('error', () => {
    failed = true;
  });
  child.unref();
  await log.close();
  return { hasEnded: () => failed || child.exitCode !== null || child.signalCode !== null };
}

/** Ends a server: connections are cut, nothing committed is lost. */
export async function end(cluster: Cluster, { pid }: Postmaster): Promise<void> {
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + STOP_PATIENCE_MS;
  while (isAlive(pid) && (await readPidFile(cluster)).startsWith(`${pid}\n`)) {
    if (Date.now() > deadline) throw new Error(`the embedded Postgres (${pid}) does not stop`);
    await sleep(20);
  }
}

/** The last lines of the server's log, for messages. */
export async function lastWords({ logFile }: Cluster): Promise<string> {
  const text = await readFile(logFile, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-10).join('\n');
}

/** A port nobody uses at this moment. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', done);
  });
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no loopback port is free');
  return address.port;
}
