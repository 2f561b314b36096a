// The portal's contact lists (HubSpot says segments; hubspot-api §2.3): MANUAL ones are edited, SNAPSHOT
// ones are evaluated once and edited from then on, DYNAMIC ones follow every change of a contact at once.
// HubSpot takes seconds to minutes for that; a lag would go into `follow`. A filter is a function here, which
// no journal can keep: after a restart a DYNAMIC list keeps its members and follows again as soon as
// `portal.createList` names it with its filter.
import type { Clock } from '../../clock.ts';
import type { JournalEntry } from '../../journal.ts';
import { filledProperties } from '../contacts/computed.ts';
import type { ContactRow } from '../contacts/row.ts';
import type { Commit, ContactStore } from '../contacts/store.ts';
import type { PendingRows } from '../persistence.ts';
import { Memberships, type Membership } from './membership.ts';

export const LIST_TABLE = 'list';
export const MEMBERSHIP_TABLE = 'listMembership';

export type ProcessingType = 'DYNAMIC' | 'MANUAL' | 'SNAPSHOT';

/** A contact as a list's filter sees it. */
export interface ListedContact {
  readonly id: string;
  /** Stored and computed properties that hold something. */
  readonly properties: Readonly<Record<string, string>>;
}
export type ListFilter = (contact: ListedContact) => boolean;

export interface ListDefinition {
  readonly id: string;
  readonly name: string;
  readonly processingType: ProcessingType;
  /** Milliseconds since the epoch, as is `updatedAt`. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface NewList {
  readonly name: string;
  readonly processingType: ProcessingType;
  readonly filter?: ListFilter | undefined;
  /** Ids of contacts. */
  readonly members?: readonly string[] | undefined;
}

interface List {
  definition: ListDefinition;
  filter: ListFilter | null;
  readonly members: Memberships;
}

export class ContactLists {
  readonly #lists = new Map<string, List>();
  readonly #store: ContactStore;
  readonly #clock: Clock;
  readonly #pending: PendingRows;
  #lastId = 0;

  constructor(store: ContactStore, clock: Clock, pending: PendingRows) {
    this.#store = store;
    this.#clock = clock;
    this.#pending = pending;
  }

  all(): ListDefinition[] {
    return [...this.#lists.values()].map(({ definition }) => definition);
  }

  get(id: string): ListDefinition | undefined {
    return this.#lists.get(id)?.definition;
  }

  members(id: string): Memberships {
    return this.#lists.get(id)?.members ?? new Memberships();
  }

  /** Creates the list and returns its id; one of that name only gets its filter back. */
  create({ name, processingType, filter, members = [] }: NewList): string {
    const known = [...this.#lists.values()].find((list) => list.definition.name === name);
    const now = this.#clock.now();
    const id = known?.definition.id ?? String(this.#lastId + 1);
    const list: List = known ?? {
      definition: { id, name, processingType, createdAt: now, updatedAt: now },
      filter: null,
      members: new Memberships(),
    };
    if (!known) this.#put(list);
    for (const recordId of members) this.#join(list, recordId);
    if (filter) {
      for (const row of this.#store.live()) this.#evaluate(list, filter, row);
      if (processingType === 'DYNAMIC') list.filter = filter;
    }
    return id;
  }

  /** Adds contacts and returns the ids that weren't members before. */
  add(id: string, recordIds: readonly string[]): string[] {
    const list = this.#lists.get(id);
    return list ? recordIds.filter((recordId) => this.#join(list, recordId)) : [];
  }

  /** Removes contacts and returns the ids that were members. */
  remove(id: string, recordIds: readonly string[]): string[] {
    const list = this.#lists.get(id);
    return list ? recordIds.filter((recordId) => this.#leave(list, recordId)) : [];
  }

  delete(id: string): void {
    const list = this.#lists.get(id);
    if (!list) return;
    for (const recordId of list.members.recordIds()) this.#leave(list, recordId);
    this.#lists.delete(id);
    this.#pending.add(LIST_TABLE, id, () => null);
  }

  /** The lists that a contact is in. */
  of(recordId: string): { readonly list: ListDefinition; readonly membership: Membership }[] {
    return [...this.#lists.values()].flatMap(({ definition, members }) => {
      const membership = members.get(recordId);
      return membership ? [{ list: definition, membership }] : [];
    });
  }

  /** Keeps the lists true to a change of a contact. */
  follow({ kind, row }: Commit): void {
    for (const list of this.#lists.values()) {
      if (kind === 'archived') this.#leave(list, row.id);
      else if (list.filter) this.#evaluate(list, list.filter, row);
    }
  }

  restore({ table, row }: JournalEntry): void {
    if (table === LIST_TABLE)
      this.#put({ definition: row as ListDefinition, filter: null, members: new Memberships() });
    if (table === MEMBERSHIP_TABLE) {
      const { listId, ...membership } = row as Membership & { readonly listId: string };
      this.#lists.get(listId)?.members.put(membership);
    }
  }

  #put(list: List): void {
    const { id } = list.definition;
    this.#lists.set(id, list);
    this.#lastId = Math.max(this.#lastId, Number(id));
    this.#pending.add(LIST_TABLE, id, () => list.definition);
  }

  #evaluate(list: List, filter: ListFilter, row: ContactRow): void {
    if (filter(listed(row))) this.#join(list, row.id);
    else this.#leave(list, row.id);
  }

  #join(list: List, recordId: string): boolean {
    if (list.members.get(recordId) || !this.#store.get(recordId)) return false;
    const membership = list.members.join(recordId, this.#clock.now());
    const listId = list.definition.id;
    this.#pending.add(MEMBERSHIP_TABLE, `${listId}/${recordId}`, () => ({ ...membership, listId }));
    return true;
  }

  #leave(list: List, recordId: string): boolean {
    if (!list.members.get(recordId)) return false;
    list.members.leave(recordId);
    this.#pending.add(MEMBERSHIP_TABLE, `${list.definition.id}/${recordId}`, () => null);
    return true;
  }
}

function listed(row: ContactRow): ListedContact {
  return { id: row.id, properties: filledProperties(row) };
}
