// HubSpot keeps a range of employees, Salesforce their number (native-connector §3.3): number to range only.
import type { Conversion, ConversionSpec } from '../conversion.ts';
import type { CanonicalValue } from '../link.ts';
import { rangeOf } from '../options.ts';
import { reason, type Reason } from '../reasons.ts';
import { failed, parseNumber, read, readText, salesforceText } from '../values.ts';
import { fittingHubSpot } from './hubspot-value.ts';

export function employeeRangeConversion({ property, field }: ConversionSpec): Conversion {
  const why = (value: CanonicalValue): Reason =>
    reason('RANGE_NOT_WRITTEN_BACK', { value: String(value ?? 'blank'), field: field.label });
  return {
    fromHubSpot: (raw) => read(readText(raw)),
    fromSalesforce: (raw) => {
      const employees = parseNumber(salesforceText(raw) ?? '');
      return employees === null ? null : rangeOf(property.options, employees);
    },
    toHubSpot: (value) => fittingHubSpot(property, String(value)),
    toSalesforce: (value) => failed(why(value)),
    onlyFromSalesforce: why,
  };
}
