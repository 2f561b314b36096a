// States and countries in orgs that keep them as picklists of codes (native-connector §3.3): HubSpot holds
// names as people write them, Salesforce takes codes. Names of countries come from `Intl`, in the
// languages that turn up most; states are known by the labels and codes of the org's own picklist.
import type { Conversion, ConversionSpec } from './conversion.ts';
import type { SalesforceField } from './fields.ts';
import { optionFor } from './options.ts';
import { reason } from './reasons.ts';
import { hubspotKind } from './types.ts';
import { failed, read, readText, salesforceText, shownValue, written } from './values.ts';

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

/** Canonical values are the codes of the org's picklist. */
export function placeConversion({ property, field }: ConversionSpec): Conversion {
  const isCountry = field.name.endsWith('CountryCode');
  const codeOf = (text: string): string | null => {
    const option = optionFor(field.picklistValues, text);
    if (option) return option.value;
    const code = isCountry ? namesOf(field).get(text.toLowerCase()) : undefined;
    return code !== undefined && optionFor(field.picklistValues, code) ? code : null;
  };
  const labelOf = (code: string): string =>
    field.picklistValues.find(({ value }) => value === code)?.label ?? code;
  const holdsCodes = /_code$/.test(property.name);
  return {
    fromHubSpot: (raw) => {
      const text = readText(raw);
      return read(text === null ? null : (codeOf(text) ?? text));
    },
    fromSalesforce: (raw) => {
      const text = readText(salesforceText(raw));
      return text === null ? null : (codeOf(text) ?? text);
    },
    toHubSpot: (value) => {
      const code = String(value);
      if (hubspotKind(property) !== 'select') return written(holdsCodes ? code : labelOf(code));
      const option =
        optionFor(property.options, labelOf(code)) ?? optionFor(property.options, code);
      return option
        ? written(option.value)
        : failed(
            reason('NOT_A_HUBSPOT_OPTION', {
              value: shownValue(labelOf(code)),
              field: property.label,
            }),
          );
    },
    toSalesforce: (value) => {
      const code = codeOf(String(value));
      return code === null
        ? failed(
            reason('NOT_A_SALESFORCE_OPTION', {
              value: shownValue(String(value)),
              field: field.label,
            }),
          )
        : written(code);
    },
  };
}
