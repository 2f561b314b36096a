// States and countries in orgs that keep them as picklists of codes (native-connector §3.3): HubSpot holds
// names as people write them, Salesforce takes codes. Names of countries come from `Intl`, in the
// languages that turn up most; states are known by the labels and codes of the org's own picklist.
import type { Conversion, ConversionSpec } from '../conversion.ts';
import type { SalesforceField } from '../fields.ts';
import { optionFor } from '../options.ts';
import { reason } from '../reasons.ts';
import { hubspotKind } from '../types.ts';
import { failed, read, readText, salesforceText, shownValue, written } from '../values.ts';
import { fittingHubSpot, notAHubSpotOption } from './hubspot-value.ts';

const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'nb', 'fi', 'pl', 'ja'];

/** What people write and no dictionary has. */
const ALSO: Readonly<Record<string, string>> = {
  usa: 'US',
  'u.s.': 'US',
  'u.s.a.': 'US',
  'united states of america': 'US',
  america: 'US',
  uk: 'GB',
  'u.k.': 'GB',
  'great britain': 'GB',
  england: 'GB',
  holland: 'NL',
  'the netherlands': 'NL',
  'czech republic': 'CZ',
};

/** Names that stand for more than one code of the picklist: there are states of one name in two countries. */
const sharedNames = new WeakMap<SalesforceField, ReadonlySet<string>>();

function namesOfSeveral(field: SalesforceField): ReadonlySet<string> {
  const known = sharedNames.get(field);
  if (known) return known;
  const codes = new Map<string, string>();
  const shared = new Set<string>();
  for (const { value, label } of field.picklistValues) {
    const first = codes.get(label.toLowerCase());
    if (first === undefined) codes.set(label.toLowerCase(), value);
    else if (first !== value) shared.add(label.toLowerCase());
  }
  sharedNames.set(field, shared);
  return shared;
}

const countryNames = new WeakMap<SalesforceField, ReadonlyMap<string, string>>();

/** Codes of a country picklist by name, lower case. */
function namesOf(field: SalesforceField): ReadonlyMap<string, string> {
  const known = countryNames.get(field);
  if (known) return known;
  const names = new Map<string, string>(Object.entries(ALSO));
  for (const language of LANGUAGES) {
    const dictionary = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (const { value } of field.picklistValues) {
      if (!/^[A-Z]{2}$/.test(value)) continue;
      const name = dictionary.of(value)?.toLowerCase();
      if (name !== undefined && !names.has(name)) names.set(name, value);
    }
  }
  countryNames.set(field, names);
  return names;
}

/** Canonical values are the codes of the org's picklist; a name that means several of them stays a name. */
export function placeConversion({ property, field }: ConversionSpec): Conversion {
  const isCountry = field.name.endsWith('CountryCode');
  const holdsCodes = property.name.endsWith('_code');
  const isOfSeveral = (text: string): boolean =>
    !holdsCodes && namesOfSeveral(field).has(text.toLowerCase());
  const labels = new Map(
    field.picklistValues.toReversed().map(({ value, label }) => [value, label]),
  );
  const labelOf = (code: string): string => labels.get(code) ?? code;
  const canonicalOf = (raw: string | null): string | null => {
    const text = readText(raw);
    if (text === null) return null;
    if (isOfSeveral(text)) return text.toLowerCase();
    const name = isCountry ? namesOf(field).get(text.toLowerCase()) : undefined;
    const code = (
      optionFor(field.picklistValues, text) ??
      (name === undefined ? undefined : optionFor(field.picklistValues, name))
    )?.value;
    if (code === undefined) return text;
    return isOfSeveral(labelOf(code)) ? labelOf(code).toLowerCase() : code;
  };
  /** The spelling of the picklist for a name that stayed one. */
  const nameOf = (canonical: string): string =>
    field.picklistValues.find(({ label }) => label.toLowerCase() === canonical)?.label ??
    labelOf(canonical);
  return {
    fromHubSpot: (raw) => read(canonicalOf(raw)),
    fromSalesforce: (raw) => canonicalOf(salesforceText(raw)),
    toHubSpot: (value) => {
      const code = String(value);
      const name = nameOf(code);
      if (hubspotKind(property) !== 'select')
        return fittingHubSpot(property, holdsCodes ? code : name);
      const option = optionFor(property.options, name) ?? optionFor(property.options, code);
      return option ? written(option.value) : notAHubSpotOption(name, property);
    },
    toSalesforce: (value) => {
      const code = String(value);
      if (labels.has(code)) return written(code);
      return failed(
        reason(isOfSeveral(code) ? 'STATE_OF_SEVERAL_COUNTRIES' : 'NOT_A_SALESFORCE_OPTION', {
          value: shownValue(nameOf(code)),
          field: field.label,
        }),
      );
    },
  };
}
