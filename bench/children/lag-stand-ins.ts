// Both stand-ins with their real rate limits, search lag and signed webhooks, and the edits whose arrival is
// measured.
import { z } from 'zod';
import { DEFAULT_MAPPINGS } from '../../src/engine/defaults.ts';
import { seededRandom, systemClock } from '../../src/sandbox/clock.ts';
import {
  createHubSpotStandIn,
  PROFESSIONAL_LIMITS,
  type HubSpotStandIn,
} from '../../src/sandbox/hubspot/stand-in.ts';
import { serveStandIn, type RunningStandIn } from '../../src/sandbox/http.ts';
import {
  createSalesforceStandIn,
  type SalesforceStandIn,
} from '../../src/sandbox/salesforce/stand-in.ts';
import { servePubSub } from '../../src/sandbox/salesforce/events/pubsub-server.ts';
import { Edits, type EditedPerson } from '../lag/edits.ts';
import { emailOf, salesforceRows } from '../people.ts';
import { answer } from '../processes.ts';

const peopleSchema = z.object({ people: z.number() });
const connectSchema = z.object({ targetUrl: z.string(), clientSecret: z.string() });
const startSchema = z.object({ perSecond: z.number() });

/** Until HubSpot's search finds a change. */
const INDEX_LAG_MS = { min: 500, max: 1_500 };
/** Calls a day of an Enterprise org with some twenty users. */
const SALESFORCE_DAILY_CALLS = 120_000;
const AN_HOUR_MS = 3_600_000;

const salesforce: SalesforceStandIn = createSalesforceStandIn({
  clock: systemClock,
  random: seededRandom(1),
  dailyApiLimit: SALESFORCE_DAILY_CALLS,
});
const hubspot: HubSpotStandIn = createHubSpotStandIn({
  clock: systemClock,
  random: seededRandom(2),
  rateLimits: PROFESSIONAL_LIMITS,
  indexLagMs: INDEX_LAG_MS,
});
const servers: Pick<RunningStandIn, 'close'>[] = [];
const salesforceIds: string[] = [];
let edits: Edits | null = null;

const editing = (): Edits => {
  if (edits === null) throw new Error('nothing is edited before everybody is on both sides');
  return edits;
};

answer(
  {
    open: async () => {
      const atSalesforce = await serveStandIn(salesforce);
      const atHubSpot = await serveStandIn(hubspot);
      const pubSub = await servePubSub(salesforce);
      servers.push(atSalesforce, atHubSpot, pubSub);
      return {
        salesforceUrl: atSalesforce.url,
        hubspotUrl: atHubSpot.url,
        pubSubEndpoint: pubSub.endpoint,
      };
    },

    /** Puts people into Salesforce who have been there for an hour: no feed finds them, only a run. */
    seed: (input) => {
      const { people } = peopleSchema.parse(input);
      const at = new Date(Date.now() - AN_HOUR_MS);
      // Nobody is told of people who have been there for an hour.
      salesforce.events.select([]);
      for (const rows of salesforceRows(people, 'salesforce', at, salesforceIds.length))
        salesforceIds.push(...salesforce.org.seed(rows));
      // As an admin does before anybody subscribes: there is no topic of an object that isn't selected.
      salesforce.events.select(['Lead', 'Contact']);
    },

    /** Sends webhooks from now on, and gets ready to edit the people who are on both sides. */
    connect: (input) => {
      const { targetUrl, clientSecret } = connectSchema.parse(input);
      hubspot.webhooks.connect({
        targetUrl,
        clientSecret,
        subscriptions: [
          { subscriptionType: 'contact.creation' },
          ...DEFAULT_MAPPINGS.map(({ hubspotProperty }) => ({
            subscriptionType: 'contact.propertyChange' as const,
            propertyName: hubspotProperty,
          })),
        ],
      });
      const people = salesforceIds.flatMap((salesforceId, index): EditedPerson[] => {
        const contact = hubspot.portal.byEmail(emailOf(index));
        const object = index % 2 === 0 ? 'Lead' : 'Contact';
        return contact ? [{ object, salesforceId, hubspotId: contact.id }] : [];
      });
      edits = new Edits(hubspot, salesforce, people);
      return people.length;
    },

    start: (input) => {
      hubspot.calls.reset();
      salesforce.calls.reset();
      editing().start(startSchema.parse(input).perSecond);
    },
    stop: () => {
      editing().stop();
    },
    arrivals: () => ({
      ...editing().arrivals(),
      calls: { hubspot: hubspot.calls.total, salesforce: salesforce.calls.total },
      webhooks: { delivered: hubspot.webhooks.delivered, lost: hubspot.webhooks.lost },
    }),
    giveUp: () => {
      editing().giveUp();
    },
  },
  async () => {
    hubspot.webhooks.connect(null);
    for (const server of servers) await server.close();
  },
);
