// A stand-in is a function from request to response; this file puts one behind a real HTTP port on
// loopback. Faults wrap the function, so an in-process simulation meets the same ones as a socket.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Calls } from './calls.ts';
import type { FaultPlan } from './faults.ts';

export interface SandboxRequest {
  readonly method: string;
  /** Path without the query, as sent (percent-encoding kept). */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface SandboxResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One stand-in CRM: what it answers, and how its own error bodies look. */
export interface StandIn {
  handle(request: SandboxRequest): SandboxResponse | Promise<SandboxResponse>;
  /** The body and headers this CRM really sends with a status it fails a whole call with (429, 500, 502, 503, …). */
  failure(status: number, request: SandboxRequest): SandboxResponse;
  /** Names the endpoint a request goes to, for counting: `POST /crm/objects/contacts/batch/read`. */
  endpoint(request: SandboxRequest): string;
  readonly calls: Calls;
  readonly faults: FaultPlan;
  /** Refuses calls with 429 while `most` others are under way; nobody counts them where it is missing. */
  readonly together?: { readonly most: number; underWay: number } | undefined;
}

export interface RunningStandIn {
  readonly url: string;
  close(): Promise<void>;
}

/** What came of a request once faults had their say: an answer, or a connection that breaks or never answers. */
export type Exchange = SandboxResponse | 'reset' | 'silence';

/** Runs one request through faults and the stand-in, counting it. The order decides what a fault leaves committed. */
export async function exchange(standIn: StandIn, request: SandboxRequest): Promise<Exchange> {
  const endpoint = standIn.endpoint(request);
  standIn.calls.count(endpoint);
  const { together } = standIn;
  if (!together) return answered(standIn, request, endpoint);
  if (together.underWay >= together.most) return standIn.failure(429, request);
  together.underWay += 1;
  try {
    return await answered(standIn, request, endpoint);
  } finally {
    together.underWay -= 1;
  }
}

async function answered(
  standIn: StandIn,
  request: SandboxRequest,
  endpoint: string,
): Promise<Exchange> {
  const fault = standIn.faults.next(endpoint);
  switch (fault?.kind) {
    case 'status':
      return standIn.failure(fault.status, request);
    case 'reset':
      return 'reset';
    case 'timeout':
      return 'silence';
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
      return standIn.handle(request);
    case 'resetAfterCommit':
      await standIn.handle(request);
      return 'reset';
    case 'timeoutAfterCommit':
      await standIn.handle(request);
      return 'silence';
    case undefined:
      return standIn.handle(request);
  }
}

async function toRequest(incoming: IncomingMessage): Promise<SandboxRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = new URL(incoming.url ?? '/', 'http://stand-in');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

export interface ServingOptions {
  /** 0 takes a free one. */
  readonly port?: number;
  /** Milliseconds that every call is on the way. */
  readonly latencyMs?: number;
}

/** Serves a stand-in on 127.0.0.1. */
export async function serveStandIn(
  standIn: StandIn,
  { port = 0, latencyMs = 0 }: ServingOptions = {},
): Promise<RunningStandIn> {
  const respond = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    const outcome = await exchange(standIn, await toRequest(incoming));
    if (outcome === 'silence') return;
    if (outcome === 'reset') {
      incoming.socket.resetAndDestroy();
      return;
    }
    outgoing.writeHead(outcome.status, outcome.headers);
    outgoing.end(outcome.body);
  };
  // Longer addresses and headers than Node's default reach the stand-in, which refuses them as the CRM does.
  const server = createServer({ maxHeaderSize: 65_536 }, (incoming, outgoing) => {
    respond(incoming, outgoing).catch((error: unknown) => {
      outgoing.writeHead(500, { 'content-type': 'text/plain' });
      outgoing.end(`stand-in failed: ${String(error)}`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

export function json(
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): SandboxResponse {
  return {
    status,
    headers: { 'content-type': 'application/json;charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}
