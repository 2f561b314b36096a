// One contact as it was after one write. Rows never change: a write makes a new one, so the lagging search
// index can hold on to an old one. The log links back to earlier writes and is what property history is
// read from.
import type { ChangeSource } from '../auth.ts';

export interface Change {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly source: ChangeSource;
  /** What this write set, '' where it cleared. */
  readonly values: Readonly<Record<string, string>>;
  readonly previous: Change | null;
}

export interface ContactRow {
  readonly id: string;
  readonly createdAt: number;
  /** Moves with every write, by a millisecond at least. */
  readonly modifiedAt: number;
  readonly archivedAt: number | null;
  /** Stored properties that hold something; what HubSpot computes is in `computed.ts`. */
  readonly values: Readonly<Record<string, string>>;
  readonly log: Change;
}

/** Writes the journal keeps per contact; older ones are forgotten on a restart. */
const KEPT_CHANGES = 50;

interface StoredRow extends Omit<ContactRow, 'log'> {
  /** Newest first. */
  readonly log: readonly Omit<Change, 'previous'>[];
}

export function toStored(row: ContactRow): StoredRow {
  const log: Omit<Change, 'previous'>[] = [];
  for (let change: Change | null = row.log; change; change = change.previous) {
    if (log.length === KEPT_CHANGES) break;
    log.push({ at: change.at, source: change.source, values: change.values });
  }
  return { ...row, log };
}

export function fromStored(stored: StoredRow): ContactRow {
  let log: Change | null = null;
  for (const change of stored.log.toReversed()) log = { ...change, previous: log };
  if (log === null) throw new Error(`contact ${stored.id} has no log`);
  return { ...stored, log };
}

/** E-mails beside the primary one, from `hs_additional_emails`. */
export function additionalEmails(row: Pick<ContactRow, 'values'>): string[] {
  const list = row.values.hs_additional_emails;
  return list === undefined ? [] : list.split(';').filter((email) => email !== '');
}

/** Ids of the contacts that were merged into it. */
export function mergedIds({ values }: Pick<ContactRow, 'values'>): string[] {
  return (values.hs_merged_object_ids ?? '').split(';').filter((id) => id !== '');
}
