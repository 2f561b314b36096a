// The calls about field mappings, served against both stand-ins over HTTP: what goes together, what a mapping would do
// to real records, how filled fields are, making the HubSpot property, and the effect of settings before they are saved.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallParameters } from '../../src/api/contract.ts';
import { createWorld, type World } from '../e2e/support/world.ts';
import { adminOf } from './support/calls.ts';

let world: World;
const ids = new Map<string, string>();
const adaId = (): string => ids.get('Ada') ?? '';
const CITY = { hubspotProperty: 'city', leadField: 'City', contactField: 'MailingCity' };
const COLOUR = { leadField: 'Favorite_Color__c', contactField: 'Favorite_Color__c' };

beforeAll(async () => {
  world = await createWorld();
  const { org } = world.salesforce;
  const { portal } = world.hubspot;
  const person = (first: string, city: string | null, colour: string | null) => {
    const email = `${first.toLowerCase()}@example.com`;
    const { id } = portal.create({ email, firstname: first, lastname: 'Walker', company: 'Acme' });
    ids.set(first, id);
    org.insert('Lead', {
      FirstName: first,
      LastName: 'Walker',
      Company: 'Acme',
      Email: email,
      City: city,
      Favorite_Color__c: colour,
    });
  };
  person('Ada', 'Berlin', 'Red');
  person('Grace', 'Paris', 'Green');
  person('Edsger', null, null);
  await world.settle();
});
afterAll(() => world.close());

const { call, value } = adminOf(() => world);

describe('What goes together', () => {
  it('is told for every field beside a property, with the reason where it doesn’t', async () => {
    const { leadFields, hubspotProperties } = await value('get-field-partners', {
      hubspotProperty: 'numemployees',
      leadField: null,
      contactField: null,
    });
    expect(hubspotProperties.groups).toEqual([]);
    const refused = leadFields.groups.find(({ names }) => names.includes('Is_Customer__c'));
    expect(refused).toMatchObject({
      verdict: 'refused',
      sentence: expect.stringContaining('cannot be mapped') as string,
    });
  });

  it('is told for every property beside the fields that are chosen', async () => {
    const { hubspotProperties } = await value('get-field-partners', {
      hubspotProperty: null,
      leadField: 'Is_Customer__c',
      contactField: 'Is_Customer__c',
    });
    const groups = hubspotProperties.groups.filter(({ verdict }) => verdict === 'refused');
    expect(groups.flatMap(({ names }) => names)).toContain('city');
    expect(groups.flatMap(({ names }) => names)).not.toContain('is_customer');
  });

  it('depends on the rule where a side can’t be written', async () => {
    const asked = { hubspotProperty: 'hs_object_id', leadField: 'City', contactField: null };
    expect(await value('check-mapping', { ...asked, rule: 'alwaysSalesforce' })).toMatchObject({
      verdict: 'refused',
    });
  });

  it.each([
    ['favorite_color', 'Tandem_HubSpot_Id__c'],
    ['tandem_lead_id', 'Notes__c'],
  ])(
    'never lets a mapping write what people are told apart by: %s, %s',
    async (property, field) => {
      const asked = { hubspotProperty: property, leadField: field, contactField: null };
      const { verdict, sentences } = await value('check-mapping', asked);
      expect(verdict).toBe('refused');
      expect(sentences.join(' ')).toContain('who belongs to whom');
      const choices = await value('get-mapping-choices', {});
      const offered = [
        ...choices.hubspotProperties,
        ...choices.leadFields,
        ...choices.contactFields,
      ];
      const names = offered.map(({ name }) => name);
      expect(names).not.toContain('Tandem_HubSpot_Id__c');
      expect(names).not.toContain('tandem_lead_id');
    },
  );

  it('has the options of both sides', async () => {
    const options = await value('get-mapping-options', {
      hubspotProperty: 'hs_lead_status',
      leadField: 'Status',
      contactField: null,
    });
    expect(options.hubspot?.map(({ value: name }) => name)).toContain('IN_PROGRESS');
    expect(options.salesforce?.map(({ value: name }) => name)).toContain('Working - Contacted');
    expect(await value('get-mapping-options', CITY)).toEqual({ hubspot: null, salesforce: null });
  });
});

describe('Samples of a mapping', () => {
  it('are real pairs with what each rule would do to them', async () => {
    const { portal } = world.hubspot;
    portal.update(adaId(), { city: 'Bonn' });
    world.resetCalls();
    const { samples, looked, examplesAreReal } = await value('get-mapping-samples', {
      ...CITY,
      valueMap: [],
      valueMapIsDefault: true,
    });
    expect(world.hubspot.calls.total + world.salesforce.calls.total).toBeLessThanOrEqual(3);
    expect({ looked, examplesAreReal }).toEqual({ looked: 3, examplesAreReal: true });
    expect(samples[0]).toMatchObject({
      who: 'Ada Walker',
      object: 'Lead',
      hubspotValue: 'Bonn',
      salesforceValue: 'Berlin',
      effects: {
        preferSalesforceUnlessBlank: 'HubSpot becomes Berlin.',
        twoWay: 'Salesforce becomes Bonn.',
        off: 'Nothing changes.',
      },
    });
    expect(samples.find(({ who }) => who === 'Grace Walker')?.effects.twoWay).toBe(
      'Nothing changes: both sides mean the same.',
    );
    portal.update(adaId(), { city: 'Berlin' });
  });

  it('show every rule by an example made of real values', async () => {
    const { examples } = await value('get-mapping-samples', { ...CITY, valueMap: [] });
    expect(examples.preferSalesforceUnlessBlank).toEqual([
      'HubSpot has Berlin, Salesforce has Paris → HubSpot becomes Paris.',
      'HubSpot has Berlin, Salesforce has nothing → Salesforce becomes Berlin.',
      'HubSpot has nothing, Salesforce has Paris → HubSpot becomes Paris.',
      'Both had Berlin, and somebody clears it in Salesforce → HubSpot is cleared.',
      'Both had Berlin, and somebody clears it in HubSpot → HubSpot becomes Berlin.',
    ]);
    expect(examples.twoWay.slice(0, 2)).toEqual([
      'HubSpot has Berlin, Salesforce has Paris and HubSpot’s is newer → Salesforce becomes Berlin.',
      'HubSpot has Berlin, Salesforce has Paris and Salesforce’s is newer → HubSpot becomes Paris.',
    ]);
  });

  it('are made up where there are no values', async () => {
    const { examples, examplesAreReal } = await value('get-mapping-samples', {
      hubspotProperty: 'fax',
      leadField: 'Fax',
      contactField: 'Fax',
      valueMap: [],
    });
    expect(examplesAreReal).toBe(false);
    expect(examples.alwaysHubSpot[0]).toBe(
      'HubSpot has Berlin, Salesforce has Paris → Salesforce becomes Berlin.',
    );
  });
});

describe('How filled fields are', () => {
  it('is counted by both CRMs in three calls', async () => {
    world.resetCalls();
    expect(await value('get-field-usage', CITY)).toEqual({
      hubspot: { total: 3, filled: 2 },
      lead: { total: 3, filled: 2 },
      contact: { total: 0, filled: 0 },
    });
    expect(world.hubspot.calls.total).toBe(2);
    expect(world.salesforce.calls.total).toBe(1);
  });

  it('is not told of fields that Salesforce doesn’t count', async () => {
    const usage = await value('get-field-usage', {
      hubspotProperty: null,
      leadField: 'Description',
      contactField: null,
    });
    expect(usage).toEqual({ hubspot: null, lead: { total: 3, filled: null }, contact: null });
  });
});

describe('The HubSpot property for a Salesforce field', () => {
  const asked = { object: 'Lead', field: 'Favorite_Color__c' } as const;

  it('is proposed with its type, its options and a name that is free', async () => {
    expect(await value('get-property-proposal', asked)).toMatchObject({
      label: 'Favorite Color',
      type: 'Dropdown or radio select',
      options: 3,
      groups: expect.arrayContaining([
        expect.objectContaining({ name: 'contactinformation' }),
      ]) as unknown,
    });
  });

  it('is created, and can be mapped at once; a second one of that name is refused', async () => {
    const wanted = { ...asked, name: 'lieblingsfarbe', label: 'Lieblingsfarbe' };
    const group = 'contactinformation';
    expect(await value('create-property', { ...wanted, group })).toEqual({
      name: 'lieblingsfarbe',
    });
    expect(
      await value('check-mapping', { hubspotProperty: 'lieblingsfarbe', ...COLOUR }),
    ).toMatchObject({ verdict: 'ok' });
    expect(await call('create-property', { ...wanted, group })).toMatchObject({
      ok: false,
      error: { code: 'PROPERTY_EXISTS', field: 'name' },
    });
    expect((await value('get-property-proposal', asked)).name).not.toBe('lieblingsfarbe');
  });

  it.each(['Is_Customer__c', 'Interests__c', 'Description', 'Annual_Budget__c', 'Birthday__c'])(
    'goes together with the field: %s',
    async (field) => {
      const known = (await value('get-mapping-choices', {})).leadFields;
      if (!known.some(({ name }) => name === field)) return;
      const name = `made_for_${field.toLowerCase()}`;
      await value('create-property', {
        object: 'Lead',
        field,
        name,
        label: field,
        group: 'contactinformation',
      });
      expect(
        await value('check-mapping', {
          hubspotProperty: name,
          leadField: field,
          contactField: null,
        }),
      ).toMatchObject({ verdict: 'ok' });
    },
  );
});

describe('The effect of settings', () => {
  const customs = (rule: string) => ({
    mappings: { custom: [{ hubspotProperty: 'lieblingsfarbe', ...COLOUR, rule, valueMap: [] }] },
  });

  it('is told before they are saved, with examples, and nothing is written', async () => {
    const before = world.hubspot.portal.get(adaId());
    const effect = await value('preview-settings', {
      parts: customs('preferSalesforceUnlessBlank'),
    });
    expect(effect).toMatchObject({
      looked: 3,
      changed: 2,
      stopped: 0,
      fields: [{ side: 'hubspot', field: 'Lieblingsfarbe', records: 2, cleared: 0 }],
      after: null,
    });
    expect(effect.examples).toContainEqual({
      who: 'Ada Walker',
      changes: [{ side: 'hubspot', field: 'Lieblingsfarbe', before: null, after: 'Red' }],
      stops: null,
    });
    expect(world.hubspot.portal.get(adaId())).toEqual(before);
    expect((await world.pipeline.ports.store.settings.current()).version).toBe(0);
  });

  it('is nothing where a rule moves nothing', async () => {
    expect(await value('preview-settings', { parts: customs('off') })).toMatchObject({
      changed: 0,
      examples: [],
    });
  });

  it('says who would sync no more', async () => {
    const listId = world.hubspot.portal.createList({
      name: 'Nobody',
      processingType: 'DYNAMIC',
      filter: () => false,
    });
    const { inclusion } = (await value('get-settings', {})).document;
    expect(
      await value('preview-settings', {
        parts: { inclusion: { ...inclusion, listId } },
        sample: 2,
      }),
    ).toMatchObject({
      looked: 2,
      changed: 0,
      stopped: 2,
      examples: [{ stops: expect.stringContaining('Nobody') as string }, {}],
      after: expect.stringMatching(/^\d+$/) as string,
    });
  });

  it('is refused for settings that couldn’t be saved', async () => {
    const parts = {
      mappings: { custom: [{ hubspotProperty: 'city', ...COLOUR, rule: 'twoWay' }] },
    };
    expect(await call('preview-settings', { parts })).toMatchObject({
      ok: false,
      error: { code: 'ALREADY_MAPPED' },
    });
  });
});

type Wanted = CallParameters<'write-mappings'>['mappings'][number];

describe('Mappings as text', () => {
  const FAVOURITE = {
    kind: 'custom',
    hubspotProperty: 'lieblingsfarbe',
    ...COLOUR,
    rule: 'twoWay',
    valueMap: [{ hubspot: 'a=b', salesforce: 'Red' }],
    valueMapIsDefault: false,
  } satisfies Wanted;

  it.each(['csv', 'json'] as const)('are written as %s and read back', async (format) => {
    const saved = (await value('get-settings', {})).mappings;
    const { text } = await value('write-mappings', { format, mappings: [...saved, FAVOURITE] });
    const { mappings, errors } = await value('read-mappings', { text });
    expect(errors).toEqual([]);
    expect(mappings.map(({ mapping }) => mapping)).toMatchObject([
      ...saved,
      { ...FAVOURITE, hubspotLabel: 'Lieblingsfarbe', ruleLabel: 'Two-way', problem: null },
    ]);
  });

  it('are read as far as they can be, with what is wrong line by line', async () => {
    const text = [
      'HubSpot property;Lead field;Contact field;Rule;Value map',
      'lieblingsfarbe;Favorite_Color__c;;Two-way;rot=Red',
      'no_such_property;City;;;',
      'is_customer;Nothing__c;;;',
      'city;;;Two-ways;',
      'email;Phone;;;',
      'hubspot_owner_id;;;Don’t sync;',
      'lieblingsfarbe;;Favorite_Color__c;;',
      'is_customer;City;;;',
      'jobtitle;;;;x',
    ].join('\n');
    const { mappings, errors } = await value('read-mappings', { text });
    expect(mappings).toMatchObject([
      { line: 2, mapping: { hubspotProperty: 'lieblingsfarbe', valueMap: [{ hubspot: 'rot' }] } },
    ]);
    expect(errors.map(({ line, field, value: wrong }) => [line, field, wrong])).toEqual([
      [3, 'HubSpot property', 'no_such_property'],
      [4, 'Lead field', 'Nothing__c'],
      [5, 'Rule', 'Two-ways'],
      [6, 'Lead field', 'Phone'],
      [7, 'Rule', 'off'],
      [8, 'HubSpot property', 'lieblingsfarbe'],
      [9, 'HubSpot property', 'is_customer'],
      [10, 'Value map', 'x'],
    ]);
  });

  it('are not found in any other text', async () => {
    expect(await value('read-mappings', { text: 'hello' })).toMatchObject({
      mappings: [],
      errors: [{ line: 1, message: expect.stringContaining('no column') as string }],
    });
    expect(await value('read-mappings', { text: '{"a": 1}' })).toMatchObject({
      errors: [{ message: 'This is JSON, but no list of mappings.' }],
    });
  });
});

describe('A mapping of a property that was made a moment ago', () => {
  it('syncs at once, also where the schemas were read before', async () => {
    const { schema } = world.pipeline.ports.hubspot;
    const made = {
      name: 'just_made',
      label: 'Just made',
      type: 'string',
      fieldType: 'text',
    } as const;
    await value('get-settings', {});
    await schema.createProperty('contactinformation', made);
    const custom = { ...COLOUR, hubspotProperty: made.name, rule: 'twoWay', valueMap: [] } as const;
    expect(await value('check-mapping', { ...custom })).toMatchObject({ verdict: 'warning' });
    await schema.createProperty('contactinformation', { ...made, name: 'made_too' });
    await world.configure({ mappings: { custom: [{ ...custom, hubspotProperty: 'made_too' }] } });
    const { mappings } = await value('get-settings', {});
    expect(mappings.find(({ kind }) => kind === 'custom')?.problem?.severity).not.toBe('error');
  });
});
