// What holds of the whole engine for any settings and any values, planned and carried out on two CRMs that take
// only what their documentation says (`support/what-crms-take.ts`): SPEC.md, promises 1 and 4.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Schemas } from '../../src/engine/fields.ts';
import type { Link } from '../../src/engine/link.ts';
import type { PairOutcome } from '../../src/engine/outcome.ts';
import { plan, type Plan } from '../../src/engine/plan.ts';
import type {
  HubSpotContact,
  SalesforceRecord,
  SalesforceValue,
} from '../../src/engine/records.ts';
import type { ChoosableRule } from '../../src/engine/rules.ts';
import { settle } from '../../src/engine/settle.ts';
import { contact, context, lead, link, NOW, tableFor } from './fixtures.ts';
import {
  anyRule,
  CROWD,
  heldInHubSpot,
  heldInSalesforce,
  type CrowdedField,
} from './support/crowded-record.ts';
import { LEAD, pairOf } from './support/one-field.ts';
import { customMapping, withFields } from './support/schemas.ts';
import {
  hubspotKeeps,
  hubspotTakes,
  salesforceKeeps,
  salesforceTakes,
} from './support/what-crms-take.ts';

const SCHEMAS: Schemas = withFields(
  CROWD.map((one) => one.property),
  CROWD.map((one) => one.field),
);
const SEEN_AT = { hubspot: '2026-11-23T09:00:00.000Z', salesforce: '2026-11-23T09:00:00.000Z' };

/** One mapped field: its rule, what both sides hold, and what was agreed on before. */
interface Held {
  readonly at: CrowdedField;
  readonly rule: ChoosableRule;
  readonly hubspot: string | null;
  readonly salesforce: SalesforceValue;
  /** Whether the values before this one were synced, and what they were. */
  readonly before: { readonly hubspot: string | null; readonly salesforce: SalesforceValue } | null;
  readonly hubspotIsNewer: boolean;
}

const aField: fc.Arbitrary<Held> = fc.constantFrom(...CROWD).chain((at) =>
  fc.record({
    at: fc.constant(at),
    rule: anyRule,
    hubspot: heldInHubSpot(at),
    salesforce: heldInSalesforce(at),
    before: fc.option(fc.record({ hubspot: heldInHubSpot(at), salesforce: heldInSalesforce(at) }), {
      nil: null,
    }),
    hubspotIsNewer: fc.boolean(),
  }),
);
const someFields = fc.uniqueArray(aField, {
  minLength: 1,
  maxLength: 6,
  selector: ({ at }) => at.property.name,
});

const timeZones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York');

class TwoCrms {
  readonly #held: readonly Held[];
  readonly #context: ReturnType<typeof context>;
  contact: HubSpotContact;
  record: SalesforceRecord;
  link: Link;

  constructor(held: readonly Held[], timeZone: string) {
    this.#held = held;
    const settings = {
      timeZone,
      mappings: {
        custom: held.map(({ at, rule }) => customMapping(at.property.name, at.field.name, rule)),
      },
    };
    const times = held.map(
      ({ at, hubspotIsNewer }) =>
        [
          at.property.name,
          hubspotIsNewer ? '2026-11-23T09:30:00.000Z' : '2026-11-23T08:00:00.000Z',
        ] as const,
    );
    this.#context = context(
      {
        table: tableFor(settings, SCHEMAS),
        propertyTimes: new Map([['1', Object.fromEntries(times)]]),
      },
      settings,
    );
    this.contact = contact('1', { email: 'ada@example.com' }, { modifiedAt: SEEN_AT.hubspot });
    this.record = lead(
      LEAD,
      { Email: 'ada@example.com', LastName: 'Lovelace', Company: 'Acme' },
      { modifiedAt: SEEN_AT.salesforce },
    );
    this.link = link({ hubspotId: '1', salesforceId: LEAD, salesforceObject: 'Lead' });
  }

  #hold(values: (held: Held) => { hubspot: string | null; salesforce: SalesforceValue } | null) {
    for (const held of this.#held) {
      const now = values(held);
      if (now === null) continue;
      const { property, field } = held.at;
      const properties = { ...this.contact.properties, [property.name]: now.hubspot };
      this.contact = { ...this.contact, properties };
      this.record = {
        ...this.record,
        fields: { ...this.record.fields, [field.name]: now.salesforce },
      };
    }
  }

  /** Synced with the earlier values, then edited into those that are there now. */
  liveThrough(wasSynced = hasPast(this.#held)): this {
    this.#hold(({ before }) => before);
    if (wasSynced) this.sync();
    this.#hold(({ hubspot, salesforce }) => ({ hubspot, salesforce }));
    return this;
  }

  plan(): Extract<Plan, { kind: 'update' }> {
    const planned = plan(
      pairOf({ link: this.link, hubspot: this.contact, salesforce: this.record }),
      this.#context,
    );
    if (planned.kind !== 'update') throw new Error(`planned ${planned.kind}`);
    return planned;
  }

  /** Plans, writes, remembers; tells what was written of the fields in question. */
  sync(): { readonly to: string; readonly value: SalesforceValue }[] {
    const pair = pairOf({ link: this.link, hubspot: this.contact, salesforce: this.record });
    const planned = this.plan();
    const writes = this.#held.flatMap(({ at: { property, field } }) => [
      ...(property.name in planned.hubspot
        ? [{ to: property.name, value: planned.hubspot[property.name] ?? null }]
        : []),
      ...(field.name in planned.salesforce
        ? [{ to: field.name, value: planned.salesforce[field.name] ?? null }]
        : []),
    ]);
    for (const [name, text] of Object.entries(planned.hubspot)) {
      const known = SCHEMAS.hubspot.get(name);
      const kept = known ? hubspotKeeps(known, text) : text;
      this.contact = {
        ...this.contact,
        properties: { ...this.contact.properties, [name]: kept },
      };
    }
    for (const [name, value] of Object.entries(planned.salesforce)) {
      const known = SCHEMAS.salesforce.Lead.get(name);
      const kept = known ? salesforceKeeps(known, value) : value;
      this.record = { ...this.record, fields: { ...this.record.fields, [name]: kept } };
    }
    const { content } = settle(pair, planned, DONE, NOW);
    this.link = { ...this.link, ...content };
    return writes;
  }
}

const hasPast = (held: readonly Held[]): boolean => held.some(({ before }) => before !== null);

const done = (id: string) => ({
  result: { ok: true, id, modifiedAt: null } as const,
  dropped: new Map(),
});
const DONE: PairOutcome = {
  hubspot: done('1'),
  salesforce: done(LEAD),
  unsubscribed: null,
};

describe('For any fields, rules and values', () => {
  it('nothing is written that the other side refuses', () => {
    fc.assert(
      fc.property(someFields, timeZones, (held, timeZone) => {
        const crms = new TwoCrms(held, timeZone).liveThrough();
        const planned = crms.plan();
        for (const { at } of held) {
          const text = planned.hubspot[at.property.name];
          if (text !== undefined)
            expect([at.property.type, text, hubspotTakes(at.property, text)]).toEqual([
              at.property.type,
              text,
              true,
            ]);
          const value = planned.salesforce[at.field.name];
          if (value !== undefined)
            expect([at.field.type, value, salesforceTakes(at.field, value)]).toEqual([
              at.field.type,
              value,
              true,
            ]);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('a second sync writes nothing: what was written is what was meant', () => {
    fc.assert(
      fc.property(someFields, timeZones, (held, timeZone) => {
        const crms = new TwoCrms(held, timeZone).liveThrough();
        crms.sync();
        expect(crms.sync()).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });

  it('a field that differs afterwards has a reason, unless its mapping is off', () => {
    fc.assert(
      fc.property(someFields, timeZones, (held, timeZone) => {
        const crms = new TwoCrms(held, timeZone).liveThrough();
        crms.sync();
        for (const field of crms.plan().fields)
          if (field.kind === 'left' && field.pair.mapping.rule !== 'off')
            expect(field.reason, field.pair.mapping.key).not.toBeNull();
      }),
      { numRuns: 1500 },
    );
  });

  it('no field that Salesforce requires is ever cleared', () => {
    const required = fc.constantFrom(...CROWD.filter(({ field }) => !field.nillable)).chain((at) =>
      fc.record({
        at: fc.constant(at),
        rule: anyRule,
        hubspot: fc.constant(null),
        salesforce: heldInSalesforce(at),
        before: fc.option(
          fc.record({ hubspot: heldInHubSpot(at), salesforce: heldInSalesforce(at) }),
          { nil: null },
        ),
        hubspotIsNewer: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(required, timeZones, (held, timeZone) => {
        const { salesforce } = new TwoCrms([held], timeZone).liveThrough().plan();
        expect(salesforce[held.at.field.name] ?? 'as it is').not.toBeNull();
        expect(Object.values(salesforce)).not.toContain('');
      }),
    );
  });

  it('each field is planned as if it were alone, in whatever order they are mapped', () => {
    fc.assert(
      fc.property(someFields, timeZones, (held, timeZone) => {
        const together = new TwoCrms(held, timeZone).liveThrough();
        const backwards = new TwoCrms(held.toReversed(), timeZone).liveThrough();
        const { hubspot, salesforce } = together.plan();
        expect(backwards.plan()).toMatchObject({ hubspot, salesforce });
        for (const one of held) {
          const alone = new TwoCrms([one], timeZone).liveThrough(hasPast(held)).plan();
          const { property, field } = one.at;
          expect(alone.hubspot[property.name]).toBe(hubspot[property.name]);
          expect(alone.salesforce[field.name]).toEqual(salesforce[field.name]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('a rule sends nothing in the direction it doesn’t know', () => {
    const oneWay: Partial<Record<ChoosableRule, 'hubspot' | 'salesforce' | 'both'>> = {
      alwaysSalesforce: 'salesforce',
      fillHubSpotIfBlank: 'salesforce',
      alwaysHubSpot: 'hubspot',
      fillSalesforceIfBlank: 'hubspot',
      off: 'both',
    };
    fc.assert(
      fc.property(aField, timeZones, (held, timeZone) => {
        const never = oneWay[held.rule];
        const planned = new TwoCrms([held], timeZone).liveThrough().plan();
        if (never === 'hubspot' || never === 'both')
          expect(planned.hubspot).not.toHaveProperty(held.at.property.name);
        if (never === 'salesforce' || never === 'both')
          expect(planned.salesforce).not.toHaveProperty(held.at.field.name);
      }),
      { numRuns: 1000 },
    );
  });
});
