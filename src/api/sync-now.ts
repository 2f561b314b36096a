// Sync now: the pipeline with a batch of one, and what it did in words.
import { explain, type Reason } from '../engine/reasons.ts';
import type { FieldWrite, PairResult } from '../engine/outcome.ts';
import type { HistoryEntry } from '../store/history-port.ts';
import type { PairReport, Pipeline } from '../sync/pipeline.ts';
import type { Caller } from './caller.ts';
import type { CallParameters, SyncResult } from './contract.ts';
import { fieldChange, fieldWritesIn } from './field-changes.ts';
import { choosing } from './preview-sync.ts';
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

/** One sync goes round a few times at most, and leaves up to three entries each time. */
const MOST_ENTRIES = 12;

export async function syncNow(
  pipeline: Pipeline,
  contactId: string,
  choices: NonNullable<CallParameters<'sync-now'>['choices']> = [],
  caller: Caller | null = null,
): Promise<SyncResult> {
  const { pairs, contested } = await pipeline.sync(
    [{ key: { side: 'hubspot', id: contactId } }],
    { cause: 'syncNow', runId: null, recheck: true, by: caller?.email },
    choosing(choices),
  );
  const done = pairs.find(({ hubspotId }) => hubspotId === contactId) ?? null;
  const writes = fieldWritesIn(done?.writes ?? []);
  const [workspace, record, entries] = await Promise.all([
    pipeline.workspaces.current(),
    recordView(pipeline, contactId),
    writes.length === 0
      ? []
      : pipeline.ports.store.history.page({ hubspotId: contactId }, null, MOST_ENTRIES),
  ]);
  const isContested = contested !== undefined;
  return {
    outcome: isContested ? 'notSynced' : done ? OUTCOMES[done.result] : 'nothingToDo',
    sentence: isContested
      ? 'Another sync is writing this person at this very moment; what it doesn’t bring is looked at right after it.'
      : sentence(done, record.salesforce?.object ?? null),
    changes: writes.map((write) => fieldChange(write, workspace)),
    entryIds: entriesOf(writes, entries),
    record,
  };
}

/** The entries of history that hold what this sync has just written. */
function entriesOf(writes: readonly FieldWrite[], entries: readonly HistoryEntry[]): string[] {
  const isMine = ({ cause, side, fields }: HistoryEntry): boolean =>
    cause === 'syncNow' &&
    side !== 'pair' &&
    fields.every(({ field, before, after }) =>
      writes.some(
        (write) =>
          write.side === side &&
          write.field === field &&
          write.before === before &&
          write.after === after,
      ),
    );
  const found: string[] = [];
  let missing = writes.length;
  for (const entry of entries) {
    if (missing <= 0) break;
    if (!isMine(entry)) continue;
    found.push(entry.id);
    missing -= entry.fields.length;
  }
  return found;
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
      return done.reason ? notSynced(done.reason) : 'Not synced.';
  }
}

function notSynced(why: Reason): string {
  const { sentence, fix } = explain(why);
  // Nothing else on the card says so.
  return why.code === 'NOT_BEGUN' && fix !== null ? `${sentence} ${fix}` : sentence;
}
