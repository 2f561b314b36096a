// What a CRM's refusal means: every error code of salesforce-api §5, native-connector §10.2 and hubspot-api
// §2.1 and §2.6 beside the reason it becomes, one row each. `blames` is the field the CRM names.
import { describe, expect, it } from 'vitest';
import type { RecordError } from '../../src/engine/errors.ts';
import type { Crm } from '../../src/engine/failures.ts';
import { explain, REASONS } from '../../src/engine/reasons.ts';
import { KNOWN_CODES, reasonForRefusal } from '../../src/engine/refusals.ts';
import { rowsOf } from './support/table.ts';

const SALESFORCE = rowsOf(
  ['code', 'blames', 'message', 'reason', 'category'],
  `
  code                                          | blames    | message                                                | reason                     | category
  REQUIRED_FIELD_MISSING                        | Company   | Required fields are missing: [Company]                 | REQUIRED_FIELD_MISSING     | propertyValue
  FIELD_CUSTOM_VALIDATION_EXCEPTION             |           | Banks need a rating                                    | SALESFORCE_VALIDATION_RULE | customSalesforceCode
  FIELD_CUSTOM_VALIDATION_EXCEPTION             | Rating    | Banks need a rating                                    | SALESFORCE_VALIDATION_RULE | customSalesforceCode
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY          |           | LeadTrigger: execution of BeforeUpdate                 | SALESFORCE_VALIDATION_RULE | customSalesforceCode
  CANNOT_EXECUTE_FLOW_TRIGGER                   |           | We can't save this record                              | SALESFORCE_VALIDATION_RULE | customSalesforceCode
  FIELD_FILTER_VALIDATION_EXCEPTION             | Partner__c | Value does not exist or does not match filter criteria | SALESFORCE_VALIDATION_RULE | customSalesforceCode
  ENTITY_IS_LOCKED                              |           | This record is locked                                  | LOCKED_FOR_APPROVAL        | customSalesforceCode
  DUPLICATES_DETECTED                           |           | Use one of these records?                              | SALESFORCE_DUPLICATE_RULE  | deduplication
  DUPLICATE_VALUE                               | Ext__c    | duplicates value on record with id: 00Q000000000001    | DUPLICATE_VALUE            | deduplication
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST       | Industry  | bad value for restricted picklist field: Bees          | VALUE_REFUSED              | propertyValue
  STRING_TOO_LONG                               | City      | City: data value too large                             | VALUE_REFUSED              | propertyValue
  INVALID_EMAIL_ADDRESS                         | Email     | Email: invalid email address: badone                   | VALUE_REFUSED              | propertyValue
  NUMBER_OUTSIDE_VALID_RANGE                    | Score__c  | value outside of valid range on numeric field          | VALUE_REFUSED              | propertyValue
  FIELD_INTEGRITY_EXCEPTION                     | StateCode | A country must be specified before a state             | VALUE_REFUSED              | propertyValue
  INVALID_TYPE_ON_FIELD_IN_RECORD               | Score__c  | value not of required type: abc                        | TYPE_MISMATCH              | propertyMapping
  JSON_PARSER_ERROR                             |           | Cannot deserialize instance of double from VALUE_STRING | TYPE_MISMATCH             | propertyMapping
  INSUFFICIENT_ACCESS_OR_READONLY               |           | insufficient access rights on object id                | NO_PERMISSION              | permissions
  INSUFFICIENT_ACCESS_OR_READONLY               | City      | insufficient access rights on field                    | FIELD_PERMISSION           | permissions
  INVALID_FIELD_FOR_INSERT_UPDATE               |           | Unable to create/update fields                         | NO_PERMISSION              | permissions
  INVALID_FIELD_FOR_INSERT_UPDATE               | City      | Unable to create/update fields: City                   | FIELD_PERMISSION           | permissions
  CANNOT_INSERT_UPDATE                          |           | cannot update                                          | NO_PERMISSION              | permissions
  TRANSFER_REQUIRES_READ                        |           | The new owner must have read permission                | NO_PERMISSION              | permissions
  INVALID_SESSION_ID                            |           | Session expired or invalid                             | SIGN_IN_REFUSED            | permissions
  INVALID_FIELD                                 | Gone__c   | No such column 'Gone__c' on sobject of type Lead       | FIELD_MISSING              | propertyMapping
  INVALID_TYPE                                  |           | sObject type 'Lead' is not supported                   | FIELD_MISSING              | propertyMapping
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY | AccountId | insufficient access rights on cross-reference id       | BAD_REFERENCE              | associations
  INVALID_CROSS_REFERENCE_KEY                   | AccountId | invalid cross reference id                             | BAD_REFERENCE              | associations
  INACTIVE_OWNER_OR_USER                        | OwnerId   | operation performed with inactive user [005xx] as owner | OWNER_INACTIVE            | propertyValue
  INACTIVE_OWNER_OR_USER                        |           | operation performed with inactive user [005xx] as owner | BAD_REFERENCE             | associations
  CANNOT_UPDATE_CONVERTED_LEAD                  |           | cannot reference converted lead                        | LEAD_CONVERTED             | policy
  ENTITY_IS_DELETED                             |           | entity is deleted                                      | GONE_MEANWHILE             | waiting
  ENTITY_IS_DELETED                             | AccountId | entity is deleted                                      | BAD_REFERENCE              | associations
  NOT_FOUND                                     |           | The requested resource does not exist                  | GONE_MEANWHILE             | waiting
  REQUEST_LIMIT_EXCEEDED                        |           | TotalRequests Limit exceeded.                          | CALL_LIMIT_REACHED         | limits
  STORAGE_LIMIT_EXCEEDED                        |           | storage limit exceeded                                 | STORAGE_FULL               | limits
  UNABLE_TO_LOCK_ROW                            |           | unable to obtain exclusive access to this record       | WILL_RETRY                 | waiting
  SERVER_UNAVAILABLE                            |           | Server unavailable                                     | WILL_RETRY                 | waiting
  QUERY_TIMEOUT                                 |           | Your query request was running for too long            | WILL_RETRY                 | waiting
  UNKNOWN_EXCEPTION                             |           | An unexpected error occurred                           | WILL_RETRY                 | waiting
  ANSWER_LOST                                   |           | socket hang up                                         | ANSWER_LOST                | waiting
  MALFORMED_ID                                  |           | malformed id                                           | NOT_UNDERSTOOD             | propertyMapping
  MALFORMED_ID                                  | AccountId | Account ID: id value of incorrect type                 | BAD_REFERENCE              | associations
  MALFORMED_QUERY                               |           | unexpected token: FORM                                 | NOT_UNDERSTOOD             | propertyMapping
`,
);

const HUBSPOT = rowsOf(
  ['code', 'blames', 'message', 'reason', 'category'],
  `
  code                     | blames    | message                                                        | reason                 | category
  INVALID_EMAIL            | email     | Email address bcooper@example.con is invalid                   | VALUE_REFUSED          | propertyValue
  INVALID_OPTION           | industry  | X was not one of the allowed options: [A, B]                   | VALUE_REFUSED          | propertyValue
  INVALID_LONG             | score     | 1/1/1 was not a valid long.                                    | VALUE_REFUSED          | propertyValue
  INVALID_FLOAT            | score     | abc was not a valid number.                                    | VALUE_REFUSED          | propertyValue
  INVALID_DATE             | birthday  | 1767312001000 is at 0:0:1 UTC, not midnight!                   | VALUE_REFUSED          | propertyValue
  PROPERTY_VALUE_TOO_LONG  | notes     | Property values must be 65536 characters or fewer              | VALUE_REFUSED          | propertyValue
  REQUIRED_PROPERTY        | region    | region is required                                             | REQUIRED_FIELD_MISSING | propertyValue
  VALIDATION_ERROR         |           | Property region is required when country is set                | HUBSPOT_VALIDATION_RULE | propertyValue
  PROPERTY_DOESNT_EXIST    | gone      | Property "gone" does not exist                                 | FIELD_MISSING          | propertyMapping
  READ_ONLY_VALUE          | createdate | "createdate" is a read only property; its value cannot be set. | READ_ONLY_IN_HUBSPOT   | propertyMapping
  READ_ONLY_VALUE          |           | its value cannot be set                                        | NO_PERMISSION          | permissions
  CONFLICT                 |           | Contact already exists. Existing ID: 3401                      | DUPLICATE_VALUE        | deduplication
  CONFLICTING_UNIQUE_VALUE | tandem_id | 12 already has that value.                                     | DUPLICATE_VALUE        | deduplication
  OBJECT_ALREADY_EXISTS    |           | Contact already exists.                                        | DUPLICATE_VALUE        | deduplication
  MISSING_SCOPES           |           | This app hasn't been granted all required scopes               | NO_PERMISSION          | permissions
  UNAUTHORIZED             |           | HubSpot does not accept the token                              | SIGN_IN_REFUSED        | permissions
  INVALID_AUTHENTICATION   |           | Authentication credentials not found                           | SIGN_IN_REFUSED        | permissions
  EXPIRED_AUTHENTICATION   |           | The OAuth token used to make this call expired                 | SIGN_IN_REFUSED        | permissions
  OBJECT_NOT_FOUND         |           | Could not get some CONTACT objects, they may be deleted        | GONE_MEANWHILE         | waiting
  ASSOCIATION_LIMIT_EXCEEDED |         | contacts can only have 1 primary company                       | ASSOCIATION_LIMIT_REACHED | associations
  RATE_LIMIT               |           | You have reached your ten_secondly_rolling limit.              | CALL_LIMIT_REACHED     | limits
  RATE_LIMITS              |           | You have reached your secondly limit.                          | CALL_LIMIT_REACHED     | limits
  RATE_LIMITED             |           | You have reached your daily limit.                             | CALL_LIMIT_REACHED     | limits
  STATUS_429               |           | Too many requests                                              | CALL_LIMIT_REACHED     | limits
  STATUS_423               |           | Locked                                                         | WILL_RETRY             | waiting
  LOCKED                   |           | This record is locked                                          | WILL_RETRY             | waiting
  STATUS_477               |           | Migration in progress                                          | WILL_RETRY             | waiting
  MIGRATION_IN_PROGRESS    |           | Migration in progress                                          | WILL_RETRY             | waiting
  STATUS_502               |           | Bad gateway                                                    | WILL_RETRY             | waiting
  STATUS_503               |           | Service unavailable                                            | WILL_RETRY             | waiting
  STATUS_504               |           | Gateway time-out                                               | WILL_RETRY             | waiting
  STATUS_521               |           | Web server is down                                             | WILL_RETRY             | waiting
  STATUS_522               |           | Connection timed out                                           | WILL_RETRY             | waiting
  STATUS_523               |           | Origin is unreachable                                          | WILL_RETRY             | waiting
  STATUS_524               |           | A time-out occurred                                            | WILL_RETRY             | waiting
  INTERNAL_ERROR           |           | internal error                                                 | WILL_RETRY             | waiting
  TIMEOUT                  |           | Timed out                                                      | WILL_RETRY             | waiting
  UNAVAILABLE              |           | fetch failed                                                   | WILL_RETRY             | waiting
  SERVICE_UNAVAILABLE      |           | Service unavailable                                            | WILL_RETRY             | waiting
  UNANSWERED               |           | HubSpot did not say what became of it                          | WILL_RETRY             | waiting
  ANSWER_LOST              |           | socket hang up                                                 | WILL_RETRY             | waiting
`,
);

const refused = (facts: Partial<RecordError>): RecordError => ({
  code: 'STRING_TOO_LONG',
  message: 'City: data value too large',
  fields: [],
  existingId: null,
  retryable: false,
  ...facts,
});
const blamed = (field: string): readonly string[] => (field === '' ? [] : [field]);

describe.each([
  ['Salesforce', SALESFORCE],
  ['HubSpot', HUBSPOT],
] as const)('A refusal of %s', (crm, rows) => {
  it.each(rows)(
    '$code $blames is $reason: $category',
    ({ code, blames, message, reason, category }) => {
      const why = reasonForRefusal(
        crm,
        refused({ code, message, fields: blamed(blames) }),
        'a value',
      );
      const told = explain(why);
      expect({ reason: why.code, category: told.category }).toEqual({ reason, category });
      // What only the CRM knows reaches the rep in its own words.
      if (REASONS[why.code].sentence.includes('{message}'))
        expect(told.sentence).toContain(message);
      expect(told.sentence).not.toMatch(/[{}]|undefined|null|“”/);
    },
  );

  it('has a row here for every code that is known', () => {
    const inTable = new Set(rows.map(({ code }) => code));
    expect(KNOWN_CODES[crm].filter((code) => !inTable.has(code))).toEqual([]);
  });
});

describe('A code nobody has heard of', () => {
  const unknown = refused({ code: 'SURPRISING_NEW_CODE', message: 'Not on a Tuesday' });
  it.each<Crm>(['HubSpot', 'Salesforce'])('of %s is kept, word for word', (crm) => {
    expect(explain(reasonForRefusal(crm, unknown))).toEqual({
      category: 'propertyValue',
      sentence: `${crm} refused the record (SURPRISING_NEW_CODE): Not on a Tuesday`,
      fix: 'Correct what the message names and sync again.',
    });
    expect(reasonForRefusal(crm, unknown).details).toMatchObject({
      code: 'SURPRISING_NEW_CODE',
      message: 'Not on a Tuesday',
    });
  });
  it('that may pass is tried again', () => {
    expect(reasonForRefusal('Salesforce', { ...unknown, retryable: true }).code).toBe('WILL_RETRY');
  });
  it.each(['constructor', '__proto__', 'toString', ''])('%j is no code at all', (code) => {
    expect(reasonForRefusal('HubSpot', refused({ code })).code).toBe('REFUSED');
  });
});

describe('A duplicate that the CRM names', () => {
  it.each([
    [
      'HubSpot',
      'CONFLICT',
      [],
      'ada@x.co',
      '3401',
      'The e-mail address “ada@x.co” belongs to another HubSpot record, 3401.',
    ],
    [
      'HubSpot',
      'CONFLICT',
      ['email'],
      'ada@x.co',
      '3401',
      'The e-mail address “ada@x.co” belongs to another HubSpot record, 3401.',
    ],
    [
      'HubSpot',
      'CONFLICT',
      ['tandem_id'],
      'x',
      '3401',
      'Another HubSpot record already has this value: Taken',
    ],
    ['HubSpot', 'CONFLICT', [], '', '3401', 'Another HubSpot record already has this value: Taken'],
    [
      'Salesforce',
      'DUPLICATES_DETECTED',
      [],
      '',
      '00Q000000000001EAA',
      'A duplicate rule in Salesforce refused the record because it matches 00Q000000000001EAA: Taken',
    ],
    [
      'Salesforce',
      'DUPLICATES_DETECTED',
      [],
      '',
      null,
      'A duplicate rule in Salesforce refused the record: Taken',
    ],
  ] as const)('%s %s %j %s', (crm, code, fields, value, existingId, sentence) => {
    const error = refused({ code, message: 'Taken', fields, existingId });
    expect(explain(reasonForRefusal(crm, error, value)).sentence).toBe(sentence);
  });
});

describe('Whatever a CRM leaves out', () => {
  const everyCode = (['HubSpot', 'Salesforce'] as const).flatMap((crm) =>
    [...KNOWN_CODES[crm], 'SURPRISING_NEW_CODE'].map((code) => [crm, code] as const),
  );
  it.each(everyCode)('%s %s makes sentences without gaps', (crm, code) => {
    for (const message of ['', 'It said so.'])
      for (const fields of [[], ['City'], ['City', 'Country']])
        for (const existingId of [null, '3401'])
          for (const value of ['', 'Bonn']) {
            const error = refused({ code, message, fields, existingId });
            const { sentence, fix } = explain(reasonForRefusal(crm, error, value));
            for (const text of [sentence, fix ?? ''])
              expect(text).not.toMatch(/[{}?]|undefined|null|“”| {2}| [.,:;]|: ?$|\.\./);
          }
  });
});
