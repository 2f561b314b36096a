// A condition of the settings as SOQL: where nothing is said to differ, Salesforce finds exactly the records for which
// the sync says that the condition holds.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meets, type Clause, type Condition } from '../../src/engine/conditions.ts';
import { conditionInSoql } from '../../src/salesforce/condition-soql.ts';
import { startSignedIn } from './fixture.ts';

const LEADS = [
  { Company: 'Acme', Rating: 'Hot', AnnualRevenue: 1000, NumberOfEmployees: 5, DoNotCall: true },
  {
    Company: '50% off_line',
    Rating: 'Cold',
    AnnualRevenue: 0.5,
    EmailBouncedDate: '2026-01-05T10:00:00.000+0000',
  },
  {
    Company: "O'Hara",
    City: 'Bonn',
    NumberOfEmployees: -3,
    EmailBouncedDate: '2026-01-06T00:00:00.000+0000',
  },
  { Company: 'acme east', City: 'Köln', Rating: 'Warm', DoNotCall: true },
  { Company: 'Zoo', Rating: 'hot stuff' },
];
const FIELD_NAMES = [
  'Company',
  'City',
  'Rating',
  'AnnualRevenue',
  'NumberOfEmployees',
  'DoNotCall',
  'EmailBouncedDate',
  'Nope__c',
];
const VALUES = [
  '',
  ' ',
  'Acme',
  'acme',
  '%',
  '_',
  "O'H",
  'Hot',
  'bonn',
  '1000',
  '0.5',
  '-3',
  'true',
  'false',
  'x',
  '2026-01-05',
  '2026-01-05T10:00:00Z',
  '2026-01-06',
];

const aClause: fc.Arbitrary<Clause> = fc.record({
  field: fc.constantFrom(...FIELD_NAMES),
  comparison: fc.constantFrom(
    'is',
    'isNot',
    'contains',
    'startsWith',
    'lessThan',
    'greaterThan',
    'isBlank',
    'isNotBlank',
  ),
  values: fc.array(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 3 }),
});
const aCondition: fc.Arbitrary<Condition> = fc.record({
  match: fc.constantFrom('all' as const, 'any' as const),
  clauses: fc.array(aClause, { minLength: 1, maxLength: 3 }),
});

describe('A condition as SOQL', () => {
  it('finds whom the sync lets through, wherever it doesn’t say otherwise', async () => {
    const { salesforce, org } = await startSignedIn();
    for (const fields of LEADS) {
      const { EmailBouncedDate, ...created } = fields;
      const id = org.insert('Lead', { LastName: 'L', ...created });
      if (EmailBouncedDate !== undefined) org.update('Lead', id, { EmailBouncedDate });
    }
    const described = new Map(
      (await salesforce.schema.describe('Lead')).map((field) => [field.name, field]),
    );
    const known = FIELD_NAMES.filter((name) => described.has(name));
    const { records } = await salesforce.records.list('Lead', null, known);
    expect(records).toHaveLength(LEADS.length);
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(aCondition, async (condition) => {
        const { where, differences } = conditionInSoql(condition, described);
        if (where === null) {
          expect(differences).not.toEqual([]);
          return;
        }
        // Whatever is said to differ is still a query that Salesforce takes.
        const [count] = await salesforce.records.count(
          ['Lead'],
          `(${where}) AND IsConverted = false`,
        );
        if (differences.some((said) => !said.includes('counts as blank'))) return;
        compared += 1;
        expect({ where, count }).toEqual({
          where,
          count: records.filter(({ fields }) => meets(fields, condition)).length,
        });
      }),
      { numRuns: 400 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  it.each([
    [
      { field: 'Company', comparison: 'contains', values: ['50%', "O'H"] },
      "Company LIKE '%50\\%%' OR Company LIKE '%O\\'H%'",
    ],
    [
      { field: 'Rating', comparison: 'isNot', values: ['Hot', 'Warm'] },
      "Rating != 'Hot' AND Rating != 'Warm'",
    ],
    [{ field: 'DoNotCall', comparison: 'is', values: ['true'] }, 'DoNotCall = true'],
    [
      { field: 'AnnualRevenue', comparison: 'greaterThan', values: ['1,000'] },
      'AnnualRevenue > 1000',
    ],
    [
      { field: 'CreatedDate', comparison: 'lessThan', values: ['2026-01-05'] },
      'CreatedDate < 2026-01-05T00:00:00Z',
    ],
    [{ field: 'Description', comparison: 'contains', values: ['x'] }, null],
  ] as const)('%j', async ({ values, ...clause }, soql) => {
    const { salesforce } = await startSignedIn();
    const fields = new Map(
      (await salesforce.schema.describe('Lead')).map((one) => [one.name, one]),
    );
    const condition: Condition = { match: 'all', clauses: [{ ...clause, values: [...values] }] };
    expect(conditionInSoql(condition, fields).where).toBe(soql);
  });
});
