// Checkboxes. A Salesforce checkbox is never blank, so an unset HubSpot checkbox means the same as an
// unticked one (native-connector §3.2).
import type { Conversion } from '../conversion.ts';
import { read, readText, written } from '../values.ts';

export const checkboxConversion: Conversion = {
  fromHubSpot: (raw) => read(readText(raw)?.toLowerCase() === 'true'),
  fromSalesforce: (raw) => raw === true || raw === 'true',
  toHubSpot: (value) => written(String(value === true)),
  toSalesforce: (value) => written(value === true),
};
