// What the journal keeps of the portal. Rows changed during a call are written together before its answer
// leaves. Each is turned into what the journal keeps only then, so a row that changes twice in a call is
// written once.
import type { Journal, JournalEntry } from '../journal.ts';
import { fromStored, toStored, type StoredRow } from './contacts/row.ts';
import type { ContactStore } from './contacts/store.ts';
import { LIST_TABLE, MEMBERSHIP_TABLE, type ContactLists } from './lists/lists.ts';
import { OPT_OUT_TABLE, type OptOuts } from './preferences/opt-outs.ts';
import { GROUP_TABLE, PROPERTY_TABLE, type PropertyRegistry } from './properties/registry.ts';
import type { ContactIndex } from './search/contact-index.ts';

const CONTACT_TABLE = 'contact';

interface PendingRow {
  readonly table: string;
  readonly id: string;
  readonly row: () => unknown;
}

export class PendingRows {
  readonly #journal: Journal;
  #rows = new Map<string, PendingRow>();

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** `row` gives what to keep; null removes the row. */
  add(table: string, id: string, row: () => unknown): void {
    this.#rows.set(`${table} ${id}`, { table, id, row });
  }

  flush(): void {
    if (this.#rows.size === 0) return;
    const entries: JournalEntry[] = [];
    for (const { table, id, row } of this.#rows.values()) entries.push({ table, id, row: row() });
    this.#rows = new Map();
    this.#journal.append(entries);
  }

  /** Forgets what came out of the journal a moment ago. */
  discard(): void {
    this.#rows = new Map();
  }
}

/** From now on every version of a contact goes to the journal. */
export function journalContacts(store: ContactStore, pending: PendingRows): void {
  store.onCommit(({ row }) => {
    pending.add(CONTACT_TABLE, row.id, () => {
      const newest = store.find(row.id);
      return newest ? toStored(newest) : null;
    });
  });
}

interface Kept {
  readonly registry: PropertyRegistry;
  readonly optOuts: OptOuts;
  readonly store: ContactStore;
  readonly index: ContactIndex;
  readonly lists: ContactLists;
  readonly pending: PendingRows;
}

/** Puts everything back; contacts are in the search index at once. */
export function restoreFrom(journal: Journal, kept: Kept): void {
  const { registry, optOuts, store, index, lists, pending } = kept;
  const entries = journal.load();
  const of = (...tables: string[]): JournalEntry[] =>
    entries.filter(({ table }) => tables.includes(table));
  for (const entry of of(GROUP_TABLE, PROPERTY_TABLE)) registry.restore(entry);
  for (const name of registry.uniqueNames()) store.indexUnique(name);
  for (const entry of of(OPT_OUT_TABLE)) optOuts.restore(entry);
  for (const { row } of of(CONTACT_TABLE)) {
    const contact = fromStored(row as StoredRow);
    store.restore(contact);
    index.put(contact);
  }
  for (const entry of of(LIST_TABLE)) lists.restore(entry);
  for (const entry of of(MEMBERSHIP_TABLE)) lists.restore(entry);
  pending.discard();
}
