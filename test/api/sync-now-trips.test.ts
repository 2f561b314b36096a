// How many calls *Sync now* makes one after the other: a function has ten seconds, and a call takes what the CRM takes.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { handleCall } from '../../src/api/handle.ts';
import { servicesFor, type ApiServices } from '../../src/api/services.ts';
import { serveStandIn, type RunningStandIn, type StandIn } from '../../src/sandbox/http.ts';
import { createWorld, type World } from '../e2e/support/world.ts';

const MOST_TRIPS = 6;
/** So long that calls which are sent together overlap, on a busy machine too. */
const LATENCY_MS = 150;

interface Trip {
  readonly endpoint: string;
  readonly from: number;
  readonly to: number;
}

/** The most calls of which each began after the one before had ended. */
function oneAfterTheOther(trips: readonly Trip[]): readonly Trip[] {
  const chain: Trip[] = [];
  for (const trip of trips.toSorted((one, other) => one.to - other.to))
    if (trip.from >= (chain.at(-1)?.to ?? 0)) chain.push(trip);
  return chain;
}

let world: World;
let trips: Trip[] = [];
const servers: RunningStandIn[] = [];
let urls: { hubspot: string; salesforce: string };

function timed(standIn: StandIn): StandIn {
  return {
    calls: standIn.calls,
    faults: standIn.faults,
    endpoint: (request) => standIn.endpoint(request),
    failure: (status, request) => standIn.failure(status, request),
    async handle(request) {
      // The latency has passed by now.
      const from = performance.now() - LATENCY_MS;
      const answer = await standIn.handle(request);
      trips.push({ endpoint: standIn.endpoint(request), from, to: performance.now() });
      return answer;
    },
  };
}

beforeAll(async () => {
  world = await createWorld();
  const slow = { latencyMs: LATENCY_MS };
  servers.push(await serveStandIn(timed(world.hubspot), slow));
  servers.push(await serveStandIn(timed(world.salesforce), slow));
  urls = { hubspot: servers[0]?.url ?? '', salesforce: servers[1]?.url ?? '' };
});
afterAll(async () => {
  for (const server of servers) await server.close();
  await world.close();
});

/** Services as a function opens them. */
const opened = (): Promise<ApiServices> =>
  servicesFor(
    {
      ...world.configuration,
      hubspot: { ...world.configuration.hubspot, baseUrl: urls.hubspot },
      salesforce: { ...world.configuration.salesforce, loginUrl: urls.salesforce },
    },
    { maxConnections: 2, patience: { timeoutMs: 4_000, attempts: 2, pauseMs: 100 } },
  );

async function syncNow(services: ApiServices, contactId: string, outcome: string) {
  trips = [];
  const answer = await handleCall('sync-now', { contactId }, services);
  expect(answer).toMatchObject({ ok: true, value: { outcome } });
  const chain = oneAfterTheOther(trips).map(({ endpoint }) => endpoint);
  return { calls: trips.length, chain };
}

it('Sync now takes six round trips at the most, in a function that has just been started too', async () => {
  // The service, or a function before, has read both schemas within ten minutes.
  await world.pipeline.workspaces.current();
  const { portal } = world.hubspot;
  const { id } = portal.create({ email: 'trips@example.com', lastname: 'Trips', city: 'Bonn' });
  const report: string[] = [];
  const told = (what: string, { calls, chain }: Awaited<ReturnType<typeof syncNow>>): void => {
    report.push(`  ${what}: ${calls} calls, ${chain.length} after each other`);
    expect(chain.length, `${what}: ${chain.join(', ')}`).toBeLessThanOrEqual(MOST_TRIPS);
  };
  const first = await opened();
  told('a new lead, just started', await syncNow(first, id, 'createdInSalesforce'));
  portal.update(id, { city: 'Kiel' });
  world.salesforce.org.update('Lead', world.salesforce.org.all('Lead').at(-1)?.Id as string, {
    Title: 'Chief',
  });
  told('a change on either side', await syncNow(first, id, 'updated'));
  told('nothing to do', await syncNow(first, id, 'nothingToDo'));
  await first.close();
  const second = await opened();
  portal.update(id, { phone: '2' });
  told('a change, just started', await syncNow(second, id, 'updated'));
  await second.close();
  process.stdout.write(`Sync now:\n${report.join('\n')}\n`);
});
