// Picklists, dropdowns and checkboxes, single and multiple, and texts that an admin has mapped: canonical
// values are Salesforce's. Which value of one side is which of the other: `translation.ts`.
import type { Conversion, ConversionSpec } from '../conversion.ts';
import { optionFor } from '../options.ts';
import { reason } from '../reasons.ts';
import {
  failed,
  fittingText,
  looksLikeEmail,
  read,
  readSet,
  readText,
  salesforceText,
  shownValue,
  type Written,
} from '../values.ts';
import { fittingHubSpot, notAHubSpotOption } from './hubspot-value.ts';
import { translation } from './translation.ts';

const notAnEmail = (value: string | number | boolean): Written<never> =>
  failed(reason('INVALID_EMAIL', { crm: 'Salesforce', value: shownValue(String(value)) }));

/** @param multiple whether a value is a set of options, in no order, joined by semicolons */
export function optionConversion(
  spec: ConversionSpec,
  { multiple }: { readonly multiple: boolean },
): Conversion {
  const { property, field } = spec;
  const { meaningInSalesforce, asSalesforceSpells, asHubSpotSpells } = translation(spec);
  const readAs = (raw: string | null, option: (text: string) => string): string | null => {
    if (multiple) return readSet(raw, option);
    const text = readText(raw);
    return text === null ? null : option(text);
  };
  const partsOf = (value: string | number | boolean): string[] =>
    multiple ? String(value).split(';') : [String(value)];
  return {
    fromHubSpot: (raw) => read(readAs(raw, meaningInSalesforce)),
    fromSalesforce: (raw) => readAs(salesforceText(raw), asSalesforceSpells),
    toHubSpot: (value) => {
      const options: string[] = [];
      for (const part of partsOf(value)) {
        const option = asHubSpotSpells(part);
        if (option === null) return notAHubSpotOption(part, property);
        options.push(option);
      }
      return fittingHubSpot(property, options.join(';'));
    },
    toSalesforce: (value) => {
      if (field.type === 'email' && !looksLikeEmail(String(value))) return notAnEmail(value);
      const unknown = partsOf(value).find((part) => !optionFor(field.picklistValues, part));
      return field.restrictedPicklist && unknown !== undefined
        ? failed(
            reason('NOT_A_SALESFORCE_OPTION', { value: shownValue(unknown), field: field.label }),
          )
        : fittingText(String(value), field);
    },
  };
}
