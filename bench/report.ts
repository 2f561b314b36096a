// The benchmark's figures: as one JSON object, as a table for people, and as files in `bench/out` (a table in
// Markdown, rows as CSV, cost growth drawn). A figure that was not measured is null, never something close to it.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { table } from '../src/cli/report.ts';
import { plot, type Panel } from './plot.ts';
import type { Measured } from './runs.ts';

export interface Row extends Measured {
  /** The bare loop in the same scenario; null where there is none. */
  readonly bareSeconds: number | null;
  readonly bareCalls: number | null;
  /** Tandem's time ÷ the bare loop's. */
  readonly timeOverBareLoop: number | null;
  /** Records a second ÷ the straightforward script's; null where it does something else. */
  readonly speedupOverScript: number | null;
}

export interface ScriptRate {
  readonly latencyMs: number;
  readonly people: number;
  readonly recordsPerSecond: number;
}

/** What the figures were taken on: times from a machine that had other work are worth little. */
export interface Machine {
  readonly cores: number;
  readonly node: string;
  /** Processes that wanted a core in the minute before. */
  readonly loadBefore: number;
}

export interface Results {
  readonly machine: Machine;
  readonly quick: boolean;
  readonly rows: readonly Row[];
  readonly script: readonly ScriptRate[];
}

const KINDS_TIMED = new Set(['import', 'salesforceChanges', 'hubspotChanges']);
const most = (values: readonly number[]): number | null =>
  values.length === 0 ? null : Math.max(...values);
const least = (values: readonly number[]): number | null =>
  values.length === 0 ? null : Math.min(...values);
const present = (values: readonly (number | null)[]): number[] =>
  values.filter((value) => value !== null);

/** Peak memory of the worker by the number of people. */
function peaks(rows: readonly Row[]): Record<string, number> {
  const bySize: Record<string, number> = {};
  for (const { people, peakRssMb } of rows)
    bySize[people] = Math.max(bySize[people] ?? 0, Math.round(peakRssMb));
  return bySize;
}

/**
 * The worst of all scenarios and sizes for each aim. The script is compared with at the larger latency: without
 * any, nothing is as it is in life.
 */
export function summaryOf({ quick, machine, rows, script }: Results) {
  const peakRssMb = peaks(rows);
  const latencyMs = Math.max(...script.map((one) => one.latencyMs));
  const quiet = rows.filter(({ kind }) => kind === 'quietLook');
  const imports = rows.filter(({ kind }) => kind === 'import');
  const speedupAt = (latency: number): number | null =>
    least(
      present(
        imports.filter((row) => row.latencyMs === latency).map((row) => row.speedupOverScript),
      ),
    );
  return {
    quick,
    machine,
    callsOverFloor: most(rows.map(({ ratio }) => ratio)),
    speedupOverScript: speedupAt(latencyMs),
    speedupOverScriptByLatency: Object.fromEntries(
      script.map((one) => [`${one.latencyMs} ms`, speedupAt(one.latencyMs)]),
    ),
    timeOverBareLoop: most(
      present(rows.filter(({ kind }) => KINDS_TIMED.has(kind)).map((row) => row.timeOverBareLoop)),
    ),
    importTimeOverBareLoop: most(present(imports.map((row) => row.timeOverBareLoop))),
    peakRssMb100k: peakRssMb['100000'] ?? null,
    peakRssMb1m: peakRssMb['1000000'] ?? null,
    peakRssMb,
    noChangeWrites: most(
      rows
        .filter(({ kind }) => kind === 'quietLook' || kind === 'everythingAgain')
        .map(({ writes }) => writes),
    ),
    /** Calls of a look without changes, by the number of people: they must not grow. */
    noChangeCalls: Object.fromEntries(quiet.map(({ people, calls }) => [people, calls])),
  };
}

const COLUMNS = [
  'people',
  'latency',
  'records',
  'calls',
  'floor',
  'ratio',
  'seconds',
  'records/s',
  '× bare loop',
  '× script',
  'peak MB',
  'write calls',
  'scenario',
] as const;

const CSV_COLUMNS: (keyof Row)[] = [
  'kind',
  'people',
  'latencyMs',
  'records',
  'calls',
  'floor',
  'ratio',
  'seconds',
  'recordsPerSecond',
  'cpuSeconds',
  'standInsCpuSeconds',
  'bareSeconds',
  'bareCalls',
  'timeOverBareLoop',
  'speedupOverScript',
  'peakRssMb',
  'writes',
];

const number = (value: number): string => value.toLocaleString('en-US');
const factor = (value: number | null): string => (value === null ? '–' : value.toFixed(2));

const cellsOf = (row: Row): string[] => [
  number(row.people),
  `${row.latencyMs} ms`,
  number(row.records),
  number(row.calls),
  number(row.floor),
  row.ratio.toFixed(2),
  row.seconds.toFixed(2),
  number(Math.round(row.recordsPerSecond)),
  factor(row.timeOverBareLoop),
  row.speedupOverScript === null ? '–' : row.speedupOverScript.toFixed(0),
  number(Math.round(row.peakRssMb)),
  number(row.writes),
  row.name,
];

export function tableOf({ rows, script }: Results): string {
  const scripts = script.map(
    ({ latencyMs, people, recordsPerSecond }) =>
      `  ${recordsPerSecond.toFixed(1)} records/s with ${latencyMs} ms, on ${people} people`,
  );
  return [table(COLUMNS, rows.map(cellsOf)), '', 'The straightforward script:', ...scripts].join(
    '\n',
  );
}

function growth(rows: readonly Row[]): Panel[] {
  const imports = rows.filter(({ kind }) => kind === 'import');
  const latencies = [...new Set(imports.map(({ latencyMs }) => latencyMs))];
  const panel = (title: string, valueOf: (row: Row) => number): Panel => ({
    title,
    series: latencies.map((latencyMs) => ({
      name: `${latencyMs} ms latency`,
      points: imports
        .filter((row) => row.latencyMs === latencyMs)
        .map((row) => ({ people: row.people, value: valueOf(row) })),
    })),
  });
  const calls = panel('API calls per 1,000 people', (row) => (row.calls / row.records) * 1_000);
  const floor = panel('', (row) => (row.floor / row.records) * 1_000).series[0];
  return [
    { ...calls, series: [...calls.series, ...(floor ? [{ ...floor, name: 'the floor' }] : [])] },
    panel('Milliseconds per person', ({ seconds, records }) => (seconds * 1_000) / records),
    panel('Peak memory of the worker, MB', ({ peakRssMb }) => peakRssMb),
  ];
}

/** Writes the tables and the drawing. Answers the paths. */
export async function writeFiles(folder: string, results: Results): Promise<string[]> {
  const prefix = results.quick ? 'quick-' : '';
  const path = (name: string): string => join(folder, `${prefix}${name}`);
  const markdown = [
    `| ${COLUMNS.join(' | ')} |`,
    `|${COLUMNS.map(() => '---').join('|')}|`,
    ...results.rows.map((row) => `| ${cellsOf(row).join(' | ')} |`),
    '',
  ].join('\n');
  const csv = stringify([...results.rows], { header: true, columns: CSV_COLUMNS });
  await mkdir(folder, { recursive: true });
  await writeFile(path('table.md'), markdown);
  await writeFile(path('table.csv'), csv);
  await writeFile(path('growth.svg'), plot(growth(results.rows)));
  return ['table.md', 'table.csv', 'growth.svg'].map(path);
}

/** Every call beside the least there can be, for whoever looks for what is too many. */
export function callsText(rows: readonly Row[]): string {
  return rows
    .flatMap(({ name, people, latencyMs, terms, byEndpoint }) => [
      '',
      `${name}: ${number(people)} people, ${latencyMs} ms`,
      ...terms.map(({ why, calls }) => `  floor ${String(calls).padStart(6)}  ${why}`),
      ...Object.entries(byEndpoint).map(
        ([endpoint, calls]) => `  made  ${String(calls).padStart(6)}  ${endpoint}`,
      ),
    ])
    .join('\n');
}
