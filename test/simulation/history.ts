// One history from start to rest: people act while three processes sync, calls go wrong and processes die;
// then everything calms down, and the promises are checked.
import { z } from 'zod';
import type { RecordKey } from '../../src/engine/records.ts';
import { MemoryQueue } from '../../src/jobs/memory-queue.ts';
import { run } from '../../src/sync/runs/control.ts';
import { prepareHubSpot } from '../../src/sync/workspace.ts';
import { carryOut } from './deeds.ts';
import { goesOn } from './limits.ts';
import { Process, type Mutation } from './process.ts';
import { brokenPromises } from './promises.ts';
import { controlSomeRun, startSomeRun } from './runs.ts';
import { ACTING_MS, type Script } from './script.ts';
import { SimWorld } from './world.ts';

export interface Outcome {
  readonly violations: readonly string[];
  readonly log: readonly string[];
}

export const NO_MUTATION: Mutation = {};

const PROCESSES = 3;
const MINUTE = 60_000;
/** Retries come after 20 minutes at the latest. */
const CALMING_MS = 25 * MINUTE;
const MOST_ROUNDS = 8;
/** Two midnights of HubSpot's, and Salesforce's day and an hour, after which both take calls, asked once an hour. */
const NEXT_WINDOW_MS = 42 * 60 * MINUTE;
/** A budget that is raised is noticed within an hour, a CRM's own limit when it answers again. */
const NOTICED_MS = { nothing: 0, budget: 65 * MINUTE, day: NEXT_WINDOW_MS };

const eventSchema = z.array(
  z.object({
    objectId: z.number(),
    newObjectId: z.number().optional(),
    mergedObjectIds: z.array(z.number()).default([]),
  }),
);

export async function simulate(script: Script, mutation: Mutation = NO_MUTATION): Promise<Outcome> {
  const world = new SimWorld(script);
  const { clock } = world;
  const processes: Process[] = [];
  const crash = (index: number): void => {
    world.tell(`process ${index} dies`);
    processes[index]?.kill();
    spawn(index);
  };
  const spawn = (index: number): void => {
    const process = new Process(world, mutation, () => {
      if (processes[index] === process) crash(index);
    });
    processes[index] = process;
    void process.run();
  };
  const calm = world.faults.rate;
  world.faults.rate = 0;
  const first = new Process(world, NO_MUTATION);
  await clock.runFor(prepareHubSpot(first.pipeline.ports));
  await clock.runFor(first.pipeline.workspaces.current());
  world.faults.rate = calm;
  connectWebhooks(world);
  world.begin();
  await world.limitCalls(true);
  for (let index = 0; index < PROCESSES; index += 1) spawn(index);

  for (const step of script.steps) {
    await clock.runUntil(world.startedAt + step.at);
    if (step.do === 'crash') {
      crash(step.process);
    } else if (step.do === 'syncNow') {
      const contact = world.hubspot.portal.all().at(-1 - step.who);
      for (let click = 0; contact && click < step.clicks; click += 1)
        void syncNow(new Process(world, mutation), contact.id, world);
    } else if (step.do === 'run') {
      void startSomeRun(step, first, world);
    } else if (step.do === 'control') {
      void controlSomeRun(step, first, world);
    } else {
      await carryOut(step, world);
      await world.hubspot.webhooks.flush();
    }
  }
  await clock.runUntil(world.startedAt + ACTING_MS);
  world.faults.rate = 0;
  world.doomMs = null;
  world.lookEvery(4 * MINUTE);
  await clock.runUntil(clock.now() + CALMING_MS);
  const neverWentOn = world.limit.by === 'nothing' ? [] : await waitForNextWindow(world);
  for (const process of processes) process.kill();

  const last = new Process(world, mutation);
  const atRest = await comesToRest(world, last);
  const violations = atRest ? [] : ['4 quiescence: still writing after everything has calmed down'];
  violations.push(...neverWentOn);
  violations.push(...(await brokenPromises(world, script)));
  return { violations, log: world.log };
}

/** A day later there are calls again; then the limit is lifted. */
async function waitForNextWindow(world: SimWorld): Promise<string[]> {
  const { clock } = world;
  world.lookEvery(90 * MINUTE);
  await clock.runUntil(world.startedAt + NEXT_WINDOW_MS);
  await world.limitCalls(false);
  await clock.runUntil(clock.now() + NOTICED_MS[world.limit.by]);
  return goesOn(world);
}

/** A serverless function of its own, which HubSpot ends after ten seconds. */
async function syncNow(process: Process, id: string, world: SimWorld): Promise<void> {
  world.tell(`a rep syncs ${id} now`);
  void world.clock.sleep(10_000).then(() => {
    process.kill();
  });
  const trigger = { cause: 'syncNow', runId: null, recheck: true } as const;
  await process.pipeline.sync([{ key: { side: 'hubspot', id } }], trigger).catch(() => undefined);
}

/** Looks at everybody until a look writes nothing; false when that never happens. */
async function comesToRest(world: SimWorld, process: Process): Promise<boolean> {
  const { clock } = world;
  await clock.runFor(process.live.prepare(new Date(world.startedAt)));
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const before = world.writes();
    for (const kind of ['import', 'push'] as const)
      await clock.runFor(run(process.pipeline, { kind, scope: {} }));
    await clock.runUntil(clock.now() + CALMING_MS);
    await clock.runFor(process.live.tick());
    if (world.writes() === before) return true;
  }
  return false;
}

/** Webhooks arrive late, twice, or never. */
function connectWebhooks(world: SimWorld): void {
  const { clock, jobs } = world;
  const queue = new MemoryQueue(jobs, clock);
  const wake = async (keys: readonly RecordKey[]): Promise<void> => {
    await clock.sleep(world.random() * 30_000);
    await queue.add(keys);
  };
  world.hubspot.webhooks.connect({
    targetUrl: 'https://tandem.example.com/webhooks',
    clientSecret: 'secret',
    delayMs: null,
    subscriptions: [
      { subscriptionType: 'contact.creation' },
      { subscriptionType: 'contact.deletion' },
      { subscriptionType: 'contact.merge' },
      { subscriptionType: 'contact.restore' },
      { subscriptionType: 'contact.propertyChange', propertyName: 'city' },
    ],
    deliver: ({ body }) => {
      const keys = eventSchema
        .parse(JSON.parse(body))
        .flatMap(({ objectId, newObjectId, mergedObjectIds }) => [
          objectId,
          ...mergedObjectIds,
          ...(newObjectId === undefined ? [] : [newObjectId]),
        ])
        .map((id): RecordKey => ({ side: 'hubspot', id: String(id) }));
      const times = world.random() < 0.1 ? 0 : world.random() < 0.2 ? 2 : 1;
      for (let time = 0; time < times; time += 1) void wake(keys);
      return Promise.resolve(200);
    },
  });
}
