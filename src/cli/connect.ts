// Opens database and CRMs for a process that works, and makes sure that they belong together.
import type { RealConfiguration } from '../api/environment.ts';
import { servicesFor, type ApiServices, type ServicesOptions } from '../api/services.ts';
import { prepareHubSpot } from '../sync/workspace.ts';

export async function connect(
  configuration: RealConfiguration,
  options: Omit<ServicesOptions, 'maxConnections' | 'patience'>,
  stops: (() => Promise<void>)[],
): Promise<ApiServices> {
  const services = await servicesFor(configuration, { ...options, maxConnections: 8 });
  stops.push(() => services.close());
  await claimInstallation(services);
  await prepareHubSpot(services.pipeline.ports);
  return services;
}

/** One database belongs to one portal and one org: mixing two would pair strangers. */
async function claimInstallation({ pipeline: { ports } }: ApiServices): Promise<void> {
  const [{ portalId }, { organizationId }] = await Promise.all([
    ports.hubspot.schema.account(),
    ports.salesforce.schema.organization(),
  ]);
  const known = await ports.store.installation({ portalId, organizationId });
  if (known.portalId !== portalId || known.organizationId !== organizationId) {
    throw new Error(
      `This database belongs to HubSpot portal ${known.portalId} and Salesforce org ${known.organizationId}, but the credentials are for portal ${portalId} and org ${organizationId}. Use another database (DATABASE_URL or --folder).`,
    );
  }
}
