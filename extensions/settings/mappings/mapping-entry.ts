// What is filled in so far in the form of a mapping. Pure: every choice makes a new entry.
import type { MappingView } from '../../../src/api/contract.ts';
import { DEFAULT_RULE, ruleFrom } from '../../ui/sync-rules.ts';
import type { ChoosableRule } from '../../ui/sync-rules.ts';
import { findChoice } from '../draft.ts';
import type { MappingChoices } from '../draft.ts';
import { holderOf } from './taken-fields.ts';

type SalesforceSide = 'leadField' | 'contactField';

export interface MappingEntry {
  readonly hubspotProperty: string | null;
  readonly leadField: string | null;
  readonly contactField: string | null;
  readonly rule: ChoosableRule;
  readonly valueMap: MappingView['valueMap'];
  /** It is the one that comes with a default mapping. */
  readonly valueMapIsDefault: boolean;
  /** The side that was filled in for the admin, after the other. */
  readonly filledIn: SalesforceSide | null;
}

/** The entry to start from: what a mapping is, or nothing. */
export function entryOf(mapping: MappingView | null): MappingEntry {
  return {
    hubspotProperty: mapping?.hubspotProperty ?? null,
    leadField: mapping?.leadField ?? null,
    contactField: mapping?.contactField ?? null,
    rule: ruleFrom(mapping?.rule) ?? DEFAULT_RULE,
    valueMap: mapping?.valueMap ?? [],
    valueMapIsDefault: mapping?.valueMapIsDefault ?? false,
    filledIn: null,
  };
}

export interface EntrySurroundings {
  readonly choices: MappingChoices;
  readonly mappings: readonly MappingView[];
  /** The property of the mapping that is being edited; null for a new one. */
  readonly editing: string | null;
}

/**
 * Chooses a field of one object. Leads and contacts mostly share their fields' API names, so the other object's field
 * is filled in with the one of that name if it is free, unless it was chosen by hand.
 */
export function withField(
  entry: MappingEntry,
  side: SalesforceSide,
  name: string | null,
  { choices, mappings, editing }: EntrySurroundings,
): MappingEntry {
  const other = side === 'leadField' ? 'contactField' : 'leadField';
  const byHand = entry[other] !== null && entry.filledIn !== other;
  if (byHand || name === null) {
    return { ...entry, [side]: name, filledIn: entry.filledIn === side ? null : entry.filledIn };
  }
  const twin = findChoice(choices[`${other}s`], name)?.name ?? null;
  const isFree = holderOf(other, twin, mappings, editing) === null;
  const filled = isFree ? twin : null;
  return {
    ...entry,
    [side]: name,
    [other]: filled,
    filledIn: filled === null ? null : other,
  };
}
