// Runs on a terminal: a table of them, one on its own, and what it left out. Names fields, never values.
import type { RunView } from '../api/contract.ts';
import { explain } from '../engine/reasons.ts';
import type { PairResult } from '../engine/outcome.ts';
import type { RunRecord } from '../store/runs-port.ts';
import { durationInWords } from '../sync/runs/duration.ts';
import { sentenceOf, table } from './report.ts';

export const NOBODY_WORKS =
  'Nobody works on runs at the moment: open runs wait until a service or worker is started on this database.\nStart one with npm start (or npm start -- --worker beside a service elsewhere) and leave it running.';

export function runsText(runs: readonly RunView[]): string {
  if (runs.length === 0)
    return 'There have been no runs yet. Start one with npm start -- run <kind>.';
  return table(
    ['id', 'run', 'state', 'records', 'a minute', 'left', 'started', 'which'],
    runs.map((run) => [
      run.id,
      `${run.title}${run.dry ? ' (dry)' : ''}`,
      run.state,
      run.total === null ? String(run.counts.seen) : `${run.counts.seen} of ${run.total}`,
      run.perMinute === null ? '' : String(run.perMinute),
      run.secondsLeft === null ? '' : durationInWords(run.secondsLeft),
      run.startedAt.slice(0, 16).replace('T', ' '),
      run.scope,
    ]),
  );
}

const COUNTS = ['created', 'updated', 'paired', 'unchanged', 'skipped', 'failed'] as const;

export function runText(run: RunView): string {
  const counts = COUNTS.map((name) => `${run.counts[name]} ${name}`).join(', ');
  return [
    `Run ${run.id}, ${run.state}: ${run.title}${run.dry ? ', dry' : ''}. ${run.scope}.`,
    `  ${run.counts.seen} seen: ${counts}.`,
    ...(run.counts.restored === undefined
      ? []
      : [`  ${run.counts.restored} values put back, ${run.counts.kept ?? 0} values stay.`]),
    ...(run.trouble === null ? [] : [`  ${run.trouble}`]),
  ].join('\n');
}

const RESULTS: Readonly<Record<PairResult, string>> = {
  createdInSalesforce: 'creates in Salesforce',
  createdInHubSpot: 'creates in HubSpot',
  updated: 'updates',
  paired: 'pairs',
  unchanged: 'unchanged',
  skipped: 'left out',
  failed: 'failed',
};

interface RecordFacts extends Pick<RunRecord, 'hubspotId' | 'salesforceId' | 'result'> {
  readonly reason: {
    readonly code: string;
    readonly sentence: string;
    readonly fix: string | null;
  } | null;
  readonly fields: readonly { readonly side: 'hubspot' | 'salesforce'; readonly field: string }[];
}

/** What may end in a log: no values, which are people's. */
export function recordFacts({
  hubspotId,
  salesforceId,
  result,
  reason,
  writes,
}: RunRecord): RecordFacts {
  return {
    hubspotId: hubspotId || null,
    salesforceId: salesforceId || null,
    result,
    reason: reason && {
      code: reason.code,
      sentence: sentenceOf(reason),
      fix: explain(reason).fix,
    },
    fields: writes.flatMap(({ side, field }) => (side === 'pair' ? [] : [{ side, field }])),
  };
}

export function recordText(record: RunRecord): string {
  const { hubspotId, salesforceId, result, reason, fields } = recordFacts(record);
  const isLeft = result === 'skipped' || result === 'failed';
  const who = `${hubspotId ?? (isLeft ? '–' : 'new')} ⇄ ${salesforceId ?? (isLeft ? '–' : 'new')}`;
  const named = fields.map(
    ({ side, field }) => `${field} in ${side === 'hubspot' ? 'HubSpot' : 'Salesforce'}`,
  );
  const told = [named.join(', '), reason?.sentence, reason?.fix].filter(Boolean).join(' ');
  return `  ${who}  ${RESULTS[result]}${told === '' ? '' : `: ${told}`}`;
}
