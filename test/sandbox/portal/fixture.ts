// One stand-in portal behind a real port, with HubSpot's own client talking to it through v3 paths and
// through dated ones (hubspot-api §1.4), and a plain fetch for statuses and headers.
import { Client } from '@hubspot/api-client';
import type {
  RequestContext,
  ResponseContext,
} from '@hubspot/api-client/lib/codegen/crm/contacts/index.js';
import { seededRandom, VirtualClock } from '../../../src/sandbox/clock.ts';
import { serveStandIn } from '../../../src/sandbox/http.ts';
import {
  createHubSpotStandIn,
  HUBSPOT_SANDBOX_TOKEN,
  type HubSpotStandIn,
  type HubSpotStandInOptions,
} from '../../../src/sandbox/portal/stand-in.ts';

export const NOW = '2026-11-23T10:00:00.000Z';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body read as JSON, `{}` when there is none. */
  readonly json: Body;
}

export interface Body {
  readonly status?: string;
  readonly message?: string;
  readonly category?: string;
  readonly results?: readonly Body[];
  readonly errors?: readonly Body[];
  readonly properties?: Readonly<Record<string, string | null>>;
  readonly [name: string]: unknown;
}

export interface Sandbox {
  readonly clock: VirtualClock;
  readonly standIn: HubSpotStandIn;
  readonly portal: HubSpotStandIn['portal'];
  readonly url: string;
  readonly client: Client;
  /** The same client on 2026-09 paths. */
  readonly dated: Client;
  call(method: string, path: string, body?: unknown, token?: string | null): Promise<RawAnswer>;
  close(): Promise<void>;
}

export function datedPath(path: string): string {
  return path
    .replace(/^\/crm\/v3\/objects\//, '/crm/objects/2026-09/')
    .replace(/^\/crm\/v3\/(lists|properties|owners)/, '/crm/$1/2026-09');
}

export async function startSandbox(options: Partial<HubSpotStandInOptions> = {}): Promise<Sandbox> {
  const clock = new VirtualClock(Date.parse(NOW));
  const standIn = createHubSpotStandIn({
    clock,
    random: seededRandom(7),
    rateLimits: 'off',
    ...options,
  });
  const running = await serveStandIn(standIn);
  const basePath = running.url;
  const account = { accessToken: HUBSPOT_SANDBOX_TOKEN, basePath };
  return {
    clock,
    standIn,
    portal: standIn.portal,
    url: basePath,
    client: new Client(account),
    dated: new Client({
      ...account,
      middleware: [
        {
          pre: (context: RequestContext) => {
            const url = new URL(context.getUrl());
            url.pathname = datedPath(url.pathname);
            context.setUrl(url.toString());
            return Promise.resolve(context);
          },
          post: (response: ResponseContext) => Promise.resolve(response),
        },
      ],
    }),
    call: async (method, path, body, token = HUBSPOT_SANDBOX_TOKEN) => {
      const response = await fetch(`${basePath}${path}`, {
        method,
        headers: {
          'content-type': 'application/json',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json') ?? false;
      const json = isJson && text !== '' ? (JSON.parse(text) as Body) : {};
      return { status: response.status, headers: response.headers, text, json };
    },
    close: async () => {
      await running.close();
      standIn.close();
    },
  };
}

/** What the client throws for a refused call. */
export async function refusalOf(
  promise: PromiseLike<unknown>,
): Promise<{ readonly code: number; readonly body: Body }> {
  const outcome: unknown = await Promise.resolve(promise).then(
    () => null,
    (error: unknown) => error,
  );
  if (
    typeof outcome !== 'object' ||
    outcome === null ||
    !('code' in outcome) ||
    !('body' in outcome)
  )
    throw new Error(`expected a refusal, got ${String(outcome)}`);
  return { code: Number(outcome.code), body: outcome.body as Body };
}

/** The list of invalid values inside a refusal's message (hubspot-api §2.6). */
export function invalidValuesOf(body: Body): readonly Record<string, unknown>[] {
  const text = (body.message ?? '').replace('Property values were not valid: ', '');
  return JSON.parse(text) as Record<string, unknown>[];
}
