// E-mails of contacts that were erased for privacy. People can't add them again in HubSpot's screens or by
// an import; an app's API call still can, as HubSpot's help pages say.
import type { JournalEntry } from '../../journal.ts';
import type { PendingRows } from '../persistence.ts';

export const BLOCKED_TABLE = 'blockedEmail';

export class Blocklist {
  readonly #emails = new Set<string>();
  readonly #pending: PendingRows;

  constructor(pending: PendingRows) {
    this.#pending = pending;
  }

  restore(entry: JournalEntry): void {
    this.#emails.add(entry.id);
  }

  has(email: string): boolean {
    return this.#emails.has(email.trim().toLowerCase());
  }

  add(email: string): void {
    const key = email.trim().toLowerCase();
    if (key === '' || this.#emails.has(key)) return;
    this.#emails.add(key);
    this.#pending.add(BLOCKED_TABLE, key, () => true);
  }
}
