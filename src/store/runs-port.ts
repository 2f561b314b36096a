// What is remembered of runs: work over many records that somebody started, page by page. What a run walks
// over is `src/sync/runs`; here are its state, how far it has come, and what it left out.
import type { FieldWrite, PairResult } from '../engine/outcome.ts';
import type { Reason } from '../engine/reasons.ts';

export const RUN_KINDS = [
  /** Salesforce → HubSpot: all records, one object's, those that meet a condition, a campaign's members. */
  'import',
  /** HubSpot → Salesforce: every contact. */
  'push',
  /** The members of a HubSpot list. */
  'list',
  /** Everybody on both sides. */
  'everything',
  /** Every pair, for the sake of one mapping. */
  'backfill',
  /** Everybody on both sides, and everybody Tandem remembers that neither side showed. */
  'reconcile',
  /** Whoever is left with a reason of some category. */
  'retry',
  /** Contacts somebody picked. */
  'records',
  /** Pairs whose mapped formula fields have other values than both sides agreed on. */
  'formulas',
  /** What another run wrote, taken back. */
  'undo',
] as const;
export type RunKind = (typeof RUN_KINDS)[number];

/** `waiting`: nobody has worked on it yet. */
export type RunState = 'waiting' | 'running' | 'paused' | 'cancelled' | 'finished' | 'failed';

/** What a run has done so far, in records; of a dry run, what it would have done. */
export interface RunCounts {
  readonly seen: number;
  readonly created: number;
  readonly updated: number;
  readonly paired: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly failed: number;
  /** Values, of an undo only: those put back, and those that stay because something stands against it. */
  readonly restored?: number;
  readonly kept?: number;
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

export interface RunStart {
  readonly kind: RunKind;
  /** Which records; its shape belongs to the kind. */
  readonly scope: unknown;
  /** Nothing is written to either CRM, nor about any pair. */
  readonly dry: boolean;
  readonly settingsVersion: number;
  readonly startedBy: string;
}

export interface Run extends RunStart {
  readonly id: string;
  readonly state: RunState;
  /** Where to go on after a stop; null at the start. */
  readonly checkpoint: unknown;
  readonly counts: RunCounts;
  /** How many records it expects to look at; null while unknown. */
  readonly total: number | null;
  /** Milliseconds of work, pauses and stops left out: what a rate is counted over. */
  readonly workingMs: number;
  /** Why it doesn't get on at the moment, or why it failed; null when it does. */
  readonly trouble: string | null;
  /** How often in a row it didn't get on. */
  readonly setbacks: number;
  /** When it is tried again after that; null: now. */
  readonly retryAt: string | null;
  readonly startedAt: string;
  readonly finishedAt: string | null;
}

/** What a run left out, or would do: everything but the records it found as they should be. */
export interface RunRecord {
  readonly hubspotId: string | null;
  readonly salesforceId: string | null;
  readonly result: PairResult;
  readonly reason: Reason | null;
  /** Only of a dry run: what it would write. */
  readonly writes: readonly FieldWrite[];
}

/** One more page that was dealt with. */
export interface RunAdvance {
  readonly checkpoint: unknown;
  readonly counts: RunCounts;
  readonly total: number | null;
  /** Of this page, milliseconds. */
  readonly workedMs: number;
  readonly records: readonly RunRecord[];
  /** It was the last one. */
  readonly ends: boolean;
}

/** Which run an undo takes back; null where it isn't one. */
export function undoneRun({ kind, scope }: Pick<Run, 'kind' | 'scope'>): string | null {
  if (kind !== 'undo' || typeof scope !== 'object' || scope === null) return null;
  return 'runId' in scope && typeof scope.runId === 'string' ? scope.runId : null;
}

export interface RunStore {
  start(run: RunStart): Promise<Run>;
  /**
   * Takes a run that waits or is running in hand. Whoever held it before can't advance it any more.
   * Null when there is nothing to do about it.
   */
  take(id: string, holder: string): Promise<Run | null>;
  /**
   * Records a page, with its records, in one transaction, and tells the state after it: anything but
   * `running` means that the holder has to stop. Null: somebody else has it, and nothing was recorded.
   */
  advance(id: string, holder: string, page: RunAdvance): Promise<RunState | null>;
  /** Changes the state, from one of those given; null where it is in none of them. */
  move(
    id: string,
    from: readonly RunState[],
    to: RunState,
    trouble?: string | null,
  ): Promise<Run | null>;
  /** Says why a run doesn't get on, and when it is tried again; forgotten with the next page. */
  setBack(id: string, why: string, retryAt: string): Promise<void>;
  get(id: string): Promise<Run | null>;
  /** The newest run of a kind over just these records that wasn't a dry one, whatever its state or in the one given. */
  latest(kind: RunKind, scope: unknown, state?: RunState): Promise<Run | null>;
  /** Runs that wait or are running, and are not waiting for another try; oldest first. */
  open(now: string): Promise<Run[]>;
  /** Newest first. */
  list(limit: number): Promise<Run[]>;
  /** The newest undo of each of these runs that wasn't a dry one or cancelled, by the run that it takes back. */
  undosOf(ids: readonly string[]): Promise<ReadonlyMap<string, Run>>;
  /** What it left out or would do, in the order it came across them, after the given position. */
  records(
    id: string,
    after: string | null,
    limit: number,
  ): Promise<{ readonly records: readonly RunRecord[]; readonly after: string | null }>;
}
