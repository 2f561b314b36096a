// History as it is read: one entry is what one sync wrote to one record, with an id to name it by, so that a
// screen can page through it and an undo can say which entries it takes back.
import type { Change } from './port.ts';

export interface WrittenField {
  /** Property or field name on the entry's side; `salesforceId` of a pair. */
  readonly field: string;
  readonly before: Change['before'];
  readonly after: Change['after'];
  /** Rule or reason code that decided it. */
  readonly why: string;
}

export interface HistoryEntry extends Pick<
  Change,
  'hubspotId' | 'salesforceId' | 'runId' | 'cause' | 'side'
> {
  readonly id: string;
  /** Who had it done; null where nobody did, or nobody knows. */
  readonly by: string | null;
  /** ISO; the same for all entries of one sync of one person. */
  readonly at: string;
  /** In the order they were written down. */
  readonly fields: readonly WrittenField[];
}

export interface WrittenByRun {
  readonly entries: number;
  /** Values written to records that were there before. */
  readonly values: number;
  readonly people: number;
  /** Records it created. */
  readonly created: number;
}

/** Whether an entry is of a record that came into being with it. */
export const isCreation = ({ side, fields }: Pick<HistoryEntry, 'side' | 'fields'>): boolean =>
  side !== 'pair' && fields.some(({ why }) => why === 'CREATED');

/** Whose history: one contact's, or what one run wrote to anybody. */
export type HistoryOf = { readonly hubspotId: string } | { readonly runId: string };

export interface HistoryStore {
  /** A page, newest first, of the entries before one (null: from the newest on). */
  page(of: HistoryOf, beforeId: string | null, limit: number): Promise<readonly HistoryEntry[]>;
  /** The entries with these ids, newest first; unknown ids are absent. */
  byIds(ids: readonly string[]): Promise<readonly HistoryEntry[]>;
  /** What a run wrote, counted. */
  writtenBy(runId: string): Promise<WrittenByRun>;
}
