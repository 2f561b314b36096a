// Which contacts a delivery of HubSpot's webhooks wakes (hubspot-api §3). The bodies are those of real captures,
// shortened to what differs.
import { describe, expect, it } from 'vitest';
import { contactsNamedIn } from '../../src/service/webhook-events.ts';

/** What every event has beside what it is about. */
const COMMON = {
  eventId: 1431776902,
  subscriptionId: 3329277,
  portalId: 49547190,
  appId: 9393361,
  occurredAt: 1742214467116,
  attemptNumber: 0,
  changeSource: 'CRM',
};

const namedIn = (...events: readonly object[]): readonly string[] | null =>
  contactsNamedIn(events.map((event) => ({ ...COMMON, ...event })))?.map(({ id }) => id) ?? null;

const MERGE = {
  subscriptionType: 'contact.merge',
  objectId: 100,
  primaryObjectId: 100,
  mergedObjectIds: [200, 300],
  newObjectId: 100,
  numberOfPropertiesMoved: 14,
  objectTypeId: '0-1',
};

describe('An event', () => {
  it.each([
    ['of a creation', { subscriptionType: 'contact.creation', changeFlag: 'CREATED' }],
    ['of a deletion', { subscriptionType: 'contact.deletion', changeFlag: 'DELETED' }],
    ['of an erasure for privacy', { subscriptionType: 'contact.privacyDeletion' }],
    ['of a restoration', { subscriptionType: 'contact.restore', changeFlag: 'RESTORED' }],
    [
      'of a changed property',
      { subscriptionType: 'contact.propertyChange', propertyName: 'email', propertyValue: 'a@b.c' },
    ],
    ['of the newer form', { subscriptionType: 'object.creation', objectTypeId: '0-1' }],
  ])('%s names its contact', (_, event) => {
    expect(namedIn({ ...event, objectId: 106651134132 })).toEqual(['106651134132']);
  });

  it('of a write of this very app names nobody; of another app’s it does', () => {
    const created = {
      subscriptionType: 'contact.creation',
      objectId: 7,
      changeSource: 'INTEGRATION',
    };
    expect(namedIn({ ...created, sourceId: '9393361' })).toEqual([]);
    expect(namedIn({ ...created, sourceId: '9393362' })).toEqual(['7']);
    expect(namedIn({ ...created, sourceId: '9393361', changeSource: 'CRM' })).toEqual(['7']);
  });

  it('is about HubSpot’s side', () => {
    expect(contactsNamedIn([{ ...MERGE, mergedObjectIds: [] }])).toEqual([
      { side: 'hubspot', id: '100' },
    ]);
  });

  it('of a merge names the survivor and everybody who became part of it', () => {
    expect(namedIn(MERGE)?.toSorted()).toEqual(['100', '200', '300']);
  });

  it('of a merge under a new id names the primary’s old one too', () => {
    expect(namedIn({ ...MERGE, objectId: 400, newObjectId: 400 })?.toSorted()).toEqual([
      '100',
      '200',
      '300',
      '400',
    ]);
  });

  it('of an association names the contact, not the company', () => {
    const event = {
      subscriptionType: 'contact.associationChange',
      associationType: 'CONTACT_TO_COMPANY',
      fromObjectId: 51,
      toObjectId: 900,
    };
    expect(namedIn(event)).toEqual(['51']);
  });

  it.each([
    ['another object', { subscriptionType: 'company.propertyChange', objectId: 900 }],
    [
      'another object, in the newer form',
      { subscriptionType: 'object.creation', objectTypeId: '0-2', objectId: 900 },
    ],
    ['an object it doesn’t name', { subscriptionType: 'object.creation', objectId: 900 }],
    ['a contact without an id', { subscriptionType: 'contact.creation' }],
    ['a contact with an id that is none', { subscriptionType: 'contact.creation', objectId: 'x' }],
    ['nothing', {}],
  ])('of %s names nobody', (_, event) => {
    expect(namedIn(event)).toEqual([]);
  });
});

describe('A delivery', () => {
  const creation = { subscriptionType: 'contact.creation', objectId: 51 };

  it('names each contact once, however often it is told of', () => {
    expect(namedIn(creation, creation, { ...creation, objectId: 52 })).toEqual(['51', '52']);
  });

  it('is not spoilt by an event that isn’t understood', () => {
    expect(namedIn({ subscriptionType: 'conversation.creation' }, creation)).toEqual(['51']);
    expect(contactsNamedIn([null, 7, 'x', creation])).toEqual([{ side: 'hubspot', id: '51' }]);
  });

  it('may be empty', () => {
    expect(namedIn()).toEqual([]);
  });

  it.each([[{ objectId: 1 }], [null], ['[]'], [Array.from({ length: 1001 }, () => creation)]])(
    'that is no list, or longer than HubSpot sends, is refused',
    (delivery) => {
      expect(contactsNamedIn(delivery)).toBeNull();
    },
  );
});
