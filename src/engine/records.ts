// The records the engine looks at, as both CRMs give them: raw values, not yet canonical.
import type { SalesforceObject } from './fields.ts';

export interface HubSpotContact {
  /** HubSpot record id, digits. */
  readonly id: string;
  /** HubSpot stores every value as text; empty is null. Only the properties that were asked for. */
  readonly properties: Readonly<Record<string, string | null>>;
  /** `lastmodifieddate`, ISO with milliseconds: the version of what was read. */
  readonly modifiedAt: string;
  readonly archived: boolean;
}

export type SalesforceValue = string | number | boolean | null;

export interface SalesforceRecord {
  readonly object: SalesforceObject;
  /** Always the 18-character id. */
  readonly id: string;
  /** Field values by the API name as describe spells it, besides those named below. */
  readonly fields: Readonly<Record<string, SalesforceValue>>;
  /** `SystemModstamp`, ISO, whole seconds. */
  readonly modifiedAt: string;
  /** `CreatedDate`, ISO. */
  readonly createdAt: string;
  readonly isDeleted: boolean;
  /** Leads only: converted leads are read-only. */
  readonly isConverted: boolean;
  readonly convertedContactId: string | null;
}

/** What became of a contact that a read didn't find; nothing is known of one erased for privacy. */
export type ContactFate =
  | { readonly kind: 'archived' }
  | { readonly kind: 'mergedInto'; readonly id: string }
  | { readonly kind: 'live' };

/** What became of a lead or contact that a read didn't find; nothing is known of one Tandem may not see. */
export interface RecordFate {
  readonly isDeleted: boolean;
  /** The record it was merged into, 18 characters. */
  readonly masterRecordId: string | null;
}

/** Names a record on one side; what a trigger produces. */
export type RecordKey =
  | { readonly side: 'hubspot'; readonly id: string }
  | { readonly side: 'salesforce'; readonly object: SalesforceObject; readonly id: string };

export type Side = RecordKey['side'];
