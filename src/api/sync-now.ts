// Sync now: the pipeline with a batch of one, and what it did in words.
import { explain } from '../engine/reasons.ts';
import type { Side } from '../engine/records.ts';
import type { FieldWrite, PairResult } from '../engine/outcome.ts';
import type { PairReport, Pipeline } from '../sync/pipeline.ts';
import type { Workspace } from '../sync/workspace.ts';
import type { FieldChange, SyncResult } from './contract.ts';
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
  const { pairs } = await pipeline.sync([{ key: { side: 'hubspot', id: contactId } }], {
    cause: 'syncNow',
    runId: null,
    recheck: true,
  });
  const workspace = await pipeline.workspaces.current();
  const done = pairs.find(({ hubspotId }) => hubspotId === contactId) ?? null;
  const record = await recordView(pipeline, contactId);
  return {
    outcome: done ? OUTCOMES[done.result] : 'nothingToDo',
    sentence: sentence(done, record.salesforce?.object ?? null),
    changes: fieldWrites(done).map((write) => change(write, workspace)),
    record,
  };
}

type WrittenField = FieldWrite & { readonly side: Side };

/** The fields that were written; that two records became a pair is told by the outcome. */
const fieldWrites = (done: PairReport | null): WrittenField[] =>
  (done?.writes ?? []).filter((write): write is WrittenField => write.side !== 'pair');

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
      return `Synced ${fields(fieldWrites(done).length)}.`;
    case 'paired':
      return fieldWrites(done).length === 0
        ? `Paired with a Salesforce ${record}; both sides agree.`
        : `Paired with a Salesforce ${record} and synced ${fields(fieldWrites(done).length)}.`;
    case 'skipped':
    case 'failed':
      return done.reason ? explain(done.reason).sentence : 'Not synced.';
  }
}

function change(write: WrittenField, workspace: Workspace): FieldChange {
  const { hubspot, salesforce } = workspace.schemas;
  const label =
    write.side === 'hubspot'
      ? hubspot.get(write.field)?.label
      : (salesforce.Lead.get(write.field) ?? salesforce.Contact.get(write.field))?.label;
  const isOwner = write.field === 'hubspot_owner_id' || write.field === 'OwnerId';
  const shown = (value: FieldWrite['before']): string | null =>
    value === null ? null : isOwner ? workspace.owners.name(String(value)) : String(value);
  return {
    side: write.side,
    field: label ?? write.field,
    before: shown(write.before),
    after: shown(write.after),
  };
}
