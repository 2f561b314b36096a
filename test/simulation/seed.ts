// Seeds, and the shortest script that still breaks a promise.
import { seededRandom } from '../../src/sandbox/clock.ts';
import { simulate } from './history.ts';
import type { Mutation } from './process.ts';
import { scriptOf, type Script } from './script.ts';

export const scriptOfSeed = (seed: number): Script => scriptOf(seed, seededRandom(seed * 16));

/** Leaves out steps, then faults, while a promise is still broken. */
export async function shrink(script: Script, mutation: Mutation): Promise<Script> {
  const breaks = async (candidate: Script): Promise<boolean> =>
    (await simulate(candidate, mutation)).violations.length > 0;
  let smallest = script;
  const noFaults = { ...smallest, faultRate: 0 };
  if (smallest.faultRate > 0 && (await breaks(noFaults))) smallest = noFaults;
  for (let size = Math.ceil(smallest.steps.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let start = 0; start < smallest.steps.length;) {
      const steps = smallest.steps.filter((_, index) => index < start || index >= start + size);
      const candidate = { ...smallest, steps };
      if (await breaks(candidate)) smallest = candidate;
      else start += size;
    }
  }
  return smallest;
}
