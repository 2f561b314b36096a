// Ids of Salesforce records, the record's own included: copied to HubSpot, where they mean nothing but
// themselves, and never written back.
import type { Conversion, ConversionSpec } from '../conversion.ts';
import { reason } from '../reasons.ts';
import { salesforceId18 } from '../salesforce-ids.ts';
import { failed, read, readText, salesforceText } from '../values.ts';
import { fittingHubSpot } from './hubspot-value.ts';

export function lookupConversion({ property, field }: ConversionSpec): Conversion {
  const why = reason('LOOKUP_NOT_WRITTEN', { field: field.label });
  // The 15 characters of a page's address and the 18 of the API are one id (salesforce-api §6).
  const readId = (raw: string | null): string | null => {
    const text = readText(raw);
    return text === null ? null : (salesforceId18(text) ?? text);
  };
  return {
    fromHubSpot: (raw) => read(readId(raw)),
    fromSalesforce: (raw) => readId(salesforceText(raw)),
    toHubSpot: (value) => fittingHubSpot(property, String(value)),
    toSalesforce: () => failed(why),
    onlyFromSalesforce: () => why,
  };
}
