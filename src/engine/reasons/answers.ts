// What a CRM said when it refused a record or a field, and what Tandem tries again by itself. Which of the
// CRMs' codes is which reason: `../refusals.ts`.
import { texts } from './text.ts';

export const ANSWER_REASONS = texts({
  REQUIRED_FIELD_MISSING: {
    category: 'propertyValue',
    sentence: '{crm} requires a value that is missing: {message}',
    fix: 'Fill in the field, or map it.',
  },
  TYPE_MISMATCH: {
    category: 'propertyMapping',
    sentence: 'The value is of another type than {crm} takes there: {message}',
    fix: 'Map the property to a field of the same type.',
  },
  SALESFORCE_VALIDATION_RULE: {
    category: 'customSalesforceCode',
    sentence: 'A rule or automation in Salesforce refused the change: {message}',
    fix: 'Correct the value, or ask the Salesforce admin about the rule.',
  },
  HUBSPOT_VALIDATION_RULE: {
    category: 'propertyValue',
    sentence: 'HubSpot’s validation refused the record: {message}',
    fix: 'Correct what the message names, or ask the HubSpot admin about the validation rules of the property.',
  },
  SALESFORCE_DUPLICATE_RULE: {
    category: 'deduplication',
    sentence: 'A duplicate rule in Salesforce refused the record: {message}',
    fix: 'Merge the records in Salesforce, or let the integration user pass the duplicate rule.',
  },
  SALESFORCE_DUPLICATE_OF: {
    category: 'deduplication',
    sentence:
      'A duplicate rule in Salesforce refused the record because it matches {id}: {message}',
    fix: 'Merge the records in Salesforce, or let the integration user pass the duplicate rule.',
  },
  DUPLICATE_VALUE: {
    category: 'deduplication',
    sentence: 'Another {crm} record already has this value: {message}',
    fix: 'Merge the two records, or change the value on one of them.',
  },
  NO_PERMISSION: {
    category: 'permissions',
    sentence: '{crm} does not let Tandem write this: {message}',
    fix: 'Give the integration user access to the record and its fields.',
  },
  FIELD_PERMISSION: {
    category: 'permissions',
    sentence: '{crm} does not let Tandem write {field}: {message}',
    fix: 'Give the integration user edit access to the field, or choose a rule that only reads it.',
  },
  SIGN_IN_REFUSED: {
    category: 'permissions',
    sentence: '{crm} does not let Tandem sign in: {message}',
    fix: 'Check Tandem’s credentials and what they allow.',
  },
  BAD_REFERENCE: {
    category: 'associations',
    sentence: 'The record it points to cannot be used: {message}',
    fix: 'Check that the record exists and that the integration user may see it.',
  },
  ASSOCIATION_LIMIT_REACHED: {
    category: 'associations',
    sentence: 'The record has as many associations as {crm} allows: {message}',
    fix: 'Remove or move associations of the record.',
  },
  FIELD_MISSING: {
    category: 'propertyMapping',
    sentence: '{crm} does not know this field any more: {message}',
    fix: 'Check the field mappings: a field was renamed or deleted, or access to it was taken away.',
  },
  VALUE_REFUSED: {
    category: 'propertyValue',
    sentence: '{crm} refused the value: {message}',
    fix: 'Correct the value.',
  },
  LOCKED_FOR_APPROVAL: {
    category: 'customSalesforceCode',
    sentence: 'Salesforce has locked the record while it is being approved: {message}',
    fix: 'Finish the approval, or let the integration user edit locked records.',
  },
  NOT_UNDERSTOOD: {
    category: 'propertyMapping',
    sentence: '{crm} did not understand what Tandem sent ({code}): {message}',
    fix: 'Report it to whoever maintains Tandem.',
  },
  REFUSED: {
    category: 'propertyValue',
    sentence: '{crm} refused the record ({code}): {message}',
    fix: 'Correct what the message names and sync again.',
  },
  WILL_RETRY: {
    category: 'waiting',
    sentence: '{crm} could not take it just now ({message}); Tandem tries again by itself.',
    fix: null,
  },
  CALL_LIMIT_REACHED: {
    category: 'limits',
    sentence: '{crm} takes no more calls for now ({message}); Tandem goes on as soon as it does.',
    fix: 'Raise the limit of API calls in {crm}, or give Tandem a larger share of it.',
  },
  STORAGE_FULL: {
    category: 'limits',
    sentence: '{crm} has no room for more records: {message}',
    fix: 'Free or buy storage in {crm}.',
  },
  ANSWER_LOST: {
    category: 'waiting',
    sentence:
      'The answer to creating the Salesforce record was lost; Tandem looks for it before trying again.',
    fix: null,
  },
  STUMBLED: {
    category: 'limits',
    sentence:
      'Tandem itself failed on this record ({message}); it tries again, and the others go on.',
    fix: 'Report it to whoever maintains Tandem.',
  },
  NOT_REACHED: {
    category: 'waiting',
    sentence:
      'Tandem could not work on this record for a while ({message}); it tries again by itself.',
    fix: null,
  },
  PAIRING_CHANGED: {
    category: 'waiting',
    sentence: 'Somebody changed which records belong together; Tandem looks at this one again.',
    fix: null,
  },
  CHANGED_MEANWHILE: {
    category: 'waiting',
    sentence: 'The record changed while it was being synced; Tandem looks at it again.',
    fix: null,
  },
  GONE_MEANWHILE: {
    category: 'waiting',
    sentence:
      'The {crm} record went away while it was being synced, or Tandem may not see it any more; Tandem looks at it again.',
    fix: null,
  },
});
