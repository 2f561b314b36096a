// What keeps settings from being saved: the checks that saving and restoring have in common. All that is found is
// answered, so that somebody can be told of everything at once.
import { checkSide, mappingsOf, type Mapping } from '../engine/mapping.ts';
import { settingsSchema, type CustomMapping, type Settings } from '../engine/settings.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import type { Workspace } from '../sync/workspace.ts';
import type { ApiError, MappingVerdict } from './contract.ts';

/** @param before what is in force: lists chosen there were found when they were saved */
export async function obstaclesTo(
  settings: Settings,
  before: Settings,
  workspace: Workspace,
  pipeline: Pipeline,
): Promise<ApiError[]> {
  return [
    ...doubleMappings(settings),
    ...lockedRules(settings.mappings.defaultRules),
    ...refusedMappings(settings, workspace),
    ...(await unknownLists(settings, before, pipeline)),
  ];
}

function refusedMappings(settings: Settings, workspace: Workspace): ApiError[] {
  return settings.mappings.custom.flatMap((custom) => {
    const { verdict, sentences } = verdictOn(custom, workspace);
    if (verdict !== 'refused') return [];
    return [
      {
        code: 'MAPPING_REFUSED',
        message: sentences.join(' '),
        fix: 'Choose fields whose types go together.',
        field: custom.hubspotProperty,
      },
    ];
  });
}

export function verdictOn(custom: CustomMapping, { schemas }: Workspace): MappingVerdict {
  if (custom.leadField === null && custom.contactField === null) {
    return { verdict: 'refused', sentences: ['Choose a lead field, a contact field, or both.'] };
  }
  const mapping: Mapping = {
    key: '',
    kind: 'custom',
    ...custom,
    ruleLocked: false,
    valueMapIsDefault: false,
    special: null,
  };
  const checks = [checkSide(mapping, 'Lead', schemas), checkSide(mapping, 'Contact', schemas)];
  const sentences = [
    ...new Set(checks.flatMap((check) => (check.verdict === 'ok' ? [] : [check.sentence]))),
  ];
  const verdict = checks.some((check) => check.verdict === 'refused')
    ? 'refused'
    : checks.some((check) => check.verdict === 'warning')
      ? 'warning'
      : 'ok';
  return { verdict, sentences };
}

/** A list that cannot be read stops everything, so it is not let in. */
async function unknownLists(
  settings: Settings,
  before: Settings,
  { ports }: Pipeline,
): Promise<ApiError[]> {
  const unknown: ApiError[] = [];
  const known = new Set(listsIn(before).map(([, id]) => id));
  for (const [field, id] of listsIn(settings)) {
    if (known.has(id) || (await ports.hubspot.lists.get(id)) !== null) continue;
    unknown.push({
      code: 'LIST_NOT_FOUND',
      message: `HubSpot has no list ${id}, or Tandem may not read it.`,
      fix: 'Choose another list.',
      field,
    });
  }
  return unknown;
}

export const listsIn = ({ inclusion }: Settings): [string, string][] => {
  const { listId, receivers, exclusionListId } = inclusion;
  const chosen: [string, string | null][] = [
    ['inclusion.listId', listId],
    ['inclusion.receivers', typeof receivers === 'object' ? receivers.listId : null],
    ['inclusion.exclusionListId', exclusionListId],
  ];
  return chosen.flatMap(([field, id]): [string, string][] => (id === null ? [] : [[field, id]]));
};

/** One property to one field: each side of each object is mapped at most once (native-connector §2). */
function doubleMappings(settings: Settings): ApiError[] {
  const doubles: ApiError[] = [];
  const used = {
    hubspotProperty: new Map<string, string>(),
    leadField: new Map<string, string>(),
    contactField: new Map<string, string>(),
  };
  for (const mapping of mappingsOf(settings)) {
    for (const side of ['hubspotProperty', 'leadField', 'contactField'] as const) {
      const name = mapping[side];
      if (name === null) continue;
      const holder = used[side].get(name.toLowerCase());
      if (holder !== undefined) {
        doubles.push({
          code: 'ALREADY_MAPPED',
          message: `“${name}” is already mapped (to the HubSpot property “${holder}”).`,
          fix: 'Remove one of the two mappings.',
          field: mapping.hubspotProperty,
        });
      }
      used[side].set(name.toLowerCase(), mapping.hubspotProperty);
    }
  }
  return doubles;
}

function lockedRules(rules: Settings['mappings']['defaultRules']): ApiError[] {
  const changeable = new Set(
    mappingsOf(settingsSchema.parse({}))
      .filter((mapping) => !mapping.ruleLocked)
      .map((mapping) => mapping.hubspotProperty),
  );
  return Object.keys(rules)
    .filter((property) => !changeable.has(property))
    .map((property) => ({
      code: 'RULE_LOCKED',
      message: `The rule of “${property}” cannot be changed: it is not a default mapping, or its rule is fixed.`,
      fix: null,
      field: property,
    }));
}
