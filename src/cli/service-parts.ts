// The express service of `npm start`: webhooks, contract calls, and the preview with the real bundles and
// functions.
import { resolve } from 'node:path';
import type { Express } from 'express';
import type { Environment, RealConfiguration } from '../api/environment.ts';
import type { ApiServices } from '../api/services.ts';
import { buildPreviewHost } from '../preview/build-host.ts';
import { createPreviewRouter } from '../preview/server.ts';
import { createService, type ServiceOptions } from '../service/app.ts';
import { functionEnvironment } from '../service/function-environment.ts';
import { createFunctionHost } from '../service/function-host.ts';
import { previewProxy } from '../service/preview-fetch.ts';
import { previewUsers } from '../service/preview-users.ts';
import { previewSource, type SandboxEdits } from '../service/preview-source.ts';
import type { JobQueue } from '../jobs/port.ts';
import { buildProject } from '../../build.ts';
import { oneTimeSecret } from '../sandbox/sandbox.ts';
import { webhookNotes } from '../store/webhook-notes.ts';
import type { SandboxParts } from './sandbox-parts.ts';

const ROOT = resolve(import.meta.dirname, '../..');

export interface ServiceParts {
  readonly services: ApiServices;
  readonly queue: JobQueue;
  readonly sandbox: SandboxParts | null;
  readonly configuration: RealConfiguration;
  readonly environment: Environment;
  readonly stops: (() => Promise<void>)[];
  readonly operations: NonNullable<ServiceOptions['operations']>;
}

export async function serviceWith({
  services,
  queue,
  sandbox,
  configuration,
  environment,
  stops,
  operations,
}: ServiceParts): Promise<Express> {
  const hostFolder = resolve(ROOT, 'dist/preview');
  await buildProject();
  await buildPreviewHost(hostFolder);
  const functions = createFunctionHost({
    folder: resolve(ROOT, 'app/functions'),
    env: functionEnvironment(configuration),
  });
  stops.push(() => functions.close());
  const { portalId } = await services.pipeline.ports.hubspot.schema.account();
  const publicUrl = environment.TANDEM_SERVICE_URL ?? null;
  // Without the app's own secret nobody but the preview can sign.
  const clientSecret =
    sandbox?.clientSecret ?? environment.HUBSPOT_CLIENT_SECRET ?? oneTimeSecret();
  const preview = createPreviewRouter({
    ...previewSource(services.pipeline, sandbox && editsOf(sandbox)),
    bundlesFolder: resolve(ROOT, 'dist/extensions'),
    hostFolder,
    runFunction: (name, parameters) => functions.runFunction(name, parameters),
    proxy: previewProxy({ clientSecret, portalId, publicUrl }),
    config: {
      mode: sandbox ? 'sandbox' : 'real',
      portal: { id: Number(portalId), timezone: 'UTC' },
      users: await previewUsers(services.pipeline.ports.hubspot.users),
      app: { appId: 1, appName: 'Tandem', cardTitle: 'Salesforce sync' },
    },
  });
  return createService({
    services,
    awaken: (keys) => queue.add(keys),
    onWebhook: webhookNotes(services.pipeline.ports.store.cursors, Date.now),
    clientSecret,
    serviceSecret: environment.TANDEM_SERVICE_SECRET ?? null,
    publicUrl,
    portalId,
    preview,
    operations,
  });
}

function editsOf({ sandbox: { hubspot, salesforce } }: SandboxParts): SandboxEdits {
  return {
    editHubSpot: (contactId, properties) => {
      hubspot.portal.update(contactId, properties);
    },
    editSalesforce: (object, id, fields) => {
      salesforce.org.update(object, id, fields);
    },
  };
}
