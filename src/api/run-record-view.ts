// What a run left out, or would do, as a screen shows it.
import type { PairResult } from '../engine/outcome.ts';
import type { Run, RunRecord } from '../store/runs-port.ts';
import type { Workspace } from '../sync/workspace.ts';
import { fieldChange, fieldWritesIn } from './field-changes.ts';
import { reasonView } from './field-views.ts';
import type { RunRecordView } from './run-contract.ts';

const OUTCOMES: Readonly<Record<PairResult, { readonly done: string; readonly dry: string }>> = {
  createdInSalesforce: { done: 'Created in Salesforce', dry: 'Would be created in Salesforce' },
  createdInHubSpot: { done: 'Created in HubSpot', dry: 'Would be created in HubSpot' },
  updated: { done: 'Updated', dry: 'Would be updated' },
  paired: { done: 'Paired', dry: 'Would be paired' },
  unchanged: { done: 'Unchanged', dry: 'Unchanged' },
  skipped: { done: 'Left out', dry: 'Would be left out' },
  failed: { done: 'Failed', dry: 'Would fail' },
};

/** Of an undo, which leaves values as they are, not people out. */
const STAYS = { done: 'Stays as it is', dry: 'Would stay as it is' } as const;

export function runRecordView(
  { hubspotId, salesforceId, result, reason, writes }: RunRecord,
  { kind, dry }: Pick<Run, 'kind' | 'dry'>,
  instanceUrl: string,
  workspace: Workspace | null,
): RunRecordView {
  return {
    // Records that a dry run would create have no id.
    hubspotId: hubspotId || null,
    salesforceId: salesforceId || null,
    salesforceUrl: salesforceId ? `${instanceUrl}/${salesforceId}` : null,
    result,
    outcome: (kind === 'undo' && result === 'skipped' ? STAYS : OUTCOMES[result])[
      dry ? 'dry' : 'done'
    ],
    reason: reason && reasonView(reason),
    changes:
      workspace === null ? [] : fieldWritesIn(writes).map((write) => fieldChange(write, workspace)),
  };
}
