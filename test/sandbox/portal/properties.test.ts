// Properties and their groups through HubSpot's own client (hubspot-api §2.4).
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from './fixture.ts';

const PROPERTIES = '/crm/properties/2026-09/contacts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

const text = (name: string) => ({
  name,
  label: name,
  type: 'string',
  fieldType: 'text',
  groupName: 'contactinformation',
});

describe('The portal knows', () => {
  it("HubSpot's 348 contact properties and seven of its own", async () => {
    const { results } = await sandbox.client.crm.properties.coreApi.getAll('contacts');
    expect(results.filter(({ hubspotDefined }) => hubspotDefined)).toHaveLength(348);
    const custom = results.filter(({ hubspotDefined }) => !hubspotDefined);
    expect(custom.map(({ name, type, fieldType }) => [name, type, fieldType])).toEqual([
      ['favorite_color', 'enumeration', 'select'],
      ['interests', 'enumeration', 'checkbox'],
      ['score', 'number', 'number'],
      ['is_customer', 'bool', 'booleancheckbox'],
      ['renewal_date', 'date', 'date'],
      ['last_demo', 'datetime', 'date'],
      ['account_notes', 'string', 'textarea'],
    ]);
    const names = results.map(({ name }) => name);
    for (const absent of ['leadsource', 'description', 'rating'])
      expect(names).not.toContain(absent);
  });

  it('eight lead statuses with their labels', async () => {
    const { options } = await sandbox.dated.crm.properties.coreApi.getByName(
      'contacts',
      'hs_lead_status',
    );
    expect(options.map(({ value, label }) => `${value} ${label}`)).toEqual([
      'NEW New',
      'OPEN Open',
      'IN_PROGRESS In Progress',
      'OPEN_DEAL Open Deal',
      'UNQUALIFIED Unqualified',
      'ATTEMPTED_TO_CONTACT Attempted to Contact',
      'CONNECTED Connected',
      'BAD_TIMING Bad Timing',
    ]);
  });

  it('which cannot be written and which refer to owners', async () => {
    const { coreApi } = sandbox.client.crm.properties;
    const optOut = await coreApi.getByName('contacts', 'hs_email_optout');
    expect(optOut.modificationMetadata?.readOnlyValue).toBe(true);
    const calculated = await coreApi.getByName('contacts', 'hs_additional_emails');
    expect(calculated.calculated).toBe(true);
    const owner = await coreApi.getByName('contacts', 'hubspot_owner_id');
    expect([owner.referencedObjectType, owner.externalOptions, owner.options]).toEqual([
      'OWNER',
      true,
      [],
    ]);
  });
});

describe('A property', () => {
  it('is created with 201 and holds values', async () => {
    const answer = await sandbox.call('POST', PROPERTIES, {
      ...text('shoe_size'),
      hasUniqueValue: false,
    });
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject({ name: 'shoe_size', hubspotDefined: false });
    const id = sandbox.portal.create({ shoe_size: '42' });
    expect(sandbox.portal.get(id)?.properties.shoe_size).toBe('42');
  });

  it('is refused with 409 when it exists and 404 when asked for in vain', async () => {
    const taken = await sandbox.call('POST', PROPERTIES, text('score'));
    expect([taken.status, taken.json.category]).toEqual([409, 'OBJECT_ALREADY_EXISTS']);
    const missing = await sandbox.call('GET', `${PROPERTIES}/no_such`);
    expect([missing.status, missing.json.category]).toEqual([404, 'OBJECT_NOT_FOUND']);
  });

  it.each([
    ['an unknown group', { ...text('a'), groupName: 'no_such' }],
    ['a fieldType that does not go with the type', { ...text('a'), fieldType: 'date' }],
    ['a bad name', text('1st')],
    ['no label', { ...text('a'), label: undefined }],
  ])('is refused with 400 for %s', async (_, definition) => {
    expect((await sandbox.call('POST', PROPERTIES, definition)).status).toBe(400);
  });

  it('comes in batches, each with its own fate', async () => {
    const created = await sandbox.call('POST', `${PROPERTIES}/batch/create`, {
      inputs: [text('one'), text('two')],
    });
    expect([created.status, created.json.results?.length]).toEqual([201, 2]);
    const partly = await sandbox.call('POST', `${PROPERTIES}/batch/create`, {
      inputs: [text('two'), text('three')],
    });
    expect([partly.status, partly.json.results?.length]).toEqual([207, 1]);
    const read = await sandbox.call('POST', `${PROPERTIES}/batch/read`, {
      archived: false,
      inputs: [{ name: 'three' }, { name: 'no_such' }],
    });
    expect([read.status, read.json.results?.map(({ name }) => name)]).toEqual([207, ['three']]);
  });
});

describe('A group', () => {
  it('is created with 201, listed, and refused a second time', async () => {
    const { groupsApi } = sandbox.client.crm.properties;
    const group = { name: 'tandem', label: 'Tandem', displayOrder: -1 };
    const answer = await groupsApi.createWithHttpInfo('contacts', group);
    expect(answer.httpStatusCode).toBe(201);
    const { results } = await groupsApi.getAll('contacts');
    expect(results.map(({ name }) => name)).toContain('tandem');
    expect((await sandbox.call('POST', `${PROPERTIES}/groups`, group)).status).toBe(409);
  });
});
