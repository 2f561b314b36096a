// Changes of several mappings at once, and of parts of one, each as a new draft. Pure.
import type { MappingView } from '../../../src/api/contract.ts';
import { labelOf } from '../../ui/sync-rules.ts';
import type { ChoosableRule } from '../../ui/sync-rules.ts';
import type { SettingsDraft } from '../draft.ts';
import { idOf } from './mapping-list.ts';
import { takenSentences } from './taken-fields.ts';

/** Sets the rule of the chosen mappings; those whose rule is fixed keep it. */
export function setRules(
  draft: SettingsDraft,
  ids: ReadonlySet<string>,
  rule: ChoosableRule,
): SettingsDraft {
  return {
    ...draft,
    mappings: draft.mappings.map((each) =>
      ids.has(idOf(each)) && !each.ruleLocked ? { ...each, rule, ruleLabel: labelOf(rule) } : each,
    ),
  };
}

/** Puts a changed mapping in place of what it was; its kind and its property are the same. */
export function changeMapping(draft: SettingsDraft, changed: MappingView): SettingsDraft {
  const id = idOf(changed);
  return {
    ...draft,
    mappings: draft.mappings.map((each) => (idOf(each) === id ? changed : each)),
  };
}

export interface ImportedMapping {
  readonly line: number;
  readonly mapping: MappingView;
}

export interface ImportPlan {
  readonly draft: SettingsDraft;
  readonly added: readonly MappingView[];
  readonly changed: readonly { readonly before: MappingView; readonly after: MappingView }[];
  /** Mappings that are there just so. */
  readonly same: number;
  /** Whatever can't be taken beside the mappings that are there, with why. */
  readonly blocked: readonly { readonly line: number; readonly sentence: string }[];
}

/** What differs between two mappings of one property, apart from labels. */
const wordsOf = (mapping: MappingView): string =>
  JSON.stringify([
    mapping.leadField,
    mapping.contactField,
    mapping.rule,
    mapping.valueMapIsDefault ? null : mapping.valueMap,
  ]);

/** Puts imported mappings into a draft: those of a property that is mapped replace it, the others are added. */
export function importInto(draft: SettingsDraft, imported: readonly ImportedMapping[]): ImportPlan {
  const known = new Map(draft.mappings.map((mapping) => [idOf(mapping), mapping]));
  const wanted = imported.filter(({ mapping }) => {
    const before = known.get(idOf(mapping));
    return before === undefined || wordsOf(before) !== wordsOf(mapping);
  });
  const blocked: { line: number; sentence: string }[] = [];
  let taken = wanted;
  // One that is left out keeps its fields, which another of them may have counted on.
  for (;;) {
    const mappings = withMappings(draft.mappings, taken);
    const clashing = taken.flatMap((one) => {
      const { kind, hubspotProperty } = one.mapping;
      const sentences =
        kind === 'default' ? [] : takenSentences(one.mapping, mappings, hubspotProperty);
      return sentences.length === 0 ? [] : [{ one, sentence: sentences.join(' ') }];
    });
    if (clashing.length === 0) break;
    blocked.push(...clashing.map(({ one: { line }, sentence }) => ({ line, sentence })));
    taken = taken.filter((each) => !clashing.some(({ one }) => one === each));
  }
  const changes = taken.map(({ mapping }) => ({
    before: known.get(idOf(mapping)),
    after: mapping,
  }));
  return {
    draft: { ...draft, mappings: withMappings(draft.mappings, taken) },
    added: changes.flatMap(({ before, after }) => (before === undefined ? [after] : [])),
    changed: changes.flatMap(({ before, after }) => (before ? [{ before, after }] : [])),
    same: imported.length - wanted.length,
    blocked,
  };
}

function withMappings(
  mappings: readonly MappingView[],
  imported: readonly ImportedMapping[],
): MappingView[] {
  const byId = new Map(imported.map(({ mapping }) => [idOf(mapping), mapping]));
  const there = new Set(mappings.map(idOf));
  return [
    ...mappings.map((each) => byId.get(idOf(each)) ?? each),
    ...[...byId].flatMap(([id, mapping]) => (there.has(id) ? [] : [mapping])),
  ];
}

/** Mappings of a saved document that are new, or carry values other than before: what a back-fill is for. */
export function toBackfill(
  before: readonly MappingView[],
  after: readonly MappingView[],
): readonly MappingView[] {
  const known = new Map(before.map((mapping) => [idOf(mapping), wordsOf(mapping)]));
  return after.filter(
    (mapping) =>
      mapping.rule !== 'off' &&
      mapping.problem?.severity !== 'error' &&
      known.get(idOf(mapping)) !== wordsOf(mapping),
  );
}
