// Works on a run: reads its pages one after the other, syncs a few of them at once the one way everything is
// synced, and records how far it has come in the order of the pages. Whoever takes the run next, after a
// pause, a stop or a crash, goes on behind the last page that was recorded.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { PairResult } from '../../engine/outcome.ts';
import {
  NO_COUNTS,
  type Run,
  type RunCounts,
  type RunKind,
  type RunRecord,
} from '../../store/runs-port.ts';
import { beginsFirstSync } from '../first-sync.ts';
import { syncApart } from '../isolate.ts';
import { pagesAtOnce } from '../pages.ts';
import type { BatchReport, PairReport, Pipeline } from '../pipeline.ts';
import { runRequestSchema } from './request.ts';
import { undoPage, type PageOutcome } from './undo-page.ts';
import type { WalkPage } from './walk.ts';
import { walksOf, type NamedWalk } from './walks.ts';

export interface RunProgress {
  readonly kind: RunKind;
  readonly counts: RunCounts;
  /** Records expected in all; null while unknown. */
  readonly total: number | null;
}

export interface RunOptions {
  readonly onProgress?: (progress: RunProgress) => void;
  readonly onBatch?: (report: BatchReport) => void;
  /** Stops after the pages at hand; the run stays open. */
  readonly signal?: AbortSignal;
  /** Works no longer than this, milliseconds; the run stays open. */
  readonly sliceMs?: number;
  /** Every HubSpot contact was read as it was after this moment: changes before it need no look. */
  readonly onAllOfHubSpotRead?: (since: Date) => Promise<void>;
}

const checkpointSchema = z.object({
  /** Number of the walk. */
  walk: z.number().int(),
  at: z.unknown(),
  /** A moment before the walk began, by HubSpot's clock; null: none is known. */
  since: z.string().nullable(),
});
type Checkpoint = z.infer<typeof checkpointSchema>;

interface PageWork extends PageOutcome {
  /** Null where nothing was synced but taken back. */
  readonly report: BatchReport | null;
}

/** Null when there is nothing to do about it: somebody paused, cancelled or finished it. */
export async function workOnRun(
  pipeline: Pipeline,
  id: string,
  options: RunOptions = {},
): Promise<Run | null> {
  const holder = randomUUID();
  const run = await pipeline.ports.store.runs.take(id, holder);
  if (run === null) return null;
  if (beginsFirstSync(run)) await pipeline.firstSync.begin(run.startedAt);
  const work = new RunWork(pipeline, run, holder, options);
  await work.goOn();
  return pipeline.ports.store.runs.get(id);
}

class RunWork {
  readonly #pipeline: Pipeline;
  readonly #run: Run;
  readonly #holder: string;
  readonly #options: RunOptions;
  readonly #startedAt: number;
  #counts: RunCounts;
  #total: number | null;
  #recordedAt: number;
  #hasRead = false;

  constructor(pipeline: Pipeline, run: Run, holder: string, options: RunOptions) {
    this.#pipeline = pipeline;
    this.#run = run;
    this.#holder = holder;
    this.#options = options;
    this.#counts = { ...NO_COUNTS, ...run.counts };
    this.#total = run.total;
    this.#startedAt = pipeline.ports.now();
    this.#recordedAt = this.#startedAt;
  }

  async goOn(): Promise<void> {
    const walks = walksOf(runRequestSchema.parse({ kind: this.#run.kind, scope: this.#run.scope }));
    if (this.#run.checkpoint === null) this.#total = await totalOf(walks, this.#pipeline);
    const stored = checkpointSchema.safeParse(this.#run.checkpoint);
    let checkpoint = stored.success ? stored.data : await this.#begin(0);
    while (checkpoint.walk < walks.length) {
      const walk = walks[checkpoint.walk];
      if (!walk) return;
      const isLast = checkpoint.walk === walks.length - 1;
      if (!(await this.#walk(walk, checkpoint, isLast))) return;
      if (walk.readsAllOfHubSpot && !this.#run.dry && checkpoint.since !== null)
        await this.#options.onAllOfHubSpotRead?.(new Date(checkpoint.since));
      checkpoint = await this.#begin(checkpoint.walk + 1);
    }
  }

  /** Whatever HubSpot has stamped and shown by now, it stamped before the walk reads anything. */
  async #begin(walk: number): Promise<Checkpoint> {
    const since = await this.#pipeline.ports.store.links.newestHubSpotStamp();
    return { walk, at: null, since };
  }

  /** False when it was left before its end. */
  async #walk(walk: NamedWalk, from: Checkpoint, isLast: boolean): Promise<boolean> {
    let isDone = false;
    await pagesAtOnce(
      this.#pages(walk, from.at),
      (page) => this.#sync(page),
      async (page, outcome) => {
        const isEnd = page.next === null;
        const checkpoint = isEnd ? await this.#begin(from.walk + 1) : { ...from, at: page.next };
        const mayGoOn = await this.#record(outcome, { checkpoint, ends: isEnd && isLast });
        isDone = isEnd && mayGoOn;
        if (!mayGoOn || page.waitMs === undefined) return mayGoOn;
        await this.#waitFor(page.waitMs);
        return false;
      },
      walk.isInOrder ? 1 : undefined,
    );
    return isDone;
  }

  /** From where the walk stands, as far as it may go now. */
  async *#pages(walk: NamedWalk, from: unknown): AsyncGenerator<WalkPage> {
    let at = from;
    do {
      if (this.#isStopping()) return;
      const page = await walk.page(this.#pipeline, at);
      this.#hasRead = true;
      yield page;
      if (page.waitMs !== undefined) return;
      at = page.next;
    } while (at !== null);
  }

  #waitFor(milliseconds: number): Promise<void> {
    const { store, now } = this.#pipeline.ports;
    const retryAt = new Date(now() + milliseconds).toISOString();
    return store.runs.setBack(this.#run.id, 'Salesforce is getting its records ready.', retryAt);
  }

  #isStopping(): boolean {
    const { signal, sliceMs = Infinity } = this.#options;
    // However short the slice, it gets a page further.
    const isOver = this.#hasRead && this.#pipeline.ports.now() - this.#startedAt >= sliceMs;
    return isOver || signal?.aborted === true;
  }

  async #sync(page: WalkPage): Promise<PageWork> {
    const { kind, id, dry, startedBy } = this.#run;
    const { sightings, undoes } = page;
    if (undoes)
      return {
        report: null,
        ...(await undoPage(this.#pipeline, undoes, { dry, runId: id, by: startedBy })),
      };
    const report = dry
      ? await this.#pipeline.whatWouldBeDone(sightings)
      : await syncApart(this.#pipeline, sightings, { cause: kind, runId: id, recheck: true });
    return {
      report,
      counts: countsOf(report, page),
      records: report.pairs.flatMap((pair) => recordOf(pair, dry)),
    };
  }

  async #record(
    { report, counts, records }: PageWork,
    { checkpoint, ends }: { readonly checkpoint: Checkpoint; readonly ends: boolean },
  ): Promise<boolean> {
    const now = this.#pipeline.ports.now();
    this.#counts = sum(this.#counts, counts);
    // HubSpot counts by its index, which lacks the newest: there are at least as many as were seen.
    if (this.#total !== null) this.#total = Math.max(this.#total, this.#counts.seen);
    const state = await this.#pipeline.ports.store.runs.advance(this.#run.id, this.#holder, {
      checkpoint,
      counts: this.#counts,
      total: this.#total,
      workedMs: now - this.#recordedAt,
      records,
      ends,
    });
    this.#recordedAt = now;
    if (report) this.#options.onBatch?.(report);
    this.#options.onProgress?.({
      kind: this.#run.kind,
      counts: this.#counts,
      total: this.#total,
    });
    return state === 'running' || (ends && state === 'finished');
  }
}

async function totalOf(walks: readonly NamedWalk[], pipeline: Pipeline): Promise<number | null> {
  const counts = await Promise.all(walks.map((walk) => walk.count(pipeline)));
  return counts.reduce<number | null>(
    (total, count) => (total === null || count === null ? null : total + count),
    0,
  );
}

const LEFT_OUT: ReadonlySet<PairResult> = new Set(['skipped', 'failed']);

function recordOf(pair: PairReport, isDry: boolean): RunRecord[] {
  const { hubspotId, salesforceId, result, reason, writes } = pair;
  if (!LEFT_OUT.has(result) && !(isDry && result !== 'unchanged')) return [];
  return [{ hubspotId, salesforceId, result, reason, writes: isDry ? writes : [] }];
}

function countsOf(
  { pairs, unchanged }: BatchReport,
  { sightings, passed = sightings.length }: WalkPage,
): RunCounts {
  const count = (...results: PairResult[]): number =>
    pairs.filter(({ result }) => results.includes(result)).length;
  const done = {
    created: count('createdInHubSpot', 'createdInSalesforce'),
    updated: count('updated'),
    paired: count('paired'),
    skipped: count('skipped'),
    failed: count('failed'),
  };
  const alike = count('unchanged') + unchanged + passed - sightings.length;
  // A record that another one stands for is reported with it once more; nobody is counted twice for that.
  const rest = Object.values(done).reduce((left, one) => left - one, passed);
  return { seen: passed, ...done, unchanged: Math.max(0, Math.min(alike, rest)) };
}

function sum(one: RunCounts, other: RunCounts): RunCounts {
  const both = {
    seen: one.seen + other.seen,
    created: one.created + other.created,
    updated: one.updated + other.updated,
    paired: one.paired + other.paired,
    unchanged: one.unchanged + other.unchanged,
    skipped: one.skipped + other.skipped,
    failed: one.failed + other.failed,
  };
  return other.restored === undefined
    ? both
    : {
        ...both,
        restored: (one.restored ?? 0) + other.restored,
        kept: (one.kept ?? 0) + (other.kept ?? 0),
      };
}
