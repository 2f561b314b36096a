// The calls of the tab “Creating and deleting”, against both stand-ins over HTTP: whom rules that aren't saved yet would
// make what, what fills required fields, who owns what, and finding people.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settingsSchema } from '../../src/engine/settings.ts';
import { text } from '../../src/sandbox/salesforce/schema/field.ts';
import { SANDBOX_QUEUE, SANDBOX_USERS } from '../../src/sandbox/salesforce/stand-in.ts';
import { createWorld, type World } from '../e2e/support/world.ts';
import { adminOf } from './support/calls.ts';

/** A HubSpot owner whom Salesforce doesn't have. */
const ELENA = '71000105';
const TEMPLATES = { LastName: '{lastname}', Company: 'Acme', Region__c: '{city} || EMEA' };

let world: World;
let grace: string;
let paired: string;
beforeAll(async () => {
  const region = text('Region__c', 'Region', 20, { nillable: false });
  world = await createWorld({ extraFields: { Lead: [region] } });
  await world.configure({ creation: { templates: TEMPLATES } });
  const { portal } = world.hubspot;
  paired = portal.create({
    email: 'ada@example.com',
    firstname: 'Ada',
    lastname: 'Lovelace',
    company: 'Acme',
  }).id;
  await world.settle();
  grace = portal.create({
    email: 'grace@navy.example',
    firstname: 'Grace',
    lastname: 'Hopper',
    jobtitle: 'Admiral',
  }).id;
});
afterAll(() => world.close());

const { call, value } = adminOf(() => world);

const creation = (changes: object) => settingsSchema.parse({ creation: changes }).creation;
const admirals = {
  match: 'all',
  clauses: [
    { field: 'jobtitle', comparison: 'contains', values: ['admiral'] },
    { field: 'lastname', comparison: 'is', values: ['Nelson'] },
  ],
} as const;

describe('Trying creation rules', () => {
  it('tells which rule decides, and what each one before it met', async () => {
    const rules = [
      { companyHasAccount: true, becomes: 'contact' },
      { properties: admirals, becomes: 'nothing' },
      { properties: { ...admirals, match: 'any' }, becomes: 'contact' },
      { becomes: 'lead' },
    ];
    const tried = await value('try-creation', {
      creation: creation({ rules }),
      who: { of: 'contact', contactId: grace },
    });
    expect(tried).toMatchObject({
      person: { name: 'Grace Hopper' },
      meanwhile: null,
      decidedBy: 3,
      outcome: 'contact',
      reason: null,
      rules: [
        { number: 1, holds: false, account: { wanted: true, has: false }, clauses: [] },
        {
          number: 2,
          holds: false,
          clauses: [
            { sentence: 'Job Title contains “admiral”', value: 'Admiral', holds: true },
            { sentence: 'Last Name is “Nelson”', value: 'Hopper', holds: false },
          ],
        },
        { number: 3, holds: true, match: 'any' },
      ],
    });
    expect(tried.required).toContainEqual({
      field: 'LastName',
      label: 'Last Name',
      value: 'Hopper',
      isFilledIn: false,
    });
  });

  it('shows what templates fill in, of the draft too', async () => {
    const { required } = await value('try-creation', {
      creation: creation({
        templates: { LastName: 'Nobody', Company: '{jobtitle} of {email.domain}' },
      }),
      who: { of: 'contact', contactId: grace },
    });
    expect(required.find(({ field }) => field === 'Company')).toMatchObject({
      value: 'Admiral of navy.example',
      isFilledIn: true,
    });
    expect(required.find(({ field }) => field === 'LastName')).toMatchObject({
      value: 'Hopper',
      isFilledIn: false,
    });
  });

  it('says what keeps somebody from being created whatever the rules say', async () => {
    const tried = await value('try-creation', {
      creation: creation({}),
      who: { of: 'contact', contactId: paired },
    });
    expect(tried.meanwhile).toContain('Salesforce has this person as a lead already');
    expect(tried.outcome).toBe('lead');
  });

  it('takes values of somebody who isn’t there', async () => {
    const who = { of: 'values', properties: { lastname: 'Nelson' }, hasAccount: false } as const;
    expect(
      await value('try-creation', {
        creation: creation({ inSalesforce: 'contact', contactWithoutAccount: 'wait' }),
        who,
      }),
    ).toMatchObject({ person: null, outcome: 'waits', reason: { code: 'WAITING_FOR_ACCOUNT' } });
    expect(
      await value('try-creation', {
        creation: creation({ rules: [{ companyHasAccount: true, becomes: 'nothing' }] }),
        who: { ...who, hasAccount: true },
      }),
    ).toMatchObject({ outcome: 'nothing', reason: { code: 'CREATION_RULE_SAYS_NOTHING' } });
  });

  it('says that somebody isn’t there', async () => {
    const who = { of: 'contact', contactId: '404' } as const;
    expect(await call('try-creation', { creation: creation({}), who })).toMatchObject({
      error: { code: 'CONTACT_NOT_FOUND' },
    });
  });
});

describe('Finding people', () => {
  it.each([
    ['an e-mail address', () => 'Grace@Navy.example'],
    ['an id of HubSpot', () => grace],
    ['the address of its page', () => `https://app.hubspot.com/contacts/1/record/0-1/${grace}`],
    ['words of a name', () => 'grace hop'],
  ])('goes by %s', async (_, text) => {
    expect(await value('find-people', { text: text() })).toEqual({
      people: [{ contactId: grace, name: 'Grace Hopper', email: 'grace@navy.example' }],
    });
  });

  it('goes by the id of a Salesforce record', async () => {
    const lead = world.salesforce.org.all('Lead')[0];
    const { people } = await value('find-people', { text: String(lead?.Id) });
    expect(people.map(({ contactId }) => contactId)).toEqual([paired]);
  });

  it('finds nobody', async () => {
    expect(await value('find-people', { text: 'nobody at all' })).toEqual({ people: [] });
  });
});

describe('Templates', () => {
  it('are tried with a sample contact, and refused in words', async () => {
    const { sample, templates } = await value('try-templates', {
      templates: {
        LastName: '{lastname} || {email.local}',
        Company: '{company} || {email.domain}',
        Status: '{nothing_such}',
        Rating: '{brace',
      },
      contactId: grace,
    });
    expect(sample).toEqual({ contactId: grace, name: 'Grace Hopper' });
    expect(templates).toEqual({
      // Only somebody without a last name gets it.
      LastName: { problem: null, example: 'grace' },
      Company: { problem: null, example: 'navy.example' },
      Status: { problem: 'HubSpot has no contact property “nothing_such”.', example: null },
      Rating: { problem: expect.stringContaining('brace') as string, example: null },
    });
  });

  it('are made with any contact where none is chosen', async () => {
    const { sample } = await value('try-templates', { templates: {}, contactId: null });
    expect(sample?.name).toBe('Ada Lovelace');
  });
});

describe('Required fields', () => {
  it('are told with the mapping that fills each', async () => {
    const { fields } = await value('get-required-fields', {});
    expect(fields.find(({ name }) => name === 'LastName')).toMatchObject({
      label: 'Last Name',
      objects: ['Lead', 'Contact'],
      mappedTo: 'Last Name',
      unmappedOn: [],
      takesText: true,
    });
  });

  it('without a mapping are named, and filled by their template when a record is created', async () => {
    const { fields } = await value('get-required-fields', {});
    expect(fields.find(({ name }) => name === 'Region__c')).toMatchObject({
      label: 'Region',
      mappedTo: null,
      unmappedOn: ['Lead'],
    });
    expect(world.salesforce.org.all('Lead')[0]).toMatchObject({ Region__c: 'EMEA' });
    const { moments } = await value('get-history', { contactId: paired });
    const changes = moments.flatMap(({ changes: each }) => each);
    expect(changes.find(({ field }) => field === 'Region')).toMatchObject({ after: 'EMEA' });
  });
});

describe('Owners', () => {
  it('are told with whoever has the same e-mail address, and how many contacts somebody without one has', async () => {
    world.hubspot.portal.update(paired, { hubspot_owner_id: ELENA });
    const { owners, holders } = await value('get-owners', {});
    expect(owners.find(({ id }) => id === ELENA)).toMatchObject({ sameEmail: null, contacts: 1 });
    const maya = holders.find(({ id }) => id === SANDBOX_USERS.maya.id);
    expect(maya).toMatchObject({ kind: 'user', isActive: true });
    expect(owners.find(({ sameEmail }) => sameEmail === maya?.id)?.contacts).toBeNull();
    expect(holders.find(({ id }) => id === SANDBOX_QUEUE.id)).toMatchObject({ kind: 'queue' });
    // Whoever has left comes last.
    expect(holders.at(-1)).toMatchObject({ isActive: false });
  });
});

describe('What a condition can look at', () => {
  it('is told with types and options', async () => {
    const { fields } = await value('get-condition-choices', { of: 'Lead' });
    const status = fields.find(({ name }) => name === 'Status');
    expect(status).toMatchObject({ kind: 'option', type: 'Picklist' });
    expect(status?.options.length).toBeGreaterThan(1);
    expect(fields.find(({ name }) => name === 'Email')).toMatchObject({
      kind: 'text',
      options: [],
    });
  });
});
