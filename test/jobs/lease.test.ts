// A lease over a row: two processes, a clock that is moved by hand.
import { describe, expect, it } from 'vitest';
import { Lease } from '../../src/jobs/lease.ts';
import { openMemoryStore } from '../../src/store/memory-store.ts';

const STALE_MS = 10_000;

function start() {
  let now = 0;
  const { cursors } = openMemoryStore({ now: () => 0 });
  const open = (): Lease =>
    new Lease({ cursors, name: 'lease', staleMs: STALE_MS, clock: () => now });
  return { open, wait: (milliseconds: number) => (now += milliseconds) };
}

describe('a lease', () => {
  it('is held by the first, and the others hear its note', async () => {
    const { open, wait } = start();
    const [one, other] = [open(), open()];
    expect(await one.beat('connecting')).toEqual({ isHeld: true, heard: null });
    expect(await other.beat('mine')).toEqual({ isHeld: false, heard: 'connecting' });
    for (let beat = 0; beat < 10; beat += 1) {
      wait(3_000);
      expect(await one.beat('connected')).toMatchObject({ isHeld: true });
      expect(await other.beat('mine')).toEqual({ isHeld: false, heard: 'connected' });
    }
  });

  it('goes to one of many who ask at once', async () => {
    const { open } = start();
    const asked = await Promise.all(Array.from({ length: 5 }, () => open().beat(null)));
    expect(asked.filter(({ isHeld }) => isHeld)).toHaveLength(1);
  });

  it('goes to another when its holder is silent for long enough, and doesn’t come back', async () => {
    const { open, wait } = start();
    const [one, other] = [open(), open()];
    await one.beat(null);
    await other.beat(null);
    wait(STALE_MS - 1);
    expect(await other.beat(null)).toMatchObject({ isHeld: false });
    wait(1);
    expect(await other.beat(null)).toMatchObject({ isHeld: true });
    expect(await one.beat(null)).toMatchObject({ isHeld: false });
  });

  it('is left to a holder whose death nobody has watched for long enough', async () => {
    const { open, wait } = start();
    await open().beat(null);
    wait(60_000);
    const newcomer = open();
    expect(await newcomer.beat(null)).toMatchObject({ isHeld: false });
    wait(STALE_MS);
    expect(await newcomer.beat(null)).toMatchObject({ isHeld: true });
  });

  it('goes to another at once when it is released', async () => {
    const { open } = start();
    const [one, other] = [open(), open()];
    await one.beat(null);
    await other.release();
    expect(await other.beat(null)).toMatchObject({ isHeld: false });
    await one.release();
    expect(await other.beat(null)).toMatchObject({ isHeld: true });
  });
});
