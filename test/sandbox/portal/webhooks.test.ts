// Webhooks: which events, how signed, how batched (hubspot-api §3).
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Signature } from '@hubspot/api-client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../src/sandbox/clock.ts';
import { SANDBOX_APP_ID, type WebhookRequest } from '../../../src/sandbox/portal/stand-in.ts';
import { startSandbox, type Sandbox } from './fixture.ts';

const CLIENT_SECRET = 'not-so-secret';
const TARGET = 'https://tandem.example.com/webhooks/hubspot';

let sandbox: Sandbox;
afterEach(() => sandbox.close());

interface Event {
  readonly subscriptionType: string;
  readonly [name: string]: unknown;
}
const eventsOf = (request: WebhookRequest | undefined): Event[] =>
  JSON.parse(request?.body ?? '[]') as Event[];

async function listening(properties: readonly string[] = ['email']): Promise<WebhookRequest[]> {
  const received: WebhookRequest[] = [];
  sandbox = await startSandbox({
    clock: systemClock,
    webhooks: {
      targetUrl: TARGET,
      clientSecret: CLIENT_SECRET,
      properties,
      deliver: (request) => {
        received.push(request);
        return Promise.resolve();
      },
    },
  });
  return received;
}

describe('An event (hubspot-api §3)', () => {
  it('tells of creation, subscribed changes and deletion, and who made them', async () => {
    const received = await listening();
    const { id } = await sandbox.client.crm.contacts.basicApi.create({
      properties: { email: 'ada@example.com', firstname: 'Ada' },
      associations: [],
    });
    await sandbox.standIn.flushWebhooks();
    const events = eventsOf(received[0]);
    expect(events).toHaveLength(2);
    expect(events.find(({ subscriptionType }) => subscriptionType === 'contact.creation')).toEqual({
      eventId: expect.any(Number) as number,
      subscriptionId: expect.any(Number) as number,
      portalId: Number(sandbox.standIn.portalId),
      appId: Number(SANDBOX_APP_ID),
      occurredAt: expect.any(Number) as number,
      subscriptionType: 'contact.creation',
      attemptNumber: 0,
      objectId: Number(id),
      changeFlag: 'CREATED',
      changeSource: 'INTEGRATION',
      sourceId: SANDBOX_APP_ID,
    });
    expect(
      events.find(({ subscriptionType }) => subscriptionType === 'contact.propertyChange'),
    ).toMatchObject({ propertyName: 'email', propertyValue: 'ada@example.com' });

    sandbox.portal.update(id, { email: 'augusta@example.com', lastname: 'Byron' });
    await sandbox.standIn.flushWebhooks();
    expect(eventsOf(received[1])).toMatchObject([
      { propertyName: 'email', propertyValue: 'augusta@example.com', changeSource: 'CRM_UI' },
    ]);
    sandbox.portal.archive(id);
    await sandbox.standIn.flushWebhooks();
    expect(eventsOf(received[2])).toMatchObject([{ subscriptionType: 'contact.deletion' }]);
  });

  it('comes with at most 99 others', async () => {
    const received = await listening([]);
    for (let n = 0; n < 250; n += 1) sandbox.portal.create({ email: `p${n}@example.com` });
    await sandbox.standIn.flushWebhooks();
    expect(received.map((request) => eventsOf(request).length)).toEqual([100, 100, 50]);
  });

  it('is not told of seeded contacts', async () => {
    const received = await listening();
    sandbox.portal.seed([{ properties: { email: 'ada@example.com' } }]);
    await sandbox.standIn.flushWebhooks();
    expect(received).toEqual([]);
  });
});

describe('A delivery', () => {
  it("bears a signature that HubSpot's client accepts", async () => {
    const received = await listening();
    sandbox.portal.create({ email: 'ada@example.com' });
    await sandbox.standIn.flushWebhooks();
    const [request] = received;
    if (!request) throw new Error('nothing was delivered');
    const signed = {
      signatureVersion: 'v3',
      signature: request.headers['x-hubspot-signature-v3'] ?? '',
      method: request.method,
      clientSecret: CLIENT_SECRET,
      requestBody: request.body,
      url: TARGET,
      timestamp: Number(request.headers['x-hubspot-request-timestamp']),
    };
    expect(Signature.isValid(signed)).toBe(true);
    expect(Signature.isValid({ ...signed, requestBody: `${request.body} ` })).toBe(false);
  });

  it('leaves by itself over HTTP', async () => {
    const bodies: string[] = [];
    const receiver = createServer((incoming, outgoing) => {
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => bodies.push(chunk));
      incoming.on('end', () => outgoing.end());
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const { port } = receiver.address() as AddressInfo;
    sandbox = await startSandbox({
      webhooks: {
        targetUrl: `http://127.0.0.1:${port}/hook`,
        clientSecret: CLIENT_SECRET,
        properties: [],
      },
    });
    sandbox.portal.create({ email: 'ada@example.com' });
    await vi.waitFor(() => {
      expect(bodies.join('')).toContain('contact.creation');
    });
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
  });
});
