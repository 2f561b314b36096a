// One person's history, newest first: what each sync wrote, who or what caused it, and what decided each value.
// Entries that were written down together are one moment.
import type { HistoryEntry } from '../store/history-port.ts';
import type { Run } from '../store/runs-port.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import { RUN_NAMES } from '../sync/runs/words.ts';
import type { Workspace } from '../sync/workspace.ts';
import { because } from './because.ts';
import type { CallAnswer, HistoryChange, HistoryMoment } from './contract.ts';
import { fieldChange } from './field-changes.ts';

const ENTRIES_PER_PAGE = 40;

export async function historyOf(
  { ports: { store }, workspaces }: Pipeline,
  { contactId, before }: { readonly contactId: string; readonly before: string | null },
): Promise<CallAnswer<'get-history'>> {
  // One more than a page tells whether there is another.
  const [found, workspace] = await Promise.all([
    store.history.page({ hubspotId: contactId }, before, ENTRIES_PER_PAGE + 1),
    workspaces.current(),
  ]);
  const hasMore = found.length > ENTRIES_PER_PAGE;
  const moments = momentsOf(found);
  // The last moment of a page may go on with the next one: it is left to it, unless it fills the page.
  const shown = hasMore && moments.length > 1 ? moments.slice(0, -1) : moments;
  const runIds = new Set(shown.flatMap(([first]) => first?.runId ?? []));
  const runs = new Map(
    (await Promise.all([...runIds].map((id) => store.runs.get(id)))).flatMap((run) =>
      run ? [[run.id, run] as const] : [],
    ),
  );
  return {
    moments: shown.flatMap((entries) => momentView(entries, runs, workspace) ?? []),
    before: hasMore ? (shown.at(-1)?.at(-1)?.id ?? null) : null,
  };
}

/** An undo puts back first, and then has both sides compared. */
const UNDO_MS = 15_000;

/** Whether an entry came of the same sync as a newer one of the same person. */
export function isOneSync(newer: HistoryEntry, entry: HistoryEntry): boolean {
  if (newer.cause !== entry.cause || newer.runId !== entry.runId || newer.by !== entry.by)
    return false;
  if (newer.at === entry.at) return true;
  const putsBack = ({ fields }: HistoryEntry): boolean =>
    fields.some(({ why }) => why === 'UNDONE');
  const isFollowing = entry.cause === 'undo' && putsBack(entry) && !putsBack(newer);
  return isFollowing && Date.parse(newer.at) - Date.parse(entry.at) <= UNDO_MS;
}

function momentsOf(entries: readonly HistoryEntry[]): HistoryEntry[][] {
  const moments: HistoryEntry[][] = [];
  for (const entry of entries) {
    const [newest] = moments.at(-1) ?? [];
    if (newest && isOneSync(newest, entry)) moments.at(-1)?.push(entry);
    else moments.push([entry]);
  }
  return moments;
}

function momentView(
  entries: readonly HistoryEntry[],
  runs: ReadonlyMap<string, Run>,
  workspace: Workspace,
): HistoryMoment | null {
  const [first] = entries;
  if (!first) return null;
  return {
    id: first.id,
    at: first.at,
    by: causeInWords(first, runs),
    pairing: pairingInWords(entries),
    changes: entries.flatMap((entry) => changesOf(entry, workspace)),
    entryIds: entries.filter(({ side }) => side !== 'pair').map(({ id }) => id),
  };
}

/** A function doesn’t know who calls it. */
const SOMEBODY = 'somebody in HubSpot';

function causeInWords({ cause, runId, by }: HistoryEntry, runs: ReadonlyMap<string, Run>): string {
  switch (cause) {
    case 'live':
    case 'webhook':
      return 'Live sync';
    case 'syncNow':
      return `Sync now, by ${by ?? SOMEBODY}`;
    case 'admin':
      return `Pairing changed by ${by ?? SOMEBODY}`;
    case 'undo':
      return `Undone by ${by ?? SOMEBODY}`;
    default: {
      const startedBy = runId === null ? undefined : runs.get(runId)?.startedBy;
      const number = runId === null ? '' : `, run ${runId}`;
      return `${RUN_NAMES[cause]}${number}${startedBy ? `, started by ${startedBy}` : ''}`;
    }
  }
}

function pairingInWords(entries: readonly HistoryEntry[]): string | null {
  const change = entries.find(({ side }) => side === 'pair')?.fields[0];
  if (!change) return null;
  const why = because(change.why);
  if (change.after === null) return `${why} (${String(change.before)})`;
  return change.before === null
    ? `${why} (${String(change.after)})`
    : `${why} (${String(change.before)} → ${String(change.after)})`;
}

/** Rules under which nothing is ever put back. */
const NEVER_UNDONE: Readonly<Record<string, string>> = {
  mirror: 'It always holds what Salesforce holds.',
  optOut: 'Tandem never opts a person back in.',
};

function changesOf(entry: HistoryEntry, workspace: Workspace): HistoryChange[] {
  const { id, side, fields } = entry;
  if (side === 'pair') return [];
  const isCreation = fields.some(({ why }) => why === 'CREATED');
  return fields.map((write) => ({
    ...fieldChange({ ...write, side }, workspace),
    entryId: id,
    name: write.field,
    because: because(write.why),
    notUndoable: isCreation
      ? `It came with the new ${side === 'hubspot' ? 'HubSpot' : 'Salesforce'} record.`
      : (NEVER_UNDONE[write.why] ?? null),
  }));
}
