// What the sync needs to remember, named by what it is for. The Postgres repositories beside this file
// implement it with Kysely; nothing above the store knows SQL. All times are ISO texts; all ids texts.
import type { CanonicalValue, Link, LinkContent, LinkState, Sending } from '../engine/link.ts';
import type { Reason } from '../engine/reasons.ts';
import type { Side } from '../engine/records.ts';
import type { Settings } from '../engine/settings.ts';

/** One field that was written on one side: a row of history. */
export interface Change {
  readonly hubspotId: string | null;
  readonly salesforceId: string | null;
  readonly runId: string | null;
  /** What woke the sync. */
  readonly cause: 'import' | 'push' | 'live' | 'webhook' | 'syncNow' | 'retry' | 'admin';
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
}

/** What a save is going to take: the rows it starts from, and the ids it needs. */
export interface LinkClaim extends Pick<LinkSave, 'existing' | 'absorbs'> {
  readonly content: Pick<LinkContent, 'hubspotId' | 'salesforceId'>;
  /** What is about to be written: known to whoever comes next, should this never be recorded. */
  readonly sending?: readonly Sending[];
}

/** How long a hold lasts when the process that has it is gone. */
export const HOLD_MS = 30_000;

/** Saved links in the order of the saves; null where the row had changed meanwhile, or its ids are taken by another. */
export type SaveOutcome = readonly (Link | null)[];

export interface RecordBatch {
  readonly links: readonly LinkSave[];
  readonly changes: readonly Change[];
  /** Links that were held for this batch and are let go with it. */
  readonly releases?: readonly string[];
  /**
   * Links whose sides were compared and whose writes ended well: what somebody was sending to them is settled,
   * once they are saved.
   */
  readonly compared?: readonly string[];
  /** Committed together with the links: how far a feed or a run has come. */
  readonly cursor?: { readonly name: string; readonly value: unknown };
  readonly run?: { readonly id: string; readonly checkpoint: unknown; readonly counts: RunCounts };
}

export interface LinkStore {
  /** Every link that holds one of the ids. */
  find(ids: {
    readonly hubspot: readonly string[];
    readonly salesforce: readonly string[];
  }): Promise<Link[]>;
  /**
   * Saves links and their history in one transaction. A link whose row changed since it was read, or is held
   * by somebody else, is left as it is (null in the outcome) while the others are saved; history rows are
   * always kept: they happened.
   */
  record(batch: RecordBatch): Promise<SaveOutcome>;
  /**
   * Keeps everybody else from saving, and so from writing, these links until they are released, or for
   * `HOLD_MS` where that never comes. False where a row is not as it was read, or is held by another.
   */
  hold(claims: readonly LinkClaim[]): Promise<readonly boolean[]>;
  /**
   * Has the links with these ids looked at once more, soon, by whoever looks at what is due; never on what
   * somebody read before this.
   */
  want(ids: Parameters<LinkStore['find']>[0]): Promise<void>;
  /** Links whose `retryAt` has come, oldest first, after those whose holder is gone. */
  due(now: string, limit: number): Promise<Link[]>;
  /** A page of the links whose base holds a value for a mapping, in id order after `afterId`. */
  withValue(mappingKey: string, afterId: string | null, limit: number): Promise<Link[]>;
  /** How many links stand where: state × reason code, most first, with up to three examples each. */
  summary(): Promise<LinkSummaryRow[]>;
  /** Which fields are left out and why: mapping × reason code, most first. */
  fieldSummary(): Promise<FieldSummaryRow[]>;
  /** What was written for a contact, newest first. */
  history(hubspotId: string, limit: number): Promise<PastChange[]>;
  /** What was written for anybody, newest first. */
  recent(limit: number): Promise<PastChange[]>;
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

/** What a run has done so far, in records. */
export interface RunCounts {
  readonly seen: number;
  readonly created: number;
  readonly updated: number;
  readonly paired: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly failed: number;
}

export const NO_COUNTS: RunCounts = {
  seen: 0,
  created: 0,
  updated: 0,
  paired: 0,
  unchanged: 0,
  skipped: 0,
  failed: 0,
};

export interface Run {
  readonly id: string;
  readonly kind: 'import' | 'push';
  readonly state: 'running' | 'finished' | 'failed';
  readonly settingsVersion: number;
  /** Where to go on after a stop; null at the start. Shape belongs to the kind. */
  readonly checkpoint: unknown;
  readonly counts: RunCounts;
  /** How many records it expects to look at; null while unknown. */
  readonly total: number | null;
  readonly startedAt: string;
  readonly finishedAt: string | null;
}

export interface RunStore {
  start(kind: Run['kind'], settingsVersion: number): Promise<Run>;
  setTotal(id: string, total: number): Promise<void>;
  finish(id: string, state: 'finished' | 'failed'): Promise<void>;
  get(id: string): Promise<Run | null>;
  /** The newest run of a kind, running or not. */
  latest(kind: Run['kind']): Promise<Run | null>;
}

export interface SettingsVersion {
  /** 0: the built-in defaults that nobody saved. */
  readonly version: number;
  readonly settings: Settings;
  readonly savedBy: string | null;
  readonly note: string;
  readonly savedAt: string | null;
}

export interface SettingsStore {
  current(): Promise<SettingsVersion>;
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
}

/** Which portal and organization this database belongs to: set once, then checked at every start. */
export interface Installation {
  readonly portalId: string;
  readonly organizationId: string;
}

export interface Store {
  readonly links: LinkStore;
  readonly runs: RunStore;
  readonly settings: SettingsStore;
  readonly cursors: CursorStore;
  /** Remembers the installation the first time; afterwards answers the one remembered. */
  installation(current: Installation): Promise<Installation>;
  close(): Promise<void>;
}
