import { describe, expect, it } from 'vitest';
import type { SalesforceField } from '../../src/engine/fields.ts';
import { errorsSchema, fieldsByValue, recordErrorOf } from '../../src/salesforce/errors.ts';

const field = (name: string, label: string): [string, SalesforceField] => [
  name,
  { name, label } as SalesforceField,
];
const FIELDS = new Map([field('LastName', 'Last Name'), field('Rating__c', 'Rating')]);

const errorOf = (...errors: Record<string, unknown>[]) =>
  recordErrorOf(errorsSchema.parse(errors), FIELDS);

describe('What Salesforce says about one row (salesforce-api §5)', () => {
  it.each([
    ['INVALID_FIELD', "No such column 'Gone__c' on sobject of type Lead", ['Gone__c']],
    [
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      'Unable to create/update fields: Rating__c, Email. Please check the security settings of this field.',
      ['Rating__c', 'Email'],
    ],
    ['STRING_TOO_LONG', 'Last Name: data value too large: xxx (max length=80)', ['LastName']],
    [
      'REQUIRED_FIELD_MISSING',
      'Required fields are missing: [LastName, Company]',
      ['LastName', 'Company'],
    ],
    [
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      'Rating: bad value for restricted picklist field: Tepid',
      ['Rating__c'],
    ],
    [
      'INACTIVE_OWNER_OR_USER',
      'operation performed with inactive user [0055g] as owner of lead',
      ['OwnerId'],
    ],
    ['CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead', []],
  ])('%s names its fields only in the text', (statusCode, message, fields) => {
    expect(errorOf({ statusCode, message, fields: [] })).toMatchObject({
      code: statusCode,
      message,
      fields,
      retryable: false,
    });
  });

  it('takes the fields Salesforce names rather than reading the text', () => {
    const message = 'Last Name: data value too large';
    expect(errorOf({ statusCode: 'STRING_TOO_LONG', message, fields: ['Title'] }).fields).toEqual([
      'Title',
    ]);
  });

  it('keeps errors of one kind together and leaves other kinds for the next try', () => {
    expect(
      errorOf(
        { statusCode: 'STRING_TOO_LONG', message: 'a', fields: ['Title'] },
        { statusCode: 'INVALID_EMAIL_ADDRESS', message: 'b', fields: ['Email'] },
        { statusCode: 'STRING_TOO_LONG', message: 'c', fields: ['City'] },
      ),
    ).toMatchObject({ code: 'STRING_TOO_LONG', message: 'a c', fields: ['Title', 'City'] });
  });

  it('finds the record in the way, in 18 characters', () => {
    const message =
      'duplicate value found: Tandem_HubSpot_Id__c duplicates value on record with id: 00Q5g00000AAAAA';
    expect(errorOf({ statusCode: 'DUPLICATE_VALUE', message, fields: [] })).toMatchObject({
      existingId: '00Q5g00000AAAAAEA5',
      fields: ['Tandem_HubSpot_Id__c'],
    });
  });

  it.each(['UNABLE_TO_LOCK_ROW', 'SERVER_UNAVAILABLE', 'QUERY_TIMEOUT', 'REQUEST_LIMIT_EXCEEDED'])(
    '%s is worth another try',
    (statusCode) => {
      expect(errorOf({ statusCode, message: '' }).retryable).toBe(true);
    },
  );

  it('says so when Salesforce gives no reason', () => {
    expect(errorOf()).toMatchObject({ code: 'UNKNOWN', retryable: false });
  });
});

it.each([
  ['a lot', ['AnnualRevenue']],
  ['nothing like it', []],
])('A value the JSON reader choked on leads to its field: %s', (value, fields) => {
  const message = `Cannot deserialize instance of currency from VALUE_STRING value ${value} or request may be missing a required field at [line:1, column:99]`;
  expect(fieldsByValue(message, { Title: 'x', AnnualRevenue: 'a lot', Active: true })).toEqual(
    fields,
  );
});
