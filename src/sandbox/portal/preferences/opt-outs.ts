// E-mails that opted out of all e-mail. HubSpot keeps that by e-mail, not by contact: a contact created
// later with such an e-mail is opted out from the start.
import type { JournalEntry } from '../../journal.ts';
import type { PendingRows } from '../persistence.ts';

export const OPT_OUT_TABLE = 'optOut';

export class OptOuts {
  /** E-mail in lower case → when it opted out, ISO. */
  readonly #since = new Map<string, string>();
  readonly #pending: PendingRows;

  constructor(pending: PendingRows) {
    this.#pending = pending;
  }

  restore(entry: JournalEntry): void {
    this.#since.set(entry.id, entry.row as string);
  }

  has(email: string): boolean {
    return this.#since.has(email.toLowerCase());
  }

  since(email: string): string | undefined {
    return this.#since.get(email.toLowerCase());
  }

  /** False when the e-mail had opted out before. */
  add(email: string, at: string): boolean {
    const key = email.toLowerCase();
    if (this.#since.has(key)) return false;
    this.#since.set(key, at);
    this.#pending.add(OPT_OUT_TABLE, key, () => at);
    return true;
  }

  remove(email: string): void {
    const key = email.toLowerCase();
    this.#since.delete(key);
    this.#pending.add(OPT_OUT_TABLE, key, () => null);
  }
}
