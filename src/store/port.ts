// What the sync needs to remember, named by what it is for. The Postgres repositories beside this file
// implement it with Kysely; nothing above the store knows SQL. All times are ISO texts; all ids texts.
import type { CanonicalValue, Link, LinkContent, LinkState, Unrecorded } from '../engine/link.ts';
import type { Reason, ReasonCode } from '../engine/reasons.ts';
import type { Side } from '../engine/records.ts';
import type { Settings } from '../engine/settings.ts';
import type { HistoryStore } from './history-port.ts';
import type { RunKind, RunStore } from './runs-port.ts';

/** One field that was written on one side: a row of history. */
export interface Change {
  readonly hubspotId: string | null;
  readonly salesforceId: string | null;
  readonly runId: string | null;
  /** What woke the sync. */
  readonly cause: RunKind | 'live' | 'webhook' | 'syncNow' | 'admin' | 'undo';
  /** Who had it done; absent where nobody did, or nobody knows. */
  readonly by?: string | undefined;
  /** `pair`: which records belong together changed; `before` and `after` are Salesforce ids. */
  readonly side: Side | 'pair';
  /** Property or field name on that side; `salesforceId` or `hubspotId` of a pair. */
  readonly field: string;
  readonly before: CanonicalValue;
  readonly after: CanonicalValue;
  /** Rule or reason code that decided it: `twoWay`, `REVERTED_BY_RULE`, `CREATED`, … */
  readonly why: string;
}

export interface PastChange extends Change {
  /** ISO. */
  readonly at: string;
}

export interface LinkSave {
  /** Null for a link that doesn't exist yet; otherwise the row that was read, with its version. */
  readonly existing: { readonly id: string; readonly version: number } | null;
  /** Rows that this one takes over (the other side's, seen alone before the pairing); deleted with it. */
  readonly absorbs: readonly { readonly id: string; readonly version: number }[];
  readonly content: LinkContent;
  /**
   * Ids of the records whose sides were compared and whose writes ended well: what somebody was sending to them is
   * settled once this is saved.
   */
  readonly settles?: readonly string[];
  /** Rows of history about what it settles: kept if this is saved, or else found again by the next look. */
  readonly recovered?: readonly Change[];
}

/** What a save is going to take: the rows it starts from, and the ids it needs. */
export interface LinkClaim extends Pick<LinkSave, 'existing' | 'absorbs'> {
  readonly content: Pick<LinkContent, 'hubspotId' | 'salesforceId'>;
  /** What is about to be written: known to whoever comes next, should this never be recorded. */
  readonly unrecorded?: Unrecorded | null;
}

/** How long a hold lasts when the process that has it is gone; one that is alive renews it. */
export const HOLD_MS = 30_000;

/** Records that somebody keeps for themselves while they write them. */
export interface Hold {
  /** Names the one who holds, and no other hold of anybody. */
  readonly holder: string;
  readonly recordIds: readonly string[];
}
export const NO_HOLD: Hold = { holder: '', recordIds: [] };

/** Saved links in the order of the saves; null where the row had changed meanwhile, or its ids are taken by another. */
export type SaveOutcome = readonly (Link | null)[];

export interface RecordBatch {
  readonly links: readonly LinkSave[];
  readonly changes: readonly Change[];
  /** What was held for this batch and is let go with it. */
  readonly releases?: Hold;
  /** Committed together with the links: how far a feed has come. */
  readonly cursor?: { readonly name: string; readonly value: unknown };
}

export type LinkFilter =
  | { readonly which: 'paired' }
  /** Whoever has a mapped field left out, by the key of the mapping and the reason. */
  | { readonly which: 'field'; readonly mapping: string; readonly reason: ReasonCode }
  | {
      readonly which: 'left';
      readonly states: readonly LinkState[];
      /** Null: whatever the reason. */
      readonly reasons: readonly ReasonCode[] | null;
    };

export interface LinkStore {
  /** Every link that holds one of the ids. */
  find(ids: {
    readonly hubspot: readonly string[];
    readonly salesforce: readonly string[];
  }): Promise<Link[]>;
  /**
   * Saves links and their history in one transaction. A link whose row changed since it was read, or whose
   * records somebody else holds, is left as it is (null in the outcome) while the others are saved; history rows
   * are always kept: they happened.
   */
  record(batch: RecordBatch): Promise<SaveOutcome>;
  /**
   * Keeps everybody else from saving, and so from writing, these records until they are released, or for
   * `HOLD_MS` where that never comes, whether they have a link or not. False where a row is not as it was read, or
   * a record is held by another.
   */
  hold(claims: readonly LinkClaim[], holder: string): Promise<readonly boolean[]>;
  /** Has a hold last for `HOLD_MS` from now, as far as nobody else has taken the records since it ended. */
  renew(hold: Hold): Promise<void>;
  /** Ends a hold whose work failed, nothing recorded: the records are due, whether they have a link or not. */
  giveUp(hold: Hold): Promise<void>;
  /** What is known of writes to these records whose outcome was not recorded. */
  unrecorded(recordIds: readonly string[]): Promise<readonly Unrecorded[]>;
  /**
   * Has the links with these ids looked at once more, soon, by whoever looks at what is due; never on what
   * somebody read before this.
   */
  want(ids: Parameters<LinkStore['find']>[0]): Promise<void>;
  /** Links whose `retryAt` has come, oldest first, after those whose holder is gone. */
  due(now: string, limit: number): Promise<Link[]>;
  /** Ids of records without a link whose holder is gone: it was making or pairing them. */
  abandoned(limit: number): Promise<string[]>;
  /** Forgets what the dead held of these: they were looked at, and whoever is left of them has no link. */
  forgetHolds(recordIds: readonly string[]): Promise<void>;
  /** A page of the links whose base holds a value for a mapping, in id order after `afterId`. */
  withValue(mappingKey: string, afterId: string | null, limit: number): Promise<Link[]>;
  /** A page of the links that a filter holds for, in id order after `afterId`. */
  page(which: LinkFilter, afterId: string | null, limit: number): Promise<Link[]>;
  /** How many links `page` would answer in all. */
  count(which: LinkFilter): Promise<number>;
  /** Those who are paired, in any order; of more than `limit` a sample by chance that stays the same while they do. */
  somePairs(limit: number): Promise<readonly PairRow[]>;
  /**
   * Ids of links that hold an id on a side after `after` and up to `upTo` (null: to the end), in the order
   * the CRM lists its records. What a listing of that stretch doesn't show is gone.
   */
  idsBetween(side: Side, after: string | null, upTo: string | null): Promise<string[]>;
  /** The newest `hubspotModifiedAt` of all links: HubSpot's clock was past it when it was seen. */
  newestHubSpotStamp(): Promise<string | null>;
  /**
   * Since when links, by their own ids, are in their state for their reason, ISO. Absent: not known, or there is
   * no such link.
   */
  since(linkIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** How many links stand where: state × reason code, most first, with up to three examples each. */
  summary(): Promise<LinkSummaryRow[]>;
  /** Which fields are left out and why: mapping × reason code, most first. */
  fieldSummary(): Promise<FieldSummaryRow[]>;
  /** What was written for a contact, newest first. */
  history(hubspotId: string, limit: number): Promise<PastChange[]>;
  /** What was written for anybody, newest first. */
  recent(limit: number): Promise<PastChange[]>;
}

/** Who belongs to whom and how they stand, without what is remembered of their fields. */
export interface PairRow {
  readonly hubspotId: string;
  readonly salesforceId: string;
  readonly state: LinkState;
}

export interface LinkSummaryRow {
  readonly state: LinkState;
  readonly count: number;
  /** Null: nothing to say. Of one of these links, so with its details. */
  readonly reason: Reason | null;
  readonly examples: readonly {
    readonly hubspotId: string | null;
    readonly salesforceId: string | null;
  }[];
}

/** A mapped field that is left out of some links for one reason. */
export interface FieldSummaryRow {
  /** Key of the mapping. */
  readonly mapping: string;
  readonly count: number;
  /** Of one of these links, so with its details. */
  readonly reason: Reason;
}

export interface SettingsVersion {
  /** 0: the built-in defaults that nobody saved. */
  readonly version: number;
  readonly settings: Settings;
  readonly savedBy: string | null;
  readonly note: string;
  readonly savedAt: string | null;
}

/** A version in a list: without the document, which can be long. */
export type SettingsVersionRow = Omit<SettingsVersion, 'settings'>;

export interface SettingsStore {
  current(): Promise<SettingsVersion>;
  /** Null when there is no such version; 0 is always there. */
  version(version: number): Promise<SettingsVersion | null>;
  /** Newest first, those before a version (null: from the newest on); 0 comes last. */
  list(before: number | null, limit: number): Promise<readonly SettingsVersionRow[]>;
  /** Adds a version; null when `baseVersion` is not the current one any more. */
  save(
    baseVersion: number,
    settings: Settings,
    savedBy: string,
    note: string,
  ): Promise<SettingsVersion | null>;
}

export interface CursorStore {
  get(name: string): Promise<unknown>;
  set(name: string, value: unknown): Promise<void>;
  /** Sets the value if it is still the known one (null: none yet); false when somebody was faster. */
  replace(name: string, known: unknown, value: unknown): Promise<boolean>;
}

/** What each process at work last said of itself: a row of its own that it keeps fresh. */
export interface HealthStore {
  set(worker: string, value: unknown): Promise<void>;
  remove(worker: string): Promise<void>;
  all(): Promise<readonly { readonly worker: string; readonly value: unknown }[]>;
}

/** Which portal and organization this database belongs to: set once, then checked at every start. */
export interface Installation {
  readonly portalId: string;
  readonly organizationId: string;
}

export interface Store {
  readonly links: LinkStore;
  readonly history: HistoryStore;
  readonly runs: RunStore;
  readonly settings: SettingsStore;
  readonly cursors: CursorStore;
  readonly health: HealthStore;
  /** True when the database answers and its schema is at least as new as this code; throws when it doesn't answer. */
  isCurrent(): Promise<boolean>;
  /** Remembers the installation the first time; afterwards answers the one remembered. */
  installation(current: Installation): Promise<Installation>;
  close(): Promise<void>;
}
