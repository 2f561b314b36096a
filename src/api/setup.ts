// The first-run guide. It keeps nothing of its own but that it was put away: each step is told from connections,
// permissions, settings and runs as they are.
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { LINK_STATES } from '../engine/link.ts';
import type { Store } from '../store/port.ts';
import type { Run } from '../store/runs-port.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import { connectionView } from './connection.ts';
import { wholeScope } from '../sync/runs/request.ts';
import { runView } from './run-view.ts';
import { stepsOf, type SetupFacts } from './setup-steps.ts';
import type { SetupView } from './setup-contract.ts';

const DISMISSED = 'setup guide dismissed';
const dismissedSchema = z.object({ by: z.string() });

const PUT_AWAY: SetupView = { isShown: false, steps: [], dryRun: null, firstSync: null };
/** The first ones are among these. */
const RUNS_LOOKED_AT = 50;

/** Runs over many on one side at least. */
const isBig = ({ kind }: Run): boolean => ['import', 'push', 'everything'].includes(kind);
/** Over everybody there. */
const isFirstSync = (run: Run): boolean =>
  isBig(run) && !run.dry && isDeepStrictEqual(run.scope, wholeScope(run.kind));

export async function setupView(pipeline: Pipeline): Promise<SetupView> {
  const { store } = pipeline.ports;
  const [dismissed, runs, begunAt] = await Promise.all([
    store.cursors.get(DISMISSED),
    store.runs.list(RUNS_LOOKED_AT),
    pipeline.firstSync.begunAt(),
  ]);
  if (dismissedSchema.safeParse(dismissed).success) return PUT_AWAY;
  const firstSync = runs.find((run) => isFirstSync(run) && run.state !== 'cancelled') ?? null;
  const isSynced = runs.some((run) => isFirstSync(run) && run.state === 'finished');
  const hasBegun = begunAt !== null;
  if (isSynced || (hasBegun && runs.length === RUNS_LOOKED_AT)) return PUT_AWAY;
  const dryRun = runs.find((run) => isBig(run) && run.dry && run.state !== 'cancelled') ?? null;
  const { version, settings } = await store.settings.current();
  // Somebody has been here before the guide was: there is nothing to lead through.
  const isNew = dryRun !== null || firstSync !== null || version === 0;
  if (!isNew && hasBegun && (await knowsSomebody(store))) return PUT_AWAY;
  const connection = await connectionView(pipeline);
  const facts: SetupFacts = {
    connection,
    isSaved: version > 0,
    listId: settings.inclusion.listId,
    dryRun,
    firstSync,
    hasBegun,
  };
  return {
    isShown: true,
    steps: stepsOf(facts),
    dryRun: dryRun && runView(dryRun),
    firstSync: firstSync && runView(firstSync),
  };
}

async function knowsSomebody({ links }: Pick<Store, 'links'>): Promise<boolean> {
  const anybody = { which: 'left', states: LINK_STATES, reasons: null } as const;
  return (await links.page(anybody, null, 1)).length > 0;
}

export async function setupDismissed({ ports }: Pipeline, by: string): Promise<SetupView> {
  await ports.store.cursors.set(DISMISSED, { by });
  return PUT_AWAY;
}
