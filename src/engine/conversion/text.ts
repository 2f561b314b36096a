// Texts: names, phones as they were typed, web addresses, e-mail addresses, and numbers kept as text.
import type { Conversion, ConversionSpec } from '../conversion.ts';
import { reason } from '../reasons.ts';
import { hubspotKind } from '../types.ts';
import {
  failed,
  fittingText,
  looksLikeEmail,
  read,
  readEmail,
  readNumberText,
  readText,
  salesforceText,
  shownValue,
} from '../values.ts';
import { fittingHubSpot } from './hubspot-value.ts';

export function textConversion(spec: ConversionSpec): Conversion {
  // A number kept as text is the same however it is spelt.
  return comparedAs(hubspotKind(spec.property) === 'number' ? readNumberText : readText, spec);
}

/** HubSpot keeps e-mail addresses in lower case, Salesforce as they were typed. */
export function emailConversion(spec: ConversionSpec): Conversion {
  const plain = comparedAs(readEmail, spec);
  return {
    ...plain,
    toSalesforce: (value) =>
      looksLikeEmail(String(value))
        ? plain.toSalesforce(value)
        : failed(reason('INVALID_EMAIL', { crm: 'Salesforce', value: shownValue(String(value)) })),
  };
}

const comparedAs = (
  normal: (raw: string | null) => string | null,
  { property, field }: ConversionSpec,
): Conversion => ({
  fromHubSpot: (raw) => read(normal(raw)),
  fromSalesforce: (raw) => normal(salesforceText(raw)),
  toHubSpot: (value) => fittingHubSpot(property, String(value)),
  toSalesforce: (value) => fittingText(String(value), field),
});
