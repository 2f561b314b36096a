// What the sync needs from Salesforce, named by what it does. The adapter over jsforce is `jsforce.ts`.
// Reads that can share a call do: /composite takes 5 queries or collections for one call of the limit.
import type { RecordError } from '../engine/errors.ts';
import { CallFailed } from '../engine/failures.ts';
import type { SalesforceField, SalesforceObject } from '../engine/fields.ts';
import type { RecordFate, SalesforceRecord, SalesforceValue } from '../engine/records.ts';

export interface SalesforceUser {
  readonly id: string;
  readonly email: string | null;
  readonly name: string;
  readonly isActive: boolean;
}

/** A group of users that may own leads. */
export interface SalesforceQueue {
  readonly id: string;
  readonly name: string;
}

export type FieldsByObject = Readonly<Record<SalesforceObject, readonly string[]>>;

/** Where a keyset read stands: rows after (stamp, id) are still to come. */
export interface SalesforceCursor {
  /** SystemModstamp, ISO. */
  readonly stamp: string;
  /** 18-character id, or '' for "from this stamp on". */
  readonly id: string;
}

/** What changes are looked for in; each has its own cursor. */
export type FeedObject = SalesforceObject | 'CampaignMember';

export type SalesforceCursors = Readonly<Record<FeedObject, SalesforceCursor>>;

export type IdsByObject = Readonly<Record<SalesforceObject, readonly string[]>>;

export interface SalesforceChanges {
  readonly records: SalesforceRecord[];
  /** Leads and contacts whose rows among the campaign members were added or changed, each once. */
  readonly campaignsChanged: readonly { readonly object: SalesforceObject; readonly id: string }[];
  /**
   * Ids of campaign members removed since the cursor, to the minute, so some may come again with the next
   * call. Salesforce keeps nothing of a removed member: whose it was is for `campaigns` to find out. Null
   * when Salesforce can't tell (the cursor is weeks old, or campaign members are hidden from the user).
   */
  readonly removedCampaignMembers: readonly string[] | null;
  readonly cursors: SalesforceCursors;
  readonly done: boolean;
}

export type SalesforceWrite =
  | {
      readonly kind: 'create';
      readonly object: SalesforceObject;
      readonly fields: SalesforceFields;
      /** HubSpot contact id: the external id value, upserted on when the org has the field. */
      readonly hubspotId: string;
      /** True leaves the owner to the org's lead assignment rules, over an OwnerId among the fields too. */
      readonly assign: boolean;
    }
  | {
      readonly kind: 'update';
      readonly object: SalesforceObject;
      readonly id: string;
      readonly fields: SalesforceFields;
      /** Of a contact, where it is known: contacts of one account are kept from locking each other out. */
      readonly accountId?: string;
    }
  /** To the recycle bin. A record that is gone already counts as deleted. */
  | { readonly kind: 'delete'; readonly object: SalesforceObject; readonly id: string };

export type SalesforceFields = Readonly<Record<string, SalesforceValue>>;

/** What became of one row; outcomes come in the order of the writes. */
export type SalesforceWriteOutcome =
  { readonly ok: true; readonly id: string } | { readonly ok: false; readonly error: RecordError };

export interface CampaignMembership {
  readonly campaignId: string;
  readonly name: string;
  /** What the campaign calls it: Sent, Responded, … */
  readonly status: string | null;
  readonly hasResponded: boolean;
}

export interface SalesforceRecords {
  /**
   * Reads records by id and every record that holds one of the e-mails, leads and contacts alike, in as few
   * calls as /composite allows. Deleted rows are absent. Merged-away and unknown ids are absent.
   */
  read(
    wanted: {
      readonly ids: IdsByObject;
      readonly emails: readonly string[];
    },
    fields: FieldsByObject,
  ): Promise<SalesforceRecord[]>;

  /**
   * One page (≤ 2,000) of all records of one object in ascending id after `afterId`; `afterId` null when done.
   * `where`, as an admin types it, leaves out records it doesn't hold for: `UnreadableCondition` when it isn't a
   * condition on this object alone, `CallRejected` when Salesforce refuses it (no such field, wrong type).
   */
  list(
    object: SalesforceObject,
    afterId: string | null,
    fields: readonly string[],
    where?: string,
  ): Promise<{
    records: SalesforceRecord[];
    afterId: string | null;
  }>;

  /** Leads that are not converted, and contacts, whose name has this text in it; at most `limit` of each. One call. */
  find(text: string, limit: number): Promise<SalesforceRecord[]>;

  /** How many records `list` would walk through, of each object, for one call; `where` and its errors as there. */
  count(objects: readonly SalesforceObject[], where?: string): Promise<number[]>;

  /**
   * How many records there are of an object, and how many of them hold a value in a field; one call for two fields.
   * `filled` is null where Salesforce doesn't let the field be asked about, such as long texts.
   */
  countFilled(
    fields: readonly { readonly object: SalesforceObject; readonly field: string }[],
  ): Promise<{ readonly total: number; readonly filled: number | null }[]>;

  /**
   * One page (≤ 2,000 members) of who is in a campaign, in ascending id of the memberships after `afterId`;
   * `afterId` null when done. The member of a converted lead stands for its contact. One call. An unknown
   * campaign has no members; `CallRejected` (`INVALID_TYPE`) when the user may not see campaign members.
   */
  campaignMembers(
    campaignId: string,
    afterId: string | null,
  ): Promise<{
    readonly members: readonly { readonly object: SalesforceObject; readonly id: string }[];
    readonly afterId: string | null;
  }>;

  /** What a campaign is called; null when there is none of that id that the user may see. One call. */
  campaignName(campaignId: string): Promise<string | null>;

  /** How many members `campaignMembers` would walk through; one call. */
  countCampaignMembers(campaignId: string): Promise<number>;

  /**
   * Rows of both objects changed after their cursors and not after `until`, deleted ones included
   * (`isDeleted`), and what changed among campaign members; at most 2,000 rows per object: one call. `done` is
   * false when more is waiting behind the returned cursors.
   */
  changed(
    cursors: SalesforceCursors,
    until: Date,
    fields: FieldsByObject,
  ): Promise<SalesforceChanges>;

  /**
   * What became of records that a read didn't find, by the ids as they were asked for; one call for 2,500 ids. Absent
   * from the answer: never heard of, or not visible.
   */
  fates(ids: IdsByObject): Promise<ReadonlyMap<string, RecordFate>>;

  /**
   * Campaign ids, in order, of leads and contacts, by the ids as they were asked for; every one of them is in
   * the answer. One call for 2,500 people, more where they are in many campaigns.
   */
  campaigns(ids: IdsByObject): Promise<ReadonlyMap<string, readonly string[]>>;

  /**
   * The campaigns of one lead or contact, with its status in each, by name. One call; none when the user may not
   * see campaign members.
   */
  memberships(object: SalesforceObject, id: string): Promise<readonly CampaignMembership[]>;

  /**
   * Writes up to 1,000 rows a call (five collections of 200 in one composite), each row on its own. From
   * `BULK_WRITE_ROWS` of one kind on, rows that may be repeated go through a bulk job, which takes minutes.
   */
  write(writes: readonly SalesforceWrite[]): Promise<SalesforceWriteOutcome[]>;
}

/**
 * Reading whole objects through the Bulk API: for runs, from `worthFrom` rows on. A run keeps
 * `{ jobId, locator }` as its checkpoint, with `locator` null until the first page was dealt with.
 */
export interface SalesforceExports {
  /** From how many records on an export saves calls. */
  readonly worthFrom: number;

  /**
   * Starts a query job over all records of the object that aren't deleted, in no particular order, and gives
   * its id. What its pages show may be as old as this call: whoever plans on them takes the time before it for
   * the time of reading. Errors as those of `list`, and `CallRejected` where the org or the user has no Bulk API: then
   * `list` does it. One call; the answer comes at once, the job takes minutes.
   */
  start(object: SalesforceObject, fields: readonly string[], where?: string): Promise<string>;

  /**
   * The page behind a locator, the first one for null; the same locator gives the same page, for a week.
   * `working` until the job is done (one call: ask again in 10 s, 20 s, 40 s, then every minute). Records are as those of `list`, in the
   * state of when the job ran, but for compound fields, which are left out. `ExportLost`: start anew, though not
   * for ever. `CallRejected` (`BULK_QUERY_FAILED`, `BULK_QUERY_ABORTED`): Salesforce gave up; `list` may do it.
   * One call a page, two for the first.
   */
  page(wanted: {
    readonly object: SalesforceObject;
    readonly jobId: string;
    readonly locator: string | null;
    /** Rows; 10,000 by default. */
    readonly maxRecords?: number;
  }): Promise<SalesforceExportPage>;

  /** Stops the job if need be and deletes its results; nothing happens to one that is gone. One call. */
  end(jobId: string): Promise<void>;
}

export type SalesforceExportPage =
  | { readonly state: 'working' }
  | {
      readonly state: 'page';
      readonly records: SalesforceRecord[];
      /** Null after the last page. */
      readonly locator: string | null;
    };

/** An export that can't be read on: its job is a week old, or somebody deleted it. */
export class ExportLost extends CallFailed {}

/** What the integration user may do with an object as a whole. */
export interface ObjectAccess {
  readonly queryable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
}

export interface SalesforceAccess {
  /** Null: the user may not look at it. */
  readonly user: { readonly name: string; readonly username: string } | null;
  readonly organization: {
    readonly name: string;
    readonly isSandbox: boolean;
    readonly edition: string;
    readonly instance: string;
  } | null;
  readonly organizationId: string;
  readonly instanceUrl: string;
  /** Such as 64.0. */
  readonly apiVersion: string;
  /** Null: the user doesn't see the object at all. */
  readonly objects: Readonly<Record<SalesforceObject, ObjectAccess | null>>;
}

export interface SalesforceSchema {
  describe(object: SalesforceObject): Promise<SalesforceField[]>;
  users(): Promise<SalesforceUser[]>;
  /** Queues that may own leads. */
  queues(): Promise<SalesforceQueue[]>;
  /** Organization id and the base address of record pages. */
  organization(): Promise<{ organizationId: string; instanceUrl: string }>;
  /** Who is signed in, where, and what they may do with leads and contacts. One call. */
  access(): Promise<SalesforceAccess>;
}

export interface SalesforcePort {
  /** Signs in ahead of the first call; whatever goes wrong is that call's matter. */
  signInAhead(): void;
  /** Takes what somebody else was told by `describe` a few minutes ago: reading and writing need it. */
  knowFields(object: SalesforceObject, fields: readonly SalesforceField[]): void;
  readonly records: SalesforceRecords;
  readonly exports: SalesforceExports;
  readonly schema: SalesforceSchema;
  /** External-ID field that holds the HubSpot contact id, when the org has it on the object. */
  readonly externalIdField: 'Tandem_HubSpot_Id__c';
}
