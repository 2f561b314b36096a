// Starting runs, and what a person may do to one that is open. Starting only writes it down: a worker finds it.
import type { Run } from '../../store/runs-port.ts';
import type { Pipeline } from '../pipeline.ts';
import { runRequestSchema, type RunRequestInput } from './request.ts';
import { workOnRun, type RunOptions } from './work.ts';

export interface StartOptions {
  readonly dry?: boolean;
  readonly startedBy: string;
}

export async function startRun(
  { ports }: Pipeline,
  request: RunRequestInput,
  { dry = false, startedBy }: StartOptions,
): Promise<Run> {
  const { kind, scope } = runRequestSchema.parse(request);
  const { version } = await ports.store.settings.current();
  return ports.store.runs.start({ kind, scope, dry, settingsVersion: version, startedBy });
}

export const RUN_CONTROLS = ['pause', 'resume', 'cancel'] as const;
export type RunControl = (typeof RUN_CONTROLS)[number];

/** Null when the run doesn't exist or is in no state for it. */
export function controlRun(
  { ports }: Pipeline,
  id: string,
  control: RunControl,
): Promise<Run | null> {
  const { runs } = ports.store;
  switch (control) {
    case 'pause':
      return runs.move(id, ['waiting', 'running'], 'paused');
    case 'resume':
      return runs.move(id, ['paused', 'failed'], 'waiting');
    case 'cancel':
      return runs.move(id, ['waiting', 'running', 'paused', 'failed'], 'cancelled');
  }
}

/**
 * Goes on with the newest run of a kind, or starts one, and works on it in this process: to its end, or to where it
 * has to wait for Salesforce.
 */
export async function run(
  pipeline: Pipeline,
  request: RunRequestInput,
  options: RunOptions & { readonly startedBy?: string } = {},
): Promise<Run> {
  const { runs } = pipeline.ports.store;
  const latest = await runs.latest(request.kind);
  const isOpen = latest?.state === 'waiting' || latest?.state === 'running';
  const { startedBy = 'Tandem' } = options;
  const current = isOpen ? latest : await startRun(pipeline, request, { startedBy });
  return (await workOnRun(pipeline, current.id, options)) ?? current;
}
