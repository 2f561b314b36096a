// One list (HubSpot now says segment) and its members (hubspot-api §2.3).
import type { ContactFilter, FilterBranch } from './filter-branch.ts';

export const PROCESSING_TYPES = ['DYNAMIC', 'MANUAL', 'SNAPSHOT'] as const;
export type ProcessingType = (typeof PROCESSING_TYPES)[number];

export interface Membership {
  /** When it joined for the first time, and last; milliseconds. */
  readonly firstAddedAt: number;
  readonly lastAddedAt: number;
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

  /** Member ids, ascending. */
  memberIds(): readonly string[] {
    this.#sorted ??= [...this.members.keys()].sort((a, b) => Number(a) - Number(b));
    return this.#sorted;
  }

  /** Member ids, those who joined first before the others. */
  memberIdsByJoining(): string[] {
    return [...this.members]
      .sort(
        ([a, left], [b, right]) => left.lastAddedAt - right.lastAddedAt || Number(a) - Number(b),
      )
      .map(([recordId]) => recordId);
  }
}
