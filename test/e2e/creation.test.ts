// Somebody whom only one side knows: created on the other with every field that is mapped, as a lead, as a
// contact, or not at all (native-connector §6). Values are those of `support/field-values.ts`, typed over HTTP.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_MAPPINGS } from '../../src/engine/defaults.ts';
import type { SalesforceObject } from '../../src/engine/fields.ts';
import {
  hubspotUserIn,
  salesforceUserIn,
  type HubSpotUser,
  type HubSpotValues,
  type SalesforceUser,
  type SalesforceValues,
} from './support/crm-users.ts';
import { defaultFieldValues, type Accounts, type FieldValues } from './support/field-values.ts';
import { createWorld, type World } from './support/world.ts';

let world: World;
let inHubSpot: HubSpotUser;
let inSalesforce: SalesforceUser;
let accounts: Accounts;

beforeAll(async () => {
  world = await createWorld();
  inHubSpot = hubspotUserIn(world);
  inSalesforce = await salesforceUserIn(world);
  const [one = '', other = ''] = world.salesforce.org.seed([
    { object: 'Account', fields: { Name: 'Acme Ltd' } },
    { object: 'Account', fields: { Name: 'Acme Holding' } },
  ]);
  accounts = [one, other];
});
afterAll(() => world.close());

const fieldsOf = (object: SalesforceObject) =>
  DEFAULT_MAPPINGS.flatMap(({ hubspotProperty, leadField, contactField }) => {
    const salesforceField = object === 'Lead' ? leadField : contactField;
    return salesforceField === null ? [] : [{ hubspotProperty, salesforceField }];
  });

function valuesOf(unique: string): (hubspotProperty: string) => FieldValues {
  const all = defaultFieldValues(accounts, unique);
  return (hubspotProperty) => {
    const values = all[hubspotProperty];
    if (!values) throw new Error(`no values to type into ${hubspotProperty}`);
    return values;
  };
}

async function reasonsOf(hubspotId: string): Promise<Readonly<Record<string, string>>> {
  const [link] = await world.pipeline.ports.store.links.find({
    hubspot: [hubspotId],
    salesforce: [],
  });
  const fields = Object.entries(link?.fieldReasons ?? {}).map(
    ([key, { code }]) => [key, code] as const,
  );
  return Object.fromEntries(link?.reason ? [...fields, ['', link.reason.code]] : fields);
}

describe.each(['Lead', 'Contact'] as const)('A HubSpot contact that becomes a %s', (object) => {
  const unique = `new${object.toLowerCase()}`;
  const fields = fieldsOf(object);
  let created: SalesforceValues[] = [];
  let hubspotId = '';

  beforeAll(async () => {
    await world.configure({ creation: { inSalesforce: object === 'Lead' ? 'lead' : 'contact' } });
    const typed = valuesOf(unique);
    const properties = Object.fromEntries(
      fields
        .filter(({ hubspotProperty }) => hubspotProperty !== 'hs_email_optout')
        .map(({ hubspotProperty }) => [hubspotProperty, typed(hubspotProperty).typedInHubSpot]),
    );
    const email = typed('email').fromHubSpot.hubspot ?? '';
    [hubspotId = ''] = await inHubSpot.create([properties]);
    await inHubSpot.optOut([email]);
    await world.settle();
    created = await inSalesforce.findByEmail(object, email, [
      'Tandem_HubSpot_Id__c',
      ...fields.map(({ salesforceField }) => salesforceField),
    ]);
  });

  it('is made once, and knows whom it is paired with', () => {
    expect(created.map(({ Tandem_HubSpot_Id__c: id }) => id)).toEqual([hubspotId]);
  });

  it.each(fields)(
    '$salesforceField gets HubSpot’s $hubspotProperty',
    ({ hubspotProperty, salesforceField }) => {
      expect(created[0]?.[salesforceField]).toEqual(
        valuesOf(unique)(hubspotProperty).fromHubSpot.salesforce,
      );
    },
  );

  it('says which value could not go', async () => {
    expect(await reasonsOf(hubspotId)).toEqual(
      object === 'Lead' ? { numemployees: 'RANGE_NOT_WRITTEN_BACK' } : {},
    );
  });
});

describe.each(['Lead', 'Contact'] as const)(
  'A Salesforce %s that HubSpot doesn’t know',
  (object) => {
    const unique = `from${object.toLowerCase()}`;
    const fields = fieldsOf(object);
    let created: HubSpotValues | null = null;

    beforeAll(async () => {
      await world.configure({});
      const typed = valuesOf(unique);
      await inSalesforce.create(object, [
        Object.fromEntries(
          fields.map(({ hubspotProperty, salesforceField }) => [
            salesforceField,
            typed(hubspotProperty).typedInSalesforce,
          ]),
        ),
      ]);
      await world.settle();
      created = await inHubSpot.readByEmail(
        typed('email').fromSalesforce.hubspot ?? '',
        fields.map(({ hubspotProperty }) => hubspotProperty),
      );
    });

    it.each(fields)(
      '$hubspotProperty gets Salesforce’s $salesforceField',
      ({ hubspotProperty }) => {
        expect(created?.[hubspotProperty]).toEqual(
          valuesOf(unique)(hubspotProperty).fromSalesforce.hubspot,
        );
      },
    );
  },
);

describe('Somebody who is not created', () => {
  it('because creating in Salesforce is turned off', async () => {
    await world.configure({ creation: { inSalesforce: 'nothing' } });
    const email = 'nobody@example.com';
    const [hubspotId = ''] = await inHubSpot.create([{ email, lastname: 'Nobody' }]);
    await world.settle();
    expect(await inSalesforce.findByEmail('Lead', email, [])).toEqual([]);
    expect(await inSalesforce.findByEmail('Contact', email, [])).toEqual([]);
    expect(await reasonsOf(hubspotId)).toEqual({ '': 'CREATION_OFF_IN_SALESFORCE' });
  });

  it('but is paired when Salesforce has them already', async () => {
    await world.configure({ creation: { inSalesforce: 'nothing' } });
    const email = 'somebody@example.com';
    const [leadId = ''] = await inSalesforce.create('Lead', [
      { Email: email, LastName: 'Somebody', Company: 'Acme', City: 'Rome' },
    ]);
    await inHubSpot.create([{ email, firstname: 'Ada' }]);
    await world.settle();
    expect(await inHubSpot.readByEmail(email, ['city'])).toMatchObject({ city: 'Rome' });
    const leads = await inSalesforce.read('Lead', [leadId], ['FirstName']);
    expect(leads.get(leadId)).toMatchObject({ FirstName: 'Ada' });
  });

  it.each(['Lead', 'Contact'] as const)(
    'because creating from a %s is turned off',
    async (object) => {
      await world.configure({ creation: { inHubSpot: { [object]: false } } });
      const email = `unwanted.${object.toLowerCase()}@example.com`;
      const company = object === 'Lead' ? { Company: 'Acme' } : {};
      const [id = ''] = await inSalesforce.create(object, [
        { Email: email, LastName: 'Unwanted', ...company },
      ]);
      await world.settle();
      expect(await inHubSpot.readByEmail(email, [])).toBeNull();
      const [link] = await world.pipeline.ports.store.links.find({ hubspot: [], salesforce: [id] });
      expect(link).toMatchObject({ state: 'skipped', reason: { code: 'CREATION_OFF_IN_HUBSPOT' } });
    },
  );

  it('because there is no e-mail address to match by, on either side', async () => {
    await world.configure({});
    const [hubspotId = ''] = await inHubSpot.create([{ lastname: 'Without' }]);
    const [leadId = ''] = await inSalesforce.create('Lead', [
      { LastName: 'Without', Company: 'Acme' },
    ]);
    await world.settle();
    expect(await reasonsOf(hubspotId)).toEqual({ '': 'NO_EMAIL' });
    const [link] = await world.pipeline.ports.store.links.find({
      hubspot: [],
      salesforce: [leadId],
    });
    expect(link).toMatchObject({ state: 'skipped', reason: { code: 'NO_EMAIL' } });
  });
});

describe('A new lead without what Salesforce requires', () => {
  it('gets it filled in from the e-mail address, and says so', async () => {
    await world.configure({});
    const [hubspotId = ''] = await inHubSpot.create([{ email: 'jo.doe@wonder.example' }]);
    await world.settle();
    const leads = await inSalesforce.findByEmail('Lead', 'jo.doe@wonder.example', [
      'LastName',
      'Company',
    ]);
    expect(leads).toMatchObject([{ LastName: 'jo.doe', Company: 'wonder.example' }]);
    // HubSpot’s blanks are filled by the default rule, and the lead’s id comes along.
    const contacts = await inHubSpot.read([hubspotId], ['lastname', 'company', 'tandem_lead_id']);
    expect(contacts.get(hubspotId)).toMatchObject({
      lastname: 'jo.doe',
      company: 'wonder.example',
      tandem_lead_id: leads[0]?.Id,
    });
    const history = await world.pipeline.ports.store.links.history(hubspotId, 50);
    expect(
      history
        .filter(({ why }) => why === 'FILLED_IN')
        .map(({ field }) => field)
        .sort(),
    ).toEqual(['Company', 'LastName']);
  });
});
