// The card's calls, served against both stand-ins over HTTP: one call that tells all, a look before Sync now, and the
// history of a person. Taking back what a sync wrote: `undo-calls.test.ts`.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallAnswer } from '../../src/api/contract.ts';
import { handleCall } from '../../src/api/handle.ts';
import { createWorld, type World } from '../e2e/support/world.ts';
import { REP } from '../support/callers.ts';
import { cardOf } from './support/card.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.configure({ mappings: { defaultRules: { city: 'twoWay' } } });
});
afterAll(() => world.close());

const { call, value, aPerson } = cardOf(() => world);

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
    // A checkbox reads alike on both sides.
    const optOut = record.fields.find(
      ({ salesforceField }) => salesforceField === 'HasOptedOutOfEmail',
    );
    expect(optOut?.salesforceValue).toBe('No');
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
      by: 'Sync now, by somebody in HubSpot',
      changes: [{ because: 'Somebody chose this side' }],
    });
  });
});

describe('get-history', () => {
  it('names who synced and re-paired, where that is known', async () => {
    const ada = await aPerson();
    ada.edit({ city: 'Rome' });
    const { id: contactId } = ada;
    await handleCall('sync-now', { contactId }, world.services, REP);
    await handleCall('change-pairing', { contactId, salesforceId: null }, world.services, REP);
    const { moments } = await value('get-history', { contactId });
    expect(moments.map(({ by }) => by).slice(0, 2)).toEqual([
      `Pairing changed by ${REP.email}`,
      `Sync now, by ${REP.email}`,
    ]);
  });

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
    expect(creation?.by).toBe('Sync now, by somebody in HubSpot');
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
