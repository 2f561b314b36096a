// Runs scenarios: Tandem in a world of its own, then the bare loop in one that began the same. Both are
// children of this process, which does nothing meanwhile.
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Asks } from './bare/loop.ts';
import { sum, type FloorTerm } from './floor.ts';
import type { Spread } from './people.ts';
import { Child, takenSchema, type ChildOptions, type Taken } from './processes.ts';
import { scenariosOf, type Scenario, type ScenarioKind, type ScenarioSizes } from './scenarios.ts';
import { World, type PairIds, type Surroundings } from './world.ts';

export interface Measured extends Taken {
  readonly kind: ScenarioKind;
  readonly name: string;
  readonly people: number;
  readonly latencyMs: number;
  readonly records: number;
  readonly recordsPerSecond: number;
  readonly calls: number;
  readonly floor: number;
  /** Calls ÷ floor. */
  readonly ratio: number;
  readonly terms: readonly FloorTerm[];
  readonly byEndpoint: Readonly<Record<string, number>>;
  /** Calls that wrote anything. */
  readonly writes: number;
  readonly standInsCpuSeconds: number;
}

export interface TandemRun {
  readonly rows: readonly Measured[];
  /** What Tandem asks both CRMs for. */
  readonly asks: Asks;
  readonly standInsPeakRssMb: number;
}

export interface RunOptions extends ScenarioSizes {
  readonly latencyMs: number;
  readonly child?: ChildOptions;
  readonly onStep?: (step: string) => void;
}

const asksSchema = z.object({
  hubspot: z.array(z.string()),
  lead: z.array(z.string()),
  contact: z.array(z.string()),
});

/** Makes the changes that a scenario is about, just before it is measured. */
async function changesFor(scenario: Scenario, world: World): Promise<PairIds[]> {
  switch (scenario.kind) {
    case 'salesforceChanges':
      return world.changeInSalesforce(scenario.records);
    case 'hubspotChanges':
      return world.changeInHubSpot(scenario.records);
    default:
      return [];
  }
}

/** What Tandem is asked to do in a scenario; the names are those of `children/tandem.ts`. */
const WORK: Readonly<Record<ScenarioKind, string>> = {
  import: 'syncAll',
  firstSync: 'syncAll',
  everythingAgain: 'syncAll',
  salesforceChanges: 'catchUp',
  hubspotChanges: 'catchUp',
  quietLook: 'look',
};

/**
 * What is stamped in the newest second is read again by every look, because more may have happened in it. After
 * a change of thousands at once that is thousands; in life somebody changes something else sooner or later.
 */
async function becomeQuiet(world: World, worker: Child): Promise<void> {
  await sleep(1_100);
  await world.changeInSalesforce(2);
  await worker.ask('catchUp', null, takenSchema);
}

const surroundings = (spread: Spread, { people, latencyMs, child }: RunOptions): Surroundings => ({
  people,
  spread,
  latencyMs,
  ...(child === undefined ? {} : { child }),
});

export async function runTandem(
  databaseUrl: string,
  spread: Spread,
  options: RunOptions,
): Promise<TandemRun> {
  const { people, latencyMs, onStep } = options;
  onStep?.('putting people into both CRMs');
  const world = await World.open(surroundings(spread, options));
  const worker = new Child('tandem.ts', options.child);
  try {
    await worker.ask('open', { ...world.where, databaseUrl }, z.null());
    const asks = await worker.ask('asksFor', null, asksSchema);
    const rows: Measured[] = [];
    for (const scenario of scenariosOf(spread, options)) {
      onStep?.(scenario.name);
      if (scenario.kind === 'quietLook') await becomeQuiet(world, worker);
      await worker.ask('endSecondLooks', null, z.null());
      await changesFor(scenario, world);
      await world.calls();
      const taken = await worker.ask(WORK[scenario.kind], null, takenSchema);
      const counted = await world.calls();
      const floor = sum(scenario.terms);
      const { kind, name, records, terms } = scenario;
      rows.push({
        ...{ kind, name, people, latencyMs, records, terms, floor },
        ...counted,
        ratio: counted.calls / floor,
        ...taken,
        recordsPerSecond: records / taken.seconds,
      });
      // What this scenario wrote comes back as changes; the next begins when that is over.
      await worker.ask('catchUp', null, takenSchema);
    }
    return { rows, asks, standInsPeakRssMb: await world.peakRssMb() };
  } finally {
    await worker.stop();
    await world.close();
  }
}

/** Seconds of the bare loop by scenario, for those it has. */
export async function runBare(
  asks: Asks,
  options: RunOptions,
): Promise<ReadonlyMap<ScenarioKind, Taken & { readonly calls: number }>> {
  const { onStep } = options;
  onStep?.('bare loop: putting people into both CRMs');
  const world = await World.open(surroundings('salesforce', options));
  const loop = new Child('bare.ts', options.child);
  try {
    await loop.ask('open', { ...world.where, asks }, z.null());
    const times = new Map<ScenarioKind, Taken & { readonly calls: number }>();
    const work: Readonly<Partial<Record<ScenarioKind, string>>> = {
      import: 'import',
      salesforceChanges: 'salesforceChanges',
      hubspotChanges: 'hubspotChanges',
      quietLook: 'look',
    };
    for (const scenario of scenariosOf('salesforce', options)) {
      const what = work[scenario.kind];
      if (what === undefined) continue;
      onStep?.(`bare loop: ${scenario.name}`);
      const since = new Date().toISOString();
      const pairs = await changesFor(scenario, world);
      await world.calls();
      const taken = await loop.ask(what, { since, pairs }, takenSchema);
      const { calls } = await world.calls();
      times.set(scenario.kind, { ...taken, calls });
    }
    if ((await world.contacts()) !== options.people)
      throw new Error('the bare loop did not create everybody');
    return times;
  } finally {
    await loop.stop();
    await world.close();
  }
}

const scriptSchema = takenSchema.extend({ synced: z.number() });

/** People a second of the straightforward script, on a sample. */
export async function runScript(options: {
  readonly people: number;
  readonly latencyMs: number;
}): Promise<{ readonly recordsPerSecond: number; readonly people: number }> {
  const world = await World.open({ ...options, spread: 'salesforce' });
  const script = new Child('script.ts');
  try {
    const { synced, seconds } = await script.ask('run', world.where, scriptSchema);
    if (synced !== options.people || (await world.contacts()) !== options.people)
      throw new Error('the script did not sync everybody');
    return { recordsPerSecond: synced / seconds, people: synced };
  } finally {
    await script.stop();
    await world.close();
  }
}

const SPREADS: readonly Spread[] = ['salesforce', 'hubspot', 'both'];

/** Every scenario of Tandem, each world on a database of its own. */
export async function runScenarios(
  databases: () => Promise<string>,
  options: RunOptions,
): Promise<Measured[]> {
  const rows: Measured[] = [];
  for (const spread of SPREADS)
    rows.push(...(await runTandem(await databases(), spread, options)).rows);
  return rows;
}
