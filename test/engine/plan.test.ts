import { describe, expect, it } from 'vitest';
import { DEFAULT_MAPPINGS } from '../../src/engine/defaults.ts';
import type { Pair } from '../../src/engine/match.ts';
import { fingerprint } from '../../src/engine/fingerprint.ts';
import { plan, type Plan } from '../../src/engine/plan.ts';
import { holdsNothingNew } from '../../src/engine/plan-fields.ts';
import { explain, REASONS, type ReasonCode } from '../../src/engine/reasons.ts';
import { reason } from '../../src/engine/reasons.ts';
import { NOTHING_SENT, type PairOutcome } from '../../src/engine/outcome.ts';
import { settle } from '../../src/engine/settle.ts';
import {
  contact,
  context,
  lead,
  link,
  MAYA,
  NOW,
  salesforceContact,
  tableFor,
  TOM,
} from './fixtures.ts';

const LEAD = '00Q000000000001AAA';
const CONTACT = '003000000000001AAA';

const pair = (facts: Partial<Pair>): Pair => ({
  link: null,
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

describe('the default mappings (native-connector §1)', () => {
  it('are 29 rows of 24 HubSpot properties', () => {
    expect(DEFAULT_MAPPINGS).toHaveLength(24);
    expect(DEFAULT_MAPPINGS.flatMap(({ labels }) => labels)).toHaveLength(29);
    expect(new Set(DEFAULT_MAPPINGS.map(({ hubspotProperty }) => hubspotProperty)).size).toBe(24);
  });
  it('all resolve against a standard org and portal', () => {
    const table = tableFor();
    expect([...table.problems].filter(([, problem]) => problem.severity === 'error')).toEqual([]);
    // The campaigns of a person come on top.
    expect(table.pairs.Lead).toHaveLength(23 + 1);
    expect(table.pairs.Contact).toHaveLength(17 + 1);
  });
  it('keep a locked rule whatever the settings say', () => {
    const { mappings } = tableFor({
      mappings: { defaultRules: { hubspot_owner_id: 'off', city: 'twoWay' } },
    });
    expect(
      mappings.find(({ hubspotProperty }) => hubspotProperty === 'hubspot_owner_id')?.rule,
    ).toBe('twoWay');
    expect(mappings.find(({ hubspotProperty }) => hubspotProperty === 'city')?.rule).toBe('twoWay');
  });
});

describe('a new lead', () => {
  const create = (properties: Record<string, string | null>) =>
    plan(pair({ hubspot: contact('1', properties) }), context());
  it('gets what HubSpot has, and stopgaps for what Salesforce requires', () => {
    const planned = create({
      email: 'ada@acme.io',
      firstname: 'Ada',
      annualrevenue: '1,200',
      hs_lead_status: 'NEW',
      hubspot_owner_id: MAYA.owner,
    });
    expect(planned).toMatchObject({
      kind: 'createInSalesforce',
      object: 'Lead',
      record: {
        Email: 'ada@acme.io',
        FirstName: 'Ada',
        LastName: 'ada',
        Company: 'acme.io',
        AnnualRevenue: 1200,
        Status: 'Open - Not Contacted',
        OwnerId: MAYA.user,
      },
    });
    const filledIn =
      planned.kind === 'createInSalesforce'
        ? planned.fields.filter((field) => field.reason?.code === 'FILLED_IN')
        : [];
    expect(filledIn.map((field) => field.pair.field.name).sort()).toEqual(['Company', 'LastName']);
  });
  it('leaves out single fields that Salesforce cannot take', () => {
    const planned = create({
      email: 'ada@acme.io',
      lastname: 'L',
      company: 'C',
      annualrevenue: 'a lot',
      numemployees: '5-25',
      hubspot_owner_id: TOM.owner,
      jobtitle: 'x'.repeat(129),
    });
    if (planned.kind !== 'createInSalesforce') throw new Error(planned.kind);
    expect(planned.record).toEqual({ Email: 'ada@acme.io', LastName: 'L', Company: 'C' });
    expect(planned.fields.flatMap(({ reason: why }) => why?.code ?? []).sort()).toEqual([
      'NOT_A_NUMBER',
      'OWNER_BY_ASSIGNMENT_RULES',
      'RANGE_NOT_WRITTEN_BACK',
      'VALUE_TOO_LONG',
    ]);
  });
  it('is a contact, or nothing, when the settings say so', () => {
    const subject = pair({ hubspot: contact('1', { email: 'a@b.co' }) });
    expect(plan(subject, context({}, { creation: { inSalesforce: 'contact' } }))).toMatchObject({
      kind: 'createInSalesforce',
      object: 'Contact',
    });
    expect(plan(subject, context({}, { creation: { inSalesforce: 'nothing' } }))).toMatchObject({
      kind: 'leave',
      reason: { code: 'CREATION_OFF_IN_SALESFORCE' },
    });
  });
  it('waits for a lost answer where a create cannot be repeated', () => {
    const subject = pair({
      hubspot: contact('1', { email: 'a@b.co' }),
      link: link({ hubspotId: '1', creatingSince: '2026-11-23T09:59:30.000Z' }),
    });
    const without = context({ externalIdOn: { Lead: false, Contact: false } });
    expect(plan(subject, without)).toMatchObject({
      kind: 'leave',
      state: 'waiting',
      reason: { code: 'ANSWER_LOST' },
      retryAt: '2026-11-23T10:01:30.000Z',
    });
    expect(plan(subject, context())).toMatchObject({ kind: 'createInSalesforce' });
  });
});

describe('a new HubSpot contact', () => {
  it('gets everything Salesforce has, and remembers where it came from', () => {
    const planned = plan(
      pair({
        salesforce: lead(LEAD, {
          Email: 'Ada@Acme.io',
          LastName: 'L',
          NumberOfEmployees: 30,
          OwnerId: MAYA.user,
          HasOptedOutOfEmail: true,
        }),
      }),
      context(),
    );
    expect(planned).toMatchObject({
      kind: 'createInHubSpot',
      properties: {
        email: 'ada@acme.io',
        lastname: 'L',
        numemployees: '25-50',
        hubspot_owner_id: MAYA.owner,
        tandem_lead_id: LEAD,
        tandem_last_sync: NOW,
      },
      unsubscribe: 'ada@acme.io',
    });
    expect(planned.kind === 'createInHubSpot' && 'hs_email_optout' in planned.properties).toBe(
      false,
    );
  });
  it('is not made when that is turned off for the object', () => {
    const off = context({}, { creation: { inHubSpot: { Lead: false } } });
    expect(plan(pair({ salesforce: lead(LEAD, { Email: 'a@b.co' }) }), off)).toMatchObject({
      reason: { code: 'CREATION_OFF_IN_HUBSPOT' },
    });
    expect(
      plan(pair({ salesforce: salesforceContact(CONTACT, { Email: 'a@b.co' }) }), off),
    ).toMatchObject({ kind: 'createInHubSpot' });
  });
});

describe('a pair', () => {
  it('gets stamps only together with something else', () => {
    const subject = pair({
      hubspot: contact('1', { email: 'a@b.co', city: 'Bonn' }),
      salesforce: lead(LEAD, { Email: 'a@b.co', City: 'Bonn', OwnerId: MAYA.user }),
      found: 'email',
    });
    const planned = updateOf(plan(subject, context()));
    expect(planned.hubspot).toEqual({
      hubspot_owner_id: MAYA.owner,
      tandem_lead_id: LEAD,
      tandem_last_sync: NOW,
    });
    expect(planned.salesforce).toEqual({});
    const agreeing = pair({
      ...subject,
      hubspot: contact('1', { email: 'a@b.co', city: 'Bonn', hubspot_owner_id: MAYA.owner }),
    });
    expect(updateOf(plan(agreeing, context()))).toMatchObject({
      hubspot: {},
      salesforce: {},
      unsubscribe: null,
    });
  });
  it('that is not in the inclusion list waits, and says so', () => {
    const why = reason('NOT_IN_INCLUSION_LIST', { list: 'Customers' });
    const subject = pair({
      hubspot: contact('1', { city: 'Bonn' }),
      salesforce: lead(LEAD),
      found: 'email',
    });
    expect(
      plan(subject, context({ heldBack: () => ({ toSalesforce: why, toHubSpot: why }) })),
    ).toMatchObject({
      kind: 'leave',
      state: 'waiting',
      reason: why,
    });
  });
  it('in conflict asks for the times of HubSpot’s properties, then decides by them', () => {
    const changed = { mappings: { defaultRules: { city: 'twoWay' } } };
    const subject = pair({
      link: link({ hubspotId: '1', salesforceId: LEAD, base: { city: 'Bonn' } }),
      hubspot: contact('1', { city: 'Köln' }),
      salesforce: lead(LEAD, { City: 'Berlin' }, { modifiedAt: '2026-11-23T09:00:00.000Z' }),
      found: 'linked',
    });
    expect(plan(subject, context({}, changed))).toEqual({
      kind: 'needsPropertyTimes',
      contactId: '1',
    });
    const at = (time: string) =>
      context({ propertyTimes: new Map([['1', { city: time }]]) }, changed);
    expect(updateOf(plan(subject, at('2026-11-23T09:00:05.000Z'))).salesforce).toMatchObject({
      City: 'Köln',
    });
    expect(updateOf(plan(subject, at('2026-11-23T09:00:00.900Z'))).hubspot).toMatchObject({
      city: 'Berlin',
    });
  });
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

describe('the reason catalogue', () => {
  it.each(Object.keys(REASONS) as ReasonCode[])('%s reads as a sentence', (code) => {
    const { sentence, fix } = explain(
      reason(code, { crm: 'HubSpot', field: 'City', message: 'It said so.' }),
    );
    for (const text of [sentence, ...(fix === null ? [] : [fix])])
      expect(text).toMatch(/^[A-Z“{?].*\.$/s);
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
