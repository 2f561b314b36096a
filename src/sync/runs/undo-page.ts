// One page of an undo: what was written is taken back, record by record, and what stays is told with its reason. A
// page that is done again after a crash finds its values put back already.
import { CallFailed } from '../../engine/failures.ts';
import { reason, type Reason } from '../../engine/reasons.ts';
import type { HistoryEntry } from '../../store/history-port.ts';
import { NO_COUNTS, type RunCounts, type RunRecord } from '../../store/runs-port.ts';
import type { Pipeline } from '../pipeline.ts';
import { undoChanges, type UndoHow, type UndoneField } from '../undo.ts';

export interface PageOutcome {
  /** What this page adds. */
  readonly counts: RunCounts;
  readonly records: readonly RunRecord[];
}

export async function undoPage(
  pipeline: Pipeline,
  entries: readonly HistoryEntry[],
  how: UndoHow,
): Promise<PageOutcome> {
  const undone = await undoApart(pipeline, entries.filter(mayGoBack), how);
  const byRecord = [...Map.groupBy(undone, recordName).values()];
  const of = (result: UndoneField['result']) => undone.filter((one) => one.result === result);
  const updated = byRecord.filter((fields) => isAny(fields, 'restored')).length;
  const skipped = byRecord.filter(
    (fields) => !isAny(fields, 'restored') && isAny(fields, 'left'),
  ).length;
  return {
    counts: {
      ...NO_COUNTS,
      seen: entries.length,
      updated,
      skipped,
      unchanged: Math.max(0, entries.length - updated - skipped),
      restored: of('restored').length,
      kept: of('left').filter(({ reason: why }) => why !== null && !IS_RECORD.has(why.code)).length,
    },
    records: byRecord.flatMap((fields) => [
      ...(how.dry ? putBackOf(fields.filter(({ result }) => result === 'restored')) : []),
      ...staysOf(fields.filter(({ result }) => result === 'left')),
    ]),
  };
}

/** Reasons that are about a record, not about one of its values. */
const IS_RECORD: ReadonlySet<Reason['code']> = new Set(['UNDO_CREATED', 'UNDO_PAIRING']);

/** A record that stays because the run created it stays paired: one word on it is enough. */
const mayGoBack = ({ side, fields }: HistoryEntry): boolean =>
  side !== 'pair' || fields.some(({ why }) => why !== 'CREATED');

/** One entry that Tandem stumbles over never stops the others. */
async function undoApart(
  pipeline: Pipeline,
  entries: readonly HistoryEntry[],
  how: UndoHow,
): Promise<readonly UndoneField[]> {
  const unwanted = entries.map((entry) => ({ entry, fields: null }));
  try {
    return await undoChanges(pipeline, unwanted, how);
  } catch (error) {
    const [first] = entries;
    if (error instanceof CallFailed || !first) throw error;
    if (entries.length > 1) {
      const middle = Math.ceil(entries.length / 2);
      return [
        ...(await undoApart(pipeline, entries.slice(0, middle), how)),
        ...(await undoApart(pipeline, entries.slice(middle), how)),
      ];
    }
    const message = error instanceof Error ? error.message : String(error);
    const { side, hubspotId, salesforceId } = first;
    return first.fields.map(({ field, after }): UndoneField => ({
      ...{ side, hubspotId, salesforceId, field, before: after, after },
      result: 'left',
      aftermath: null,
      reason: reason('STUMBLED', { message }),
    }));
  }
}

const recordName = ({ side, hubspotId, salesforceId }: UndoneField): string =>
  side === 'salesforce' ? `salesforce ${salesforceId ?? ''}` : `${side} ${hubspotId ?? ''}`;

const isAny = (fields: readonly UndoneField[], result: UndoneField['result']): boolean =>
  fields.some((one) => one.result === result);

function putBackOf(fields: readonly UndoneField[]): RunRecord[] {
  const [first] = fields;
  if (!first) return [];
  const { hubspotId, salesforceId } = first;
  const writes = fields.map(({ side, field, before, after }) => {
    return { side, field, before, after, why: 'UNDONE' };
  });
  return [{ hubspotId, salesforceId, result: 'updated', reason: null, writes }];
}

/** One for each reason: what differs between fields is in it. */
function staysOf(fields: readonly UndoneField[]): RunRecord[] {
  const reasons = new Map(
    fields.flatMap((one) => (one.reason ? [[JSON.stringify(one.reason), one] as const] : [])),
  );
  return [...reasons.values()].map(({ hubspotId, salesforceId, reason: why }) => {
    return { hubspotId, salesforceId, result: 'skipped', reason: why, writes: [] };
  });
}
