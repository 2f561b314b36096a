// One list (HubSpot now says segment) and its members (hubspot-api §2.3).
import type { ContactFilter, FilterBranch } from './filter-branch.ts';

export const PROCESSING_TYPES = ['DYNAMIC', 'MANUAL', 'SNAPSHOT'] as const;
export type ProcessingType = (typeof PROCESSING_TYPES)[number];

export interface Membership {
  /** When it joined for the first time, and last; milliseconds. */
  readonly firstAddedAt: number;
  readonly lastAddedAt: number;
}

/** A member and when it joined last; milliseconds. */
export interface Joined {
  readonly recordId: string;
  readonly at: number;
}

/** What the journal keeps of a list. */
export interface ListRow {
  readonly listId: string;
  readonly name: string;
  readonly processingType: ProcessingType;
  readonly filterBranch: FilterBranch | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly deletedAt: number | null;
}

export class ContactList {
  row: ListRow;
  /** Who belongs, for a DYNAMIC list. Null for others, and for one whose filter was a function that a restart lost. */
  filter: ContactFilter | null;
  readonly members = new Map<string, Membership>();
  /** Members of the past: a joining date survives leaving. */
  readonly #firstAdded = new Map<string, number>();
  #sorted: readonly string[] | null = null;

  constructor(row: ListRow, filter: ContactFilter | null) {
    this.row = row;
    this.filter = filter;
  }

  /** False when it was a member already. */
  add(recordId: string, at: number): boolean {
    if (this.members.has(recordId)) return false;
    const firstAddedAt = this.#firstAdded.get(recordId) ?? at;
    this.put(recordId, { firstAddedAt, lastAddedAt: at });
    return true;
  }

  put(recordId: string, membership: Membership): void {
    this.members.set(recordId, membership);
    this.#firstAdded.set(recordId, membership.firstAddedAt);
    this.#sorted = null;
  }

  remove(recordId: string): boolean {
    this.#sorted = null;
    return this.members.delete(recordId);
  }

  /** Member ids, ascending: those after the given one. */
  idsAfter(recordId: string | null): readonly string[] {
    const ids = this.memberIds();
    if (recordId === null) return ids;
    const start = ids.findIndex((id) => Number(id) > Number(recordId));
    return start === -1 ? [] : ids.slice(start);
  }

  /** Members, those who joined first before the others: those after the given one. */
  joinedAfter(joined: Joined | null): readonly Joined[] {
    const all = [...this.members]
      .map(([recordId, { lastAddedAt }]): Joined => ({ recordId, at: lastAddedAt }))
      .sort(byJoining);
    return joined === null ? all : all.filter((member) => byJoining(member, joined) > 0);
  }

  /** Member ids, ascending. */
  memberIds(): readonly string[] {
    this.#sorted ??= [...this.members.keys()].sort((a, b) => Number(a) - Number(b));
    return this.#sorted;
  }
}

function byJoining(one: Joined, other: Joined): number {
  return one.at - other.at || Number(one.recordId) - Number(other.recordId);
}
