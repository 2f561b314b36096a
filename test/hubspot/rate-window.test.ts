import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateWindow } from '../../src/hubspot/rate-window.ts';
import { WaitingClock } from './fixture.ts';

const windowOn = (clock: WaitingClock, calls: number, windowMs: number): RateWindow =>
  new RateWindow(calls, windowMs, clock.sleep, () => clock.now());

describe('A rate window', () => {
  it('never lets more calls through in any window than it may', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 40 }),
        async (calls, gaps) => {
          const clock = new WaitingClock(0);
          const window = windowOn(clock, calls, 1_000);
          const taken: number[] = [];
          for (const gap of gaps) {
            clock.advance(gap);
            await window.take();
            taken.push(clock.now());
          }
          for (const [index, at] of taken.entries()) {
            const earlier = taken[index - calls];
            if (earlier !== undefined) expect(at - earlier).toBeGreaterThanOrEqual(1_000);
          }
        },
      ),
    );
  });

  it('serves callers in the order they came', async () => {
    const clock = new WaitingClock(0);
    const window = windowOn(clock, 1, 100);
    const served: number[] = [];
    await Promise.all(
      [1, 2, 3].map(async (caller) => {
        await window.take();
        served.push(caller);
      }),
    );
    expect(served).toEqual([1, 2, 3]);
    expect(clock.now()).toBe(200);
  });

  it('waits for enough calls to leave when the limit shrinks', async () => {
    const clock = new WaitingClock(0);
    const window = windowOn(clock, 3, 1_000);
    for (let call = 0; call < 3; call += 1) {
      await window.take();
      clock.advance(10);
    }
    window.limit(1);
    await window.take();
    expect(clock.now()).toBe(1_020);
  });
});
