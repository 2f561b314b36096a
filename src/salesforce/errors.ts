// From Salesforce's error answers to record errors. `fields` is often empty although the message names
// the field, by label or by API name; then the name is taken from the message.
import { z } from 'zod';
import type { RecordError } from '../engine/errors.ts';
import type { SalesforceField } from '../engine/fields.ts';
import { salesforceId18 } from '../engine/salesforce-ids.ts';
import type { SalesforceWrite } from './port.ts';

/** What a duplicate rule found. Collections may leave it out. */
const duplicateSchema = z.object({
  matchResults: z.array(
    z.object({
      matchRecords: z.array(z.object({ record: z.object({ Id: z.string() }) })).default([]),
    }),
  ),
});

/** `statusCode` in collection results, `errorCode` in error arrays. */
const errorSchema = z.object({
  statusCode: z.string().optional(),
  errorCode: z.string().optional(),
  message: z.string().default(''),
  fields: z.array(z.string()).nullish(),
  duplicateResult: duplicateSchema.optional().catch(undefined),
  /** So it is spelt in the answers of single-record calls. */
  duplicateResut: duplicateSchema.optional().catch(undefined),
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
    existingId: existingIdIn(message) ?? duplicateIdIn(first),
    retryable: PASSING.has(code),
  };
}

/** `…duplicates value on record with id: 00Q5g000000001AAA` */
function existingIdIn(message: string): string | null {
  const id = /\brecord with id:\s*([A-Za-z0-9]{15,18})/.exec(message)?.[1];
  return id === undefined ? null : salesforceId18(id);
}

function duplicateIdIn({
  duplicateResult,
  duplicateResut,
}: SalesforceErrors[number]): string | null {
  const matches = (duplicateResult ?? duplicateResut)?.matchResults ?? [];
  const [id] = matches.flatMap(({ matchRecords }) => matchRecords.map(({ record }) => record.Id));
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
  'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
  'ENTITY_IS_DELETED',
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

/** Refusals of a record that a field points at, in which Salesforce names neither field nor value. */
const ABOUT_A_REFERENCE = new Set([
  'INVALID_CROSS_REFERENCE_KEY',
  'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
]);

/**
 * The fields of a write that may hold a refused reference: the one with the id that the message names, else all
 * that point at records. “Entity is deleted” is about them only when the record itself is new.
 */
export function blamedReferences(
  { code, message }: Pick<RecordError, 'code' | 'message'>,
  write: SalesforceWrite,
  fields: ReadonlyMap<string, SalesforceField>,
): string[] {
  const isAbout =
    ABOUT_A_REFERENCE.has(code) || (code === 'ENTITY_IS_DELETED' && write.kind === 'create');
  if (!isAbout || write.kind === 'delete') return [];
  const byName = new Map([...fields].map(([name, field]) => [name.toLowerCase(), field]));
  const references = Object.keys(write.fields).filter(
    (name) => byName.get(name.toLowerCase())?.type === 'reference' && write.fields[name] !== null,
  );
  const id = salesforceId18(/\bid:\s*([A-Za-z0-9]{15,18})/.exec(message)?.[1] ?? '');
  const named = references.filter((name) => salesforceId18(String(write.fields[name])) === id);
  return id === null || named.length === 0 ? references : named;
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
    /bad field names on insert\/update call: ([\w, ]+)/.exec(message)?.[1] ??
    /Required fields are missing: \[([^\]]+)\]/.exec(message)?.[1] ??
    /duplicate value found: (\w+) duplicates/.exec(message)?.[1];
  if (listed !== undefined) return listed.split(',').map((name) => name.trim());
  const labelled = [...fields.values()];
  const byLabel =
    labelled.find(({ label }) => message.startsWith(`${label}: `)) ??
    // State and country errors name it last: “…from the list of valid states.: State/Province”.
    labelled.find(({ label }) => message.endsWith(`: ${label}`));
  const byName = /\bfield:? ([A-Za-z]\w*(?:__c)?)\b/.exec(message)?.[1];
  if (byLabel) return [byLabel.name];
  if (codeOf(error) === 'INACTIVE_OWNER_OR_USER') return ['OwnerId'];
  return byName !== undefined && fields.has(byName) ? [byName] : [];
}
