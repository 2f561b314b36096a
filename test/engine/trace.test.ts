// The trace of a plan is what the plan did: it stops where the plan stops, for the same reason, and nowhere else; who
// listens changes nothing.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meets, weighed, type Condition } from '../../src/engine/conditions.ts';
import { listPolicy } from '../../src/engine/list-policy.ts';
import { plan, type Plan } from '../../src/engine/plan.ts';
import { reason } from '../../src/engine/reasons.ts';
import type { Step } from '../../src/engine/trace.ts';
import { contact, context, lead, link, NOW } from './fixtures.ts';
import { LEAD, pairOf } from './support/one-field.ts';

const EMAIL = 'ada@example.com';

const aClause: fc.Arbitrary<Condition['clauses'][number]> = fc.record({
  field: fc.constantFrom('Rating', 'City'),
  comparison: fc.constantFrom('is', 'isNot', 'contains', 'isBlank', 'isNotBlank'),
  values: fc.constant(['Hot']),
});
const aCondition: fc.Arbitrary<Condition | null> = fc.option(
  fc.record({
    match: fc.constantFrom('all' as const, 'any' as const),
    clauses: fc.array(aClause, { minLength: 1, maxLength: 3 }),
  }),
  { nil: null },
);
const becomes = fc.constantFrom('lead' as const, 'contact' as const, 'nothing' as const);
const aCase = fc.record({
  hubspot: fc.boolean(),
  salesforce: fc.boolean(),
  isLinked: fc.boolean(),
  hasEmail: fc.boolean(),
  rating: fc.constantFrom(null, 'Hot', 'Cold'),
  deleted: fc.constantFrom(null, 'hubspot' as const, 'salesforce' as const),
  blocked: fc.boolean(),
  in: fc.record({ inclusion: fc.boolean(), receivers: fc.boolean(), exclusion: fc.boolean() }),
  lists: fc.record({
    inclusion: fc.constantFrom(null, 'Customers'),
    receivers: fc.constantFrom(null, 'Newsletter'),
    exclusion: fc.constantFrom(null, 'Staff'),
  }),
  receiversAreMembers: fc.boolean(),
  hasAccount: fc.boolean(),
  creatingSince: fc.constantFrom(null, NOW),
  externalId: fc.boolean(),
  settings: fc.record({
    inclusion: fc.record({ salesforceConditions: fc.record({ Lead: aCondition }) }),
    creation: fc.record({
      rules: fc.array(
        fc.record({
          companyHasAccount: fc.constantFrom(null, true, false),
          properties: aCondition,
          becomes,
        }),
        { maxLength: 3 },
      ),
      inSalesforce: becomes,
      contactWithoutAccount: fc.constantFrom('create' as const, 'wait' as const),
      inHubSpot: fc.record({ Lead: fc.boolean() }),
      inHubSpotWhen: fc.record({ Lead: aCondition }),
    }),
    deletion: fc.record({
      inSalesforce: fc.constantFrom('leave', 'unlink', 'delete'),
      inHubSpot: fc.constantFrom('leave', 'unlink', 'delete'),
    }),
  }),
});
type Case = typeof aCase extends fc.Arbitrary<infer One> ? One : never;

function plansOf(one: Case): { steps: readonly Step[]; plan: Plan; unheard: Plan } {
  const email = one.hasEmail ? EMAIL : null;
  const { creatingSince } = one;
  const ids = one.isLinked
    ? { hubspotId: '1', salesforceId: LEAD, salesforceObject: 'Lead' as const }
    : { hubspotId: one.hubspot ? '1' : null };
  const pair = {
    ...pairOf({
      link: link({ ...ids, creatingSince }),
      hubspot: one.hubspot ? contact('1', { email, Rating: one.rating }) : null,
      salesforce: one.salesforce ? lead(LEAD, { Email: email, Rating: one.rating }) : null,
    }),
    deleted: one.deleted,
    blocked: one.blocked ? reason('LEAD_CONVERTED') : null,
  };
  const inclusion = one.lists.inclusion;
  const policy = listPolicy({
    ...one.lists,
    receivers: one.receiversAreMembers ? inclusion : one.lists.receivers,
    receiversAreMembers: one.receiversAreMembers,
  });
  const known = context(
    {
      externalIdOn: { Lead: one.externalId, Contact: one.externalId },
      companyOf: () => ({
        companyId: '9',
        accountId: one.hasAccount ? '001000000000001AAA' : null,
      }),
      heldBack: (id, note) =>
        id === null
          ? { toSalesforce: null, toHubSpot: null }
          : policy((role) => one.in[role], note),
    },
    one.settings,
  );
  const steps: Step[] = [];
  const note = (step: Step): void => void steps.push(step);
  return { steps, plan: plan(pair, { ...known, note }), unheard: plan(pair, known) };
}

describe('The trace of a plan', () => {
  it('stops where the plan stops, for the same reason, and changes nothing', () => {
    fc.assert(
      fc.property(aCase, (one) => {
        const { steps, plan: made, unheard } = plansOf(one);
        expect(made).toEqual(unheard);
        const stops = steps.flatMap(({ stops: at }) => at ?? []);
        const whole = stops.filter(({ way }) => way === 'both').map(({ reason: why }) => why);
        switch (made.kind) {
          case 'leave':
            expect(stops.map(({ reason: why }) => why)).toContainEqual(made.reason);
            break;
          case 'unlink':
            expect(whole).toEqual([made.reason]);
            break;
          case 'createInHubSpot':
          case 'createInSalesforce':
            // What lists close towards HubSpot waits until the record is there.
            expect(stops.filter(({ way }) => way !== 'toHubSpot')).toEqual([]);
            break;
          case 'update': {
            const { toHubSpot, toSalesforce } = made.heldBack;
            const closed = [toSalesforce, toHubSpot].filter((why) => why !== null);
            expect(stops.map(({ reason: why }) => why)).toEqual(closed);
            expect(whole).toEqual([]);
            break;
          }
          case 'needsPropertyTimes':
            expect(whole).toEqual([]);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    [{ toSalesforce: true, toHubSpot: true }, true, 'both', 'PAUSED_BOTH_WAYS'],
    [{ toSalesforce: true, toHubSpot: false }, true, 'toSalesforce', 'PAUSED_TO_SALESFORCE'],
    [{ toSalesforce: false, toHubSpot: true }, true, 'toHubSpot', 'PAUSED_TO_HUBSPOT'],
    [{ toSalesforce: true, toHubSpot: false }, false, 'both', 'PAUSED_TO_SALESFORCE'],
  ] as const)('says what an admin paused: %o, paired %s', (paused, isPaired, way, code) => {
    const pair = pairOf({
      link: link(
        isPaired
          ? { hubspotId: '1', salesforceId: LEAD, salesforceObject: 'Lead' }
          : { hubspotId: '1' },
      ),
      hubspot: contact('1', { email: EMAIL }),
      salesforce: isPaired ? lead(LEAD, { Email: EMAIL }) : null,
    });
    const steps: Step[] = [];
    const known = context({}, { paused });
    const made = plan(pair, { ...known, note: (step) => void steps.push(step) });
    expect(steps.flatMap(({ stops }) => stops ?? [])).toMatchObject([{ way, reason: { code } }]);
    expect(made).toEqual(plan(pair, known));
  });

  it('shows each clause as the condition judges it', () => {
    fc.assert(
      fc.property(
        aCondition,
        fc.constantFrom(null, 'Hot', 'hottest', 'Cold'),
        (condition, Rating) => {
          const each = weighed({ Rating }, condition).map(({ holds }) => holds);
          const together = condition?.match === 'any' ? each.some(Boolean) : each.every(Boolean);
          expect(together || condition === null).toBe(meets({ Rating }, condition));
        },
      ),
    );
  });

  it('tells which of two closed directions is closed by what', () => {
    const steps: Step[] = [];
    const policy = listPolicy({
      inclusion: 'Customers',
      receivers: 'Newsletter',
      exclusion: 'Staff',
      receiversAreMembers: false,
    });
    policy(
      (role) => role === 'receivers',
      (step) => void steps.push(step),
    );
    expect(steps).toMatchObject([
      { asks: 'list', role: 'exclusion', isIn: false, stops: null },
      {
        role: 'inclusion',
        isIn: false,
        stops: { way: 'toSalesforce', reason: { code: 'NOT_A_SENDER' } },
      },
      { role: 'receivers', isIn: true, stops: null },
    ]);
  });
});
