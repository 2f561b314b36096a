// The calls about runs, served against both stand-ins over HTTP: starting, what it would take, looking, pausing,
// and what was left out.
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workOnRun } from '../../src/sync/runs/work.ts';
import { aList } from '../e2e/support/inclusion.ts';
import { ADMIN } from '../support/callers.ts';
import { createWorld, type World } from '../e2e/support/world.ts';
import { adminOf } from './support/calls.ts';

let world: World;
let campaign: string;
beforeAll(async () => {
  world = await createWorld();
  const { org } = world.salesforce;
  campaign = org.insert('Campaign', { Name: 'Spring' });
  for (const [index, City] of ['Bonn', 'Bonn', 'Köln'].entries()) {
    const Email = `walker${index}@example.com`;
    const LeadId = org.insert('Lead', { LastName: 'Walker', Company: 'Acme', Email, City });
    if (index === 0) org.insert('CampaignMember', { CampaignId: campaign, LeadId });
  }
  org.insert('Lead', { LastName: 'Silent', Company: 'Acme' });
});
afterAll(() => world.close());

const { call, value } = adminOf(() => world);

const BONN = { kind: 'import', scope: { object: 'Lead', condition: "City = 'Bonn'" } } as const;

describe('Starting a run', () => {
  it('writes it down for the workers, with the name of what was chosen', async () => {
    const run = await value('start-run', {
      request: { kind: 'import', scope: { campaignId: campaign } },
    });
    expect(run).toMatchObject({
      title: 'Import from Salesforce',
      scope: 'Members of the campaign “Spring”',
      state: 'waiting',
      dry: false,
      startedBy: ADMIN.email,
      controls: ['pause', 'cancel'],
    });
    const { runs, workers } = await value('get-runs', {});
    expect(runs[0]).toEqual(run);
    expect(workers).toBe(0);
    await value('control-run', { id: run.id, control: 'cancel' });
  });

  it.each([
    [
      'an unknown list',
      { kind: 'list', scope: { listId: '404' } },
      'LIST_NOT_FOUND',
      'request.scope.listId',
    ],
    [
      'an unknown campaign',
      { kind: 'import', scope: { campaignId: '701000000000404AAA' } },
      'CAMPAIGN_NOT_FOUND',
      'request.scope.campaignId',
    ],
    [
      'a condition that can’t be read',
      { kind: 'import', scope: { object: 'Lead', condition: 'City = ' } },
      'CONDITION_UNREADABLE',
      'request.scope.condition',
    ],
    [
      'a condition that Salesforce refuses',
      { kind: 'import', scope: { object: 'Lead', condition: 'No_Such_Field__c = 1' } },
      'CONDITION_REFUSED',
      'request.scope.condition',
    ],
    [
      'an unknown mapping',
      { kind: 'backfill', scope: { hubspotProperty: 'nothing' } },
      'MAPPING_NOT_FOUND',
      'request.scope.hubspotProperty',
    ],
    [
      'a condition that says nothing of whom',
      { kind: 'import', scope: { condition: "City = 'Bonn'" } },
      'INVALID_PARAMETERS',
      'request.scope.object',
    ],
  ] as const)('is refused for %s, and so is its estimate', async (_, request, code, field) => {
    const before = (await value('get-runs', {})).runs.length;
    for (const name of ['start-run', 'estimate-run'] as const)
      expect(await call(name, { request })).toMatchObject({ ok: false, error: { code, field } });
    expect((await value('get-runs', {})).runs).toHaveLength(before);
  });
});

describe('The estimate', () => {
  it('counts the records and says what it rests on', async () => {
    const estimate = await value('estimate-run', { request: BONN });
    expect(estimate).toMatchObject({
      records: 2,
      hubspotCalls: { least: 1, most: 2 },
      minutes: { least: 0.1 },
    });
    expect(estimate.basis.join(' ')).toContain('18 HubSpot calls a second');
    const { id } = aList(world, []);
    const list = { kind: 'list', scope: { listId: id } } as const;
    expect(await value('estimate-run', { request: list })).toMatchObject({ records: 0 });
  });
});

describe('What may be done to a run', () => {
  it('is paused, resumed and cancelled, and said why it can’t be', async () => {
    const { id } = await value('start-run', { request: BONN });
    const control = (what: 'pause' | 'resume' | 'cancel') =>
      call('control-run', { id, control: what });
    expect(await control('pause')).toMatchObject({
      value: { state: 'paused', controls: ['resume', 'cancel'] },
    });
    expect(await control('pause')).toMatchObject({
      ok: false,
      error: { code: 'RUN_NOT_IN_STATE', fix: 'You may resume or cancel it.' },
    });
    expect(await control('resume')).toMatchObject({ value: { state: 'waiting' } });
    expect(await control('cancel')).toMatchObject({ value: { state: 'cancelled', controls: [] } });
    const { runs } = await value('get-runs', {});
    expect(runs.find((run) => run.id === id)?.controlled).toMatchObject({
      control: 'cancel',
      by: ADMIN.email,
    });
    expect(await control('resume')).toMatchObject({ error: { fix: 'Start a new run.' } });
    expect(await call('control-run', { id: '99999', control: 'pause' })).toMatchObject({
      error: { code: 'RUN_NOT_FOUND' },
    });
  });
});

describe('What a run left out or would do', () => {
  it('is told with fields of a dry run and reasons in words', async () => {
    const request = { kind: 'import', scope: { object: 'Lead' } } as const;
    const { id } = await value('start-run', { request, dry: true });
    await workOnRun(world.pipeline, id);
    const { runs } = await value('get-runs', { limit: 1 });
    expect(runs[0]).toMatchObject({ id, dry: true, state: 'finished', counts: { seen: 4 } });
    const { records, after } = await value('get-run-records', { id });
    expect(after).toBeNull();
    expect(records.filter(({ result }) => result === 'createdInHubSpot')).toHaveLength(3);
    expect(records[0]).toMatchObject({
      hubspotId: null,
      outcome: 'Would be created in HubSpot',
      changes: expect.arrayContaining([
        { side: 'hubspot', field: 'City', before: null, after: 'Bonn' },
      ]) as unknown,
    });
    const left = records.find(({ result }) => result === 'skipped');
    expect(left).toMatchObject({ outcome: 'Would be left out', reason: { code: 'NO_EMAIL' } });
    expect(left?.reason?.sentence).toContain('no e-mail address');
    expect(left?.salesforceUrl).toMatch(/^http.*\/00Q/);
    const exported = await value('export-run-records', { id });
    expect(exported).toMatchObject({ rows: records.length, after: null });
    const rows = parse(exported.csv, { columns: true });
    expect(rows).toContainEqual(
      expect.objectContaining({
        Outcome: 'Would be left out',
        Code: 'NO_EMAIL',
        Reason: left?.reason?.sentence,
        'Salesforce record': left?.salesforceId,
      }),
    );
    expect(exported.csv).toContain('City in HubSpot: (blank) → Bonn');
  });

  it('comes in pages, without an empty one at the end', async () => {
    for (let index = 0; index < 49; index += 1)
      world.salesforce.org.insert('Lead', { LastName: `Silent ${index}`, Company: 'Acme' });
    const condition = "LastName LIKE 'Silent%'";
    const request = { kind: 'import', scope: { object: 'Lead', condition } } as const;
    const { id } = await value('start-run', { request, dry: true });
    await workOnRun(world.pipeline, id);
    const first = await value('get-run-records', { id });
    expect(first.records).toHaveLength(50);
    expect(first.after).toBeNull();
    world.salesforce.org.insert('Lead', { LastName: 'Silent too', Company: 'Acme' });
    const more = await value('start-run', { request, dry: true });
    await workOnRun(world.pipeline, more.id);
    const page = await value('get-run-records', { id: more.id });
    expect(page.after).not.toBeNull();
    const rest = await value('get-run-records', { id: more.id, after: page.after });
    expect(rest).toMatchObject({ records: [{ result: 'skipped' }], after: null });
  });

  it('is not told of a run that isn’t there', async () => {
    expect(await call('get-run-records', { id: '99999' })).toMatchObject({
      error: { code: 'RUN_NOT_FOUND', field: 'id' },
    });
  });
});
