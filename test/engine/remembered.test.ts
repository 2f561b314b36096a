// What is remembered of a pair after its writes, and what that tells of the next look.
import { describe, expect, it } from 'vitest';
import type { Pair } from '../../src/engine/match.ts';
import { fingerprint } from '../../src/engine/fingerprint.ts';
import { plan, type Plan } from '../../src/engine/plan.ts';
import { holdsNothingNew } from '../../src/engine/plan-fields.ts';
import { NOTHING_SENT, type PairOutcome } from '../../src/engine/outcome.ts';
import { settle } from '../../src/engine/settle.ts';
import { contact, context, lead, link, MAYA, NOW, tableFor } from './fixtures.ts';

const LEAD = '00Q000000000001AAA';

const pair = (facts: Partial<Pair>): Pair => ({
  link: null,
  base: facts.link?.base ?? {},
  absorbs: [],
  hubspot: null,
  salesforce: null,
  found: 'alone',
  blocked: null,
  deleted: null,
  givesUp: null,
  ...facts,
});

function updateOf(planned: Plan): Extract<Plan, { kind: 'update' }> {
  if (planned.kind !== 'update') throw new Error(`planned ${planned.kind}`);
  return planned;
}

const wrote = (id: string): PairOutcome['hubspot'] => ({
  result: { ok: true, id, modifiedAt: '2026-11-23T10:00:01.000Z' },
  dropped: new Map(),
});

describe('what is remembered', () => {
  const subject = pair({
    link: link({
      hubspotId: '1',
      salesforceId: LEAD,
      salesforceObject: 'Lead',
      base: { city: 'Bonn', zip: '1' },
    }),
    hubspot: contact('1', { city: 'Bonn', zip: '2', rating: 'Hot' }),
    salesforce: lead(LEAD, { City: 'Berlin', PostalCode: '1' }),
    found: 'linked',
  });
  const planned = plan(subject, context());

  it('is the new common value of every field that was written, with its history', () => {
    const { content, writes } = settle(
      subject,
      planned,
      { ...NOTHING_SENT, hubspot: wrote('1'), salesforce: wrote(LEAD) },
      NOW,
    );
    expect(content.base).toMatchObject({ city: 'Berlin', zip: '1', rating: 'Hot', website: null });
    expect(content).toMatchObject({
      state: 'inSync',
      lastSyncedAt: NOW,
      hubspotModifiedAt: '2026-11-23T10:00:01.000Z',
    });
    expect(writes).toContainEqual({
      side: 'hubspot',
      field: 'zip',
      before: '2',
      after: '1',
      why: 'REVERTED_BY_RULE',
    });
  });
  it('keeps the old base of a field whose write was refused, and doesn’t send that value again', () => {
    const refused = {
      code: 'INVALID_OPTION',
      message: 'no such option',
      fields: ['city'],
      existingId: null,
      retryable: false,
    };
    const outcome: PairOutcome = {
      ...NOTHING_SENT,
      hubspot: { ...wrote('1'), dropped: new Map([['city', refused]]) },
      salesforce: wrote(LEAD),
    };
    const { content } = settle(subject, planned, outcome, NOW);
    expect(content.base).toMatchObject({ city: 'Bonn', zip: '1' });
    expect(content.fieldReasons.city).toMatchObject({ code: 'VALUE_REFUSED' });
    const again = updateOf(plan({ ...subject, link: link(content) }, context()));
    expect(again.hubspot).not.toHaveProperty('city');
    const changed = {
      ...subject,
      link: link(content),
      salesforce: lead(LEAD, { City: 'Hamburg', PostalCode: '1' }),
    };
    expect(updateOf(plan(changed, context())).hubspot).toMatchObject({ city: 'Hamburg' });
  });
  it('is a retry, later and later, when a side could not be reached', () => {
    const down = {
      code: 'SERVER_UNAVAILABLE',
      message: 'try later',
      fields: [],
      existingId: null,
      retryable: true,
    };
    const outcome: PairOutcome = {
      ...NOTHING_SENT,
      salesforce: { result: { ok: false, error: down }, dropped: new Map() },
      hubspot: wrote('1'),
    };
    const first = settle(subject, planned, outcome, NOW).content;
    expect(first).toMatchObject({
      state: 'waiting',
      attempts: 1,
      retryAt: '2026-11-23T10:00:15.000Z',
      base: { city: 'Berlin' },
    });
    expect(first.base).not.toHaveProperty('rating');
    const second = settle({ ...subject, link: link(first) }, planned, outcome, NOW).content;
    expect(second).toMatchObject({ attempts: 2, retryAt: '2026-11-23T10:00:30.000Z' });
  });
  it('forgets the base of a mapping that is off, so that turning it on again is a new start', () => {
    const off = context({}, { mappings: { defaultRules: { city: 'off' } } });
    const { content } = settle(
      subject,
      plan(subject, off),
      { ...NOTHING_SENT, hubspot: wrote('1'), salesforce: wrote(LEAD) },
      NOW,
    );
    expect(content.base).not.toHaveProperty('city');
  });
});

describe('whether one side holds anything new', () => {
  const table = tableFor();
  const subject = pair({
    hubspot: contact('1', { email: 'a@b.co', numemployees: '5-25', hubspot_owner_id: MAYA.owner }),
    salesforce: lead(LEAD, { Email: 'a@b.co', OwnerId: MAYA.user }),
    found: 'email',
  });
  const remembered = link(settle(subject, plan(subject, context()), NOTHING_SENT, NOW).content);
  const seenIn = (properties: Record<string, string | null>) =>
    ({
      side: 'hubspot',
      contact: contact('1', { ...subject.hubspot?.properties, ...properties }),
    }) as const;

  it('not while fields are as agreed, or as they were when they were left different', () => {
    expect(remembered.fieldReasons).toHaveProperty('numemployees');
    expect(holdsNothingNew(table, 'Lead', remembered, seenIn({}), false)).toBe(true);
  });
  it('yes when any field changed, agreed or not', () => {
    expect(holdsNothingNew(table, 'Lead', remembered, seenIn({ city: 'Bonn' }), false)).toBe(false);
    expect(holdsNothingNew(table, 'Lead', remembered, seenIn({ numemployees: '1-5' }), false)).toBe(
      false,
    );
  });
  it('a full run looks again at fields that were left different', () => {
    expect(holdsNothingNew(table, 'Lead', remembered, seenIn({}), true)).toBe(false);
  });
  it('tells long values apart', () => {
    const long = 'x'.repeat(5_000);
    expect(fingerprint(long)).toBe(fingerprint(long));
    expect(fingerprint(long)).not.toBe(fingerprint(`${long.slice(1)}y`));
    expect(fingerprint(long).length).toBeLessThan(40);
  });
});

describe('an opt-out that HubSpot does not let Tandem pass on', () => {
  it('is left out with its reason, and nothing else suffers', () => {
    const optedOut = pair({
      hubspot: contact('1', { email: 'a@b.co', hubspot_owner_id: MAYA.owner }),
      salesforce: lead(LEAD, { Email: 'a@b.co', OwnerId: MAYA.user, HasOptedOutOfEmail: true }),
      found: 'email',
    });
    const planned = updateOf(plan(optedOut, context()));
    expect(planned.unsubscribe).toBe('a@b.co');
    const error = {
      code: 'MISSING_SCOPES',
      message: 'no scope',
      fields: [],
      existingId: null,
      retryable: false,
    };
    const { content } = settle(
      optedOut,
      planned,
      { ...NOTHING_SENT, unsubscribed: { ok: false, error } },
      NOW,
    );
    expect(content.state).toBe('inSync');
    expect(content.fieldReasons.hs_email_optout).toMatchObject({ code: 'NO_PERMISSION' });
    const again = updateOf(plan({ ...optedOut, link: link(content) }, context()));
    expect(again.unsubscribe).toBeNull();
  });
});
