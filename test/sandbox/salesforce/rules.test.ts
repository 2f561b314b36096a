import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  SalesforceError,
  SANDBOX_QUEUE,
  SANDBOX_USERS,
} from '../../../src/sandbox/salesforce/stand-in.ts';
import { startSandbox, type Sandbox } from './fixture.ts';

const LEAD = { LastName: 'Lovelace', Company: 'Engines' };

describe('What a row must be to be saved (salesforce-api §4, §5, §8)', () => {
  let sandbox: Sandbox;
  let lead: string;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());
  beforeEach(() => {
    lead = sandbox.org.insert('Lead', LEAD);
  });

  const saved = async (fields: Record<string, unknown>): Promise<unknown> => {
    const { status } = await sandbox.call('PATCH', `/sobjects/Lead/${lead}`, fields);
    expect(status).toBe(204);
    return sandbox.org.get('Lead', lead);
  };

  it.each([
    [{ FirstName: '  Ada \n' }, { FirstName: 'Ada' }],
    [{ FirstName: '' }, { FirstName: null }],
    [{ FirstName: '   ' }, { FirstName: null }],
    [{ firstname: 'ada' }, { FirstName: 'ada', Name: 'ada Lovelace' }],
    [{ Phone: '+49 (0)30/123-45' }, { Phone: '+49 (0)30/123-45' }],
    [{ Industry: 'Space Mining' }, { Industry: 'Space Mining' }],
    [{ Favorite_Color__c: 'red' }, { Favorite_Color__c: 'Red' }],
    [{ Interests__c: 'Chess;Sailing' }, { Interests__c: 'Chess;Sailing' }],
    [{ Score__c: 1.239 }, { Score__c: 1.24 }],
    [{ Score__c: '12.5' }, { Score__c: 12.5 }],
    [{ NumberOfEmployees: '12' }, { NumberOfEmployees: 12 }],
    [{ Is_Customer__c: 'true' }, { Is_Customer__c: true }],
    [{ Is_Customer__c: '' }, { Is_Customer__c: false }],
    [{ Renewal_Date__c: '2027-02-28' }, { Renewal_Date__c: '2027-02-28' }],
    [{ Last_Demo__c: '2026-01-02T03:04:05Z' }, { Last_Demo__c: '2026-01-02T03:04:05.000+0000' }],
    [{ Score__c: null }, { Score__c: null }],
    [{ OwnerId: SANDBOX_QUEUE.id.slice(0, 15) }, { OwnerId: SANDBOX_QUEUE.id }],
  ])('makes %j into %j', async (fields, expected) => {
    expect(await saved(fields)).toMatchObject(expected);
  });

  it.each([
    [
      { Company: null },
      'REQUIRED_FIELD_MISSING',
      'Required fields are missing: [Company]',
      ['Company'],
    ],
    [
      { LastName: 'x'.repeat(81) },
      'STRING_TOO_LONG',
      `Last Name: data value too large: ${'x'.repeat(81)} (max length=80)`,
      ['LastName'],
    ],
    [
      { Email: 'badone' },
      'INVALID_EMAIL_ADDRESS',
      'Email: invalid email address: badone',
      ['Email'],
    ],
    [
      { Favorite_Color__c: 'Mauve' },
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      'Favorite Color: bad value for restricted picklist field: Mauve',
      ['Favorite_Color__c'],
    ],
    [
      { Status: 'Nope' },
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      'Status: bad value for restricted picklist field: Nope',
      ['Status'],
    ],
    [
      { NumberOfEmployees: 100_000_000 },
      'NUMBER_OUTSIDE_VALID_RANGE',
      'Employees: value outside of valid range on numeric field: 100000000',
      ['NumberOfEmployees'],
    ],
    [
      { Score__c: 1_000_000 },
      'NUMBER_OUTSIDE_VALID_RANGE',
      'Score: value outside of valid range on numeric field: 1000000',
      ['Score__c'],
    ],
    [
      { DoNotCall: null },
      'INVALID_TYPE_ON_FIELD_IN_RECORD',
      'Do Not Call: value not of required type: ',
      ['DoNotCall'],
    ],
    [
      { OwnerId: 'Maya' },
      'MALFORMED_ID',
      'Owner ID: id value of incorrect type: Maya',
      ['OwnerId'],
    ],
    [
      { OwnerId: '001000000000001AAA' },
      'FIELD_INTEGRITY_EXCEPTION',
      'Owner ID: id value of incorrect type: 001000000000001AAA',
      ['OwnerId'],
    ],
    [
      { OwnerId: '005000000000001AAA' },
      'INVALID_CROSS_REFERENCE_KEY',
      'invalid cross reference id',
      [],
    ],
    [
      { OwnerId: SANDBOX_USERS.tom.id },
      'INACTIVE_OWNER_OR_USER',
      `operation performed with inactive user [${SANDBOX_USERS.tom.id}] as owner of lead`,
      [],
    ],
    [
      { OwnerId: null },
      'INVALID_CROSS_REFERENCE_KEY',
      'Owner ID: owner cannot be blank',
      ['OwnerId'],
    ],
    [
      { CreatedDate: '2020-01-01T00:00:00Z', Name: 'A B' },
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      'Unable to create/update fields: CreatedDate, Name. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
      ['CreatedDate', 'Name'],
    ],
    [
      { Full_Address__c: 'x' },
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      'Unable to create/update fields: Full_Address__c. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
      ['Full_Address__c'],
    ],
  ])('refuses %j with %s', async (fields, errorCode, message, blamed) => {
    const { status, json } = await sandbox.call('PATCH', `/sobjects/Lead/${lead}`, fields);
    expect(status).toBe(400);
    expect(json).toEqual([{ message, errorCode, fields: blamed }]);
  });

  it.each([
    [{ Nope__c: 1 }, 'INVALID_FIELD', "No such column 'Nope__c' on sobject of type Lead"],
    [
      { Score__c: 'many' },
      'JSON_PARSER_ERROR',
      'Cannot deserialize instance of double from VALUE_STRING value many or request may be missing a required field at [line:1, column:18]',
    ],
    [
      { Renewal_Date__c: '2027-02-30' },
      'JSON_PARSER_ERROR',
      'Cannot deserialize instance of date from VALUE_STRING value 2027-02-30 or request may be missing a required field at [line:1, column:31]',
    ],
    [
      { Last_Demo__c: '2026-01-02 03:04:05' },
      'JSON_PARSER_ERROR',
      'Cannot deserialize instance of datetime from VALUE_STRING value 2026-01-02 03:04:05 or request may be missing a required field at [line:1, column:37]',
    ],
    [
      { Phone: 12345 },
      'JSON_PARSER_ERROR',
      'Cannot deserialize instance of phone from VALUE_NUMBER_INT value 12345 or request may be missing a required field at [line:1, column:15]',
    ],
  ])('cannot read %j', async (fields, errorCode, message) => {
    const { status, json } = await sandbox.call('PATCH', `/sobjects/Lead/${lead}`, fields);
    expect(status).toBe(400);
    expect(json).toEqual([{ message, errorCode }]);
  });

  it('names all required fields that are missing on create', async () => {
    const { json } = await sandbox.call('POST', '/sobjects/Lead', { FirstName: 'Ada' });
    expect(json).toEqual([
      {
        message: 'Required fields are missing: [LastName, Company]',
        errorCode: 'REQUIRED_FIELD_MISSING',
        fields: ['LastName', 'Company'],
      },
    ]);
  });

  it('reports every bad value of a row at once', async () => {
    const { json } = await sandbox.call('PATCH', `/sobjects/Lead/${lead}`, {
      Email: 'badone',
      City: 'x'.repeat(41),
    });
    expect((json as { errorCode: string }[]).map(({ errorCode }) => errorCode)).toEqual([
      'INVALID_EMAIL_ADDRESS',
      'STRING_TOO_LONG',
    ]);
  });

  it('keeps an external id unique, whatever its case, and names the row that has it', async () => {
    const holder = sandbox.org.insert('Lead', { ...LEAD, Tandem_HubSpot_Id__c: 'abc' });
    const { json } = await sandbox.call('PATCH', `/sobjects/Lead/${lead}`, {
      Tandem_HubSpot_Id__c: 'ABC',
    });
    expect(json).toEqual([
      {
        message: `duplicate value found: Tandem_HubSpot_Id__c duplicates value on record with id: ${holder}`,
        errorCode: 'DUPLICATE_VALUE',
        fields: [],
      },
    ]);
    sandbox.org.remove('Lead', holder);
    expect(await saved({ Tandem_HubSpot_Id__c: 'ABC' })).toBeTruthy();
  });

  it('refuses to touch a converted lead', async () => {
    const [converted = ''] = sandbox.org.seed([
      { object: 'Lead', fields: { ...LEAD, IsConverted: true } },
    ]);
    const { status, json } = await sandbox.call('PATCH', `/sobjects/Lead/${converted}`, {
      Title: 'x',
    });
    expect(status).toBe(400);
    expect(json).toEqual([
      {
        message: 'cannot reference converted lead',
        errorCode: 'CANNOT_UPDATE_CONVERTED_LEAD',
        fields: [],
      },
    ]);
  });

  it('refuses a lookup to a row that was deleted', async () => {
    const account = sandbox.org.insert('Account', { Name: 'Gone Ltd' });
    sandbox.org.remove('Account', account);
    const { json } = await sandbox.call('POST', '/sobjects/Contact', {
      LastName: 'A',
      AccountId: account,
    });
    expect(json).toMatchObject([{ errorCode: 'ENTITY_IS_DELETED' }]);
  });

  it('lets a person into a campaign once', () => {
    const campaign = sandbox.org.insert('Campaign', { Name: 'Spring' });
    sandbox.org.insert('CampaignMember', { CampaignId: campaign, LeadId: lead });
    expect(() =>
      sandbox.org.insert('CampaignMember', { CampaignId: campaign, LeadId: lead }),
    ).toThrow('Already a campaign member');
    expect(sandbox.org.get('Campaign', campaign)).toMatchObject({ NumberOfLeads: 1 });
  });

  it('holds the hand of a test to the same rules', () => {
    let thrown: unknown;
    try {
      sandbox.org.update('Lead', lead, { Email: 'badone' });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(SalesforceError);
    expect(thrown).toMatchObject({ errorCode: 'INVALID_EMAIL_ADDRESS' });
    expect(sandbox.org.get('Lead', lead)?.Email).toBeNull();
  });
});
