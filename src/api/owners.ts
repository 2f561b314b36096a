// Who can own records on either side, and who is the same person by e-mail address. The admin's own map is in the
// settings, and the page lays it over what is answered here.
import { ownerMap } from '../engine/owners.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import type { CallAnswer } from './contract.ts';
import type { HolderView, OwnerView } from './creation-contract.ts';
import { inTime } from './in-time.ts';

/** Each count is a search, of which HubSpot takes few. */
const MOST_COUNTED = 8;
const PATIENCE_MS = 4_000;

export async function ownersView(pipeline: Pipeline): Promise<CallAnswer<'get-owners'>> {
  // Somebody who was added a minute ago is who the admin came to choose.
  pipeline.workspaces.refresh();
  const { people, settings } = await pipeline.workspaces.current();
  const { owners, users, queues } = people;
  const byEmail = ownerMap({ owners, users });
  const mapped = new Set(settings.settings.owners.map.map(({ hubspotOwnerId }) => hubspotOwnerId));
  const unmatched = owners.filter(
    ({ id }) => byEmail.salesforceUser(id) === null && !mapped.has(id),
  );
  const counts = await inTime(contactsOf(unmatched.slice(0, MOST_COUNTED), pipeline), PATIENCE_MS);
  return {
    owners: owners
      .map(({ id, name, email, archived }): OwnerView => ({
        id,
        name: name || (email ?? id),
        email,
        archived,
        sameEmail: byEmail.salesforceUser(id),
        contacts: counts?.get(id) ?? null,
      }))
      .sort(byName),
    holders: [
      ...users.map(({ id, name, email, isActive }): HolderView => ({
        id,
        name,
        email,
        kind: 'user',
        isActive,
      })),
      ...queues.map(({ id, name }): HolderView => ({
        id,
        name,
        email: null,
        kind: 'queue',
        isActive: true,
      })),
    ].sort((one, other) => Number(other.isActive) - Number(one.isActive) || byName(one, other)),
  };
}

const byName = (one: { readonly name: string }, other: { readonly name: string }): number =>
  one.name.localeCompare(other.name);

async function contactsOf(
  owners: readonly { readonly id: string }[],
  { ports: { hubspot } }: Pipeline,
): Promise<ReadonlyMap<string, number>> {
  const counted = await Promise.all(
    owners.map(
      async ({ id }) =>
        [id, await hubspot.contacts.countWith('hubspot_owner_id', id).catch(() => null)] as const,
    ),
  );
  return new Map(counted.flatMap(([id, count]) => (count === null ? [] : [[id, count] as const])));
}
