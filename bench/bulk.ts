// From how many rows on Bulk API 2.0 is worth its while: calls and time of both ways to read and to write,
// with 0 and 20 ms added to each call. Nothing tells how long a real org takes over a job, so jobs are
// counted as done at once and after a pessimistic while; the adapter's waiting is counted, not waited.
// Options: --rows 1000,5000. What `src/salesforce/bulk/thresholds.ts` says comes from here.
import { parseArgs } from 'node:util';
import { table } from '../src/cli/report.ts';
import { createSalesforce } from '../src/salesforce/jsforce.ts';
import type { SalesforcePort } from '../src/salesforce/port.ts';
import { seededRandom, VirtualClock } from '../src/sandbox/clock.ts';
import { serveStandIn } from '../src/sandbox/http.ts';
import { createSalesforceStandIn, SANDBOX_CLIENT } from '../src/sandbox/salesforce/stand-in.ts';

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '1000,5000,20000,50000' } },
});
const FIELDS = ['FirstName', 'LastName', 'Email', 'Company', 'Title', 'Phone', 'City', 'Status'];
/** A run's looks at its export: first after so long, then twice as long each time. */
const FIRST_LOOK_MS = 10_000;
const LONGEST_PAUSE_MS = 60_000;
/** Two minutes in the queue, then so many rows a second. */
const PESSIMISTIC_QUEUE_MS = 120_000;
const PESSIMISTIC_ROWS_PER_S = { read: 5_000, write: 500 };

type Job = 'no job' | 'job at once' | 'slow job';
interface World {
  readonly salesforce: SalesforcePort;
  readonly ids: readonly string[];
  readonly sleep: (milliseconds: number) => Promise<void>;
}

async function readByQuery({ salesforce }: World): Promise<void> {
  let afterId: string | null = null;
  do ({ afterId } = await salesforce.records.list('Lead', afterId, FIELDS));
  while (afterId !== null);
}

async function readByJob({ salesforce, sleep }: World): Promise<void> {
  const { exports } = salesforce;
  const jobId = await exports.start('Lead', FIELDS);
  let locator: string | null = null;
  let pause = FIRST_LOOK_MS;
  for (;;) {
    const page = await exports.page({ object: 'Lead', jobId, locator });
    if (page.state === 'working') {
      await sleep(pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      continue;
    }
    ({ locator } = page);
    if (locator === null) return;
  }
}

async function write({ salesforce, ids }: World): Promise<void> {
  const outcomes = await salesforce.records.write(
    ids.map((id, index) => ({
      kind: 'update',
      object: 'Lead',
      id,
      fields: { Title: `Title ${index}`, City: 'Bonn', Phone: null },
    })),
  );
  if (!outcomes.every(({ ok }) => ok)) throw new Error('rows were refused');
}

async function measure(rows: number, latencyMs: number, what: 'read' | 'write', job: Job) {
  const clock = new VirtualClock(Date.now());
  const standIn = createSalesforceStandIn({
    clock,
    random: seededRandom(1),
    dailyApiLimit: 100_000_000,
    bulkJobMs:
      job === 'slow job' ? PESSIMISTIC_QUEUE_MS + (rows / PESSIMISTIC_ROWS_PER_S[what]) * 1000 : 0,
  });
  const ids = standIn.org.seed(
    Array.from({ length: rows }, (_, index) => ({
      object: 'Lead',
      fields: {
        FirstName: 'Ann',
        LastName: `Lead ${index}`,
        Company: 'Acme, Ltd.',
        Email: `lead${index}@example.com`,
        Phone: '+49 228 1234',
      },
    })),
  );
  const server = await serveStandIn({
    ...standIn,
    handle: async (request) => {
      if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
      return standIn.handle(request);
    },
  });
  let waited = 0;
  const sleep = (milliseconds: number): Promise<void> => {
    clock.advance(milliseconds);
    waited += milliseconds;
    return Promise.resolve();
  };
  const salesforce = createSalesforce(
    { flow: 'clientCredentials', ...SANDBOX_CLIENT, loginUrl: server.url },
    { sleep, bulkWriteRows: job === 'no job' ? Infinity : 1 },
  );
  await salesforce.schema.describe('Lead');
  standIn.apiUsage.reset();
  const started = performance.now();
  const world = { salesforce, ids, sleep };
  if (what === 'write') await write(world);
  else await (job === 'no job' ? readByQuery(world) : readByJob(world));
  const seconds = (performance.now() - started + waited) / 1000;
  const calls = standIn.apiUsage.used;
  await server.close();
  return { calls, seconds };
}

const lines: string[][] = [];
for (const what of ['read', 'write'] as const)
  for (const rows of values.rows.split(',').map(Number))
    for (const latencyMs of [0, 20]) {
      const cells: string[] = [];
      for (const job of ['no job', 'job at once', 'slow job'] as const) {
        const { calls, seconds } = await measure(rows, latencyMs, what, job);
        cells.push(String(calls), seconds.toFixed(1));
      }
      lines.push([what, String(rows), String(latencyMs), ...cells]);
    }
process.stdout.write(
  `${table(['', 'rows', 'ms', 'calls', 's', 'calls, job', 's', 'calls, slow job', 's'], lines)}\n`,
);
