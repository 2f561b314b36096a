import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/port.ts';
import { NO_COUNTS, type RunAdvance, type RunStart } from '../../src/store/runs-port.ts';
import { STORE_KINDS, type StoreUnderTest } from './support/store-kinds.ts';

const START: RunStart = {
  kind: 'import',
  scope: { campaignId: '701' },
  dry: false,
  settingsVersion: 3,
  startedBy: 'maya@example.com',
};
const PAGE: RunAdvance = {
  checkpoint: { walk: 0, at: 'x' },
  counts: { ...NO_COUNTS, seen: 7, skipped: 1 },
  total: 20,
  workedMs: 120.4,
  records: [],
  ends: false,
};
const NOW = '2026-11-24T12:00:00.000Z';
const LATER = '2026-11-24T12:05:00.000Z';
const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string;

describe.each(STORE_KINDS)('Runs %s', (_, open) => {
  let tested: StoreUnderTest;
  let store: Store;
  beforeAll(async () => {
    tested = await open();
  });
  beforeEach(async () => {
    store = await tested.clear();
  });
  afterAll(() => tested.close());

  it('know which of them undo which: the newest that was neither dry nor cancelled', async () => {
    const undo = (runId: string, dry = false) =>
      store.runs.start({ ...START, kind: 'undo', scope: { runId, name: 'x' }, dry });
    const first = await undo('1');
    await undo('1', true);
    const cancelled = await undo('2');
    await store.runs.move(cancelled.id, ['waiting'], 'cancelled');
    await store.runs.start({ ...START, scope: { runId: '3' } });
    const undos = await store.runs.undosOf(['1', '2', '3', 'x']);
    expect([...undos].map(([id, run]) => [id, run.id])).toEqual([['1', first.id]]);
    const second = await undo('1');
    expect((await store.runs.undosOf(['1'])).get('1')?.id).toBe(second.id);
    expect(await store.runs.undosOf([])).toEqual(new Map());
  });

  it('start at nothing, and wait', async () => {
    const run = await store.runs.start(START);
    expect(run).toEqual({
      ...START,
      id: expect.any(String) as string,
      state: 'waiting',
      checkpoint: null,
      counts: NO_COUNTS,
      total: null,
      workingMs: 0,
      trouble: null,
      setbacks: 0,
      retryAt: null,
      startedAt: instant,
      finishedAt: null,
    });
    expect(await store.runs.get(run.id)).toEqual(run);
    expect(await store.runs.open(NOW)).toEqual([run]);
  });

  it('are found by kind and scope, the newest first, dry ones left out', async () => {
    expect(await store.runs.latest('import', START.scope)).toBeNull();
    const older = await store.runs.start(START);
    const newer = await store.runs.start(START);
    const dry = await store.runs.start({ ...START, dry: true });
    const { scope } = START;
    expect(await store.runs.latest('import', scope)).toEqual(newer);
    expect(await store.runs.latest('push', scope)).toBeNull();
    expect(await store.runs.latest('import', { campaignId: '702' })).toBeNull();
    expect(await store.runs.latest('import', scope, 'finished')).toBeNull();
    await store.runs.move(older.id, ['waiting'], 'cancelled');
    expect(await store.runs.latest('import', scope, 'cancelled')).toMatchObject({ id: older.id });
    expect(await store.runs.latest('import', scope)).toEqual(newer);
    expect(await store.runs.list(2)).toEqual([dry, newer]);
    expect(await store.runs.open(NOW)).toEqual([newer, dry]);
  });

  it('belong to whoever took them last, whose pages alone are recorded', async () => {
    const { id } = await store.runs.start(START);
    expect(await store.runs.take(id, 'one')).toMatchObject({ state: 'running' });
    expect(await store.runs.advance(id, 'one', PAGE)).toBe('running');
    expect(await store.runs.take(id, 'other')).toMatchObject({ checkpoint: PAGE.checkpoint });
    expect(await store.runs.advance(id, 'one', { ...PAGE, checkpoint: 'late' })).toBeNull();
    expect(await store.runs.advance(id, 'other', { ...PAGE, ends: true })).toBe('finished');
    expect(await store.runs.get(id)).toMatchObject({
      state: 'finished',
      checkpoint: PAGE.checkpoint,
      counts: PAGE.counts,
      total: 20,
      workingMs: 240,
      finishedAt: instant,
    });
    expect(await store.runs.take(id, 'one')).toBeNull();
    expect(await store.runs.open(NOW)).toEqual([]);
  });

  it('that are paused keep the page at hand, go on after it, and stay cancelled', async () => {
    const { id } = await store.runs.start(START);
    await store.runs.take(id, 'one');
    expect(await store.runs.move(id, ['waiting', 'running'], 'paused')).toMatchObject({
      state: 'paused',
      finishedAt: null,
    });
    expect(await store.runs.advance(id, 'one', PAGE)).toBe('paused');
    expect(await store.runs.take(id, 'one')).toBeNull();
    expect(await store.runs.move(id, ['finished'], 'waiting')).toBeNull();
    await store.runs.move(id, ['paused'], 'waiting');
    expect(await store.runs.take(id, 'one')).toMatchObject({ checkpoint: PAGE.checkpoint });
    await store.runs.move(id, ['running'], 'cancelled');
    expect(await store.runs.advance(id, 'one', { ...PAGE, ends: true })).toBe('cancelled');
    expect(await store.runs.get(id)).toMatchObject({ state: 'cancelled', finishedAt: instant });
  });

  it('that don’t get on say why, and are not open until they are tried again', async () => {
    const { id } = await store.runs.start(START);
    await store.runs.take(id, 'one');
    await store.runs.setBack(id, 'Salesforce is down', LATER);
    await store.runs.setBack(id, 'Salesforce is still down', LATER);
    expect(await store.runs.get(id)).toMatchObject({
      trouble: 'Salesforce is still down',
      setbacks: 2,
      retryAt: LATER,
    });
    expect(await store.runs.open(NOW)).toEqual([]);
    expect(await store.runs.open(LATER)).toHaveLength(1);
    await store.runs.advance(id, 'one', PAGE);
    expect(await store.runs.get(id)).toMatchObject({ trouble: null, setbacks: 0, retryAt: null });
  });

  it('keep what they left out, page by page, and nothing of a page that doesn’t count', async () => {
    const { id } = await store.runs.start(START);
    await store.runs.take(id, 'one');
    const left = (hubspotId: string) => ({
      hubspotId,
      salesforceId: null,
      result: 'skipped' as const,
      reason: { code: 'NO_EMAIL' as const, details: {} },
      writes: [],
    });
    const would = {
      ...left('3'),
      result: 'updated' as const,
      reason: null,
      writes: [
        { side: 'hubspot' as const, field: 'city', before: null, after: 'Bonn', why: 'twoWay' },
      ],
    };
    await store.runs.advance(id, 'one', { ...PAGE, records: [left('1'), left('2')] });
    await store.runs.advance(id, 'stranger', { ...PAGE, records: [left('9')] });
    await store.runs.advance(id, 'one', { ...PAGE, records: [would] });
    const first = await store.runs.records(id, null, 2);
    expect(first.records).toEqual([left('1'), left('2')]);
    const rest = await store.runs.records(id, first.after, 2);
    expect(rest).toEqual({ records: [would], after: null });
  });

  it.each(['404404', 'nonsense', '', '99999999999999999999'])(
    'have nothing under the id “%s”',
    async (id) => {
      expect(await store.runs.get(id)).toBeNull();
      expect(await store.runs.move(id, ['waiting'], 'paused')).toBeNull();
      expect(await store.runs.records(id, null, 5)).toEqual({ records: [], after: null });
    },
  );
});
