// What one mapping would do to one pair, by the very rules that a sync goes by; and pairs made up to show what a rule
// does. Pure.
import type { HubSpotProperty, SalesforceField, SalesforceObject } from './fields.ts';
import type { Base, Link } from './link.ts';
import type { FieldPair } from './mapping.ts';
import { NOT_HELD_BACK, planFields, readFields, type PropertyTimes } from './plan-fields.ts';
import type { Reason } from './reasons.ts';
import type { HubSpotContact, SalesforceRecord, SalesforceValue, Side } from './records.ts';
import type { Rule } from './rules.ts';
import { hubspotKind, salesforceKind } from './types.ts';

export type MappingEffect =
  | { readonly kind: 'same' }
  | { readonly kind: 'left'; readonly reason: Reason | null }
  /** An empty or null `raw` clears it. */
  | { readonly kind: 'write'; readonly to: Side; readonly raw: SalesforceValue };

export interface KnownOfPair {
  readonly link: Link | null;
  readonly base: Base;
  /** When HubSpot's properties were changed; null: not known. */
  readonly times: PropertyTimes | null;
}

export const withRule = (pair: FieldPair, rule: Rule): FieldPair => ({
  ...pair,
  mapping: { ...pair.mapping, rule },
});

export function effectOn(
  pair: FieldPair,
  contact: HubSpotContact,
  record: SalesforceRecord,
  { link, base, times }: KnownOfPair,
): MappingEffect {
  const read = readFields([pair], contact, record, { link, base }, times);
  const [field] = planFields(read, contact, record, link, NOT_HELD_BACK);
  if (field === undefined || field.kind === 'same' || field.kind === 'unread')
    return { kind: 'same' };
  if (field.kind === 'left') return { kind: 'left', reason: field.reason };
  return {
    kind: 'write',
    to: field.kind === 'toHubSpot' ? 'hubspot' : 'salesforce',
    raw: field.raw,
  };
}

/** What both sides of an example hold. */
export interface ExampleValues {
  readonly hubspot: string;
  readonly salesforce: SalesforceValue;
}

export interface RuleExample {
  /** Of a two-way conflict: whose change is the newer one. */
  readonly newer: Side | null;
  /** Both held HubSpot's value, and then this side was cleared. */
  readonly clearedIn: Side | null;
  readonly hubspot: string | null;
  readonly salesforce: SalesforceValue;
  readonly effect: MappingEffect;
}

const EARLY = '2026-01-01T10:00:00.000Z';
const LATE = '2026-01-02T10:00:00.000Z';
/** Ids of nobody. */
const CONTACT_ID = '0';
const RECORD_IDS: Readonly<Record<SalesforceObject, string>> = {
  Lead: '00Q000000000000AAA',
  Contact: '003000000000000AAA',
};

/** What a rule does where both sides differ, where one is blank, and where one was cleared. */
export function ruleExamples(
  pair: FieldPair,
  object: SalesforceObject,
  { hubspot, salesforce }: ExampleValues,
): RuleExample[] {
  const { mapping, property, field, conversion } = pair;
  const agreed = conversion.fromHubSpot(hubspot);
  const example = (
    values: { readonly hubspot: string | null; readonly salesforce: SalesforceValue },
    { newer = null, clearedIn = null }: Partial<Pick<RuleExample, 'newer' | 'clearedIn'>> = {},
  ): RuleExample => {
    const contact: HubSpotContact = {
      id: CONTACT_ID,
      properties: { [property.name]: values.hubspot },
      modifiedAt: EARLY,
      archived: false,
    };
    const record: SalesforceRecord = {
      object,
      id: RECORD_IDS[object],
      fields: { [field.name]: values.salesforce },
      modifiedAt: newer === 'salesforce' ? LATE : EARLY,
      createdAt: EARLY,
      isDeleted: false,
      isConverted: false,
      convertedContactId: null,
    };
    const effect = effectOn(pair, contact, record, {
      link: null,
      base: clearedIn !== null && agreed.ok ? { [mapping.key]: agreed.value } : {},
      times: { [property.name]: newer === 'hubspot' ? LATE : EARLY },
    });
    return { newer, clearedIn, ...values, effect };
  };
  const both = { hubspot, salesforce };
  const differing =
    mapping.rule === 'twoWay'
      ? [example(both, { newer: 'hubspot' }), example(both, { newer: 'salesforce' })]
      : [example(both)];
  // A Salesforce checkbox is never blank.
  if (salesforceKind(field) === 'boolean') return differing;
  const sameInSalesforce = agreed.ok && agreed.value !== null ? inSalesforce(pair, hubspot) : null;
  return [
    ...differing,
    example({ hubspot, salesforce: null }),
    example({ hubspot: null, salesforce }),
    example({ hubspot, salesforce: null }, { clearedIn: 'salesforce' }),
    ...(sameInSalesforce === null
      ? []
      : [example({ hubspot: null, salesforce: sameInSalesforce }, { clearedIn: 'hubspot' })]),
  ];
}

/** How Salesforce would hold HubSpot's value; null where it can't. */
function inSalesforce({ conversion }: FieldPair, hubspot: string): SalesforceValue {
  const read = conversion.fromHubSpot(hubspot);
  if (!read.ok || read.value === null) return null;
  const written = conversion.toSalesforce(read.value);
  return written.ok ? written.value : null;
}

/** Values to show a rule by where no real ones are known; null where none can be thought of. */
export function madeUpValues(
  property: HubSpotProperty,
  field: SalesforceField,
): ExampleValues | null {
  const hubspot = madeUpIn(property);
  if (hubspot === null) return null;
  switch (salesforceKind(field)) {
    case 'boolean':
      return { hubspot: 'true', salesforce: false };
    case 'int':
    case 'decimal':
    case 'currency':
    case 'percent':
      return { hubspot: property.options[0]?.value ?? '10', salesforce: 20 };
    case 'date':
      return { hubspot, salesforce: '2026-03-02' };
    case 'datetime':
      return { hubspot, salesforce: '2026-03-02T09:00:00.000+0000' };
    case 'picklist':
    case 'multipicklist':
    case 'combobox': {
      const last = field.picklistValues.at(-1)?.value;
      const first = field.picklistValues[0]?.value;
      if (last === undefined || first === undefined) return null;
      return { hubspot: property.options[0]?.value ?? first, salesforce: last };
    }
    case 'email':
      return { hubspot: 'ada@example.com', salesforce: 'grace@example.com' };
    case 'text':
    case 'textarea':
      return { hubspot, salesforce: property.options.at(-1)?.label ?? 'Paris' };
    default:
      return null;
  }
}

function madeUpIn(property: HubSpotProperty): string | null {
  switch (hubspotKind(property)) {
    case 'text':
      return 'Berlin';
    case 'select':
    case 'checkboxes':
      return property.options[0]?.value ?? null;
    case 'bool':
      return 'true';
    case 'number':
      return '10';
    case 'date':
      return '2026-02-01';
    case 'datetime':
      return '2026-02-01T09:00:00.000Z';
    case 'owner':
    case 'unmappable':
      return null;
  }
}
