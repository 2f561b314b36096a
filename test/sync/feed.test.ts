import { describe, expect, it } from 'vitest';
import { Feed, type ChangeSource } from '../../src/sync/feed.ts';
import type { Sighting } from '../../src/sync/sighting.ts';
import type { CursorStore } from '../../src/store/port.ts';

const START = Date.parse('2026-11-23T10:00:00.000Z');
const SECOND = 1000;

interface Row {
  readonly id: string;
  readonly stamp: number;
  /** When a look can find it; before that the index, or a transaction, hides it. */
  readonly visibleAt: number;
}

/** A feed over rows that become visible late, a clock, and what was handed over. */
function setUp() {
  let now = START;
  const rows: Row[] = [];
  const looks: { since: number; until: number | null }[] = [];
  const source: ChangeSource = {
    name: 'hubspot',
    async *look(since, until) {
      looks.push({ since: since.getTime(), until: until?.getTime() ?? null });
      const found = rows.filter(
        ({ stamp, visibleAt }) =>
          visibleAt <= now &&
          stamp >= since.getTime() &&
          (until === null || stamp < until.getTime()),
      );
      const stamps = found.map(({ stamp }) => new Date(stamp).toISOString()).sort();
      yield await Promise.resolve({
        sightings: found.map(({ id }): Sighting => ({ key: { side: 'hubspot', id } })),
        newest: stamps.at(-1) ?? null,
      });
    },
  };
  const saved = new Map<string, unknown>();
  const cursors: CursorStore = {
    get: (name) => Promise.resolve(saved.get(name)),
    set: (name, value) => Promise.resolve(void saved.set(name, value)),
    replace: () => Promise.reject(new Error('feeds set their cursors')),
  };
  const seen: string[] = [];
  const open = async (): Promise<Feed> => {
    const feed = new Feed(source, cursors, () => now);
    await feed.startAt(new Date(START));
    return feed;
  };
  const handle = (sightings: readonly Sighting[]): Promise<void> =>
    Promise.resolve(void seen.push(...sightings.map(({ key }) => key.id)));
  return {
    rows,
    seen,
    looks,
    handle,
    open,
    wait: (milliseconds: number) => (now += milliseconds),
    at: (offset: number) => START + offset,
  };
}

describe('a feed', () => {
  it('hands over what changed since it was started', async () => {
    const { rows, seen, handle, open, at } = setUp();
    const feed = await open();
    rows.push(
      { id: 'old', stamp: at(-5 * SECOND), visibleAt: 0 },
      { id: 'new', stamp: at(SECOND), visibleAt: 0 },
    );
    await feed.poll(handle);
    expect(seen).toEqual(['new']);
  });

  it.each([15, 90, 500])('finds a row that the index shows %d seconds late', async (seconds) => {
    const { rows, seen, handle, open, wait, at } = setUp();
    const feed = await open();
    rows.push(
      { id: 'late', stamp: at(SECOND), visibleAt: at(seconds * SECOND) },
      { id: 'prompt', stamp: at(2 * SECOND), visibleAt: 0 },
    );
    for (let tick = 0; tick < 20 * 60; tick += 5) {
      wait(5 * SECOND);
      await feed.poll(handle);
    }
    expect(seen).toContain('late');
    expect(seen).toContain('prompt');
  });

  it('looks at every stretch a few times, however long it runs', async () => {
    const { rows, seen, handle, open, wait, at } = setUp();
    const feed = await open();
    rows.push({ id: 'row', stamp: at(SECOND), visibleAt: 0 });
    for (let tick = 0; tick < 3600; tick += 5) {
      // Something newer keeps the first look from finding the row again.
      rows.push({ id: `tick${tick}`, stamp: at(tick * SECOND + 2 * SECOND), visibleAt: 0 });
      wait(5 * SECOND);
      await feed.poll(handle);
    }
    expect(seen.filter((id) => id === 'row').length).toBeLessThanOrEqual(5);
  });

  it('goes on after a stop where it was, second looks included', async () => {
    const { rows, seen, handle, open, wait, at } = setUp();
    const feed = await open();
    rows.push(
      { id: 'seen', stamp: at(SECOND), visibleAt: 0 },
      { id: 'hidden', stamp: at(SECOND), visibleAt: at(60 * SECOND) },
    );
    await feed.poll(handle);
    expect(seen).toEqual(['seen']);
    wait(3600 * SECOND);
    const resumed = await open();
    await resumed.poll(handle);
    expect(seen).toContain('hidden');
  });

  it('does not move on past a page that could not be dealt with', async () => {
    const { rows, seen, handle, open, at } = setUp();
    const feed = await open();
    rows.push({ id: 'row', stamp: at(SECOND), visibleAt: 0 });
    await expect(feed.poll(() => Promise.reject(new Error('the CRM is down')))).rejects.toThrow(
      'down',
    );
    await feed.poll(handle);
    expect(seen).toEqual(['row']);
  });

  it('deals with a large page in parts, and moves on only when all of them are', async () => {
    const { rows, seen, handle, open, at } = setUp();
    const feed = await open();
    const ids = Array.from({ length: 4_000 }, (_, index) => `row${index}`);
    rows.push(...ids.map((id) => ({ id, stamp: at(SECOND), visibleAt: 0 })));
    const sizes: number[] = [];
    let failing = 'row1000';
    const part = async (sightings: readonly Sighting[]): Promise<void> => {
      if (sightings.some(({ key }) => key.id === failing)) throw new Error('the CRM is down');
      sizes.push(sightings.length);
      await handle(sightings);
    };
    await expect(feed.poll(part)).rejects.toThrow('down');
    expect(sizes.length).toBeGreaterThan(0);
    sizes.length = 0;
    seen.length = 0;
    failing = '';
    await feed.poll(part);
    expect(seen.toSorted()).toEqual(ids.toSorted());
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1_000);
  });

  it('skips what a full run has looked at', async () => {
    const { rows, seen, handle, open, wait, at } = setUp();
    const feed = await open();
    rows.push({ id: 'row', stamp: at(SECOND), visibleAt: 0 });
    wait(10 * SECOND);
    await feed.moveTo(new Date(at(5 * SECOND)));
    for (let tick = 0; tick < 300; tick += 1) {
      wait(5 * SECOND);
      await feed.poll(handle);
    }
    expect(seen).toEqual([]);
  });
});
