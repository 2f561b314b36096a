// Both stand-ins on loopback with sample people in them, kept over restarts: what `npm start` uses when no
// real CRM is configured.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { RealConfiguration } from '../api/environment.ts';
import { seededRandom, systemClock } from './clock.ts';
import { serveStandIn, type RunningStandIn } from './http.ts';
import {
  createHubSpotStandIn,
  SANDBOX_TOKEN,
  type HubSpotStandIn,
  type WebhookSettings,
} from './hubspot/stand-in.ts';
import { FileJournal } from './journal.ts';
import { servePubSub } from './salesforce/events/pubsub-server.ts';
import {
  createSalesforceStandIn,
  SANDBOX_CLIENT,
  type SalesforceStandIn,
} from './salesforce/stand-in.ts';
import { seedSample } from './sample/seed.ts';

export interface Sandbox {
  readonly hubspot: HubSpotStandIn;
  readonly salesforce: SalesforceStandIn;
  /** How to reach them, as for real CRMs. */
  readonly configuration: Omit<RealConfiguration, 'databaseUrl'>;
  close(): Promise<void>;
}

export interface SandboxOptions {
  readonly folder: string;
  /** People to put into empty CRMs. */
  readonly people?: number;
  /** Where HubSpot's stand-in sends webhooks, signed with the secret. */
  readonly webhooks?: {
    readonly targetUrl: string;
    readonly clientSecret: string;
    readonly properties: readonly string[];
  };
}

const SEED = 20_261_123;

export async function startSandbox({
  folder,
  people = 360,
  webhooks,
}: SandboxOptions): Promise<Sandbox> {
  const journal = (name: string): FileJournal =>
    new FileJournal(join(folder, 'sandbox', `${name}.jsonl`));
  const salesforce = createSalesforceStandIn({
    clock: systemClock,
    random: seededRandom(SEED),
    journal: journal('salesforce'),
    dailyApiLimit: 1_000_000,
    bulkJobMs: 1_000,
  });
  const hubspot = createHubSpotStandIn({
    clock: systemClock,
    random: seededRandom(SEED + 1),
    journal: journal('hubspot'),
    ...(webhooks === undefined
      ? {}
      : {
          webhooks: {
            targetUrl: webhooks.targetUrl,
            clientSecret: webhooks.clientSecret,
            subscriptions: subscriptionsTo(webhooks.properties),
          },
        }),
  });
  if (salesforce.org.all('Lead').length === 0 && hubspot.portal.all().length === 0) {
    seedSample({ hubspot, salesforce }, { count: people, seed: SEED, now: Date.now() });
  }
  // Not before the sample is in: nobody has to hear of it.
  salesforce.events.select(['Lead', 'Contact']);
  const pubSub = await servePubSub(salesforce);
  const running: RunningStandIn[] = [await serveStandIn(salesforce), await serveStandIn(hubspot)];
  const [atSalesforce, atHubSpot] = running;
  return {
    hubspot,
    salesforce,
    configuration: {
      hubspot: { accessToken: SANDBOX_TOKEN, baseUrl: atHubSpot?.url ?? '' },
      salesforce: {
        flow: 'clientCredentials',
        ...SANDBOX_CLIENT,
        loginUrl: atSalesforce?.url ?? '',
      },
      pubSubEndpoint: pubSub.endpoint,
    },
    async close() {
      await pubSub.close();
      for (const server of running) await server.close();
      salesforce.close();
    },
  };
}

/** A secret nobody else knows, for one run of the sandbox. */
export const oneTimeSecret = (): string => randomUUID();

/** What the stand-in sends webhooks about: there is no wildcard for properties (hubspot-api §3). */
function subscriptionsTo(properties: readonly string[]): WebhookSettings['subscriptions'] {
  return [
    { subscriptionType: 'contact.creation' },
    { subscriptionType: 'contact.deletion' },
    { subscriptionType: 'contact.privacyDeletion' },
    { subscriptionType: 'contact.restore' },
    { subscriptionType: 'contact.merge' },
    ...properties.map((propertyName) => ({
      subscriptionType: 'contact.propertyChange' as const,
      propertyName,
    })),
  ];
}
