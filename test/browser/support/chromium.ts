// Chromium out of an npm package, so that the browser tests need nothing installed: @sparticuz/chromium holds
// the compressed browser, the libraries it misses on a bare Linux and one font. It unpacks all of it once into
// node_modules/.cache (about two seconds), and launches it there.
//
// The package itself unpacks its libraries only inside AWS Lambda, into the temp folder, and not safely when two
// processes start at once; so it runs in a child process of its own with a folder of its own that takes its final
// name when it is complete. `CHROMIUM_PATH` names another browser, for machines that the package has no binary for.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const run = promisify(execFile);
const projectFolder = resolve(import.meta.dirname, '../../..');
const cacheFolder = join(projectFolder, 'node_modules/.cache/tandem-chromium');

interface UnpackedChromium {
  readonly executable: string;
  readonly env: Readonly<Record<string, string>>;
}

async function packageVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const manifest = await readFile(join(dirname(entry), '../../package.json'), 'utf8');
  const version = (JSON.parse(manifest) as { readonly version: string }).version;
  return version;
}

/** One font first, so that a page looks alike everywhere; the system's own fill in the signs it lacks. */
function fontsConf(folder: string): string {
  const aliases = ['sans-serif', 'serif', 'monospace', 'system-ui']
    .map(
      (family) =>
        `<alias><family>${family}</family><prefer><family>Open Sans</family></prefer></alias>`,
    )
    .join('');
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${folder}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${folder}/fonts-cache</cachedir>${aliases}</fontconfig>`;
}

async function unpack(folder: string): Promise<void> {
  await mkdir(cacheFolder, { recursive: true });
  const staging = await mkdtemp(join(cacheFolder, 'unpacking-'));
  const script = `import('@sparticuz/chromium').then((chromium) => chromium.default.executablePath())`;
  await run(process.execPath, ['--input-type=module', '-e', script], {
    cwd: projectFolder,
    // The Lambda name is what makes the package unpack its shared libraries too.
    env: { ...process.env, TMPDIR: staging, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
  });
  await writeFile(join(staging, 'fonts.conf'), fontsConf(folder));
  try {
    await rename(staging, folder);
  } catch (error) {
    // Another process was faster; its copy is the same.
    await rm(staging, { recursive: true, force: true });
    if (!existsSync(join(folder, 'chromium'))) throw error;
  }
}

async function locateChromium(): Promise<UnpackedChromium> {
  const own = process.env['CHROMIUM_PATH'];
  if (own !== undefined && own !== '') return { executable: own, env: {} };
  const folder = join(cacheFolder, await packageVersion());
  if (!existsSync(join(folder, 'chromium'))) await unpack(folder);
  return {
    executable: join(folder, 'chromium'),
    env: {
      LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
      FONTCONFIG_PATH: folder,
    },
  };
}

function inheritedEnvironment(): Record<string, string> {
  const inherited: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined) inherited[name] = value;
  }
  return inherited;
}

/** Starts a headless Chromium; the caller closes it. */
export async function launchChromium(): Promise<Browser> {
  const { executable, env } = await locateChromium();
  return chromium.launch({
    executablePath: executable,
    headless: true,
    // Not the package's own list: its --single-process ends the browser with the first context that closes,
    // and its --disable-web-security would hide a broken content security policy.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--font-render-hinting=none',
    ],
    env: { ...inheritedEnvironment(), ...env },
  });
}
