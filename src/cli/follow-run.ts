// Watches a run that workers do, as somebody at a terminal would: its progress, and how it ends.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from '../store/runs-port.ts';
import { startRun, type WithStore } from '../sync/runs/control.ts';
import { BY_ITSELF } from '../sync/full-sync.ts';
import { wholeScope, type RunRequestInput } from '../sync/runs/request.ts';
import type { RunProgress } from '../sync/runs/work.ts';

export interface FollowOptions {
  readonly onProgress: (progress: RunProgress) => void;
  readonly signal: AbortSignal;
}

const LOOK_MS = 250;
const ENDED = new Set<Run['state']>(['finished', 'failed', 'cancelled', 'paused']);

/** The newest run of a kind for everybody, or a new one, until it ends; null when the signal came first. */
export async function followRun(
  pipeline: WithStore,
  kind: RunRequestInput['kind'] & ('import' | 'push'),
  options: FollowOptions,
): Promise<Run | null> {
  const { runs } = pipeline.ports.store;
  const latest = await runs.latest(kind, wholeScope(kind));
  const isOpen = latest !== null && !ENDED.has(latest.state);
  const run = isOpen
    ? latest
    : await startRun(pipeline, { kind, scope: {} }, { startedBy: BY_ITSELF });
  return followed(pipeline, run, options);
}

export async function followed(
  { ports }: WithStore,
  run: Run,
  { onProgress, signal }: FollowOptions,
): Promise<Run | null> {
  let seen = -1;
  for (;;) {
    const now = await ports.store.runs.get(run.id);
    if (now === null) return null;
    if (now.counts.seen !== seen) onProgress(now);
    seen = now.counts.seen;
    if (ENDED.has(now.state)) return now;
    if (signal.aborted) return null;
    await sleep(LOOK_MS);
  }
}
