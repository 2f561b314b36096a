// How the bare loop calls: fetch, JSON in and out, nothing else. No retries, no outcomes, no models.
import { API_VERSION as HUBSPOT_VERSION } from '../../src/hubspot/transport.ts';
import { API_VERSION as SALESFORCE_VERSION } from '../../src/salesforce/connection.ts';
import { SANDBOX_TOKEN } from '../../src/sandbox/hubspot/stand-in.ts';
import { SANDBOX_CLIENT } from '../../src/sandbox/salesforce/stand-in.ts';
import { z } from 'zod';

export interface Subrequest {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

export interface Callers {
  hubspot(method: string, path: string, body?: unknown): Promise<unknown>;
  salesforce(subrequest: Subrequest): Promise<unknown>;
  /** Several in one call. */
  composite(subrequests: readonly Subrequest[]): Promise<unknown>;
}

const tokenSchema = z.object({ access_token: z.string() });

async function call(
  url: string,
  method: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.status >= 300) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return JSON.parse(text);
}

export async function callersOf(hubspotUrl: string, salesforceUrl: string): Promise<Callers> {
  const signedIn = await fetch(`${salesforceUrl}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: SANDBOX_CLIENT.clientId,
      client_secret: SANDBOX_CLIENT.clientSecret,
    }),
  });
  const { access_token: token } = tokenSchema.parse(await signedIn.json());
  const atHubSpot = { authorization: `Bearer ${SANDBOX_TOKEN}` };
  const atSalesforce = { authorization: `Bearer ${token}` };
  const data = `/services/data/v${SALESFORCE_VERSION}`;
  return {
    hubspot: (method, path, body) =>
      call(`${hubspotUrl}/crm/objects/${HUBSPOT_VERSION}/contacts${path}`, method, atHubSpot, body),
    salesforce: ({ method, path, body }) =>
      call(`${salesforceUrl}${data}${path}`, method, atSalesforce, body),
    composite: (subrequests) =>
      call(`${salesforceUrl}${data}/composite`, 'POST', atSalesforce, {
        allOrNone: false,
        compositeRequest: subrequests.map(({ method, path, body }, index) => ({
          method,
          url: `${data}${path}`,
          referenceId: `part${index}`,
          ...(body === undefined ? {} : { body }),
        })),
      }),
  };
}

/** Works through everything, so many at a time. */
export async function atOnce<Thing>(
  most: number,
  things: readonly Thing[],
  work: (thing: Thing) => Promise<unknown>,
): Promise<void> {
  const waiting = things.values();
  const worker = async (): Promise<void> => {
    for (const thing of waiting) await work(thing);
  };
  await Promise.all(Array.from({ length: Math.min(most, things.length) }, worker));
}

export function inPortions<Thing>(things: readonly Thing[], size: number): Thing[][] {
  return Array.from({ length: Math.ceil(things.length / size) }, (_, place) =>
    things.slice(place * size, (place + 1) * size),
  );
}
