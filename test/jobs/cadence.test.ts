// How often Salesforce is looked at while its change events are heard, and when they aren't.
import { describe, expect, it } from 'vitest';
import { Unavailable } from '../../src/engine/failures.ts';
import { afterFailure, afterLook, insteadOfLook } from '../../src/jobs/cadence.ts';
import { FIRST_LOOK, type LookState } from '../../src/jobs/port.ts';

const CADENCE = { busyMs: 1_000, idleMs: 5_000 };
const MINUTE = 60_000;

function start() {
  const world = { now: 1_000_000, hears: true, fails: false };
  let state: LookState = FIRST_LOOK;
  /** How many looks there are in so many milliseconds. */
  const looksIn = (milliseconds: number): number => {
    const end = world.now + milliseconds;
    let looks = 0;
    while (world.now < end) {
      const spared = world.hears ? insteadOfLook(CADENCE, state, world.now) : null;
      if (spared === null) looks += 1;
      const looked = world.fails
        ? afterFailure(CADENCE, state, new Unavailable('Salesforce', 'away'))
        : afterLook(CADENCE, state, 0);
      const next = spared ?? {
        ...looked,
        state: world.fails ? looked.state : { ...looked.state, lookedAt: world.now },
      };
      state = next.state;
      world.now += next.pauseMs;
    }
    return looks;
  };
  return { world, looksIn };
}

describe('looks at Salesforce', () => {
  it('are one a minute while change events are heard', () => {
    const { looksIn } = start();
    expect(looksIn(10 * MINUTE)).toBeLessThanOrEqual(11);
  });

  it('come at their usual pace at once when the events fall silent, and rest again when they are back', () => {
    const { world, looksIn } = start();
    looksIn(10_000);
    world.hears = false;
    expect(looksIn(MINUTE)).toBeGreaterThanOrEqual(12);
    world.hears = true;
    expect(looksIn(MINUTE)).toBeLessThanOrEqual(2);
  });

  it('are not spared after one that failed', () => {
    const { world, looksIn } = start();
    looksIn(1_000);
    world.now += MINUTE;
    world.fails = true;
    expect(looksIn(10_000)).toBeGreaterThan(1);
    world.fails = false;
    expect(looksIn(MINUTE)).toBeLessThanOrEqual(3);
  });
});
