// A regression in API calls fails here: the scenarios of `npm run bench`, smaller.
import { expect, it } from 'vitest';
import { runScenarios } from '../../bench/scenarios.ts';
import { createTestDatabase } from '../support/database.ts';

it('makes at most 1.1 times the least number of API calls, and writes nothing when nothing changed', async () => {
  const results = await runScenarios(async () => (await createTestDatabase()).connectionString, {
    people: 2_000,
    changes: 400,
  });
  expect(results).toHaveLength(6);
  for (const { name, ratio } of results) expect(ratio, name).toBeLessThanOrEqual(1.1);
  expect(results.find(({ name }) => name.includes('without changes'))?.writes).toBe(0);
}, 120_000);
