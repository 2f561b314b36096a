// Builds the sample app's extensions (fixtures/sample-app) with HubSpot's own build, once for each test file that
// asks: the same IIFE that HubSpot would load.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSingleExtension } from '@hubspot/ui-extensions-dev-server';

const sampleApp = join(import.meta.dirname, '../fixtures/sample-app');

/** Builds `SyncCard.js` and `SettingsPage.js`; returns their folder. */
export async function buildSampleExtensions(): Promise<string> {
  const outputDir = await mkdtemp(join(tmpdir(), 'tandem-sample-extensions-'));
  for (const file of ['SyncCard.tsx', 'SettingsPage.tsx']) {
    await buildSingleExtension({
      file: join(sampleApp, file),
      root: sampleApp,
      outputDir,
      emptyOutDir: false,
      minify: true,
      logLevel: 'error',
    });
  }
  return outputDir;
}
