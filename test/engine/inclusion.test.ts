// Who may sync, in which direction: native-connector §5 as far as the engine decides it. Which lists a contact is
// in is read at the moment of sending (row 8) and arrives here as `closed`: the directions that lists close for
// somebody. That choosing a list syncs nobody (row 4), that joining is a trigger, and that a list which can't be
// read stops everything, is shown end to end in `e2e/inclusion*.test.ts`.
import { describe, expect, it } from 'vitest';
import { plan, type Plan, type PlanContext } from '../../src/engine/plan.ts';
import type { HeldBack } from '../../src/engine/plan-fields.ts';
import { explain, reason } from '../../src/engine/reasons.ts';
import type { SalesforceValue } from '../../src/engine/records.ts';
import { contact, context, lead, link, NOW } from './fixtures.ts';
import { LEAD, pairOf } from './support/one-field.ts';

const EMAIL = 'ada@x.co';
const OUTSIDE = reason('NOT_IN_INCLUSION_LIST', { list: 'Customers' });
const EXCLUDED = reason('IN_EXCLUSION_LIST', { list: 'Staff' });
const NO_RECEIVER = reason('NOT_A_RECEIVER', { list: 'Newsletter' });
const UNREADABLE = reason('INCLUSION_LIST_UNREADABLE', { list: '7' });

const OPEN: HeldBack = { toSalesforce: null, toHubSpot: null };
const CLOSED: Readonly<Record<string, HeldBack>> = {
  nothing: OPEN,
  'both ways, not in the list': { toSalesforce: OUTSIDE, toHubSpot: OUTSIDE },
  'both ways, in the exclusion list': { toSalesforce: EXCLUDED, toHubSpot: EXCLUDED },
  'both ways, the list can’t be read': { toSalesforce: UNREADABLE, toHubSpot: UNREADABLE },
  'to Salesforce': { toSalesforce: OUTSIDE, toHubSpot: null },
  'to HubSpot': { toSalesforce: null, toHubSpot: NO_RECEIVER },
};
const heldBack = (closed: string): PlanContext['heldBack'] => {
  const found = CLOSED[closed];
  if (!found) throw new Error(`nobody is closed ${closed}`);
  // Somebody who is no contact yet is in no list: only one that can't be read holds them back.
  return (contactId) => (contactId === null && found.toHubSpot !== UNREADABLE ? OPEN : found);
};

const industryOf = ({ Industry = null }: Record<string, SalesforceValue>): string | null =>
  Industry === null ? null : String(Industry);

/** A pair that was in sync in Bonn; city is two-way. */
function planned(
  closed: string,
  { hubspot, salesforce }: { readonly hubspot: string; readonly salesforce: string },
  fields: Record<string, SalesforceValue> = {},
  inclusion: object = {},
): Plan {
  return plan(
    pairOf({
      link: link({
        hubspotId: '1',
        salesforceId: LEAD,
        salesforceObject: 'Lead',
        base: { city: 'Bonn', email: EMAIL },
      }),
      hubspot: contact('1', { email: EMAIL, city: hubspot, industry: industryOf(fields) }),
      salesforce: lead(LEAD, { Email: EMAIL, City: salesforce, ...fields }),
    }),
    context(
      { heldBack: heldBack(closed) },
      { inclusion, mappings: { defaultRules: { city: 'twoWay' } } },
    ),
  );
}

function told(one: Plan): string {
  if (one.kind === 'leave') return `${one.state}: ${explain(one.reason).sentence}`;
  if (one.kind !== 'update') return one.kind;
  const sent = [
    ...(one.hubspot.city === undefined ? [] : [`HubSpot := ${one.hubspot.city}`]),
    ...(one.salesforce.City === undefined ? [] : [`Salesforce := ${String(one.salesforce.City)}`]),
    ...(one.unsubscribe === null ? [] : ['unsubscribes']),
    ...(one.waits === null ? [] : [`waits: ${explain(one.waits.reason).sentence}`]),
  ];
  return sent.join(', ') || 'nothing';
}

const OUT =
  'This contact is not in the inclusion list “Customers”, so nothing moves in either direction.';
const EXCLUDED_TEXT =
  'This contact is in the exclusion list “Staff”, so nothing moves in either direction.';
const NO_RECEIVER_TEXT =
  'This contact is not in the list “Newsletter”, whose members receive updates from Salesforce.';

describe('A pair', () => {
  it.each([
    // Row 3: no list, everybody.
    ['nothing', 'Köln', 'Bonn', 'Salesforce := Köln'],
    ['nothing', 'Bonn', 'Köln', 'HubSpot := Köln'],
    // Rows 5 and 9: outside the list nothing moves in either direction.
    ['both ways, not in the list', 'Köln', 'Bonn', `waiting: ${OUT}`],
    ['both ways, not in the list', 'Bonn', 'Köln', `waiting: ${OUT}`],
    ['both ways, not in the list', 'Bonn', 'Bonn', `waiting: ${OUT}`],
    ['both ways, in the exclusion list', 'Köln', 'Bonn', `waiting: ${EXCLUDED_TEXT}`],
    ['both ways, in the exclusion list', 'Bonn', 'Köln', `waiting: ${EXCLUDED_TEXT}`],
    // Beyond native: a list for each direction.
    ['to Salesforce', 'Köln', 'Bonn', `waits: ${OUT}`],
    ['to Salesforce', 'Bonn', 'Köln', 'HubSpot := Köln'],
    ['to Salesforce', 'Bonn', 'Bonn', 'nothing'],
    ['to HubSpot', 'Köln', 'Bonn', 'Salesforce := Köln'],
    ['to HubSpot', 'Bonn', 'Köln', `waits: ${NO_RECEIVER_TEXT}`],
    ['to HubSpot', 'Bonn', 'Bonn', 'nothing'],
  ])('closed: %s; HubSpot has %s, Salesforce %s → %s', (closed, hubspot, salesforce, expected) => {
    expect(told(planned(closed, { hubspot, salesforce }))).toBe(expected);
  });

  it('never takes a list that can’t be read for everybody', () => {
    const one = planned('both ways, the list can’t be read', {
      hubspot: 'Köln',
      salesforce: 'Bonn',
    });
    expect(one).toMatchObject({ kind: 'leave', state: 'waiting', reason: UNREADABLE });
  });

  it.each([
    ['both ways, not in the list', `waiting: ${OUT}`],
    ['to HubSpot', `waits: ${NO_RECEIVER_TEXT}`],
    ['nothing', 'unsubscribes'],
  ])('closed: %s; an opt-out in Salesforce → %s (row 10)', (closed, expected) => {
    const same = { hubspot: 'Bonn', salesforce: 'Bonn' };
    expect(told(planned(closed, same, { HasOptedOutOfEmail: true }))).toBe(expected);
  });

  it.each([
    ['Banking', 'Bonn', 'Köln', 'HubSpot := Köln'],
    [
      'Retail',
      'Bonn',
      'Köln',
      'waits: The Salesforce lead does not meet the condition for what may enter HubSpot.',
    ],
    ['Retail', 'Köln', 'Bonn', 'Salesforce := Köln'],
  ])(
    'of the industry %s where only banks may enter HubSpot; HubSpot has %s, Salesforce %s → %s',
    (Industry, hubspot, salesforce, expected) => {
      const Lead = {
        clauses: [{ field: 'Industry', comparison: 'is', values: ['Banking'] }],
      };
      const inclusion = { salesforceConditions: { Lead } };
      const one = planned('nothing', { hubspot, salesforce }, { Industry }, inclusion);
      expect(told(one)).toBe(expected);
    },
  );

  it('that is closed both ways keeps its ids and what was agreed on (row 9)', () => {
    const one = planned('both ways, not in the list', { hubspot: 'Köln', salesforce: 'Bonn' });
    expect(one).not.toHaveProperty('hubspot');
    expect(one).not.toHaveProperty('salesforce');
  });
});

describe('A contact without a Salesforce record', () => {
  it.each([
    ['nothing', 'createInSalesforce'],
    ['to HubSpot', 'createInSalesforce'],
    ['to Salesforce', `skipped: ${OUT}`],
    ['both ways, not in the list', `skipped: ${OUT}`],
    ['both ways, in the exclusion list', `skipped: ${EXCLUDED_TEXT}`],
  ])('closed: %s → %s', (closed, expected) => {
    const alone = pairOf({ hubspot: contact('1', { email: EMAIL, lastname: 'L', company: 'C' }) });
    expect(told(plan(alone, context({ heldBack: heldBack(closed) })))).toBe(expected);
  });
});

describe('A new Salesforce record of somebody outside the list (row 6)', () => {
  it('makes a HubSpot contact where there is none', () => {
    const alone = pairOf({ salesforce: lead(LEAD, { Email: EMAIL }) });
    const everybody = context({ heldBack: heldBack('both ways, not in the list') });
    expect(plan(alone, everybody).kind).toBe('createInHubSpot');
  });
  it('waits, and is looked at again, while a list can’t be read', () => {
    const alone = pairOf({ salesforce: lead(LEAD, { Email: EMAIL }) });
    const one = plan(alone, context({ heldBack: heldBack('both ways, the list can’t be read') }));
    expect(one).toMatchObject({
      kind: 'leave',
      reason: UNREADABLE,
      retryAt: '2026-11-23T10:10:00.000Z',
    });
  });
  it('is paired with the contact that is there, and then waits', () => {
    const found = pairOf({
      hubspot: contact('1', { email: EMAIL, city: 'Bonn' }),
      salesforce: lead(LEAD, { Email: EMAIL, City: 'Köln' }),
      found: 'email',
    });
    const one = plan(found, context({ heldBack: heldBack('both ways, not in the list') }));
    expect(told(one)).toBe(`waiting: ${OUT}`);
  });
});

describe('When membership is looked at again (row 8: a list notices changes late)', () => {
  const waits = (modifiedAt: string, isPaired: boolean): string | null => {
    const person = contact('1', { email: EMAIL, city: 'Köln' }, { modifiedAt });
    const pair = isPaired
      ? pairOf({
          link: link({ hubspotId: '1', salesforceId: LEAD, salesforceObject: 'Lead' }),
          hubspot: person,
          salesforce: lead(LEAD, { Email: EMAIL }),
        })
      : pairOf({ hubspot: person });
    const one = plan(pair, context({ heldBack: heldBack('both ways, not in the list') }));
    return one.kind === 'leave' ? one.retryAt : null;
  };
  it.each([
    ['a minute after the change', '2026-11-23T09:59:30.000Z', '2026-11-23T10:00:30.000Z', true],
    ['ten minutes after it', '2026-11-23T09:58:00.000Z', '2026-11-23T10:08:00.000Z', true],
    ['a day later, for a pair', '2026-11-23T09:00:00.000Z', '2026-11-24T10:00:00.000Z', true],
    ['when it changes again, for a contact alone', '2026-11-23T09:00:00.000Z', null, false],
  ])('%s', (_, modifiedAt, expected, isPaired) => {
    expect(NOW).toBe('2026-11-23T10:00:00.000Z');
    expect(waits(modifiedAt, isPaired)).toBe(expected);
  });
});
