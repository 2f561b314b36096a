// Puts the entrypoints of the HubSpot project beside their metadata: the card, the bulk action and the settings page from
// extensions/, one self-contained CommonJS file for each function from serverless/. HubSpot uploads app/
// alone and forbids imports from outside a component's folder, so everything shared is bundled in
// (hubspot-platform §2).
//
// Then it runs HubSpot's own build on the two extensions, into dist/extensions: what HubSpot would load, for
// the preview. A build whose inputs haven't changed is kept, so that every start and every test may call this.
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';

const root = import.meta.dirname;
const stampFile = join(root, 'dist/build.json');
/** HubSpot's builds of the extensions: `SyncCard.js`, `SettingsPage.js`. */
export const EXTENSIONS_FOLDER = join(root, 'dist/extensions');

interface ExtensionEntry {
  readonly source: string;
  readonly output: string;
}

const EXTENSIONS: readonly ExtensionEntry[] = [
  { source: 'extensions/card/index.tsx', output: 'app/cards/SyncCard.js' },
  { source: 'extensions/bulk/index.tsx', output: 'app/actions/SyncSelected.js' },
  { source: 'extensions/settings/index.tsx', output: 'app/settings/SettingsPage.js' },
];

export interface BuiltFile {
  /** From the project's root. */
  readonly path: string;
  readonly bytes: number;
}

export interface ProjectBuild {
  readonly files: readonly BuiltFile[];
  /** False when everything was up to date. */
  readonly rebuilt: boolean;
}

interface Stamp {
  readonly inputs: readonly string[];
  readonly inputsHash: string;
  readonly files: readonly BuiltFile[];
}

const META = '-hsmeta.json';

/** The functions that the project declares; each has its source in serverless/ under the same name. */
async function functionNames(): Promise<string[]> {
  const names = await readdir(join(root, 'app/functions'));
  return names
    .filter((name) => name.endsWith(META))
    .map((name) => name.slice(0, -META.length))
    .toSorted();
}

/** The lock file stands for the packages that are bundled in, and this file for how. */
async function hashOf(inputs: readonly string[], names: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(names.join());
  for (const path of [...inputs, 'package-lock.json', basename(import.meta.filename)]) {
    hash.update(`${path}\0`).update(await readFile(join(root, path)));
  }
  return hash.digest('hex');
}

async function sizeOf(path: string): Promise<BuiltFile> {
  return { path, bytes: (await stat(join(root, path))).size };
}

/** What was built before, if all of it is still there and nothing that went into it has changed. */
async function upToDate(names: readonly string[]): Promise<readonly BuiltFile[] | null> {
  try {
    const stamp = JSON.parse(await readFile(stampFile, 'utf8')) as Stamp;
    if ((await hashOf(stamp.inputs, names)) !== stamp.inputsHash) return null;
    const present = await Promise.all(stamp.files.map(({ path }) => sizeOf(path)));
    const same = present.every(({ bytes }, index) => bytes === stamp.files[index]?.bytes);
    return same ? stamp.files : null;
  } catch {
    return null;
  }
}

/** Replaces a file at once: whoever reads meanwhile, or builds too, sees the old one or the new one. */
async function replaceFile(path: string, contents: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = join(root, 'dist', `${basename(path)}.${process.pid}`);
  await writeFile(draft, contents);
  await rename(draft, path);
}

/** esbuild's namespace for modules that are no files. */
const VIRTUAL = 'virtual';

interface Bundled {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

const SHARED_OPTIONS = {
  bundle: true,
  write: false,
  metafile: true,
  logLevel: 'warning',
  legalComments: 'none',
  absWorkingDir: root,
  define: { 'process.env.NODE_ENV': '"production"' },
  // "use client" means nothing in a worker.
  logOverride: { 'unsupported-directive': 'silent' },
} as const;

async function bundleExtensions(): Promise<Bundled> {
  const { build } = await import('esbuild');
  const results = await Promise.all(
    EXTENSIONS.map(({ source, output }) =>
      build({
        ...SHARED_OPTIONS,
        entryPoints: [source],
        outfile: output,
        format: 'esm',
        target: 'es2022',
        jsx: 'automatic',
        external: ['react', 'react/*', '@hubspot/ui-extensions', '@hubspot/ui-extensions/*'],
      }),
    ),
  );
  return written(results);
}

const NOT_HERE = `() => { throw new Error('not part of a HubSpot function') }`;
/** Of jsforce's records as CSV and of bulk jobs, which only workers start. */
const CSV = `exports.parse = exports.stringify = ${NOT_HERE};`;

/** Large modules that no function ever uses, and what stands in for them. */
const UNUSED: Readonly<Record<string, string>> = {
  // node-fetch, which jsforce calls through, brings a URL of its own for Nodes that have none; it warns of `punycode`.
  'whatwg-url': 'exports.URL = URL;',
  // jsforce's and api-client's uploads of files, with a list of all file types there are.
  'form-data': 'module.exports = FormData;',
  // Runs with a condition are estimated and started through the service.
  '@jetstreamapp/soql-parser-js': `exports.parseQuery = exports.composeQuery = ${NOT_HERE};`,
  // Only for writing XML: jsforce's metadata and SOAP calls.
  xmlbuilder: `exports.create = exports.begin = ${NOT_HERE};`,
  'https-proxy-agent': `module.exports = ${NOT_HERE};`,
  'csv-parse': CSV,
  'csv-parse/sync': CSV,
  'csv-stringify': CSV,
  'csv-stringify/sync': CSV,
  // zod's own messages in fifty languages; Tandem's are English.
  '../locales/index.js': 'export {};',
  './from-json-schema.js': `exports.fromJSONSchema = ${NOT_HERE};`,
};

/** Of which only what these ask for is unused: Tandem's own CSV goes into a function. */
const ONLY_OF: readonly (readonly [paths: RegExp, importer: RegExp])[] = [
  [/^\./, /[\\/]zod[\\/]/],
  [/^csv-stringify/, /[\\/]jsforce[\\/]/],
];

const WITHOUT_UNUSED: Plugin = {
  name: 'without-unused',
  setup: (bundler) => {
    bundler.onResolve({ filter: /.*/ }, ({ path, importer }) => {
      const user = ONLY_OF.find(([paths]) => paths.test(path))?.[1] ?? /./;
      return path in UNUSED && user.test(importer) ? { path, namespace: VIRTUAL } : undefined;
    });
    bundler.onLoad({ filter: /.*/, namespace: VIRTUAL }, ({ path }) => ({
      contents: UNUSED[path] ?? '',
    }));
  },
};

/** Newer than Node 20, on which HubSpot runs functions (serverless/node20.d.ts). */
const GROUP_BY = `Map.groupBy ??= (items, keyOf) => {
  const groups = new Map();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
};`;

async function bundleFunctions(names: readonly string[]): Promise<Bundled> {
  const { build } = await import('esbuild');
  const results = await Promise.all(
    names.map((name) =>
      build({
        ...SHARED_OPTIONS,
        entryPoints: [`serverless/${name}.ts`],
        outfile: `app/functions/${name}.js`,
        format: 'cjs',
        platform: 'node',
        target: 'node20',
        minify: true,
        banner: { js: GROUP_BY },
        // Optional native drivers, asked for in a try block and not there in a function.
        external: ['pg-native'],
        plugins: [WITHOUT_UNUSED],
      }),
    ),
  );
  return written(results);
}

interface EsbuildResult {
  readonly metafile: { readonly inputs: Readonly<Record<string, unknown>> };
  readonly outputFiles: readonly { readonly path: string; readonly contents: Uint8Array }[];
}

async function written(results: readonly EsbuildResult[]): Promise<Bundled> {
  const files = results.flatMap(({ outputFiles }) => outputFiles);
  await Promise.all(files.map(({ path, contents }) => replaceFile(path, contents)));
  return {
    inputs: results.flatMap(({ metafile }) => Object.keys(metafile.inputs)),
    outputs: files.map(({ path }) => relative(root, path)),
  };
}

/** HubSpot's own build of one bundled extension, as its remote build calls it. */
async function buildAsHubSpot({ output }: ExtensionEntry): Promise<readonly string[]> {
  const { buildSingleExtension } = await import('@hubspot/ui-extensions-dev-server');
  const draftFolder = await mkdtemp(join(root, 'dist/extension-'));
  const environment = process.env.NODE_ENV;
  // The build bakes this in: a test run must not make a test bundle.
  process.env.NODE_ENV = 'production';
  try {
    await buildSingleExtension({
      file: join(root, output),
      root: dirname(join(root, output)),
      outputDir: draftFolder,
      emptyOutDir: false,
      minify: true,
      logLevel: 'error',
    });
    const names = await readdir(draftFolder);
    await Promise.all(
      names.map((name) => rename(join(draftFolder, name), join(EXTENSIONS_FOLDER, name))),
    );
    return names.map((name) => relative(root, join(EXTENSIONS_FOLDER, name)));
  } finally {
    if (environment === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = environment;
    await rm(draftFolder, { recursive: true, force: true });
  }
}

/** Builds the HubSpot project, or finds that it is built already. */
export async function buildProject(): Promise<ProjectBuild> {
  const names = await functionNames();
  const kept = await upToDate(names);
  if (kept !== null) return { files: kept, rebuilt: false };

  await mkdir(EXTENSIONS_FOLDER, { recursive: true });
  await rm(stampFile, { force: true });
  const extensions = await bundleExtensions();
  const loaded: string[] = [];
  // One after the other: both set the environment of the build.
  for (const entry of EXTENSIONS) loaded.push(...(await buildAsHubSpot(entry)));
  const functions = await bundleFunctions(names);

  const outputs = [...extensions.outputs, ...loaded, ...functions.outputs];
  const files = await Promise.all(outputs.map(sizeOf));
  const inputs = [...new Set([...extensions.inputs, ...functions.inputs])]
    .filter((path) => !path.startsWith('node_modules/') && !path.startsWith(VIRTUAL))
    .toSorted();
  const stamp: Stamp = { inputs, inputsHash: await hashOf(inputs, names), files };
  await replaceFile(stampFile, Buffer.from(JSON.stringify(stamp, null, 2)));
  return { files, rebuilt: true };
}

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;

/** The files of a build with their sizes, one a line. */
export function describeBuild({ files, rebuilt }: ProjectBuild): string {
  const width = Math.max(...files.map(({ path }) => path.length));
  const lines = files.map(
    ({ path, bytes }) => `${path.padEnd(width)}  ${kilobytes(bytes).padStart(10)}`,
  );
  return [...lines, rebuilt ? 'Built.' : 'Up to date.'].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(`${describeBuild(await buildProject())}\n`);
}
