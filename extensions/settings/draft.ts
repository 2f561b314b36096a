// Settings as the admin is editing them: what was saved last, with the changes on top, all at once until they
// are saved or discarded. Pure: every edit makes a new draft.
import type { Settings } from '../../src/engine/settings.ts';
import type {
  CallParameters,
  FieldChoice,
  MappingView,
  SettingsView,
} from '../../src/api/contract.ts';
import { DEFAULT_RULE, labelOf, ruleFrom } from '../ui/sync-rules.ts';
import type { ChoosableRule } from '../ui/sync-rules.ts';

/** The mappings that the document has are as they were saved; beside it they are as they are now. */
export type SettingsDraft = Readonly<Pick<SettingsView, 'document'>> & {
  readonly mappings: readonly MappingView[];
};

/** A custom mapping as the admin picks it. */
export interface MappingPick {
  readonly hubspotProperty: string;
  readonly leadField: string | null;
  readonly contactField: string | null;
  readonly rule: ChoosableRule;
  readonly valueMap: MappingView['valueMap'];
}

/** What can be picked; the same as the answer of `get-mapping-choices`. */
export interface MappingChoices {
  readonly hubspotProperties: readonly FieldChoice[];
  readonly leadFields: readonly FieldChoice[];
  readonly contactFields: readonly FieldChoice[];
}

export const draftOf = (saved: SettingsView): SettingsDraft => ({
  document: saved.document,
  mappings: saved.mappings,
});

/** Puts another value for one part of the document, such as `inclusion`. */
export const withPart = <Part extends Exclude<keyof Settings, 'mappings'>>(
  draft: SettingsDraft,
  part: Part,
  value: Settings[Part],
): SettingsDraft => ({ ...draft, document: { ...draft.document, [part]: value } });

export const findChoice = (
  choices: readonly FieldChoice[],
  name: string | null,
): FieldChoice | null => choices.find((choice) => choice.name === name) ?? null;

/** The row of a picked mapping, with the labels that the server would give it. */
export function mappingOf(
  pick: MappingPick,
  choices: MappingChoices,
  warning: string | null,
): MappingView {
  const property = findChoice(choices.hubspotProperties, pick.hubspotProperty);
  return {
    ...pick,
    hubspotLabel: property?.label ?? pick.hubspotProperty,
    hubspotType: property?.type ?? '',
    leadLabel: findChoice(choices.leadFields, pick.leadField)?.label ?? pick.leadField,
    contactLabel: findChoice(choices.contactFields, pick.contactField)?.label ?? pick.contactField,
    ruleLabel: labelOf(pick.rule),
    kind: 'custom',
    ruleLocked: false,
    valueMapIsDefault: false,
    problem: warning === null ? null : { severity: 'warning', sentence: warning },
  };
}

/** Puts a mapping in place of the one of `replaced`'s property, or at the end when there is none. */
export function putMapping(
  draft: SettingsDraft,
  mapping: MappingView,
  replaced: string | null,
): SettingsDraft {
  const mappings =
    replaced === null
      ? [...draft.mappings, mapping]
      : draft.mappings.map((each) => (isCustomOf(each, replaced) ? mapping : each));
  return { ...draft, mappings };
}

export function removeMapping(draft: SettingsDraft, hubspotProperty: string): SettingsDraft {
  return {
    ...draft,
    mappings: draft.mappings.filter((each) => !isCustomOf(each, hubspotProperty)),
  };
}

export function setRule(
  draft: SettingsDraft,
  hubspotProperty: string,
  rule: ChoosableRule,
): SettingsDraft {
  return {
    ...draft,
    mappings: draft.mappings.map((each) =>
      each.hubspotProperty === hubspotProperty && !each.ruleLocked
        ? { ...each, rule, ruleLabel: labelOf(rule) }
        : each,
    ),
  };
}

const isCustomOf = ({ kind, hubspotProperty }: MappingView, property: string): boolean =>
  kind === 'custom' && hubspotProperty === property;

export type SaveParameters = CallParameters<'save-settings'>;

/** The document that a draft stands for. Default mappings that keep the usual rule go unnamed, as in a fresh document. */
export function documentOf({ document, mappings }: SettingsDraft): Settings {
  const defaultRules: Record<string, ChoosableRule> = {};
  const defaultValueMaps: Record<string, MappingView['valueMap']> = {};
  const custom: MappingPick[] = [];
  for (const mapping of mappings) {
    const { kind, hubspotProperty, leadField, contactField, valueMap } = mapping;
    const rule = ruleFrom(mapping.rule);
    if (kind === 'custom') {
      if (rule !== null) custom.push({ hubspotProperty, leadField, contactField, rule, valueMap });
      continue;
    }
    if (!mapping.valueMapIsDefault) defaultValueMaps[hubspotProperty] = valueMap;
    if (!mapping.ruleLocked && rule !== null && rule !== DEFAULT_RULE) {
      defaultRules[hubspotProperty] = rule;
    }
  }
  return { ...document, mappings: { defaultRules, defaultValueMaps, custom } };
}

export const isSame = (one: Settings, other: SaveParameters['parts']): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** Whether saving the draft would change anything. */
export function isChanged(saved: SettingsView, draft: SettingsDraft): boolean {
  return !isSame(documentOf(draft), documentOf(draftOf(saved)));
}
