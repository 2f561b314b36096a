// `npm run bench`: Tandem beside a bare loop that only makes the floor's calls, and beside a straightforward
// script. How everything is counted and timed is in docs/floor.md.
//
// Options: --quick (under a minute), --json, --calls (every call beside the floor), --people 10000,100000,
// --changes N, --latency 0,20, --sample N (people of the script), --profile (CPU profiles into bench/out/profile).
import { availableParallelism, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabases } from './databases.ts';
import type { Spread } from './people.ts';
import {
  callsText,
  summaryOf,
  tableOf,
  writeFiles,
  type Machine,
  type Results,
  type Row,
} from './report.ts';
import { runBare, runScript, runTandem, type RunOptions } from './runs.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    calls: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    people: { type: 'string' },
    changes: { type: 'string' },
    latency: { type: 'string' },
    sample: { type: 'string' },
  },
});

const numbers = (text: string): number[] =>
  text.split(',').map((part) => {
    const number = Number(part);
    if (!Number.isInteger(number) || number < 0) throw new Error(`“${part}” is no number`);
    return number;
  });

const plan = {
  sizes: numbers(values.people ?? (values.quick ? '2000,5000' : '10000,100000,1000000')),
  changes: Number(values.changes ?? (values.quick ? 500 : 10_000)),
  latencies: numbers(values.latency ?? '20,0'),
  sample: Number(values.sample ?? (values.quick ? 100 : 400)),
};
const OUT = resolve(import.meta.dirname, 'out');
/** The worlds beside the first are for their calls, which are in proportion: the smallest size tells them. */
const COUNTED_ONLY: readonly Spread[] = ['hubspot', 'both'];

const started = performance.now();
const say = (text: string): void => {
  const seconds = String(Math.round((performance.now() - started) / 1_000)).padStart(5);
  process.stderr.write(`${seconds} s  ${text}\n`);
};

const machine: Machine = {
  cores: availableParallelism(),
  node: process.version,
  loadBefore: Number((loadavg()[0] ?? 0).toFixed(1)),
};
if (machine.loadBefore > machine.cores / 2)
  say(`this machine has other work (load ${machine.loadBefore}): take no time from this run`);

const databases = await openDatabases();
const rows: Row[] = [];
const script: Results['script'][number][] = [];
try {
  for (const latencyMs of plan.latencies) {
    say(`${latencyMs} ms: the straightforward script, ${plan.sample} people`);
    const { people, recordsPerSecond } = await runScript({ people: plan.sample, latencyMs });
    script.push({ latencyMs, people, recordsPerSecond });
  }
  const [smallest] = plan.sizes;
  for (const people of plan.sizes) {
    for (const latencyMs of plan.latencies) {
      const options: RunOptions = {
        people,
        changes: plan.changes,
        latencyMs,
        child: { profile: values.profile ? resolve(OUT, 'profile') : null },
        onStep: (step) => {
          say(`${people} people, ${latencyMs} ms: ${step}`);
        },
      };
      const tandem = await runTandem(await databases.next(), 'salesforce', options);
      const bare = await runBare(tandem.asks, options);
      const rate = script.find((one) => one.latencyMs === latencyMs)?.recordsPerSecond ?? null;
      for (const row of tandem.rows) {
        const beside = bare.get(row.kind) ?? null;
        rows.push({
          ...row,
          bareSeconds: beside?.seconds ?? null,
          bareCalls: beside?.calls ?? null,
          timeOverBareLoop: beside && row.seconds / beside.seconds,
          speedupOverScript:
            row.kind === 'import' && rate !== null ? row.recordsPerSecond / rate : null,
        });
      }
      if (people !== smallest || latencyMs !== Math.min(...plan.latencies)) continue;
      for (const spread of COUNTED_ONLY) {
        const counted = await runTandem(await databases.next(), spread, options);
        for (const row of counted.rows)
          rows.push({
            ...row,
            ...{ bareSeconds: null, bareCalls: null },
            ...{ timeOverBareLoop: null, speedupOverScript: null },
          });
      }
    }
  }
} finally {
  await databases.close();
}

const results: Results = { quick: values.quick, machine, rows, script };
const files = await writeFiles(OUT, results);
for (const file of files) say(`wrote ${file}`);
if (values.json)
  process.stdout.write(`${JSON.stringify({ ...summaryOf(results), script, scenarios: rows })}\n`);
else {
  process.stdout.write(`${tableOf(results)}\n`);
  if (values.calls) process.stdout.write(`${callsText(rows)}\n`);
  process.stdout.write(`\n${JSON.stringify(summaryOf(results), null, 2)}\n`);
}
