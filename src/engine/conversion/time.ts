// Dates and times. Where one side keeps a day and the other a moment, both are compared as the day in the
// zone of the settings: a time of day stays as it is until the day changes, and a day that has to become a
// moment becomes the one it begins with. Dates of HubSpot and Salesforce themselves carry no zone.
import type { Conversion, ConversionSpec } from '../conversion.ts';
import { dayOf, startOfDay } from '../days.ts';
import { reason } from '../reasons.ts';
import { hubspotKind } from '../types.ts';
import {
  failed,
  read,
  readDate,
  readInstant,
  salesforceText,
  shownValue,
  written,
  type Read,
  type Written,
} from '../values.ts';

type Holds = 'day' | 'moment';

/** Dates Salesforce keeps. */
const SALESFORCE_YEARS = { from: '1700-01-01', to: '4000-12-31' } as const;

export function timeConversion({ property, field, timeZone }: ConversionSpec): Conversion {
  const inHubSpot: Holds = hubspotKind(property) === 'date' ? 'day' : 'moment';
  const inSalesforce: Holds = field.type === 'date' ? 'day' : 'moment';
  const asDay = inHubSpot === 'day' || inSalesforce === 'day';

  const readAs = (raw: string | null, holds: Holds, label: string): Read => {
    if (!asDay) return readInstant(raw, label);
    // A date without a time is that day, whatever the zone.
    if (holds === 'day' || /^\s*\d{4}-\d{2}-\d{2}\s*$/.test(raw ?? '')) return readDate(raw, label);
    const moment = readInstant(raw, label);
    return moment.ok && typeof moment.value === 'string'
      ? read(dayOf(moment.value, timeZone))
      : moment;
  };

  const write = (value: string, holds: Holds, label: string): Written<string> => {
    const known = asDay ? readDate(value, label) : readInstant(value, label);
    if (!known.ok) return known;
    const text = asDay && holds === 'moment' ? startOfDay(value, timeZone) : value;
    return text === null ? notADate(value, label) : written(text);
  };

  return {
    fromHubSpot: (raw) => readAs(raw, inHubSpot, field.label),
    fromSalesforce: (raw) => {
      const text = salesforceText(raw);
      const time = readAs(text, inSalesforce, property.label);
      return time.ok ? time.value : text;
    },
    toHubSpot: (value) => write(String(value), inHubSpot, property.label),
    toSalesforce: (value) => {
      const day = String(value).slice(0, 10);
      return day < SALESFORCE_YEARS.from || day > SALESFORCE_YEARS.to
        ? notADate(String(value), field.label)
        : write(String(value), inSalesforce, field.label);
    },
  };
}

const notADate = (value: string, field: string): Written<never> =>
  failed(reason('NOT_A_DATE', { value: shownValue(value), field }));
