// What the tests of who may sync share: lists with given members, a pair's city on both sides, where a contact
// stands in words, what was written on each side, and time that passes for everybody at once.
import { vi } from 'vitest';
import { explain } from '../../../src/engine/reasons.ts';
import { aPerson, linkOf, properties, type Person } from './people.ts';
import type { World } from './world.ts';

/** City is two-way in these tests, so that an edit on either side has somewhere to go. */
const CITY_TWO_WAY = { mappings: { defaultRules: { city: 'twoWay' } } };

export const configureInclusion = (
  world: World,
  inclusion: object,
  rest: object = {},
): Promise<unknown> => world.configure({ ...CITY_TWO_WAY, inclusion, ...rest });

let sequence = 0;

/** A list whose members are set by hand, and its name. */
export function aList(
  world: World,
  members: readonly string[] = [],
): { readonly id: string; readonly name: string } {
  const name = `List ${(sequence += 1)}`;
  const id = world.hubspot.portal.createList({ name, processingType: 'MANUAL', members });
  return { id, name };
}

/** Somebody both CRMs have, paired while everybody synced, who lives in Berlin. */
export async function aPairedPerson(world: World): Promise<Person> {
  await configureInclusion(world, {});
  return aPerson(world, { City: 'Berlin' });
}

export const moveInHubSpot = (world: World, { contactId }: Person, city: string): unknown =>
  world.hubspot.portal.update(contactId, { city });

export const moveInSalesforce = (world: World, { salesforceId }: Person, City: string): unknown =>
  world.salesforce.org.update('Lead', salesforceId, { City });

export const citiesOf = (
  world: World,
  { contactId, salesforceId }: Person,
): { readonly hubspot: unknown; readonly salesforce: unknown } => ({
  hubspot: properties(world, contactId).city,
  salesforce: world.salesforce.org.get('Lead', salesforceId)?.City,
});

/** State, reason code and the reason as a rep reads it. */
export async function standingOf(
  world: World,
  contactId: string,
): Promise<{ readonly state?: string; readonly code?: string; readonly sentence?: string }> {
  const link = await linkOf(world, contactId);
  if (!link) return {};
  const { state, reason } = link;
  return reason ? { state, code: reason.code, sentence: explain(reason).sentence } : { state };
}

/** The ids that tie a pair together, as both CRMs and Tandem remember them. */
export async function idsOf(world: World, { contactId, salesforceId }: Person) {
  const link = await linkOf(world, contactId);
  return {
    link: [link?.hubspotId, link?.salesforceId],
    inHubSpot: properties(world, contactId).tandem_lead_id,
    inSalesforce: world.salesforce.org.get('Lead', salesforceId)?.Tandem_HubSpot_Id__c,
  };
}

const HUBSPOT_WRITE = /contacts\/batch\/(update|create|archive)|unsubscribe-all/;
// A POST to the collection of one object reads by ids; the others write.
const SALESFORCE_WRITE = /(POST|PATCH|DELETE) \/composite\/sobjects$|PATCH .*sobjects/;

const countOf = (calls: Readonly<Record<string, number>>, pattern: RegExp): number =>
  Object.entries(calls)
    .filter(([endpoint]) => pattern.test(endpoint))
    .reduce((sum, [, count]) => sum + count, 0);

/** Calls that wrote something since `world.resetCalls()`. */
export const writesIn = (
  world: World,
): { readonly hubspot: number; readonly salesforce: number } => ({
  hubspot: countOf(world.hubspot.calls.byEndpoint(), HUBSPOT_WRITE),
  salesforce:
    countOf(world.salesforce.calls.byEndpoint(), SALESFORCE_WRITE) +
    countOf(world.salesforce.subrequests.byEndpoint(), SALESFORCE_WRITE),
});

/** Settles and answers what was written meanwhile. */
export async function settleAndCount(world: World): Promise<ReturnType<typeof writesIn>> {
  world.resetCalls();
  await world.settle();
  return writesIn(world);
}

export const NOTHING = { hubspot: 0, salesforce: 0 };

/** From now on `pass` moves everybody's clock; `vi.restoreAllMocks` ends it. */
export function passingTime(): { pass(minutes: number): void } {
  const now = Date.now.bind(Date);
  let passed = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => now() + passed * 60_000);
  return {
    pass(minutes) {
      passed += minutes;
    },
  };
}
