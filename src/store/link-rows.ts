// How a link looks as a row: one list of columns for every statement that writes them, and the way back.
import type { Selectable } from 'kysely';
import type { Link, LinkContent } from '../engine/link.ts';
import type { LinksTable } from './schema.ts';

const instant = (at: Date | null): string | null => at?.toISOString() ?? null;

export function linkOf(row: Selectable<LinksTable>): Link {
  return {
    id: row.id,
    version: row.version,
    hubspotId: row.hubspot_id,
    salesforceId: row.salesforce_id,
    salesforceObject: row.salesforce_object,
    base: row.base,
    refused: row.refused,
    fieldReasons: row.field_reasons,
    leftDifferent: row.left_different,
    state: row.state,
    reason: row.reason,
    hubspotModifiedAt: row.hubspot_modified_at,
    salesforceModifiedAt: row.salesforce_modified_at,
    creatingSince: instant(row.creating_since),
    attempts: row.attempts,
    retryAt: instant(row.retry_at),
    lastSyncedAt: instant(row.last_synced_at),
    pinned: row.pinned,
    keptApart: row.kept_apart,
  };
}

/** As `toISOString` writes it: nearly every one that is saved. */
const IN_FULL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const sameInstant = (at: string | null): string | null =>
  at === null || IN_FULL.test(at) ? at : new Date(at).toISOString();

/** A content as it will be read again. */
export const asStored = (content: LinkContent): LinkContent => ({
  ...content,
  creatingSince: sameInstant(content.creatingSince),
  retryAt: sameInstant(content.retryAt),
  lastSyncedAt: sameInstant(content.lastSyncedAt),
});

type ContentColumn = Exclude<
  keyof LinksTable,
  'id' | 'version' | 'reason_code' | 'updated_at' | 'standing_since' // set by the database
>;

/** SQL types of the columns that a save fills. */
export const CONTENT_COLUMNS: Readonly<Record<ContentColumn, string>> = {
  hubspot_id: 'text',
  salesforce_id: 'text',
  salesforce_object: 'text',
  base: 'jsonb',
  refused: 'jsonb',
  field_reasons: 'jsonb',
  left_different: 'jsonb',
  state: 'text',
  reason: 'jsonb',
  hubspot_modified_at: 'text',
  salesforce_modified_at: 'text',
  creating_since: 'timestamptz',
  attempts: 'int4',
  retry_at: 'timestamptz',
  last_synced_at: 'timestamptz',
  pinned: 'boolean',
  kept_apart: 'jsonb',
};

export function rowOf(content: LinkContent): Readonly<Record<ContentColumn, unknown>> {
  return {
    hubspot_id: content.hubspotId,
    salesforce_id: content.salesforceId,
    salesforce_object: content.salesforceObject,
    base: content.base,
    refused: content.refused,
    field_reasons: content.fieldReasons,
    left_different: content.leftDifferent,
    state: content.state,
    reason: content.reason,
    hubspot_modified_at: content.hubspotModifiedAt,
    salesforce_modified_at: content.salesforceModifiedAt,
    creating_since: content.creatingSince,
    attempts: content.attempts,
    retry_at: content.retryAt,
    last_synced_at: content.lastSyncedAt,
    pinned: content.pinned,
    kept_apart: content.keptApart,
  };
}
