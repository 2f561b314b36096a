// Who is who (native-connector §6 and §13 row 12): the admin's owner map first, then the same e-mail address;
// queues only by the map, and nobody inactive is made an owner.
import { describe, expect, it } from 'vitest';
import { conversionFor } from '../../src/engine/conversion.ts';
import type { SalesforceField } from '../../src/engine/fields.ts';
import { ownerMap, type OwnerMap, type OwnerPair } from '../../src/engine/owners.ts';
import { explain } from '../../src/engine/reasons.ts';
import { field, property } from './fixtures.ts';

const user = (digit: number): string => `00500000000000${digit}AAA`;
const QUEUE = '00G000000000001EAA';

const MAYA = { owner: '101', user: user(1) };
const JONAS = { owner: '102', user: user(2) };
/** Only in HubSpot. */
const ELENA = { owner: '103' };
/** Only in Salesforce. */
const SAM = { user: user(4) };
/** Has left Salesforce. */
const TOM = { owner: '105', user: user(5) };
/** Has left HubSpot. */
const LIZ = { owner: '106', user: user(6) };

const people = (map: readonly OwnerPair[] = []): OwnerMap =>
  ownerMap({
    owners: [
      { id: MAYA.owner, email: 'maya@example.com', name: 'Maya', archived: false },
      { id: JONAS.owner, email: ' JONAS@example.com ', name: 'Jonas', archived: false },
      { id: ELENA.owner, email: 'elena@example.com', name: 'Elena', archived: false },
      { id: TOM.owner, email: 'tom@example.com', name: 'Tom', archived: false },
      { id: LIZ.owner, email: 'liz@example.com', name: 'Liz', archived: true },
      { id: '107', email: null, name: 'Nobody', archived: false },
    ],
    users: [
      { id: MAYA.user, email: 'Maya@Example.com', name: 'Maya M.', isActive: true },
      { id: JONAS.user, email: 'jonas@example.com', name: 'Jonas J.', isActive: true },
      { id: SAM.user, email: 'sam@example.com', name: 'Sam S.', isActive: true },
      { id: TOM.user, email: 'tom@example.com', name: 'Tom T.', isActive: false },
      { id: LIZ.user, email: 'liz@example.com', name: 'Liz L.', isActive: true },
      { id: user(8), email: null, name: 'No address', isActive: true },
    ],
    queues: [{ id: QUEUE, name: 'Web leads' }],
    map,
  });

const ownerProperty = property('hubspot_owner_id', {
  type: 'enumeration',
  fieldType: 'select',
  referencedObjectType: 'OWNER',
});
/** Leads may belong to queues, contacts not. */
const OF_LEADS = field('OwnerId', 'reference', { referenceTo: ['User', 'Group'] });
const OF_CONTACTS = field('OwnerId', 'reference', { referenceTo: ['User'] });

const conversion = (map: readonly OwnerPair[], owned: SalesforceField = OF_LEADS) =>
  conversionFor({
    property: ownerProperty,
    field: owned,
    valueMap: [],
    valueMapIsDefault: true,
    special: 'owner',
    owners: people(map),
    timeZone: 'UTC',
  });

/** What Salesforce gets for a HubSpot owner: an id, or the sentence that says why none. */
function inSalesforce(
  owner: string,
  map: readonly OwnerPair[],
  owned?: SalesforceField,
): string | null {
  const between = conversion(map, owned);
  const meant = between.fromHubSpot(owner);
  if (!meant.ok) return explain(meant.reason).sentence;
  if (meant.value === null) return null;
  const sent = between.toSalesforce(meant.value);
  return sent.ok ? String(sent.value) : explain(sent.reason).sentence;
}

function inHubSpot(id: string, map: readonly OwnerPair[]): string | null {
  const between = conversion(map);
  const meant = between.fromSalesforce(id);
  if (meant === null) return null;
  const sent = between.toHubSpot(meant);
  return sent.ok ? sent.value : explain(sent.reason).sentence;
}

const NO_USER = 'The HubSpot owner has no active Salesforce user with the same e-mail address.';
const inactive = (name: string): string =>
  `The Salesforce user ${name} is not active, and cannot own records any more.`;
const noOwner = (name: string): string =>
  `The Salesforce owner ${name} has no HubSpot owner with the same e-mail address.`;
const isQueue = 'The Salesforce owner is the queue Web leads, which stands for no HubSpot owner.';

const map = (...pairs: [string, string][]): OwnerPair[] =>
  pairs.map(([hubspotOwnerId, salesforceId]) => ({ hubspotOwnerId, salesforceId }));

describe('HubSpot’s owner in Salesforce', () => {
  it.each([
    ['the user with the same e-mail address', MAYA.owner, [], MAYA.user],
    ['in whatever letters and blanks it is written', JONAS.owner, [], JONAS.user],
    ['nobody, for somebody only HubSpot knows', ELENA.owner, [], NO_USER],
    ['nobody, for an owner without an e-mail address', '107', [], NO_USER],
    ['nobody, for an owner HubSpot has forgotten', '999', [], NO_USER],
    ['never somebody inactive', TOM.owner, [], inactive('Tom T.')],
    [
      'whom the map says, before the e-mail address',
      MAYA.owner,
      map([MAYA.owner, SAM.user]),
      SAM.user,
    ],
    [
      'the same, in an id of 15 characters',
      ELENA.owner,
      map([ELENA.owner, SAM.user.slice(0, 15)]),
      SAM.user,
    ],
    [
      'the first of two pairs of the map',
      ELENA.owner,
      map([ELENA.owner, SAM.user], [ELENA.owner, MAYA.user]),
      SAM.user,
    ],
    [
      'never somebody inactive, whatever the map says',
      ELENA.owner,
      map([ELENA.owner, TOM.user]),
      inactive('Tom T.'),
    ],
    ['a queue, by the map', ELENA.owner, map([ELENA.owner, QUEUE]), QUEUE],
    ['nobody, for no owner', '', [], null],
  ])('is %s', (_, owner, pairs, expected) => {
    expect(inSalesforce(owner, pairs)).toBe(expected);
  });
  it('is never a queue for a Salesforce contact', () => {
    expect(inSalesforce(ELENA.owner, map([ELENA.owner, QUEUE]), OF_CONTACTS)).toBe(isQueue);
  });
});

describe('Salesforce’s owner in HubSpot', () => {
  it.each([
    ['the owner with the same e-mail address', MAYA.user, [], MAYA.owner],
    ['also for a user who left', TOM.user, [], TOM.owner],
    ['nobody, for somebody only Salesforce knows', SAM.user, [], noOwner('Sam S.')],
    ['nobody who left HubSpot', LIZ.user, [], noOwner('Liz L.')],
    ['nobody, for a user without an e-mail address', user(8), [], noOwner('No address')],
    ['nobody, for a user Salesforce hides', user(9), [], noOwner(user(9))],
    ['whom the map says', SAM.user, map([ELENA.owner, SAM.user]), ELENA.owner],
    ['nobody, for a queue', QUEUE, [], isQueue],
    ['whom the map says a queue stands for', QUEUE, map([ELENA.owner, QUEUE]), ELENA.owner],
  ])('is %s', (_, id, pairs, expected) => {
    expect(inHubSpot(id, pairs)).toBe(expected);
  });
});

describe('Two people with one e-mail address', () => {
  const two = (isActive: boolean) =>
    ownerMap({
      owners: [{ id: '1', email: 'a@x.co', name: 'A', archived: false }],
      users: [
        { id: user(2), email: 'a@x.co', name: 'Second', isActive: true },
        { id: user(1), email: 'a@x.co', name: 'First', isActive },
      ],
    });
  it('the active one stands for both; of two active ones the lower id', () => {
    expect(two(false).salesforceUser('1')).toBe(user(2));
    expect(two(true).salesforceUser('1')).toBe(user(1));
  });
  it('compare equal, so that nothing is written when one takes over from the other', () => {
    for (const id of [user(1), user(2)]) expect(two(true).samePerson(id)).toBe(user(1));
  });
  it('and one owner by the map and another by e-mail address compare equal, too', () => {
    const mapped = people(map([MAYA.owner, SAM.user]));
    expect(mapped.samePerson(MAYA.user)).toBe(SAM.user);
    expect(mapped.samePerson(SAM.user)).toBe(SAM.user);
  });
});
