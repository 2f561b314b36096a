// Turns what a CRM answered about one record into a reason. The tables are the error codes of
// salesforce-api §5, native-connector §10.2 and hubspot-api §2.6; a code that is not here is kept verbatim in
// `REFUSED`. Whether to try again is not decided here: `error.retryable` and the reason's category say so.
import type { RecordError } from './errors.ts';
import type { Crm } from './failures.ts';
import { reason, type Reason, type ReasonCode } from './reasons.ts';

/** A reason, or, where one code says two things: the reason when a field is blamed, and when the record is. */
type Meaning = ReasonCode | { readonly field: ReasonCode; readonly record: ReasonCode };

const SALESFORCE: Readonly<Record<string, Meaning>> = {
  // The org's own rules.
  REQUIRED_FIELD_MISSING: 'REQUIRED_FIELD_MISSING',
  FIELD_CUSTOM_VALIDATION_EXCEPTION: 'SALESFORCE_VALIDATION_RULE',
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: 'SALESFORCE_VALIDATION_RULE',
  CANNOT_EXECUTE_FLOW_TRIGGER: 'SALESFORCE_VALIDATION_RULE',
  FIELD_FILTER_VALIDATION_EXCEPTION: 'SALESFORCE_VALIDATION_RULE',
  ENTITY_IS_LOCKED: 'LOCKED_FOR_APPROVAL',
  // Duplicates.
  DUPLICATES_DETECTED: 'SALESFORCE_DUPLICATE_RULE',
  DUPLICATE_VALUE: 'DUPLICATE_VALUE',
  // One field's value.
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: 'VALUE_REFUSED',
  STRING_TOO_LONG: 'VALUE_REFUSED',
  INVALID_EMAIL_ADDRESS: 'VALUE_REFUSED',
  NUMBER_OUTSIDE_VALID_RANGE: 'VALUE_REFUSED',
  FIELD_INTEGRITY_EXCEPTION: 'VALUE_REFUSED',
  INVALID_TYPE_ON_FIELD_IN_RECORD: 'TYPE_MISMATCH',
  JSON_PARSER_ERROR: 'TYPE_MISMATCH',
  // What the integration user may do.
  INSUFFICIENT_ACCESS_OR_READONLY: { field: 'FIELD_PERMISSION', record: 'NO_PERMISSION' },
  INVALID_FIELD_FOR_INSERT_UPDATE: { field: 'FIELD_PERMISSION', record: 'NO_PERMISSION' },
  CANNOT_INSERT_UPDATE: 'NO_PERMISSION',
  TRANSFER_REQUIRES_READ: 'NO_PERMISSION',
  INVALID_SESSION_ID: 'SIGN_IN_REFUSED',
  // The schema.
  INVALID_FIELD: 'FIELD_MISSING',
  INVALID_TYPE: 'FIELD_MISSING',
  // Records that the record points to.
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 'BAD_REFERENCE',
  INVALID_CROSS_REFERENCE_KEY: 'BAD_REFERENCE',
  INACTIVE_OWNER_OR_USER: { field: 'OWNER_INACTIVE', record: 'BAD_REFERENCE' },
  // The record itself.
  CANNOT_UPDATE_CONVERTED_LEAD: 'LEAD_CONVERTED',
  ENTITY_IS_DELETED: { field: 'BAD_REFERENCE', record: 'GONE_MEANWHILE' },
  NOT_FOUND: 'GONE_MEANWHILE',
  // Limits and outages.
  REQUEST_LIMIT_EXCEEDED: 'CALL_LIMIT_REACHED',
  STORAGE_LIMIT_EXCEEDED: 'STORAGE_FULL',
  UNABLE_TO_LOCK_ROW: 'WILL_RETRY',
  SERVER_UNAVAILABLE: 'WILL_RETRY',
  QUERY_TIMEOUT: 'WILL_RETRY',
  UNKNOWN_EXCEPTION: 'WILL_RETRY',
  ANSWER_LOST: 'ANSWER_LOST',
  // Nothing an admin can help.
  MALFORMED_ID: { field: 'BAD_REFERENCE', record: 'NOT_UNDERSTOOD' },
  MALFORMED_QUERY: 'NOT_UNDERSTOOD',
};

const HUBSPOT: Readonly<Record<string, Meaning>> = {
  // One property's value.
  INVALID_EMAIL: 'VALUE_REFUSED',
  INVALID_OPTION: 'VALUE_REFUSED',
  PROPERTY_VALUE_TOO_LONG: 'VALUE_REFUSED',
  INVALID_LONG: 'VALUE_REFUSED',
  INVALID_FLOAT: 'VALUE_REFUSED',
  INVALID_DATE: 'VALUE_REFUSED',
  REQUIRED_PROPERTY: 'REQUIRED_FIELD_MISSING',
  // A portal's own validation rules hold for API writes, too, and name no value (hubspot-api §0).
  VALIDATION_ERROR: 'HUBSPOT_VALIDATION_RULE',
  // The schema.
  PROPERTY_DOESNT_EXIST: 'FIELD_MISSING',
  READ_ONLY_VALUE: { field: 'READ_ONLY_IN_HUBSPOT', record: 'NO_PERMISSION' },
  // Duplicates.
  CONFLICT: 'DUPLICATE_VALUE',
  CONFLICTING_UNIQUE_VALUE: 'DUPLICATE_VALUE',
  OBJECT_ALREADY_EXISTS: 'DUPLICATE_VALUE',
  // What Tandem's app may do.
  MISSING_SCOPES: 'NO_PERMISSION',
  UNAUTHORIZED: 'SIGN_IN_REFUSED',
  INVALID_AUTHENTICATION: 'SIGN_IN_REFUSED',
  EXPIRED_AUTHENTICATION: 'SIGN_IN_REFUSED',
  // The record itself.
  OBJECT_NOT_FOUND: 'GONE_MEANWHILE',
  ASSOCIATION_LIMIT_EXCEEDED: 'ASSOCIATION_LIMIT_REACHED',
  // Limits and outages.
  RATE_LIMIT: 'CALL_LIMIT_REACHED',
  RATE_LIMITS: 'CALL_LIMIT_REACHED',
  RATE_LIMITED: 'CALL_LIMIT_REACHED',
  STATUS_429: 'CALL_LIMIT_REACHED',
  STATUS_423: 'WILL_RETRY',
  LOCKED: 'WILL_RETRY',
  STATUS_477: 'WILL_RETRY',
  MIGRATION_IN_PROGRESS: 'WILL_RETRY',
  INTERNAL_ERROR: 'WILL_RETRY',
  TIMEOUT: 'WILL_RETRY',
  UNAVAILABLE: 'WILL_RETRY',
  SERVICE_UNAVAILABLE: 'WILL_RETRY',
  UNANSWERED: 'WILL_RETRY',
  ANSWER_LOST: 'WILL_RETRY',
};

/** Codes of the two tables, for those who want to know them all. */
export const KNOWN_CODES: Readonly<Record<Crm, readonly string[]>> = {
  HubSpot: Object.keys(HUBSPOT),
  Salesforce: Object.keys(SALESFORCE),
};

/**
 * The reason behind a CRM's refusal of one record or field.
 * @param value what was sent for the blamed field, where there is one
 */
export function reasonForRefusal(crm: Crm, error: RecordError, value = ''): Reason {
  const { code, message, fields, existingId } = error;
  const details = {
    crm,
    code,
    message: message || 'it did not say why.',
    field: fields.join(', '),
    value,
    id: existingId ?? '',
  };
  return reason(codeFor(crm, error, value), details);
}

function codeFor(crm: Crm, error: RecordError, value: string): ReasonCode {
  const { code, fields, existingId } = error;
  if (crm === 'HubSpot' && code === 'CONFLICT' && isAboutEmail(error, value)) return 'EMAIL_TAKEN';
  if (code === 'DUPLICATES_DETECTED' && existingId !== null) return 'SALESFORCE_DUPLICATE_OF';
  const meaning = meaningOf(crm, code);
  if (meaning === undefined) return error.retryable ? 'WILL_RETRY' : 'REFUSED';
  if (typeof meaning === 'string') return meaning;
  // An inactive owner is named by the value: without it there is nobody to name.
  const isNamed = fields.length > 0 && (meaning.field !== 'OWNER_INACTIVE' || value !== '');
  return isNamed ? meaning.field : meaning.record;
}

function meaningOf(crm: Crm, code: string): Meaning | undefined {
  const codes = crm === 'HubSpot' ? HUBSPOT : SALESFORCE;
  if (Object.hasOwn(codes, code)) return codes[code];
  return /^STATUS_5\d\d$/.test(code) ? 'WILL_RETRY' : undefined;
}

/** A contact that exists already exists by its e-mail address, unless another unique property is named. */
const isAboutEmail = ({ fields, existingId }: RecordError, value: string): boolean =>
  existingId !== null && value !== '' && (fields.length === 0 || fields.includes('email'));
