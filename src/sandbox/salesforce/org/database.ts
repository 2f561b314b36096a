// All tables of the org, with what makes a call all or nothing: every change can be undone back to a
// mark, and what is committed goes to the journal once, as last versions, before the answer leaves.
//
// Late commits: a long transaction of somebody else in the org gets its SystemModstamp first and becomes
// visible afterwards (salesforce-api §3). Such a row is overlaid for API reads with what they could see
// before, until its time has come.
import type { Clock } from '../../clock.ts';
import type { Journal, JournalEntry } from '../../journal.ts';
import type { Schema } from '../schema/schema.ts';
import { textOf, toApiDatetime, type Row } from '../values.ts';
import { Table } from './table.ts';

/** A row taken out of the database, for getDeleted. */
export interface Deletion {
  readonly id: string;
  /** API datetime. */
  readonly deletedDate: string;
}

/** One row in one transaction: what it was before, and what it is now. */
export interface RowChange {
  readonly object: string;
  readonly id: string;
  readonly before: Row | undefined;
  readonly after: Row | undefined;
}

/** Hears of every transaction; `visibleAt`: when API reads see it; `client`: the app that made it through the API. */
export type CommitListener = (
  changes: readonly RowChange[],
  visibleAt: number,
  client: string | null,
) => void;

interface Change {
  readonly table: Table;
  readonly id: string;
  readonly before: Row | undefined;
}

interface Overlay {
  /** What API reads see until then; null: no such row yet. */
  readonly row: Row | null;
  readonly until: number;
}

export class Database {
  readonly schema: Schema;
  readonly clock: Clock;
  readonly #journal: Journal;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #overlays: ReadonlyMap<string, Map<string, Overlay>>;
  readonly #deletions: ReadonlyMap<string, Map<string, string>>;
  #changes: Change[] = [];
  #onCommit: CommitListener | null = null;

  constructor(schema: Schema, clock: Clock, journal: Journal) {
    this.schema = schema;
    this.clock = clock;
    this.#journal = journal;
    this.#tables = new Map(schema.objects.map((object) => [object.name, new Table(object)]));
    this.#overlays = new Map(schema.objects.map((object) => [object.name, new Map()]));
    this.#deletions = new Map(schema.objects.map((object) => [object.name, new Map()]));
  }

  /** Reads back what an earlier process committed; true when there was anything. */
  load(): boolean {
    const entries = this.#journal.load();
    for (const { table, id, row } of entries) {
      const deletions = table.endsWith(DELETIONS) ? table.slice(0, -DELETIONS.length) : null;
      if (deletions !== null) this.#deletions.get(deletions)?.set(id, String(row));
      // The journal holds only rows this class wrote.
      else this.#tables.get(table)?.put(id, row as Row);
    }
    return entries.length > 0;
  }

  table(object: string): Table {
    const table = this.#tables.get(object);
    if (table === undefined) throw new Error(`the sandbox org has no object ${object}`);
    return table;
  }

  put(table: Table, id: string, row: Row | undefined): void {
    const before = table.get(id);
    this.#changes.push({ table, id, before });
    table.put(id, row);
    // Writing waits for the other transaction's commit, which makes its row visible.
    this.#overlaysOf(table).delete(id);
  }

  /** A place to come back to with `undoTo`. */
  mark(): number {
    return this.#changes.length;
  }

  undoTo(mark: number): void {
    for (const { table, id, before } of this.#changes.splice(mark).reverse()) table.put(id, before);
  }

  /** Makes everything since the last commit lasting; `visibleAfterMs` later for API reads. */
  commit(visibleAfterMs = 0, client: string | null = null): void {
    const first = new Map<string, Change>();
    for (const change of this.#changes) {
      const key = `${change.table.schema.name} ${change.id}`;
      if (!first.has(key)) first.set(key, change);
    }
    this.#changes = [];
    const entries: JournalEntry[] = [];
    for (const { table, id, before } of first.values()) {
      const row = table.get(id);
      entries.push({ table: table.schema.name, id, row: row ?? null });
      entries.push(...this.#noteDeletion(table, id, before, row));
      if (visibleAfterMs > 0) {
        this.#overlaysOf(table).set(id, {
          row: before ?? null,
          until: this.clock.now() + visibleAfterMs,
        });
      }
    }
    this.#journal.append(entries);
    if (this.#onCommit === null) return;
    const changes = [...first.values()].map(({ table, id, before }) => ({
      object: table.schema.name,
      id,
      before,
      after: table.get(id),
    }));
    this.#onCommit(changes, this.clock.now() + visibleAfterMs, client);
  }

  /** There is one listener at the most. */
  onCommit(listener: CommitListener | null): void {
    this.#onCommit = listener;
  }

  /** Rows whose latest version API reads don't see yet, by id. */
  overlays(table: Table): ReadonlyMap<string, Overlay> {
    const overlays = this.#overlaysOf(table);
    const now = this.clock.now();
    for (const [id, { until }] of overlays) if (until <= now) overlays.delete(id);
    return overlays;
  }

  /** The version of a row API reads see. */
  visible(table: Table, id: string): Row | undefined {
    const overlays = this.#overlaysOf(table);
    if (overlays.size === 0) return table.get(id);
    const overlay = this.overlays(table).get(id);
    return overlay === undefined ? table.get(id) : (overlay.row ?? undefined);
  }

  /** Rows of an object that were deleted, oldest first as far as known. */
  deletions(object: string): Deletion[] {
    return [...(this.#deletions.get(object) ?? [])].map(([id, deletedDate]) => ({
      id,
      deletedDate,
    }));
  }

  close(): void {
    this.#journal.close();
  }

  #overlaysOf(table: Table): Map<string, Overlay> {
    const overlays = this.#overlays.get(table.schema.name);
    if (overlays === undefined) throw new Error(`no overlays for ${table.schema.name}`);
    return overlays;
  }

  #noteDeletion(
    table: Table,
    id: string,
    before: Row | undefined,
    row: Row | undefined,
  ): JournalEntry[] {
    const wasThere = before !== undefined && before.IsDeleted !== true;
    const isThere = row !== undefined && row.IsDeleted !== true;
    const deletions = this.#deletions.get(table.schema.name);
    const arrivedDeleted = before === undefined && row !== undefined && !isThere;
    if ((wasThere && !isThere) || arrivedDeleted) {
      const deletedDate = arrivedDeleted
        ? textOf(row, 'SystemModstamp')
        : toApiDatetime(this.clock.now());
      deletions?.set(id, deletedDate);
      return [{ table: table.schema.name + DELETIONS, id, row: deletedDate }];
    }
    if (!wasThere && isThere && deletions?.delete(id) === true) {
      return [{ table: table.schema.name + DELETIONS, id, row: null }];
    }
    return [];
  }
}

const DELETIONS = '/deleted';
