// Sync now, from the click to what the rep is told.
import { Alert, LoadingButton, StatusTag, TableRow } from '@hubspot/ui-extensions';
import { describe, expect, it } from 'vitest';
import { OUTCOME_WORDS } from '../../extensions/card/sync-outcome.tsx';
import { SYNC_OUTCOMES } from '../../src/api/contract.ts';
import type { SyncResult } from '../../src/api/contract.ts';
import { later, refusal } from './support/fake-tandem.ts';
import type { Replies } from './support/fake-tandem.ts';
import { renderCard } from './support/render-card.tsx';
import { fire, textOf } from './support/nodes.ts';
import { CONTACT_ID, record, syncResult } from './support/samples.ts';

async function cardWith(
  replies: Replies,
  location: Parameters<typeof renderCard>[1] = 'crm.record.tab',
) {
  const card = renderCard({ 'get-record': () => record(), ...replies }, location);
  await card.waitFor(() => {
    card.find(StatusTag);
  });
  return { ...card, syncNow: () => card.find(LoadingButton) };
}

describe('Sync now', () => {
  it('spins while it runs, keeps everything in its place, and is asked for once', async () => {
    const { answer, give } = later<SyncResult>();
    const { syncNow, waitFor, text, tandem } = await cardWith({ 'sync-now': () => answer });
    fire(syncNow(), 'onClick');
    await waitFor(() => {
      expect(syncNow().props.loading).toBe(true);
    });
    expect(text()).toContain('In sync with the Salesforce lead');
    give(syncResult());
    await waitFor(() => {
      expect(syncNow().props.loading).toBe(false);
    });
    expect(tandem.asked('sync-now')).toEqual([{ contactId: CONTACT_ID }]);
  });

  it('says what it did and lists each change with what was there before', async () => {
    const { syncNow, waitFor, find, findAll } = await cardWith({ 'sync-now': () => syncResult() });
    fire(syncNow(), 'onClick');
    await waitFor(() => {
      expect(textOf(find(Alert))).toBe('Synced 1 field.');
    });
    const rows = findAll(TableRow).map(textOf);
    expect(rows).toContain('Salesforce Title (blank) Engineer');
  });

  it('lists the changes as lines where there is no room for a table', async () => {
    const { syncNow, waitFor, text } = await cardWith(
      { 'sync-now': () => syncResult() },
      'crm.record.sidebar',
    );
    fire(syncNow(), 'onClick');
    await waitFor(() => {
      expect(text()).toContain('Salesforce · Title: (blank) → Engineer');
    });
  });

  it('shows the contact as the sync left it, without asking again', async () => {
    const { syncNow, waitFor, text, tandem } = await cardWith({
      'sync-now': () => syncResult({ record: record({ headline: 'As the sync left it.' }) }),
    });
    fire(syncNow(), 'onClick');
    await waitFor(() => {
      expect(text()).toContain('As the sync left it.');
    });
    expect(tandem.asked('get-record')).toHaveLength(1);
  });

  it.each(SYNC_OUTCOMES)('tells HubSpot’s page of the outcome %s', async (outcome) => {
    const { syncNow, waitFor, actions } = await cardWith({
      'sync-now': () => syncResult({ outcome }),
    });
    fire(syncNow(), 'onClick');
    await waitFor(() => {
      expect(actions.addAlert.callCount).toBe(1);
    });
    expect(actions.addAlert.calls[0]?.[0]).toEqual({
      type: OUTCOME_WORDS[outcome].tone,
      title: OUTCOME_WORDS[outcome].title,
      message: 'Synced 1 field.',
    });
  });

  it.each([
    ['was', 'hubspot', 1],
    ['was not', 'salesforce', 0],
  ] as const)(
    'has HubSpot’s page read again when HubSpot %s written',
    async (_was, side, times) => {
      const { syncNow, waitFor, actions } = await cardWith({
        'sync-now': () =>
          syncResult({ changes: [{ side, field: 'City', before: 'Rome', after: 'Berlin' }] }),
      });
      fire(syncNow(), 'onClick');
      await waitFor(() => {
        expect(actions.addAlert.callCount).toBe(1);
      });
      expect(actions.refreshObjectProperties.callCount).toBe(times);
    },
  );
});

describe('A sync that fails', () => {
  it('says why and what to do, and can be tried again', async () => {
    const { syncNow, waitFor, text, find, actions, tandem } = await cardWith({
      'sync-now': () => Promise.reject(refusal({})),
    });
    fire(syncNow(), 'onClick');
    await waitFor(() => {
      expect(find(Alert).props.title).toBe('Sync failed');
    });
    expect(text()).toContain('Try again in a minute.');
    expect(actions.addAlert.calls[0]?.[0]).toEqual({
      type: 'danger',
      title: 'Sync failed',
      message: 'Salesforce did not answer.',
    });
    tandem.reply({ 'sync-now': () => syncResult() });
    fire(syncNow(), 'onClick');
    await waitFor(() => {
      expect(textOf(find(Alert))).toBe('Synced 1 field.');
    });
  });

  it('leaves the contact as it was shown', async () => {
    const { syncNow, waitFor, text, find } = await cardWith({
      'sync-now': () => Promise.reject(refusal({})),
    });
    fire(syncNow(), 'onClick');
    await waitFor(() => {
      expect(text()).toContain('Salesforce did not answer.');
    });
    expect(textOf(find(StatusTag))).toBe('In sync');
  });
});
