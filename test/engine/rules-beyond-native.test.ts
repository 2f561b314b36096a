// The rules the native connector lacks (native-connector §13, rows 9 and 10), in every case there is, and the
// two that belong to default mappings alone: opt-out, and copies of what Salesforce holds. The columns are
// those of `rules.test.ts`.
import { describe, expect, it } from 'vitest';
import { ELENA, JONAS, MAYA, salesforceContact, TOM } from './fixtures.ts';
import { baseOf, outcomeOf, planOf, valueOf } from './support/one-field.ts';
import { BECAUSE, CASES, RULE_COLUMNS, ruleOf } from './support/rule-cases.ts';
import { rowsOf } from './support/table.ts';

const CITY = rowsOf(
  RULE_COLUMNS,
  `
  rule                        | agreed | HubSpot | Salesforce | outcome             | because
  Prefer HubSpot unless blank | never  | blank   | blank      | same                |
                              | never  | A       | blank      | Salesforce := A     |
                              | never  | blank   | B          | HubSpot := B        |
                              | never  | A       | B          | Salesforce := A     |
                              | never  | A       | A          | same                |
                              | blank  | A       | blank      | Salesforce := A     |
                              | blank  | blank   | B          | HubSpot := B        |
                              | blank  | A       | B          | Salesforce := A     |
                              | B      | B       | B          | same                |
                              | B      | _B_     | B          | same                |
                              | B      | C       | B          | Salesforce := C     |
                              | B      | B       | D          | Salesforce := B     | set back in Salesforce
                              | B      | C       | D          | Salesforce := C     |
                              | B      | C       | C          | same                |
                              | B      | blank   | B          | Salesforce := blank |
                              | B      | B       | blank      | Salesforce := B     | set back in Salesforce
                              | B      | C       | blank      | Salesforce := C     |
                              | B      | blank   | D          | Salesforce := blank |
                              | B      | blank   | blank      | same                |
  Always use HubSpot          | never  | blank   | blank      | same                |
                              | never  | A       | blank      | Salesforce := A     |
                              | never  | blank   | B          | nothing             | stays in Salesforce
                              | never  | A       | B          | Salesforce := A     |
                              | never  | A       | A          | same                |
                              | blank  | A       | blank      | Salesforce := A     |
                              | blank  | blank   | B          | nothing             | stays in Salesforce
                              | blank  | A       | B          | Salesforce := A     |
                              | B      | B       | B          | same                |
                              | B      | _B_     | B          | same                |
                              | B      | C       | B          | Salesforce := C     |
                              | B      | B       | D          | Salesforce := B     | set back in Salesforce
                              | B      | C       | D          | Salesforce := C     |
                              | B      | C       | C          | same                |
                              | B      | blank   | B          | Salesforce := blank |
                              | B      | B       | blank      | Salesforce := B     | set back in Salesforce
                              | B      | C       | blank      | Salesforce := C     |
                              | B      | blank   | D          | Salesforce := blank |
                              | B      | blank   | blank      | same                |
  Fill HubSpot if blank       | never  | blank   | blank      | same                |
                              | never  | A       | blank      | nothing             | stays different
                              | never  | blank   | B          | HubSpot := B        |
                              | never  | A       | B          | nothing             | stays different
                              | never  | A       | A          | same                |
                              | blank  | A       | blank      | nothing             | stays different
                              | blank  | blank   | B          | HubSpot := B        |
                              | blank  | A       | B          | nothing             | stays different
                              | B      | B       | B          | same                |
                              | B      | _B_     | B          | same                |
                              | B      | C       | B          | nothing             | stays different
                              | B      | B       | D          | nothing             | stays different
                              | B      | C       | D          | nothing             | stays different
                              | B      | C       | C          | same                |
                              | B      | blank   | B          | HubSpot := B        |
                              | B      | B       | blank      | nothing             | stays different
                              | B      | C       | blank      | nothing             | stays different
                              | B      | blank   | D          | HubSpot := D        |
                              | B      | blank   | blank      | same                |
  Fill Salesforce if blank    | never  | blank   | blank      | same                |
                              | never  | A       | blank      | Salesforce := A     |
                              | never  | blank   | B          | nothing             | stays different
                              | never  | A       | B          | nothing             | stays different
                              | never  | A       | A          | same                |
                              | blank  | A       | blank      | Salesforce := A     |
                              | blank  | blank   | B          | nothing             | stays different
                              | blank  | A       | B          | nothing             | stays different
                              | B      | B       | B          | same                |
                              | B      | _B_     | B          | same                |
                              | B      | C       | B          | nothing             | stays different
                              | B      | B       | D          | nothing             | stays different
                              | B      | C       | D          | nothing             | stays different
                              | B      | C       | C          | same                |
                              | B      | blank   | B          | nothing             | stays different
                              | B      | B       | blank      | Salesforce := B     |
                              | B      | C       | blank      | Salesforce := C     |
                              | B      | blank   | D          | nothing             | stays different
                              | B      | blank   | blank      | same                |
`,
);

describe('The rules beyond the native connector’s (native-connector §13)', () => {
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

  it.each([
    'Prefer HubSpot unless blank',
    'Always use HubSpot',
    'Fill HubSpot if blank',
    'Fill Salesforce if blank',
  ])('%s is tried in every case there is', (rule) => {
    const tried = CITY.filter((row) => row.rule === rule);
    expect(tried.map((row) => `${row.agreed} ${row.HubSpot} ${row.Salesforce}`).toSorted()).toEqual(
      CASES.toSorted(),
    );
  });
});

const OPT_OUT = rowsOf(
  ['agreed', 'HubSpot', 'Salesforce', 'outcome'],
  `
  agreed | HubSpot | Salesforce | outcome
  never  | false   | false      | same
  never  | true    | false      | Salesforce := true
  never  | false   | true       | HubSpot := true
  never  | true    | true       | same
  never  | blank   | false      | same
  never  | blank   | true       | HubSpot := true
  false  | true    | false      | Salesforce := true
  false  | false   | true       | HubSpot := true
  false  | true    | true       | same
  true   | true    | true       | same
  true   | true    | false      | Salesforce := true
  true   | false   | true       | HubSpot := true
  true   | blank   | true       | HubSpot := true
  true   | false   | false      | same
`,
);

describe('Opt-out on either side opts out on both, and nothing opts in (native-connector §11.4)', () => {
  const planned = (agreed: string, hubspot: string, salesforce: string) => ({
    property: 'hs_email_optout',
    base: agreed === 'never' ? undefined : agreed === 'true',
    hubspot: valueOf(hubspot),
    salesforce: { field: 'HasOptedOutOfEmail', value: salesforce === 'true' },
  });
  it.each(OPT_OUT)(
    'agreed $agreed, HubSpot $HubSpot, Salesforce $Salesforce → $outcome',
    ({ agreed, HubSpot, Salesforce, outcome }) => {
      expect(outcomeOf(planned(agreed, HubSpot, Salesforce)).outcome).toBe(outcome);
    },
  );
  it('goes to HubSpot by unsubscribing, because the property takes no writes (hubspot-api §2.1)', () => {
    const update = planOf(planned('false', 'false', 'true'));
    expect(update).toMatchObject({ unsubscribe: 'ada@example.com' });
    expect(update).not.toHaveProperty('hubspot.hs_email_optout');
  });
  it('keeps its rule whatever an admin’s settings say', () => {
    const settings = { mappings: { defaultRules: { hs_email_optout: 'alwaysSalesforce' } } };
    expect(outcomeOf({ ...planned('true', 'true', 'false'), settings }).outcome).toBe(
      'Salesforce := true',
    );
  });
});

const ACCOUNT = '001000000000001AAA';
const OTHER_ACCOUNT = '001000000000002AAA';

describe('Copied from Salesforce: the account id (native-connector §1.2 row 1)', () => {
  it.each([
    ['filled', undefined, null, ACCOUNT, `HubSpot := ${ACCOUNT}`],
    ['changed', ACCOUNT, ACCOUNT, OTHER_ACCOUNT, `HubSpot := ${OTHER_ACCOUNT}`],
    ['cleared', ACCOUNT, ACCOUNT, null, 'HubSpot := blank'],
    ['overwritten in HubSpot', ACCOUNT, OTHER_ACCOUNT, ACCOUNT, `HubSpot := ${ACCOUNT}`],
    ['never there, typed in HubSpot', undefined, OTHER_ACCOUNT, null, 'HubSpot := blank'],
    ['the same, in 15 characters', ACCOUNT, ACCOUNT.slice(0, 15), ACCOUNT, 'same'],
  ] as const)('%s', (_, base, hubspot, salesforce, outcome) => {
    const copied = outcomeOf({
      property: 'tandem_account_id',
      base,
      hubspot,
      salesforce: { field: 'AccountId', value: salesforce },
      record: (fields) => salesforceContact('003000000000001AAA', fields),
    });
    expect(copied.outcome).toBe(outcome);
  });
});

describe('Owners: always two-way, and an owner is never taken away (native-connector §6)', () => {
  const QUEUE = '00G000000000001AAA';
  it.each([
    [
      'first sync: Salesforce’s owner',
      undefined,
      JONAS.owner,
      MAYA.user,
      `HubSpot := ${MAYA.user}`,
      '',
    ],
    ['chosen in HubSpot', MAYA.user, JONAS.owner, MAYA.user, `Salesforce := ${JONAS.user}`, ''],
    ['chosen in Salesforce', MAYA.user, MAYA.owner, JONAS.user, `HubSpot := ${JONAS.user}`, ''],
    [
      'cleared in HubSpot: Salesforce requires one',
      MAYA.user,
      null,
      MAYA.user,
      'nothing',
      BECAUSE('required', '', 'OwnerId'),
    ],
    [
      'someone only HubSpot knows: set back',
      MAYA.user,
      ELENA.owner,
      MAYA.user,
      `HubSpot := ${MAYA.user}`,
      'The HubSpot owner has no active Salesforce user with the same e-mail address.',
    ],
    [
      'someone who left Salesforce',
      MAYA.user,
      TOM.owner,
      MAYA.user,
      'nothing',
      'The Salesforce user Tom is not active, and cannot own records any more.',
    ],
    [
      'someone only Salesforce knows',
      MAYA.user,
      MAYA.owner,
      QUEUE,
      'nothing',
      `The Salesforce owner ${QUEUE} has no HubSpot owner with the same e-mail address.`,
    ],
    ['first sync, blank in HubSpot', undefined, null, MAYA.user, `HubSpot := ${MAYA.user}`, ''],
  ] as const)('%s', (_, base, hubspot, salesforce, outcome, because) => {
    const owned = outcomeOf({
      property: 'hubspot_owner_id',
      base,
      hubspot,
      salesforce: { field: 'OwnerId', value: salesforce },
    });
    expect(owned).toEqual({ outcome, because });
  });
});
