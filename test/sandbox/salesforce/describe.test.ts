import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf, startSandbox, type Sandbox } from './fixture.ts';

describe('Describe (salesforce-api §6)', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({
      fieldOverrides: { Lead: { Status: { restricted: false } } },
    });
  });
  afterAll(() => sandbox.close());

  const fieldOf = async (object: string, name: string) =>
    (await sandbox.connection.describe(object)).fields.find((field) => field.name === name);

  it.each([
    ['Lead', '00Q'],
    ['Contact', '003'],
    ['Account', '001'],
    ['Campaign', '701'],
    ['CampaignMember', '00v'],
    ['User', '005'],
  ])('describes %s with key prefix %s', async (object, keyPrefix) => {
    const described = await sandbox.connection.describe(object);
    expect(described).toMatchObject({ name: object, keyPrefix, queryable: true });
    expect(described.fields.map(({ name }) => name)).toContain('SystemModstamp');
  });

  it('lists the objects', async () => {
    const { sobjects } = await sandbox.connection.describeGlobal();
    expect(sobjects.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Lead', 'Contact', 'CampaignMember', 'User']),
    );
  });

  it.each([
    ['Lead', 'LastName', { type: 'string', length: 80, nillable: false, createable: true }],
    ['Lead', 'Company', { type: 'string', length: 255, nillable: false }],
    ['Lead', 'Email', { type: 'email', length: 80, idLookup: true, filterable: true }],
    ['Lead', 'Name', { updateable: false, nameField: true, length: 121 }],
    ['Lead', 'NumberOfEmployees', { type: 'int', digits: 8, precision: 0 }],
    ['Lead', 'AnnualRevenue', { type: 'currency', precision: 18, scale: 0 }],
    ['Lead', 'OwnerId', { referenceTo: ['Group', 'User'], relationshipName: 'Owner' }],
    ['Lead', 'Description', { type: 'textarea', length: 32000, filterable: false }],
    ['Lead', 'HasOptedOutOfEmail', { type: 'boolean', defaultedOnCreate: true, nillable: false }],
    ['Lead', 'Status', { defaultedOnCreate: true, nillable: false }],
    ['Contact', 'AccountId', { referenceTo: ['Account'], nillable: true }],
    ['Contact', 'OwnerId', { referenceTo: ['User'] }],
    ['Contact', 'Birthdate', { type: 'date' }],
    ['Contact', 'Favorite_Color__c', { type: 'picklist', restrictedPicklist: true, custom: true }],
    ['Contact', 'Interests__c', { type: 'multipicklist' }],
    ['Lead', 'Score__c', { type: 'double', precision: 8, scale: 2 }],
    ['Lead', 'Full_Address__c', { calculated: true, createable: false, updateable: false }],
    ['Lead', 'Tandem_HubSpot_Id__c', { externalId: true, unique: true, idLookup: true }],
  ])('knows %s.%s', async (object, name, facts) => {
    expect(await fieldOf(object, name)).toMatchObject(facts);
  });

  it('gives picklist values with label, default and active', async () => {
    const status = await fieldOf('Lead', 'Status');
    expect(status?.picklistValues?.[0]).toEqual({
      active: true,
      defaultValue: true,
      label: 'Open - Not Contacted',
      validFor: null,
      value: 'Open - Not Contacted',
    });
    const clean = await fieldOf('Lead', 'CleanStatus');
    expect(clean?.picklistValues?.[0]).toMatchObject({ value: 'Matched', label: 'In Sync' });
  });

  it('lets a test say that a picklist is not restricted', async () => {
    expect((await fieldOf('Lead', 'Status'))?.restrictedPicklist).toBe(false);
    await expect(
      sandbox.connection
        .sobject('Lead')
        .create({ LastName: 'A', Company: 'B', Status: 'Anything goes' }),
    ).resolves.toMatchObject({ success: true });
  });

  it('answers 404 for an object there is not', async () => {
    expect(await refusalOf(sandbox.connection.describe('Nothing__c'))).toEqual({
      errorCode: 'NOT_FOUND',
      message: 'The requested resource does not exist',
    });
  });

  it('leaves the external-ID field out of an org that lacks it', async () => {
    const bare = await startSandbox({ withExternalId: false });
    const { fields } = await bare.connection.describe('Contact');
    expect(fields.map(({ name }) => name)).not.toContain('Tandem_HubSpot_Id__c');
    await bare.close();
  });

  it('hides fields from the integration user (salesforce-api §8)', async () => {
    const hidden = await startSandbox();
    hidden.org.hideField('Lead', 'Fax');
    const { fields } = await hidden.connection.describe('Lead');
    expect(fields.map(({ name }) => name)).not.toContain('Fax');
    expect(await refusalOf(hidden.connection.query('SELECT Fax FROM Lead'))).toMatchObject({
      errorCode: 'INVALID_FIELD',
    });
    const [outcome] = await hidden.connection
      .sobject('Lead')
      .create([{ LastName: 'A', Company: 'B', Fax: '1' }]);
    expect(outcome?.errors).toEqual([
      {
        statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
        message:
          'Unable to create/update fields: Fax. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
        fields: ['Fax'],
      },
    ]);
    await hidden.close();
  });
});
