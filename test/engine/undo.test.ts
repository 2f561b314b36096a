// Taking back what a sync wrote, under every rule: the side that was written holds what it held before, the other
// side either follows or stays as it was, and nothing puts the value back as if nothing had happened.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Link } from '../../src/engine/link.ts';
import { everythingTaken, NOTHING_SENT } from '../../src/engine/outcome.ts';
import { plan, type Plan } from '../../src/engine/plan.ts';
import { explain } from '../../src/engine/reasons.ts';
import { CHOOSABLE_RULES, type ChoosableRule } from '../../src/engine/rules.ts';
import { settle } from '../../src/engine/settle.ts';
import { targetsOf, undoPlan, type UndoTarget } from '../../src/engine/undo.ts';
import { unrecordedOf } from '../../src/engine/unrecorded.ts';
import { choicesFor, withChoices } from '../../src/engine/choose-side.ts';
import { contact, context, lead, link, NOT_PAUSED, tableFor } from './fixtures.ts';
import { LEAD, pairOf } from './support/one-field.ts';

type City = string | null;
type Cities = { hubspot: City; salesforce: City };

const START = Date.parse('2026-11-23T10:00:00.000Z');
const target = (one: Partial<UndoTarget>): UndoTarget => ({
  side: 'salesforce',
  recordId: LEAD,
  field: 'City',
  before: null,
  after: null,
  object: 'Lead',
  ...one,
});

/** One pair whose city people edit on either side, and whose syncs are remembered. */
function person(rule: ChoosableRule, first: Cities, base?: City) {
  const settings = { mappings: { defaultRules: { city: rule } } };
  const table = tableFor(settings);
  const city = { ...first };
  let minutes = 0;
  const changed = { hubspot: START, salesforce: START };
  const nowIso = () => new Date(START + (minutes += 1) * 60_000).toISOString();
  let known: Link = link({
    hubspotId: '1',
    salesforceId: LEAD,
    salesforceObject: 'Lead',
    base: base === undefined ? {} : { city: base },
  });
  const history: UndoTarget[] = [];
  const pairNow = () =>
    pairOf({
      link: known,
      hubspot: contact('1', { email: 'a@b.co', city: city.hubspot }),
      salesforce: lead(
        LEAD,
        { Email: 'a@b.co', City: city.salesforce },
        { modifiedAt: new Date(changed.salesforce).toISOString() },
      ),
    });
  const planNow = (heldBack?: Parameters<typeof context>[0]) => {
    const times = new Map([['1', { city: new Date(changed.hubspot).toISOString() }]]);
    return plan(pairNow(), context({ table, propertyTimes: times, ...heldBack }, settings));
  };
  const set = (side: 'hubspot' | 'salesforce', value: City) => {
    city[side] = value;
    changed[side] = Date.parse(nowIso());
  };
  /** Sends a plan and remembers it; what was written of the city. */
  const apply = (planned: Plan) => {
    if (planned.kind !== 'update') throw new Error(`planned ${planned.kind}`);
    const pair = pairNow();
    const { content, writes } = settle(pair, planned, everythingTaken(pair, planned), nowIso());
    if ('city' in planned.hubspot) set('hubspot', planned.hubspot.city || null);
    if ('City' in planned.salesforce) set('salesforce', planned.salesforce.City as City);
    known = { ...content, id: known.id, version: known.version + 1 };
    const mine = writes.filter(({ field }) => field.toLowerCase() === 'city');
    for (const { side, field, before, after } of mine)
      if (side !== 'pair')
        history.unshift(
          target({ side, recordId: side === 'hubspot' ? '1' : LEAD, field, before, after }),
        );
    return mine;
  };
  const undo = (targets: readonly UndoTarget[]) => {
    const undone = undoPlan(pairNow(), planNow(), targetsOf(targets), {
      table,
      paused: NOT_PAUSED,
      now: nowIso(),
    });
    if (undone.plan) apply(undone.plan);
    return undone.verdicts;
  };
  return {
    city,
    history,
    set,
    undo,
    pairNow,
    planNow,
    apply,
    table,
    link: () => known,
    choose: (side: 'hubspot' | 'salesforce') =>
      apply(withChoices(pairNow(), planNow(), new Map([['city', side]]))),
    sync: () => apply(planNow()),
    reason: () => known.fieldReasons.city && explain(known.fieldReasons.city).sentence,
  };
}

const cities = fc.constantFrom<City>(null, 'Bonn', 'Rome', 'Oslo');
const rules = fc.constantFrom(...CHOOSABLE_RULES);

describe('What a sync wrote', () => {
  it('goes back, the other side follows or stays, and nothing moves any more, under every rule', () => {
    fc.assert(
      fc.property(
        rules,
        cities,
        cities,
        fc.option(cities, { nil: undefined }),
        (rule, hubspot, salesforce, base) => {
          const ada = person(rule, { hubspot, salesforce }, base);
          const [written] = ada.sync();
          fc.pre(written !== undefined && written.side !== 'pair');
          const [verdict] = ada.undo(ada.history);
          if (verdict?.kind !== 'restores') throw new Error(`not restored under ${rule}`);
          ada.sync();
          const side = written.side === 'hubspot' ? 'hubspot' : 'salesforce';
          const other = side === 'hubspot' ? 'salesforce' : 'hubspot';
          const before = side === 'hubspot' ? hubspot : salesforce;
          const elsewhere = side === 'hubspot' ? salesforce : hubspot;
          expect(ada.city[side]).toBe(before);
          expect(ada.city[other]).toBe(verdict.aftermath === 'follows' ? before : elsewhere);
          const after = { ...ada.city };
          ada.sync();
          ada.sync();
          expect(ada.city).toEqual(after);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('stays where somebody has changed it since', () => {
    fc.assert(
      fc.property(rules, cities, cities, cities, (rule, hubspot, salesforce, edit) => {
        const ada = person(rule, { hubspot, salesforce });
        const [written] = ada.sync();
        fc.pre(written !== undefined && written.side !== 'pair');
        const side = written.side === 'hubspot' ? 'hubspot' : 'salesforce';
        fc.pre(edit !== written.after && edit !== written.before);
        ada.set(side, edit);
        const before = { ...ada.city };
        expect(ada.undo(ada.history)).toMatchObject([
          { kind: 'left', reason: { code: 'UNDO_CHANGED_SINCE' } },
        ]);
        expect(ada.city).toEqual(before);
      }),
      { numRuns: 1_000 },
    );
  });

  it('can be brought back again by undoing the undo, unless the rules would not have it', () => {
    fc.assert(
      fc.property(cities, cities, (hubspot, salesforce) => {
        const ada = person('twoWay', { hubspot, salesforce: hubspot }, hubspot);
        fc.pre(hubspot !== salesforce && hubspot !== null && salesforce !== null);
        ada.set('salesforce', salesforce);
        ada.sync();
        const synced = { ...ada.city };
        ada.undo([...ada.history]);
        ada.sync();
        expect(ada.city).toEqual({ hubspot, salesforce: hubspot });
        ada.undo(ada.history.slice(0, 2));
        ada.sync();
        expect(ada.city).toEqual(synced);
      }),
    );
  });

  it.each([
    // An edit in HubSpot went to Salesforce: taken back there, HubSpot follows.
    ['twoWay', 'Rome', 'Bonn', 'Bonn', 'follows', { hubspot: 'Bonn', salesforce: 'Bonn' }],
    // Salesforce’s value came to HubSpot, and would come again: both stay as they were before.
    [
      'preferSalesforceUnlessBlank',
      'Bonn',
      'Rome',
      'Bonn',
      'kept',
      { hubspot: 'Bonn', salesforce: 'Rome' },
    ],
    // HubSpot’s value filled a blank: HubSpot is not cleared for it.
    [
      'preferSalesforceUnlessBlank',
      'Rome',
      null,
      null,
      'kept',
      { hubspot: 'Rome', salesforce: null },
    ],
    // Cleared in Salesforce, so cleared in HubSpot: the value goes back to both.
    [
      'preferSalesforceUnlessBlank',
      'Bonn',
      null,
      'Bonn',
      'follows',
      { hubspot: 'Bonn', salesforce: 'Bonn' },
    ],
    ['twoWay', 'Rome', null, null, 'kept', { hubspot: 'Rome', salesforce: null }],
    ['alwaysHubSpot', 'Rome', 'Bonn', 'Bonn', 'kept', { hubspot: 'Rome', salesforce: 'Bonn' }],
    ['alwaysSalesforce', 'Bonn', null, 'Bonn', 'stays', { hubspot: 'Bonn', salesforce: null }],
  ] as const)('%s: HubSpot %s, Salesforce %s, both %s before: %s', (...row) => {
    const [rule, hubspot, salesforce, base, aftermath, end] = row;
    const ada = person(rule, { hubspot, salesforce }, base);
    ada.sync();
    expect(ada.undo(ada.history)).toMatchObject([{ kind: 'restores', aftermath }]);
    ada.sync();
    expect(ada.city).toEqual(end);
  });

  it('that is kept from its side says so, and goes there once it changes', () => {
    const ada = person('preferSalesforceUnlessBlank', { hubspot: 'Bonn', salesforce: 'Rome' });
    ada.sync();
    ada.undo(ada.history);
    ada.sync();
    expect(ada.reason()).toBe(
      'A sync was undone here: city keeps its value in HubSpot although the rule is “Prefer Salesforce unless blank”, until it changes in Salesforce.',
    );
    ada.set('salesforce', 'Oslo');
    ada.sync();
    expect(ada.city).toEqual({ hubspot: 'Oslo', salesforce: 'Oslo' });
    expect(ada.reason()).toBeUndefined();
  });

  it('goes back before the oldest of several syncs, as far as nobody stepped between', () => {
    const step = (before: City, after: City) => target({ before, after });
    expect(targetsOf([step('Rome', 'Oslo'), step('Bonn', 'Rome')])).toEqual([step('Bonn', 'Oslo')]);
    expect(targetsOf([step('Rome', 'Oslo'), step('Bonn', 'Paris')])).toEqual([
      step('Rome', 'Oslo'),
    ]);
  });

  it('does not travel from somebody who is left out', () => {
    const ada = person('twoWay', { hubspot: 'Rome', salesforce: 'Bonn' }, 'Bonn');
    ada.sync();
    const why = { code: 'NOT_IN_INCLUSION_LIST', details: { list: 'Sales-ready' } } as const;
    const outside = ada.planNow({ heldBack: () => ({ toSalesforce: why, toHubSpot: why }) });
    const { table } = ada;
    const now = new Date(START).toISOString();
    expect(
      undoPlan(ada.pairNow(), outside, ada.history, { table, paused: NOT_PAUSED, now }).verdicts,
    ).toMatchObject([{ kind: 'restores', aftermath: 'stays' }]);
  });

  it('is an edit also when nobody remembers that it was put back', () => {
    const ada = person('twoWay', { hubspot: 'Rome', salesforce: 'Bonn' }, 'Bonn');
    ada.sync();
    const now = new Date(START).toISOString();
    const { table } = ada;
    const undone = undoPlan(ada.pairNow(), ada.planNow(), ada.history, {
      table,
      paused: NOT_PAUSED,
      now,
    });
    if (undone.plan === null) throw new Error('nothing to put back');
    expect(unrecordedOf(ada.pairNow(), undone.plan, now)).toMatchObject({
      sending: [{ putBack: true }],
    });
  });

  it.each([
    ['is not mapped any more', { field: 'Nope__c' }, 'UNDO_NOT_MAPPED'],
    [
      'opted somebody out',
      { field: 'HasOptedOutOfEmail', after: true, before: false },
      'UNDO_OPT_OUT',
    ],
    [
      'was copied',
      { side: 'hubspot', recordId: '1', field: 'tandem_campaign_ids' } as const,
      'UNDO_COPIED',
    ],
    ['was blank and must not be', { field: 'LastName', after: 'X' }, 'UNDO_REQUIRED'],
  ])('stays where it %s', (_, one, code) => {
    const subject = pairOf({
      link: link({ hubspotId: '1', salesforceId: LEAD, salesforceObject: 'Lead' }),
      hubspot: contact('1', {}),
      salesforce: lead(LEAD, { LastName: 'X' }),
    });
    const table = tableFor();
    const now = new Date(START).toISOString();
    const { plan: undone, verdicts } = undoPlan(subject, plan(subject, context()), [target(one)], {
      paused: NOT_PAUSED,
      table,
      now,
    });
    expect(undone).toBeNull();
    expect(verdicts).toMatchObject([{ kind: 'left', reason: { code } }]);
  });

  it('goes back to a contact that has no Salesforce record any more', () => {
    const subject = pairOf({
      link: link({ hubspotId: '1' }),
      hubspot: contact('1', { email: 'a@b.co', city: 'Rome' }),
      found: 'alone',
    });
    const table = tableFor();
    const now = new Date(START).toISOString();
    const wanted = target({
      side: 'hubspot',
      recordId: '1',
      field: 'city',
      before: 'Bonn',
      after: 'Rome',
    });
    const { plan: undone } = undoPlan(subject, plan(subject, context()), [wanted], {
      table,
      paused: NOT_PAUSED,
      now,
    });
    if (undone === null) throw new Error('nothing to put back');
    const { content, result, writes } = settle(
      subject,
      undone,
      { ...NOTHING_SENT, hubspot: everythingTaken(subject, undone).hubspot },
      now,
    );
    expect(undone).toMatchObject({ hubspot: { city: 'Bonn' }, salesforce: {} });
    expect(result).toBe('updated');
    expect(content).toMatchObject({ salesforceId: null, state: 'waiting', retryAt: now });
    expect(writes).toMatchObject([
      { side: 'hubspot', before: 'Rome', after: 'Bonn', why: 'UNDONE' },
    ]);
  });
});

describe('A side that is chosen', () => {
  it('has both agree for good, in a direction in which the rule sends', () => {
    fc.assert(
      fc.property(
        rules,
        cities,
        cities,
        fc.option(cities, { nil: undefined }),
        fc.constantFrom('hubspot' as const, 'salesforce' as const),
        (rule, hubspot, salesforce, base, side) => {
          const ada = person(rule, { hubspot, salesforce }, base);
          const planned = ada.planNow();
          if (planned.kind !== 'update') throw new Error(planned.kind);
          const field = planned.fields.find(({ pair }) => pair.property.name === 'city');
          fc.pre(field !== undefined && choicesFor(ada.pairNow(), planned, field).includes(side));
          ada.choose(side);
          const chosen = side === 'hubspot' ? hubspot : salesforce;
          expect(ada.city).toEqual({ hubspot: chosen, salesforce: chosen });
          expect(ada.sync()).toEqual([]);
        },
      ),
    );
  });

  it.each([
    ['twoWay', ['hubspot', 'salesforce']],
    ['alwaysSalesforce', ['salesforce']],
    ['alwaysHubSpot', ['hubspot']],
    ['off', []],
  ] as const)('is offered under %s: %s', (rule, sides) => {
    const ada = person(rule, { hubspot: 'Bonn', salesforce: 'Rome' });
    const planned = ada.planNow();
    if (planned.kind !== 'update') throw new Error(planned.kind);
    const field = planned.fields.find(({ pair }) => pair.property.name === 'city');
    expect(field && choicesFor(ada.pairNow(), planned, field)).toEqual(sides);
  });
});
