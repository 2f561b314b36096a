// A Tandem whose API calls are counted: both stand-ins over HTTP, the real adapters, a database. Rate limits
// are off, because calls are counted and not time; everything else is as in the product.
import { servicesFor } from '../src/api/services.ts';
import { seededRandom, systemClock } from '../src/sandbox/clock.ts';
import { createHubSpotStandIn, SANDBOX_TOKEN } from '../src/sandbox/hubspot/stand-in.ts';
import { serveStandIn } from '../src/sandbox/http.ts';
import { createSalesforceStandIn, SANDBOX_CLIENT } from '../src/sandbox/salesforce/stand-in.ts';
import { LiveSync } from '../src/sync/live.ts';
import { prepareHubSpot } from '../src/sync/workspace.ts';
import { sum, type FloorTerm } from './floor.ts';

export interface Measured {
  readonly name: string;
  readonly floor: number;
  readonly terms: readonly FloorTerm[];
  readonly calls: number;
  /** Calls ÷ floor. */
  readonly ratio: number;
  readonly byEndpoint: Readonly<Record<string, number>>;
  /** Calls that wrote anything. */
  readonly writes: number;
}

/** What every process reads once: schemas, owners, sign-in. Counted apart from the floor and from the calls. */
const SETUP = /oauth2|describe|\/properties\/|\/owners|account-info/;
const WRITES = /batch\/(create|update|upsert)|unsubscribe|^PATCH/;
/** Looks that follow a change until both sides are quiet. */
const MOST_LOOKS = 10;

export async function openWorld(connectionString: string) {
  const salesforce = createSalesforceStandIn({
    clock: systemClock,
    random: seededRandom(1),
    dailyApiLimit: 100_000_000,
  });
  const hubspot = createHubSpotStandIn({
    clock: systemClock,
    random: seededRandom(2),
    rateLimits: 'off',
    indexLagMs: 0,
  });
  const servers = [await serveStandIn(salesforce), await serveStandIn(hubspot)];
  const services = await servicesFor(
    {
      hubspot: { accessToken: SANDBOX_TOKEN, baseUrl: servers[1]?.url ?? '' },
      salesforce: { flow: 'clientCredentials', ...SANDBOX_CLIENT, loginUrl: servers[0]?.url ?? '' },
      databaseUrl: connectionString,
    },
    { maxConnections: 4 },
  );
  const { pipeline } = services;
  await prepareHubSpot(pipeline.ports);
  const live = new LiveSync(pipeline);
  await live.prepare(new Date(Date.now() - 60_000));
  await pipeline.workspaces.current();

  const measure = async (
    name: string,
    terms: readonly FloorTerm[],
    work: () => Promise<void>,
  ): Promise<Measured> => {
    salesforce.calls.reset();
    salesforce.subrequests.reset();
    hubspot.calls.reset();
    await work();
    const all = [
      ...Object.entries(hubspot.calls.byEndpoint()),
      ...Object.entries(salesforce.calls.byEndpoint()),
    ];
    const counted = all.filter(([endpoint]) => !SETUP.test(endpoint));
    const calls = counted.reduce((total, [, count]) => total + count, 0);
    const inside = Object.entries(salesforce.subrequests.byEndpoint());
    const writes = [...all, ...inside]
      .filter(([endpoint]) => WRITES.test(endpoint))
      .reduce((total, [, count]) => total + count, 0);
    const floor = sum(terms);
    return {
      name,
      floor,
      terms,
      calls,
      ratio: calls / floor,
      byEndpoint: Object.fromEntries(counted),
      writes,
    };
  };
  return {
    salesforce,
    hubspot,
    pipeline,
    live,
    measure,
    settle: async (): Promise<void> => {
      for (let look = 0; look < MOST_LOOKS; look += 1) if ((await live.tick()) === 0) return;
    },
    close: async (): Promise<void> => {
      await services.close();
      for (const server of servers) await server.close();
      salesforce.close();
    },
  };
}
