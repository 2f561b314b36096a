// The card's calls, served against both stand-ins over HTTP: one call that tells all, a look before Sync now, the
// history of a person, and taking back what a sync wrote.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Answer, CallAnswer, CallName, CallParameters } from '../../src/api/contract.ts';
import { handleCall } from '../../src/api/handle.ts';
import { undoChanges } from '../../src/sync/undo.ts';
import { createWorld, type World } from '../e2e/support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.configure({ mappings: { defaultRules: { city: 'twoWay' } } });
});
afterAll(() => world.close());

async function call<Name extends CallName>(
  name: Name,
  parameters: CallParameters<Name>,
): Promise<Answer<CallAnswer<Name>>> {
  return (await handleCall(name, parameters, world.services)) as Answer<CallAnswer<Name>>;
}

async function value<Name extends CallName>(name: Name, parameters: CallParameters<Name>) {
  const answer = await call(name, parameters);
  if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`);
  return answer.value;
}

let people = 0;
/** A pair that is in sync. */
async function aPerson(properties: Record<string, string> = {}) {
  people += 1;
  const email = `person${people}@example.com`;
  const { id } = world.hubspot.portal.create({
    email,
    firstname: 'Ada',
    lastname: `Lovelace${people}`,
    city: 'Bonn',
    phone: '1',
    ...properties,
  });
  const { record } = await value('sync-now', { contactId: id });
  const leadId = record.salesforce?.id ?? '';
  const { portal } = world.hubspot;
  const { org } = world.salesforce;
  return {
    id,
    leadId,
    hubspot: (property: string) => portal.get(id)?.properties[property] ?? null,
    salesforce: (field: string) => org.get('Lead', leadId)?.[field] ?? null,
    edit: (changes: Record<string, string>) => void portal.update(id, changes),
    editLead: (changes: Record<string, string | null>) => {
      org.update('Lead', leadId, changes);
    },
  };
}

const entriesOf = (entryIds: readonly string[]) => entryIds.map((entryId) => ({ entryId }));

describe('get-record', () => {
  it('tells of the Salesforce record, its campaigns, and what was written last', async () => {
    const ada = await aPerson();
    const { org } = world.salesforce;
    const CampaignId = org.insert('Campaign', { Name: 'Spring fair' });
    org.insert('CampaignMember', { CampaignId, LeadId: ada.leadId, Status: 'Responded' });
    await world.settle();
    const record = await value('get-record', { contactId: ada.id });
    expect(record.salesforce).toMatchObject({
      object: 'Lead',
      status: 'Open - Not Contacted',
      pinned: false,
    });
    expect(record.salesforce?.ownerName).toMatch(/\w/);
    expect(record.campaigns).toMatchObject([
      { id: CampaignId, name: 'Spring fair', status: 'Responded' },
    ]);
    ada.edit({ city: 'Rome' });
    await value('sync-now', { contactId: ada.id });
    const { lastWrite } = await value('get-record', { contactId: ada.id });
    expect(lastWrite).toMatchObject({ direction: 'toSalesforce', fields: 1 });
    expect(record.retryAt).toBeNull();
    expect(record.leftOut).toEqual([]);
    const shown = record.fields.find(({ hubspotProperty }) =>
      hubspotProperty.startsWith('tandem_c'),
    );
    expect(shown?.salesforceValue).toBe('Spring fair');
  });

  it('names the mappings that cannot be used, and why', async () => {
    const before = (await world.pipeline.ports.store.settings.current()).settings;
    const ada = await aPerson();
    await world.configure({
      mappings: {
        defaultRules: { city: 'twoWay' },
        custom: [
          {
            hubspotProperty: 'favorite_color',
            leadField: 'Gone__c',
            contactField: null,
            rule: 'twoWay',
            valueMap: [],
          },
        ],
      },
    });
    const { leftOut } = await value('get-record', { contactId: ada.id });
    expect(leftOut).toMatchObject([
      { hubspotLabel: 'Favorite color', sentence: expect.stringContaining('Gone__c') as string },
    ]);
    await world.configure(before);
  });

  it('says why somebody waits, and when it will be looked at again', async () => {
    const ada = await aPerson();
    const listId = world.hubspot.portal.createList({
      name: 'VIPs',
      processingType: 'DYNAMIC',
      filter: () => false,
    });
    await world.configure({
      mappings: { defaultRules: { city: 'twoWay' } },
      inclusion: { listId },
    });
    const record = await value('get-record', { contactId: ada.id });
    expect(record).toMatchObject({ state: 'waiting', reason: { code: 'NOT_IN_INCLUSION_LIST' } });
    expect(record.headline).toContain('VIPs');
    expect(Date.parse(record.retryAt ?? '')).toBeGreaterThan(Date.now());
    await world.configure({ mappings: { defaultRules: { city: 'twoWay' } } });
  });
});

describe('preview-sync', () => {
  it('says what would be created, and writes nothing', async () => {
    const { id } = world.hubspot.portal.create({
      email: 'new@example.com',
      lastname: 'Newcomer',
      city: 'Oslo',
    });
    const preview = await value('preview-sync', { contactId: id });
    expect(preview.outcome).toBe('createsInSalesforce');
    expect(preview.sentence).toMatch(/^Creates a lead in Salesforce with \d+ fields\.$/);
    expect(preview.changes).toContainEqual({
      side: 'salesforce',
      field: 'City',
      before: null,
      after: 'Oslo',
      because: 'The record was created',
    });
    expect(await value('get-history', { contactId: id })).toEqual({ moments: [], before: null });
    expect(world.salesforce.org.all('Lead').some(({ City }) => City === 'Oslo')).toBe(false);
  });

  it('says field by field what would be written and what not, and is what the sync then does', async () => {
    const ada = await aPerson({ numemployees: '5-25' });
    ada.edit({ city: 'Rome', lastname: 'Byron' });
    ada.editLead({ Phone: '2' });
    const preview = await value('preview-sync', { contactId: ada.id });
    expect(preview).toMatchObject({ outcome: 'updates', sentence: 'Writes 3 fields.' });
    expect(preview.changes.map(({ side, field, after }) => [side, field, after]).sort()).toEqual([
      ['hubspot', 'Last Name', expect.stringContaining('Lovelace') as string],
      ['hubspot', 'Phone Number', '2'],
      ['salesforce', 'City', 'Rome'],
    ]);
    expect(preview.changes.find(({ field }) => field === 'City')?.because).toBe('Rule “Two-way”');
    expect(preview.leftOut.map(({ reason }) => reason.code)).toContain('RANGE_NOT_WRITTEN_BACK');
    const done = await value('sync-now', { contactId: ada.id });
    expect(done.changes).toEqual(
      preview.changes.map(({ side, field, before, after }) => ({ side, field, before, after })),
    );
  });

  it('says why nothing would be done', async () => {
    const { id } = world.hubspot.portal.create({ firstname: 'Nobody' });
    expect(await value('preview-sync', { contactId: id })).toMatchObject({
      outcome: 'notSynced',
      reason: { code: 'NO_EMAIL' },
      changes: [],
    });
    expect(await call('preview-sync', { contactId: '99999999' })).toMatchObject({
      ok: false,
      error: { code: 'CONTACT_NOT_FOUND' },
    });
  });
});

describe('A conflict', () => {
  it('is shown as one, and ends with the side that a person chooses', async () => {
    const ada = await aPerson();
    ada.edit({ city: 'Rome' });
    ada.editLead({ City: 'Oslo' });
    const { fields, state, headline } = await value('get-record', { contactId: ada.id });
    expect([state, headline]).toEqual([
      'waiting',
      '1 field has changed since the last sync; the next one writes it.',
    ]);
    expect(fields.find(({ hubspotProperty }) => hubspotProperty === 'city')).toMatchObject({
      issue: 'conflict',
      choices: ['hubspot', 'salesforce'],
    });
    const choices = [{ hubspotProperty: 'city', side: 'hubspot' as const }];
    const preview = await value('preview-sync', { contactId: ada.id, choices });
    expect(preview.changes).toEqual([
      {
        side: 'salesforce',
        field: 'City',
        before: 'Oslo',
        after: 'Rome',
        because: 'Somebody chose this side',
      },
    ]);
    await value('sync-now', { contactId: ada.id, choices });
    expect([ada.hubspot('city'), ada.salesforce('City')]).toEqual(['Rome', 'Rome']);
    const { moments } = await value('get-history', { contactId: ada.id });
    expect(moments[0]).toMatchObject({
      by: 'Sync now',
      changes: [{ because: 'Somebody chose this side' }],
    });
  });
});

describe('get-history', () => {
  it('tells newest first what each sync wrote, who caused it and what decided it', async () => {
    const ada = await aPerson();
    ada.edit({ city: 'Rome' });
    await world.notice([{ side: 'hubspot', id: ada.id }]);
    await world.settle();
    const { moments, before } = await value('get-history', { contactId: ada.id });
    expect(before).toBeNull();
    const [edit] = moments;
    expect(edit).toMatchObject({
      by: 'Live sync',
      pairing: null,
      changes: [
        {
          side: 'salesforce',
          field: 'City',
          name: 'City',
          before: 'Bonn',
          after: 'Rome',
          because: 'Rule “Two-way”',
          notUndoable: null,
        },
      ],
    });
    const creation = moments.find(({ pairing }) => pairing !== null);
    expect(creation?.by).toBe('Sync now');
    expect(creation?.pairing).toMatch(/^The record was created \(00Q/);
    expect(creation?.changes[0]?.notUndoable).toBe('It came with the new Salesforce record.');
  });

  it('comes in pages that leave out nothing and tell nothing twice', async () => {
    const ada = await aPerson();
    const { store } = world.pipeline.ports;
    await store.links.record({
      links: [],
      changes: Array.from({ length: 60 }, (_, index) => ({
        hubspotId: ada.id,
        salesforceId: ada.leadId,
        runId: null,
        cause: 'live' as const,
        side: index % 2 === 0 ? ('hubspot' as const) : ('salesforce' as const),
        field: index % 2 === 0 ? 'city' : 'City',
        before: null,
        after: index,
        why: 'twoWay',
      })).reverse(),
    });
    const seen: string[] = [];
    let before: string | null = null;
    do {
      const page: CallAnswer<'get-history'> = await value('get-history', {
        contactId: ada.id,
        before,
      });
      seen.push(...page.moments.flatMap(({ changes }) => changes.map(({ after }) => after ?? '')));
      before = page.before;
    } while (before !== null);
    expect(seen.filter((after) => /^\d+$/.test(after) && after !== '1').length).toBe(59);
    expect(new Set(seen.filter((after) => /^\d+$/.test(after))).size).toBe(60);
  });
});

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
    expect(moments[0]).toMatchObject({ by: 'Undo', changes: { length: 3 } });

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
