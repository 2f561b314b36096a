// What the sync needs from Salesforce, named by what it does. The adapter over jsforce is `jsforce.ts`.
// Reads that can share a call do: /composite takes 5 queries or collections for one call of the limit.
import type { RecordError } from '../engine/errors.ts';
import type { SalesforceField, SalesforceObject } from '../engine/fields.ts';
import type { SalesforceRecord, SalesforceValue } from '../engine/records.ts';

export interface SalesforceUser {
  readonly id: string;
  readonly email: string | null;
  readonly name: string;
  readonly isActive: boolean;
}

export type FieldsByObject = Readonly<Record<SalesforceObject, readonly string[]>>;

/** Where a keyset read stands: rows after (stamp, id) are still to come. */
export interface SalesforceCursor {
  /** SystemModstamp, ISO. */
  readonly stamp: string;
  /** 18-character id, or '' for "from this stamp on". */
  readonly id: string;
}

export type SalesforceWrite =
  | {
      readonly kind: 'create';
      readonly object: SalesforceObject;
      readonly fields: SalesforceFields;
      /** HubSpot contact id: the external id value, upserted on when the org has the field. */ readonly hubspotId: string;
    }
  | {
      readonly kind: 'update';
      readonly object: SalesforceObject;
      readonly id: string;
      readonly fields: SalesforceFields;
    };

export type SalesforceFields = Readonly<Record<string, SalesforceValue>>;

/** What became of one row; outcomes come in the order of the writes. */
export type SalesforceWriteOutcome =
  { readonly ok: true; readonly id: string } | { readonly ok: false; readonly error: RecordError };

export interface SalesforceRecords {
  /**
   * Reads records by id and every record that holds one of the e-mails, leads and contacts alike, in as few
   * calls as /composite allows. Deleted rows are absent. Merged-away and unknown ids are absent.
   */
  read(
    wanted: {
      readonly ids: Readonly<Record<SalesforceObject, readonly string[]>>;
      readonly emails: readonly string[];
    },
    fields: FieldsByObject,
  ): Promise<SalesforceRecord[]>;

  /** One page (≤ 2,000) of all records of one object in ascending id after `afterId`; `afterId` null when done. */
  list(
    object: SalesforceObject,
    afterId: string | null,
    fields: readonly string[],
  ): Promise<{
    records: SalesforceRecord[];
    afterId: string | null;
    /** Rows still to come after this page plus this page, as the org counts them. */ totalSize: number;
  }>;

  /**
   * Rows of both objects changed after their cursors and not after `until`, deleted ones included
   * (`isDeleted`), at most 2,000 per object: one call. `done` is false when more is waiting behind the
   * returned cursor.
   */
  changed(
    cursors: Readonly<Record<SalesforceObject, SalesforceCursor>>,
    until: Date,
    fields: FieldsByObject,
  ): Promise<{
    records: SalesforceRecord[];
    cursors: Record<SalesforceObject, SalesforceCursor>;
    done: boolean;
  }>;

  /** Writes up to 1,000 rows a call (five collections of 200 in one composite), each row on its own. */
  write(writes: readonly SalesforceWrite[]): Promise<SalesforceWriteOutcome[]>;
}

export interface SalesforceSchema {
  describe(object: SalesforceObject): Promise<SalesforceField[]>;
  users(): Promise<SalesforceUser[]>;
  /** Organization id and the base address of record pages. */
  organization(): Promise<{ organizationId: string; instanceUrl: string }>;
}

export interface SalesforcePort {
  readonly records: SalesforceRecords;
  readonly schema: SalesforceSchema;
  /** External-ID field that holds the HubSpot contact id, when the org has it on the object. */
  readonly externalIdField: 'Tandem_HubSpot_Id__c';
}
