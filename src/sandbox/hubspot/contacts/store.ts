// All contacts of the portal with the look-ups that HubSpot answers from: by id, by e-mail (primary and
// additional), by unique property, and in ascending id. It takes values as they are to be stored; whether
// they may be is decided by `validation.ts`. Whoever follows changes (search index, lists, webhooks, the
// journal) subscribes here.
//
// Merged-away ids lead to the survivor, which remembers them in `hs_merged_object_ids`; an archived contact
// can be read and restored for 90 days; an erased one leaves nothing behind.
import type { Clock } from '../../clock.ts';
import type { ChangeSource } from '../auth.ts';
import { contactExists, invalidRequest, Refused } from '../errors.ts';
import { IdList } from './ids.ts';
import { merged, MOST_IDENTITIES } from './merging.ts';
import { additionalEmails, mergedIds, type ContactRow } from './row.ts';

export interface Commit {
  /** `seeded`: put there before anybody looked, so nobody is to be told later. */
  readonly kind:
    'created' | 'seeded' | 'changed' | 'archived' | 'restored' | 'merged' | 'mergedAway' | 'erased';
  readonly row: ContactRow;
  /** For `merged`: the two contacts that became `row`, and how many properties came from the other. */
  readonly mergedFrom?: {
    readonly primaryId: string;
    readonly otherId: string;
    readonly moved: number;
  };
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
/** How long the recycle bin keeps a contact. */
const BINNED_FOR = 90 * 86_400_000;

export class ContactStore {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #rows = new Map<string, ContactRow>();
  readonly #live = new IdList();
  readonly #archived = new IdList();
  readonly #byEmail = new Map<string, string>();
  readonly #byUnique = new Map<string, Map<string, string>>();
  readonly #listeners: ((commit: Commit) => void)[] = [];
  /** Ids of merged-away contacts, and where they lead. */
  readonly #forwards = new Map<string, string>();
  #lastId = FIRST_ID;

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  onCommit(listener: (commit: Commit) => void): void {
    this.#listeners.push(listener);
  }

  /** The contact, archived or not; the survivor for a merged-away id. */
  find(id: string): ContactRow | undefined {
    return this.#rows.get(this.#forwards.get(id) ?? id);
  }

  /** The contact, unless it is archived; the survivor for a merged-away id. */
  get(id: string): ContactRow | undefined {
    const row = this.find(id);
    return row?.archivedAt === null ? row : undefined;
  }

  /** The contact, or a merged-away one's survivor, if it is in the recycle bin. */
  binned(id: string): ContactRow | undefined {
    const row = this.find(id);
    return row && this.#isBinned(row) ? row : undefined;
  }

  /** The row of this very id, as the journal keeps it. */
  rowOf(id: string): ContactRow | undefined {
    return this.#rows.get(id);
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
    const rows = ids.flatMap((id) => this.#rows.get(id) ?? []);
    return archived ? rows.filter((row) => this.#isBinned(row)) : rows;
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

  /** Takes a contact out of the recycle bin; refuses when its e-mail or unique value has another contact by now. */
  bringBack(row: ContactRow, source: ChangeSource): ContactRow {
    const holder = this.#holderOfAny(row);
    if (holder) throw contactExists(holder.id);
    const at = Math.max(this.#clock.now(), row.modifiedAt + 1);
    const next: ContactRow = { ...row, archivedAt: null, modifiedAt: at };
    this.#archived.remove(row.id);
    this.#put(next);
    this.#tell({ kind: 'restored', row: next, changes: {}, source });
    return next;
  }

  /** Erases a contact for privacy, archived or not: no read finds it again. */
  erase(row: ContactRow, source: ChangeSource): void {
    this.#take(row);
    this.#tell({ kind: 'erased', row: this.#goneFromNow(row), changes: {}, source });
  }

  /** Makes one contact of two, as `merging.ts` says. The survivor has a new id, or the primary's. */
  merge(
    primary: ContactRow,
    other: ContactRow,
    source: ChangeSource,
    survivor: 'newId' | 'primaryId',
  ): ContactRow {
    if (primary.id === other.id) throw invalidRequest('A contact cannot be merged with itself.');
    if (mergedIds(primary).length + mergedIds(other).length + 2 > MOST_IDENTITIES)
      throw new Refused(414, {
        category: 'VALIDATION_ERROR',
        message: `Cannot have more than ${MOST_IDENTITIES} identities on a profile`,
      });
    const at = Math.max(this.#clock.now(), primary.modifiedAt + 1, other.modifiedAt + 1);
    const id = survivor === 'newId' ? this.#nextId() : primary.id;
    const { row, moved } = merged(primary, other, { id, at, source });
    this.#take(primary);
    this.#take(other);
    this.#put(row);
    for (const gone of [primary, other])
      if (gone.id !== id)
        this.#tell({ kind: 'mergedAway', row: this.#goneFromNow(gone), changes: {}, source });
    const mergedFrom = { primaryId: primary.id, otherId: other.id, moved };
    this.#tell({ kind: 'merged', row, changes: {}, source, mergedFrom });
    return row;
  }

  #isBinned({ archivedAt }: ContactRow): boolean {
    return archivedAt !== null && this.#clock.now() - archivedAt < BINNED_FOR;
  }

  #holderOfAny(row: ContactRow): ContactRow | undefined {
    const emails = [row.values.email, ...additionalEmails(row)];
    for (const email of emails) {
      const holder = email === undefined ? undefined : this.byEmail(email);
      if (holder) return holder;
    }
    for (const property of this.#byUnique.keys()) {
      const value = row.values[property];
      const holder = value === undefined ? undefined : this.byUnique(property, value);
      if (holder) return holder;
    }
    return undefined;
  }

  #goneFromNow(row: ContactRow): ContactRow {
    const at = Math.max(this.#clock.now(), row.modifiedAt + 1);
    return { ...row, archivedAt: at, modifiedAt: at };
  }

  #take(row: ContactRow): void {
    if (row.archivedAt === null) this.#unindex(row);
    this.#live.remove(row.id);
    this.#archived.remove(row.id);
    this.#rows.delete(row.id);
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
    for (const merged of mergedIds(row)) this.#forwards.set(merged, row.id);
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
