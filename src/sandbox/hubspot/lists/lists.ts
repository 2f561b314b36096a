// The portal's contact lists. DYNAMIC ones follow the contacts a while after a change, as HubSpot's
// recomputation in the background does; an archived contact leaves at once. A DYNAMIC list whose filter is
// a function (tests) keeps its members over a restart and gets the filter back when created again by name.
import type { Clock } from '../../clock.ts';
import type { JournalEntry } from '../../journal.ts';
import type { Commit, ContactStore } from '../contacts/store.ts';
import { notFound } from '../errors.ts';
import type { PendingRows } from '../persistence.ts';
import { filterOf, type ContactFilter, type FilterBranch } from './filter-branch.ts';
import { ContactList, type ListRow, type Membership, type ProcessingType } from './list.ts';

/** How long a deleted list can be restored. */
const RESTORABLE_FOR = 90 * 86_400_000;

export const LIST_TABLE = 'list';
export const MEMBER_TABLE = 'listMember';

export interface NewList {
  readonly name: string;
  readonly processingType: ProcessingType;
  /** Who belongs: a function or HubSpot's own filters. A SNAPSHOT is filled from it once. */
  readonly filter?: ContactFilter;
  readonly filterBranch?: FilterBranch;
  /** Members to begin with, for MANUAL and SNAPSHOT. */
  readonly members?: readonly string[];
}

export class Lists {
  readonly #clock: Clock;
  readonly #store: ContactStore;
  readonly #pending: PendingRows;
  readonly #lists = new Map<string, ContactList>();
  /** Contacts to look at again, soonest first. */
  #changed: { readonly at: number; readonly id: string }[] = [];
  /** Lists that contacts of a merge under way have just left. */
  #leftByMerge: ContactList[] = [];
  /** Lists that apps may not see. */
  readonly #hidden = new Set<string>();
  #lastId = 0;
  /** Milliseconds until a DYNAMIC list takes notice of a change. */
  lagMs: number;

  constructor(clock: Clock, store: ContactStore, pending: PendingRows, lagMs: number) {
    this.#clock = clock;
    this.#store = store;
    this.#pending = pending;
    this.lagMs = lagMs;
    store.onCommit((commit) => {
      this.#notice(commit);
    });
  }

  restore(entry: JournalEntry): void {
    if (entry.table === LIST_TABLE) {
      const row = entry.row as ListRow;
      this.#lastId = Math.max(this.#lastId, Number(row.listId));
      const filter = row.filterBranch === null ? null : filterOf(row.filterBranch);
      this.#lists.set(row.listId, new ContactList(row, filter));
    }
    if (entry.table === MEMBER_TABLE) {
      const [listId = '', recordId = ''] = entry.id.split(':');
      this.#lists.get(listId)?.put(recordId, entry.row as Membership);
    }
  }

  create(list: NewList): ContactList {
    const restored = this.byName(list.name);
    if (restored && list.filter) {
      restored.filter = list.filter;
      this.#recompute(restored);
      return restored;
    }
    this.#lastId += 1;
    const now = this.#clock.now();
    const row: ListRow = {
      listId: String(this.#lastId),
      name: list.name,
      processingType: list.processingType,
      filterBranch: list.filterBranch ?? null,
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
    };
    const filter = list.filter ?? (list.filterBranch ? filterOf(list.filterBranch) : null);
    const created = new ContactList(row, list.processingType === 'DYNAMIC' ? filter : null);
    this.#lists.set(row.listId, created);
    this.#pending.add(LIST_TABLE, row.listId, () => created.row);
    if (filter)
      for (const contact of this.#store.live()) if (filter(contact)) this.#add(created, contact.id);
    for (const recordId of list.members ?? []) this.#add(created, recordId);
    return created;
  }

  /** The list, deleted or not. */
  find(listId: string): ContactList | undefined {
    this.#catchUp();
    return this.#lists.get(listId);
  }

  byName(name: string): ContactList | undefined {
    return this.all().find((list) => list.row.name.toLowerCase() === name.toLowerCase());
  }

  /** All lists but deleted ones. */
  all(): ContactList[] {
    this.#catchUp();
    return [...this.#lists.values()].filter((list) => list.row.deletedAt === null);
  }

  /** The ids that became members now. */
  addMembers(list: ContactList, recordIds: readonly string[]): string[] {
    return recordIds.filter((recordId) => this.#add(list, recordId));
  }

  /** The ids that were members until now. */
  removeMembers(list: ContactList, recordIds: readonly string[]): string[] {
    return recordIds.filter((recordId) => this.#remove(list, recordId));
  }

  /** Keeps a list from every app, or shows it again. Not journaled. */
  hide(list: ContactList, isHidden: boolean): void {
    if (isHidden) this.#hidden.add(list.row.listId);
    else this.#hidden.delete(list.row.listId);
  }

  isHidden(list: ContactList): boolean {
    return this.#hidden.has(list.row.listId);
  }

  /** Undoes a deletion; refuses after 90 days (hubspot-api §2.3). */
  undelete(list: ContactList): void {
    const { deletedAt, listId } = list.row;
    const now = this.#clock.now();
    if (deletedAt === null || now - deletedAt >= RESTORABLE_FOR)
      throw notFound(`list ${listId} cannot be restored`);
    list.row = { ...list.row, deletedAt: null, updatedAt: now };
    this.#pending.add(LIST_TABLE, listId, () => list.row);
    this.#recompute(list);
  }

  delete(list: ContactList): void {
    const now = this.#clock.now();
    list.row = { ...list.row, deletedAt: now, updatedAt: now };
    this.#pending.add(LIST_TABLE, list.row.listId, () => list.row);
  }

  rename(list: ContactList, name: string): void {
    list.row = { ...list.row, name, updatedAt: this.#clock.now() };
    this.#pending.add(LIST_TABLE, list.row.listId, () => list.row);
  }

  #notice({ kind, row }: Commit): void {
    if (this.#lists.size === 0) return;
    switch (kind) {
      case 'archived':
      case 'erased':
        this.#leaveAll(row.id);
        return;
      case 'mergedAway':
        this.#leftByMerge.push(...this.#leaveAll(row.id));
        return;
      case 'merged':
        // The survivor is in the manual lists that either of the two was in; others are worked out anew.
        for (const list of this.#leftByMerge) if (!list.filter) this.#add(list, row.id);
        this.#leftByMerge = [];
        break;
      case 'seeded':
        this.#placeEverywhere(row.id);
        return;
      case 'created':
      case 'changed':
      case 'restored':
        break;
    }
    this.#changed.push({ at: this.#clock.now() + this.lagMs, id: row.id });
  }

  #leaveAll(recordId: string): ContactList[] {
    return [...this.#lists.values()].filter((list) => this.#remove(list, recordId));
  }

  #catchUp(): void {
    const now = this.#clock.now();
    const due = this.#changed.findIndex(({ at }) => at > now);
    const count = due === -1 ? this.#changed.length : due;
    if (count === 0) return;
    const ids = new Set(this.#changed.slice(0, count).map(({ id }) => id));
    this.#changed = this.#changed.slice(count);
    for (const id of ids) this.#placeEverywhere(id);
  }

  #placeEverywhere(recordId: string): void {
    for (const list of this.#lists.values())
      if (list.filter && list.row.deletedAt === null) this.#place(list, recordId, list.filter);
  }

  #recompute(list: ContactList): void {
    if (!list.filter) return;
    for (const contact of this.#store.live()) this.#place(list, contact.id, list.filter);
  }

  #place(list: ContactList, recordId: string, filter: ContactFilter): void {
    const contact = this.#store.get(recordId);
    if (contact && filter(contact)) this.#add(list, recordId);
    else this.#remove(list, recordId);
  }

  #add(list: ContactList, recordId: string): boolean {
    if (!list.add(recordId, this.#clock.now())) return false;
    this.#keep(list, recordId);
    return true;
  }

  #remove(list: ContactList, recordId: string): boolean {
    if (!list.remove(recordId)) return false;
    this.#keep(list, recordId);
    return true;
  }

  #keep(list: ContactList, recordId: string): void {
    this.#pending.add(
      MEMBER_TABLE,
      `${list.row.listId}:${recordId}`,
      () => list.members.get(recordId) ?? null,
    );
  }
}
