// A whole Tandem for one test: both stand-ins behind real HTTP, the real adapters, a database of its own,
// the pipeline and live sync. Nothing is mocked.
import { servicesFor, type ApiServices } from '../../../src/api/services.ts';
import type { RealConfiguration } from '../../../src/api/environment.ts';
import type { Settings } from '../../../src/engine/settings.ts';
import type { RecordKey } from '../../../src/engine/records.ts';
import { settingsSchema } from '../../../src/engine/settings.ts';
import { seededRandom, systemClock } from '../../../src/sandbox/clock.ts';
import {
  createHubSpotStandIn,
  SANDBOX_TOKEN,
  type HubSpotStandIn,
} from '../../../src/sandbox/hubspot/stand-in.ts';
import { serveStandIn } from '../../../src/sandbox/http.ts';
import {
  createSalesforceStandIn,
  SANDBOX_CLIENT,
  type SalesforceStandIn,
  type SalesforceStandInOptions,
} from '../../../src/sandbox/salesforce/stand-in.ts';
import { LiveSync } from '../../../src/sync/live.ts';
import type { Pipeline } from '../../../src/sync/pipeline.ts';
import { prepareHubSpot } from '../../../src/sync/workspace.ts';
import { createTestDatabase } from '../../support/database.ts';
import { crewFor } from './crew.ts';

export interface World {
  readonly hubspot: HubSpotStandIn;
  readonly salesforce: SalesforceStandIn;
  readonly configuration: RealConfiguration;
  readonly services: ApiServices;
  readonly pipeline: Pipeline;
  readonly live: LiveSync;
  /** What a webhook does: the records are looked at when the world settles. */
  notice(keys: readonly RecordKey[]): Promise<void>;
  /** Looks at those who were noticed, then on both sides until nothing moves any more. */
  settle(): Promise<void>;
  /** Every worker reads both schemas anew. */
  refresh(): void;
  /** Saves settings over the current ones. */
  configure(changes: object): Promise<Settings>;
  resetCalls(): void;
  close(): Promise<void>;
}

export interface WorldOptions {
  /** False: the org has no external-ID field. */
  readonly withExternalId?: boolean;
  /** Milliseconds until HubSpot's search finds a change. */
  readonly indexLagMs?: number;
  /** The org keeps states and countries as picklists with codes. */
  readonly stateAndCountryPicklists?: boolean;
  /** The org has contacts that are their own account. */
  readonly personAccounts?: boolean;
  /** Fields of the org besides those of every test. */
  readonly extraFields?: SalesforceStandInOptions['extraFields'];
  /** True: nobody has started the first sync yet. */
  readonly isNew?: boolean;
  /** How long a bulk job takes. */
  readonly bulkJobMs?: SalesforceStandInOptions['bulkJobMs'];
}

export async function createWorld({
  withExternalId = true,
  indexLagMs = 0,
  stateAndCountryPicklists = false,
  personAccounts = false,
  extraFields = {},
  bulkJobMs = 0,
  isNew = false,
}: WorldOptions = {}): Promise<World> {
  const random = seededRandom(7);
  const salesforce = createSalesforceStandIn({
    clock: systemClock,
    random,
    dailyApiLimit: 10_000_000,
    withExternalId,
    stateAndCountryPicklists,
    personAccounts,
    extraFields,
    bulkJobMs,
  });
  const hubspot = createHubSpotStandIn({
    clock: systemClock,
    random,
    rateLimits: 'off',
    indexLagMs,
    listLagMs: 0,
  });
  const [atSalesforce, atHubSpot] = [await serveStandIn(salesforce), await serveStandIn(hubspot)];
  const database = await createTestDatabase();
  const configuration: RealConfiguration = {
    hubspot: { accessToken: SANDBOX_TOKEN, baseUrl: atHubSpot.url },
    salesforce: { flow: 'clientCredentials', ...SANDBOX_CLIENT, loginUrl: atSalesforce.url },
    databaseUrl: database.connectionString,
  };
  const services = await servicesFor(configuration, { maxConnections: 4, isAlone: true });
  const { pipeline } = services;
  await prepareHubSpot(pipeline.ports);
  const live = new LiveSync(pipeline);
  if (!isNew) {
    await pipeline.firstSync.begin(new Date().toISOString());
    await live.prepare(new Date(Date.now() - 60_000));
  }
  const crew = await crewFor(configuration, pipeline, live);
  const noticed: RecordKey[] = [];
  return {
    hubspot,
    salesforce,
    configuration,
    services,
    pipeline,
    live,
    notice: (keys) => Promise.resolve(void noticed.push(...keys)),
    settle: () => crew.settle(noticed.splice(0)),
    refresh: () => {
      crew.refresh();
    },
    async configure(changes) {
      const { settings } = pipeline.ports.store;
      const { version } = await settings.current();
      const next = settingsSchema.parse(changes);
      if (!(await settings.save(version, next, 'test', '')))
        throw new Error('the settings were saved by somebody else');
      return next;
    },
    resetCalls() {
      hubspot.calls.reset();
      salesforce.calls.reset();
    },
    async close() {
      await crew.close();
      await services.close();
      await atSalesforce.close();
      await atHubSpot.close();
      salesforce.close();
      await database.drop();
    },
  };
}
