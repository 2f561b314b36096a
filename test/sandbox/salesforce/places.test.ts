import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from './fixture.ts';

interface DescribedField {
  readonly name: string;
  readonly type: string;
  readonly controllerName: string | null;
  readonly picklistValues: { readonly value: string; readonly label: string; validFor: string }[];
}

describe('State and country picklists (salesforce-api §4)', () => {
  let sandbox: Sandbox;
  let lead: string;
  beforeAll(async () => {
    sandbox = await startSandbox({ stateAndCountryPicklists: true });
  });
  afterAll(() => sandbox.close());
  beforeEach(() => {
    lead = sandbox.org.insert('Lead', {
      LastName: 'A',
      Company: 'C',
      StateCode: 'CA',
      CountryCode: 'US',
    });
  });

  const write = (fields: Record<string, unknown>) =>
    sandbox.call('PATCH', `/sobjects/Lead/${lead}`, fields);

  it('are fields of leads and contacts, described with labels', async () => {
    const fieldsOf = async (object: string): Promise<ReadonlyMap<string, DescribedField>> => {
      const { json } = await sandbox.call('GET', `/sobjects/${object}/describe`);
      return new Map(
        (json as { fields: DescribedField[] }).fields.map((each) => [each.name, each]),
      );
    };
    const ofLead = await fieldsOf('Lead');
    expect(ofLead.get('StateCode')).toMatchObject({
      type: 'picklist',
      controllerName: 'CountryCode',
    });
    expect(
      ofLead.get('StateCode')?.picklistValues.filter(({ value }) => value === 'WA'),
    ).toMatchObject([{ label: 'Western Australia' }, { label: 'Washington' }]);
    const ofContact = await fieldsOf('Contact');
    expect(
      ['MailingStateCode', 'MailingCountryCode', 'OtherStateCode', 'OtherCountryCode'].map(
        (name) => ofContact.get(name)?.type,
      ),
    ).toEqual(['picklist', 'picklist', 'picklist', 'picklist']);
    expect(ofContact.get('MailingCountryCode')?.picklistValues).toContainEqual(
      expect.objectContaining({ value: 'DE', label: 'Germany' }),
    );
  });

  it('tell for which country a state can be chosen', async () => {
    const { json } = await sandbox.call('GET', '/sobjects/Lead/describe');
    const fields = new Map(
      (json as { fields: DescribedField[] }).fields.map((each) => [each.name, each]),
    );
    const countries = fields.get('CountryCode')?.picklistValues ?? [];
    const countriesOf = (label: string): string[] => {
      const state = fields.get('StateCode')?.picklistValues.find((each) => each.label === label);
      const bits = Buffer.from(state?.validFor ?? '', 'base64');
      return countries
        .filter((_, place) => (((bits[place >> 3] ?? 0) << (place & 7)) & 0x80) !== 0)
        .map(({ value }) => value);
    };
    expect(countriesOf('Washington')).toEqual(['US']);
    expect(countriesOf('Western Australia')).toEqual(['AU']);
    expect(countriesOf('Ontario')).toEqual(['CA']);
  });

  it.each([
    [
      { StateCode: 'NY' },
      { State: 'New York', StateCode: 'NY', Country: 'United States', CountryCode: 'US' },
    ],
    [{ State: 'new york' }, { State: 'New York', StateCode: 'NY' }],
    [
      { StateCode: 'WA', CountryCode: 'AU' },
      { State: 'Western Australia', Country: 'Australia' },
    ],
    [{ State: 'Washington' }, { StateCode: 'WA', Country: 'United States' }],
    [
      { Country: 'Germany', State: null },
      { CountryCode: 'DE', StateCode: null },
    ],
    [{ StateCode: null }, { State: null, StateCode: null, CountryCode: 'US' }],
    [
      { CountryCode: null, StateCode: '' },
      { Country: null, CountryCode: null, State: null, StateCode: null },
    ],
  ])('make of %j text and code in step', async (fields, expected) => {
    expect((await write(fields)).status).toBe(204);
    expect(sandbox.org.get('Lead', lead)).toMatchObject(expected);
  });

  it.each([
    [
      { CountryCode: null },
      'A country/territory must be specified before specifying a state value for field: State/Province',
      ['State'],
    ],
    [
      { StateCode: 'NSW' },
      "The existing country/territory doesn't recognize the state value for field: State/Province Code",
      ['StateCode'],
    ],
    [
      { State: 'Bavaria', Country: 'Germany' },
      "There's a problem with this state, even though it may appear correct. Please select a state from the list of valid states.: State/Province",
      ['State'],
    ],
    [
      { State: 'NY' },
      "The existing country/territory doesn't recognize the state value for field: State/Province",
      ['State'],
    ],
    [
      { Country: 'USA' },
      "There's a problem with this country, even though it may appear correct. Please select a country/territory from the list of valid countries.: Country",
      ['Country'],
    ],
    [
      { CountryCode: 'AU' },
      "The existing country/territory doesn't recognize the state value for field: State/Province",
      ['State'],
    ],
  ])('refuse %j', async (fields, message, blamed) => {
    expect((await write(fields)).json).toEqual([
      { message, errorCode: 'FIELD_INTEGRITY_EXCEPTION', fields: blamed },
    ]);
  });

  it('refuse a code that is none as any restricted picklist does', async () => {
    expect((await write({ CountryCode: 'XX' })).json).toMatchObject([
      {
        errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        message: 'Country Code: bad value for restricted picklist field: XX',
      },
    ]);
  });

  it('refuse a new row with a state and no country', async () => {
    const { json } = await sandbox.call('POST', '/sobjects/Contact', {
      LastName: 'A',
      MailingStateCode: 'CA',
    });
    expect(json).toMatchObject([
      { errorCode: 'FIELD_INTEGRITY_EXCEPTION', fields: ['MailingStateCode'] },
    ]);
  });
});

it('Without the switch there are no codes, and any text will do', async () => {
  const sandbox = await startSandbox();
  const { json } = await sandbox.call('GET', '/sobjects/Lead/describe');
  expect((json as { fields: DescribedField[] }).fields.map(({ name }) => name)).not.toContain(
    'StateCode',
  );
  const id = sandbox.org.insert('Lead', { LastName: 'A', Company: 'C', State: 'Anywhere' });
  expect(sandbox.org.get('Lead', id)).toMatchObject({ State: 'Anywhere' });
  await sandbox.close();
});
