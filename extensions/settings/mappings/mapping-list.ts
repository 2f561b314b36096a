// Which mappings the table shows, and in which order: by words, by kind, by rule, by problem. Pure.
import type { MappingView } from '../../../src/api/contract.ts';

export const SORTS = ['property', 'rule', 'problem', 'kind'] as const;
export type SortBy = (typeof SORTS)[number];

export interface MappingListing {
  readonly search: string;
  readonly kind: 'all' | MappingView['kind'];
  /** Null: whatever the rule. */
  readonly rule: MappingView['rule'] | null;
  readonly problem: 'all' | 'some' | 'none';
  readonly sortBy: SortBy;
  readonly descending: boolean;
}

export const FIRST_LISTING: MappingListing = {
  search: '',
  kind: 'all',
  rule: null,
  problem: 'all',
  sortBy: 'property',
  descending: false,
};

/** Names a row; a default and a custom mapping may have the same property while one of them is wrong. */
export const idOf = ({ kind, hubspotProperty }: MappingView): string =>
  `${kind}~${hubspotProperty}`;

/** Every key that is typed asks about every mapping: what there is to read of one is put together once. */
const texts = new WeakMap<MappingView, string>();

function textOf(mapping: MappingView): string {
  const known = texts.get(mapping);
  if (known !== undefined) return known;
  const text = [
    mapping.hubspotLabel,
    mapping.hubspotProperty,
    mapping.leadLabel,
    mapping.leadField,
    mapping.contactLabel,
    mapping.contactField,
    mapping.ruleLabel,
    mapping.kind,
  ]
    .join(' ')
    .toLowerCase();
  texts.set(mapping, text);
  return text;
}

const SEVERITIES = { error: 0, warning: 1, none: 2 } as const;
const severityOf = ({ problem }: MappingView): number => SEVERITIES[problem?.severity ?? 'none'];

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

type Compare = (one: MappingView, other: MappingView) => number;
const byLabel: Compare = (one, other) => collator.compare(one.hubspotLabel, other.hubspotLabel);
const ORDERS: Readonly<Record<SortBy, Compare>> = {
  property: byLabel,
  rule: (one, other) => collator.compare(one.ruleLabel, other.ruleLabel),
  problem: (one, other) => severityOf(one) - severityOf(other),
  kind: (one, other) => collator.compare(other.kind, one.kind),
};

/** Mappings in the order of the table, whatever is searched for: sorting is the slow part. */
export function sortedMappings(
  mappings: readonly MappingView[],
  { sortBy, descending }: Pick<MappingListing, 'sortBy' | 'descending'>,
): readonly MappingView[] {
  const compare = ORDERS[sortBy];
  const direction = descending ? -1 : 1;
  return mappings.toSorted((one, other) => direction * compare(one, other) || byLabel(one, other));
}

/** Those with every word of the search in a label, an internal name, the rule or the kind, that the filters let pass. */
export function filteredMappings(
  mappings: readonly MappingView[],
  { search, kind, rule, problem }: Omit<MappingListing, 'sortBy' | 'descending'>,
): readonly MappingView[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return mappings.filter(
    (mapping) =>
      (kind === 'all' || mapping.kind === kind) &&
      (rule === null || mapping.rule === rule) &&
      (problem === 'all' || (problem === 'some') === (mapping.problem !== null)) &&
      words.every((word) => textOf(mapping).includes(word)),
  );
}

export const isFiltered = ({ search, kind, rule, problem }: MappingListing): boolean =>
  search.trim() !== '' || kind !== 'all' || rule !== null || problem !== 'all';
