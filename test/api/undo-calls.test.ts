// Taking back what a sync wrote, as the card asks for it, against both stand-ins over HTTP.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { undoChanges } from '../../src/sync/undo.ts';
import { createWorld, type World } from '../e2e/support/world.ts';
import { cardOf, entriesOf } from './support/card.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.configure({ mappings: { defaultRules: { city: 'twoWay' } } });
});
afterAll(() => world.close());

const { call, value, aPerson } = cardOf(() => world);

describe('undo-changes', () => {
  it('takes back what Sync now wrote, both ways, and both sides stay that way', async () => {
    const ada = await aPerson();
    ada.edit({ city: 'Rome' });
    ada.editLead({ Phone: '2' });
    const { entryIds } = await value('sync-now', { contactId: ada.id });
    expect(entryIds).toHaveLength(2);
    expect([ada.salesforce('City'), ada.hubspot('phone')]).toEqual(['Rome', '2']);

    const changes = entriesOf(entryIds);
    const preview = await value('undo-changes', { contactId: ada.id, changes, dry: true });
    expect(preview).toMatchObject({ dry: true, sentence: 'Puts 2 values back.', record: null });
    expect([ada.salesforce('City'), ada.hubspot('phone')]).toEqual(['Rome', '2']);

    const done = await value('undo-changes', { contactId: ada.id, changes });
    expect(done.sentence).toBe('Put 2 values back.');
    expect(
      done.fields.map(({ field, before, after, aftermath }) => [field, before, after, aftermath]),
    ).toMatchInlineSnapshot(`
      [
        [
          "Phone Number",
          "2",
          "1",
          "Salesforce keeps its value, and sends it here again only once it changes there.",
        ],
        [
          "City",
          "Rome",
          "Bonn",
          "HubSpot follows: by the rule of this field the value goes there too.",
        ],
      ]
    `);
    // Two-way: the value put back travels on. Salesforce’s phone is kept where the rule would send it again.
    const both = () => [
      [ada.hubspot('city'), ada.salesforce('City')],
      [ada.hubspot('phone'), ada.salesforce('Phone')],
    ];
    const asBefore = [
      ['Bonn', 'Bonn'],
      ['1', '2'],
    ];
    expect(both()).toEqual(asBefore);
    await world.settle();
    await value('sync-now', { contactId: ada.id });
    expect(both()).toEqual(asBefore);

    const record = await value('get-record', { contactId: ada.id });
    expect(record.state).toBe('inSync');
    expect(record.fields.find(({ hubspotProperty }) => hubspotProperty === 'phone')).toMatchObject({
      next: 'blocked',
      issue: 'undone',
      choices: ['hubspot', 'salesforce'],
    });
    const { moments } = await value('get-history', { contactId: ada.id });
    expect(moments[0]).toMatchObject({
      by: 'Undone by somebody in HubSpot',
      changes: { length: 3 },
    });

    // A newer value in Salesforce goes to HubSpot as ever.
    ada.editLead({ Phone: '3' });
    await value('sync-now', { contactId: ada.id });
    expect(ada.hubspot('phone')).toBe('3');
  });

  it('takes back one field, and says of each other why it stays', async () => {
    const ada = await aPerson();
    ada.edit({ city: 'Rome' });
    ada.editLead({ Phone: '2', Title: 'Dr' });
    await value('sync-now', { contactId: ada.id });
    const { moments } = await value('get-history', { contactId: ada.id });
    const toHubSpot = moments[0]?.changes.filter(({ side }) => side === 'hubspot') ?? [];
    expect(toHubSpot.map(({ name }) => name).sort()).toEqual(['jobtitle', 'phone']);
    ada.edit({ phone: '7' });
    const entryId = toHubSpot[0]?.entryId ?? '';
    const one = await value('undo-changes', {
      contactId: ada.id,
      changes: [{ entryId, name: 'phone' }],
    });
    expect(one.sentence).toBe('Nothing was put back.');
    expect(one.fields).toMatchObject([
      { field: 'Phone Number', result: 'left', reason: { code: 'UNDO_CHANGED_SINCE' } },
    ]);
    expect(ada.hubspot('jobtitle')).toBe('Dr');
    const two = await value('undo-changes', {
      contactId: ada.id,
      changes: [{ entryId, name: 'jobtitle' }],
    });
    expect(two.fields).toMatchObject([{ field: 'Job Title', result: 'restored', after: null }]);
    expect([ada.hubspot('jobtitle'), ada.salesforce('Title')]).toEqual([null, 'Dr']);
  });

  it('never deletes what a sync created, and says so', async () => {
    const ada = await aPerson();
    const { moments } = await value('get-history', { contactId: ada.id });
    const creation = moments.find(({ pairing }) => pairing !== null);
    const { fields, sentence } = await value('undo-changes', {
      contactId: ada.id,
      changes: entriesOf(creation?.entryIds ?? []),
      dry: true,
    });
    expect(sentence).toBe('Nothing can be put back.');
    expect(new Set(fields.map(({ reason }) => reason?.code))).toEqual(new Set(['UNDO_CREATED']));
  });

  it('puts a contact right that was paired with the wrong record, after the two were parted', async () => {
    const ada = await aPerson();
    ada.editLead({ Phone: '999' });
    const { entryIds } = await value('sync-now', { contactId: ada.id });
    await value('change-pairing', { contactId: ada.id, salesforceId: null });
    expect(ada.hubspot('phone')).toBe('999');
    const done = await value('undo-changes', { contactId: ada.id, changes: entriesOf(entryIds) });
    expect(done.fields).toMatchObject([
      { field: 'Phone Number', result: 'restored', before: '999', after: '1' },
    ]);
    expect(ada.hubspot('phone')).toBe('1');
    expect(ada.salesforce('Phone')).toBe('999');
  });

  it('says so where the record is gone', async () => {
    const ada = await aPerson();
    ada.edit({ city: 'Rome' });
    const { entryIds } = await value('sync-now', { contactId: ada.id });
    world.salesforce.org.remove('Lead', ada.leadId);
    const done = await value('undo-changes', { contactId: ada.id, changes: entriesOf(entryIds) });
    expect(done.fields).toMatchObject([{ result: 'left', reason: { code: 'UNDO_RECORD_GONE' } }]);
  });

  it('goes on where whoever began it was killed', async () => {
    const ada = await aPerson();
    ada.edit({ city: 'Rome' });
    const { entryIds } = await value('sync-now', { contactId: ada.id });
    const sync = world.pipeline.sync.bind(world.pipeline);
    const killed = vi
      .spyOn(world.pipeline, 'sync')
      .mockImplementationOnce(sync)
      .mockRejectedValueOnce(new Error('killed'));
    const broken = await call('undo-changes', { contactId: ada.id, changes: entriesOf(entryIds) });
    killed.mockRestore();
    expect(broken.ok).toBe(false);
    expect([ada.hubspot('city'), ada.salesforce('City')]).toEqual(['Rome', 'Bonn']);
    const [link] = await world.pipeline.ports.store.links.find({
      hubspot: [ada.id],
      salesforce: [],
    });
    expect(link).toMatchObject({ state: 'waiting', reason: { code: 'UNDO_ON_ITS_WAY' } });
    expect(Date.parse(link?.retryAt ?? '')).toBeLessThanOrEqual(Date.now());
    await world.settle();
    expect([ada.hubspot('city'), ada.salesforce('City')]).toEqual(['Bonn', 'Bonn']);
  });

  it('shows no campaigns to a user who may not see them', async () => {
    const ada = await aPerson();
    world.salesforce.org.hideObject('CampaignMember', true);
    const { campaigns } = await value('get-record', { contactId: ada.id });
    world.salesforce.org.hideObject('CampaignMember', false);
    expect(campaigns).toEqual([]);
  });

  it('refuses entries of somebody else', async () => {
    const [ada, grace] = [await aPerson(), await aPerson()];
    ada.edit({ city: 'Rome' });
    const { entryIds } = await value('sync-now', { contactId: ada.id });
    expect(
      await call('undo-changes', { contactId: grace.id, changes: entriesOf(entryIds) }),
    ).toMatchObject({ ok: false, error: { code: 'HISTORY_NOT_FOUND', field: 'changes' } });
    expect(ada.salesforce('City')).toBe('Rome');
  });

  it('takes back what a run wrote to several people, by the same function', async () => {
    const crowd = [await aPerson(), await aPerson(), await aPerson()];
    for (const one of crowd) one.edit({ city: 'Rome' });
    const { history, runs } = world.pipeline.ports.store;
    const run = await runs.start({
      kind: 'records',
      scope: {},
      dry: false,
      settingsVersion: 1,
      startedBy: 'ada@example.com',
    });
    await world.pipeline.sync(
      crowd.map(({ id }) => ({ key: { side: 'hubspot' as const, id } })),
      { cause: 'records', runId: run.id, recheck: true },
    );
    const entries = await history.page({ runId: run.id }, null, 100);
    expect(entries).toHaveLength(3);
    const { moments } = await value('get-history', { contactId: crowd[0]?.id ?? '' });
    expect(moments[0]?.by).toMatch(/run \d+, started by ada@example.com$/);
    const done = await undoChanges(
      world.pipeline,
      entries.map((entry) => ({ entry, fields: null })),
      { dry: false },
    );
    expect(done.map(({ result, aftermath }) => [result, aftermath])).toEqual([
      ['restored', 'follows'],
      ['restored', 'follows'],
      ['restored', 'follows'],
    ]);
    expect(crowd.map((one) => [one.hubspot('city'), one.salesforce('City')])).toEqual([
      ['Bonn', 'Bonn'],
      ['Bonn', 'Bonn'],
      ['Bonn', 'Bonn'],
    ]);
  });
});
