// A portal behind a real port with HubSpot's own client on it, on v3 paths as it writes them and on dated
// ones through the path-rewriting middleware (hubspot-api §1.4).
import { Client } from '@hubspot/api-client';
import { afterEach } from 'vitest';
import { seededRandom, VirtualClock } from '../../../src/sandbox/clock.ts';
import { serveStandIn } from '../../../src/sandbox/http.ts';
import {
  createHubSpotStandIn,
  SANDBOX_TOKEN,
  type HubSpotStandIn,
  type HubSpotStandInOptions,
} from '../../../src/sandbox/hubspot/stand-in.ts';

export const START = Date.parse('2026-11-02T08:00:00.000Z');

export interface ServedPortal {
  readonly hubspot: HubSpotStandIn;
  readonly clock: VirtualClock;
  readonly url: string;
  /** HubSpot's client on v3 paths. */
  readonly client: Client;
  /** The same on 2026-09 paths. */
  readonly dated: Client;
  /** A call past the client, for what it hides. */
  readonly call: (
    method: string,
    path: string,
    body?: unknown,
    token?: string,
  ) => Promise<RawAnswer>;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; an empty object when it is no JSON object. */
  readonly body: Readonly<Record<string, unknown>>;
}

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((close) => close()));
});

function datedPath(path: string): string {
  return path
    .replace(/^\/crm\/v3\/objects\//, '/crm/objects/2026-09/')
    .replace(/^\/crm\/v3\/(lists|properties|owners)/, '/crm/$1/2026-09')
    .replace(/^\/crm\/v4\/associations\//, '/crm/associations/2026-09/');
}

/** What the middleware uses of the client's request; its own types say `unknown`. */
interface Addressed {
  getUrl(): string;
  setUrl(url: string): void;
}

const toDatedPaths = {
  pre: (context: unknown) => {
    const request = context as Addressed;
    const url = new URL(request.getUrl());
    url.pathname = datedPath(url.pathname);
    request.setUrl(url.toString());
    return Promise.resolve(request);
  },
  post: (response: unknown) => Promise.resolve(response),
};

export function aPortal(options: Partial<HubSpotStandInOptions> = {}): {
  hubspot: HubSpotStandIn;
  clock: VirtualClock;
} {
  const clock = new VirtualClock(START);
  const hubspot = createHubSpotStandIn({
    clock,
    random: seededRandom(7),
    rateLimits: 'off',
    ...options,
  });
  return { hubspot, clock };
}

export async function servePortal(
  options: Partial<HubSpotStandInOptions> = {},
): Promise<ServedPortal> {
  const { hubspot, clock } = aPortal(options);
  const server = await serveStandIn(hubspot);
  cleanups.push(() => server.close());
  const { url } = server;
  const connection = { accessToken: SANDBOX_TOKEN, basePath: url, numberOfApiCallRetries: 0 };
  return {
    hubspot,
    clock,
    url,
    client: new Client(connection),
    dated: new Client({ ...connection, middleware: [toDatedPaths] }),
    call: async (method, path, body, token = SANDBOX_TOKEN) => {
      const response = await fetch(url + path, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, body: parsed(text) };
    },
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** The client's exception for a refused call: its status and HubSpot's body. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ code: number; body: Readonly<Record<string, unknown>> }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'body' in error) {
      const { code, body } = error;
      if (typeof code === 'number' && typeof body === 'object') return { code, body: { ...body } };
    }
    throw error;
  }
  throw new Error('the call was not refused');
}
