import { describe, expect, it } from 'vitest';
import { DEFAULT_MAPPINGS } from '../../src/engine/defaults.ts';
import type { Pair } from '../../src/engine/match.ts';
import { plan, type Plan } from '../../src/engine/plan.ts';
import { explain, REASONS, type ReasonCode } from '../../src/engine/reasons.ts';
import { reason } from '../../src/engine/reasons.ts';
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

describe('the reason catalogue', () => {
  it.each(Object.keys(REASONS) as ReasonCode[])('%s reads as a sentence', (code) => {
    const { sentence, fix } = explain(
      reason(code, { crm: 'HubSpot', field: 'City', message: 'It said so.' }),
    );
    for (const text of [sentence, ...(fix === null ? [] : [fix])])
      expect(text).toMatch(/^[A-Z“{?].*\.$/s);
  });
});
