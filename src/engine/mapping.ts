// From settings and schemas to the mappings in force: default ones with the admin's rules, then custom
// ones, each resolved against the fields that exist, for leads and for contacts. Made once per settings
// version and schema, then used for every record.
import { conversionFor, type Conversion } from './conversion.ts';
import { DEFAULT_MAPPINGS, type ValuePair } from './defaults.ts';
import {
  SALESFORCE_OBJECTS,
  type HubSpotProperty,
  type SalesforceField,
  type SalesforceObject,
  type Schemas,
} from './fields.ts';
import type { OwnerMap } from './owners.ts';
import type { Rule } from './rules.ts';
import type { Settings } from './settings.ts';
import { compatibility, type Compatibility } from './types.ts';

export interface Mapping {
  /** Names the mapping in a link's base. A custom mapping that is pointed elsewhere is another mapping: its old base means nothing. */
  readonly key: string;
  readonly kind: 'default' | 'custom';
  readonly hubspotProperty: string;
  readonly leadField: string | null;
  readonly contactField: string | null;
  readonly rule: Rule;
  readonly ruleLocked: boolean;
  readonly valueMap: readonly ValuePair[];
  readonly special: 'owner' | 'employeeRange' | null;
}

/** A mapping as it applies to records of one Salesforce object. */
export interface FieldPair {
  readonly mapping: Mapping;
  readonly property: HubSpotProperty;
  readonly field: SalesforceField;
  readonly conversion: Conversion;
  /** HubSpot sets opt-out through subscriptions, not through the property. */
  readonly writableInHubSpot: boolean;
  readonly requiredInSalesforce: boolean;
}

export interface MappingTable {
  readonly mappings: readonly Mapping[];
  readonly pairs: Readonly<Record<SalesforceObject, readonly FieldPair[]>>;
  /** What is wrong with mappings, by key; a mapping with a `refused` side is not used on that side. */
  readonly problems: ReadonlyMap<
    string,
    { readonly severity: 'warning' | 'error'; readonly sentence: string }
  >;
}

/** The mappings in force, default ones first. */
export function mappingsOf(settings: Settings): Mapping[] {
  const defaults = DEFAULT_MAPPINGS.map((mapping): Mapping => {
    const chosen = mapping.ruleLocked
      ? undefined
      : settings.mappings.defaultRules[mapping.hubspotProperty];
    return {
      key: mapping.hubspotProperty,
      kind: 'default',
      hubspotProperty: mapping.hubspotProperty,
      leadField: mapping.leadField,
      contactField: mapping.contactField,
      rule: chosen ?? mapping.rule,
      ruleLocked: mapping.ruleLocked,
      valueMap: mapping.valueMap ?? [],
      special: mapping.special ?? null,
    };
  });
  const custom = settings.mappings.custom.map((mapping): Mapping => ({
    key: `${mapping.hubspotProperty}~${mapping.leadField ?? ''}~${mapping.contactField ?? ''}`,
    kind: 'custom',
    ...mapping,
    ruleLocked: false,
    valueMap: [],
    special: null,
  }));
  return [...defaults, ...custom];
}

export const salesforceFieldOf = (mapping: Mapping, object: SalesforceObject): string | null =>
  object === 'Lead' ? mapping.leadField : mapping.contactField;

/** Whether one side of a mapping can be used; the sentence says why not, or what to know. */
export function checkSide(
  mapping: Mapping,
  object: SalesforceObject,
  schemas: Schemas,
): Compatibility {
  const name = salesforceFieldOf(mapping, object);
  if (name === null) return { verdict: 'ok' };
  const property = schemas.hubspot.get(mapping.hubspotProperty);
  if (!property) {
    return {
      verdict: 'refused',
      sentence: `HubSpot has no contact property “${mapping.hubspotProperty}”.`,
    };
  }
  const field = schemas.salesforce[object].get(name);
  if (!field) {
    return {
      verdict: 'refused',
      sentence: `Salesforce has no ${object} field “${name}” that Tandem may see.`,
    };
  }
  if (mapping.special === 'employeeRange') {
    return {
      verdict: 'warning',
      sentence: 'HubSpot keeps ranges: numbers come from Salesforce and are not sent back.',
    };
  }
  const types = compatibility(property, field);
  if (types.verdict === 'refused' || mapping.rule === 'off' || mapping.rule === 'optOut')
    return types;
  const unwritable: string[] = [];
  if (property.readOnly)
    unwritable.push(`${property.label} is read-only in HubSpot: only Salesforce receives values.`);
  if (!field.updateable)
    unwritable.push(`${field.label} is read-only in Salesforce: only HubSpot receives values.`);
  if (unwritable.length === 2) {
    return { verdict: 'refused', sentence: 'Neither side can be written: both are read-only.' };
  }
  const sentences = [...(types.verdict === 'warning' ? [types.sentence] : []), ...unwritable];
  // Account ids come from Salesforce by design: nothing to warn about.
  return sentences.length === 0 || mapping.kind === 'default'
    ? { verdict: 'ok' }
    : { verdict: 'warning', sentence: sentences.join(' ') };
}

/** Resolves the mappings in force against both schemas. */
export function mappingTable(settings: Settings, schemas: Schemas, owners: OwnerMap): MappingTable {
  const mappings = mappingsOf(settings);
  const problems = new Map<string, { severity: 'warning' | 'error'; sentence: string }>();
  const pairs: Record<SalesforceObject, FieldPair[]> = { Lead: [], Contact: [] };
  for (const mapping of mappings) {
    for (const object of SALESFORCE_OBJECTS) {
      const name = salesforceFieldOf(mapping, object);
      if (name === null) continue;
      const check = checkSide(mapping, object, schemas);
      if (check.verdict !== 'ok' && problems.get(mapping.key)?.severity !== 'error') {
        problems.set(mapping.key, {
          severity: check.verdict === 'refused' ? 'error' : 'warning',
          sentence: check.sentence,
        });
      }
      const property = schemas.hubspot.get(mapping.hubspotProperty);
      const field = schemas.salesforce[object].get(name);
      if (check.verdict === 'refused' || !property || !field) continue;
      pairs[object].push({
        mapping,
        property,
        field,
        conversion: conversionFor({
          property,
          field,
          valueMap: mapping.valueMap,
          special: mapping.special,
          owners,
        }),
        writableInHubSpot: !property.readOnly || mapping.rule === 'optOut',
        requiredInSalesforce: !field.nillable && field.type !== 'boolean',
      });
    }
  }
  return { mappings, pairs, problems };
}

/** HubSpot properties to read for every contact: the mapped ones, and those that tell pairs apart. */
export function hubspotPropertiesToRead(table: MappingTable): string[] {
  return [
    ...new Set([
      ...table.mappings.map((mapping) => mapping.hubspotProperty),
      ...PAIRING_PROPERTIES,
    ]),
  ];
}

/** Our own stamps, and the native connector's ids: read to adopt its pairs, never written (design §6). */
const PAIRING_PROPERTIES = [
  'email',
  'tandem_lead_id',
  'tandem_contact_id',
  'salesforceleadid',
  'salesforcecontactid',
] as const;

/** Fields to read for every record of an object, besides the system fields the adapter always reads. */
export function salesforceFieldsToRead(table: MappingTable, object: SalesforceObject): string[] {
  return [...new Set([...table.pairs[object].map((pair) => pair.field.name), 'Email'])];
}
