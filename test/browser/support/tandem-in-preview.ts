// The real bundles and functions over a world, in the preview.
import { resolve } from 'node:path';
import { buildProject, EXTENSIONS_FOLDER } from '../../../build.ts';
import { createFunctionHost } from '../../../src/service/function-host.ts';
import { functionEnvironment } from '../../../src/service/function-environment.ts';
import { previewSource } from '../../../src/service/preview-source.ts';
import type { World } from '../../e2e/support/world.ts';
import { startPreview, type PreviewServer } from './preview-server.ts';
import { SAMPLE_CONFIG } from './sample-people.ts';

export async function tandemInPreview(world: World): Promise<PreviewServer> {
  await buildProject();
  const functions = createFunctionHost({
    folder: resolve(import.meta.dirname, '../../../app/functions'),
    env: functionEnvironment(world.configuration),
  });
  const preview = await startPreview({
    ...previewSource(world.pipeline, {
      editHubSpot: (contactId, properties) =>
        void world.hubspot.portal.update(contactId, properties),
      editSalesforce: (object, id, fields) => {
        world.salesforce.org.update(object, id, fields);
      },
    }),
    runFunction: (name, parameters) => functions.runFunction(name, parameters),
    config: SAMPLE_CONFIG,
    bundlesFolder: EXTENSIONS_FOLDER,
  });
  return {
    origin: preview.origin,
    async close() {
      await preview.close();
      await functions.close();
    },
  };
}
