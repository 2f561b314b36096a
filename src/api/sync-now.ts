// Sync now: the pipeline with a batch of one, and what it did in words.
import { explain } from '../engine/reasons.ts';
import type { PairResult } from '../engine/outcome.ts';
import type { PairReport, Pipeline } from '../sync/pipeline.ts';
import type { SyncResult } from './contract.ts';
import { fieldChange, fieldWritesIn } from './field-changes.ts';
import { recordView } from './record-view.ts';

const OUTCOMES: Readonly<Record<PairResult, SyncResult['outcome']>> = {
  createdInSalesforce: 'createdInSalesforce',
  createdInHubSpot: 'createdInHubSpot',
  updated: 'updated',
  paired: 'paired',
  unchanged: 'nothingToDo',
  skipped: 'notSynced',
  failed: 'notSynced',
};

export async function syncNow(pipeline: Pipeline, contactId: string): Promise<SyncResult> {
  const { pairs, contested } = await pipeline.sync([{ key: { side: 'hubspot', id: contactId } }], {
    cause: 'syncNow',
    runId: null,
    recheck: true,
  });
  const workspace = await pipeline.workspaces.current();
  const done = pairs.find(({ hubspotId }) => hubspotId === contactId) ?? null;
  const record = await recordView(pipeline, contactId);
  const isContested = contested !== undefined;
  return {
    outcome: isContested ? 'notSynced' : done ? OUTCOMES[done.result] : 'nothingToDo',
    sentence: isContested
      ? 'Another sync is writing this person at this very moment; what it doesn’t bring is looked at right after it.'
      : sentence(done, record.salesforce?.object ?? null),
    changes: fieldWritesIn(done?.writes ?? []).map((write) => fieldChange(write, workspace)),
    record,
  };
}

function sentence(done: PairReport | null, object: string | null): string {
  const fields = (count: number): string => (count === 1 ? '1 field' : `${count} fields`);
  const record = object?.toLowerCase() ?? 'record';
  switch (done?.result) {
    case undefined:
    case 'unchanged':
      return 'Nothing to do: both sides agree already.';
    case 'createdInSalesforce':
      return `Created a ${record} in Salesforce.`;
    case 'createdInHubSpot':
      return 'Created the contact in HubSpot.';
    case 'updated':
      return `Synced ${fields(fieldWritesIn(done.writes).length)}.`;
    case 'paired':
      return fieldWritesIn(done.writes).length === 0
        ? `Paired with a Salesforce ${record}; both sides agree.`
        : `Paired with a Salesforce ${record} and synced ${fields(fieldWritesIn(done.writes).length)}.`;
    case 'skipped':
    case 'failed':
      return done.reason ? explain(done.reason).sentence : 'Not synced.';
  }
}
