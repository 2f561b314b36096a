// Runs in memory, beside `memory-store.ts`.
import { isDeepStrictEqual } from 'node:util';
import { copyOf } from './json.ts';
import {
  NO_COUNTS,
  undoneRun,
  type Run,
  type RunAdvance,
  type RunKind,
  type RunRecord,
  type RunStart,
  type RunState,
  type RunStore,
} from './runs-port.ts';

interface Kept {
  run: Run;
  holder: string | null;
  readonly records: RunRecord[];
}

export class MemoryRuns implements RunStore {
  readonly #now: () => string;
  readonly #kept: Kept[] = [];

  constructor(now: () => string) {
    this.#now = now;
  }

  start(start: RunStart): Promise<Run> {
    const run: Run = {
      ...copyOf(start),
      id: String(this.#kept.length + 1),
      state: 'waiting',
      checkpoint: null,
      counts: NO_COUNTS,
      total: null,
      workingMs: 0,
      trouble: null,
      setbacks: 0,
      retryAt: null,
      startedAt: this.#now(),
      finishedAt: null,
    };
    this.#kept.push({ run, holder: null, records: [] });
    return this.#copy(run);
  }

  take(id: string, holder: string): Promise<Run | null> {
    const kept = this.#find(id);
    if (!kept || !OPEN.includes(kept.run.state)) return Promise.resolve(null);
    kept.holder = holder;
    kept.run = { ...kept.run, state: 'running' };
    return this.#copy(kept.run);
  }

  advance(id: string, holder: string, page: RunAdvance): Promise<RunState | null> {
    const kept = this.#find(id);
    const mayAdvance =
      kept?.holder === holder && ['running', 'paused', 'cancelled'].includes(kept.run.state);
    if (!mayAdvance) return Promise.resolve(null);
    const { checkpoint, counts, total, workedMs, records, ends } = copyOf(page);
    const finishes = ends && kept.run.state !== 'cancelled';
    kept.run = {
      ...kept.run,
      checkpoint,
      counts,
      total,
      workingMs: kept.run.workingMs + Math.round(workedMs),
      trouble: null,
      setbacks: 0,
      retryAt: null,
      ...(finishes ? { state: 'finished', finishedAt: this.#now() } : {}),
    };
    kept.records.push(...records);
    return Promise.resolve(kept.run.state);
  }

  move(
    id: string,
    from: readonly RunState[],
    to: RunState,
    trouble: string | null = null,
  ): Promise<Run | null> {
    const kept = this.#find(id);
    if (!kept || !from.includes(kept.run.state)) return Promise.resolve(null);
    const ends = to === 'cancelled' || to === 'failed';
    kept.run = {
      ...kept.run,
      state: to,
      trouble,
      setbacks: 0,
      retryAt: null,
      ...(ends ? { finishedAt: this.#now() } : {}),
    };
    return this.#copy(kept.run);
  }

  setBack(id: string, why: string, retryAt: string): Promise<void> {
    const kept = this.#find(id);
    if (kept) kept.run = { ...kept.run, trouble: why, setbacks: kept.run.setbacks + 1, retryAt };
    return Promise.resolve();
  }

  get(id: string): Promise<Run | null> {
    return this.#copy(this.#find(id)?.run ?? null);
  }

  latest(kind: RunKind, scope: unknown, state?: RunState): Promise<Run | null> {
    const kept = this.#kept.findLast(
      ({ run }) =>
        run.kind === kind &&
        isDeepStrictEqual(run.scope, copyOf(scope)) &&
        !run.dry &&
        (state === undefined || run.state === state),
    );
    return this.#copy(kept?.run ?? null);
  }

  open(now: string): Promise<Run[]> {
    return this.#copy(
      this.#kept
        .map(({ run }) => run)
        .filter(
          ({ state, retryAt }) => OPEN.includes(state) && (retryAt === null || retryAt <= now),
        ),
    );
  }

  list(limit: number): Promise<Run[]> {
    return this.#copy(
      this.#kept
        .map(({ run }) => run)
        .toReversed()
        .slice(0, limit),
    );
  }

  undosOf(ids: readonly string[]): Promise<ReadonlyMap<string, Run>> {
    const undos = this.#kept.flatMap(({ run }) => {
      const undone = run.dry || run.state === 'cancelled' ? null : undoneRun(run);
      return undone !== null && ids.includes(undone) ? [[undone, copyOf(run)] as const] : [];
    });
    return Promise.resolve(new Map(undos));
  }

  async records(
    id: string,
    after: string | null,
    limit: number,
  ): Promise<{ records: readonly RunRecord[]; after: string | null }> {
    const start = Number(after ?? 0);
    const records = (this.#find(id)?.records ?? []).slice(start, start + limit);
    return {
      records: await this.#copy(records),
      after: records.length === limit ? String(start + limit) : null,
    };
  }

  #find(id: string): Kept | undefined {
    return this.#kept.find(({ run }) => run.id === id);
  }

  #copy<Value>(value: Value): Promise<Value> {
    return Promise.resolve(copyOf(value));
  }
}

const OPEN: readonly RunState[] = ['waiting', 'running'];
