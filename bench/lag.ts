// `npm run bench:lag`: how far live sync is behind while people edit on both sides, through the stand-ins' real
// rate limits, HubSpot's lagging search and signed webhooks over HTTP into the real service and queue. How it is
// measured is in docs/floor.md.
//
// Options: --seconds N (300), --rate N (edits a second on each side, 50), --people N, --with-run N (an import of as
// many people beside it), --events (change events instead of polling), --quick (20 s), --json.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { table } from '../src/cli/report.ts';
import { openDatabases } from './databases.ts';
import { Child } from './processes.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string' },
    rate: { type: 'string', default: '50' },
    people: { type: 'string' },
    'with-run': { type: 'string', default: '0' },
    events: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const plan = {
  seconds: Number(values.seconds ?? (values.quick ? 20 : 300)),
  perSecond: Number(values.rate),
  people: Number(values.people ?? (values.quick ? 4_000 : 20_000)),
  withRun: Number(values['with-run']),
};

/** How long after the last edit one may still arrive. */
const PATIENCE_MS = 90_000;
const GLANCE_MS = 500;
const WARM_UP_MS = 5_000;

const arrivalsSchema = z.object({
  toSalesforce: z.array(z.number()),
  toHubSpot: z.array(z.number()),
  open: z.object({ toSalesforce: z.number(), toHubSpot: z.number() }),
  calls: z.object({ hubspot: z.number(), salesforce: z.number() }),
  webhooks: z.object({ delivered: z.number(), lost: z.number() }),
});
type Arrivals = z.infer<typeof arrivalsSchema>;
const whereSchema = z.object({
  hubspotUrl: z.string(),
  salesforceUrl: z.string(),
  pubSubEndpoint: z.string(),
});

const stateSchema = z.object({ seen: z.number(), isOpen: z.boolean() });

const started = performance.now();
const say = (text: string): void => {
  const seconds = String(Math.round((performance.now() - started) / 1_000)).padStart(5);
  process.stderr.write(`${seconds} s  ${text}\n`);
};

function lagOf(milliseconds: readonly number[], missing: number) {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const at = (share: number): number | null =>
    sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? null;
  return { arrived: sorted.length, missing, p50: at(0.5), p95: at(0.95), max: at(1) };
}

const standIns = new Child('lag-stand-ins.ts', { heapMb: 8_192 });
const service = new Child('lag-service.ts');
const databases = await openDatabases();

const arrivals = (): Promise<Arrivals> => standIns.ask('arrivals', null, arrivalsSchema);

/** Edits for a while, then waits for what is on the way. */
async function phase(name: string, isOver: () => Promise<boolean>) {
  say(`${name}: ${plan.perSecond} edits a second on each side`);
  await standIns.ask('start', { perSecond: plan.perSecond }, z.null());
  const began = performance.now();
  while (performance.now() - began < plan.seconds * 1_000 && !(await isOver()))
    await sleep(GLANCE_MS);
  const seconds = (performance.now() - began) / 1_000;
  await standIns.ask('stop', null, z.null());
  const during = await arrivals();
  say(`${name}: waiting for what is on the way`);
  const deadline = performance.now() + PATIENCE_MS;
  let seen = during;
  while (seen.open.toHubSpot + seen.open.toSalesforce > 0 && performance.now() < deadline) {
    await sleep(GLANCE_MS);
    seen = await arrivals();
  }
  await standIns.ask('giveUp', null, z.null());
  return {
    name,
    seconds,
    toSalesforce: lagOf(seen.toSalesforce, seen.open.toSalesforce),
    toHubSpot: lagOf(seen.toHubSpot, seen.open.toHubSpot),
    callsPerSecond: {
      hubspot: during.calls.hubspot / seconds,
      salesforce: during.calls.salesforce / seconds,
    },
    webhooks: seen.webhooks,
  };
}
type Phase = Awaited<ReturnType<typeof phase>>;

const notOver = (): Promise<boolean> => Promise.resolve(false);
const ratio = (beside: number | null, alone: number | null): number | null =>
  beside === null || alone === null ? null : beside / alone;

const phases: Phase[] = [];
let run: { records: number; seconds: number; finished: boolean } | null = null;
try {
  const where = await standIns.ask('open', null, whereSchema);
  await standIns.ask('seed', { people: plan.people }, z.null());
  const clientSecret = randomUUID();
  const targetUrl = await service.ask(
    'open',
    { ...where, clientSecret, databaseUrl: await databases.next(), events: values.events },
    z.string(),
  );
  say(`first sync of ${plan.people} people, at HubSpot’s pace`);
  await service.ask('firstSync', null, z.null());
  const paired = await standIns.ask('connect', { targetUrl, clientSecret }, z.number());
  say(`${paired} people are on both sides`);
  await sleep(WARM_UP_MS);
  phases.push(await phase('live', notOver));

  if (plan.withRun > 0) {
    await standIns.ask('seed', { people: plan.withRun }, z.null());
    const id = await service.ask('startImport', null, z.string());
    let state = { seen: 0, isOpen: true };
    const isOver = async (): Promise<boolean> => {
      state = await service.ask('stateOfRun', id, stateSchema);
      return !state.isOpen;
    };
    const beside = await phase('live beside a run', isOver);
    phases.push(beside);
    run = { records: state.seen, seconds: beside.seconds, finished: !state.isOpen };
    if (state.isOpen) await service.ask('cancelRun', id, z.null());
  }
} finally {
  await service.stop();
  await standIns.stop();
  await databases.close();
}

const [alone, beside] = phases;
const result = {
  quick: values.quick,
  events: values.events,
  perSecond: plan.perSecond,
  phases,
  run,
  p95WithRunOverWithout:
    alone && beside
      ? {
          toSalesforce: ratio(beside.toSalesforce.p95, alone.toSalesforce.p95),
          toHubSpot: ratio(beside.toHubSpot.p95, alone.toHubSpot.p95),
        }
      : null,
};
if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
else {
  const seconds = (value: number | null): string =>
    value === null ? '–' : (value / 1_000).toFixed(2);
  const rows = phases.flatMap((one) =>
    (['toSalesforce', 'toHubSpot'] as const).map((direction) => {
      const { arrived, missing, p50, p95, max } = one[direction];
      const name = direction === 'toSalesforce' ? 'HubSpot → Salesforce' : 'Salesforce → HubSpot';
      const figures = [p50, p95, max].map(seconds);
      return [...figures, String(arrived), String(missing), `${name}, ${one.name}`];
    }),
  );
  const header = ['p50 s', 'p95 s', 'max s', 'arrived', 'missing', 'direction'];
  process.stdout.write(`${table(header, rows)}\n`);
  for (const { name, callsPerSecond, webhooks } of phases)
    process.stdout.write(
      `  ${name}: ${callsPerSecond.hubspot.toFixed(1)} calls/s to HubSpot, ${callsPerSecond.salesforce.toFixed(1)} to Salesforce; webhooks ${webhooks.delivered} delivered, ${webhooks.lost} lost\n`,
    );
  if (run)
    process.stdout.write(
      `  The run saw ${run.records} records in ${run.seconds.toFixed(0)} s${run.finished ? '' : ' while people edited'}; live p95 with it ÷ without: ${JSON.stringify(result.p95WithRunOverWithout)}\n`,
    );
}
