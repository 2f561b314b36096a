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

/** Opens database and CRMs. `ConfigurationError` names what is missing. */
export async function openServices(environment: Environment): Promise<ApiServices> {
  return servicesFor(realConfiguration(environment), { maxConnections: 2 });
}

export async function servicesFor(
  configuration: RealConfiguration,
  { maxConnections }: { maxConnections: number },
): Promise<ApiServices> {
  const store = await openStore({ connectionString: configuration.databaseUrl, maxConnections });
  const ports: Ports = {
    hubspot: createHubSpot(configuration.hubspot),
    salesforce: createSalesforce(configuration.salesforce),
    store,
    now: Date.now,
  };
  return { pipeline: new Pipeline(ports), close: () => store.close() };
}
