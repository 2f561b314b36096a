// The portal's owners (hubspot-api §2.5): people and queues. `hubspot_owner_id` holds an owner's id, and
// only that of an active one is accepted.
import { SANDBOX_OWNERS, type Owner } from './schema/sample.ts';

export type { Owner } from './schema/sample.ts';

const CREATED_AT = '2025-03-03T08:00:00.000Z';

export class Owners {
  readonly #owners = new Map<string, Owner>();

  constructor(owners: readonly Owner[] = SANDBOX_OWNERS) {
    for (const owner of owners) this.#owners.set(owner.id, owner);
  }

  get(id: string): Owner | undefined {
    return this.#owners.get(id);
  }

  /** Adds the owner, or replaces the one with its id (to archive it, say). */
  put(owner: Owner): void {
    this.#owners.set(owner.id, owner);
  }

  all(): Owner[] {
    return [...this.#owners.values()].sort((a, b) => Number(a.id) - Number(b.id));
  }

  assignableIds(): string[] {
    return this.all()
      .filter((owner) => !owner.archived)
      .map((owner) => owner.id);
  }
}

/** An owner as the API answers with it; an archived one has lost its `userId`. */
export function presentOwner(owner: Owner): Record<string, unknown> {
  const { userId, ...shown } = owner;
  return {
    ...shown,
    ...(userId === null ? {} : { userIdIncludingInactive: userId }),
    ...(userId === null || owner.archived ? {} : { userId }),
    teams: [],
    createdAt: CREATED_AT,
    updatedAt: CREATED_AT,
  };
}
