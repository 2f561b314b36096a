// The first-run guide. It keeps nothing of its own but that it was put away: each step is told from connections,
// permissions, settings and runs as they are.
import { z } from 'zod';
import type { Run } from '../store/runs-port.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import { connectionView } from './connection.ts';
import { runView } from './run-view.ts';
import { stepsOf, type SetupFacts } from './setup-steps.ts';
import type { SetupView } from './setup-contract.ts';

const DISMISSED = 'setup guide dismissed';
const dismissedSchema = z.object({ by: z.string() });

const PUT_AWAY: SetupView = { isShown: false, steps: [], dryRun: null, firstSync: null };
/** The first ones are among these. */
const RUNS_LOOKED_AT = 50;

/** Runs over everybody on one side at least. */
const isBig = ({ kind }: Run): boolean => ['import', 'push', 'everything'].includes(kind);

export async function setupView(pipeline: Pipeline): Promise<SetupView> {
  const { store } = pipeline.ports;
  const [dismissed, runs] = await Promise.all([
    store.cursors.get(DISMISSED),
    store.runs.list(RUNS_LOOKED_AT),
  ]);
  if (dismissedSchema.safeParse(dismissed).success) return PUT_AWAY;
  const firstSync = runs.find((run) => isBig(run) && !run.dry && run.state !== 'cancelled') ?? null;
  const isSynced = runs.some((run) => isBig(run) && !run.dry && run.state === 'finished');
  if (isSynced || runs.length === RUNS_LOOKED_AT) return PUT_AWAY;
  const dryRun = runs.find((run) => isBig(run) && run.dry && run.state !== 'cancelled') ?? null;
  const [connection, { version, settings }] = await Promise.all([
    connectionView(pipeline),
    store.settings.current(),
  ]);
  const facts: SetupFacts = {
    connection,
    isSaved: version > 0,
    listId: settings.inclusion.listId,
    dryRun,
    firstSync,
  };
  return {
    isShown: true,
    steps: stepsOf(facts),
    dryRun: dryRun && runView(dryRun),
    firstSync: firstSync && runView(firstSync),
  };
}

export async function setupDismissed({ ports }: Pipeline, by: string): Promise<SetupView> {
  await ports.store.cursors.set(DISMISSED, { by });
  return PUT_AWAY;
}
