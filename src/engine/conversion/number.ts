// Numbers: compared as what the Salesforce field keeps of them, whatever text, number or option HubSpot has.
import type { Conversion, ConversionSpec } from '../conversion.ts';
import type { Option } from '../options.ts';
import { reason } from '../reasons.ts';
import { hubspotKind } from '../types.ts';
import {
  failed,
  fittingNumber,
  numberText,
  parseNumber,
  readNumber,
  readText,
  roundTo,
  salesforceText,
  shownValue,
} from '../values.ts';
import { fittingHubSpot, notAHubSpotOption } from './hubspot-value.ts';

export function numberConversion({ property, field }: ConversionSpec): Conversion {
  const isChosen = hubspotKind(property) === 'select';
  const notANumber = (value: string | number | boolean, label: string) =>
    failed(reason('NOT_A_NUMBER', { value: shownValue(String(value)), field: label }));
  return {
    fromHubSpot: (raw) => {
      const option = isChosen ? property.options.find(({ value }) => value === raw) : undefined;
      const number = option && numberOf(option);
      return readNumber(number == null ? raw : numberText(number), field);
    },
    fromSalesforce: (raw) => {
      const text = readText(salesforceText(raw));
      const number = text === null ? null : parseNumber(text);
      return number === null ? text : roundTo(field.scale, number);
    },
    toHubSpot: (value) => {
      if (typeof value !== 'number') return notANumber(value, property.label);
      if (!isChosen) return fittingHubSpot(property, numberText(value));
      // Only an option that is read back as this number: both sides would take turns with any other.
      const option = property.options.find((one) => {
        const number = numberOf(one);
        const meant = number === null ? null : readNumber(numberText(number), field);
        return meant?.ok === true && meant.value === value;
      });
      return option
        ? fittingHubSpot(property, option.value)
        : notAHubSpotOption(numberText(value), property);
    },
    toSalesforce: (value) =>
      typeof value === 'number' ? fittingNumber(value, field) : notANumber(value, field.label),
  };
}

/** The number an option stands for: its value, or what people see of it. */
const numberOf = ({ value, label }: Option): number | null =>
  parseNumber(value) ?? parseNumber(label);
