// A regression in API calls fails here: the scenarios of `npm run bench`, smaller.
import { expect, it } from 'vitest';
import { runScenarios } from '../../bench/runs.ts';
import { createTestDatabase } from '../support/database.ts';

/** A run counts both sides once, to tell how far it is: much beside 2,000 people, nothing beside a million. */
const COUNTS = 2;

it('makes at most 1.1 times the least number of API calls, and writes nothing when nothing changed', async () => {
  const results = await runScenarios(async () => (await createTestDatabase()).connectionString, {
    people: 2_000,
    changes: 400,
    latencyMs: 0,
  });
  expect(results).toHaveLength(7);
  for (const { name, calls, floor } of results)
    expect(calls, name).toBeLessThanOrEqual(1.1 * floor + COUNTS);
  const quiet = results.filter(({ name }) => name.includes('without changes'));
  expect(quiet.map(({ writes }) => writes)).toEqual([0, 0]);
}, 240_000);
