// Starting runs, and what a person may do to one that is open. Starting only writes it down: a worker finds it.
import type { Run, RunState } from '../../store/runs-port.ts';
import type { Store } from '../../store/port.ts';
import type { Pipeline } from '../pipeline.ts';
import { runRequestSchema, type RunRequestInput } from './request.ts';
import { workOnRun, type RunOptions } from './work.ts';

/** Whatever reaches the database: a pipeline does, and a command line without CRMs. */
export interface WithStore {
  readonly ports: { readonly store: Pick<Store, 'runs' | 'settings' | 'history'> };
}

export interface StartOptions {
  readonly dry?: boolean;
  readonly startedBy: string;
}

export async function startRun(
  { ports }: WithStore,
  request: RunRequestInput,
  { dry = false, startedBy }: StartOptions,
): Promise<Run> {
  const { kind, scope } = runRequestSchema.parse(request);
  const { version } = await ports.store.settings.current();
  return ports.store.runs.start({ kind, scope, dry, settingsVersion: version, startedBy });
}

export const RUN_CONTROLS = ['pause', 'resume', 'cancel'] as const;
export type RunControl = (typeof RUN_CONTROLS)[number];

/** The states in which each makes sense. */
const STATES_FOR: Readonly<Record<RunControl, readonly RunState[]>> = {
  pause: ['waiting', 'running'],
  resume: ['paused', 'failed'],
  cancel: ['waiting', 'running', 'paused', 'failed'],
};
export const LEADS_TO: Readonly<Record<RunControl, RunState>> = {
  pause: 'paused',
  resume: 'waiting',
  cancel: 'cancelled',
};

export const controlsOf = (state: RunState): RunControl[] =>
  RUN_CONTROLS.filter((control) => STATES_FOR[control].includes(state));

/** Null when the run doesn't exist or is in no state for it. */
export function controlRun(
  { ports }: WithStore,
  id: string,
  control: RunControl,
): Promise<Run | null> {
  return ports.store.runs.move(id, STATES_FOR[control], LEADS_TO[control]);
}

/**
 * Goes on with the newest run of that kind over these records, or starts one, and works on it in this process: to
 * its end, or to where it has to wait for Salesforce.
 */
export async function run(
  pipeline: Pipeline,
  request: RunRequestInput,
  options: RunOptions & { readonly startedBy?: string } = {},
): Promise<Run> {
  const { runs } = pipeline.ports.store;
  const { kind, scope } = runRequestSchema.parse(request);
  const latest = await runs.latest(kind, scope);
  const isOpen = latest?.state === 'waiting' || latest?.state === 'running';
  const { startedBy = 'Tandem' } = options;
  const current = isOpen ? latest : await startRun(pipeline, request, { startedBy });
  return (await workOnRun(pipeline, current.id, options)) ?? current;
}
