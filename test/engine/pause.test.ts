// A pause per direction: whatever is planned, nothing is sent that way, and a reason says so.
import { describe, expect, it } from 'vitest';
import { withChoices } from '../../src/engine/choose-side.ts';
import type { Pair } from '../../src/engine/match.ts';
import { endedPauses } from '../../src/engine/pause.ts';
import { plan, type Plan } from '../../src/engine/plan.ts';
import { reason } from '../../src/engine/reasons.ts';
import { undoPlan } from '../../src/engine/undo.ts';
import { contact, context, lead, link, tableFor } from './fixtures.ts';
import { LEAD, pairOf } from './support/one-field.ts';

const both = {
  hubspot: contact('1', { email: 'a@b.co', city: 'Bonn', phone: '1', tandem_lead_id: LEAD }),
  salesforce: lead(LEAD, { Email: 'a@b.co', City: 'Rome', Phone: '2', HasOptedOutOfEmail: true }),
};
const known = link({
  hubspotId: '1',
  salesforceId: LEAD,
  salesforceObject: 'Lead',
  base: { city: 'Bonn', phone: '2' },
});
const converted = '00Q000000000009AAA';
const TWO_WAY = { mappings: { defaultRules: { city: 'twoWay', phone: 'twoWay' } } };
const DELETES = { deletion: { inSalesforce: 'delete', inHubSpot: 'delete' } };

const SUBJECTS: Readonly<Record<string, Pair>> = {
  'a pair with news on both sides': pairOf({ ...both, link: known }),
  'a pair that has just met': pairOf({ ...both, found: 'email' }),
  'a pair that moved on': pairOf({
    ...both,
    link: { ...known, salesforceId: converted },
    base: {},
  }),
  'a contact alone': pairOf({ hubspot: both.hubspot }),
  'a record alone': pairOf({ salesforce: both.salesforce }),
  'a contact whose record was deleted': pairOf({
    hubspot: both.hubspot,
    link: known,
    deleted: 'salesforce',
  }),
  'a record whose contact was deleted': pairOf({
    salesforce: both.salesforce,
    link: known,
    deleted: 'hubspot',
  }),
};

const DIRECTIONS = [
  { toSalesforce: true, toHubSpot: false },
  { toSalesforce: false, toHubSpot: true },
  { toSalesforce: true, toHubSpot: true },
] as const;

function sides(planned: Plan): string[] {
  switch (planned.kind) {
    case 'createInHubSpot':
      return ['toHubSpot'];
    case 'createInSalesforce':
      return ['toSalesforce'];
    case 'unlink':
      if (!planned.deletes) return [];
      return [planned.gone === 'hubspot' ? 'toSalesforce' : 'toHubSpot'];
    case 'update':
      return [
        ...(Object.keys(planned.hubspot).length > 0 || planned.unsubscribe !== null
          ? ['toHubSpot']
          : []),
        ...(Object.keys(planned.salesforce).length > 0 ? ['toSalesforce'] : []),
      ];
    case 'leave':
    case 'needsPropertyTimes':
      return [];
  }
}

const planned = (subject: Pair, paused: object): Plan => {
  const settings = { ...TWO_WAY, ...DELETES, paused };
  const propertyTimes = new Map([['1', { city: '2026-11-23T09:30:00.000Z' }]]);
  return plan(subject, context({ propertyTimes }, settings));
};

describe.each(DIRECTIONS)('While it is paused: $toSalesforce, $toHubSpot', (paused) => {
  const closed = (['toSalesforce', 'toHubSpot'] as const).filter((side) => paused[side]);

  it.each(Object.keys(SUBJECTS))('nothing is sent that way of %s, and it says so', (name) => {
    const subject = SUBJECTS[name];
    if (!subject) return;
    const usually = sides(planned(subject, {}));
    const now = planned(subject, paused);
    expect(usually.length).toBeGreaterThan(0);
    expect(sides(now).filter((side) => closed.some((one) => one === side))).toEqual([]);
    const isKept = usually.some((side) => closed.some((one) => one === side));
    if (!isKept) return;
    const why =
      now.kind === 'leave' ? now.reason : now.kind === 'update' ? now.waits?.reason : null;
    expect(why?.code).toMatch(/^PAUSED_/);
    const wait = now.kind === 'leave' ? now : now.kind === 'update' ? now.waits : null;
    expect(wait?.retryAt).toBeNull();
  });

  it('nobody’s choice of a side gets through, and nothing is put back', () => {
    const subject = pairOf({ ...both, link: known });
    for (const side of ['hubspot', 'salesforce'] as const) {
      const chosen = withChoices(subject, planned(subject, paused), new Map([['city', side]]));
      expect(sides(chosen).filter((one) => closed.some((other) => other === one))).toEqual([]);
    }
    const wanted = {
      side: paused.toHubSpot ? 'hubspot' : 'salesforce',
      recordId: paused.toHubSpot ? '1' : LEAD,
      field: paused.toHubSpot ? 'city' : 'City',
      before: 'Old',
      after: paused.toHubSpot ? 'Bonn' : 'Rome',
      object: 'Lead',
    } as const;
    const undone = undoPlan(subject, planned(subject, paused), [wanted], {
      table: tableFor(TWO_WAY),
      paused,
      now: '2026-11-23T10:00:00.000Z',
    });
    expect(undone.plan).toBeNull();
    expect(undone.verdicts).toMatchObject([{ kind: 'left' }]);
  });

  it('who is outside the list is told of the list once the pause is over', () => {
    const outside = reason('NOT_IN_INCLUSION_LIST', { list: 'Customers' });
    const heldBack = () => ({ toSalesforce: outside, toHubSpot: outside });
    const subject = pairOf({ ...both, link: known });
    const at = (settings: object) => plan(subject, context({ heldBack }, settings));
    const now = at({ paused });
    expect(now.kind === 'leave' && now.reason.code).toMatch(/^PAUSED_/);
    expect(at({})).toMatchObject({ kind: 'leave', reason: outside });
  });
});

describe('When a pause ends', () => {
  it('those are looked for whom it kept, whichever it was', () => {
    expect(endedPauses({ toSalesforce: false, toHubSpot: false })).toHaveLength(3);
    expect(endedPauses({ toSalesforce: true, toHubSpot: false })).toEqual([
      'PAUSED_TO_HUBSPOT',
      'PAUSED_BOTH_WAYS',
    ]);
    expect(endedPauses({ toSalesforce: false, toHubSpot: true })).toEqual([
      'PAUSED_TO_SALESFORCE',
      'PAUSED_BOTH_WAYS',
    ]);
    expect(endedPauses({ toSalesforce: true, toHubSpot: true })).toEqual([
      'PAUSED_TO_SALESFORCE',
      'PAUSED_TO_HUBSPOT',
    ]);
  });
});
