// One HubSpot stand-in behind a real port with the adapter on it, and canned servers for answers the
// stand-in doesn't give. Waiting takes no time: `waits` says what would have been waited.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { createHubSpot, type HubSpotOptions } from '../../src/hubspot/api-client.ts';
import type { HubSpotPort } from '../../src/hubspot/port.ts';
import { seededRandom, VirtualClock } from '../../src/sandbox/clock.ts';
import type { Fault } from '../../src/sandbox/faults.ts';
import { serveStandIn } from '../../src/sandbox/http.ts';
import {
  createHubSpotStandIn,
  SANDBOX_TOKEN,
  type HubSpotStandIn,
  type HubSpotStandInOptions,
} from '../../src/sandbox/hubspot/stand-in.ts';

export const NOW = Date.parse('2026-11-23T10:00:00.000Z');

/** A clock that only waiting moves. */
export class WaitingClock extends VirtualClock {
  readonly waits: number[] = [];
  readonly sleep = (milliseconds: number): Promise<void> => {
    this.waits.push(milliseconds);
    this.advance(milliseconds);
    return Promise.resolve();
  };
}

/** Short time-outs only where no answer is what is tested: a busy machine is not a silent one. */
export const patienceFor = ({ kind }: Pick<Fault, 'kind'>): Partial<HubSpotOptions> =>
  kind.startsWith('timeout') ? { timeoutMs: 500 } : {};

export interface Portal {
  readonly hubspot: HubSpotPort;
  readonly standIn: HubSpotStandIn;
  readonly clock: WaitingClock;
}

const adapterOn = (
  baseUrl: string,
  clock: WaitingClock,
  options: Partial<HubSpotOptions>,
): HubSpotPort =>
  createHubSpot({
    accessToken: SANDBOX_TOKEN,
    baseUrl,
    timeoutMs: 10_000,
    sleep: clock.sleep,
    now: () => clock.now(),
    random: () => 0.5,
    ...options,
  });

export async function startPortal(
  standInOptions: Partial<HubSpotStandInOptions> = {},
  options: Partial<HubSpotOptions> = {},
): Promise<Portal> {
  const clock = new WaitingClock(NOW);
  const standIn = createHubSpotStandIn({
    clock,
    random: seededRandom(11),
    indexLagMs: 0,
    ...standInOptions,
  });
  const running = await serveStandIn(standIn);
  onTestFinished(() => running.close());
  return { hubspot: adapterOn(running.url, clock, options), standIn, clock };
}

export interface CannedAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface CannedCall {
  readonly method: string;
  readonly path: string;
  readonly body: { readonly inputs?: readonly Record<string, unknown>[] } & Record<string, unknown>;
}

/** The adapter on a server that answers every call as the function says; `calls` are what it got. */
export async function startCanned(
  answer: (call: CannedCall, count: number) => CannedAnswer,
  options: Partial<HubSpotOptions> = {},
): Promise<{ hubspot: HubSpotPort; calls: CannedCall[]; clock: WaitingClock }> {
  const calls: CannedCall[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const call = {
        method: request.method ?? '',
        path: request.url ?? '',
        body: (text === '' ? {} : JSON.parse(text)) as CannedCall['body'],
      };
      calls.push(call);
      const { status, body, headers = {} } = answer(call, calls.length);
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  );
  const { port } = server.address() as AddressInfo;
  const clock = new WaitingClock(NOW);
  return { hubspot: adapterOn(`http://127.0.0.1:${port}`, clock, options), calls, clock };
}

/** `count` people with e-mails `person0@example.com`, … */
export function people(
  count: number,
  more: (index: number) => Record<string, string> = () => ({}),
): { properties: Record<string, string> }[] {
  return Array.from({ length: count }, (_, index) => ({
    properties: {
      email: `person${index}@example.com`,
      lastname: `Person ${index}`,
      ...more(index),
    },
  }));
}

/** What a promise is rejected with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('expected the call to fail');
    },
    (error: unknown) => error,
  );
}
