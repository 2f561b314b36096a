// HubSpot's webhooks end to end: the stand-in signs and posts its events to the real service, which wakes the
// contacts they name. HubSpot's search finds nothing of these changes yet, so whatever happens, happens because
// of the webhook (hubspot-api §3).
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createService } from '../../src/service/app.ts';
import {
  aPerson,
  inSalesforce,
  linkOf,
  linkOfRecord,
  properties,
  standing,
} from './support/people.ts';
import { createWorld, type World } from './support/world.ts';
import { readJson } from '../project/support/project.ts';
import { z } from 'zod';

const SECRET = 'a-client-secret';
const AN_HOUR_MS = 60 * 60_000;

let world: World;
let server: Server;
let lost = 0;

/** What the HubSpot project under app/ subscribes to. */
const subscribed = z
  .object({
    config: z.object({
      subscriptions: z.object({
        legacyCrmObjects: z.array(
          z.object({
            subscriptionType: z.enum([
              'contact.creation',
              'contact.deletion',
              'contact.merge',
              'contact.restore',
              'contact.propertyChange',
            ]),
            propertyName: z.string().optional(),
          }),
        ),
        hubEvents: z.array(z.object({ subscriptionType: z.literal('contact.privacyDeletion') })),
      }),
    }),
  })
  .transform(({ config: { subscriptions } }) => [
    ...subscriptions.legacyCrmObjects.map(({ subscriptionType, propertyName }) => ({
      subscriptionType,
      ...(propertyName === undefined ? {} : { propertyName }),
    })),
    ...subscriptions.hubEvents,
  ]);

beforeAll(async () => {
  world = await createWorld({ indexLagMs: AN_HOUR_MS });
  const service = createService({
    services: world.services,
    awaken: (keys) => world.notice(keys),
    clientSecret: SECRET,
    serviceSecret: null,
    publicUrl: null,
    preview: null,
  });
  server = createServer(service);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  world.hubspot.webhooks.connect({
    targetUrl: `http://127.0.0.1:${port}/webhooks/hubspot`,
    clientSecret: SECRET,
    subscriptions: subscribed.parse(readJson('app/webhooks/webhooks-hsmeta.json')),
    delayMs: null,
  });
});
afterAll(async () => {
  server.close();
  await world.close();
});

/** Everything that HubSpot has to tell is told, and dealt with. */
async function told(): Promise<void> {
  expect(world.hubspot.webhooks.pending).toBeGreaterThan(0);
  await world.hubspot.webhooks.flush();
  expect(world.hubspot.webhooks.lost).toBe(lost);
  await world.settle();
}

/** A paired person of whom HubSpot has told everything so far. */
async function aKnownPerson() {
  const person = await aPerson(world);
  await told();
  return person;
}

describe('A contact that is', () => {
  it('created becomes a lead', async () => {
    const { id } = world.hubspot.portal.create({ email: 'told@example.com', lastname: 'Told' });
    await world.settle();
    expect(inSalesforce(world, 'told@example.com')).toEqual([]);
    await told();
    expect(inSalesforce(world, 'told@example.com')).toMatchObject([{ Tandem_HubSpot_Id__c: id }]);
  });

  it('edited sends the new value', async () => {
    const person = await aKnownPerson();
    world.hubspot.portal.update(person.contactId, { phone: '+47 1' });
    await world.settle();
    const phone = () => world.salesforce.org.get('Lead', person.salesforceId)?.Phone;
    expect(phone()).toBeFalsy();
    await told();
    expect(phone()).toBe('+47 1');
  });

  it('deleted is noticed, and goes on where it was when it is restored', async () => {
    const person = await aKnownPerson();
    world.hubspot.portal.archive(person.contactId);
    await told();
    expect(await standing(world, person.contactId)).toEqual({
      state: 'skipped',
      code: 'HUBSPOT_CONTACT_DELETED',
      salesforceId: person.salesforceId,
    });
    world.hubspot.portal.restore(person.contactId);
    await told();
    expect(await standing(world, person.contactId)).toMatchObject({
      state: 'inSync',
      salesforceId: person.salesforceId,
    });
  });

  it('restored gets what changed in Salesforce meanwhile', async () => {
    const person = await aKnownPerson();
    world.hubspot.portal.archive(person.contactId);
    await told();
    world.salesforce.org.update('Lead', person.salesforceId, { Title: 'Chief' });
    await world.settle();
    world.hubspot.portal.restore(person.contactId);
    await told();
    expect(properties(world, person.contactId).jobtitle).toBe('Chief');
  });

  it('erased for privacy keeps its pair, and nobody is made in its place', async () => {
    const person = await aKnownPerson();
    world.hubspot.portal.gdprDelete(person.contactId);
    await told();
    expect(await standing(world, person.contactId)).toEqual({
      state: 'skipped',
      code: 'HUBSPOT_CONTACT_DELETED',
      salesforceId: person.salesforceId,
    });
    world.salesforce.org.update('Lead', person.salesforceId, { Title: 'Chief' });
    await world.settle();
    expect(world.hubspot.portal.byEmail(person.email)).toBeUndefined();
    expect(inSalesforce(world, person.email)).toHaveLength(1);
  });
});

describe('Contacts that are merged', () => {
  it.each(['newId', 'primaryId'] as const)(
    'are both woken: one record stays, the other is told that it is a duplicate (%s)',
    async (survivorHas) => {
      const [primary, other] = [await aKnownPerson(), await aKnownPerson()];
      const survivor = world.hubspot.portal.merge(primary.contactId, other.contactId, survivorHas);
      await told();
      expect(await linkOf(world, survivor.id)).toMatchObject({
        salesforceId: primary.salesforceId,
        state: 'inSync',
      });
      expect(await linkOfRecord(world, other.salesforceId)).toMatchObject({
        state: 'problem',
        reason: { code: 'DUPLICATE_IN_SALESFORCE' },
      });
      world.hubspot.portal.update(survivor.id, { phone: '+47 2' });
      await told();
      expect(world.salesforce.org.get('Lead', primary.salesforceId)?.Phone).toBe('+47 2');
      expect(world.salesforce.org.get('Lead', other.salesforceId)?.Phone).not.toBe('+47 2');
    },
  );
});

describe('Deliveries', () => {
  it('that are late, doubled and shuffled make no difference', async () => {
    const person = await aKnownPerson();
    const { webhooks, portal } = world.hubspot;
    let seed = 0;
    webhooks.disturb({ duplicate: 1, shuffle: true, random: () => (seed = (seed + 0.37) % 1) });
    portal.update(person.contactId, { phone: '1', city: 'Oslo' });
    portal.update(person.contactId, { phone: '2' });
    portal.update(person.contactId, { phone: '3', city: '' });
    await told();
    webhooks.disturb(null);
    expect(world.salesforce.org.get('Lead', person.salesforceId)).toMatchObject({ Phone: '3' });
    expect(properties(world, person.contactId)).toMatchObject({ phone: '3' });
  });

  it('with a signature of another secret wake nobody', async () => {
    const { webhooks, portal } = world.hubspot;
    const person = await aKnownPerson();
    const { port } = server.address() as AddressInfo;
    webhooks.connect({
      targetUrl: `http://127.0.0.1:${port}/webhooks/hubspot`,
      clientSecret: 'guessed',
      subscriptions: [{ subscriptionType: 'contact.propertyChange', propertyName: 'phone' }],
      delayMs: null,
    });
    portal.update(person.contactId, { phone: '666' });
    lost += 1;
    await told();
    expect(world.salesforce.org.get('Lead', person.salesforceId)?.Phone).not.toBe('666');
  });
});
