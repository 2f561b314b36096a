// Turns what a CRM answered about one record into a reason. The tables are the error codes of
// salesforce-api §5 and hubspot-api §2.6; a code that is not here is kept verbatim in `REFUSED`.
import type { RecordError } from './errors.ts';
import { reason, type Reason, type ReasonCode } from './reasons.ts';

const SALESFORCE: Readonly<Record<string, ReasonCode>> = {
  REQUIRED_FIELD_MISSING: 'REQUIRED_FIELD_MISSING',
  FIELD_CUSTOM_VALIDATION_EXCEPTION: 'SALESFORCE_VALIDATION_RULE',
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: 'SALESFORCE_VALIDATION_RULE',
  FIELD_FILTER_VALIDATION_EXCEPTION: 'SALESFORCE_VALIDATION_RULE',
  DUPLICATES_DETECTED: 'SALESFORCE_DUPLICATE_RULE',
  DUPLICATE_VALUE: 'DUPLICATE_VALUE',
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: 'VALUE_REFUSED',
  STRING_TOO_LONG: 'VALUE_REFUSED',
  INVALID_EMAIL_ADDRESS: 'VALUE_REFUSED',
  INVALID_TYPE_ON_FIELD_IN_RECORD: 'VALUE_REFUSED',
  JSON_PARSER_ERROR: 'VALUE_REFUSED',
  NUMBER_OUTSIDE_VALID_RANGE: 'VALUE_REFUSED',
  FIELD_INTEGRITY_EXCEPTION: 'VALUE_REFUSED',
  INVALID_FIELD: 'FIELD_MISSING',
  INVALID_FIELD_FOR_INSERT_UPDATE: 'NO_PERMISSION',
  INSUFFICIENT_ACCESS_OR_READONLY: 'NO_PERMISSION',
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 'BAD_REFERENCE',
  INVALID_CROSS_REFERENCE_KEY: 'BAD_REFERENCE',
  CANNOT_UPDATE_CONVERTED_LEAD: 'LEAD_CONVERTED',
  ANSWER_LOST: 'ANSWER_LOST',
};

const HUBSPOT: Readonly<Record<string, ReasonCode>> = {
  INVALID_EMAIL: 'VALUE_REFUSED',
  INVALID_OPTION: 'VALUE_REFUSED',
  INVALID_LONG: 'VALUE_REFUSED',
  INVALID_FLOAT: 'VALUE_REFUSED',
  INVALID_DATE: 'VALUE_REFUSED',
  PROPERTY_DOESNT_EXIST: 'FIELD_MISSING',
  READ_ONLY_VALUE: 'READ_ONLY_IN_HUBSPOT',
  CONFLICT: 'EMAIL_TAKEN',
  MISSING_SCOPES: 'NO_PERMISSION',
};

/** The reason behind a CRM's refusal of one record; `value` is what was sent for the blamed field, when there is one. */
export function reasonForRefusal(
  crm: 'HubSpot' | 'Salesforce',
  error: RecordError,
  value = '',
): Reason {
  const details = {
    crm,
    code: error.code,
    message: error.message,
    field: error.fields.join(', '),
    value,
    id: error.existingId ?? '',
  };
  const known = (crm === 'HubSpot' ? HUBSPOT : SALESFORCE)[error.code];
  if (known) return reason(known, details);
  return reason(error.retryable ? 'WILL_RETRY' : 'REFUSED', details);
}
