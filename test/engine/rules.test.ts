// What each sync rule does with one field, in every case there is: the table of native-connector §2.1 written
// out. `agreed` is the value on which both sides last agreed; `never` means they never did, so that a blank
// is a field nobody filled and not one that somebody cleared. The rules the native connector lacks are in
// `rules-beyond-native.test.ts`.
import { describe, expect, it } from 'vitest';
import { field, property } from './fixtures.ts';
import { baseOf, outcomeOf, valueOf } from './support/one-field.ts';
import { customMapping, withFields } from './support/schemas.ts';
import { BECAUSE, CASES, RULE_COLUMNS, ruleOf } from './support/rule-cases.ts';
import { rowsOf } from './support/table.ts';

const CITY = rowsOf(
  RULE_COLUMNS,
  `
  rule                           | agreed | HubSpot | Salesforce | outcome         | because
  Prefer Salesforce unless blank | never  | blank   | blank      | same            |
                                 | never  | A       | blank      | Salesforce := A |
                                 | never  | blank   | B          | HubSpot := B    |
                                 | never  | A       | B          | HubSpot := B    |
                                 | never  | A       | A          | same            |
                                 | blank  | A       | blank      | Salesforce := A |
                                 | blank  | blank   | B          | HubSpot := B    |
                                 | blank  | A       | B          | HubSpot := B    |
                                 | B      | B       | B          | same            |
                                 | B      | _B_     | B          | same            |
                                 | B      | C       | B          | HubSpot := B    | set back in HubSpot
                                 | B      | B       | D          | HubSpot := D    |
                                 | B      | C       | D          | HubSpot := D    |
                                 | B      | C       | C          | same            |
                                 | B      | blank   | B          | HubSpot := B    | set back in HubSpot
                                 | B      | B       | blank      | HubSpot := blank |
                                 | B      | C       | blank      | HubSpot := blank |
                                 | B      | blank   | D          | HubSpot := D    |
                                 | B      | blank   | blank      | same            |
  Always use Salesforce          | never  | blank   | blank      | same            |
                                 | never  | A       | blank      | nothing         | stays in HubSpot
                                 | never  | blank   | B          | HubSpot := B    |
                                 | never  | A       | B          | HubSpot := B    |
                                 | never  | A       | A          | same            |
                                 | blank  | A       | blank      | nothing         | stays in HubSpot
                                 | blank  | blank   | B          | HubSpot := B    |
                                 | blank  | A       | B          | HubSpot := B    |
                                 | B      | B       | B          | same            |
                                 | B      | _B_     | B          | same            |
                                 | B      | C       | B          | HubSpot := B    | set back in HubSpot
                                 | B      | B       | D          | HubSpot := D    |
                                 | B      | C       | D          | HubSpot := D    |
                                 | B      | C       | C          | same            |
                                 | B      | blank   | B          | HubSpot := B    | set back in HubSpot
                                 | B      | B       | blank      | HubSpot := blank |
                                 | B      | C       | blank      | HubSpot := blank |
                                 | B      | blank   | D          | HubSpot := D    |
                                 | B      | blank   | blank      | same            |
  Two-way                        | never  | blank   | blank      | same            |
                                 | never  | A       | blank      | Salesforce := A |
                                 | never  | blank   | B          | HubSpot := B    |
                                 | never  | A       | B          | asks who changed it last |
                                 | never  | A       | A          | same            |
                                 | blank  | A       | blank      | Salesforce := A |
                                 | blank  | blank   | B          | HubSpot := B    |
                                 | blank  | A       | B          | asks who changed it last |
                                 | B      | B       | B          | same            |
                                 | B      | _B_     | B          | same            |
                                 | B      | C       | B          | Salesforce := C |
                                 | B      | B       | D          | HubSpot := D    |
                                 | B      | C       | D          | asks who changed it last |
                                 | B      | C       | C          | same            |
                                 | B      | blank   | B          | Salesforce := blank |
                                 | B      | B       | blank      | HubSpot := blank |
                                 | B      | C       | blank      | asks who changed it last |
                                 | B      | blank   | D          | asks who changed it last |
                                 | B      | blank   | blank      | same            |
  Don’t sync                     | never  | blank   | blank      | nothing         |
                                 | never  | A       | blank      | nothing         |
                                 | never  | blank   | B          | nothing         |
                                 | never  | A       | B          | nothing         |
                                 | never  | A       | A          | nothing         |
                                 | blank  | A       | blank      | nothing         |
                                 | blank  | blank   | B          | nothing         |
                                 | blank  | A       | B          | nothing         |
                                 | B      | B       | B          | nothing         |
                                 | B      | _B_     | B          | nothing         |
                                 | B      | C       | B          | nothing         |
                                 | B      | B       | D          | nothing         |
                                 | B      | C       | D          | nothing         |
                                 | B      | C       | C          | nothing         |
                                 | B      | blank   | B          | nothing         |
                                 | B      | B       | blank      | nothing         |
                                 | B      | C       | blank      | nothing         |
                                 | B      | blank   | D          | nothing         |
                                 | B      | blank   | blank      | nothing         |
`,
);

describe('The native connector’s rules (native-connector §2, §2.1)', () => {
  it.each(CITY)(
    '$rule: agreed $agreed, HubSpot $HubSpot, Salesforce $Salesforce → $outcome $because',
    ({ rule, agreed, HubSpot, Salesforce, outcome, because }) => {
      expect(
        outcomeOf({
          property: 'city',
          settings: { mappings: { defaultRules: { city: ruleOf(rule) } } },
          base: baseOf(agreed),
          hubspot: valueOf(HubSpot),
          salesforce: { field: 'City', value: valueOf(Salesforce) },
        }),
      ).toEqual({ outcome, because: BECAUSE(because, rule) });
    },
  );

  it.each(['Prefer Salesforce unless blank', 'Always use Salesforce', 'Two-way', 'Don’t sync'])(
    '%s is tried in every case there is',
    (rule) => {
      const tried = CITY.filter((row) => row.rule === rule);
      expect(
        tried.map((row) => `${row.agreed} ${row.HubSpot} ${row.Salesforce}`).toSorted(),
      ).toEqual(CASES.toSorted());
    },
  );
});

const CONFLICTS = rowsOf(
  ['agreed', 'HubSpot', 'at', 'Salesforce', 'modified', 'outcome', 'winner'],
  `
  agreed | HubSpot | at                       | Salesforce | modified                 | outcome             | winner
  B      | C       | 2026-11-23T09:00:01.000Z | D          | 2026-11-23T09:00:00.000Z | Salesforce := C     | HubSpot
  B      | C       | 2026-11-23T09:00:00.000Z | D          | 2026-11-23T09:00:01.000Z | HubSpot := D        | Salesforce
  B      | C       | 2026-11-23T09:00:00.000Z | D          | 2026-11-23T09:00:00.000Z | HubSpot := D        | Salesforce
  B      | C       | 2026-11-23T09:00:00.999Z | D          | 2026-11-23T09:00:00.000Z | HubSpot := D        | Salesforce
  B      | C       | no history               | D          | 2026-11-23T09:00:00.000Z | HubSpot := D        | Salesforce
  B      | blank   | 2026-11-23T09:00:01.000Z | D          | 2026-11-23T09:00:00.000Z | Salesforce := blank | HubSpot
  B      | blank   | 2026-11-23T09:00:00.000Z | D          | 2026-11-23T09:00:01.000Z | HubSpot := D        | Salesforce
  B      | C       | 2026-11-23T09:00:01.000Z | blank      | 2026-11-23T09:00:00.000Z | Salesforce := C     | HubSpot
  B      | C       | 2026-11-23T09:00:00.000Z | blank      | 2026-11-23T09:00:01.000Z | HubSpot := blank    | Salesforce
  blank  | A       | 2026-11-23T09:00:01.000Z | D          | 2026-11-23T09:00:00.000Z | Salesforce := A     | HubSpot
  never  | A       | 2026-11-23T09:00:01.000Z | D          | 2026-11-23T09:00:00.000Z | Salesforce := A     | HubSpot
  never  | A       | 2026-11-23T09:00:00.000Z | D          | 2026-11-23T09:00:00.000Z | HubSpot := D        | Salesforce
`,
);

describe('Two-way, changed on both sides: the newest wins, a tie goes to Salesforce (§2.1 row 10)', () => {
  it.each(CONFLICTS)(
    'agreed $agreed, HubSpot $HubSpot at $at, Salesforce $Salesforce at $modified → $outcome',
    ({ agreed, HubSpot, at, Salesforce, modified, outcome, winner }) => {
      expect(
        outcomeOf({
          property: 'city',
          settings: { mappings: { defaultRules: { city: 'twoWay' } } },
          base: baseOf(agreed),
          hubspot: valueOf(HubSpot),
          salesforce: { field: 'City', value: valueOf(Salesforce) },
          changed: { hubspot: at === 'no history' ? null : at, salesforce: modified },
        }),
      ).toEqual({
        outcome,
        because: `Both sides had changed; the newer change, made in ${winner}, won.`,
      });
    },
  );
});

const REQUIRED = rowsOf(
  RULE_COLUMNS,
  `
  rule                           | agreed | HubSpot | Salesforce | outcome         | because
  Prefer Salesforce unless blank | B      | blank   | B          | HubSpot := B    | set back in HubSpot
  Always use Salesforce          | B      | blank   | B          | HubSpot := B    | set back in HubSpot
  Two-way                        | B      | blank   | B          | nothing         | required
                                 | never  | blank   | B          | HubSpot := B    |
  Prefer HubSpot unless blank    | B      | blank   | B          | nothing         | required
                                 | never  | blank   | B          | HubSpot := B    |
  Always use HubSpot             | B      | blank   | B          | nothing         | required
                                 | never  | blank   | B          | nothing         | stays in Salesforce
  Fill HubSpot if blank          | B      | blank   | B          | HubSpot := B    |
  Fill Salesforce if blank       | B      | blank   | B          | nothing         | stays different
  Don’t sync                     | B      | blank   | B          | nothing         |
`,
);

describe('A field that Salesforce requires is never cleared there (§2.1 row 11)', () => {
  it.each(REQUIRED)(
    '$rule: last name agreed $agreed, HubSpot $HubSpot, Salesforce $Salesforce → $outcome',
    ({ rule, agreed, HubSpot, Salesforce, outcome, because }) => {
      expect(
        outcomeOf({
          property: 'lastname',
          settings: { mappings: { defaultRules: { lastname: ruleOf(rule) } } },
          base: baseOf(agreed),
          hubspot: valueOf(HubSpot),
          salesforce: { field: 'LastName', value: valueOf(Salesforce) },
        }),
      ).toEqual({ outcome, because: BECAUSE(because, rule, 'LastName') });
    },
  );

  it('not even when HubSpot’s clearing is the newer of two changes', () => {
    const cleared = outcomeOf({
      property: 'lastname',
      settings: { mappings: { defaultRules: { lastname: 'twoWay' } } },
      base: 'B',
      hubspot: null,
      salesforce: { field: 'LastName', value: 'D' },
      changed: { hubspot: '2026-11-23T09:00:09.000Z', salesforce: '2026-11-23T09:00:00.000Z' },
    });
    expect(cleared).toEqual({
      outcome: 'nothing',
      because: BECAUSE('required', 'Two-way', 'LastName'),
    });
  });
});

const BOXES = rowsOf(
  RULE_COLUMNS,
  `
  rule                           | agreed | HubSpot | Salesforce | outcome             | because
  Prefer Salesforce unless blank | never  | true    | false      | HubSpot := false    |
                                 | never  | blank   | false      | same                |
                                 | never  | blank   | true       | HubSpot := true     |
                                 | true   | true    | false      | HubSpot := false    |
                                 | true   | blank   | true       | HubSpot := true     | set back in HubSpot
  Always use Salesforce          | never  | true    | false      | HubSpot := false    |
  Two-way                        | true   | false   | true       | Salesforce := false |
                                 | true   | blank   | true       | Salesforce := false |
                                 | false  | false   | true       | HubSpot := true     |
  Prefer HubSpot unless blank    | never  | blank   | true       | Salesforce := false |
  Fill HubSpot if blank          | never  | blank   | true       | nothing             | stays different
  Fill Salesforce if blank       | never  | true    | false      | nothing             | stays different
`,
);

describe('A Salesforce checkbox is never blank, so an unticked one is a value (native-connector §3.2)', () => {
  const schemas = withFields(
    [property('vip', { type: 'bool', fieldType: 'booleancheckbox' })],
    [field('VIP__c', 'boolean', { nillable: false, defaultedOnCreate: true })],
  );
  it.each(BOXES)(
    '$rule: agreed $agreed, HubSpot $HubSpot, Salesforce $Salesforce → $outcome',
    ({ rule, agreed, HubSpot, Salesforce, outcome, because }) => {
      const boxes = outcomeOf({
        property: 'vip',
        settings: { mappings: { custom: [customMapping('vip', 'VIP__c', ruleOf(rule))] } },
        schemas,
        base: agreed === 'never' ? undefined : agreed === 'true',
        hubspot: valueOf(HubSpot),
        salesforce: { field: 'VIP__c', value: Salesforce === 'true' },
      });
      expect(boxes).toEqual({ outcome, because: BECAUSE(because, rule) });
    },
  );
});
