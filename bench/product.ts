// The lines of the benchmark that know Tandem's inside: how it is opened, and how runs and looks are started.
import { z } from 'zod';
import type { CallBudget } from '../src/engine/call-budget.ts';
import { settingsSchema } from '../src/engine/settings.ts';
import { createHubSpot } from '../src/hubspot/api-client.ts';
import { createSalesforce } from '../src/salesforce/jsforce.ts';
import { SANDBOX_TOKEN } from '../src/sandbox/hubspot/stand-in.ts';
import { SANDBOX_CLIENT } from '../src/sandbox/salesforce/stand-in.ts';
import { openStore } from '../src/store/postgres-store.ts';
import { fullSync } from '../src/sync/full-sync.ts';
import { LiveSync } from '../src/sync/live.ts';
import { Pipeline } from '../src/sync/pipeline.ts';
import { prepareHubSpot } from '../src/sync/workspace.ts';

export interface Product {
  /** Everything in Salesforce, everything in HubSpot, and what changed meanwhile. */
  syncAll(): Promise<void>;
  /** Looks on both sides until both are quiet. */
  catchUp(): Promise<void>;
  /** One look on each side. */
  look(): Promise<void>;
  /** Ends the second looks at what was changed so far: they would be counted with what is changed next. */
  endSecondLooks(): Promise<void>;
  /** What Tandem asks each CRM for: the bare loop asks for the same. */
  asksFor(): Promise<{ hubspot: string[]; lead: string[]; contact: string[] }>;
  close(): Promise<void>;
}

/** Looks that follow a change until both sides are quiet. */
const MOST_LOOKS = 10;
const CONNECTIONS = 8;
const UNLIMITED: CallBudget = {
  keepsWindows: true,
  take: () => Promise.resolve({ learn: () => null }),
  setTimeZone: () => undefined,
};

export async function openProduct(where: {
  readonly hubspotUrl: string;
  readonly salesforceUrl: string;
  readonly databaseUrl: string;
}): Promise<Product> {
  const store = await openStore({
    connectionString: where.databaseUrl,
    maxConnections: CONNECTIONS,
  });
  const pipeline = new Pipeline({
    hubspot: createHubSpot({
      accessToken: SANDBOX_TOKEN,
      baseUrl: where.hubspotUrl,
      // The stand-ins have no limits here, and what Tandem makes of limits is not what is measured.
      budget: UNLIMITED,
    }),
    salesforce: createSalesforce({
      flow: 'clientCredentials',
      ...SANDBOX_CLIENT,
      loginUrl: where.salesforceUrl,
    }),
    store,
    now: Date.now,
  });
  await prepareHubSpot(pipeline.ports);
  const { version } = await store.settings.current();
  if (version === 0)
    await store.settings.save(
      0,
      settingsSchema.parse({ mappings: { defaultRules: { city: 'twoWay', jobtitle: 'twoWay' } } }),
      'bench',
      '',
    );
  const live = new LiveSync(pipeline);
  await live.prepare(new Date(Date.now() - 60_000));
  await pipeline.workspaces.current();
  return {
    async syncAll() {
      await fullSync(pipeline, live, ['import', 'push']);
    },
    async catchUp() {
      for (let look = 0; look < MOST_LOOKS; look += 1) if ((await live.tick()) === 0) return;
    },
    async look() {
      await live.tick();
    },
    async endSecondLooks() {
      for (const name of ['hubspot', 'salesforce']) {
        const cursor = z.looseObject({}).parse(await store.cursors.get(name));
        const startedAt = new Date().toISOString();
        await store.cursors.set(name, { ...cursor, startedAt, lookedUntil: [] });
      }
    },
    async asksFor() {
      const { hubspotProperties, salesforceFields } = await pipeline.workspaces.current();
      return {
        hubspot: [...hubspotProperties],
        lead: [...salesforceFields.Lead],
        contact: [...salesforceFields.Contact],
      };
    },
    close: () => store.close(),
  };
}
