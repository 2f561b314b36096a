// A run as a screen shows it. Needs nothing but the row, so that looking at runs costs no call to a CRM.
import type { Run } from '../store/runs-port.ts';
import { controlsOf } from '../sync/runs/control.ts';
import { paceOf } from '../sync/runs/pace.ts';
import { RUN_NAMES, scopeInWords, troubleInWords } from '../sync/runs/words.ts';
import type { RunView } from './run-contract.ts';

export function runView(run: Run, controlled: RunView['controlled'] = null): RunView {
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
  };
}
