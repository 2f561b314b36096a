// The lines of the lag benchmark that know Tandem's inside: the service as `npm start` runs it, without its preview.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once, EventEmitter } from 'node:events';
import type { RealConfiguration } from '../../src/api/environment.ts';
import { servicesFor } from '../../src/api/services.ts';
import { changeIntake } from '../../src/cli/change-intake.ts';
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

export interface Service {
  /** Where HubSpot is to send its webhooks. */
  readonly webhookUrl: string;
  /** Everybody who is there, once; live sync starts afterwards. */
  firstSync(): Promise<void>;
  /** An import of everybody, which the service works on beside live sync. Answers its id. */
  startImport(): Promise<string>;
  stateOfRun(id: string): Promise<{ readonly seen: number; readonly isOpen: boolean }>;
  cancelRun(id: string): Promise<void>;
  close(): Promise<void>;
}

/** Until both streams of change events are open. */
const LONGEST_UNHEARD_MS = 30_000;

export async function openLiveService(where: {
  readonly hubspotUrl: string;
  readonly salesforceUrl: string;
  readonly pubSubEndpoint: string;
  readonly databaseUrl: string;
  readonly clientSecret: string;
  /** Change events instead of polling Salesforce. */
  readonly events: boolean;
  readonly onError: (error: unknown) => void;
}): Promise<Service> {
  const { clientSecret, databaseUrl, onError } = where;
  const configuration: RealConfiguration = {
    hubspot: { accessToken: SANDBOX_TOKEN, baseUrl: where.hubspotUrl },
    salesforce: { flow: 'clientCredentials', ...SANDBOX_CLIENT, loginUrl: where.salesforceUrl },
    databaseUrl,
    pubSubEndpoint: where.pubSubEndpoint,
  };
  const services = await servicesFor(configuration, { maxConnections: 8 });
  const { pipeline } = services;
  await prepareHubSpot(pipeline.ports);
  // Whoever edits city and job title may do so on either side.
  const defaultRules = { city: 'twoWay', jobtitle: 'twoWay' };
  await pipeline.ports.store.settings.save(
    0,
    settingsSchema.parse({ mappings: { defaultRules }, salesforceEvents: where.events }),
    'bench',
    '',
  );
  const live = new LiveSync(pipeline);
  const queue = await openPgBossQueue({ connectionString: databaseUrl, onError });
  const states = new EventEmitter();
  const intake = changeIntake(configuration, pipeline, queue, live, {
    troubled: onError,
    changeEvents: () => states.emit('changed'),
  });
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
      intake.start();
      const hearsChanges = (): boolean => intake.state.kind === 'connected';
      await queue.work(
        jobHandlers(pipeline, live, queue, { cadence: CADENCE, hearsChanges, onError }),
      );
      // While events aren't heard, what is measured is polling.
      const signal = AbortSignal.timeout(LONGEST_UNHEARD_MS);
      while (where.events && !hearsChanges())
        await once(states, 'changed', { signal }).catch((error: unknown) => {
          const state = JSON.stringify(intake.state);
          throw new Error(`change events are not heard: ${state}`, { cause: error });
        });
    },
    async startImport() {
      const scope = {};
      const { id } = await startRun(pipeline, { kind: 'import', scope }, { startedBy: 'bench' });
      return id;
    },
    async stateOfRun(id) {
      const run = await pipeline.ports.store.runs.get(id);
      return {
        seen: run?.counts.seen ?? 0,
        isOpen: ['waiting', 'running'].includes(run?.state ?? ''),
      };
    },
    async cancelRun(id) {
      await controlRun(pipeline, id, 'cancel');
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await intake.stop();
      await queue.stop();
      await services.close();
    },
  };
}
