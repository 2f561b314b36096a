// How the values of one mapped pair of fields are compared and carried over. A conversion has one
// canonical form, chosen so that writing a value and reading it back gives the same canonical value: the
// coarser of the two sides (a range where one side keeps ranges, the option of the Salesforce picklist).
import type { Special, ValuePair } from './defaults.ts';
import { dayOf, startOfDay } from './days.ts';
import type { HubSpotProperty, SalesforceField } from './fields.ts';
import type { CanonicalValue } from './link.ts';
import { optionFor, rangeOf, type Option } from './options.ts';
import { ownerConversion } from './owner-conversion.ts';
import type { OwnerMap } from './owners.ts';
import { placeConversion } from './places.ts';
import { reason, type Reason } from './reasons.ts';
import type { SalesforceValue } from './records.ts';
import { hubspotKind, salesforceKind } from './types.ts';
import {
  failed,
  fittingNumber,
  fittingText,
  numberText,
  parseNumber,
  read,
  readDate,
  readEmail,
  readInstant,
  readNumber,
  readNumberText,
  readSet,
  readText,
  roundTo,
  salesforceText,
  shownValue,
  written,
  type Read,
  type Written,
} from './values.ts';

export interface Conversion {
  fromHubSpot(raw: string | null): Read;
  fromSalesforce(raw: SalesforceValue): CanonicalValue;
  /** For a value that is not blank. */
  toHubSpot(value: string | number | boolean): Written<string>;
  toSalesforce(value: string | number | boolean): Written<SalesforceValue>;
  /** Why nothing, not even a blank, goes to Salesforce; absent where values go both ways. */
  readonly onlyFromSalesforce?: (value: CanonicalValue) => Reason;
}

export interface ConversionSpec {
  readonly property: HubSpotProperty;
  readonly field: SalesforceField;
  readonly valueMap: readonly ValuePair[];
  /** True for the built-in map, which yields to options of the same name. An admin's doesn't. */
  readonly valueMapIsDefault: boolean;
  readonly special: Special | null;
  readonly owners: OwnerMap;
  /** IANA name: which day a moment belongs to. */
  readonly timeZone: string;
}

/** HubSpot's text limit for a property value. */
const HUBSPOT_TEXT_LIMIT = 65_536;

function toHubSpotText(property: HubSpotProperty, text: string): Written<string> {
  switch (hubspotKind(property)) {
    case 'select': {
      const option = optionFor(property.options, text);
      return option
        ? written(option.value)
        : failed(
            reason('NOT_A_HUBSPOT_OPTION', { value: shownValue(text), field: property.label }),
          );
    }
    case 'checkboxes': {
      const options: string[] = [];
      for (const part of text.split(';')) {
        const option = optionFor(property.options, part);
        if (!option)
          return failed(
            reason('NOT_A_HUBSPOT_OPTION', { value: shownValue(part), field: property.label }),
          );
        options.push(option.value);
      }
      return written(options.join(';'));
    }
    case 'number': {
      const value = parseNumber(text);
      return value === null
        ? failed(reason('NOT_A_NUMBER', { value: shownValue(text), field: property.label }))
        : written(numberText(value));
    }
    default:
      return text.length > HUBSPOT_TEXT_LIMIT
        ? failed(
            reason('VALUE_TOO_LONG', {
              length: String(text.length),
              limit: String(HUBSPOT_TEXT_LIMIT),
              field: property.label,
            }),
          )
        : written(text);
  }
}

function textConversion({ property, field }: ConversionSpec): Conversion {
  const kind = hubspotKind(property);
  const normal =
    kind === 'checkboxes'
      ? (raw: string | null) => readSet(raw)
      : kind === 'number'
        ? readNumberText
        : field.type === 'email' && kind === 'text'
          ? readEmail
          : readText;
  const option = (text: string): string => optionFor(property.options, text)?.value ?? text;
  return {
    fromHubSpot: (raw) => read(normal(raw)),
    // Text that means an option is that option, however it is written.
    fromSalesforce: (raw) => {
      const text = normal(salesforceText(raw));
      if (kind === 'checkboxes') return readSet(text, option);
      return kind === 'select' && text !== null ? option(text) : text;
    },
    toHubSpot: (value) => toHubSpotText(property, String(value)),
    toSalesforce: (value) => fittingText(String(value), field),
  };
}

/** Ids of other Salesforce records are copied to HubSpot; what HubSpot holds means nothing in Salesforce. */
function lookupConversion(spec: ConversionSpec): Conversion {
  const why = reason('LOOKUP_NOT_WRITTEN', { field: spec.field.label });
  return {
    ...textConversion(spec),
    toSalesforce: () => failed(why),
    onlyFromSalesforce: () => why,
  };
}

/** Picklists, single and multiple: canonical values are Salesforce's own option values. */
function optionConversion(
  { property, field, valueMap, valueMapIsDefault }: ConversionSpec,
  multiple: boolean,
): Conversion {
  /** The Salesforce option of the same value or label as one of HubSpot's. */
  const namesake = (text: string): Option | undefined => {
    const label = property.options.find((option) => option.value === text)?.label;
    return (
      optionFor(field.picklistValues, text) ??
      (label === undefined ? undefined : optionFor(field.picklistValues, label))
    );
  };
  const mapped = valueMap.filter(
    (pair) =>
      optionFor(field.picklistValues, pair.salesforce) &&
      (property.options.length === 0 || optionFor(property.options, pair.hubspot)) &&
      !(valueMapIsDefault && namesake(pair.hubspot)),
  );
  const salesforceOption = (text: string): string =>
    mapped.find((pair) => pair.hubspot === text)?.salesforce ?? namesake(text)?.value ?? text;
  const hubspotOption = (text: string): string =>
    mapped.find((pair) => pair.salesforce === text)?.hubspot ?? text;
  /** An option the picklist doesn't define (any more) may still mean one of HubSpot's. */
  const ownOption = (text: string): string =>
    optionFor(field.picklistValues, text)?.value ??
    salesforceOption(optionFor(property.options, text)?.value ?? text);
  const readOption = (raw: string | null, option: (text: string) => string): string | null => {
    if (multiple) return readSet(raw, option);
    const text = readText(raw);
    return text === null ? null : option(text);
  };
  return {
    fromHubSpot: (raw) => read(readOption(raw, salesforceOption)),
    fromSalesforce: (raw) => readOption(salesforceText(raw), ownOption),
    toHubSpot: (value) =>
      toHubSpotText(
        property,
        String(value)
          .split(multiple ? ';' : '\u0000')
          .map(hubspotOption)
          .join(';'),
      ),
    toSalesforce: (value) => {
      const unknown = String(value)
        .split(multiple ? ';' : '\u0000')
        .find((part) => !optionFor(field.picklistValues, part));
      return field.restrictedPicklist && unknown !== undefined
        ? failed(
            reason('NOT_A_SALESFORCE_OPTION', { value: shownValue(unknown), field: field.label }),
          )
        : fittingText(String(value), multiple ? { ...field, length: 0 } : field);
    },
  };
}

function numberConversion({ property, field }: ConversionSpec): Conversion {
  return {
    fromHubSpot: (raw) => readNumber(raw, field),
    fromSalesforce: (raw) => {
      const value = raw === null || raw === '' ? null : Number(raw);
      return value === null ? null : roundTo(field.scale, value);
    },
    toHubSpot: (value) => {
      const option = property.options.find((one) => parseNumber(one.value) === Number(value));
      return toHubSpotText(property, option?.value ?? numberText(Number(value)));
    },
    toSalesforce: (value) => fittingNumber(Number(value), field),
  };
}

/** A Salesforce checkbox is never blank; an unset HubSpot checkbox means the same as an unticked one. */
const booleanConversion: Conversion = {
  fromHubSpot: (raw) => read(readText(raw)?.toLowerCase() === 'true'),
  fromSalesforce: (raw) => raw === true || raw === 'true',
  toHubSpot: (value) => written(String(value === true)),
  toSalesforce: (value) => written(value === true),
};

function timeConversion({ property, field, timeZone }: ConversionSpec): Conversion {
  const inHubSpot = hubspotKind(property) === 'date' ? 'day' : 'moment';
  const inSalesforce = field.type === 'date' ? 'day' : 'moment';
  // Where one side keeps a day, the day is what both are compared in: a time of day on the other side
  // stays as it is until the day changes.
  const asDay = inHubSpot === 'day' || inSalesforce === 'day';
  const readAs = (raw: string | null, holds: 'day' | 'moment', label: string): Read => {
    if (!asDay) return readInstant(raw, label);
    if (holds === 'day') return readDate(raw, label);
    const moment = readInstant(raw, label);
    return moment.ok && typeof moment.value === 'string'
      ? read(dayOf(moment.value, timeZone))
      : moment;
  };
  const write = (value: string, holds: 'day' | 'moment'): string =>
    asDay && holds === 'moment' ? startOfDay(value.slice(0, 10), timeZone) : value;
  return {
    fromHubSpot: (raw) => readAs(raw, inHubSpot, field.label),
    fromSalesforce: (raw) => {
      const time = readAs(salesforceText(raw), inSalesforce, property.label);
      return time.ok ? time.value : salesforceText(raw);
    },
    toHubSpot: (value) => written(write(String(value), inHubSpot)),
    toSalesforce: (value) => written(write(String(value), inSalesforce)),
  };
}

/** Texts that an admin says mean the same; compared as HubSpot spells them, by the first pair for each of Salesforce's. */
function withValueMap(plain: Conversion, valueMap: readonly ValuePair[]): Conversion {
  const inSalesforce = new Map(
    valueMap.toReversed().map((pair) => [pair.hubspot, pair.salesforce]),
  );
  const inHubSpot = new Map(valueMap.toReversed().map((pair) => [pair.salesforce, pair.hubspot]));
  const spokenFor = (text: string): string => inHubSpot.get(inSalesforce.get(text) ?? text) ?? text;
  return {
    ...plain,
    fromHubSpot: (raw) => {
      const text = readText(raw);
      return plain.fromHubSpot(text === null ? null : spokenFor(text));
    },
    fromSalesforce: (raw) => {
      const text = readText(salesforceText(raw));
      return plain.fromSalesforce(text === null ? raw : (inHubSpot.get(text) ?? raw));
    },
    toSalesforce: (value) => plain.toSalesforce(inSalesforce.get(String(value)) ?? value),
  };
}

/** HubSpot keeps a range, Salesforce a number (native-connector §3.3): number to range only. */
function employeeRangeConversion({ property, field }: ConversionSpec): Conversion {
  const why = (value: CanonicalValue): Reason =>
    reason('RANGE_NOT_WRITTEN_BACK', { value: String(value ?? 'blank'), field: field.label });
  return {
    fromHubSpot: (raw) => read(readText(raw)),
    fromSalesforce: (raw) => (raw === null ? null : rangeOf(property.options, Number(raw))),
    toHubSpot: (value) => toHubSpotText(property, String(value)),
    toSalesforce: (value) => failed(why(value)),
    onlyFromSalesforce: why,
  };
}

/** The conversion between two fields whose types go together (`compatibility` says which do). */
export function conversionFor(spec: ConversionSpec): Conversion {
  const { property, field, special, valueMap } = spec;
  if (special === 'place') return placeConversion(spec);
  if (special === 'owner') return ownerConversion(spec);
  if (special === 'employeeRange' && hubspotKind(property) === 'select')
    return employeeRangeConversion(spec);
  switch (salesforceKind(field)) {
    case 'boolean':
      return booleanConversion;
    case 'int':
    case 'decimal':
      return numberConversion(spec);
    case 'date':
    case 'datetime':
      return timeConversion(spec);
    case 'picklist':
      return optionConversion(spec, false);
    case 'multipicklist':
      return optionConversion(spec, true);
    case 'user':
      return hubspotKind(property) === 'owner' ? ownerConversion(spec) : lookupConversion(spec);
    case 'reference':
      return lookupConversion(spec);
    case 'text':
    case 'textarea':
    case 'unmappable':
      return valueMap.length > 0 && ['text', 'select'].includes(hubspotKind(property))
        ? withValueMap(textConversion(spec), valueMap)
        : textConversion(spec);
  }
}
