// What a run left out, or would do, as CSV, a page at a time: HubSpot's settings pages can't hand out files, but they
// copy text. Cells that a spreadsheet would run as a formula are made plain text.
import { stringify } from 'csv-stringify/sync';
import type { Pipeline } from '../sync/pipeline.ts';
import type { CallAnswer, CONTRACT, FieldChange, RunRecordView } from './contract.ts';
import { recordsOfRun } from './run-calls.ts';
import type { z } from 'zod';

const ROWS_PER_PAGE = 500;

const TITLES = [
  'HubSpot contact',
  'Salesforce record',
  'Salesforce address',
  'Outcome',
  'Reason',
  'What to do',
  'Code',
  'Changes',
];

const changeOf = ({ side, field, before, after }: FieldChange): string =>
  `${field} in ${side === 'hubspot' ? 'HubSpot' : 'Salesforce'}: ${before ?? '(blank)'} → ${after ?? '(blank)'}`;

const rowOf = (record: RunRecordView): string[] => [
  record.hubspotId ?? '',
  record.salesforceId ?? '',
  record.salesforceUrl ?? '',
  record.outcome,
  record.reason?.sentence ?? '',
  record.reason?.fix ?? '',
  record.reason?.code ?? '',
  record.changes.map(changeOf).join('\n'),
];

export async function exportedRunRecords(
  pipeline: Pipeline,
  { id, after }: z.output<(typeof CONTRACT)['export-run-records']['parameters']>,
): Promise<CallAnswer<'export-run-records'>> {
  const page = await recordsOfRun(pipeline, id, after, ROWS_PER_PAGE);
  const rows = page.records.map(rowOf);
  return {
    csv: stringify(after === null ? [TITLES, ...rows] : rows, { escape_formulas: true }),
    rows: rows.length,
    after: page.after,
  };
}
