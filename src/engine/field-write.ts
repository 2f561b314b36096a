// One value on its way into one field: in the target's own form, or why the target cannot take it.
import type { CanonicalValue } from './link.ts';
import type { FieldPair } from './mapping.ts';
import { reason, type Reason } from './reasons.ts';
import type { SalesforceRecord, SalesforceValue, Side } from './records.ts';

export type TargetWrite =
  | { readonly kind: 'left'; readonly reason: Reason }
  | { readonly kind: 'toHubSpot'; readonly value: CanonicalValue; readonly raw: string }
  | {
      readonly kind: 'toSalesforce';
      readonly value: CanonicalValue;
      readonly raw: SalesforceValue;
    };

export const isPersonAccount = (record: SalesforceRecord): boolean =>
  record.fields.IsPersonAccount === true;

/** A person account's name belongs to its account (salesforce-api §6). */
const PERSON_NAME_FIELDS: ReadonlySet<string> = new Set([
  'FirstName',
  'LastName',
  'MiddleName',
  'Salutation',
  'Suffix',
]);

const left = (why: Reason): TargetWrite => ({ kind: 'left', reason: why });

export function writeTo(
  to: Side,
  pair: FieldPair,
  value: CanonicalValue,
  isPerson: boolean,
): TargetWrite {
  if (to === 'hubspot') {
    if (!pair.writableInHubSpot)
      return left(reason('READ_ONLY_IN_HUBSPOT', { field: pair.property.label }));
    if (value === null) return { kind: 'toHubSpot', value, raw: '' };
    const converted = pair.conversion.toHubSpot(value);
    return converted.ok
      ? { kind: 'toHubSpot', value, raw: converted.value }
      : left(converted.reason);
  }
  if (isPerson && PERSON_NAME_FIELDS.has(pair.field.name))
    return left(reason('PERSON_ACCOUNT_NAME', { field: pair.field.label }));
  if (!pair.field.updateable)
    return left(reason('READ_ONLY_IN_SALESFORCE', { field: pair.field.label }));
  const oneWay = pair.conversion.onlyFromSalesforce?.(value);
  if (oneWay) return left(oneWay);
  if (value === null) return { kind: 'toSalesforce', value, raw: null };
  const converted = pair.conversion.toSalesforce(value);
  return converted.ok
    ? { kind: 'toSalesforce', value, raw: converted.value }
    : left(converted.reason);
}
