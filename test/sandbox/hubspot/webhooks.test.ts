// Webhooks: which events, in which batches, signed how (hubspot-api §3, §7.12).
import { createServer, type IncomingMessage } from 'node:http';
import { Signature } from '@hubspot/api-client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { seededRandom, systemClock } from '../../../src/sandbox/clock.ts';
import {
  createHubSpotStandIn,
  HUBSPOT_ITSELF,
  SANDBOX_APP_ID,
  type Disturbance,
  type HubSpotStandIn,
  type WebhookDelivery,
  type WebhookSettings,
} from '../../../src/sandbox/hubspot/stand-in.ts';
import { aPortal, servePortal, START } from './support.ts';

const SECRET = 'a-client-secret';
const TARGET = 'https://tandem.example.com/webhooks/hubspot';

const SUBSCRIPTIONS: WebhookSettings['subscriptions'] = [
  { subscriptionType: 'contact.creation' },
  { subscriptionType: 'contact.deletion' },
  { subscriptionType: 'contact.propertyChange', propertyName: 'email' },
  { subscriptionType: 'contact.propertyChange', propertyName: 'city' },
  { subscriptionType: 'contact.propertyChange', propertyName: 'company', active: false },
];

interface Event {
  eventId: number;
  subscriptionType: string;
  objectId: number;
  propertyName?: string;
  propertyValue?: string;
  changeSource: string;
  sourceId: string;
}

function listen(
  hubspot: HubSpotStandIn,
  status = 200,
  subscriptions = SUBSCRIPTIONS,
): { deliveries: WebhookDelivery[]; events: () => Event[] } {
  const deliveries: WebhookDelivery[] = [];
  hubspot.webhooks.connect({
    targetUrl: TARGET,
    clientSecret: SECRET,
    subscriptions,
    deliver: (delivery) => {
      deliveries.push(delivery);
      return Promise.resolve(status);
    },
  });
  return {
    deliveries,
    events: () => deliveries.flatMap(({ body }) => JSON.parse(body) as Event[]),
  };
}

describe('Events', () => {
  it('tell of creations and of each subscribed property, with who made the change', async () => {
    const { hubspot, client } = await servePortal();
    const { events } = listen(hubspot);
    const { id } = await client.crm.contacts.basicApi.create({
      properties: { email: 'ada@example.com', lastname: 'King' },
      associations: [],
    });
    await hubspot.webhooks.flush();
    expect(events()).toMatchObject([
      {
        subscriptionType: 'contact.creation',
        changeFlag: 'CREATED',
        portalId: 49547190,
        appId: Number(SANDBOX_APP_ID),
        objectId: Number(id),
        occurredAt: START,
        attemptNumber: 0,
        changeSource: 'INTEGRATION',
        sourceId: SANDBOX_APP_ID,
      },
      {
        subscriptionType: 'contact.propertyChange',
        propertyName: 'email',
        propertyValue: 'ada@example.com',
      },
    ]);
  });

  it('tell of changes by people and by HubSpot itself as theirs', async () => {
    const { hubspot } = aPortal();
    const { id } = hubspot.portal.create({ email: 'ada@example.com' });
    const { events } = listen(hubspot);
    hubspot.portal.update(id, { city: 'Oslo', company: 'Fjord' });
    hubspot.portal.update(id, { city: '' }, HUBSPOT_ITSELF);
    hubspot.portal.archive(id);
    await hubspot.webhooks.flush();
    expect(
      events().map((event) => [event.subscriptionType, event.propertyValue, event.changeSource]),
    ).toEqual([
      ['contact.propertyChange', 'Oslo', 'CRM_UI'],
      ['contact.propertyChange', '', 'ANALYTICS'],
      ['contact.deletion', undefined, 'CRM_UI'],
    ]);
  });

  it('say nothing of unsubscribed properties, unchanged values and seeded contacts', async () => {
    const { hubspot } = aPortal();
    const { events } = listen(hubspot);
    const [row] = hubspot.portal.seed([{ properties: { email: 'ada@example.com', city: 'Oslo' } }]);
    hubspot.portal.update(row?.id ?? '', { city: 'Oslo', lastname: 'King' });
    hubspot.portal.touch(row?.id ?? '');
    await hubspot.webhooks.flush();
    expect(events()).toEqual([]);
  });
});

describe('Events of a contact’s end', () => {
  const all: WebhookSettings['subscriptions'] = [
    { subscriptionType: 'contact.creation' },
    { subscriptionType: 'contact.deletion' },
    { subscriptionType: 'contact.privacyDeletion' },
    { subscriptionType: 'contact.restore' },
    { subscriptionType: 'contact.merge' },
  ];

  it('tell of a merge with the new id and how much came from the other', async () => {
    const { hubspot } = aPortal();
    const ada = hubspot.portal.create({ email: 'ada@example.com', city: 'Oslo' });
    const bob = hubspot.portal.create({ city: 'Rome', phone: '+1', company: 'Fjord' });
    const { events } = listen(hubspot, 200, all);
    const survivor = hubspot.portal.merge(ada.id, bob.id);
    await hubspot.webhooks.flush();
    expect(events()).toMatchObject([
      {
        subscriptionType: 'contact.merge',
        objectId: Number(survivor.id),
        primaryObjectId: Number(ada.id),
        mergedObjectIds: [Number(bob.id)],
        newObjectId: Number(survivor.id),
        numberOfPropertiesMoved: 2,
      },
    ]);
  });

  it('tell of deletion, restoration, and of erasing twice: as HubSpot documents', async () => {
    const { hubspot } = aPortal();
    const { id } = hubspot.portal.create({ email: 'ada@example.com' });
    const { events } = listen(hubspot, 200, all);
    hubspot.portal.archive(id);
    hubspot.portal.restore(id);
    hubspot.portal.gdprDelete(id);
    await hubspot.webhooks.flush();
    expect(events().map(({ subscriptionType, objectId }) => [subscriptionType, objectId])).toEqual(
      ['contact.deletion', 'contact.restore', 'contact.deletion', 'contact.privacyDeletion'].map(
        (type) => [type, Number(id)],
      ),
    );
  });
});

describe('Disturbed deliveries', () => {
  const CREATIONS: WebhookSettings['subscriptions'] = [{ subscriptionType: 'contact.creation' }];

  function disturbed(
    disturbance: Omit<Disturbance, 'random'>,
    count: number,
  ): ReturnType<typeof aPortal> & { events: () => Event[]; ids: number[] } {
    const portal = aPortal();
    const { events } = listen(portal.hubspot, 200, CREATIONS);
    portal.hubspot.webhooks.disturb({ ...disturbance, random: seededRandom(5) });
    const ids = Array.from({ length: count }, () => Number(portal.hubspot.portal.create({}).id));
    return { ...portal, events, ids };
  }

  const told = (events: readonly Event[]): number[] => events.map(({ objectId }) => objectId);

  it('lose their share', async () => {
    const { hubspot, events } = disturbed({ drop: 0.3 }, 1_000);
    await hubspot.webhooks.flush();
    expect(hubspot.webhooks.lost).toBeGreaterThan(200);
    expect(hubspot.webhooks.lost).toBeLessThan(400);
    expect(events()).toHaveLength(1_000 - hubspot.webhooks.lost);
  });

  it('arrive twice, with the same event id', async () => {
    const { hubspot, events } = disturbed({ duplicate: 1 }, 3);
    await hubspot.webhooks.flush();
    expect(events()).toHaveLength(6);
    expect(new Set(events().map(({ eventId }) => eventId)).size).toBe(3);
  });

  it('leave late, each at its own time, and a change of mind sends them at once', async () => {
    const { hubspot, clock, events, ids } = disturbed({ delayMs: 10_000 }, 50);
    clock.advance(5_000);
    await hubspot.webhooks.flush();
    const early = events().length;
    expect(early).toBeGreaterThan(10);
    expect(early).toBeLessThan(40);
    expect(hubspot.webhooks.pending).toBe(50 - early);
    hubspot.webhooks.disturb(null);
    await hubspot.webhooks.flush();
    expect(told(events()).sort()).toEqual(ids.sort());
  });

  it('are shuffled', async () => {
    const { hubspot, events, ids } = disturbed({ shuffle: true }, 20);
    await hubspot.webhooks.flush();
    expect(told(events())).not.toEqual(ids);
    expect(told(events()).sort()).toEqual(ids.sort());
  });

  it('leave by themselves when they are late on the real clock', async () => {
    const hubspot = createHubSpotStandIn({ clock: systemClock, random: seededRandom(1) });
    const { events } = listen(hubspot, 200, CREATIONS);
    hubspot.webhooks.disturb({ delayMs: 200, random: () => 0.9 });
    hubspot.portal.create({});
    await hubspot.webhooks.flush();
    expect(events()).toEqual([]);
    await vi.waitFor(() => {
      expect(events()).toHaveLength(1);
    });
  });
});

describe('Deliveries', () => {
  it('hold up to 100 events', async () => {
    const { hubspot } = aPortal();
    const { deliveries } = listen(hubspot);
    for (let number = 0; number < 125; number += 1)
      hubspot.portal.create({ email: `n${number}@example.com` });
    expect(hubspot.webhooks.pending).toBe(250);
    await hubspot.webhooks.flush();
    expect(deliveries.map(({ body }) => (JSON.parse(body) as Event[]).length)).toEqual([
      100, 100, 50,
    ]);
    expect(hubspot.webhooks).toMatchObject({ pending: 0, delivered: 250, lost: 0 });
  });

  it('are lost when refused: repeats are not built', async () => {
    const { hubspot } = aPortal();
    listen(hubspot, 503);
    hubspot.portal.create({ email: 'ada@example.com' });
    await hubspot.webhooks.flush();
    expect(hubspot.webhooks).toMatchObject({ pending: 0, delivered: 0, lost: 2 });
  });

  it('stop when disconnected', async () => {
    const { hubspot } = aPortal();
    const { events } = listen(hubspot);
    hubspot.portal.create({ email: 'ada@example.com' });
    hubspot.webhooks.connect(null);
    hubspot.portal.create({ email: 'bob@example.com' });
    await hubspot.webhooks.flush();
    expect(events()).toEqual([]);
  });
});

describe('Over HTTP on the real clock', () => {
  let close: (() => void) | undefined;
  afterEach(() => {
    close?.();
  });

  it('leave by themselves with a v3 signature that HubSpot’s own client accepts', async () => {
    const received: { headers: IncomingMessage['headers']; body: string }[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        received.push({ headers: request.headers, body });
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    close = () => server.close();
    const address = server.address();
    const targetUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/webhooks`;
    const hubspot = createHubSpotStandIn({
      clock: systemClock,
      random: seededRandom(1),
      webhooks: { targetUrl, clientSecret: SECRET, subscriptions: SUBSCRIPTIONS },
    });
    hubspot.portal.create({ email: 'ada@example.com' });
    await vi.waitFor(() => {
      expect(received).toHaveLength(1);
    });
    const [{ headers, body } = { headers: {}, body: '' }] = received;
    const signature = {
      signatureVersion: 'v3',
      method: 'POST',
      url: targetUrl,
      clientSecret: SECRET,
      signature: String(headers['x-hubspot-signature-v3']),
      timestamp: Number(headers['x-hubspot-request-timestamp']),
    };
    expect(Signature.isValid({ ...signature, requestBody: body })).toBe(true);
    expect(Signature.isValid({ ...signature, requestBody: body.replace('ada', 'eve') })).toBe(
      false,
    );
  });
});
