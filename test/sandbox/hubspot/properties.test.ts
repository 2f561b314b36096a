// The properties API through HubSpot's client (hubspot-api §2.4, native-connector §1.2).
import type { Client } from '@hubspot/api-client';
import { beforeEach, describe, expect, it } from 'vitest';
import { refusal, servePortal, type ServedPortal } from './support.ts';

type NewProperty = Parameters<Client['crm']['properties']['coreApi']['create']>[1];

let portal: ServedPortal;

beforeEach(async () => {
  portal = await servePortal();
});

const properties = (): Client['crm']['properties'] => portal.dated.crm.properties;

const LEAD_SOURCE = {
  name: 'leadsource',
  label: 'Lead Source',
  type: 'string',
  fieldType: 'text',
  groupName: 'contactinformation',
};

/** The client's enums are types of its own; their values are plain texts. */
function aProperty(change: Record<string, unknown> = {}): NewProperty {
  return { ...LEAD_SOURCE, ...change } as unknown as NewProperty;
}

describe('HubSpot’s own properties', () => {
  it.each([
    ['annualrevenue', 'string', 'text'],
    ['numemployees', 'enumeration', 'select'],
    ['phone', 'string', 'phonenumber'],
    ['industry', 'string', 'text'],
    ['hs_lead_status', 'enumeration', 'radio'],
    ['hubspot_owner_id', 'enumeration', 'select'],
    ['hs_email_optout', 'bool', 'booleancheckbox'],
    ['salutation', 'string', 'text'],
  ])('%s is %s/%s', async (name, type, fieldType) => {
    const property = await properties().coreApi.getByName('contacts', name);
    expect(property).toMatchObject({ name, type, fieldType, hubspotDefined: true });
  });

  it('are 348, and the sample portal has seven of its own', async () => {
    const { results } = await properties().coreApi.getAll('contacts', false);
    const own = results.filter(({ hubspotDefined }) => hubspotDefined === false);
    expect(results.length - own.length).toBe(348);
    expect(own.map(({ name, type }) => [name, type])).toEqual([
      ['favorite_color', 'enumeration'],
      ['interests', 'enumeration'],
      ['score', 'number'],
      ['is_customer', 'bool'],
      ['renewal_date', 'date'],
      ['last_demo', 'datetime'],
      ['account_notes', 'string'],
    ]);
  });

  it.each(['leadsource', 'description', 'rating', 'salesforceleadid'])(
    '%s is none of them',
    async (name) => {
      const refused = await refusal(properties().coreApi.getByName('contacts', name));
      expect(refused).toMatchObject({ code: 404, body: { category: 'OBJECT_NOT_FOUND' } });
    },
  );

  it('tell what cannot be written', async () => {
    const { results } = await properties().coreApi.getAll('contacts', false);
    const readOnly = new Set(
      results.filter((each) => each.modificationMetadata?.readOnlyValue).map(({ name }) => name),
    );
    expect([...readOnly]).toEqual(
      expect.arrayContaining(['hs_email_optout', 'createdate', 'hs_object_id', 'hs_email_domain']),
    );
    for (const name of ['email', 'hs_lead_status', 'lifecyclestage', 'numemployees', 'website'])
      expect(readOnly).not.toContain(name);
  });

  it('have HubSpot’s options and labels', async () => {
    const status = await properties().coreApi.getByName('contacts', 'hs_lead_status');
    expect(status.options.map(({ value, label }) => [value, label])).toContainEqual([
      'ATTEMPTED_TO_CONTACT',
      'Attempted to Contact',
    ]);
    const stage = await properties().coreApi.getByName('contacts', 'lifecyclestage');
    expect(stage.options.map(({ value }) => value)).toEqual([
      'subscriber',
      'lead',
      'marketingqualifiedlead',
      'salesqualifiedlead',
      'opportunity',
      'customer',
      'evangelist',
      'other',
    ]);
  });

  it('keep an owner’s options outside', async () => {
    const owner = await properties().coreApi.getByName('contacts', 'hubspot_owner_id');
    expect(owner).toMatchObject({
      referencedObjectType: 'OWNER',
      externalOptions: true,
      options: [],
    });
  });
});

describe('Creating properties', () => {
  it('answers 201 and takes values from then on', async () => {
    const created = await properties().coreApi.createWithHttpInfo('contacts', aProperty());
    expect(created.httpStatusCode).toBe(201);
    expect(created.data).toMatchObject({
      name: 'leadsource',
      hubspotDefined: false,
      hasUniqueValue: false,
      modificationMetadata: { archivable: true, readOnlyDefinition: false, readOnlyValue: false },
    });
    const { id } = portal.hubspot.portal.create({ leadsource: 'Web' });
    expect(portal.hubspot.portal.value(id, 'leadsource')).toBe('Web');
  });

  it('refuses a taken name with 409', async () => {
    const refused = await refusal(
      properties().coreApi.create('contacts', aProperty({ name: 'city' })),
    );
    expect(refused).toMatchObject({
      code: 409,
      body: {
        category: 'OBJECT_ALREADY_EXISTS',
        subCategory: 'Properties.PROPERTY_WITH_NAME_EXISTS',
        message: "A property named 'city' already exists.",
        context: { name: ['city'] },
      },
    });
  });

  it.each([
    ['without a label', { label: undefined }],
    ['in an unknown group', { groupName: 'no_such' }],
    ['with a name that begins with a digit', { name: '1st' }],
    ['of an unknown type', { type: 'text' }],
    ['with a field type of another type', { type: 'date', fieldType: 'text' }],
    ['with equal options', { type: 'enumeration', fieldType: 'select', options: twice() }],
    ['with unique dates', { type: 'date', fieldType: 'date', hasUniqueValue: true }],
  ])('refuses one %s', async (_, change) => {
    const body = { ...LEAD_SOURCE, ...change };
    const refused = await portal.call('POST', '/crm/v3/properties/contacts', body);
    expect(refused).toMatchObject({ status: 400, body: { category: 'VALIDATION_ERROR' } });
  });

  it('wants both options of a bool', async () => {
    const bool = aProperty({ type: 'bool', fieldType: 'booleancheckbox' });
    const refused = await refusal(properties().coreApi.create('contacts', bool));
    expect(refused.body.message).toContain('Boolean properties must have exactly two options');
  });

  it('allows ten properties with unique values', async () => {
    const create = (index: number): Promise<unknown> =>
      properties().coreApi.create(
        'contacts',
        aProperty({ name: `unique_${index}`, label: `Unique ${index}`, hasUniqueValue: true }),
      );
    for (let index = 0; index < 10; index += 1) await create(index);
    await expect(refusal(create(10))).resolves.toMatchObject({ code: 400 });
  });

  it('creates in batches: 201, or 207 with those that exist', async () => {
    const create = (names: readonly string[]) =>
      properties().batchApi.createWithHttpInfo('contacts', {
        inputs: names.map((name) => aProperty({ name, label: name })),
      });
    expect((await create(['one', 'two'])).httpStatusCode).toBe(201);
    const { httpStatusCode, data } = await create(['two', 'three']);
    expect(httpStatusCode).toBe(207);
    expect(data).toMatchObject({
      numErrors: 1,
      results: [{ name: 'three' }],
      errors: [{ category: 'OBJECT_ALREADY_EXISTS', context: { name: ['two'] } }],
    });
  });

  it('reads in batches', async () => {
    const { results } = await properties().batchApi.read('contacts', {
      archived: false,
      inputs: [{ name: 'city' }, { name: 'score' }],
    });
    expect(results.map(({ name }) => name)).toEqual(['city', 'score']);
  });
});

describe('Changing and archiving properties', () => {
  it('changes labels of custom ones and options of any enumeration', async () => {
    const change = (name: string, body: unknown) =>
      properties().coreApi.update('contacts', name, body as never);
    expect((await change('score', { label: 'Lead score' })).label).toBe('Lead score');
    await change('hs_lead_status', { options: [{ label: 'Warm', value: 'Warm' }] });
    const { id } = portal.hubspot.portal.create({ hs_lead_status: 'Warm' });
    expect(portal.hubspot.portal.value(id, 'hs_lead_status')).toBe('Warm');
    await expect(refusal(change('city', { label: 'Town' }))).resolves.toMatchObject({ code: 400 });
  });

  it('archives custom ones only', async () => {
    const archived = await properties().coreApi.archiveWithHttpInfo('contacts', 'score');
    expect(archived.httpStatusCode).toBe(204);
    await expect(
      refusal(properties().coreApi.getByName('contacts', 'score')),
    ).resolves.toMatchObject({ code: 404 });
    await expect(refusal(properties().coreApi.archive('contacts', 'city'))).resolves.toMatchObject({
      code: 400,
    });
  });
});

describe('Property groups', () => {
  it('are created with 201 and listed', async () => {
    const group = { name: 'tandem', label: 'Salesforce (Tandem)', displayOrder: -1 };
    const created = await properties().groupsApi.createWithHttpInfo('contacts', group);
    expect(created.httpStatusCode).toBe(201);
    const { results } = await properties().groupsApi.getAll('contacts');
    expect(results.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['contactinformation', 'tandem']),
    );
    await expect(refusal(properties().groupsApi.create('contacts', group))).resolves.toMatchObject({
      code: 409,
    });
  });
});

function twice(): { label: string; value: string }[] {
  return [
    { label: 'A', value: 'a' },
    { label: 'A', value: 'a' },
  ];
}
