// Conditions an admin sets on the fields of a record (native-connector §13 row 8: which Salesforce records may
// enter HubSpot; row 2: which HubSpot contacts become what). One row for each comparison and kind of value.
import { describe, expect, it } from 'vitest';
import {
  COMPARISONS,
  conditionSchema,
  fieldsInCondition,
  meets,
} from '../../src/engine/conditions.ts';
import type { SalesforceValue } from '../../src/engine/records.ts';

type Comparison = (typeof COMPARISONS)[number];

const clause = (comparison: Comparison, ...values: string[]) => ({
  field: 'F',
  comparison,
  values,
});

const YES = true;
const NO = false;

describe('A comparison', () => {
  it.each<[SalesforceValue, Comparison, string[], boolean]>([
    // Text, without regard to letter case and blanks around it.
    ['Banking', 'is', ['banking'], YES],
    [' Banking ', 'is', ['Banking'], YES],
    ['Banking', 'is', ['Bank'], NO],
    ['Banking', 'is', ['Retail', 'Banking'], YES],
    ['Banking', 'isNot', ['Retail', 'Banking'], NO],
    ['Banking', 'isNot', ['Retail'], YES],
    ['Banking', 'contains', ['KIN'], YES],
    ['Banking', 'contains', ['x', 'kin'], YES],
    ['Banking', 'startsWith', ['ban'], YES],
    ['Banking', 'startsWith', ['king'], NO],
    ['Banking', 'lessThan', ['Retail'], YES],
    ['Banking', 'greaterThan', ['Retail'], NO],
    // Numbers, by size and however they are written.
    [9, 'lessThan', ['10'], YES],
    ['9', 'lessThan', ['10'], YES],
    [1200, 'is', ['1,200'], YES],
    [1200, 'is', ['1200.00'], YES],
    ['1200', 'is', ['1200.0'], YES],
    [-3, 'lessThan', ['0'], YES],
    [0, 'isBlank', [], NO],
    // Texts made of digits are texts: postal codes, phone numbers, ids.
    ['01067', 'is', ['1067'], NO],
    ['1067', 'is', ['01067'], NO],
    ['01067', 'is', ['01067'], YES],
    ['+4930123', 'is', ['4930123'], NO],
    ['1e3', 'is', ['1000'], NO],
    ['9007199254740993', 'is', ['9007199254740992'], NO],
    // Checkboxes.
    [true, 'is', ['true'], YES],
    [true, 'is', ['TRUE'], YES],
    [false, 'is', ['true'], NO],
    [false, 'isBlank', [], NO],
    // Dates and times, by when they are.
    ['2026-11-23', 'lessThan', ['2026-12-01'], YES],
    ['2026-11-23', 'is', ['2026-11-23'], YES],
    ['2026-11-23T10:00:00.000+0000', 'is', ['2026-11-23T11:00:00+01:00'], YES],
    ['2026-11-23T10:00:00.000+0000', 'greaterThan', ['2026-11-22'], YES],
    ['2026-11-23T10:00:00.000+0000', 'lessThan', ['2026-11-22'], NO],
    // Blanks: different from every value, and neither before nor after one, as in SOQL.
    [null, 'is', ['Banking'], NO],
    [null, 'isNot', ['Banking'], YES],
    [null, 'contains', ['a'], NO],
    [null, 'startsWith', ['a'], NO],
    [null, 'lessThan', ['a'], NO],
    [null, 'greaterThan', ['a'], NO],
    [null, 'isBlank', [], YES],
    [null, 'isNotBlank', [], NO],
    ['  ', 'isBlank', [], YES],
    ['a', 'isBlank', [], NO],
    ['a', 'isNotBlank', [], YES],
  ])('%j %s %j: %s', (value, comparison, values, expected) => {
    const condition = { match: 'all' as const, clauses: [clause(comparison, ...values)] };
    expect(meets({ F: value }, condition)).toBe(expected);
  });

  it('looks at a field that wasn’t read as blank', () => {
    expect(meets({}, { match: 'all', clauses: [clause('isBlank')] })).toBe(true);
  });
});

describe('Several comparisons', () => {
  const both = [
    { field: 'Industry', comparison: 'is' as const, values: ['Banking'] },
    { field: 'Rating', comparison: 'isNotBlank' as const, values: [] },
  ];
  it.each([
    ['all', { Industry: 'Banking', Rating: 'Hot' }, true],
    ['all', { Industry: 'Banking', Rating: null }, false],
    ['any', { Industry: 'Banking', Rating: null }, true],
    ['any', { Industry: 'Retail', Rating: null }, false],
  ] as const)('%s of them for %j: %s', (match, values, expected) => {
    expect(meets(values, { match, clauses: both })).toBe(expected);
  });
  it('name each field to read once', () => {
    expect(fieldsInCondition({ match: 'any', clauses: [...both, ...both] })).toEqual([
      'Industry',
      'Rating',
    ]);
    expect(fieldsInCondition(null)).toEqual([]);
  });
});

describe('No condition', () => {
  it('holds for everybody', () => {
    expect(meets({}, null)).toBe(true);
  });
});

describe('A condition as it is saved', () => {
  it.each([
    ['has to compare something', { clauses: [] }],
    ['needs a value to compare with', { clauses: [{ field: 'F', comparison: 'is' }] }],
    ['needs a field', { clauses: [{ field: '', comparison: 'isBlank' }] }],
    ['knows its comparisons', { clauses: [{ field: 'F', comparison: 'like', values: ['a'] }] }],
  ])('%s', (_, condition) => {
    expect(conditionSchema.safeParse(condition).success).toBe(false);
  });
  it.each(COMPARISONS)('may say %s', (comparison) => {
    const values = comparison.endsWith('Blank') ? [] : ['a'];
    const saved = conditionSchema.parse({ clauses: [{ field: 'F', comparison, values }] });
    expect(saved.match).toBe('all');
  });
});
