// The lines of the lag benchmark that know Tandem's inside: the service as `npm start` runs it, without its preview.
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';
import { servicesFor } from '../../src/api/services.ts';
import { settingsSchema } from '../../src/engine/settings.ts';
import { CADENCE } from '../../src/jobs/cadence.ts';
import { jobHandlers } from '../../src/jobs/handlers.ts';
import { openPgBossQueue } from '../../src/jobs/pg-boss-queue.ts';
import { SANDBOX_TOKEN } from '../../src/sandbox/hubspot/stand-in.ts';
import { SANDBOX_CLIENT } from '../../src/sandbox/salesforce/stand-in.ts';
import { createService } from '../../src/service/app.ts';
import { fullSync } from '../../src/sync/full-sync.ts';
import { LiveSync } from '../../src/sync/live.ts';
import { controlRun, startRun } from '../../src/sync/runs/control.ts';
import { prepareHubSpot } from '../../src/sync/workspace.ts';

const LOOK_MS = 250;

export interface Service {
  /** Where HubSpot is to send its webhooks. */
  readonly webhookUrl: string;
  /** Everybody who is there, once; live sync starts afterwards. */
  firstSync(): Promise<void>;
  /** An import of everybody, beside live sync. Resolves to how many it saw; `stop` ends it early. */
  runImport(): { readonly seen: Promise<number>; stop(): void };
  close(): Promise<void>;
}

export async function openLiveService(where: {
  readonly hubspotUrl: string;
  readonly salesforceUrl: string;
  readonly databaseUrl: string;
  readonly clientSecret: string;
  /** Change events instead of polling Salesforce. */
  readonly events: boolean;
  readonly onError: (error: unknown) => void;
}): Promise<Service> {
  if (where.events) throw new Error('the benchmark has no change events yet: leave --events out');
  const { clientSecret, databaseUrl, onError } = where;
  const services = await servicesFor(
    {
      hubspot: { accessToken: SANDBOX_TOKEN, baseUrl: where.hubspotUrl },
      salesforce: { flow: 'clientCredentials', ...SANDBOX_CLIENT, loginUrl: where.salesforceUrl },
      databaseUrl,
    },
    { maxConnections: 8 },
  );
  const { pipeline } = services;
  await prepareHubSpot(pipeline.ports);
  // Whoever edits city and job title may do so on either side.
  const defaultRules = { city: 'twoWay', jobtitle: 'twoWay' };
  await pipeline.ports.store.settings.save(
    0,
    settingsSchema.parse({ mappings: { defaultRules } }),
    'bench',
    '',
  );
  const live = new LiveSync(pipeline);
  const queue = await openPgBossQueue({ connectionString: databaseUrl, onError });
  const app = createService({
    services,
    awaken: (keys) => queue.add(keys),
    clientSecret,
    serviceSecret: null,
    publicUrl: null,
    preview: null,
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    webhookUrl: `http://127.0.0.1:${port}/webhooks/hubspot`,
    async firstSync() {
      await fullSync(pipeline, live, ['import', 'push']);
      await queue.work(jobHandlers(pipeline, live, queue, { cadence: CADENCE, onError }));
    },
    runImport() {
      const { runs } = pipeline.ports.store;
      const started = startRun(
        pipeline,
        { kind: 'import', scope: {} },
        { startedBy: 'the benchmark' },
      );
      const seen = async (): Promise<number> => {
        const { id } = await started;
        for (;;) {
          const now = await runs.get(id);
          if (now === null) return 0;
          if (now.finishedAt !== null) return now.counts.seen;
          await sleep(LOOK_MS);
        }
      };
      return {
        seen: seen(),
        stop: () => {
          void started.then(({ id }) => controlRun(pipeline, id, 'cancel'));
        },
      };
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await queue.stop();
      await services.close();
    },
  };
}
