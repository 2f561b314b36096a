// A link is what Tandem remembers of one person: which records are paired, the values both sides last
// agreed on, where the person stands and why. Every contact and lead ever seen has one, paired or not.
import type { SalesforceObject } from './fields.ts';
import type { Side } from './records.ts';
import type { Reason } from './reasons.ts';

/**
 * A value both sides can be compared in: trimmed text, lower-case e-mail, a number, a boolean, an ISO
 * date or instant, a sorted `;`-joined set, a Salesforce option or user id. Null is blank.
 */
export type CanonicalValue = string | number | boolean | null;

/** Canonical values by HubSpot property. A property that is absent never agreed yet; null means both were blank. */
export type Base = Readonly<Record<string, CanonicalValue>>;

export const LINK_STATES = [
  /** Paired, and every mapped field is as its rule says (fields in `fieldReasons` excepted). */
  'inSync',
  /** Nothing to fix: something Tandem waits for, or will try again by itself at `retryAt`. */
  'waiting',
  /** Somebody has to fix something. */
  'problem',
  /** Left out on purpose, by a setting or a policy. */
  'skipped',
] as const;
export type LinkState = (typeof LINK_STATES)[number];

/** A value one side refused for a field; not sent again until the value, or the mapping, changes. */
export interface RefusedValue {
  readonly side: Side;
  readonly value: CanonicalValue;
  readonly reason: Reason;
  /**
   * Present where the value was not refused but written over what the side had made of it before, as a
   * fingerprint: whoever puts the same back again will do so for ever. Not sent again while it is there.
   */
  readonly writtenOver?: string;
}

/** Fingerprints of a field that was looked at and left as it was: while they hold, nothing is new about it. */
export interface LeftDifferent {
  readonly hubspot: string;
  readonly salesforce: string;
}

export interface LinkContent {
  readonly hubspotId: string | null;
  /** 18 characters. */
  readonly salesforceId: string | null;
  readonly salesforceObject: SalesforceObject | null;
  readonly base: Base;
  /** By HubSpot property. */
  readonly refused: Readonly<Record<string, RefusedValue>>;
  /** Fields that are not as their rule says, or were left out, and why. By HubSpot property. */
  readonly fieldReasons: Readonly<Record<string, Reason>>;
  /** What both sides held of fields that were left different, as fingerprints. By HubSpot property. */
  readonly leftDifferent: Readonly<Record<string, LeftDifferent>>;
  readonly state: LinkState;
  /** Why it is in that state; null when it is in sync and nothing is to say. */
  readonly reason: Reason | null;
  /** `lastmodifieddate` / `SystemModstamp` of the newest version looked at, ISO. */
  readonly hubspotModifiedAt: string | null;
  readonly salesforceModifiedAt: string | null;
  /** ISO time a create was announced whose answer has not been recorded yet. */
  readonly creatingSince: string | null;
  /** Tries since the last success that ended in something worth trying again. */
  readonly attempts: number;
  /** ISO; when to look again by itself. */
  readonly retryAt: string | null;
  /** ISO; the last time both sides were compared and written. */
  readonly lastSyncedAt: string | null;
  /** A person decided that these two belong together: no match, merge or conversion rule pairs them otherwise. */
  readonly pinned: boolean;
  /** 18-character ids of Salesforce records that a person decided don't belong to this contact. */
  readonly keptApart: readonly string[];
}

/** A value that was about to be written on one side. */
export interface Sending {
  /** Key of the mapping. */
  readonly key: string;
  readonly side: Side;
  readonly value: CanonicalValue;
  /** What the side held before; absent where that could not be read. */
  readonly over?: CanonicalValue;
  /** Rule or reason code that decided it, for history; absent in notes of the version before. */
  readonly why?: string;
  /** Put back by somebody's undo: an edit of its side, and nothing that both agreed on. */
  readonly putBack?: true;
}

/** What a worker was about to write to a pair, and nobody remembered the outcome: the worker is at it, or gone. */
export interface Unrecorded {
  /** Null: the contact was about to be created. */
  readonly hubspotId: string | null;
  /** Null: the record was about to be created. */
  readonly salesforceId: string | null;
  /** ISO. */
  readonly plannedAt: string;
  /** Values that both sides held, or hold once the new record is there, and that no link remembers yet. */
  readonly agreed: Base;
  /** Keys of those of a new record's values that are not sent: the record has them by itself. */
  readonly unsent?: readonly string[];
  /** Writes to records that existed. */
  readonly sending: readonly Sending[];
}

export interface Link extends LinkContent {
  readonly id: string;
  /** Counts saves; a save names the version it started from. */
  readonly version: number;
}
