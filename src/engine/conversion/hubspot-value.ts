// What a HubSpot property takes: the text that is written, or why it can't be (hubspot-api §2.4).
import type { HubSpotProperty } from '../fields.ts';
import { optionFor } from '../options.ts';
import { reason } from '../reasons.ts';
import { hubspotKind } from '../types.ts';
import {
  failed,
  looksLikeEmail,
  numberText,
  parseNumber,
  shownValue,
  written,
  type Written,
} from '../values.ts';

/** HubSpot's text limit for a property value. */
const TEXT_LIMIT = 65_536;

export const notAHubSpotOption = (text: string, { label }: HubSpotProperty): Written<never> =>
  failed(reason('NOT_A_HUBSPOT_OPTION', { value: shownValue(text), field: label }));

/** Text for a HubSpot property; options by value or by any of their names. */
export function fittingHubSpot(property: HubSpotProperty, text: string): Written<string> {
  switch (hubspotKind(property)) {
    case 'select':
      return fittingOption(property, text);
    case 'checkboxes': {
      const options: string[] = [];
      for (const part of text.split(';')) {
        const option = fittingOption(property, part);
        if (!option.ok) return option;
        options.push(option.value);
      }
      return written([...new Set(options)].join(';'));
    }
    case 'number': {
      const value = parseNumber(text);
      return value === null
        ? failed(reason('NOT_A_NUMBER', { value: shownValue(text), field: property.label }))
        : written(numberText(value));
    }
    default:
      return fittingText(property, text);
  }
}

function fittingOption(property: HubSpotProperty, text: string): Written<string> {
  const option = optionFor(property.options, text);
  return option ? written(option.value) : notAHubSpotOption(text, property);
}

function fittingText(property: HubSpotProperty, text: string): Written<string> {
  if (text.length > TEXT_LIMIT) {
    const limit = String(TEXT_LIMIT);
    const details = { length: String(text.length), limit, field: property.label };
    return failed(reason('VALUE_TOO_LONG', details));
  }
  return property.name === 'email' && !looksLikeEmail(text)
    ? failed(reason('INVALID_EMAIL', { crm: 'HubSpot', value: shownValue(text) }))
    : written(text);
}
