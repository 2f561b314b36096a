// Sync now: a look before, the click, and what the rep is told.
import { Alert, LoadingButton, StatusTag, TableRow } from '@hubspot/ui-extensions';
import { describe, expect, it } from 'vitest';
import { OUTCOME_WORDS } from '../../extensions/card/sync-outcome.tsx';
import { SYNC_OUTCOMES } from '../../src/api/contract.ts';
import type { SyncResult } from '../../src/api/contract.ts';
import { later, refusal } from './support/fake-tandem.ts';
import type { Replies } from './support/fake-tandem.ts';
import { renderCard } from './support/render-card.tsx';
import { fire, textOf } from './support/nodes.ts';
import { CONTACT_ID, field, record, syncPreview, syncResult } from './support/samples.ts';

async function cardWith(
  replies: Replies,
  location: Parameters<typeof renderCard>[1] = 'crm.record.tab',
) {
  const card = renderCard(
    { 'get-record': () => record(), 'preview-sync': () => syncPreview(), ...replies },
    location,
  );
  await card.waitFor(() => {
    card.find(StatusTag);
  });
  const open = () => card.openDialog('Sync now');
  const confirm = () => card.dialog('Sync now').find(LoadingButton);
  return {
    ...card,
    open,
    confirm,
    /** Looks, and syncs. */
    syncNow: async () => {
      open();
      await card.waitFor(() => {
        expect(confirm().props.disabled).toBe(false);
      });
      fire(confirm(), 'onClick');
    },
  };
}

describe('A look before Sync now', () => {
  it('says what would be written, field by field, and writes nothing', async () => {
    const { open, waitFor, tandem } = await cardWith({
      'preview-sync': () =>
        syncPreview({
          leftOut: [
            {
              field: 'Industry',
              reason: { code: 'X', sentence: 'No such option.', fix: 'Add it.' },
            },
          ],
        }),
    });
    const dialog = open();
    expect(textOf(dialog())).toContain('Close');
    await waitFor(() => {
      expect(textOf(dialog())).toContain('Writes 1 field.');
    });
    const rows = dialog().findAll(TableRow).map(textOf);
    expect(rows).toContain('Salesforce Title (blank) Engineer Rule “Two-way”');
    expect(textOf(dialog())).toMatch(/Industry No such option. What to do: Add it./);
    expect(tandem.asked('preview-sync')).toEqual([{ contactId: CONTACT_ID, choices: [] }]);
    expect(tandem.asked('sync-now')).toEqual([]);
  });

  it('says so when there is nothing to do, and can sync anyway', async () => {
    const { open, waitFor, confirm } = await cardWith({
      'preview-sync': () =>
        syncPreview({ outcome: 'nothingToDo', sentence: 'Nothing to do.', changes: [] }),
    });
    const dialog = open();
    await waitFor(() => {
      expect(textOf(dialog())).toContain('Nothing to do.');
    });
    expect(textOf(confirm())).toBe('Sync anyway');
  });

  it('says why it cannot tell, and tries again', async () => {
    const { open, waitFor, tandem } = await cardWith({
      'preview-sync': () => Promise.reject(refusal({})),
    });
    const dialog = open();
    await waitFor(() => {
      expect(textOf(dialog())).toContain('Salesforce did not answer.');
    });
    tandem.reply({ 'preview-sync': () => syncPreview() });
    const again = dialog().find(LoadingButton, (node) => textOf(node) === 'Try again');
    fire(again, 'onClick');
    await waitFor(() => {
      expect(textOf(dialog())).toContain('Writes 1 field.');
    });
  });
});

describe('Sync now', () => {
  it('spins while it runs, keeps everything in its place, and is asked for once', async () => {
    const { answer, give } = later<SyncResult>();
    const { syncNow, confirm, button, waitFor, text, tandem, actions } = await cardWith({
      'sync-now': () => answer,
    });
    await syncNow();
    await waitFor(() => {
      expect(confirm().props.loading).toBe(true);
    });
    expect(button('Sync now').props.disabled).toBe(true);
    expect(text()).toContain('In sync with the Salesforce lead');
    give(syncResult());
    await waitFor(() => {
      expect(button('Sync now').props.disabled).toBe(false);
    });
    expect(tandem.asked('sync-now')).toEqual([{ contactId: CONTACT_ID, choices: [] }]);
    expect(actions.closeOverlay.calls).toEqual([['tandem-sync']]);
  });

  it('says what it did and lists each change with what was there before', async () => {
    const { syncNow, waitFor, find, findAll } = await cardWith({ 'sync-now': () => syncResult() });
    await syncNow();
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
    await syncNow();
    await waitFor(() => {
      expect(text()).toContain('Salesforce · Title: (blank) → Engineer');
    });
  });

  it('shows the contact as the sync left it, without asking again', async () => {
    const { syncNow, waitFor, text, tandem } = await cardWith({
      'sync-now': () => syncResult({ record: record({ headline: 'As the sync left it.' }) }),
    });
    await syncNow();
    await waitFor(() => {
      expect(text()).toContain('As the sync left it.');
    });
    expect(tandem.asked('get-record')).toHaveLength(1);
  });

  it.each(SYNC_OUTCOMES)('tells HubSpot’s page of the outcome %s', async (outcome) => {
    const { syncNow, waitFor, actions } = await cardWith({
      'sync-now': () => syncResult({ outcome }),
    });
    await syncNow();
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
      await syncNow();
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
    await syncNow();
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
    await syncNow();
    await waitFor(() => {
      expect(textOf(find(Alert))).toBe('Synced 1 field.');
    });
  });

  it('leaves the contact as it was shown', async () => {
    const { syncNow, waitFor, text, find } = await cardWith({
      'sync-now': () => Promise.reject(refusal({})),
    });
    await syncNow();
    await waitFor(() => {
      expect(text()).toContain('Salesforce did not answer.');
    });
    expect(textOf(find(StatusTag))).toBe('In sync');
  });
});

describe('A conflict', () => {
  const conflict = field({
    hubspotValue: 'Rome',
    next: 'toSalesforce',
    issue: 'conflict',
    choices: ['hubspot', 'salesforce'],
    reason: { code: 'CONFLICT_NEWEST_WON', sentence: 'Both sides had changed.', fix: null },
  });

  it.each(['crm.record.tab', 'crm.record.sidebar'] as const)(
    'lets the person choose a side, after a look (%s)',
    async (location) => {
      const { openDialog, waitFor, text, tandem } = await cardWith(
        { 'get-record': () => record({ fields: [conflict] }), 'sync-now': () => syncResult() },
        location,
      );
      expect(text()).toMatch(/Conflict/);
      const dialog = openDialog('Use Salesforce’s value');
      await waitFor(() => {
        expect(textOf(dialog())).toContain('Writes 1 field.');
      });
      fire(dialog().find(LoadingButton), 'onClick');
      await waitFor(() => {
        expect(text()).toContain('Synced 1 field.');
      });
      const asked = {
        contactId: CONTACT_ID,
        choices: [{ hubspotProperty: 'city', side: 'salesforce' }],
      };
      expect(tandem.asked('preview-sync')).toEqual([asked]);
      expect(tandem.asked('sync-now')).toEqual([asked]);
    },
  );
});
