// The real bundles and functions over a world, in the preview.
import { resolve } from 'node:path';
import { buildProject, EXTENSIONS_FOLDER } from '../../../build.ts';
import { appCalls } from '../../../src/service/app-calls.ts';
import { createFunctionHost } from '../../../src/service/function-host.ts';
import { functionEnvironment } from '../../../src/service/function-environment.ts';
import { previewProxy } from '../../../src/service/preview-fetch.ts';
import { previewSource } from '../../../src/service/preview-source.ts';
import type { PreviewDependencies } from '../../../src/preview/server.ts';
import type { World } from '../../e2e/support/world.ts';
import { startPreview, type PreviewServer } from './preview-server.ts';
import { SAMPLE_CONFIG } from './sample-people.ts';

type RunFunction = PreviewDependencies['runFunction'];

/** @param around what stands between the extensions and the functions: failures, delays */
export async function tandemInPreview(
  world: Pick<World, 'configuration' | 'hubspot' | 'pipeline' | 'salesforce' | 'services'>,
  around: (run: RunFunction) => RunFunction = (run) => run,
): Promise<PreviewServer> {
  await buildProject();
  const functions = createFunctionHost({
    folder: resolve(import.meta.dirname, '../../../app/functions'),
    env: functionEnvironment(world.configuration),
  });
  const { portalId } = world.hubspot;
  const identity = { clientSecret: 'client-secret', portalId, publicUrl: null };
  const preview = await startPreview(
    {
      ...previewSource(world.pipeline, {
        editHubSpot: (contactId, properties) =>
          void world.hubspot.portal.update(contactId, properties),
        editSalesforce: (object, id, fields) => {
          world.salesforce.org.update(object, id, fields);
        },
      }),
      runFunction: around((name, parameters) => functions.runFunction(name, parameters)),
      proxy: previewProxy(identity),
      config: SAMPLE_CONFIG,
      bundlesFolder: EXTENSIONS_FOLDER,
    },
    appCalls({ services: world.services, log: null, ...identity }),
  );
  return {
    origin: preview.origin,
    async close() {
      await preview.close();
      await functions.close();
    },
  };
}
