// The promises of design §7 over 500 histories, and proof that the simulation would notice if they broke.
import { describe, expect, it } from 'vitest';
import { simulate } from './history.ts';
import { MUTANTS } from './mutants.ts';
import { scriptOfSeed } from './seed.ts';
import { simulateAll } from './simulate.ts';

const SEEDS = 500;

describe('The simulation', () => {
  it(`keeps every promise in ${SEEDS} histories, and notices every planted bug within 200`, async () => {
    const { violations, caught } = await simulateAll(SEEDS);
    expect(violations).toEqual([]);
    const unnoticed = Object.keys(MUTANTS).filter((name) => (caught[name] ?? null) === null);
    expect(unnoticed).toEqual([]);
  }, 600_000);

  it('repeats a history exactly', async () => {
    const script = scriptOfSeed(7);
    const [one, other] = [await simulate(script), await simulate(script)];
    expect(one.log.length).toBeGreaterThan(20);
    expect(other).toEqual(one);
  }, 60_000);
});
