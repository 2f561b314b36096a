import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ApiServices } from '../../src/api/services.ts';
import type { RecordKey } from '../../src/engine/records.ts';
import { forwardSignature } from '../../src/api/forward-signature.ts';
import { createService } from '../../src/service/app.ts';
import { isSignedByHubSpot, signatureOf } from '../../src/service/hubspot-signature.ts';
import { Signature } from '@hubspot/api-client';

const SECRET = 'client-secret';
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** The calls under test fail before they reach the services. */
const NO_SERVICES = {} as ApiServices;

async function start(
  options: { clientSecret?: string | null; serviceSecret?: string | null } = {},
) {
  const awoken: RecordKey[] = [];
  const fates: string[] = [];
  const app = createService({
    services: NO_SERVICES,
    awaken: (keys) => Promise.resolve(void awoken.push(...keys)),
    onWebhook: (fate) => Promise.resolve(void fates.push(fate)),
    clientSecret: SECRET,
    serviceSecret: 'service-secret',
    publicUrl: null,
    preview: null,
    ...options,
  });
  const server = createServer(app);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, awoken, fates };
}

const EVENTS = [
  {
    eventId: 1,
    objectId: 51,
    subscriptionType: 'contact.propertyChange',
    propertyName: 'email',
    occurredAt: 1,
  },
  { eventId: 2, objectId: 52, subscriptionType: 'contact.creation', occurredAt: 1 },
];

function webhook(
  url: string,
  changes: { body?: string; timestamp?: number; secret?: string } = {},
) {
  const uri = `${url}/webhooks/hubspot`;
  const body = changes.body ?? JSON.stringify(EVENTS);
  const timestamp = String(changes.timestamp ?? Date.now());
  const signature = signatureOf({ method: 'POST', uri, body, timestamp }, changes.secret ?? SECRET);
  return fetch(uri, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-hubspot-signature-v3': signature,
      'x-hubspot-request-timestamp': timestamp,
    },
  });
}

describe('HubSpot’s webhooks (hubspot-api §3)', () => {
  it('are noted, whether they were taken or turned away', async () => {
    const { url, fates } = await start();
    await webhook(url);
    await webhook(url, { secret: 'wrong' });
    expect(fates).toEqual(['accepted', 'refused']);
  });

  it('wake up the records they name', async () => {
    const { url, awoken } = await start();
    expect((await webhook(url)).status).toBe(204);
    expect(awoken).toEqual([
      { side: 'hubspot', id: '51' },
      { side: 'hubspot', id: '52' },
    ]);
  });
  it.each([
    ['another secret', { secret: 'wrong' }],
    ['a stale timestamp', { timestamp: Date.now() - 6 * 60_000 }],
    ['a timestamp of the future', { timestamp: Date.now() + 6 * 60_000 }],
  ])('are refused with %s', async (_, changes) => {
    const { url, awoken } = await start();
    expect((await webhook(url, changes)).status).toBe(401);
    expect(awoken).toEqual([]);
  });
  it('are refused when no secret is configured', async () => {
    const { url } = await start({ clientSecret: null });
    expect((await webhook(url)).status).toBe(401);
  });
  it('that are no list of events are refused', async () => {
    const { url } = await start();
    expect((await webhook(url, { body: '{"objectId":1}' })).status).toBe(400);
  });
  it('have the signature api-client expects', () => {
    const request = {
      method: 'POST',
      uri: 'https://tandem.example/webhooks/hubspot',
      body: '[{"a":"ü"}]',
      timestamp: String(Date.now()),
    };
    const signature = signatureOf(request, SECRET);
    expect(
      Signature.isValid({
        signatureVersion: 'v3',
        signature,
        method: request.method,
        clientSecret: SECRET,
        requestBody: request.body,
        url: request.uri,
        timestamp: Number(request.timestamp),
      }),
    ).toBe(true);
    expect(isSignedByHubSpot({ ...request, signature }, SECRET, Date.now())).toBe(true);
    expect(
      isSignedByHubSpot({ ...request, body: `${request.body} `, signature }, SECRET, Date.now()),
    ).toBe(false);
  });
});

describe('forwarded calls', () => {
  const forward = (
    url: string,
    call: string,
    changes: { secret?: string; timestamp?: string; signedCall?: string } = {},
  ) => {
    const body = JSON.stringify({ contactId: 'x' });
    const timestamp = changes.timestamp ?? String(Date.now());
    return fetch(`${url}/api/${call}`, {
      method: 'POST',
      body,
      headers: {
        'x-tandem-timestamp': timestamp,
        'x-tandem-signature': forwardSignature(
          changes.secret ?? 'service-secret',
          timestamp,
          changes.signedCall ?? call,
          body,
        ),
      },
    });
  };
  it('are served when they are signed', async () => {
    const { url } = await start();
    const answer = await forward(url, 'get-record');
    expect(await answer.json()).toMatchObject({ ok: false, error: { code: 'INVALID_PARAMETERS' } });
  });
  it.each([
    ['another secret', { secret: 'wrong' }],
    ['a signature for another call', { signedCall: 'sync-now' }],
    ['an old timestamp', { timestamp: String(Date.now() - 120_000) }],
  ])('are refused with %s', async (_, changes) => {
    const { url } = await start();
    expect((await forward(url, 'get-record', changes)).status).toBe(401);
  });
  it('to a call that doesn’t exist are refused', async () => {
    const { url } = await start();
    expect((await forward(url, 'delete-everything')).status).toBe(404);
  });
});
