// Problems as CSV, a page at a time: HubSpot's settings pages can't hand out files, but they copy text. Cells that
// a spreadsheet would run as a formula are made plain text: names come from web forms.
import { stringify } from 'csv-stringify/sync';
import { explain } from '../engine/reasons.ts';
import { CATEGORY_LABELS } from '../engine/reasons/text.ts';
import type { LinkState } from '../engine/link.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import type { CallAnswer, CONTRACT } from './contract.ts';
import { problemPage, type FoundProblem } from './problem-records.ts';
import type { z } from 'zod';

/** What HubSpot reads the names of in about a second, and a fraction of what an answer may weigh. */
const ROWS_PER_PAGE = 500;

const STATES: Readonly<Record<LinkState, string>> = {
  inSync: 'In sync, but for this field',
  waiting: 'Waiting for another try',
  problem: 'Needs attention',
  skipped: 'Left out',
};

const TITLES = [
  'Name',
  'E-mail',
  'State',
  'Category',
  'Reason',
  'What to do',
  'Code',
  'Since',
  'Tries',
  'Next try',
  'HubSpot contact',
  'Salesforce object',
  'Salesforce record',
  'Salesforce address',
];

const rowOf = ({ link, reason, person, since, salesforceUrl }: FoundProblem): string[] => {
  const { category, sentence, fix } = explain(reason);
  return [
    person.name ?? '',
    person.email ?? '',
    STATES[link.state],
    CATEGORY_LABELS[category],
    sentence,
    fix ?? '',
    reason.code,
    since ?? '',
    String(link.attempts),
    link.retryAt ?? '',
    link.hubspotId ?? '',
    link.salesforceObject ?? '',
    link.salesforceId ?? '',
    salesforceUrl ?? '',
  ];
};

export async function exportedProblems(
  pipeline: Pipeline,
  { which, after }: z.output<(typeof CONTRACT)['export-problems']['parameters']>,
): Promise<CallAnswer<'export-problems'>> {
  const page = await problemPage(pipeline, which, after, ROWS_PER_PAGE);
  const rows = page.found.map(rowOf);
  return {
    csv: stringify(after === null ? [TITLES, ...rows] : rows, { escape_formulas: true }),
    rows: rows.length,
    after: page.after,
  };
}
