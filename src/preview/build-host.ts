// Bundles the preview's page and worker (host/) for the browser, into dist/preview or wherever it is told. A build
// whose inputs haven't changed is kept as it is, so that every start and every test may call this.
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const hostFolder = join(import.meta.dirname, 'host');
/** Beside its own files, what it runs of ours. */
const sharedFile = join(import.meta.dirname, '../service/function-outcome.ts');
const lockFile = join(import.meta.dirname, '../../package-lock.json');
const HASH_FILE = 'inputs.sha256';

async function inputsHash(): Promise<string> {
  const names = await readdir(hostFolder, { recursive: true, withFileTypes: true });
  const files = names
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  const hash = createHash('sha256');
  // The lock file stands for the packages that are bundled in, and this file for how.
  for (const file of [...files, sharedFile, lockFile, import.meta.filename]) {
    hash.update(`${file}\0`).update(await readFile(file));
  }
  return hash.digest('hex');
}

/**
 * Builds `index.html`, `main.js`, `main.css` and `worker.js` into `outDir`.
 *
 * @returns whether anything had to be built
 */
export async function buildPreviewHost(outDir: string): Promise<boolean> {
  const hash = await inputsHash();
  const built = await readFile(join(outDir, HASH_FILE), 'utf8').catch(() => null);
  if (built === hash) return false;

  await mkdir(outDir, { recursive: true });
  await rm(join(outDir, HASH_FILE), { force: true });
  const shared = {
    bundle: true,
    minify: true,
    target: 'es2023',
    // React's production build; also what HubSpot's own worker runs.
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    logLevel: 'warning',
  } as const;
  await Promise.all([
    build({
      ...shared,
      entryPoints: [join(hostFolder, 'main.tsx')],
      outfile: join(outDir, 'main.js'),
      format: 'esm',
      jsx: 'automatic',
    }),
    build({
      ...shared,
      // A classic script: the worker loads the extension's bundle by `importScripts`.
      entryPoints: [join(hostFolder, 'worker.ts')],
      outfile: join(outDir, 'worker.js'),
      format: 'iife',
    }),
    copyFile(join(hostFolder, 'index.html'), join(outDir, 'index.html')),
  ]);
  await writeFile(join(outDir, HASH_FILE), hash);
  return true;
}
