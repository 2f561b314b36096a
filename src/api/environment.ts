// Which CRMs and which database: read from environment variables, the same names in the service, the CLI
// and HubSpot's functions (as secrets). Nothing set means the sandbox; half of it set is refused with the
// variable and the fix.
import { z } from 'zod';
import type { SalesforceCredentials } from '../salesforce/credentials.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface RealConfiguration {
  readonly hubspot: { readonly accessToken: string; readonly baseUrl: string };
  readonly salesforce: SalesforceCredentials;
  readonly databaseUrl: string;
  /** Host and port of the Pub/Sub API; absent: Salesforce's global one. */
  readonly pubSubEndpoint?: string;
}

/** A variable that is missing or wrong, and what to do about it. */
export interface ConfigurationProblem {
  readonly variable: string;
  readonly message: string;
}

export class ConfigurationError extends Error {
  readonly problems: readonly ConfigurationProblem[];
  constructor(problems: readonly ConfigurationProblem[]) {
    super(problems.map(({ variable, message }) => `${variable}: ${message}`).join('\n'));
    this.name = 'ConfigurationError';
    this.problems = problems;
  }
}

/** Any of these means that real CRMs are wanted. */
const REAL_VARIABLES = [
  'HUBSPOT_ACCESS_TOKEN',
  'SALESFORCE_LOGIN_URL',
  'SALESFORCE_CLIENT_ID',
  'SALESFORCE_CLIENT_SECRET',
  'SALESFORCE_PRIVATE_KEY',
  'SALESFORCE_USERNAME',
  'SALESFORCE_REFRESH_TOKEN',
] as const;

const HUBSPOT_API = 'https://api.hubapi.com';

const isHttpUrl = (text: string): boolean =>
  z.url({ protocol: /^https?$/ }).safeParse(text).success;
const isPostgresUrl = (text: string): boolean =>
  z.url({ protocol: /^postgres(ql)?$/ }).safeParse(text).success;

/** True when nothing about real CRMs is set. */
export function wantsSandbox(environment: Environment): boolean {
  return REAL_VARIABLES.every((variable) => !environment[variable]?.trim());
}

const DATABASE_EXAMPLE = 'such as postgres://user:password@host:5432/tandem';

/** The database beside the stand-ins: null means the embedded one. */
export function sandboxDatabaseUrl(environment: Environment): string | null {
  const databaseUrl = environment.DATABASE_URL?.trim() || null;
  if (databaseUrl !== null && !isPostgresUrl(databaseUrl)) {
    throw new ConfigurationError([
      {
        variable: 'DATABASE_URL',
        message: `is not a postgres:// address. Use one ${DATABASE_EXAMPLE}, or leave it out.`,
      },
    ]);
  }
  return databaseUrl;
}

/** The configuration for real CRMs; throws `ConfigurationError` with everything that is missing or wrong. */
export function realConfiguration(environment: Environment): RealConfiguration {
  const problems: ConfigurationProblem[] = [];
  const value = (variable: string): string | null => environment[variable]?.trim() || null;
  const required = (variable: string, fix: string): string => {
    const found = value(variable);
    if (found === null) problems.push({ variable, message: `is not set. ${fix}` });
    return found ?? '';
  };

  // Inside a HubSpot function the static token of the app has this name.
  const accessToken =
    value('HUBSPOT_ACCESS_TOKEN') ??
    value('PRIVATE_APP_ACCESS_TOKEN') ??
    required(
      'HUBSPOT_ACCESS_TOKEN',
      'Copy the access token from your HubSpot app: Development > your project > the app > Auth.',
    );
  const baseUrl = value('HUBSPOT_API_URL') ?? HUBSPOT_API;
  if (!isHttpUrl(baseUrl))
    problems.push({
      variable: 'HUBSPOT_API_URL',
      message: `“${baseUrl}” is not an http(s) address. Leave it out to use ${HUBSPOT_API}.`,
    });

  const loginUrl = required(
    'SALESFORCE_LOGIN_URL',
    'Use the My Domain address of your org, such as https://example.my.salesforce.com.',
  );
  if (loginUrl && !isHttpUrl(loginUrl)) {
    problems.push({
      variable: 'SALESFORCE_LOGIN_URL',
      message: `“${loginUrl}” is not an http(s) address. Use the My Domain address of your org, such as https://example.my.salesforce.com.`,
    });
  }
  const clientId = required(
    'SALESFORCE_CLIENT_ID',
    'Copy the consumer key of your External Client App in Salesforce Setup.',
  );
  const salesforce = salesforceCredentials(value, problems, clientId, loginUrl);

  const pubSubEndpoint = value('SALESFORCE_PUBSUB_ENDPOINT');
  if (pubSubEndpoint !== null && !/^[\w.-]+:\d{1,5}$/.test(pubSubEndpoint)) {
    problems.push({
      variable: 'SALESFORCE_PUBSUB_ENDPOINT',
      message: `“${pubSubEndpoint}” is not a host and port, such as api.deu.pubsub.salesforce.com:7443. Leave it out to use the global one.`,
    });
  }

  const databaseUrl = required(
    'DATABASE_URL',
    `Use the address of a Postgres database, ${DATABASE_EXAMPLE}.`,
  );
  if (databaseUrl && !isPostgresUrl(databaseUrl)) {
    problems.push({
      variable: 'DATABASE_URL',
      message: `is not a postgres:// address. Use one ${DATABASE_EXAMPLE}.`,
    });
  }
  if (problems.length > 0 || salesforce === null) throw new ConfigurationError(problems);
  return {
    hubspot: { accessToken, baseUrl },
    salesforce,
    databaseUrl,
    ...(pubSubEndpoint === null ? {} : { pubSubEndpoint }),
  };
}

function salesforceCredentials(
  value: (variable: string) => string | null,
  problems: ConfigurationProblem[],
  clientId: string,
  loginUrl: string,
): SalesforceCredentials | null {
  const clientSecret = value('SALESFORCE_CLIENT_SECRET');
  const privateKey = value('SALESFORCE_PRIVATE_KEY');
  const username = value('SALESFORCE_USERNAME');
  const refreshToken = value('SALESFORCE_REFRESH_TOKEN');
  if (refreshToken) return { flow: 'refreshToken', clientId, clientSecret, refreshToken, loginUrl };
  if (privateKey && username) {
    // Environment variables often carry line breaks as \n.
    return {
      flow: 'jwt',
      clientId,
      privateKey: privateKey.replaceAll('\\n', '\n'),
      username,
      loginUrl,
    };
  }
  if (privateKey || username) {
    const variable = privateKey ? 'SALESFORCE_USERNAME' : 'SALESFORCE_PRIVATE_KEY';
    problems.push({
      variable,
      message:
        'is not set. The JWT flow needs both SALESFORCE_PRIVATE_KEY and SALESFORCE_USERNAME.',
    });
    return null;
  }
  if (clientSecret) return { flow: 'clientCredentials', clientId, clientSecret, loginUrl };
  problems.push({
    variable: 'SALESFORCE_CLIENT_SECRET',
    message:
      'is not set. Set it for the client-credentials flow, or SALESFORCE_PRIVATE_KEY and SALESFORCE_USERNAME for JWT, or SALESFORCE_REFRESH_TOKEN.',
  });
  return null;
}
