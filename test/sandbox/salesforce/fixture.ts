// One stand-in org behind a real port, with a jsforce connection signed in to it and a plain fetch for
// what jsforce hides.
import { Connection } from 'jsforce';
import { seededRandom, VirtualClock } from '../../../src/sandbox/clock.ts';
import { serveStandIn } from '../../../src/sandbox/http.ts';
import {
  createSalesforceStandIn,
  SANDBOX_CLIENT,
  type SalesforceStandIn,
  type SalesforceStandInOptions,
} from '../../../src/sandbox/salesforce/stand-in.ts';

export const NOW = '2026-11-23T10:00:00Z';
export const STAMP = '2026-11-23T10:00:00.000+0000';
export const VERSION = '60.0';
export const BASE = `/services/data/v${VERSION}`;

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

export interface Sandbox {
  readonly clock: VirtualClock;
  readonly standIn: SalesforceStandIn;
  readonly org: SalesforceStandIn['org'];
  readonly url: string;
  readonly connection: Connection;
  /** A call behind `/services/data/v60.0` with the connection's token; a text body goes as it is. */
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<RawAnswer>;
  close(): Promise<void>;
}

export async function startSandbox(
  options: Partial<SalesforceStandInOptions> = {},
): Promise<Sandbox> {
  const clock = new VirtualClock(Date.parse(NOW));
  const standIn = createSalesforceStandIn({ clock, random: seededRandom(7), ...options });
  const running = await serveStandIn(standIn);
  const connection = new Connection({
    version: VERSION,
    oauth2: { loginUrl: running.url, ...SANDBOX_CLIENT },
  });
  await connection.authorize({ grant_type: 'client_credentials' });
  standIn.calls.reset();
  return {
    clock,
    standIn,
    org: standIn.org,
    url: running.url,
    connection,
    call: async (method, path, body, headers = {}) => {
      const response = await fetch(`${running.url}${BASE}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${connection.accessToken ?? ''}`,
          'content-type': 'application/json',
          ...headers,
        },
        ...(body === undefined
          ? {}
          : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
      return {
        status: response.status,
        headers: response.headers,
        text,
        json: isJson && text !== '' ? (JSON.parse(text) as unknown) : undefined,
      };
    },
    close: () => running.close(),
  };
}

/** The error a promise is rejected with, as jsforce throws it. */
export async function refusalOf(
  promise: PromiseLike<unknown>,
): Promise<{ errorCode: string; message: string }> {
  const outcome = await Promise.resolve(promise).then(
    () => null,
    (error: unknown) => error,
  );
  if (!(outcome instanceof Error)) throw new Error('expected the call to be refused');
  return { errorCode: outcome.name, message: outcome.message };
}

export const path = (soql: string): string => `/query?q=${encodeURIComponent(soql)}`;
