// Who is who: HubSpot owners and Salesforce users with the same e-mail address are the same person.

export interface OwnerMap {
  /** 18-character user id of an owner, or null when no active user has the owner's e-mail. */
  salesforceUser(hubspotOwnerId: string): string | null;
  /** Owner id of a user, or null when no owner has the user's e-mail. */
  hubspotOwner(salesforceUserId: string): string | null;
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

/** Pairs owners with users by e-mail. Where several share one, the first active (lowest id) counts. */
export function ownerMap(owners: readonly OwnerLike[], users: readonly UserLike[]): OwnerMap {
  const byId = <T extends { id: string }>(people: readonly T[]): T[] =>
    [...people].sort((a, b) => (a.id < b.id ? -1 : 1));
  const emailOf = (person: { email: string | null }): string | null =>
    person.email?.trim().toLowerCase() ?? null;

  const activeUserByEmail = new Map<string, string>();
  for (const user of byId(users)) {
    const email = emailOf(user);
    if (email && user.isActive && !activeUserByEmail.has(email))
      activeUserByEmail.set(email, user.id);
  }
  const ownerByEmail = new Map<string, string>();
  for (const owner of byId(owners)) {
    const email = emailOf(owner);
    if (email && !owner.archived && !ownerByEmail.has(email)) ownerByEmail.set(email, owner.id);
  }
  const userOfOwner = new Map<string, string>();
  const names = new Map<string, string>();
  for (const owner of owners) {
    names.set(owner.id, owner.name);
    const email = emailOf(owner);
    const user = email && activeUserByEmail.get(email);
    if (user) userOfOwner.set(owner.id, user);
  }
  const ownerOfUser = new Map<string, string>();
  for (const user of users) {
    names.set(user.id, user.name);
    const email = emailOf(user);
    const owner = email && ownerByEmail.get(email);
    if (owner) ownerOfUser.set(user.id, owner);
  }
  return {
    salesforceUser: (id) => userOfOwner.get(id) ?? null,
    hubspotOwner: (id) => ownerOfUser.get(id) ?? null,
    name: (id) => names.get(id) ?? id,
  };
}
