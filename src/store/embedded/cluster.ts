// The files of one embedded server: `<folder>/postgres` with its data, its password and its log. They are
// made under another name and renamed when complete, so a folder of that name is never half made, and of
// two processes that make one at the same moment the slower finds the other's.
import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { spawnAs, type Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { isAlive } from './processes.ts';

/** The only user, and superuser, of the server. */
export const DATABASE_USER = 'tandem';

const HOME = 'postgres';
/** `postgres.new-<pid of the maker>-<random>` */
const UNFINISHED = /^postgres\.new-(\d+)-[0-9a-f]+$/;

export interface Cluster {
  readonly dataFolder: string;
  readonly passwordFile: string;
  readonly logFile: string;
}

export function clusterIn(folder: string, home = HOME): Cluster {
  const path = join(folder, home);
  return {
    dataFolder: join(path, 'data'),
    passwordFile: join(path, 'password'),
    logFile: join(path, 'server.log'),
  };
}

export const passwordOf = ({ passwordFile }: Cluster): Promise<string> =>
  readFile(passwordFile, 'utf8');

/** Makes the server's files unless they are there. */
export async function makeCluster(
  folder: string,
  binaries: Binaries,
  account: Account,
): Promise<void> {
  await removeUnfinished(folder);
  if (await isThere(join(folder, HOME))) return;
  const name = `${HOME}.new-${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    await fill(clusterIn(folder, name), join(folder, name), binaries, account);
    await rename(join(folder, name), join(folder, HOME));
  } catch (error) {
    await rm(join(folder, name), { recursive: true, force: true });
    if (!(await isThere(join(folder, HOME)))) throw error;
  }
}

async function fill(
  { dataFolder, passwordFile }: Cluster,
  home: string,
  { initdb }: Binaries,
  account: Account,
): Promise<void> {
  // The user Postgres runs as passes through here to its data.
  await mkdir(home, { mode: 0o711 });
  await mkdir(dataFolder, { mode: 0o700 });
  const password = await open(passwordFile, 'wx', 0o600);
  await password.writeFile(randomBytes(24).toString('hex'));
  await password.sync();
  await password.close();
  if (account.kind === 'other') {
    await chown(dataFolder, account.ids.uid, account.ids.gid);
    await chown(passwordFile, account.ids.uid, account.ids.gid);
  }
  const output: string[] = [];
  const child = spawnAs(
    account,
    initdb,
    [
      `--pgdata=${dataFolder}`,
      `--pwfile=${passwordFile}`,
      `--username=${DATABASE_USER}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
    ],
    ['ignore', 'pipe', 'pipe'],
  );
  child.stdout?.on('data', (text: Buffer) => output.push(text.toString()));
  child.stderr?.on('data', (text: Buffer) => output.push(text.toString()));
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  if (code !== 0) {
    throw new Error(
      `The embedded Postgres could not be set up in ${home}. Set DATABASE_URL to a Postgres of your own, or see to what initdb says:\n${output.join('')}`,
    );
  }
}

/** What a process left that was killed in the middle. A pid that lives again keeps it a little longer. */
async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const maker = UNFINISHED.exec(name)?.[1];
    if (maker === undefined || isAlive(Number(maker))) continue;
    await rm(join(folder, name), { recursive: true, force: true, maxRetries: 3 });
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
