// Keeps a stand-in's rows across restarts: an append-only file of row versions, the last one of each
// row counting. A line is written with one write call before the answer leaves, so a killed process
// keeps everything it had answered for. Reading it back rewrites it with only the last versions.
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

export interface JournalEntry {
  readonly table: string;
  readonly id: string;
  /** Null removes the row. */
  readonly row: unknown;
}

export interface Journal {
  /** The last version of every row, in the order rows first appeared. */
  load(): JournalEntry[];
  append(entries: readonly JournalEntry[]): void;
  close(): void;
}

/** For tests and simulations: nothing outlives the process. */
export const noJournal: Journal = {
  load: () => [],
  append: () => undefined,
  close: () => undefined,
};

export class FileJournal implements Journal {
  readonly #path: string;
  #file: number | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  load(): JournalEntry[] {
    const last = new Map<string, JournalEntry>();
    if (existsSync(this.#path)) {
      for (const line of readFileSync(this.#path, 'utf8').split('\n')) {
        if (!line) continue;
        let entry: JournalEntry;
        try {
          entry = JSON.parse(line) as JournalEntry;
        } catch {
          continue; // a line cut short by a kill was never answered for
        }
        const key = `${entry.table} ${entry.id}`;
        if (entry.row === null) last.delete(key);
        else last.set(key, entry);
      }
    }
    const entries = [...last.values()];
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(
      `${this.#path}.new`,
      entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''),
    );
    renameSync(`${this.#path}.new`, this.#path);
    this.#file = openSync(this.#path, 'a');
    return entries;
  }

  append(entries: readonly JournalEntry[]): void {
    if (this.#file === null) throw new Error('load the journal before appending to it');
    if (entries.length > 0)
      writeSync(this.#file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }
}
