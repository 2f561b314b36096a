import { describe, expect, it } from 'vitest';
import type { SalesforceField } from '../../src/engine/fields.ts';
import {
  blamedReferences,
  errorsSchema,
  fieldsByValue,
  recordErrorOf,
} from '../../src/salesforce/errors.ts';
import type { SalesforceWrite } from '../../src/salesforce/port.ts';

const field = (name: string, label: string): [string, SalesforceField] => [
  name,
  { name, label } as SalesforceField,
];
const FIELDS = new Map([
  field('LastName', 'Last Name'),
  field('Country', 'Country'),
  field('Rating__c', 'Rating'),
  field('State', 'State/Province'),
  field('MailingCountry', 'Mailing Country'),
]);

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
    [
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      'Account: bad field names on insert/update call: FirstName, LastName',
      ['FirstName', 'LastName'],
    ],
    [
      'FIELD_INTEGRITY_EXCEPTION',
      'A country/territory must be specified before specifying a state value for field: State/Province',
      ['State'],
    ],
    [
      'FIELD_INTEGRITY_EXCEPTION',
      "There's a problem with this country, even though it may appear correct. Please select a country/territory from the list of valid countries.: Mailing Country",
      ['MailingCountry'],
    ],
    ['CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead', []],
    ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Give a rating first.', []],
    ['CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'LeadTrigger: execution of BeforeInsert', []],
    ['ENTITY_IS_DELETED', 'entity is deleted', []],
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

  it.each(['duplicateResult', 'duplicateResut'])(
    'finds the first record that a duplicate rule found, under “%s”',
    (name) => {
      const record = (Id: string) => ({ matchConfidence: 100, record: { Id } });
      const matchResults = [
        { entityType: 'Contact', matchRecords: [] },
        {
          entityType: 'Lead',
          matchRecords: [record('00Q5g00000AAAAA'), record('00Q5g00000AAAAB')],
        },
      ];
      const message = 'Use one of these records?';
      expect(
        errorOf({ statusCode: 'DUPLICATES_DETECTED', message, [name]: { matchResults } }),
      ).toMatchObject({ existingId: '00Q5g00000AAAAAEA5', fields: [], retryable: false });
    },
  );

  it('does without the records a duplicate rule found, which Salesforce may leave out', () => {
    const statusCode = 'DUPLICATES_DETECTED';
    expect(errorOf({ statusCode, message: '', duplicateResult: null })).toMatchObject({
      code: statusCode,
      existingId: null,
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

describe('A reference that is refused', () => {
  const reference = (name: string): [string, SalesforceField] => [
    name,
    { name, label: name, type: 'reference' } as SalesforceField,
  ];
  const fields = new Map([...FIELDS, reference('AccountId'), reference('OwnerId')]);
  const values = {
    LastName: 'A',
    AccountId: '0015g00000AAAAA',
    OwnerId: '0055g00000AAAAA',
    ReportsToId: null,
  };
  const write: SalesforceWrite = { kind: 'update', object: 'Contact', id: '', fields: values };
  const blamed = (code: string, message: string, kind: 'update' | 'create' = 'update') =>
    blamedReferences(
      { code, message },
      kind === 'update' ? write : { ...write, kind, hubspotId: '1', assign: false },
      fields,
    );

  it('is the one with the id that Salesforce names', () => {
    const message = 'insufficient access rights on cross-reference id: 0015g00000AAAAA';
    expect(blamed('INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', message)).toEqual(['AccountId']);
  });

  it('may be any when Salesforce names none', () => {
    expect(blamed('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id')).toEqual([
      'AccountId',
      'OwnerId',
    ]);
  });

  it('is what was deleted only when the record itself is new', () => {
    const message = 'entity is deleted';
    expect(blamed('ENTITY_IS_DELETED', message)).toEqual([]);
    expect(blamed('ENTITY_IS_DELETED', message, 'create')).toEqual(['AccountId', 'OwnerId']);
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
