// From settings and schemas to the mappings in force: default ones with the admin's rules, then custom
// ones, each resolved against the fields that exist, for leads and for contacts. Made once per settings
// version and schema, then used for every record.
import { fieldsInCondition } from './conditions.ts';
import { conversionFor, type Conversion } from './conversion.ts';
import { codeFieldOf, countryFieldOf } from './address-fields.ts';
import { propertiesForCreation } from './creation.ts';
import {
  CAMPAIGNS_FIELD,
  CAMPAIGNS_MAPPING,
  DEFAULT_MAPPINGS,
  type Special,
  type ValuePair,
} from './defaults.ts';
import {
  SALESFORCE_OBJECTS,
  type HubSpotProperty,
  type SalesforceField,
  type SalesforceObject,
  type Schemas,
} from './fields.ts';
import { isKeptForPairing } from './own-properties.ts';
import type { OwnerMap } from './owners.ts';
import { isRequired } from './required-fields.ts';
import { RULE_TEXTS, SENDS_TO, type Rule } from './rules.ts';
import type { Settings } from './settings.ts';
import { propertiesInTemplates } from './templates.ts';
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
  /** The built-in map, which yields to options of the same name; an admin's doesn't. */
  readonly valueMapIsDefault: boolean;
  readonly special: Special | null;
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

export interface MappingSurroundings {
  readonly settings: Pick<Settings, 'timeZone'>;
  readonly schemas: Schemas;
  readonly owners: OwnerMap;
}

export interface MappingTable {
  readonly mappings: readonly Mapping[];
  readonly pairs: Readonly<Record<SalesforceObject, readonly FieldPair[]>>;
  /** Keys of mappings in force that cannot be used on that object now: what is remembered of them stays. */
  readonly unusable: Readonly<Record<SalesforceObject, ReadonlySet<string>>>;
  /** Fields that Salesforce insists on in a new record and that no usable mapping fills. */
  readonly unmappedRequired: Readonly<Record<SalesforceObject, readonly SalesforceField[]>>;
  /** What is wrong with mappings, by key; a mapping with a `refused` side is not used on that side. */
  readonly problems: ReadonlyMap<
    string,
    { readonly severity: 'warning' | 'error'; readonly sentence: string }
  >;
}

/** The mappings in force, default ones first. */
export function mappingsOf(settings: Settings): Mapping[] {
  const { campaigns, mappings } = settings;
  const campaignsMapping = campaigns.sync
    ? CAMPAIGNS_MAPPING
    : { ...CAMPAIGNS_MAPPING, rule: 'off' as const };
  const defaults = [...DEFAULT_MAPPINGS, campaignsMapping].map((mapping): Mapping => {
    const chosen = mapping.ruleLocked ? undefined : mappings.defaultRules[mapping.hubspotProperty];
    return {
      key: mapping.hubspotProperty,
      kind: 'default',
      hubspotProperty: mapping.hubspotProperty,
      leadField: mapping.leadField,
      contactField: mapping.contactField,
      rule: chosen ?? mapping.rule,
      ruleLocked: mapping.ruleLocked,
      valueMap: mappings.defaultValueMaps[mapping.hubspotProperty] ?? mapping.valueMap ?? [],
      valueMapIsDefault: mappings.defaultValueMaps[mapping.hubspotProperty] === undefined,
      special: mapping.special ?? null,
    };
  });
  const custom = mappings.custom.map((mapping): Mapping => ({
    key: `${mapping.hubspotProperty}~${mapping.leadField ?? ''}~${mapping.contactField ?? ''}`,
    kind: 'custom',
    ...mapping,
    ruleLocked: false,
    valueMapIsDefault: false,
    special: null,
  }));
  return [...defaults, ...custom];
}

export const salesforceFieldOf = (mapping: Mapping, object: SalesforceObject): string | null =>
  object === 'Lead' ? mapping.leadField : mapping.contactField;

/** Whose values are ids that Tandem reads apart from the record: never a field of describe. */
const CAMPAIGN_IDS: SalesforceField = {
  name: CAMPAIGNS_FIELD,
  label: 'Campaigns',
  type: 'multipicklist',
  length: 0,
  precision: 0,
  scale: 0,
  nillable: true,
  createable: false,
  updateable: false,
  defaultedOnCreate: false,
  calculated: true,
  restrictedPicklist: false,
  picklistValues: [],
  referenceTo: [],
  externalId: false,
  unique: false,
};

/**
 * The Salesforce field a mapping reads and writes. With state and country picklists that is the code beside
 * the text: Salesforce takes codes without question and texts only as its picklist spells them.
 */
function resolvedField(
  mapping: Mapping,
  object: SalesforceObject,
  { salesforce }: Schemas,
): SalesforceField | undefined {
  const name = salesforceFieldOf(mapping, object);
  if (name === null) return undefined;
  if (mapping.special === 'campaigns') return CAMPAIGN_IDS;
  const code = codeFieldOf(name);
  return (code === null ? undefined : salesforce[object].get(code)) ?? salesforce[object].get(name);
}

/** Whether one side of a mapping can be used; the sentence says why not, or what to know. */
export function checkSide(
  mapping: Mapping,
  object: SalesforceObject,
  schemas: Schemas,
): Compatibility {
  const name = salesforceFieldOf(mapping, object);
  if (name === null) return { verdict: 'ok' };
  const kept = [mapping.hubspotProperty, name].find(isKeptForPairing);
  if (kept !== undefined) {
    return {
      verdict: 'refused',
      sentence: `Tandem keeps in “${kept}” who belongs to whom; nothing else may write it.`,
    };
  }
  const property = schemas.hubspot.get(mapping.hubspotProperty);
  if (!property) {
    return {
      verdict: 'refused',
      sentence: `HubSpot has no contact property “${mapping.hubspotProperty}”.`,
    };
  }
  const field = resolvedField(mapping, object, schemas);
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
  const sends = SENDS_TO[mapping.rule];
  const flows = (sends.hubspot && !property.readOnly) || (sends.salesforce && field.updateable);
  if (!flows) {
    const rule = RULE_TEXTS[mapping.rule].label;
    return {
      verdict: 'refused',
      sentence: `With the rule “${rule}” nothing can sync: ${unwritable.join(' ')}`,
    };
  }
  const sentences = [...(types.verdict === 'warning' ? [types.sentence] : []), ...unwritable];
  // Account ids come from Salesforce by design: nothing to warn about.
  return sentences.length === 0 || mapping.kind === 'default'
    ? { verdict: 'ok' }
    : { verdict: 'warning', sentence: sentences.join(' ') };
}

/**
 * One side of a mapping with the fields and the conversion it stands for; null where one of the two fields isn't
 * there. Whether it may be used is for `checkSide` to say.
 */
export function fieldPairOf(
  mapping: Mapping,
  object: SalesforceObject,
  { settings, schemas, owners }: MappingSurroundings,
): FieldPair | null {
  const property = schemas.hubspot.get(mapping.hubspotProperty);
  const field = resolvedField(mapping, object, schemas);
  if (!property || !field) return null;
  return {
    mapping,
    property,
    field,
    conversion: conversionFor({
      property,
      field,
      valueMap: mapping.valueMap,
      valueMapIsDefault: mapping.valueMapIsDefault,
      timeZone: settings.timeZone,
      special: field.name === salesforceFieldOf(mapping, object) ? mapping.special : 'place',
      owners,
    }),
    writableInHubSpot: !property.readOnly || mapping.rule === 'optOut',
    requiredInSalesforce: !field.nillable && field.type !== 'boolean',
  };
}

/** Resolves the mappings in force against both schemas. */
export function mappingTable(settings: Settings, schemas: Schemas, owners: OwnerMap): MappingTable {
  const mappings = mappingsOf(settings);
  const problems = new Map<string, { severity: 'warning' | 'error'; sentence: string }>();
  const pairs: Record<SalesforceObject, FieldPair[]> = { Lead: [], Contact: [] };
  const unusable = { Lead: new Set<string>(), Contact: new Set<string>() };
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
      const pair = fieldPairOf(mapping, object, { settings, schemas, owners });
      if (check.verdict !== 'refused' && pair !== null) pairs[object].push(pair);
      else if (mapping.rule !== 'off') unusable[object].add(mapping.key);
    }
  }
  const unmapped = (object: SalesforceObject): SalesforceField[] => {
    const mapped = new Set(pairs[object].map(({ field }) => field.name));
    return [...schemas.salesforce[object].values()].filter(
      (field) => isRequired(field) && !mapped.has(field.name),
    );
  };
  const unmappedRequired = { Lead: unmapped('Lead'), Contact: unmapped('Contact') };
  return { mappings, pairs, unusable, unmappedRequired, problems };
}

/** HubSpot properties to read for every contact: the mapped ones, and those that tell pairs apart. */
export function hubspotPropertiesToRead(table: MappingTable, settings: Settings): string[] {
  return [
    ...new Set([
      ...table.mappings.map((mapping) => mapping.hubspotProperty),
      ...PAIRING_PROPERTIES,
      ...propertiesForCreation(settings),
      ...propertiesInTemplates(settings.creation.templates),
    ]),
  ];
}

/** Our own stamps, and the native connector's ids: read to adopt its pairs, never written (design §6). */
const PAIRING_PROPERTIES = [
  'email',
  'hs_additional_emails',
  'hs_merged_object_ids',
  'tandem_lead_id',
  'tandem_contact_id',
  'salesforceleadid',
  'salesforcecontactid',
] as const;

/** Fields to read for every record of an object, besides the system fields the adapter always reads. */
export function salesforceFieldsToRead(
  table: MappingTable,
  object: SalesforceObject,
  { creation, inclusion }: Settings,
  schemas: Schemas,
): string[] {
  const known = schemas.salesforce[object];
  const mapped = table.pairs[object].map(({ field }) => field.name);
  const wanted = [
    ...mapped,
    'Email',
    'IsPersonAccount',
    ...mapped.flatMap((name) => countryFieldOf(name) ?? []),
    ...(object === 'Contact' ? ['AccountId'] : []),
    ...fieldsInCondition(inclusion.salesforceConditions[object]),
    ...fieldsInCondition(creation.inHubSpotWhen[object]),
  ];
  return [...new Set(wanted)].filter((name) => known.has(name));
}
