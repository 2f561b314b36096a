// Which HubSpot value means which Salesforce value: by the admin's value map, by options of the same name,
// by the built-in map. Several HubSpot values may mean one of Salesforce's and the other way round, so each
// Salesforce value is spoken for by one HubSpot value, the same one every time, and only by one that would
// be read back as it: otherwise both sides would take turns at changing each other.
import type { ConversionSpec } from '../conversion.ts';
import { optionFor } from '../options.ts';

export interface Translation {
  /** Salesforce's word for what HubSpot holds: the canonical value. */
  readonly meaningInSalesforce: (text: string) => string;
  /** The canonical value of what Salesforce holds. */
  readonly asSalesforceSpells: (text: string) => string;
  /** HubSpot's word for a canonical value; null where it has none. */
  readonly asHubSpotSpells: (canonical: string) => string | null;
}

interface Pair {
  /** The option's value where there is such an option. */
  readonly hubspot: string;
  readonly salesforce: string;
}

export function translation({
  property,
  field,
  valueMap,
  valueMapIsDefault,
}: ConversionSpec): Translation {
  const isChosen = property.options.length > 0;
  const isPicked = field.picklistValues.length > 0;
  const hubspotOption = (text: string) => optionFor(property.options, text);
  const salesforceOption = (text: string) => optionFor(field.picklistValues, text);

  const isUsable = ({ hubspot, salesforce }: Pair): boolean =>
    (!isChosen || hubspotOption(hubspot) !== undefined) &&
    (!isPicked || salesforceOption(salesforce) !== undefined);
  const all = valueMap.map(({ hubspot, salesforce }): Pair => ({
    hubspot: hubspotOption(hubspot)?.value ?? hubspot,
    salesforce: salesforceOption(salesforce)?.value ?? salesforce,
  }));
  // An admin's pair counts even if its option is gone: the reason then names the option that is missed.
  const usable = all.filter(isUsable);
  const pairs = valueMapIsDefault
    ? usable
    : [...usable, ...all.filter((pair) => !usable.includes(pair))];
  const pairsByHubSpot = firstOf(pairs, ({ hubspot }) => hubspot);
  const pairsBySalesforce = firstOf(pairs, ({ salesforce }) => salesforce);

  /** The Salesforce option of the same value or label as one of HubSpot's. */
  const namesake = (text: string): string | undefined => {
    const label = hubspotOption(text)?.label;
    return (salesforceOption(text) ?? (label === undefined ? undefined : salesforceOption(label)))
      ?.value;
  };
  /** Salesforce's own spelling: that of its option, else that of the value map. */
  const spelt = (text: string): string =>
    salesforceOption(text)?.value ?? pairsBySalesforce.get(inAnyCase(text))?.salesforce ?? text;

  const meaningInSalesforce = (text: string): string => {
    const value = hubspotOption(text)?.value ?? text;
    const mapped = pairsByHubSpot.get(inAnyCase(value))?.salesforce;
    const named = namesake(value);
    return spelt((valueMapIsDefault ? (named ?? mapped) : (mapped ?? named)) ?? value);
  };

  const spokenFor = new Map<string, string>();
  const speaks = (hubspot: string): void => {
    const meaning = meaningInSalesforce(hubspot);
    if (!spokenFor.has(meaning)) spokenFor.set(meaning, hubspot);
  };
  const values = property.options.map(({ value }) => value);
  const mapped = pairs
    .map(({ hubspot }) => hubspot)
    .filter((one) => !isChosen || hubspotOption(one));
  const literal = values.filter((value) => meaningInSalesforce(value) === value);
  const named = values.filter((value) => namesake(value) === meaningInSalesforce(value));
  const inOrder = valueMapIsDefault ? [...literal, ...named, ...mapped] : [...mapped, ...literal];
  for (const value of [...inOrder, ...values]) speaks(value);

  const asHubSpotSpells = (canonical: string): string | null => {
    const speaker = spokenFor.get(canonical);
    if (speaker !== undefined || isChosen) return speaker ?? null;
    // Free text says it in Salesforce's own words, unless the map gives them another meaning.
    const words = [canonical, salesforceOption(canonical)?.label ?? canonical];
    return words.find((word) => meaningInSalesforce(word) === canonical) ?? null;
  };

  const asSalesforceSpells = (text: string): string => {
    const value = spelt(text);
    const pair = pairsBySalesforce.get(inAnyCase(value));
    if (pair || salesforceOption(value))
      // Two Salesforce values for one of HubSpot's are the same to both sides.
      return asHubSpotSpells(value) === null && pair ? meaningInSalesforce(pair.hubspot) : value;
    // A text, or an option the picklist doesn't define any more, may still mean one of HubSpot's.
    return hubspotOption(value) ? meaningInSalesforce(value) : value;
  };

  return { meaningInSalesforce, asSalesforceSpells, asHubSpotSpells };
}

const inAnyCase = (text: string): string => text.trim().toLowerCase();

const firstOf = (pairs: readonly Pair[], side: (pair: Pair) => string): ReadonlyMap<string, Pair> =>
  new Map(pairs.toReversed().map((pair) => [inAnyCase(side(pair)), pair]));
