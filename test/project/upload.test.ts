// What an upload holds, by HubSpot's own rules.
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildProject } from '../../build.ts';
import { functionNames, isUploaded, readJson, uploadedFiles } from './support/project.ts';

beforeAll(async () => {
  await buildProject();
});

describe('An upload', () => {
  it('holds the app, hsproject.json and the profile, and nothing else', async () => {
    const functions = functionNames().flatMap((name) => [
      `app/functions/${name}-hsmeta.json`,
      `app/functions/${name}.js`,
    ]);
    expect(await uploadedFiles()).toEqual(
      [
        'app/app-hsmeta.json',
        'app/actions/SyncSelected.js',
        'app/actions/package-lock.json',
        'app/actions/package.json',
        'app/actions/sync-selected-hsmeta.json',
        'app/cards/SyncCard.js',
        'app/cards/package-lock.json',
        'app/cards/package.json',
        'app/cards/sync-card-sidebar-hsmeta.json',
        'app/cards/sync-card-tab-hsmeta.json',
        ...functions,
        'app/functions/package.json',
        'app/settings/SettingsPage.js',
        'app/settings/package-lock.json',
        'app/settings/package.json',
        'app/settings/settings-hsmeta.json',
        'app/webhooks/webhooks-hsmeta.json',
        'app/workflow-actions/sync-now-hsmeta.json',
        'hsprofile.production.json',
        'hsproject.json',
      ].toSorted(),
    );
  });

  it.each([
    ['what the local development server writes', 'app/dist/SyncCard.js'],
    ['secrets for local runs', 'app/functions/.env'],
    ['installed packages', 'app/cards/node_modules/react/index.js'],
    ['logs', 'app/debug.log'],
    ['the sources', 'src/engine/rules.ts'],
    ['our package.json', 'package.json'],
    ['the history', '.git/config'],
  ])('leaves out %s', (_what, path) => {
    expect(isUploaded(path)).toBe(false);
  });
});

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.looseObject({ version: z.string().optional(), resolved: z.string().optional() }),
  ),
});
const packageSchema = z.object({ dependencies: z.record(z.string(), z.string()).default({}) });

/** The packages of a lock file: name and version, of the nested ones too. */
function lockedPackages(path: string): Map<string, Set<string>> {
  const versions = new Map<string, Set<string>>();
  for (const [place, { version }] of Object.entries(lockSchema.parse(readJson(path)).packages)) {
    const name = place.split('node_modules/').at(-1) ?? '';
    if (name === '' || version === undefined) continue;
    versions.set(name, (versions.get(name) ?? new Set()).add(version));
  }
  return versions;
}

describe.each(['actions', 'cards', 'settings'])('The packages of app/%s', (folder) => {
  it('are what HubSpot’s build leaves out of a bundle, in the versions we test with', () => {
    const { dependencies } = packageSchema.parse(readJson(`app/${folder}/package.json`));
    const ours = packageSchema.parse(readJson('package.json')).dependencies;
    expect(dependencies).toEqual({
      '@hubspot/ui-extensions': ours['@hubspot/ui-extensions'],
      // The only one that HubSpot's worker goes with (hubspot-platform §4).
      react: '18.3.1',
    });
  });

  it('are locked to versions that ours are locked to, from no particular registry', () => {
    const ours = lockedPackages('package-lock.json');
    const lock = `app/${folder}/package-lock.json`;
    for (const [name, versions] of lockedPackages(lock)) {
      for (const version of versions) expect([...(ours.get(name) ?? [])], name).toContain(version);
    }
    const { packages } = lockSchema.parse(readJson(lock));
    expect(Object.values(packages).some(({ resolved }) => resolved !== undefined)).toBe(false);
  });
});

describe('The functions', () => {
  it('need no packages: everything is bundled', () => {
    const { dependencies } = packageSchema.parse(readJson('app/functions/package.json'));
    expect(dependencies).toEqual({});
  });
});
