// Runs that nobody starts: what waited for the end of a pause, reconciliation, and the look at formula fields. When each was last started is in the
// table of runs, so it doesn't matter which worker looks whether one is due, nor for how long none did.
import { z } from 'zod';
import type { Run, RunKind, RunState, RunStore } from '../../store/runs-port.ts';
import type { CursorStore } from '../../store/port.ts';
import type { Pipeline } from '../pipeline.ts';
import { startRun } from './control.ts';
import { startAfterPause } from './after-pause.ts';
import { objectsWithFormulas } from './formula-walk.ts';
import { wholeScope } from './request.ts';

const CURSOR = 'schedule';
/** All workers together look once in this time whether something is due. */
const LOOK_EVERY_MS = 60_000;
const HOUR_MS = 3_600_000;

const cursorSchema = z.object({ lookedAt: z.number() });

/** Each reads all of Salesforce: one after the other. */
const BIG_RUNS: ReadonlySet<RunKind> = new Set([
  'import',
  'push',
  'everything',
  'reconcile',
  'formulas',
]);
const AT_WORK: ReadonlySet<RunState> = new Set(['waiting', 'running']);
/** The newest runs: those in progress are among them. */
const OPEN_RUNS_AMONG = 100;

/** Starts what is due; a worker finds it like any other run. Nothing before the first sync is over. */
export async function startScheduledRuns(pipeline: Pipeline): Promise<Run[]> {
  const { store, now } = pipeline.ports;
  const { runs, settings, cursors } = store;
  if (!(await isTurn(cursors, now()))) return [];
  const resumed = await startAfterPause(pipeline, 'schedule');
  if (resumed) return [resumed];
  const firstSync = await firstSyncOver(runs);
  if (firstSync === null) return [];
  const latest = await runs.list(OPEN_RUNS_AMONG);
  if (latest.some(({ kind, state }) => BIG_RUNS.has(kind) && AT_WORK.has(state))) return [];
  const { schedule } = (await settings.current()).settings;
  const isDue = async (
    kind: 'reconcile' | 'formulas',
    hours: number,
    others: readonly RunKind[],
  ): Promise<boolean> => {
    const own = await runs.latest(kind, wholeScope(kind));
    // Somebody paused it, and may want to go on.
    if (hours === 0 || own?.state === 'paused') return false;
    const done = await Promise.all(
      others.map((other) => runs.latest(other, wholeScope(other), 'finished')),
    );
    const starts = [own, ...done].flatMap((run) => run?.startedAt ?? []);
    const since = starts.sort().at(-1) ?? firstSync;
    return now() - Date.parse(since) >= hours * HOUR_MS;
  };
  const start = (kind: 'reconcile' | 'formulas'): Promise<Run> =>
    startRun(pipeline, { kind, scope: {} }, { startedBy: 'schedule' });
  if (await isDue('reconcile', schedule.reconcileHours, ['everything']))
    return [await start('reconcile')];
  // Those two read formula fields as well.
  const isFormulasDue = await isDue('formulas', schedule.formulaHours, ['everything', 'reconcile']);
  return isFormulasDue && (await objectsWithFormulas(pipeline)).length > 0
    ? [await start('formulas')]
    : [];
}

/** True for one worker at a time, and for none too soon after another. */
async function isTurn(cursors: CursorStore, now: number): Promise<boolean> {
  const stored = await cursors.get(CURSOR);
  const sinceLook = now - (cursorSchema.safeParse(stored).data?.lookedAt ?? -Infinity);
  // A clock that was ahead doesn't hold anything up.
  if (Math.abs(sinceLook) < LOOK_EVERY_MS) return false;
  return cursors.replace(CURSOR, stored ?? null, { lookedAt: now });
}

/** When the first sync was finished, ISO; null while it isn't. */
async function firstSyncOver(runs: RunStore): Promise<string | null> {
  const [imported, pushed, everything] = await Promise.all([
    runs.latest('import', wholeScope('import'), 'finished'),
    runs.latest('push', wholeScope('push'), 'finished'),
    runs.latest('everything', wholeScope('everything'), 'finished'),
  ]);
  return imported && pushed ? pushed.finishedAt : (everything?.finishedAt ?? null);
}
