// All contacts of the portal with the look-ups that HubSpot answers from: by id, by e-mail (primary and
// additional), by unique property, and in ascending id. It takes values as they are to be stored; whether
// they may be is decided by `validation.ts`. Whoever follows changes (search index, lists, webhooks, the
// journal) subscribes here.
//
// Not built, and this is where it would go: merge (a new row with the other's e-mails as additional ones
// and a forwarding id), restore, and gdpr-delete with its blocklist of e-mails.
import type { Clock } from '../../clock.ts';
import type { ChangeSource } from '../auth.ts';
import { IdList } from './ids.ts';
import { additionalEmails, type ContactRow } from './row.ts';

export interface Commit {
  /** `seeded`: put there before anybody looked, so nobody is to be told later. */
  readonly kind: 'created' | 'seeded' | 'changed' | 'archived';
  readonly row: ContactRow;
  /** What was written, '' where cleared; empty for an archival. */
  readonly changes: Readonly<Record<string, string>>;
  readonly source: ChangeSource;
}

export interface NewContact {
  readonly values: Readonly<Record<string, string>>;
  readonly source: ChangeSource;
  /** Digits; the next free id when absent. */
  readonly id?: string;
  readonly createdAt?: number;
  readonly modifiedAt?: number;
}

/** Record ids of a portal have eleven or twelve digits and grow, with gaps. */
const FIRST_ID = 31_500_000_000;
const LARGEST_GAP = 40;

export class ContactStore {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #rows = new Map<string, ContactRow>();
  readonly #live = new IdList();
  readonly #archived = new IdList();
  readonly #byEmail = new Map<string, string>();
  readonly #byUnique = new Map<string, Map<string, string>>();
  readonly #listeners: ((commit: Commit) => void)[] = [];
  #lastId = FIRST_ID;

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  onCommit(listener: (commit: Commit) => void): void {
    this.#listeners.push(listener);
  }

  /** The contact, archived or not. */
  find(id: string): ContactRow | undefined {
    return this.#rows.get(id);
  }

  /** The contact, unless it is archived. */
  get(id: string): ContactRow | undefined {
    const row = this.#rows.get(id);
    return row?.archivedAt === null ? row : undefined;
  }

  byEmail(email: string): ContactRow | undefined {
    const id = this.#byEmail.get(email.trim().toLowerCase());
    return id === undefined ? undefined : this.get(id);
  }

  byUnique(property: string, value: string): ContactRow | undefined {
    const id = this.#byUnique.get(property)?.get(value.toLowerCase());
    return id === undefined ? undefined : this.get(id);
  }

  /** Up to `limit` contacts after the id, ascending. */
  page(afterId: string | null, limit: number, archived: boolean): ContactRow[] {
    const ids = (archived ? this.#archived : this.#live).after(afterId, limit);
    return ids.flatMap((id) => this.#rows.get(id) ?? []);
  }

  get size(): number {
    return this.#live.size;
  }

  *live(): Generator<ContactRow> {
    for (const row of this.#rows.values()) if (row.archivedAt === null) yield row;
  }

  /** From now on values of the property are looked up and kept apart by it. */
  indexUnique(property: string): void {
    if (this.#byUnique.has(property)) return;
    const ids = new Map<string, string>();
    this.#byUnique.set(property, ids);
    for (const row of this.live()) {
      const value = row.values[property];
      if (value !== undefined) ids.set(value.toLowerCase(), row.id);
    }
  }

  create(contact: NewContact, kind: 'created' | 'seeded' = 'created'): ContactRow {
    const now = this.#clock.now();
    const createdAt = contact.createdAt ?? now;
    const modifiedAt = contact.modifiedAt ?? createdAt;
    const { values, source } = contact;
    const log = { at: modifiedAt, source, values, previous: null };
    const id = contact.id ?? this.#nextId();
    if (this.#rows.has(id)) throw new Error(`contact ${id} exists already`);
    const row: ContactRow = { id, createdAt, modifiedAt, archivedAt: null, values, log };
    this.#put(row);
    this.#tell({ kind, row, changes: values, source });
    return row;
  }

  /** Writes the values ('' clears). Values that are there already change nothing, not even the modification date. */
  update(
    row: ContactRow,
    written: Readonly<Record<string, string>>,
    source: ChangeSource,
  ): ContactRow {
    const changes = Object.fromEntries(
      Object.entries(written).filter(([name, value]) => (row.values[name] ?? '') !== value),
    );
    if (Object.keys(changes).length === 0) return row;
    const values: Record<string, string> = { ...row.values };
    for (const [name, value] of Object.entries(changes)) {
      if (value === '') Reflect.deleteProperty(values, name);
      else values[name] = value;
    }
    const modifiedAt = Math.max(this.#clock.now(), row.modifiedAt + 1);
    const log = { at: modifiedAt, source, values: changes, previous: row.log };
    const next: ContactRow = { ...row, values, modifiedAt, log };
    this.#unindex(row);
    this.#put(next);
    this.#tell({ kind: 'changed', row: next, changes, source });
    return next;
  }

  archive(row: ContactRow, source: ChangeSource): ContactRow {
    const at = Math.max(this.#clock.now(), row.modifiedAt + 1);
    const next: ContactRow = { ...row, archivedAt: at, modifiedAt: at };
    this.#unindex(row);
    this.#live.remove(row.id);
    this.#put(next);
    this.#tell({ kind: 'archived', row: next, changes: {}, source });
    return next;
  }

  /** Puts a row back that the journal kept; nobody is told. */
  restore(row: ContactRow): void {
    this.#put(row);
  }

  #nextId(): string {
    this.#lastId += 1 + Math.floor(this.#random() * LARGEST_GAP);
    return String(this.#lastId);
  }

  #put(row: ContactRow): void {
    this.#rows.set(row.id, row);
    this.#lastId = Math.max(this.#lastId, Number(row.id));
    if (row.archivedAt !== null) {
      this.#archived.add(row.id);
      return;
    }
    this.#live.add(row.id);
    const { email } = row.values;
    if (email !== undefined) this.#byEmail.set(email, row.id);
    for (const other of additionalEmails(row)) this.#byEmail.set(other, row.id);
    for (const [property, ids] of this.#byUnique) {
      const value = row.values[property];
      if (value !== undefined) ids.set(value.toLowerCase(), row.id);
    }
  }

  #unindex(row: ContactRow): void {
    const { email } = row.values;
    for (const held of email === undefined
      ? additionalEmails(row)
      : [email, ...additionalEmails(row)])
      this.#byEmail.delete(held);
    for (const [property, ids] of this.#byUnique) {
      const value = row.values[property];
      if (value !== undefined) ids.delete(value.toLowerCase());
    }
  }

  #tell(commit: Commit): void {
    for (const listener of this.#listeners) listener(commit);
  }
}
