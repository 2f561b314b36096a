// The work that waits: records somebody named, runs somebody started, and the looks that come round. Any number of processes take
// from one queue; what was taken and not finished comes again. Implemented by pg-boss over Postgres, and in
// memory for one process and for simulations; one suite proves both.
import type { RecordKey } from '../engine/records.ts';
import { LOOKS } from '../sync/live.ts';

/** Where is looked again and again: where live sync looks, and whether runs are open. */
export const PLACES = [...LOOKS, 'runs'] as const;
export type Place = (typeof PLACES)[number];

/** How the looks at one place have gone lately: what decides when to look next. */
export interface LookState {
  /** Looks in a row that found nothing to do. */
  readonly quiet: number;
  /** Looks in a row that failed. */
  readonly failures: number;
  /** When the last look was that did not fail, milliseconds since 1970, where something else may spare looks. */
  readonly lookedAt?: number | undefined;
}

export interface NextLook {
  readonly state: LookState;
  readonly pauseMs: number;
}

/** What is done with the work. A handler that throws leaves it to be done again, later each time. */
export interface JobHandlers {
  /** Up to `BATCH` records, none of which anybody else has in hand. */
  readonly records: (keys: readonly RecordKey[]) => Promise<void>;
  /** Records that failed as often as is tried; they are forgotten by the queue when this resolves. */
  readonly givenUp: (keys: readonly RecordKey[], why: string) => Promise<void>;
  /** A while of work on a run, which nobody else works on meanwhile; never throws for the run's own trouble. */
  readonly run: (id: string) => Promise<void>;
  /** One look, at one place by one process at a time. */
  readonly look: (where: Place, state: LookState) => Promise<NextLook>;
}

export interface JobQueue {
  /**
   * Adds records. One that is waiting already is not added again; one that is in hand waits until that is
   * done, however often it is named meanwhile.
   */
  add(keys: readonly RecordKey[]): Promise<void>;
  /** Names runs that are open; a run that waits already, to be worked on, is not added again. */
  addRuns(ids: readonly string[]): Promise<void>;
  /** Takes work until `stop`. Looks begin at once and go on for as long as any process works. */
  work(handlers: JobHandlers): Promise<void>;
  /** How many records wait and how many are in hand, over all processes. */
  depth(): Promise<{ readonly waiting: number; readonly active: number }>;
  /** Finishes what this process has in hand and takes nothing more. */
  stop(): Promise<void>;
}

/** Records that are handed over together at the most: what fills Salesforce's collections. */
export const BATCH = 200;
/** A process that has not been heard of for so long has lost what it had in hand. */
export const HEARTBEAT_MS = 10_000;

export interface RetryPolicy {
  /** How often a record is handed over before it is given up. */
  readonly tries: number;
  /** Pause before the second try, whole seconds in milliseconds; it doubles each time. */
  readonly pauseMs: number;
  readonly longestPauseMs: number;
}

export const RETRY: RetryPolicy = { tries: 6, pauseMs: 5_000, longestPauseMs: 300_000 };

export const FIRST_LOOK: LookState = { quiet: 0, failures: 0 };
