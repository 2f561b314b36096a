// Who is who: HubSpot owners and Salesforce users with the same e-mail address are the same person.

export interface OwnerMap {
  /** User id (18 characters) of an owner, active or not; null when no user has the owner's e-mail. */
  salesforceUser(hubspotOwnerId: string): string | null;
  /** Owner id of a user; null when no owner has the user's e-mail. */
  hubspotOwner(salesforceUserId: string): string | null;
  /** The one user that stands for all users with the same e-mail; the id itself when there is no other. */
  samePerson(salesforceUserId: string): string;
  /** False for users who have left: Salesforce doesn't let them own anything new. */
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

/** Pairs owners with users by e-mail. Where several share one, an active one (then the lowest id) stands for them. */
export function ownerMap(owners: readonly OwnerLike[], users: readonly UserLike[]): OwnerMap {
  const emailOf = (person: { email: string | null }): string | null =>
    person.email?.trim().toLowerCase() ?? null;
  const standsFor = <Person extends { id: string; email: string | null }>(
    people: readonly Person[],
    isPresent: (person: Person) => boolean,
  ): Map<string, string> => {
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
  };
  const userByEmail = standsFor(users, ({ isActive }) => isActive);
  const ownerByEmail = standsFor(
    owners.filter(({ archived }) => !archived),
    () => true,
  );
  const emails = new Map([...owners, ...users].map((person) => [person.id, emailOf(person)]));
  const names = new Map([...owners, ...users].map(({ id, name }) => [id, name]));
  const active = new Set(users.filter(({ isActive }) => isActive).map(({ id }) => id));
  const lookUp = (byEmail: ReadonlyMap<string, string>, id: string): string | null =>
    byEmail.get(emails.get(id) ?? '') ?? null;
  return {
    salesforceUser: (id) => lookUp(userByEmail, id),
    hubspotOwner: (id) => lookUp(ownerByEmail, id),
    samePerson: (id) => lookUp(userByEmail, id) ?? id,
    isActive: (id) => active.has(id),
    name: (id) => names.get(id) ?? id,
  };
}
