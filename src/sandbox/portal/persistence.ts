// Rows changed during a call, written to the journal together before its answer leaves. Each row is
// turned into what the journal keeps only then, so a row that changes twice in a call is written once.
import type { Journal, JournalEntry } from '../journal.ts';

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
}
