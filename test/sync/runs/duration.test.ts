import { expect, it } from 'vitest';
import { durationInWords } from '../../../src/sync/runs/duration.ts';

it.each([
  [0, '1 s'],
  [42.4, '42 s'],
  [90, '2 min'],
  [3_600, '1 h'],
  [7_500, '2 h 5 min'],
  [3 * 86_400 + 4 * 3_600, '3 d 4 h'],
])('%d seconds are %s', (seconds, words) => {
  expect(durationInWords(seconds)).toBe(words);
});
