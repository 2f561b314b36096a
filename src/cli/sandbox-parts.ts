// The stand-ins and the database for a start without real CRMs.
import {
  sandboxDatabaseUrl,
  type Environment,
  type RealConfiguration,
} from '../api/environment.ts';
import { DEFAULT_MAPPINGS } from '../engine/defaults.ts';
import { oneTimeSecret, startSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { startEmbeddedPostgres } from '../store/embedded.ts';

export interface SandboxParts {
  readonly sandbox: Sandbox;
  readonly configuration: RealConfiguration;
  /** What the stand-in signs its webhooks with. */
  readonly clientSecret: string;
}

/** `url`: of the service, for webhooks; empty when there is none. */
export async function startSandboxParts(
  folder: string,
  environment: Environment,
  url: string,
  stops: (() => Promise<void>)[],
): Promise<SandboxParts> {
  let databaseUrl = sandboxDatabaseUrl(environment);
  if (databaseUrl === null) {
    const postgres = await startEmbeddedPostgres({ folder });
    stops.push(() => postgres.stop());
    databaseUrl = postgres.connectionString;
  }
  const clientSecret = oneTimeSecret();
  const properties = DEFAULT_MAPPINGS.map(({ hubspotProperty }) => hubspotProperty);
  const sandbox = await startSandbox({
    folder,
    ...(url === ''
      ? {}
      : { webhooks: { targetUrl: `${url}/webhooks/hubspot`, clientSecret, properties } }),
  });
  stops.push(() => sandbox.close());
  return { sandbox, clientSecret, configuration: { ...sandbox.configuration, databaseUrl } };
}
