// The settings page's calls: what is in force, what could be mapped, and saving with every check made
// again on this side.
import type { HubSpotProperty, SalesforceField } from '../engine/fields.ts';
import type { Mapping } from '../engine/mapping.ts';
import { RULE_TEXTS } from '../engine/rules.ts';
import { settingsSchema, type Settings } from '../engine/settings.ts';
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
  MappingVerdict,
  MappingView,
  SettingsView,
} from './contract.ts';
import { ApiFailure } from './failure.ts';
import { obstaclesTo, verdictOn } from './settings-checks.ts';
import type { z } from 'zod';

type SaveParameters = z.output<(typeof CONTRACT)['save-settings']['parameters']>;
type CheckParameters = z.output<(typeof CONTRACT)['check-mapping']['parameters']>;

export async function settingsView(pipeline: Pipeline): Promise<SettingsView> {
  const workspace = await pipeline.workspaces.current();
  const { version, savedAt, savedBy, settings } = workspace.settings;
  return {
    version,
    savedAt,
    savedBy,
    mappings: workspace.table.mappings.map((mapping) => mappingView(mapping, workspace)),
    document: settings,
  };
}

function mappingView(mapping: Mapping, { schemas, table }: Workspace): MappingView {
  const property = schemas.hubspot.get(mapping.hubspotProperty);
  const labelOf = (
    name: string | null,
    fields: ReadonlyMap<string, SalesforceField>,
  ): string | null => (name === null ? null : (fields.get(name)?.label ?? name));
  return {
    hubspotProperty: mapping.hubspotProperty,
    hubspotLabel: property?.label ?? mapping.hubspotProperty,
    hubspotType: property ? hubspotTypeLabel(property) : 'Missing',
    leadField: mapping.leadField,
    leadLabel: labelOf(mapping.leadField, schemas.salesforce.Lead),
    contactField: mapping.contactField,
    contactLabel: labelOf(mapping.contactField, schemas.salesforce.Contact),
    rule: mapping.rule,
    ruleLabel: RULE_TEXTS[mapping.rule].label,
    kind: mapping.kind,
    ruleLocked: mapping.ruleLocked,
    valueMap: [...mapping.valueMap],
    valueMapIsDefault: mapping.valueMapIsDefault,
    problem: table.problems.get(mapping.key) ?? null,
  };
}

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
    [...fields.values()]
      .filter((one) => salesforceKind(one) !== 'unmappable')
      .map(field)
      .sort(byLabel);
  return {
    hubspotProperties: [...schemas.hubspot.values()]
      .filter((one) => hubspotKind(one) !== 'unmappable')
      .map(property)
      .sort(byLabel),
    leadFields: fieldsOf(schemas.salesforce.Lead),
    contactFields: fieldsOf(schemas.salesforce.Contact),
  };
}

/** Whether a custom mapping could be made; the same check that saving makes. */
export async function checkMapping(
  pipeline: Pipeline,
  asked: CheckParameters,
): Promise<MappingVerdict> {
  const workspace = await pipeline.workspaces.current();
  return verdictOn({ ...asked, rule: 'preferSalesforceUnlessBlank', valueMap: [] }, workspace);
}

export async function saveSettings(
  pipeline: Pipeline,
  asked: SaveParameters,
  savedBy: string,
): Promise<SettingsView> {
  const workspace = await pipeline.workspaces.current();
  const before = workspace.settings.settings;
  const settings = documentWith(before, asked.parts);
  const [obstacle] = await obstaclesTo(settings, before, workspace, pipeline);
  if (obstacle) throw new ApiFailure(obstacle);
  const saved = await pipeline.ports.store.settings.save(
    asked.baseVersion,
    settings,
    savedBy,
    asked.note,
  );
  if (saved === null) throw settingsChangedMeanwhile();
  return settingsView(pipeline);
}

export const settingsChangedMeanwhile = (): ApiFailure =>
  new ApiFailure({
    code: 'SETTINGS_CHANGED_MEANWHILE',
    message: 'Somebody else saved the settings since you opened them; nothing of yours was saved.',
    fix: 'Reload the page and make your change again.',
    field: null,
  });

/** The settings in force with some parts replaced; refused when a part isn't valid. */
export function documentWith(before: Settings, parts: SaveParameters['parts']): Settings {
  const document = settingsSchema.safeParse({ ...before, ...parts });
  if (document.success) return document.data;
  const [issue] = document.error.issues;
  throw new ApiFailure({
    code: 'INVALID_SETTINGS',
    message: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`,
    fix: null,
    field: issue?.path.join('.') ?? null,
  });
}
