// What can be mapped: properties and fields with their types, which of them go together and why not, and the options
// of both sides.
import {
  SALESFORCE_OBJECTS,
  type HubSpotProperty,
  type SalesforceField,
} from '../engine/fields.ts';
import { isKeptForPairing } from '../engine/own-properties.ts';
import type { CustomMapping } from '../engine/settings.ts';
import {
  hubspotKind,
  hubspotTypeLabel,
  salesforceKind,
  salesforceTypeLabel,
} from '../engine/types.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import type { Workspace } from '../sync/workspace.ts';
import type {
  CallAnswer,
  CONTRACT,
  FieldChoice,
  FieldPartners,
  MappingVerdict,
  ValueOption,
} from './contract.ts';
import { verdictOn } from './settings-checks.ts';
import type { z } from 'zod';

type Parameters<Name extends keyof typeof CONTRACT> = z.output<
  (typeof CONTRACT)[Name]['parameters']
>;

export async function mappingChoices(
  pipeline: Pipeline,
): Promise<CallAnswer<'get-mapping-choices'>> {
  // A property or field that was made a minute ago is what the admin came to map.
  pipeline.workspaces.refresh();
  const { schemas } = await pipeline.workspaces.current();
  const byLabel = (one: FieldChoice, other: FieldChoice): number =>
    one.label.localeCompare(other.label);
  const property = (one: HubSpotProperty): FieldChoice => ({
    name: one.name,
    label: one.label,
    type: hubspotTypeLabel(one),
    readOnly: one.readOnly,
  });
  const field = (one: SalesforceField): FieldChoice => ({
    name: one.name,
    label: one.label,
    type: salesforceTypeLabel(one),
    readOnly: !one.updateable,
  });
  const fieldsOf = (fields: ReadonlyMap<string, SalesforceField>): FieldChoice[] =>
    mappableFields(fields).map(field).sort(byLabel);
  return {
    hubspotProperties: mappableProperties(schemas.hubspot).map(property).sort(byLabel),
    leadFields: fieldsOf(schemas.salesforce.Lead),
    contactFields: fieldsOf(schemas.salesforce.Contact),
  };
}

const mappableProperties = (properties: ReadonlyMap<string, HubSpotProperty>): HubSpotProperty[] =>
  [...properties.values()].filter(
    (one) => hubspotKind(one) !== 'unmappable' && !isKeptForPairing(one.name),
  );
const mappableFields = (fields: ReadonlyMap<string, SalesforceField>): SalesforceField[] =>
  [...fields.values()].filter(
    (one) => salesforceKind(one) !== 'unmappable' && !isKeptForPairing(one.name),
  );

/** Whether a custom mapping could be made; the same check that saving makes. */
export async function checkMapping(
  pipeline: Pipeline,
  asked: Parameters<'check-mapping'>,
): Promise<MappingVerdict> {
  const known = await pipeline.workspaces.current();
  const isThere = known.schemas.hubspot.has(asked.hubspotProperty);
  // It may have been made since the schemas were read, by another process.
  if (!isThere) pipeline.workspaces.refresh();
  const workspace = isThere ? known : await pipeline.workspaces.current();
  return verdictOn({ ...asked, valueMap: [] }, workspace);
}

/** What goes together with the fields that are chosen so far, on each side. */
export async function fieldPartners(
  pipeline: Pipeline,
  { hubspotProperty, leadField, contactField, rule }: Parameters<'get-field-partners'>,
): Promise<CallAnswer<'get-field-partners'>> {
  const workspace = await pipeline.workspaces.current();
  const { hubspot, salesforce } = workspace.schemas;
  const partnersAmong = (
    names: readonly string[],
    mappingWith: (name: string) => Omit<CustomMapping, 'rule' | 'valueMap'>,
  ): FieldPartners =>
    grouped(
      names.map((name) => ({
        name,
        ...verdictOn({ ...mappingWith(name), ...WITHOUT_MAP, rule }, workspace),
      })),
    );
  const none: FieldPartners = { groups: [] };
  const isFieldChosen = leadField !== null || contactField !== null;
  return {
    hubspotProperties: isFieldChosen
      ? partnersAmong(
          mappableProperties(hubspot).map(({ name }) => name),
          (name) => ({ hubspotProperty: name, leadField, contactField }),
        )
      : none,
    leadFields:
      hubspotProperty === null
        ? none
        : partnersAmong(
            mappableFields(salesforce.Lead).map(({ name }) => name),
            (name) => ({ hubspotProperty, leadField: name, contactField: null }),
          ),
    contactFields:
      hubspotProperty === null
        ? none
        : partnersAmong(
            mappableFields(salesforce.Contact).map(({ name }) => name),
            (name) => ({ hubspotProperty, leadField: null, contactField: name }),
          ),
  };
}

const WITHOUT_MAP: { valueMap: [] } = { valueMap: [] };

function grouped(verdicts: readonly ({ readonly name: string } & MappingVerdict)[]): FieldPartners {
  const groups = new Map<string, FieldPartners['groups'][number]>();
  for (const { name, verdict, sentences } of verdicts) {
    if (verdict === 'ok') continue;
    const sentence = sentences.join(' ');
    const group = groups.get(`${verdict} ${sentence}`);
    if (group) group.names.push(name);
    else groups.set(`${verdict} ${sentence}`, { verdict, sentence, names: [name] });
  }
  return { groups: [...groups.values()] };
}

export async function mappingOptions(
  pipeline: Pipeline,
  asked: Parameters<'get-mapping-options'>,
): Promise<CallAnswer<'get-mapping-options'>> {
  const { schemas } = await pipeline.workspaces.current();
  const property = schemas.hubspot.get(asked.hubspotProperty);
  return {
    hubspot: property && isChosen(property) ? property.options.map(optionOf) : null,
    salesforce: salesforceOptions(asked, schemas),
  };
}

const isChosen = (property: HubSpotProperty): boolean => {
  const kind = hubspotKind(property);
  return (kind === 'select' || kind === 'checkboxes') && property.options.length > 0;
};

const PICKED: ReadonlySet<string> = new Set(['picklist', 'multipicklist', 'combobox']);
const optionOf = ({ value, label }: ValueOption): ValueOption => ({ value, label });

function salesforceOptions(
  { leadField, contactField }: Parameters<'get-mapping-options'>,
  { salesforce }: Workspace['schemas'],
): ValueOption[] | null {
  const names = { Lead: leadField, Contact: contactField };
  const picklists = SALESFORCE_OBJECTS.flatMap((object) => {
    const name = names[object];
    const field = name === null ? undefined : salesforce[object].get(name);
    return field && PICKED.has(salesforceKind(field)) ? [field.picklistValues] : [];
  });
  if (picklists.length === 0) return null;
  const byValue = new Map(picklists.flat().map((option) => [option.value, optionOf(option)]));
  return [...byValue.values()];
}
