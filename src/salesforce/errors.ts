// From Salesforce's error answers to record errors. `fields` is often empty although the message names
// the field, by label or by API name; then the name is taken from the message.
import { z } from 'zod';
import type { RecordError } from '../engine/errors.ts';
import type { SalesforceField } from '../engine/fields.ts';
import { salesforceId18 } from '../engine/salesforce-ids.ts';

/** `statusCode` in collection results, `errorCode` in error arrays. */
const errorSchema = z.object({
  statusCode: z.string().optional(),
  errorCode: z.string().optional(),
  message: z.string().default(''),
  fields: z.array(z.string()).nullish(),
});

export const errorsSchema = z.array(errorSchema);
export type SalesforceErrors = z.infer<typeof errorsSchema>;

/** Worth trying again as they are (salesforce-api §5). */
const PASSING = new Set([
  'UNABLE_TO_LOCK_ROW',
  'SERVER_UNAVAILABLE',
  'QUERY_TIMEOUT',
  'REQUEST_LIMIT_EXCEEDED',
  'UNKNOWN_EXCEPTION',
]);

export const codeOf = ({ statusCode, errorCode }: SalesforceErrors[number]): string =>
  statusCode ?? errorCode ?? 'UNKNOWN';

export function recordErrorOf(
  errors: SalesforceErrors,
  fields: ReadonlyMap<string, SalesforceField>,
): RecordError {
  const [first] = errors;
  if (!first)
    return {
      code: 'UNKNOWN',
      message: 'Salesforce refused the row without saying why.',
      fields: [],
      existingId: null,
      retryable: false,
    };
  const code = codeOf(first);
  // Errors of another kind come up again once this one is out of the way, with a reason of their own.
  const alike = errors.filter((error) => codeOf(error) === code);
  const message = alike.map((error) => error.message).join(' ');
  return {
    code,
    message,
    fields: [...new Set(alike.flatMap((error) => namesIn(error, fields)))],
    existingId: existingIdIn(message),
    retryable: PASSING.has(code),
  };
}

/** `…duplicates value on record with id: 00Q5g000000001AAA` */
function existingIdIn(message: string): string | null {
  const id = /\brecord with id:\s*([A-Za-z0-9]{15,18})/.exec(message)?.[1];
  return id === undefined ? null : salesforceId18(id);
}

/** Errors about one field's value, which Salesforce may only name by its label: `Last Name: data value too large`. */
const ABOUT_A_VALUE = new Set([
  'STRING_TOO_LONG',
  'INVALID_EMAIL_ADDRESS',
  'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
  'INVALID_TYPE_ON_FIELD_IN_RECORD',
  'NUMBER_OUTSIDE_VALID_RANGE',
  'FIELD_INTEGRITY_EXCEPTION',
  'INSUFFICIENT_ACCESS_OR_READONLY',
  'INVALID_CROSS_REFERENCE_KEY',
  'MALFORMED_ID',
]);

/** True when the labels of the object's fields are needed to tell which field an error is about. */
export const needsLabels = (error: SalesforceErrors[number]): boolean =>
  namesNoField(error) && ABOUT_A_VALUE.has(codeOf(error));

const namesNoField = ({ fields }: SalesforceErrors[number]): boolean =>
  !fields || fields.length === 0;

/**
 * Salesforce's JSON reader names the value it choked on but not the field:
 * `Cannot deserialize instance of double from VALUE_STRING value abc or request may be …`.
 */
export function fieldsByValue(
  message: string,
  fields: Readonly<Record<string, unknown>>,
): string[] {
  const value = /Cannot deserialize instance of \S+ from \S+ value (.*?) or request may be/s.exec(
    message,
  )?.[1];
  return value === undefined
    ? []
    : Object.keys(fields).filter((name) => String(fields[name]).trim() === value.trim());
}

/** API names an error is about. */
function namesIn(
  error: SalesforceErrors[number],
  fields: ReadonlyMap<string, SalesforceField>,
): string[] {
  if (error.fields && !namesNoField(error)) return error.fields;
  const { message } = error;
  const listed =
    /No such column '([^']+)'/.exec(message)?.[1] ??
    /Unable to create\/update fields: ([^.]+)\./.exec(message)?.[1] ??
    /Required fields are missing: \[([^\]]+)\]/.exec(message)?.[1] ??
    /duplicate value found: (\w+) duplicates/.exec(message)?.[1];
  if (listed !== undefined) return listed.split(',').map((name) => name.trim());
  const byLabel = [...fields.values()].find(({ label }) => message.startsWith(`${label}: `));
  const byName = /\bfield:? ([A-Za-z]\w*(?:__c)?)\b/.exec(message)?.[1];
  if (byLabel) return [byLabel.name];
  if (codeOf(error) === 'INACTIVE_OWNER_OR_USER') return ['OwnerId'];
  return byName !== undefined && fields.has(byName) ? [byName] : [];
}
