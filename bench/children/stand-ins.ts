// Both stand-ins in a process of their own, with people in them; the bench seeds them, changes records as
// somebody in the CRM would, and asks for the calls they got.
import { z } from 'zod';
import { seededRandom, systemClock } from '../../src/sandbox/clock.ts';
import { createHubSpotStandIn, type HubSpotStandIn } from '../../src/sandbox/hubspot/stand-in.ts';
import { serveStandIn, type RunningStandIn } from '../../src/sandbox/http.ts';
import {
  createSalesforceStandIn,
  type SalesforceStandIn,
} from '../../src/sandbox/salesforce/stand-in.ts';
import { emailOf, hubspotRows, salesforceRows, scattered } from '../people.ts';
import { answer } from '../processes.ts';

const openSchema = z.object({ latencyMs: z.number() });
const seedSchema = z.object({
  people: z.number(),
  spread: z.enum(['salesforce', 'hubspot', 'both']),
});
const changeSchema = z.object({ people: z.number(), changes: z.number() });

interface World {
  readonly salesforce: SalesforceStandIn;
  readonly hubspot: HubSpotStandIn;
  readonly servers: readonly RunningStandIn[];
  /** Salesforce ids of the people whose CRM is Salesforce, by their number. */
  readonly salesforceIds: string[];
}

let opened: World | null = null;
const world = (): World => {
  if (opened === null) throw new Error('the stand-ins are not open');
  return opened;
};

let cpuBefore = process.cpuUsage();
function cpuSince(): number {
  const { user, system } = process.cpuUsage(cpuBefore);
  cpuBefore = process.cpuUsage();
  return (user + system) / 1e6;
}

const AN_HOUR_MS = 3_600_000;

const handlers = {
  open: async (input: unknown) => {
    const { latencyMs } = openSchema.parse(input);
    const salesforce = createSalesforceStandIn({
      clock: systemClock,
      random: seededRandom(1),
      dailyApiLimit: 100_000_000,
      sessionLifetimeMs: 24 * AN_HOUR_MS,
    });
    const hubspot = createHubSpotStandIn({
      clock: systemClock,
      random: seededRandom(2),
      rateLimits: 'off',
      indexLagMs: 0,
    });
    const atSalesforce = await serveStandIn(salesforce, { latencyMs });
    const atHubSpot = await serveStandIn(hubspot, { latencyMs });
    opened = { salesforce, hubspot, servers: [atSalesforce, atHubSpot], salesforceIds: [] };
    return { salesforceUrl: atSalesforce.url, hubspotUrl: atHubSpot.url };
  },

  seed: (input: unknown) => {
    const { people, spread } = seedSchema.parse(input);
    const { salesforce, hubspot, salesforceIds } = world();
    const at = new Date(Date.now() - AN_HOUR_MS);
    for (const rows of salesforceRows(people, spread, at)) {
      const ids = salesforce.org.seed(rows);
      if (spread === 'salesforce') salesforceIds.push(...ids);
    }
    for (const rows of hubspotRows(people, spread, at)) hubspot.portal.seed(rows);
  },

  /** Ids on both sides of the people who were changed, in the same order. */
  changeSalesforce: (input: unknown) => {
    const { people, changes } = changeSchema.parse(input);
    const { salesforce, hubspot, salesforceIds } = world();
    const half = Math.floor(changes / 2);
    const changed = [...scattered(people, changes - half, 0), ...scattered(people, half, 1)];
    return changed.map((index) => {
      const id = salesforceIds[index] ?? '';
      salesforce.org.update(index % 2 === 0 ? 'Lead' : 'Contact', id, {
        Title: 'Changed in Salesforce',
      });
      return { salesforceId: id, hubspotId: hubspot.portal.byEmail(emailOf(index))?.id ?? '' };
    });
  },

  changeHubSpot: (input: unknown) => {
    const { people, changes } = changeSchema.parse(input);
    const { hubspot, salesforceIds } = world();
    return scattered(people, changes, null).map((index) => {
      const id = hubspot.portal.byEmail(emailOf(index))?.id ?? '';
      hubspot.portal.update(id, { city: 'Paris' });
      return { salesforceId: salesforceIds[index] ?? '', hubspotId: id };
    });
  },

  /** Since the last time: calls, what came inside composites, and what answering them took. */
  calls: () => {
    const { salesforce, hubspot } = world();
    const made = {
      calls: { ...hubspot.calls.byEndpoint(), ...salesforce.calls.byEndpoint() },
      inside: salesforce.subrequests.byEndpoint(),
      cpuSeconds: cpuSince(),
    };
    for (const counted of [hubspot.calls, salesforce.calls, salesforce.subrequests])
      counted.reset();
    return made;
  },

  contacts: () => world().hubspot.portal.size,

  peakRssMb: () => process.resourceUsage().maxRSS / 1_024,
};

answer(handlers, async () => {
  for (const server of opened?.servers ?? []) await server.close();
});
