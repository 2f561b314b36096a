import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmbeddedPostgres, type EmbeddedServer } from '../../src/store/embedded.ts';
import { findBinaries } from '../../src/store/embedded/binaries.ts';
import { isAlive } from '../../src/store/embedded/processes.ts';
import { executeOn } from '../support/postgres.ts';

let folder: string;
const servers: EmbeddedServer[] = [];
const children: ChildProcess[] = [];

beforeEach(async () => {
  // A folder that only we may enter, as `mktemp -d` makes them.
  folder = await mkdtemp(join(tmpdir(), 'tandem-embedded-'));
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  for (const child of children.splice(0)) child.kill('SIGKILL');
  const left = await postmasterPid();
  if (left !== null) process.kill(left, 'SIGQUIT');
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function start(): Promise<EmbeddedServer> {
  const server = await startEmbeddedPostgres({ folder });
  servers.push(server);
  return server;
}

/** A process that starts the server in the same folder. */
function startElsewhere(): ChildProcess {
  const path = fileURLToPath(new URL('./children/starts-embedded.ts', import.meta.url));
  const child = fork(path, [folder], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  children.push(child);
  return child;
}
const connectionStringOf = async (child: ChildProcess): Promise<string> =>
  String((await once(child, 'message'))[0]);

const pidFile = (): string => join(folder, 'postgres', 'data', 'postmaster.pid');

/** The pid of the server that runs; null when none does. */
async function postmasterPid(): Promise<number | null> {
  const pid = Number.parseInt(await readFile(pidFile(), 'utf8').catch(() => ''));
  return pid > 0 && isAlive(pid) ? pid : null;
}

const valueOn = async ({ connectionString }: EmbeddedServer, query: string): Promise<unknown> =>
  Object.values((await executeOn(connectionString, query))[0] ?? {})[0];

describe('The embedded Postgres', () => {
  it('keeps its data from one start to the next', async () => {
    await chmod(folder, 0o755);
    const first = await start();
    await executeOn(first.connectionString, `create table kept as select 'here' as what`);
    await first.stop();
    expect(await postmasterPid()).toBeNull();
    expect(await valueOn(await start(), 'select what from kept')).toBe('here');
  });

  it('listens on the loopback address only and asks for its password', async () => {
    const { connectionString } = await start();
    expect(new URL(connectionString).hostname).toBe('127.0.0.1');
    expect(await executeOn(connectionString, 'show listen_addresses')).toEqual([
      { listen_addresses: '127.0.0.1' },
    ]);
    const guess = new URL(connectionString);
    guess.password = 'guess';
    await expect(executeOn(guess.href, 'select 1')).rejects.toThrow('password authentication');
    const file = join(folder, 'postgres', 'password');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).toBe(new URL(connectionString).password);
  });

  it('writes its log to a file', async () => {
    const server = await start();
    await expect(executeOn(server.connectionString, 'select nonsense')).rejects.toThrow();
    await expect
      .poll(() => readFile(join(folder, 'postgres', 'server.log'), 'utf8'))
      .toContain('nonsense');
  });

  it('never learns what is in our environment', async () => {
    process.env['HUBSPOT_ACCESS_TOKEN'] = 'pat-secret';
    try {
      const server = await start();
      const environment = await executeOn(
        server.connectionString,
        `create table environment (line text);
         copy environment from program 'env';`,
      ).then(() => executeOn(server.connectionString, 'select line from environment'));
      expect(environment.map(({ line }) => line)).toContain('LC_TIME=C');
      expect(JSON.stringify(environment)).not.toContain('pat-secret');
    } finally {
      delete process.env['HUBSPOT_ACCESS_TOKEN'];
    }
  });

  it('runs on while another process uses it; the last to leave stops it', async () => {
    const first = await start();
    const second = await start();
    expect(second.connectionString).toBe(first.connectionString);
    await first.stop();
    expect(await valueOn(second, 'select 1')).toBe(1);
    await second.stop();
    expect(await postmasterPid()).toBeNull();
  });

  it('stops once, however often it is told to', async () => {
    const [first, second] = [await start(), await start()];
    await first.stop();
    await first.stop();
    expect(await valueOn(second, 'select 1')).toBe(1);
  });

  it('says what to do where there is none for the platform', async () => {
    await expect(findBinaries('linux', 'mips')).rejects.toThrow(/linux mips.*Set DATABASE_URL/);
  });
});

describe('After a crash', () => {
  it('the server of a killed process is found and used again', async () => {
    const child = startElsewhere();
    const connectionString = await connectionStringOf(child);
    await executeOn(connectionString, `create table kept as select 'here' as what`);
    const pid = await postmasterPid();
    child.kill('SIGKILL');
    await once(child, 'exit');

    const server = await start();
    expect(server.connectionString).toBe(connectionString);
    expect(await postmasterPid()).toBe(pid);
    expect(await valueOn(server, 'select what from kept')).toBe('here');
    await server.stop();
    expect(await postmasterPid()).toBeNull();
  });

  it('a killed server is started again with what was committed', async () => {
    const first = await start();
    await executeOn(first.connectionString, `create table kept as select 'here' as what`);
    process.kill((await postmasterPid()) ?? 0, 'SIGKILL');
    const second = await start();
    expect(await valueOn(second, 'select what from kept')).toBe('here');
  });

  it.each([
    ['of nobody', 2 ** 22 + 1],
    ['of another program', process.pid],
  ])('a pid file %s is no server', async (_, pid) => {
    const first = await start();
    const text = await readFile(pidFile(), 'utf8');
    await first.stop();
    await writeFile(pidFile(), text.replace(/^\d+/, String(pid)));
    expect(await valueOn(await start(), 'select 1')).toBe(1);
  });

  it('a folder that was being made is made again', async () => {
    const child = startElsewhere();
    const unfinished = async (): Promise<readonly string[]> =>
      (await readdir(folder)).filter((name) => name.startsWith('postgres.new-'));
    const filesOf = async (name: string): Promise<readonly string[]> =>
      readdir(join(folder, name, 'data')).catch(() => []);
    await expect
      .poll(async () => (await Promise.all((await unfinished()).map(filesOf))).flat(), {
        interval: 5,
        timeout: 20_000,
      })
      .toContain('PG_VERSION');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await readdir(folder)).not.toContain('postgres');

    expect(await valueOn(await start(), 'select 1')).toBe(1);
    expect(await readdir(folder)).toContain('postgres');
  });
});

describe('Several processes that start at the same moment', () => {
  it('end up with one server, which goes with the last of them', async () => {
    const all = [startElsewhere(), startElsewhere(), startElsewhere()];
    const connectionStrings = await Promise.all(all.map(connectionStringOf));
    expect(new Set(connectionStrings).size).toBe(1);
    expect(await readdir(folder)).toEqual(['postgres']);

    const [first, ...others] = all;
    first?.send('stop');
    if (first) await once(first, 'exit');
    expect(await executeOn(connectionStrings[0] ?? '', 'select 1 as one')).toEqual([{ one: 1 }]);
    for (const child of others) child.send('stop');
    await Promise.all(others.map((child) => once(child, 'exit')));
    expect(await postmasterPid()).toBeNull();
  });
});
