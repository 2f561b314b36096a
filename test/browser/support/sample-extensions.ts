// Builds the sample app's extensions (fixtures/sample-app) with HubSpot's own build, once for each test file that
// asks: the same IIFE that HubSpot would load.
import { join, resolve } from 'node:path';
import { buildSingleExtension } from '@hubspot/ui-extensions-dev-server';

const sampleApp = join(import.meta.dirname, '../fixtures/sample-app');
const cacheFolder = resolve(import.meta.dirname, '../../../node_modules/.cache');

/** Builds `SyncCard.js` and `SettingsPage.js`; returns their folder. */
export async function buildSampleExtensions(): Promise<string> {
  // Test files that run side by side have a pool id each, and don't write into each other's build.
  const runner = process.env['VITEST_POOL_ID'] ?? 'alone';
  const outputDir = join(cacheFolder, `tandem-sample-extensions-${runner}`);
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
