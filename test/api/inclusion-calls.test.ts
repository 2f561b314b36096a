// The calls behind the tab about who syncs, served against both stand-ins over HTTP: what a draft would do in figures
// that hold when it is saved, and what happens to one person with every step that was taken.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settingsSchema } from '../../src/engine/settings.ts';
import { MemberReader } from '../../src/sync/inclusion/members.ts';
import { inclusionPreview } from '../../src/sync/inclusion/preview.ts';
import { createWorld, type World } from '../e2e/support/world.ts';
import { adminOf } from './support/calls.ts';

let world: World;
const ids = { ada: '', ben: '', cleo: '', nameless: '', dora: '' };
let customers: string;
let staff: string;
let empty: string;

beforeAll(async () => {
  world = await createWorld();
  const { org } = world.salesforce;
  const { portal } = world.hubspot;
  const person = (firstname: string): string =>
    portal.create({ firstname, lastname: 'Byron', email: `${firstname}@example.com`.toLowerCase() })
      .id;
  ids.ada = person('Ada');
  ids.ben = person('Ben');
  await world.settle();
  ids.cleo = person('Cleo');
  ids.dora = person('Dora');
  ids.nameless = portal.create({ firstname: 'Nameless', lastname: 'Visitor' }).id;
  org.insert('Lead', {
    FirstName: 'Cleo',
    LastName: 'Byron',
    Company: 'Acme',
    Email: 'cleo@example.com',
    Rating: 'Hot',
  });
  org.insert('Lead', {
    FirstName: 'Eve',
    LastName: 'Lone',
    Company: 'Acme',
    Email: 'eve@example.com',
    Rating: 'Cold',
  });
  const list = (name: string, members: readonly string[]): string =>
    portal.createList({ name, processingType: 'MANUAL', members });
  customers = list('Customers', [ids.ada, ids.cleo, ids.dora, ids.nameless]);
  staff = list('Staff', [ids.ada]);
  empty = list('Nobody', []);
});
afterAll(() => world.close());

const { call, value } = adminOf(() => world);
const exact = (count: number) => ({ count, precision: 'exact' });
const byInclusion = (inclusion: object) => settingsSchema.parse({ inclusion });

describe('Another inclusion list', () => {
  it('is counted before it is saved: who goes on, stops, and would be created', async () => {
    const preview = await value('preview-inclusion', { inclusion: { listId: customers } });
    expect(preview).toMatchObject({
      members: exact(4),
      paired: exact(1),
      inSync: exact(1),
      stop: exact(1),
      start: exact(0),
      exclusion: null,
      newcomers: {
        all: exact(3),
        becomeLeads: exact(1),
        becomeContacts: exact(0),
        pair: exact(1),
        leftOut: [{ reason: { code: 'NO_EMAIL' }, figure: exact(1) }],
      },
    });
    expect(preview.basis.join(' ')).toContain('Every pair was judged');
  });

  it('counts those that an exclusion list stops, and those who would only receive', async () => {
    expect(
      await value('preview-inclusion', { inclusion: { listId: null, exclusionListId: staff } }),
    ).toMatchObject({
      members: exact(5),
      stop: exact(1),
      paired: exact(1),
      exclusion: { members: exact(1), paired: exact(1) },
    });
    expect(
      await value('preview-inclusion', { inclusion: { listId: staff, receivers: 'everybody' } }),
    ).toMatchObject({ stop: exact(0), paired: exact(2), oneWayOnly: exact(1) });
  });

  it('asks about those who are paired where a list is too long to be read', async () => {
    const reader = new MemberReader(world.pipeline.ports, 0);
    const inclusion = settingsSchema.parse({ inclusion: { listId: staff } }).inclusion;
    expect(await inclusionPreview(world.pipeline, reader, inclusion)).toMatchObject({
      members: exact(1),
      effect: { paired: exact(1), stop: exact(1) },
      newcomers: { all: { count: 0, precision: 'estimated' } },
    });
  });

  it('writes nothing, and says when a list is gone', async () => {
    world.resetCalls();
    const before = await world.pipeline.ports.store.links.summary();
    await value('preview-inclusion', { inclusion: { listId: empty } });
    expect(await world.pipeline.ports.store.links.summary()).toEqual(before);
    expect(Object.keys(world.hubspot.calls.byEndpoint()).join(' ')).not.toMatch(
      /batch\/(update|create|archive)/,
    );
    expect(await call('preview-inclusion', { inclusion: { listId: '99999' } })).toMatchObject({
      ok: false,
      error: { code: 'LIST_NOT_FOUND' },
    });
  });
});

describe('Conditions on the Salesforce side', () => {
  it('are shown as SOQL and counted', async () => {
    const { previews } = await value('preview-conditions', {
      conditions: { Lead: { clauses: [{ field: 'Rating', comparison: 'is', values: ['Hot'] }] } },
    });
    expect(previews).toMatchObject([
      {
        object: 'Lead',
        soql: "SELECT Id FROM Lead WHERE Rating = 'Hot'",
        differences: [],
        records: exact(4),
        meeting: exact(1),
        unpaired: exact(1),
        stop: exact(2),
        start: exact(0),
      },
      { object: 'Contact', soql: null, records: exact(0), meeting: exact(0), unpaired: exact(0) },
    ]);
  });
});

describe('What happens to a person', () => {
  it('is found by e-mail address, id, address of the page and name', async () => {
    for (const who of [
      'ada@example.com',
      ids.ada,
      `https://app.hubspot.com/contacts/1/record/0-1/${ids.ada}`,
      'Ada Byron',
    ]) {
      const { trace } = await value('explain-person', { who });
      expect(trace?.person).toMatchObject({ name: 'Ada Byron', hubspotId: ids.ada });
      expect(trace?.verdict).toMatchObject({
        outcome: 'syncs',
        sentence: expect.stringMatching(/^Syncs both ways with Lead Ada Byron/) as string,
      });
    }
    const { people, trace } = await value('explain-person', { who: 'Byron' });
    expect(trace).toBeNull();
    expect(people.map(({ name }) => name).sort()).toEqual([
      'Ada Byron',
      'Ben Byron',
      'Cleo Byron',
      'Dora Byron',
    ]);
    expect(await call('explain-person', { who: 'zz@example.com' })).toMatchObject({
      ok: false,
      error: { code: 'NOBODY_FOUND' },
    });
  });

  it('is told by a draft of the settings, step by step', async () => {
    const settings = byInclusion({ listId: customers, exclusionListId: staff });
    const { trace } = await value('explain-person', { who: 'ben@example.com', settings });
    expect(trace).toMatchObject({
      isDraft: true,
      verdict: {
        outcome: 'doesNotSync',
        sentence: expect.stringContaining('“Customers”') as string,
        fix: expect.stringContaining('enters the list') as string,
      },
    });
    expect(trace?.steps).toEqual(
      expect.arrayContaining([
        { title: 'Exclusion list', outcome: 'pass', sentence: 'Isn’t in “Staff”.', details: [] },
        {
          title: 'Inclusion list',
          outcome: 'fail',
          sentence: 'Isn’t in “Customers”, so nothing moves in either direction.',
          details: [],
        },
      ]),
    );
    const { trace: excluded } = await value('explain-person', { who: ids.ada, settings });
    expect(excluded?.verdict.sentence).toContain('exclusion list “Staff”');
  });

  it('shows which conditions of an active segment the contact meets', async () => {
    const filter = (property: string, operator: string, value: string) => ({
      filterType: 'PROPERTY' as const,
      property,
      operation: { operationType: 'MULTISTRING', operator, values: [value] },
    });
    const filters = [filter('firstname', 'IS_EQUAL_TO', 'Ben'), filter('city', 'CONTAINS', 'Bonn')];
    const listId = world.hubspot.portal.createList({
      name: 'Bonn',
      processingType: 'DYNAMIC',
      filterBranch: {
        filterBranchType: 'OR',
        filters: [],
        filterBranches: [{ filterBranchType: 'AND', filters, filterBranches: [] }],
      },
    });
    world.hubspot.portal.update(ids.ben, { city: 'Köln' });
    const settings = byInclusion({ listId });
    const { trace } = await value('explain-person', { who: ids.ben, settings });
    expect(trace?.steps.find(({ title }) => title === 'Inclusion list')).toEqual({
      title: 'Inclusion list',
      outcome: 'fail',
      sentence:
        'Isn’t in “Bonn”, so nothing moves in either direction. It meets 1 of 2 conditions.',
      details: [
        { text: 'First Name is equal to “Ben”: it is “Ben”', holds: true },
        { text: 'City contains “Bonn”: it is “Köln”', holds: false },
      ],
    });
  });

  it('shows each clause of a condition with the record’s value', async () => {
    const Lead = {
      match: 'any',
      clauses: [
        { field: 'Rating', comparison: 'is', values: ['Hot'] },
        { field: 'Company', comparison: 'startsWith', values: ['Z'] },
      ],
    };
    const settings = byInclusion({ salesforceConditions: { Lead } });
    const { trace } = await value('explain-person', { who: 'eve@example.com', settings });
    expect(trace?.verdict).toMatchObject({ outcome: 'doesNotSync' });
    expect(trace?.steps.find(({ title }) => title === 'What may enter HubSpot')).toMatchObject({
      outcome: 'fail',
      sentence: expect.stringMatching(/^0 of 2 conditions hold/) as string,
      details: [
        { text: 'Rating is “Hot”: it is “Cold”', holds: false },
        { text: 'Company starts with “Z”: it is “Acme”', holds: false },
      ],
    });
  });

  it('tells which creation rule decides, and why those before it don’t', async () => {
    const rules = [
      {
        properties: { clauses: [{ field: 'firstname', comparison: 'is', values: ['Zoe'] }] },
        becomes: 'contact',
      },
      { becomes: 'nothing' },
    ];
    const settings = settingsSchema.parse({ creation: { rules } });
    const { trace } = await value('explain-person', { who: 'dora@example.com', settings });
    expect(trace?.verdict).toMatchObject({ outcome: 'doesNotSync' });
    expect(trace?.steps.filter(({ title }) => title.startsWith('Creation rule'))).toMatchObject([
      { outcome: 'note', details: [{ text: 'First Name is “Zoe”: it is “Dora”', holds: false }] },
      { outcome: 'fail' },
    ]);
    const { trace: saved } = await value('explain-person', { who: ids.dora });
    expect(saved).toMatchObject({
      isDraft: false,
      verdict: { outcome: 'syncs', sentence: expect.stringContaining('new lead') as string },
    });
    expect(
      saved?.steps
        .at(-1)
        ?.details.map(({ text }) => text)
        .join(' '),
    ).toContain('Company');
  });

  it('is told on the card too, with the conditions that are missing', async () => {
    const bonn = (await value('get-inclusion-lists', { search: 'Bonn' })).lists[0]?.id ?? '';
    await world.configure({ inclusion: { listId: bonn } });
    expect(await value('get-record', { contactId: ids.ben })).toMatchObject({
      headline: expect.stringMatching(
        /not in the inclusion list “Bonn”.* It meets 1 of 2 conditions; missing: City contains “Bonn”: it is “Köln”\.$/,
      ) as string,
    });
  });
});
