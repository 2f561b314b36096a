// Encrypted text: Salesforce shows it masked to whoever may not view encrypted data, and a masked text is no
// value. Nothing is written to such a field either: what comes back masked can't be compared, so it would be
// written again with every sync.
import type { Conversion, ConversionSpec } from '../conversion.ts';
import { reason } from '../reasons.ts';
import { failed } from '../values.ts';
import { textConversion } from './text.ts';

/** `********`, `XXX-XX-1234`: mask characters, and at most the last few of the value. */
const MASKED = /^(?:[*X][\s-]?){3,}[\p{L}\d\s-]{0,6}$/u;

export function encryptedConversion(spec: ConversionSpec): Conversion {
  const { label: field } = spec.field;
  const plain = textConversion(spec);
  const notWritten = reason('ENCRYPTED_NOT_WRITTEN', { field });
  return {
    ...plain,
    toHubSpot: (value) =>
      MASKED.test(String(value))
        ? failed(reason('MASKED_IN_SALESFORCE', { field }))
        : plain.toHubSpot(value),
    toSalesforce: () => failed(notWritten),
    onlyFromSalesforce: () => notWritten,
  };
}
