// HubSpot's remote build, by its own mirror of it (`uie build`, hubspot-platform §2), on nothing but the upload:
// `npm ci` in the component's folder, then the bundle that HubSpot's page loads.
//
// npm takes the packages from its cache when they are there, which they are after our own `npm ci`: the lock
// files name the same versions (upload.test.ts).
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildProject, EXTENSIONS_FOLDER } from '../../build.ts';
import { PROJECT, uploadedFiles } from './support/project.ts';

const run = promisify(execFile);
const uie = join(PROJECT, 'node_modules/@hubspot/ui-extensions-dev-server/dist/lib/bin/cli.js');

let upload: string;

beforeAll(async () => {
  await buildProject();
  upload = mkdtempSync(join(tmpdir(), 'tandem-upload-'));
  for (const file of await uploadedFiles()) cpSync(join(PROJECT, file), join(upload, file));
});

afterAll(() => {
  rmSync(upload, { recursive: true, force: true });
});

/** The environment of a build machine: nothing of ours, but npm's own settings. */
const buildMachine = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => /^(PATH|HOME|TMPDIR)$/.test(name) || /^(npm_config_|https?_proxy$)/i.test(name),
    ),
  ),
  npm_config_prefer_offline: 'true',
  npm_config_update_notifier: 'false',
});

describe('HubSpot’s remote build', () => {
  it.each(['app/actions/SyncSelected.js', 'app/cards/SyncCard.js', 'app/settings/SettingsPage.js'])(
    'builds %s from the upload alone, byte for byte what the preview shows',
    async (entrypoint) => {
      const entry = join(upload, entrypoint);
      await run(process.execPath, [uie, 'build', entry], { cwd: upload, env: buildMachine() });
      const name = entrypoint.split('/').at(-1) ?? '';
      const built = readFileSync(join(dirname(entry), 'dist', name), 'utf8');
      expect(built).toBe(readFileSync(join(EXTENSIONS_FOLDER, name), 'utf8'));
    },
    120_000,
  );

  it('leaves React and RemoteUI to the page’s worker, and asks for nothing else', () => {
    for (const name of ['SyncSelected.js', 'SyncCard.js', 'SettingsPage.js']) {
      const bundle = readFileSync(join(EXTENSIONS_FOLDER, name), 'utf8');
      expect(bundle).toMatch(/\}\)\(React,\s*RemoteUI\);?\s*$/);
      expect(bundle).not.toMatch(/\brequire\(|\bimport\(|process\.env/);
    }
  });
});
