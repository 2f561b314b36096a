// A regression in API calls fails here: the scenarios of `npm run bench`, smaller.
import { expect, it } from 'vitest';
import { runScenarios } from '../../bench/runs.ts';
import { createTestDatabase } from '../support/database.ts';

it('makes at most 1.1 times the least number of API calls, and writes nothing when nothing changed', async () => {
  const results = await runScenarios(async () => (await createTestDatabase()).connectionString, {
    people: 2_000,
    changes: 400,
    latencyMs: 0,
  });
  expect(results).toHaveLength(7);
  for (const { name, ratio } of results) expect(ratio, name).toBeLessThanOrEqual(1.1);
  const quiet = results.filter(({ name }) => name.includes('without changes'));
  expect(quiet.map(({ writes }) => writes)).toEqual([0, 0]);
}, 240_000);
