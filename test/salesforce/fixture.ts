// One Salesforce stand-in behind a real port with the adapter on it, signed in and with its calls counted
// from zero. Waiting takes no time: `waits` says what would have been waited.
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { SalesforceCredentials } from '../../src/salesforce/credentials.ts';
import type { ConnectionOptions } from '../../src/salesforce/connection.ts';
import { createSalesforce } from '../../src/salesforce/jsforce.ts';
import type {
  FieldsByObject,
  SalesforceFields,
  SalesforcePort,
  SalesforceWrite,
} from '../../src/salesforce/port.ts';
import { seededRandom, VirtualClock } from '../../src/sandbox/clock.ts';
import type { Fault } from '../../src/sandbox/faults.ts';
import { serveStandIn, type SandboxRequest } from '../../src/sandbox/http.ts';
import {
  createSalesforceStandIn,
  SANDBOX_CLIENT,
  SANDBOX_REFRESH_TOKEN,
  SANDBOX_USERNAME,
  type SalesforceStandIn,
  type SalesforceStandInOptions,
} from '../../src/sandbox/salesforce/stand-in.ts';

export const FIELDS: FieldsByObject = {
  Lead: ['LastName', 'Email', 'Company'],
  Contact: ['LastName', 'Email'],
};

export interface Org {
  readonly salesforce: SalesforcePort;
  readonly standIn: SalesforceStandIn;
  readonly org: SalesforceStandIn['org'];
  readonly clock: VirtualClock;
  readonly waits: number[];
}

export interface AdapterOptions extends Partial<ConnectionOptions> {
  readonly bulkWriteRows?: number;
  /** Whether waiting moves the stand-in's clock. */
  readonly timePasses?: boolean;
}

/** The stand-in checks a JWT against its clock, so it starts at the real time. */
export async function startOrg(
  options: Partial<SalesforceStandInOptions> = {},
  credentialsFor: (loginUrl: string) => SalesforceCredentials = clientCredentials,
  timeoutMs = 10_000,
  { bulkWriteRows, timePasses = false, ...adapterOptions }: AdapterOptions = {},
): Promise<Org> {
  const clock = new VirtualClock(Math.floor(Date.now() / 1000) * 1000);
  const standIn = createSalesforceStandIn({
    clock,
    random: seededRandom(7),
    dailyApiLimit: 1_000_000,
    ...options,
  });
  const running = await serveStandIn(standIn);
  onTestFinished(() => running.close());
  const waits: number[] = [];
  const salesforce = createSalesforce(credentialsFor(running.url), {
    timeoutMs,
    random: () => 0.5,
    ...(bulkWriteRows === undefined ? {} : { bulkWriteRows }),
    sleep: (milliseconds) => {
      waits.push(milliseconds);
      if (timePasses) clock.advance(milliseconds);
      return Promise.resolve();
    },
    ...adapterOptions,
  });
  return { salesforce, standIn, org: standIn.org, clock, waits };
}

/** Short time-outs only where no answer is what is tested: a busy machine is not a silent one. */
export const timeoutFor = ({ kind }: Pick<Fault, 'kind'>): number =>
  kind.startsWith('timeout') ? 500 : 10_000;

/** Signs in and describes both objects, as every sync does first, so that only the test's own calls are counted. */
export async function startSignedIn(
  options: Partial<SalesforceStandInOptions> = {},
  timeoutMs?: number,
  adapter?: AdapterOptions,
): Promise<Org> {
  const started = await startOrg(options, clientCredentials, timeoutMs, adapter);
  await started.salesforce.schema.describe('Lead');
  await started.salesforce.schema.describe('Contact');
  started.standIn.calls.reset();
  started.standIn.apiUsage.reset();
  return started;
}

export const clientCredentials = (loginUrl: string): SalesforceCredentials => ({
  flow: 'clientCredentials',
  ...SANDBOX_CLIENT,
  loginUrl,
});

export const refreshToken = (loginUrl: string): SalesforceCredentials => ({
  flow: 'refreshToken',
  ...SANDBOX_CLIENT,
  refreshToken: SANDBOX_REFRESH_TOKEN,
  loginUrl,
});

const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

export const JWT_CLIENT = { ...SANDBOX_CLIENT, publicKey: keys.publicKey };

export const jwt = (loginUrl: string): SalesforceCredentials => ({
  flow: 'jwt',
  clientId: SANDBOX_CLIENT.clientId,
  privateKey: keys.privateKey,
  username: SANDBOX_USERNAME,
  loginUrl,
});

/** The adapter on a server that answers each call to the data API as the function says. */
export async function startCanned(
  answer: (path: string, response: ServerResponse) => void,
  options: Partial<ConnectionOptions> = {},
): Promise<{ salesforce: SalesforcePort; paths: string[]; waits: number[] }> {
  const paths: string[] = [];
  const waits: number[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    paths.push(path);
    if (path.startsWith('/services/oauth2/token')) {
      const url = `http://${request.headers.host ?? ''}`;
      const id = `${url}/id/00D5g000000TandEAC/0055g00000AAAAAAA4`;
      json(response, 200, { access_token: 'token', instance_url: url, id });
      return;
    }
    answer(path, response);
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
  const salesforce = createSalesforce(clientCredentials(`http://127.0.0.1:${port}`), {
    timeoutMs: 500,
    random: () => 0.5,
    sleep: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
    ...options,
  });
  return { salesforce, paths, waits };
}

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** Leads `lead0@example.com`, …; returns their ids in order. */
export function seedLeads(
  org: SalesforceStandIn['org'],
  count: number,
  more: (index: number) => Record<string, string | number | boolean | null> = () => ({}),
): string[] {
  return org.seed(
    Array.from({ length: count }, (_, index) => ({
      object: 'Lead',
      fields: {
        LastName: `Lead ${index}`,
        Company: 'Acme',
        Email: `lead${index}@example.com`,
        ...more(index),
      },
    })),
  );
}

export function seedContacts(org: SalesforceStandIn['org'], count: number): string[] {
  return org.seed(
    Array.from({ length: count }, (_, index) => ({
      object: 'Contact',
      fields: { LastName: `Contact ${index}`, Email: `contact${index}@example.com` },
    })),
  );
}

export const update = (id: string, fields: SalesforceFields): SalesforceWrite => ({
  kind: 'update',
  object: id.startsWith('003') ? 'Contact' : 'Lead',
  id,
  fields,
});

export const create = (
  hubspotId: string,
  fields: SalesforceFields = {},
  assign = false,
): SalesforceWrite => ({
  kind: 'create',
  object: 'Lead',
  hubspotId,
  assign,
  fields: { LastName: `From HubSpot ${hubspotId}`, Company: 'Acme', ...fields },
});

export const remove = (id: string): SalesforceWrite => ({
  kind: 'delete',
  object: id.startsWith('003') ? 'Contact' : 'Lead',
  id,
});

/** Lets a test answer some calls itself. */
export function intercept(
  { standIn }: Org,
  answer: (request: SandboxRequest) => ReturnType<typeof standIn.handle> | null,
): void {
  const handle = standIn.handle.bind(standIn);
  Object.assign(standIn, {
    handle: (request: SandboxRequest) => answer(request) ?? handle(request),
  });
}

export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('expected the call to fail');
    },
    (error: unknown) => error,
  );
}
