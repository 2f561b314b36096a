// Which option a text means, and which range holds a number of employees (native-connector §3.3, §3.4).
import { describe, expect, it } from 'vitest';
import { optionFor, rangeOf } from '../../src/engine/options.ts';
import { options } from './fixtures.ts';

const STATUSES = [
  { value: 'NEW', label: 'New' },
  { value: 'OPEN', label: 'Open' },
  { value: 'open', label: 'Opened before' },
  { value: 'New', label: 'Brand new' },
  { value: '2', label: '1' },
  { value: '1', label: '2' },
];

describe('The option a text means', () => {
  it.each([
    ['its value', 'NEW', 'NEW'],
    ['its value before another option’s label', 'New', 'New'],
    ['its value before another’s in other letters', 'open', 'open'],
    ['its label', 'Opened before', 'open'],
    ['its label in other letters', 'BRAND NEW', 'New'],
    ['its value in other letters, the first of two', 'oPEN', 'OPEN'],
    ['its value, where labels are swapped', '1', '1'],
    ['its value with blanks around it', '  NEW ', 'NEW'],
    ['nothing', 'Closed', undefined],
    ['nothing, for no text', '', undefined],
  ])('%s', (_, text, value) => {
    expect(optionFor(STATUSES, text)?.value).toBe(value);
  });
  it('is none where there are no options', () => {
    expect(optionFor([], 'NEW')).toBeUndefined();
  });
});

describe('The range of a number of employees', () => {
  const ranges = options('1-5', '5-25', '25-50', '50-100', '100-500', '500-1000', '1000+');
  it.each([
    [1, '1-5'],
    [5, '1-5'],
    [6, '5-25'],
    [25, '5-25'],
    [26, '25-50'],
    [100, '50-100'],
    [500, '100-500'],
    [1000, '500-1000'],
    [1001, '1000+'],
    [2_000_000, '1000+'],
    [0, null],
    [-1, null],
  ])('%d: %s', (employees, range) => {
    expect(rangeOf(ranges, employees)).toBe(range);
  });
  it('passes over options an admin added that are no ranges', () => {
    expect(rangeOf(options('unknown', 'a lot', '1-50'), 7)).toBe('1-50');
    expect(rangeOf(options('unknown'), 7)).toBeNull();
  });
});
