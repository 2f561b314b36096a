// What a full sync did, for people and for programs: counts per run, where every record stands and why,
// which fields were left out and why, and the calls it took.
import { explain, type Reason } from '../engine/reasons.ts';
import type { FieldSummaryRow, LinkSummaryRow, Store } from '../store/port.ts';
import type { RunCounts, RunKind } from '../store/runs-port.ts';
import { RUN_NAMES } from '../sync/runs/words.ts';

export interface Report {
  readonly runs: Readonly<Partial<Record<RunKind, RunCounts>>>;
  readonly records: readonly LinkSummaryRow[];
  readonly fields: readonly FieldSummaryRow[];
  /** API calls per stand-in; null with real CRMs. */
  readonly calls: { readonly hubspot: number; readonly salesforce: number } | null;
}

export async function reportOf(
  store: Store,
  runs: Report['runs'],
  calls: Report['calls'],
): Promise<Report> {
  const [records, fields] = await Promise.all([store.links.summary(), store.links.fieldSummary()]);
  return { runs, records, fields, calls };
}

const STATE_TITLES: Readonly<Record<LinkSummaryRow['state'], string>> = {
  inSync: 'in sync',
  waiting: 'waiting',
  problem: 'needs attention',
  skipped: 'not syncing',
};

const COUNT_TITLES: readonly (keyof RunCounts)[] = [
  'seen',
  'created',
  'updated',
  'paired',
  'unchanged',
  'skipped',
  'failed',
];

/** Rows as an aligned table; the last column is left as long as it is. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) =>
    column === header.length - 1
      ? 0
      : Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]): string =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd();
  const rule = header.map((title, column) =>
    '─'.repeat(Math.max(widths[column] ?? 0, title.length)),
  );
  return [line(header), line(rule), ...rows.map(line)].join('\n');
}

/** What a terminal prints ends in logs: e-mail addresses are shown by their first letter and domain. */
export function sentenceOf(why: Reason): string {
  const details = Object.fromEntries(
    Object.entries(why.details).map(([name, value]) => [
      name,
      value.replaceAll(/([^\s@])[^\s@]*@/g, '$1…@'),
    ]),
  );
  return explain({ ...why, details }).sentence;
}

export function reportText({ runs, records, fields, calls }: Report): string {
  const parts: string[] = [];
  const runRows = Object.entries(runs).map(([kind, counts]) => [
    RUN_NAMES[kind as RunKind],
    ...COUNT_TITLES.map((title) => String(counts[title])),
  ]);
  if (runRows.length > 0) parts.push('What was done', table(['run', ...COUNT_TITLES], runRows));
  parts.push(
    'Where every person stands',
    table(
      ['people', 'state', 'why'],
      records.map(({ count, state, reason }) => [
        String(count),
        STATE_TITLES[state],
        reason ? sentenceOf(reason) : 'Both sides agree.',
      ]),
    ),
  );
  if (fields.length > 0) {
    parts.push(
      'Fields that were left out (everything else of these people synced)',
      table(
        ['people', 'field', 'why, for example'],
        fields.map(({ count, mapping, reason }) => [
          String(count),
          mapping.replace(/~.*$/, ''),
          sentenceOf(reason),
        ]),
      ),
    );
  }
  if (calls)
    parts.push(`API calls: ${calls.hubspot} to HubSpot, ${calls.salesforce} to Salesforce.`);
  return parts
    .map((part, index) => (index === 0 ? part : part.startsWith('  ') ? part : `\n${part}`))
    .join('\n');
}
