// Why a start failed, in words that name the variable to look at and what to do.
import { ConfigurationError } from '../api/environment.ts';
import { CallFailed, Unauthorized, type Crm } from '../engine/failures.ts';

export interface Explained {
  readonly text: string;
  /** 1: something failed. 2: the configuration is wrong. */
  readonly code: 1 | 2;
}

const CREDENTIALS: Readonly<Record<Crm, string>> = {
  HubSpot:
    'HUBSPOT_ACCESS_TOKEN was refused by HubSpot. Copy the token again from your HubSpot app, and check that the app has all scopes of app/app-hsmeta.json.',
  Salesforce:
    'The SALESFORCE_* credentials were refused by Salesforce. Check SALESFORCE_CLIENT_ID and the secret, key or token beside it, that SALESFORCE_LOGIN_URL is your My Domain address, and that the app has a run-as user with API access.',
};

const ADDRESSES: Readonly<Record<Crm, string>> = {
  HubSpot: 'HubSpot could not be reached. Check the network, and HUBSPOT_API_URL if you set it.',
  Salesforce: 'Salesforce could not be reached. Check the network and SALESFORCE_LOGIN_URL.',
};

/** What drivers say when a database cannot be used: sockets' codes and Postgres' own (28P01: password, 3D000: no such database). */
const DATABASE_CODES = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  '28P01',
  '28000',
  '3D000',
]);

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

export function explained(error: unknown): Explained {
  if (error instanceof ConfigurationError) {
    const lines = error.problems.map(({ variable, message }) => `  ${variable} ${message}`);
    return {
      code: 2,
      text: `The configuration is not complete:\n${lines.join('\n')}\n\nLeave all of these out to try Tandem with stand-in CRMs and sample people.`,
    };
  }
  if (error instanceof Unauthorized)
    return { code: 2, text: `${CREDENTIALS[error.crm]}\n  ${error.crm} said: ${error.message}` };
  if (error instanceof CallFailed)
    return { code: 1, text: `${ADDRESSES[error.crm]}\n  ${error.message}` };
  const code = codeOf(error);
  if (typeof code === 'string' && DATABASE_CODES.has(code)) {
    const said = error instanceof Error && error.message ? error.message : code;
    return {
      code: 2,
      text: `DATABASE_URL names a database that cannot be used. Check host, port, user, password and database name.\n  The database said: ${said}`,
    };
  }
  return { code: 1, text: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
