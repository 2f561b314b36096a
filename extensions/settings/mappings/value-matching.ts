// The value map of a mapping while it is edited: which HubSpot value means which Salesforce value. Pure.
import type { MappingView, ValueOption } from '../../../src/api/contract.ts';
import { DEFAULT_MAPPINGS } from '../../../src/engine/defaults.ts';

export type ValueMap = MappingView['valueMap'];

/** The map that a default mapping comes with. */
export const builtInMapOf = (hubspotProperty: string): ValueMap => [
  ...(DEFAULT_MAPPINGS.find((each) => each.hubspotProperty === hubspotProperty)?.valueMap ?? []),
];

/** Letter case, spaces, dashes and underscores don't tell names apart. */
const plain = (text: string): string => text.toLowerCase().replaceAll(/[\s_-]+/g, '');

/** The option of the same value or label. */
export function namesakeOf(
  option: ValueOption,
  options: readonly ValueOption[],
): ValueOption | null {
  const names = new Set([plain(option.value), plain(option.label)]);
  return (
    options.find(({ value }) => value === option.value) ??
    options.find(({ value, label }) => names.has(plain(value)) || names.has(plain(label))) ??
    null
  );
}

/** What Tandem takes for the same without being told: equal values and labels, whatever the letter case. */
export function isSameByItself(option: ValueOption, options: readonly ValueOption[]): boolean {
  const inAnyCase = (text: string): string => text.trim().toLowerCase();
  const names = new Set([inAnyCase(option.value), inAnyCase(option.label)]);
  return options.some(
    ({ value, label }) => names.has(inAnyCase(value)) || names.has(inAnyCase(label)),
  );
}

export const partnerOf = (map: ValueMap, hubspot: string): string | null =>
  map.find((pair) => pair.hubspot === hubspot)?.salesforce ?? null;

/** Gives a HubSpot value its Salesforce value; null takes it away. */
export function withPartner(map: ValueMap, hubspot: string, salesforce: string | null): ValueMap {
  const place = map.findIndex((pair) => pair.hubspot === hubspot);
  if (salesforce === null) return map.filter((pair) => pair.hubspot !== hubspot);
  return place === -1
    ? [...map, { hubspot, salesforce }]
    : map.map((pair, index) => (index === place ? { hubspot, salesforce } : pair));
}

/** Gives a Salesforce value the HubSpot value it is read as; what HubSpot's own value is sent as stays. */
export function withMeaning(map: ValueMap, salesforce: string, hubspot: string | null): ValueMap {
  const others = map.filter((pair) => pair.salesforce !== salesforce);
  return hubspot === null ? others : [...others, { hubspot, salesforce }];
}

export interface MatchedByName {
  readonly map: ValueMap;
  /** How many pairs were added. */
  readonly added: number;
}

/** Pairs whoever has a namesake on the other side and no partner yet. What is there stays. */
export function matchedByName(
  map: ValueMap,
  hubspot: readonly ValueOption[],
  salesforce: readonly ValueOption[],
): MatchedByName {
  const added = hubspot.flatMap((option): ValueMap => {
    if (partnerOf(map, option.value) !== null) return [];
    const namesake = namesakeOf(option, salesforce);
    return namesake === null ? [] : [{ hubspot: option.value, salesforce: namesake.value }];
  });
  return { map: [...map, ...added], added: added.length };
}

/** Salesforce values that no HubSpot value is sent as: without being told, Tandem wouldn't know what they mean. */
export function onlyInSalesforce(
  map: ValueMap,
  hubspot: readonly ValueOption[],
  salesforce: readonly ValueOption[],
): readonly ValueOption[] {
  const sentAs = new Set(hubspot.map(({ value }) => partnerOf(map, value)));
  return salesforce.filter(
    (option) => !sentAs.has(option.value) && !isSameByItself(option, hubspot),
  );
}

export interface Unmatched {
  /** Options that mean nothing on the other side. */
  readonly hubspot: readonly ValueOption[];
  readonly salesforce: readonly ValueOption[];
}

export function unmatchedOptions(
  map: ValueMap,
  hubspot: readonly ValueOption[],
  salesforce: readonly ValueOption[],
): Unmatched {
  const meant = new Set(map.map((pair) => pair.salesforce));
  return {
    hubspot: hubspot.filter(
      (option) => partnerOf(map, option.value) === null && !isSameByItself(option, salesforce),
    ),
    salesforce: salesforce.filter(
      (option) => !meant.has(option.value) && !isSameByItself(option, hubspot),
    ),
  };
}
