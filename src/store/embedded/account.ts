// As whom the server runs. Postgres refuses to run as root, so root starts it as the owner of its data or
// as the system user `postgres`, which is made when there is none. That user must be able to reach data
// and binaries; below a folder that only root may enter (/root, a `mktemp -d`) `setpriv` lets it.
import { execFile, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const USER = 'postgres';
/** Entering folders and reading files whatever their mode; the data folder itself is the user's own. */
const CAPABILITY = '+dac_override';

export interface UserIds {
  readonly uid: number;
  readonly gid: number;
}

export type Account =
  | { readonly kind: 'ourselves' }
  | { readonly kind: 'other'; readonly ids: UserIds; readonly needsCapability: boolean };

/** Whom to start Postgres as, given the folder of its data, there or not yet, and the path of its binary. */
export async function accountFor(dataFolder: string, binary: string): Promise<Account> {
  if (process.getuid?.() !== 0) return { kind: 'ourselves' };
  const ids = (await ownerOf(dataFolder)) ?? (await postgresUser());
  const reachable = (await canEnter(ids, dirname(binary))) && (await canEnter(ids, dataFolder));
  if (!reachable && !(await hasSetpriv())) {
    throw new Error(
      `Postgres doesn't run as root, and the user ${ids.uid} it runs as instead cannot enter ${dataFolder} or ${dirname(binary)}. ` +
        `Start Tandem as an ordinary user, move it to a folder that others may enter, or set DATABASE_URL to a Postgres of your own.`,
    );
  }
  return { kind: 'other', ids, needsCapability: !reachable };
}

/** Starts a program under the account, in a session of its own: a Ctrl-C in our terminal doesn't reach it. */
export function spawnAs(
  account: Account,
  command: string,
  parameters: readonly string[],
  stdio: SpawnOptions['stdio'],
): ChildProcess {
  const options: SpawnOptions = {
    stdio,
    detached: true,
    windowsHide: true,
    cwd: dirname(command),
    // Nothing of ours: no tokens, and no PG* variables that would change what the server does.
    env: { LC_ALL: 'C', PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'] },
  };
  if (account.kind === 'ourselves') return spawn(command, parameters, options);
  const { uid, gid } = account.ids;
  if (!account.needsCapability) return spawn(command, parameters, { ...options, uid, gid });
  const rights = [`--inh-caps=${CAPABILITY}`, `--ambient-caps=${CAPABILITY}`];
  return spawn(
    'setpriv',
    [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...rights, command, ...parameters],
    options,
  );
}

/** Null when the folder isn't there yet, or is root's. */
async function ownerOf(folder: string): Promise<UserIds | null> {
  try {
    const { uid, gid } = await stat(folder);
    return uid === 0 ? null : { uid, gid };
  } catch {
    return null;
  }
}

async function postgresUser(): Promise<UserIds> {
  try {
    return await idsOf(USER);
  } catch {
    try {
      await run('useradd', ['--system', '--user-group', '--shell', '/usr/sbin/nologin', USER]);
      return await idsOf(USER);
    } catch (error) {
      throw new Error(
        `Postgres doesn't run as root, and the user “${USER}” it would run as instead could not be made. ` +
          `Start Tandem as an ordinary user, or set DATABASE_URL to a Postgres of your own.`,
        { cause: error },
      );
    }
  }
}

async function idsOf(user: string): Promise<UserIds> {
  const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, user])));
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
}

/** Whether every folder on the way lets the user through; those that aren't there yet will be made so. */
async function canEnter({ uid, gid }: UserIds, folder: string): Promise<boolean> {
  for (let path = folder; ; path = dirname(path)) {
    const found = await stat(path).catch(() => null);
    if (found !== null) {
      const bit = found.uid === uid ? 0o100 : found.gid === gid ? 0o010 : 0o001;
      if ((found.mode & bit) === 0) return false;
    }
    if (path === dirname(path)) return true;
  }
}

async function hasSetpriv(): Promise<boolean> {
  return run('setpriv', [`--inh-caps=${CAPABILITY}`, `--ambient-caps=${CAPABILITY}`, 'true']).then(
    () => true,
    () => false,
  );
}
