// Runs that people start, stop and go on with while everything else happens, and what is promised of them: none
// gets stuck, and one that is finished has dealt with everybody who was there.
import { controlRun, startRun } from '../../src/sync/runs/control.ts';
import type { RunRequestInput } from '../../src/sync/runs/request.ts';
import type { RunKind } from '../../src/store/runs-port.ts';
import { rowsIn } from './deeds.ts';
import type { Process } from './process.ts';
import type { Script, Step } from './script.ts';
import type { SimWorld } from './world.ts';

/** What somebody may start: `RUNS` of them. */
const REQUESTS: readonly ((world: SimWorld) => RunRequestInput)[] = [
  () => ({ kind: 'import', scope: {} }),
  () => ({ kind: 'import', scope: {} }),
  () => ({ kind: 'push', scope: {} }),
  () => ({ kind: 'everything', scope: {} }),
  () => ({ kind: 'reconcile', scope: {} }),
  ({ listId }) => ({ kind: 'list', scope: { listId } }),
  () => ({ kind: 'backfill', scope: { hubspotProperty: 'city' } }),
  () => ({ kind: 'retry', scope: { categories: null } }),
];

/** Longer than any transaction of Salesforce stays open. */
const VISIBLE_MS = 60_000;

/** What only runs of everybody promise to come across. */
function everybodyFor(kind: RunKind, world: SimWorld): string[] {
  const { org } = world.salesforce;
  const longAgo = new Date(world.clock.now() - VISIBLE_MS).toISOString();
  const records = rowsIn(world).flatMap(({ object, id }) =>
    String(org.get(object, id)?.CreatedDate) < longAgo ? [id] : [],
  );
  const contacts = world.hubspot.portal.all().map(({ id }) => id);
  switch (kind) {
    case 'import':
      return records;
    case 'push':
      return contacts;
    case 'everything':
    case 'reconcile':
      return [...records, ...contacts];
    default:
      return [];
  }
}

export async function startSomeRun(
  { run: which, dry }: Extract<Step, { do: 'run' }>,
  { pipeline }: Process,
  world: SimWorld,
): Promise<void> {
  const request = REQUESTS[which % REQUESTS.length]?.(world);
  if (!request) return;
  const everybody = everybodyFor(request.kind, world);
  const { id } = await startRun(pipeline, request, { dry, startedBy: 'somebody' });
  world.runs.push({ id, kind: request.kind, dry, everybody });
  world.tell(`people: run ${id}: ${dry ? 'dry ' : ''}${request.kind}`);
}

export async function controlSomeRun(
  { run: which, control }: Extract<Step, { do: 'control' }>,
  { pipeline }: Process,
  world: SimWorld,
): Promise<void> {
  const run = world.runs.at(-1 - which);
  const moved = run && (await controlRun(pipeline, run.id, control));
  if (moved) world.tell(`people: ${control} run ${moved.id}`);
}

/** Broken promises about runs, once everything has calmed down. */
export async function runsLeft(world: SimWorld, { steps }: Script): Promise<string[]> {
  const broken: string[] = [];
  for (const { id, kind, dry, everybody } of world.runs) {
    const run = await world.store.runs.get(id);
    if (run?.state === 'waiting' || run?.state === 'running' || run?.state === 'failed')
      broken.push(`6 no run is stuck: ${kind} ${id} is ${run.state}: ${run.trouble ?? 'why?'}`);
    if (run?.state !== 'finished' || dry || steps.some((step) => step.do === 'restore')) continue;
    const dealtWith = world.dealtWith.get(id);
    const there = new Set([
      ...world.hubspot.portal.all().map((contact) => contact.id),
      ...rowsIn(world).map((row) => row.id),
    ]);
    const leftOut = everybody.filter((one) => there.has(one) && !dealtWith?.has(one));
    if (leftOut.length > 0)
      broken.push(`2 nobody is left out: ${kind} ${id} is finished without ${leftOut.join()}`);
  }
  return broken;
}
