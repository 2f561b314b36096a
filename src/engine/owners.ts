// Who is who: whom the admin's owner map says, else HubSpot owners and Salesforce users with the same
// e-mail address are the same person. Queues own leads too, and stand for an owner only by the map.
import { salesforceId18 } from './salesforce-ids.ts';

export interface OwnerMap {
  /** Id (18 characters) of the user or queue that stands for an owner, active or not; null when there is none. */
  salesforceUser(hubspotOwnerId: string): string | null;
  /** Owner that stands for a user or queue; null when there is none. */
  hubspotOwner(salesforceUserId: string): string | null;
  isQueue(salesforceId: string): boolean;
  /** The one user that stands for all users with the same e-mail; the id itself when there is no other. */
  samePerson(salesforceUserId: string): string;
  /** False for users who have left: Salesforce doesn't let them own anything new. Queues are never inactive. */
  isActive(salesforceUserId: string): boolean;
  /** For people: name of a user, queue or owner; the id itself when unknown. */
  name(id: string): string;
}

export interface OwnerLike {
  readonly id: string;
  readonly email: string | null;
  readonly name: string;
  readonly archived: boolean;
}

export interface UserLike {
  readonly id: string;
  readonly email: string | null;
  readonly name: string;
  readonly isActive: boolean;
}

export interface QueueLike {
  readonly id: string;
  readonly name: string;
}

export interface OwnerPair {
  readonly hubspotOwnerId: string;
  /** User or queue, 15 or 18 characters. */
  readonly salesforceId: string;
}

interface People {
  readonly owners: readonly OwnerLike[];
  readonly users: readonly UserLike[];
  readonly queues?: readonly QueueLike[];
  /** The admin's own pairs; they come before e-mail addresses. */
  readonly map?: readonly OwnerPair[];
}

const emailOf = (person: { email: string | null }): string | null =>
  person.email?.trim().toLowerCase() ?? null;

/** Ids by e-mail. Where several people share one, a present one (then the lowest id) stands for them. */
function idsByEmail<Person extends { id: string; email: string | null }>(
  people: readonly Person[],
  isPresent: (person: Person) => boolean,
): Map<string, string> {
  const ordered = [...people].sort(
    (one, other) =>
      Number(isPresent(other)) - Number(isPresent(one)) || (one.id < other.id ? -1 : 1),
  );
  const byEmail = new Map<string, string>();
  for (const person of ordered) {
    const email = emailOf(person);
    if (email && !byEmail.has(email)) byEmail.set(email, person.id);
  }
  return byEmail;
}

export function ownerMap({ owners, users, queues = [], map = [] }: People): OwnerMap {
  const userByEmail = idsByEmail(users, ({ isActive }) => isActive);
  const ownerByEmail = idsByEmail(
    owners.filter(({ archived }) => !archived),
    () => true,
  );
  const chosenUser = new Map<string, string>();
  const chosenOwner = new Map<string, string>();
  for (const { hubspotOwnerId, salesforceId } of map) {
    const id = salesforceId18(salesforceId) ?? salesforceId;
    if (!chosenUser.has(hubspotOwnerId)) chosenUser.set(hubspotOwnerId, id);
    if (!chosenOwner.has(id)) chosenOwner.set(id, hubspotOwnerId);
  }
  const emails = new Map([...owners, ...users].map((person) => [person.id, emailOf(person)]));
  const names = new Map([...owners, ...users, ...queues].map(({ id, name }) => [id, name]));
  const active = new Set(users.filter(({ isActive }) => isActive).map(({ id }) => id));
  const queueIds = new Set(queues.map(({ id }) => id));
  const byEmail = (ids: ReadonlyMap<string, string>, id: string): string | null =>
    ids.get(emails.get(id) ?? '') ?? null;
  const salesforceUser = (ownerId: string): string | null =>
    chosenUser.get(ownerId) ?? byEmail(userByEmail, ownerId);
  const hubspotOwner = (userId: string): string | null =>
    chosenOwner.get(userId) ?? byEmail(ownerByEmail, userId);
  return {
    salesforceUser,
    hubspotOwner,
    isQueue: (id) => queueIds.has(id),
    // Both ways through the owner, so that two users who stand for one owner compare equal.
    samePerson: (id) => {
      const owner = hubspotOwner(id);
      return (owner === null ? null : salesforceUser(owner)) ?? byEmail(userByEmail, id) ?? id;
    },
    isActive: (id) => active.has(id) || queueIds.has(id),
    name: (id) => names.get(id) ?? id,
  };
}
