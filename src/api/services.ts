// What the handlers work with, put together from the environment: the same in a HubSpot function and in
// the service.
import { createHubSpot } from '../hubspot/api-client.ts';
import { createSalesforce } from '../salesforce/jsforce.ts';
import { openStore } from '../store/postgres-store.ts';
import { Pipeline } from '../sync/pipeline.ts';
import type { Ports } from '../sync/workspace.ts';
import { realConfiguration, type Environment, type RealConfiguration } from './environment.ts';

export interface ApiServices {
  readonly pipeline: Pipeline;
  close(): Promise<void>;
}

/** A function has ten seconds in all: better a clear answer than a long wait (hubspot-platform §3). */
const IMPATIENT = { timeoutMs: 5_000, attempts: 2, pauseMs: 200 } as const;

/** Opens database and CRMs for a HubSpot function. `ConfigurationError` names what is missing. */
export async function openServices(environment: Environment): Promise<ApiServices> {
  return servicesFor(realConfiguration(environment), { maxConnections: 2, patience: IMPATIENT });
}

export interface ServicesOptions {
  readonly maxConnections: number;
  /** How long and how often each call to a CRM is tried; the adapters' own defaults unless given. */
  readonly patience?: {
    readonly timeoutMs: number;
    readonly attempts: number;
    readonly pauseMs: number;
  };
}

export async function servicesFor(
  configuration: RealConfiguration,
  { maxConnections, patience }: ServicesOptions,
): Promise<ApiServices> {
  const store = await openStore({ connectionString: configuration.databaseUrl, maxConnections });
  const ports: Ports = {
    hubspot: createHubSpot({ ...configuration.hubspot, ...patience }),
    salesforce: createSalesforce(configuration.salesforce, patience),
    store,
    now: Date.now,
  };
  return { pipeline: new Pipeline(ports), close: () => store.close() };
}
