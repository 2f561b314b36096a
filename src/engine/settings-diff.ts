// What differs between two versions of the settings, setting by setting, in words. Pure. A setting that this file
// doesn't know by name is not passed over: its whole part is shown as it is saved.
import { mappingsOf, type Mapping } from './mapping.ts';
import { RULE_TEXTS } from './rules.ts';
import { SETTINGS_PARTS, type Settings } from './settings.ts';
import {
  becomesInWords,
  conditionInWords,
  creationRulesInWords,
  pairsBeyond,
  receiversInWords,
  salesforceSideInWords,
  type SettingNames,
} from './settings-words.ts';
import { SALESFORCE_OBJECTS } from './fields.ts';

export type { SettingNames } from './settings-words.ts';

type Part = (typeof SETTINGS_PARTS)[number];

export interface SettingDifference {
  readonly part: Part;
  readonly setting: string;
  /** In words; null: there was none. */
  readonly before: string | null;
  /** Null: there is none any more. */
  readonly after: string | null;
}

/** As the tabs of the settings page are called. */
export const PART_LABELS: Readonly<Record<Part, string>> = {
  mappings: 'Field mappings',
  timeZone: 'Time zone',
  inclusion: 'Inclusion list',
  creation: 'Creating records',
  deletion: 'Deleting records',
  owners: 'Owners',
  campaigns: 'Campaigns',
  paused: 'Pause',
  salesforceEvents: 'Change events',
  budget: 'API calls',
  schedule: 'Schedule',
};

type Row = readonly [setting: string, before: string | null, after: string | null];

export function settingsDiff(
  before: Settings,
  after: Settings,
  names: SettingNames,
): SettingDifference[] {
  return SETTINGS_PARTS.flatMap((part) => {
    const rows = ROWS[part](before, after, names).filter(([, one, other]) => one !== other);
    const [was, is] = [asSaved(before, part), asSaved(after, part)];
    const untold: readonly Row[] = [['As it is saved', shortened(was), shortened(is)]];
    return (rows.length === 0 && was !== is ? untold : rows).map(([setting, one, other]) => ({
      part,
      setting,
      before: one,
      after: other,
    }));
  });
}

/** The same text for what means the same, whatever the order of names. */
function asSaved(settings: Settings, part: Part): string {
  const value = part === 'mappings' ? [...byProperty(mappingsOf(settings))].sort() : settings[part];
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort())
      : inner,
  );
}

const LONGEST = 500;
const shortened = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;

type Rows = (before: Settings, after: Settings, names: SettingNames) => readonly Row[];

/** Rows of settings that each stand for themselves. */
const each =
  (inWords: (settings: Settings, names: SettingNames) => Readonly<Record<string, string | null>>) =>
  (before: Settings, after: Settings, names: SettingNames): readonly Row[] => {
    const [was, is] = [inWords(before, names), inWords(after, names)];
    const settings = [...new Set([...Object.keys(was), ...Object.keys(is)])];
    return settings.map((setting) => [setting, was[setting] ?? null, is[setting] ?? null]);
  };

const onOff = (isOn: boolean): string => (isOn ? 'On' : 'Off');
const calls = (budget: number | null): string =>
  budget === null
    ? 'The limit less a reserve'
    : `${new Intl.NumberFormat('en').format(budget)} calls a day`;
const hours = (every: number): string =>
  every === 0 ? 'Never' : every === 1 ? 'Every hour' : `Every ${every} hours`;
const ON_DELETE: Readonly<Record<Settings['deletion']['inSalesforce'], string>> = {
  leave: 'Leave the other record as it is',
  unlink: 'Forget the pair',
  delete: 'Delete the other record too',
};
const OBJECTS = { Lead: 'leads', Contact: 'contacts' } as const;
const ACCOUNTS = { create: 'Create it without one', wait: 'Wait for the account' } as const;

const perObject = (
  what: string,
  inWords: (object: (typeof SALESFORCE_OBJECTS)[number]) => string | null,
): Record<string, string | null> =>
  Object.fromEntries(
    SALESFORCE_OBJECTS.map((object) => [`${what} ${OBJECTS[object]}`, inWords(object)]),
  );

const ROWS: Readonly<Record<Part, Rows>> = {
  mappings: (before, after, names) => mappingRows(mappingsOf(before), mappingsOf(after), names),
  timeZone: each(({ timeZone }) => ({ 'Dates are told in': timeZone })),
  inclusion: each(({ inclusion }, names) => ({
    'Who syncs': inclusion.listId === null ? 'Everybody' : names.list(inclusion.listId),
    'Who receives updates from Salesforce': receiversInWords(inclusion.receivers, names),
    'Who never syncs':
      inclusion.exclusionListId === null ? null : names.list(inclusion.exclusionListId),
    ...perObject('Condition for Salesforce', (object) =>
      conditionInWords(inclusion.salesforceConditions[object], (field) =>
        names.field(object, field),
      ),
    ),
  })),
  creation: each(({ creation }, names) => ({
    'Rules for what a HubSpot contact becomes': creationRulesInWords(creation.rules, names),
    'A HubSpot contact without a Salesforce record becomes': becomesInWords(creation.inSalesforce),
    'A new Salesforce contact without an account': ACCOUNTS[creation.contactWithoutAccount],
    ...perObject('Create HubSpot contacts from', (object) => onOff(creation.inHubSpot[object])),
    ...perObject('Condition for creating HubSpot contacts from', (object) =>
      conditionInWords(creation.inHubSpotWhen[object], (field) => names.field(object, field)),
    ),
    ...Object.fromEntries(
      Object.entries(creation.templates).map(([field, template]) => [
        `What ${names.field('Lead', field)} gets when HubSpot has nothing`,
        template,
      ]),
    ),
  })),
  deletion: each(({ deletion }) => ({
    'When the Salesforce record is deleted': ON_DELETE[deletion.inSalesforce],
    'When the HubSpot contact is deleted': ON_DELETE[deletion.inHubSpot],
  })),
  owners: each(({ owners }, names) => ({
    ...Object.fromEntries(
      owners.map.map(({ hubspotOwnerId, salesforceId }) => [
        `Owner ${names.owner(hubspotOwnerId)} stands for`,
        names.owner(salesforceId),
      ]),
    ),
    'Assignment rules for leads without a known owner': onOff(owners.useAssignmentRules),
  })),
  campaigns: each(({ campaigns }) => ({
    'Keep Salesforce campaigns on the contact': onOff(campaigns.sync),
  })),
  paused: each(({ paused }) => ({
    'Writing to Salesforce': paused.toSalesforce ? 'Paused' : 'On',
    'Writing to HubSpot': paused.toHubSpot ? 'Paused' : 'On',
  })),
  salesforceEvents: each(({ salesforceEvents }) => ({
    'Listen to Salesforce’s change events': onOff(salesforceEvents),
  })),
  budget: each(({ budget }) => ({
    'HubSpot calls': calls(budget.hubspotDaily),
    'Salesforce calls': calls(budget.salesforceDaily),
  })),
  schedule: each(({ schedule }) => ({
    'Look at formula fields': hours(schedule.formulaHours),
    Reconciliation: hours(schedule.reconcileHours),
  })),
};

function mappingRows(
  before: readonly Mapping[],
  after: readonly Mapping[],
  names: SettingNames,
): readonly Row[] {
  const [was, is] = [byProperty(before), byProperty(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((property) => {
    const [one, other] = [was.get(property), is.get(property)];
    const mapping = `Mapping of ${names.property(property)}`;
    if (!one || !other)
      return [[mapping, wholeInWords(one, names), wholeInWords(other, names)] as const];
    return [
      [
        `${mapping}: Salesforce field`,
        salesforceSideInWords(one, names),
        salesforceSideInWords(other, names),
      ] as const,
      // A fixed rule follows another setting, which is told by itself.
      ...(one.ruleLocked
        ? []
        : [
            [
              `${mapping}: sync rule`,
              RULE_TEXTS[one.rule].label,
              RULE_TEXTS[other.rule].label,
            ] as const,
          ]),
      [`${mapping}: value map`, ...valueMapsInWords(one, other)] as const,
    ];
  });
}

const byProperty = (mappings: readonly Mapping[]): ReadonlyMap<string, Mapping> =>
  new Map(mappings.map((mapping) => [mapping.hubspotProperty, mapping]));

function wholeInWords(mapping: Mapping | undefined, names: SettingNames): string | null {
  return mapping === undefined
    ? null
    : `${salesforceSideInWords(mapping, names)} · ${RULE_TEXTS[mapping.rule].label}`;
}

/** Only the pairs that differ; of two maps with the same pairs the first of several for a value decides. */
function valueMapsInWords(one: Mapping, other: Mapping): [string | null, string | null] {
  const [was, is] = [
    pairsBeyond(one.valueMap, other.valueMap),
    pairsBeyond(other.valueMap, one.valueMap),
  ];
  const isReordered =
    was === null && is === null && JSON.stringify(one.valueMap) !== JSON.stringify(other.valueMap);
  return isReordered ? ['The same pairs in another order', 'In this order'] : [was, is];
}
