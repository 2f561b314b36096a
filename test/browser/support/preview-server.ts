// A preview on a free loopback port, over any dependencies: the sample people for the tests of the host itself, or
// a real service's.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import express, { Router } from 'express';
import { buildPreviewHost } from '../../../src/preview/build-host.ts';
import { createPreviewRouter } from '../../../src/preview/server.ts';
import type { PreviewDependencies } from '../../../src/preview/server.ts';

const hostFolder = join(
  resolve(import.meta.dirname, '../../..'),
  'node_modules/.cache/tandem-preview-host',
);

export interface PreviewServer {
  /** `http://127.0.0.1:<port>`, without a slash. */
  readonly origin: string;
  close(): Promise<void>;
}

/** Builds the page if need be, and serves it. */
export async function startPreview(
  dependencies: Omit<PreviewDependencies, 'hostFolder'>,
  /** Routes of the service beside it. */
  service: Router = Router(),
): Promise<PreviewServer> {
  await buildPreviewHost(hostFolder);
  const app = express();
  app.use(service);
  app.use(createPreviewRouter({ ...dependencies, hostFolder }));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
