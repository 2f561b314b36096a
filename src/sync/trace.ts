// A dry run that says how it came about: the pipeline stopped after the plan, with every question that was asked on
// the way, under the settings in force or a draft of them.
import type { Pair } from '../engine/match.ts';
import type { Sighted } from '../engine/sighted.ts';
import type { Step } from '../engine/trace.ts';
import type { PlannedPair } from './apply.ts';
import type { Pipeline } from './pipeline.ts';
import { planBatch } from './plan-batch.ts';
import { readBoth } from './read.ts';
import type { Sighting } from './sighting.ts';
import type { Workspace } from './workspace.ts';

export interface TracedPair extends PlannedPair {
  readonly steps: readonly Step[];
}

export interface Traced {
  readonly pairs: readonly TracedPair[];
  /** Everybody who was looked at on the way. */
  readonly sighted: Sighted;
}

export async function traced(
  { ports, workspaces }: Pipeline,
  sightings: readonly Sighting[],
  workspace: Workspace,
): Promise<Traced> {
  const batch = await readBoth(sightings, workspace, ports, true, false);
  const steps = new Map<Pair, Step[]>();
  const planned = await planBatch(
    batch,
    workspace,
    ports,
    (accountIds) => workspaces.companiesFor(accountIds),
    (pair) => {
      // Planned again, it is asked everything again.
      const own: Step[] = [];
      steps.set(pair, own);
      return (step) => void own.push(step);
    },
  );
  return {
    pairs: planned.map((one) => ({ ...one, steps: steps.get(one.pair) ?? [] })),
    sighted: batch.sighted,
  };
}
