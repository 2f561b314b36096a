// Somebody both CRMs have, and where they stand: for the tests of what happens to pairs.
import type { SalesforceObject } from '../../../src/engine/fields.ts';
import type { Link } from '../../../src/engine/link.ts';
import type { PastChange } from '../../../src/store/port.ts';
import type { World } from './world.ts';

export interface Person {
  readonly email: string;
  readonly contactId: string;
  readonly salesforceId: string;
}

let sequence = 0;

/** A paired person, first known to Salesforce. */
export async function aPerson(
  world: World,
  fields: Record<string, string> = {},
  object: SalesforceObject = 'Lead',
): Promise<Person> {
  sequence += 1;
  const email = `person${sequence}@example.com`;
  const salesforceId = world.salesforce.org.insert(object, {
    LastName: `Person ${sequence}`,
    ...(object === 'Lead' ? { Company: 'Acme' } : {}),
    Email: email,
    ...fields,
  });
  await world.settle();
  const contact = world.hubspot.portal.byEmail(email);
  if (!contact) throw new Error(`${email} was not created in HubSpot`);
  return { email, contactId: contact.id, salesforceId };
}

export async function linkOf(world: World, contactId: string): Promise<Link | null> {
  const { links } = world.pipeline.ports.store;
  return (await links.find({ hubspot: [contactId], salesforce: [] }))[0] ?? null;
}

export async function linkOfRecord(world: World, salesforceId: string): Promise<Link | null> {
  const { links } = world.pipeline.ports.store;
  return (await links.find({ hubspot: [], salesforce: [salesforceId] }))[0] ?? null;
}

export async function standing(world: World, contactId: string) {
  const link = await linkOf(world, contactId);
  return { state: link?.state, code: link?.reason?.code, salesforceId: link?.salesforceId ?? null };
}

/** How the pairing of a contact changed, oldest first: `before → after because`. */
export async function pairings(world: World, contactId: string): Promise<string[]> {
  const history = await world.pipeline.ports.store.links.history(contactId, 1_000);
  return history
    .filter(({ side }) => side === 'pair')
    .map(({ before, after, why }: PastChange) => `${String(before)} → ${String(after)} ${why}`)
    .reverse();
}

export const inSalesforce = (world: World, email: string) =>
  [...world.salesforce.org.all('Lead'), ...world.salesforce.org.all('Contact')].filter(
    ({ Email, IsConverted }) => Email === email && IsConverted !== true,
  );

export const properties = (world: World, contactId: string): Readonly<Record<string, string>> =>
  world.hubspot.portal.get(contactId)?.properties ?? {};
