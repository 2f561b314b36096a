// What Tandem starts by itself, and when. Time is a number here; who works on the runs is another matter.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openMemoryStore } from '../../src/store/memory-store.ts';
import { NO_COUNTS, type Run, type RunKind } from '../../src/store/runs-port.ts';
import { settingsSchema } from '../../src/engine/settings.ts';
import type { Store } from '../../src/store/port.ts';
import { Pipeline } from '../../src/sync/pipeline.ts';
import { wholeScope } from '../../src/sync/runs/request.ts';
import { startScheduledRuns } from '../../src/sync/runs/schedule.ts';
import { createWorld, type World } from '../e2e/support/world.ts';

const HOUR = 3_600_000;
const FORMULA = {
  hubspotProperty: 'address_line',
  leadField: 'Full_Address__c',
  contactField: 'Full_Address__c',
  rule: 'alwaysSalesforce',
};
const WITH_FORMULA = { mappings: { custom: [FORMULA] } };

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.pipeline.ports.hubspot.schema.ensureProperties({ name: 'lines', label: 'Lines' }, [
    {
      name: FORMULA.hubspotProperty,
      label: 'Address',
      type: 'string',
      fieldType: 'text',
      description: '',
    },
  ]);
});
afterAll(() => world.close());

let now: number;
let store: Store;
/** One more worker. */
let worker: () => Pipeline;
let pipeline: Pipeline;
beforeEach(() => {
  now = Date.now();
  store = openMemoryStore({ now: () => now });
  worker = () => new Pipeline({ ...world.pipeline.ports, store, now: () => now });
  pipeline = worker();
});

const configure = async (changes: object): Promise<void> => {
  const { version } = await store.settings.current();
  await store.settings.save(version, settingsSchema.parse(changes), 'test', '');
};
const started = async (by = pipeline): Promise<RunKind[]> =>
  (await startScheduledRuns(by)).map(({ kind }) => kind);
async function end({ id }: Pick<Run, 'id'>): Promise<void> {
  await store.runs.take(id, 'test');
  await store.runs.advance(id, 'test', {
    checkpoint: null,
    counts: NO_COUNTS,
    total: 0,
    workedMs: 1,
    records: [],
    ends: true,
  });
}
const start = (kind: RunKind): Promise<Run> =>
  store.runs.start({
    kind,
    scope: wholeScope(kind),
    dry: false,
    settingsVersion: 0,
    startedBy: 'test',
  });
const happened = async (kind: RunKind): Promise<void> => end(await start(kind));
const firstSync = async (): Promise<void> => {
  await happened('import');
  await happened('push');
};
const endLatest = async (kind: RunKind): Promise<void> => {
  const latest = await store.runs.latest(kind, wholeScope(kind));
  if (latest) await end(latest);
};
const pass = (hours: number): void => {
  now += hours * HOUR;
};

describe('Reconciliation', () => {
  it('is started a day after the first sync, and a day after its last start', async () => {
    await firstSync();
    pass(23.9);
    expect(await started()).toEqual([]);
    pass(0.2);
    expect(await started()).toEqual(['reconcile']);
    expect(await store.runs.latest('reconcile', {})).toMatchObject({
      state: 'waiting',
      startedBy: 'schedule',
    });
    await endLatest('reconcile');
    pass(23.9);
    expect(await started()).toEqual([]);
    pass(0.2);
    expect(await started()).toEqual(['reconcile']);
  });

  it('waits for the first sync, however long that takes', async () => {
    await happened('import');
    await start('push');
    pass(100);
    expect(await started()).toEqual([]);
  });

  it.each(['waiting', 'paused'] as const)('is not started beside one that is %s', async (state) => {
    await firstSync();
    const { id } = await start('reconcile');
    if (state === 'paused') await store.runs.move(id, ['waiting'], 'paused');
    pass(100);
    expect(await started()).toEqual([]);
  });

  it('is not started while everything is being read anyway, nor soon after', async () => {
    await firstSync();
    pass(30);
    await start('everything');
    expect(await started()).toEqual([]);
    pass(1);
    await endLatest('everything');
    pass(22);
    expect(await started()).toEqual([]);
    pass(2);
    expect(await started()).toEqual(['reconcile']);
  });

  it('comes as often as the settings say, or never', async () => {
    await firstSync();
    await configure({ schedule: { reconcileHours: 0 } });
    pass(1_000);
    expect(await started()).toEqual([]);
    await configure({ schedule: { reconcileHours: 2 } });
    pass(1);
    expect(await started()).toEqual(['reconcile']);
  });

  it('is started by one worker, whichever looks first', async () => {
    await firstSync();
    pass(30);
    const both = await Promise.all([started(worker()), started(worker())]);
    expect(both.flat()).toEqual(['reconcile']);
  });
});

describe('The look at formula fields', () => {
  it('is started every six hours where one is mapped', async () => {
    await configure(WITH_FORMULA);
    await firstSync();
    pass(5.9);
    expect(await started()).toEqual([]);
    pass(0.2);
    expect(await started()).toEqual(['formulas']);
    pass(6.1);
    expect(await started()).toEqual([]);
    await endLatest('formulas');
    pass(0.1);
    expect(await started()).toEqual(['formulas']);
  });

  it('is never started where none is', async () => {
    await firstSync();
    pass(7);
    expect(await started()).toEqual([]);
  });

  it('makes way for a reconciliation, which reads them too', async () => {
    await configure(WITH_FORMULA);
    await firstSync();
    pass(30);
    expect(await started()).toEqual(['reconcile']);
    pass(1);
    await endLatest('reconcile');
    pass(4);
    expect(await started()).toEqual([]);
    pass(2);
    expect(await started()).toEqual(['formulas']);
  });
});
