// A run as a screen shows it. Needs nothing but the row, so that looking at runs costs no call to a CRM.
import type { Run } from '../store/runs-port.ts';
import { controlsOf } from '../sync/runs/control.ts';
import { paceOf } from '../sync/runs/pace.ts';
import { RUN_NAMES, scopeInWords, troubleInWords } from '../sync/runs/words.ts';
import type { RunView } from './run-contract.ts';

export const IS_OVER: ReadonlySet<Run['state']> = new Set(['finished', 'cancelled', 'failed']);

/** It is over, and wrote to somebody. */
const mayBeUndone = ({ dry, state, counts }: Run): boolean =>
  !dry && IS_OVER.has(state) && counts.updated + counts.created > 0;

/** @param undo the run that takes it back */
export function runView(run: Run, controlled: RunView['controlled'] = null, undo?: Run): RunView {
  const { id, kind, dry, state, counts, total, retryAt, startedBy, startedAt, finishedAt } = run;
  return {
    id,
    kind,
    title: RUN_NAMES[kind],
    scope: scopeInWords(run),
    dry,
    state,
    counts,
    total,
    ...paceOf(run),
    trouble: troubleInWords(run),
    retryAt,
    startedBy,
    startedAt,
    finishedAt,
    controlled,
    controls: controlsOf(state),
    undoable: mayBeUndone(run),
    undoneBy: undo ? { id: undo.id, state: undo.state } : null,
  };
}
