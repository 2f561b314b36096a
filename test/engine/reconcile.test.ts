import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { CanonicalValue } from '../../src/engine/link.ts';
import {
  isConflict,
  reconcile,
  UNREADABLE,
  type FieldDecision,
  type FieldSituation,
} from '../../src/engine/reconcile.ts';
import type { Rule } from '../../src/engine/rules.ts';

const EARLY = '2026-11-23T09:00:00';
const LATE = '2026-11-23T09:30:00';

function situation(rule: Rule, facts: Partial<FieldSituation> = {}): FieldSituation {
  return {
    rule,
    base: undefined,
    hubspot: null,
    salesforce: null,
    requiredInSalesforce: false,
    salesforceWinsFirst: false,
    editedInHubSpot: false,
    changedAt: { hubspot: null, salesforce: null },
    ...facts,
  };
}

const toHubSpot = (value: CanonicalValue): unknown =>
  expect.objectContaining({ kind: 'write', to: 'hubspot', value });
const toSalesforce = (value: CanonicalValue): unknown =>
  expect.objectContaining({ kind: 'write', to: 'salesforce', value });
const nothing: unknown = expect.objectContaining({ kind: 'leave' });
const agreed = (value: CanonicalValue): FieldDecision => ({ kind: 'agree', value });

describe('the reference table (native-connector §2.1)', () => {
  const B = 'B';
  it.each([
    [
      '1 blank in Salesforce, never synced',
      'preferSalesforceUnlessBlank',
      { hubspot: 'A' },
      toSalesforce('A'),
    ],
    [
      '2 both filled, never synced',
      'preferSalesforceUnlessBlank',
      { hubspot: 'A', salesforce: 'B' },
      toHubSpot('B'),
    ],
    [
      '3 edited in HubSpot',
      'preferSalesforceUnlessBlank',
      { base: B, hubspot: 'C', salesforce: 'B' },
      toHubSpot('B'),
    ],
    [
      '4 cleared in Salesforce',
      'preferSalesforceUnlessBlank',
      { base: B, hubspot: 'B', salesforce: null },
      toHubSpot(null),
    ],
    [
      '5 edited in HubSpot, cleared in Salesforce',
      'preferSalesforceUnlessBlank',
      { base: B, hubspot: 'C', salesforce: null },
      toHubSpot(null),
    ],
    ['6 blank in Salesforce, never synced', 'alwaysSalesforce', { hubspot: 'A' }, nothing],
    [
      '7 edited in HubSpot',
      'alwaysSalesforce',
      { base: B, hubspot: 'C', salesforce: 'B' },
      toHubSpot('B'),
    ],
    [
      '8 cleared in Salesforce',
      'alwaysSalesforce',
      { base: B, hubspot: 'B', salesforce: null },
      toHubSpot(null),
    ],
    [
      '9 edited in HubSpot',
      'twoWay',
      { base: B, hubspot: 'C', salesforce: 'B' },
      toSalesforce('C'),
    ],
    [
      '10 edited on both, HubSpot newer',
      'twoWay',
      { base: B, hubspot: 'C', salesforce: 'D', changedAt: { hubspot: LATE, salesforce: EARLY } },
      toSalesforce('C'),
    ],
    [
      '10 edited on both, Salesforce newer',
      'twoWay',
      { base: B, hubspot: 'C', salesforce: 'D', changedAt: { hubspot: EARLY, salesforce: LATE } },
      toHubSpot('D'),
    ],
    [
      '10 edited on both in one second',
      'twoWay',
      { base: B, hubspot: 'C', salesforce: 'D', changedAt: { hubspot: LATE, salesforce: LATE } },
      toHubSpot('D'),
    ],
    [
      '11 cleared in HubSpot',
      'twoWay',
      { base: B, hubspot: null, salesforce: 'B' },
      toSalesforce(null),
    ],
    [
      '11 cleared in HubSpot, required in Salesforce',
      'twoWay',
      { base: B, hubspot: null, salesforce: 'B', requiredInSalesforce: true },
      nothing,
    ],
    ['12 the same', 'twoWay', { base: B, hubspot: 'B', salesforce: 'B' }, agreed('B')],
    ['13 different', 'off', { base: B, hubspot: 'C', salesforce: 'D' }, nothing],
  ] as const)('row %s (%s)', (_, rule, facts, expected) => {
    expect(reconcile(situation(rule, facts))).toEqual(expected);
  });
});

describe('Prefer Salesforce unless blank', () => {
  const rule = 'preferSalesforceUnlessBlank';
  it('brings Salesforce’s value back when HubSpot was cleared', () => {
    expect(reconcile(situation(rule, { base: 'B', hubspot: null, salesforce: 'B' }))).toEqual(
      toHubSpot('B'),
    );
  });
  it('sends a value that HubSpot got after both sides had been blank', () => {
    expect(reconcile(situation(rule, { base: null, hubspot: 'A', salesforce: null }))).toEqual(
      toSalesforce('A'),
    );
  });
  it('says that an edit in HubSpot was reverted', () => {
    expect(reconcile(situation(rule, { base: 'B', hubspot: 'C', salesforce: 'B' }))).toMatchObject({
      because: 'REVERTED_BY_RULE',
    });
    expect(reconcile(situation(rule, { base: 'B', hubspot: 'B', salesforce: 'D' }))).toMatchObject({
      because: null,
    });
  });
  it('counts an unticked Salesforce checkbox as a value', () => {
    expect(reconcile(situation(rule, { hubspot: true, salesforce: false }))).toEqual(
      toHubSpot(false),
    );
  });
});

describe('Two-way', () => {
  it.each([
    ['fills a blank HubSpot', null, 'B', toHubSpot('B')],
    ['fills a blank Salesforce', 'A', null, toSalesforce('A')],
  ] as const)('%s when it never synced', (_, hubspot, salesforce, expected) => {
    expect(reconcile(situation('twoWay', { hubspot, salesforce }))).toEqual(expected);
  });
  it('lets the newer value win when it never synced', () => {
    const facts = {
      hubspot: 'A',
      salesforce: 'B',
      changedAt: { hubspot: LATE, salesforce: EARLY },
    };
    expect(reconcile(situation('twoWay', facts))).toEqual(toSalesforce('A'));
    expect(reconcile(situation('twoWay', { ...facts, salesforceWinsFirst: true }))).toEqual(
      toHubSpot('B'),
    );
  });
  it('leaves a value that Salesforce cannot take where it is', () => {
    expect(
      reconcile(situation('twoWay', { base: 'B', hubspot: UNREADABLE, salesforce: 'B' })),
    ).toEqual({ kind: 'leave', because: null });
  });
});

describe('Owners (native-connector §6)', () => {
  const owner = (facts: Partial<FieldSituation>) =>
    reconcile(situation('twoWay', { salesforceWinsFirst: true, ...facts }));
  it('sets back an owner whom Salesforce doesn’t know', () => {
    expect(owner({ base: 'B', hubspot: UNREADABLE, salesforce: 'B' })).toEqual(toHubSpot('B'));
  });
  it('takes the owner chosen in HubSpot for a lead whose owner HubSpot doesn’t know', () => {
    const facts = { hubspot: 'A', salesforce: 'a queue' };
    expect(owner(facts)).toEqual(toHubSpot('a queue'));
    expect(owner({ ...facts, editedInHubSpot: true })).toEqual(toSalesforce('A'));
  });
});

describe('Opt-out on either side (native-connector §11.4)', () => {
  it.each([
    [true, false, toSalesforce(true)],
    [false, true, toHubSpot(true)],
    [true, true, agreed(true)],
    [false, false, agreed(false)],
  ] as const)('HubSpot %s, Salesforce %s', (hubspot, salesforce, expected) => {
    for (const base of [undefined, true, false]) {
      expect(reconcile(situation('optOut', { base, hubspot, salesforce }))).toEqual(expected);
    }
  });
});

const value = fc.option(fc.constantFrom('A', 'B', 'C'), { nil: null });
const anySituation = fc.record({
  rule: fc.constantFrom<Rule>('preferSalesforceUnlessBlank', 'alwaysSalesforce', 'twoWay', 'off'),
  base: fc.option(value, { nil: undefined }),
  hubspot: value,
  salesforce: value,
  requiredInSalesforce: fc.boolean(),
  salesforceWinsFirst: fc.boolean(),
  editedInHubSpot: fc.boolean(),
  changedAt: fc.record({
    hubspot: fc.constantFrom(EARLY, LATE, null),
    salesforce: fc.constantFrom(EARLY, LATE),
  }),
});

/** Both sides and the base after a decision was carried out. */
function after(before: FieldSituation, decision: FieldDecision): FieldSituation {
  if (decision.kind === 'agree') return { ...before, base: decision.value };
  if (decision.kind === 'leave') return before;
  return { ...before, base: decision.value, [decision.to]: decision.value };
}

describe('for any situation', () => {
  it('a second round writes nothing', () => {
    fc.assert(
      fc.property(anySituation, (before) => {
        const second = reconcile(after(before, reconcile(before)));
        expect(second.kind).not.toBe('write');
      }),
    );
  });
  it('never clears a field that Salesforce requires', () => {
    fc.assert(
      fc.property(anySituation, (before) => {
        const decision = reconcile({ ...before, requiredInSalesforce: true });
        expect(decision).not.toMatchObject({ kind: 'write', to: 'salesforce', value: null });
      }),
    );
  });
  it('Always use Salesforce and Don’t sync never write to Salesforce', () => {
    fc.assert(
      fc.property(
        anySituation,
        fc.constantFrom<Rule>('alwaysSalesforce', 'off'),
        (before, rule) => {
          expect(reconcile({ ...before, rule })).not.toMatchObject({
            kind: 'write',
            to: 'salesforce',
          });
        },
      ),
    );
  });
  it('times decide conflicts and nothing else', () => {
    fc.assert(
      fc.property(anySituation, (before) => {
        const hubspotNewer = reconcile({
          ...before,
          changedAt: { hubspot: LATE, salesforce: EARLY },
        });
        const salesforceNewer = reconcile({
          ...before,
          changedAt: { hubspot: EARLY, salesforce: LATE },
        });
        if (!isConflict(before)) expect(hubspotNewer).toEqual(salesforceNewer);
      }),
    );
  });
});
