// The history of a person on the card, taking back what a sync wrote, and pairing otherwise.
import {
  Alert,
  Button,
  Input,
  LoadingButton,
  StatusTag,
  TableRow,
  Tabs,
} from '@hubspot/ui-extensions';
import { describe, expect, it } from 'vitest';
import { salesforceIdIn } from '../../extensions/card/pairing-dialog.tsx';
import { later, refusal } from './support/fake-tandem.ts';
import type { Replies } from './support/fake-tandem.ts';
import { fire, textOf } from './support/nodes.ts';
import { renderCard } from './support/render-card.tsx';
import {
  CONTACT_ID,
  historyChange,
  moment,
  record,
  syncPreview,
  syncResult,
  undoResult,
} from './support/samples.ts';

const LEFT = undoResult({
  sentence: 'Nothing can be put back.',
  fields: [
    {
      side: 'salesforce',
      field: 'Title',
      before: 'Chief',
      after: 'Chief',
      result: 'left',
      aftermath: null,
      reason: {
        code: 'UNDO_CHANGED_SINCE',
        sentence: 'Title has been changed in Salesforce since.',
        fix: 'Undo the newer change first.',
      },
    },
  ],
});

async function cardWith(
  replies: Replies,
  location: Parameters<typeof renderCard>[1] = 'crm.record.tab',
) {
  const card = renderCard(
    {
      'get-record': () => record(),
      'get-history': () => ({ moments: [moment()], before: null }),
      ...replies,
    },
    location,
  );
  await card.waitFor(() => {
    card.find(StatusTag);
  });
  return card;
}

async function history(replies: Replies = {}) {
  const card = await cardWith(replies);
  fire(card.find(Tabs), 'onSelectedChange', 'history');
  return card;
}

describe('The history', () => {
  it('is asked for when it is looked at, and says who, what, when and why', async () => {
    const card = await cardWith({});
    expect(card.tandem.asked('get-history')).toEqual([]);
    fire(card.find(Tabs), 'onSelectedChange', 'history');
    await card.waitFor(() => {
      expect(card.text()).toMatch(/Sync now .*\(Nov 23, 2026/);
    });
    const rows = card.findAll(TableRow).map(textOf);
    expect(rows).toContain('Salesforce Title (blank) Engineer Rule “Two-way”');
  });

  it('opens in a panel where there is no room', async () => {
    const { openDialog, waitFor } = await cardWith({}, 'crm.record.sidebar');
    const panel = openDialog('History');
    await waitFor(() => {
      expect(textOf(panel())).toContain('Rule “Two-way”');
    });
  });

  it('says so when there is none', async () => {
    const { text, waitFor } = await history({
      'get-history': () => ({ moments: [], before: null }),
    });
    await waitFor(() => {
      expect(text()).toContain('Everything that a sync writes for this person');
    });
  });

  it('says why it cannot be loaded, and tries again', async () => {
    const { find, text, waitFor, tandem } = await history({
      'get-history': () => Promise.reject(refusal({})),
    });
    await waitFor(() => {
      expect(text()).toContain('Salesforce did not answer.');
    });
    tandem.reply({ 'get-history': () => ({ moments: [moment()], before: null }) });
    fire(
      find(LoadingButton, (node) => textOf(node) === 'Try again'),
      'onClick',
    );
    await waitFor(() => {
      expect(text()).toContain('Rule “Two-way”');
    });
  });

  it('adds older pages below, and keeps what is there meanwhile', async () => {
    const { answer, give } = later<{ moments: ReturnType<typeof moment>[]; before: null }>();
    const { find, text, waitFor, tandem } = await history({
      'get-history': ({ before }) =>
        before == null ? { moments: [moment()], before: '7' } : answer,
    });
    const older = () => find(LoadingButton, (node) => textOf(node) === 'Show older');
    await waitFor(() => {
      older();
    });
    fire(older(), 'onClick');
    await waitFor(() => {
      expect(older().props.loading).toBe(true);
    });
    expect(text()).toContain('Sync now');
    give({
      moments: [moment({ id: '5', by: 'Live sync', pairing: 'Paired by hand' })],
      before: null,
    });
    await waitFor(() => {
      expect(text()).toContain('Paired by hand');
    });
    expect(tandem.asked('get-history')).toEqual([
      { contactId: CONTACT_ID, before: null },
      { contactId: CONTACT_ID, before: '7' },
    ]);
  });

  it('offers no undo of what came with a new record', async () => {
    const { text, waitFor } = await history({
      'get-history': () => ({
        moments: [
          moment({ changes: [historyChange({ notUndoable: 'It came with the record.' })] }),
        ],
        before: null,
      }),
    });
    await waitFor(() => {
      expect(text()).toContain('Engineer');
    });
    expect(text()).not.toContain('Undo');
  });
});

describe('Undo', () => {
  it('of a sync says before what it would do, then does it, and shows the contact as it is then', async () => {
    const { openDialog, waitFor, text, tandem, actions } = await history({
      'undo-changes': ({ dry }) =>
        dry
          ? undoResult()
          : undoResult({
              dry: false,
              sentence: 'Put 1 value back.',
              record: record({ headline: 'As the undo left it.' }),
            }),
    });
    await waitFor(() => {
      expect(text()).toContain('Undo');
    });
    const dialog = openDialog('Undo');
    await waitFor(() => {
      expect(textOf(dialog())).toContain('Puts 1 value back.');
    });
    expect(textOf(dialog())).toContain('HubSpot keeps its value.');
    fire(dialog().find(LoadingButton), 'onClick');
    await waitFor(() => {
      expect(text()).toContain('As the undo left it.');
    });
    expect(text()).toContain('Put 1 value back.');
    const changes = [{ entryId: '7' }];
    expect(tandem.asked('undo-changes')).toEqual([
      { contactId: CONTACT_ID, changes, dry: true },
      { contactId: CONTACT_ID, changes },
    ]);
    expect(actions.closeOverlay.calls).toEqual([['tandem-undo-7']]);
    expect(actions.refreshObjectProperties.callCount).toBe(1);
    // What was undone is news in the history too.
    await waitFor(() => {
      expect(tandem.asked('get-history')).toHaveLength(2);
    });
  });

  it('of one value names it', async () => {
    const { findAll, waitFor, tandem } = await history({
      'get-history': () => ({
        moments: [
          moment({ changes: [historyChange(), historyChange({ name: 'City', field: 'City' })] }),
        ],
        before: null,
      }),
      'undo-changes': () => undoResult(),
    });
    const undos = () => findAll(TableRow).flatMap((row) => row.findAll(Button));
    await waitFor(() => {
      expect(undos()).toHaveLength(2);
    });
    const [, second] = undos();
    if (second) fire(second, 'onClick');
    await waitFor(() => {
      expect(tandem.asked('undo-changes')).toEqual([
        { contactId: CONTACT_ID, changes: [{ entryId: '7', name: 'City' }], dry: true },
      ]);
    });
  });

  it('that can do nothing says why, and cannot be confirmed', async () => {
    const { openDialog, waitFor, text } = await history({ 'undo-changes': () => LEFT });
    await waitFor(() => {
      expect(text()).toContain('Undo');
    });
    const dialog = openDialog('Undo');
    await waitFor(() => {
      expect(textOf(dialog())).toMatch(/Title in Salesforce stays Title has been changed/);
    });
    expect(dialog().find(LoadingButton).props.disabled).toBe(true);
  });

  it('is offered for the sync that was made from the card', async () => {
    const { openDialog, dialog, waitFor, text, tandem } = await cardWith({
      'preview-sync': () => syncPreview(),
      'sync-now': () => syncResult({ entryIds: ['8', '9'] }),
      'undo-changes': () => undoResult(),
    });
    openDialog('Sync now');
    const sync = () => dialog('Sync now').find(LoadingButton);
    await waitFor(() => {
      expect(sync().props.disabled).toBe(false);
    });
    fire(sync(), 'onClick');
    await waitFor(() => {
      expect(text()).toContain('Undo this sync');
    });
    openDialog('Undo this sync');
    await waitFor(() => {
      expect(tandem.asked('undo-changes')).toEqual([
        { contactId: CONTACT_ID, changes: [{ entryId: '8' }, { entryId: '9' }], dry: true },
      ]);
    });
  });

  it('that fails says why', async () => {
    const { openDialog, waitFor, text, find } = await history({
      'undo-changes': ({ dry }) => (dry ? undoResult() : Promise.reject(refusal({}))),
    });
    await waitFor(() => {
      expect(text()).toContain('Undo');
    });
    const dialog = openDialog('Undo');
    await waitFor(() => {
      expect(dialog().find(LoadingButton).props.disabled).toBe(false);
    });
    fire(dialog().find(LoadingButton), 'onClick');
    await waitFor(() => {
      expect(find(Alert).props.title).toBe('Undo failed');
    });
  });
});

describe('A wrong pair', () => {
  const ID = '00Q000000000002AAA';

  it('is unlinked after saying what that means', async () => {
    const { openDialog, waitFor, text, tandem } = await cardWith({
      'change-pairing': () => record({ salesforce: null, fields: [], state: 'notSyncing' }),
    });
    const dialog = openDialog('Wrong record?');
    expect(textOf(dialog())).toContain('Unlinking keeps both records');
    fire(
      dialog().find(LoadingButton, (node) => textOf(node) === 'Unlink the two'),
      'onClick',
    );
    await waitFor(() => {
      expect(text()).toContain('no pair any more');
    });
    expect(tandem.asked('change-pairing')).toEqual([{ contactId: CONTACT_ID, salesforceId: null }]);
  });

  it('is paired with another record, by its id or its address', async () => {
    const { openDialog, waitFor, text, tandem } = await cardWith({
      'change-pairing': () => record(),
    });
    const dialog = openDialog('Wrong record?');
    const pair = () => dialog().find(LoadingButton, (node) => textOf(node) === 'Pair for good');
    fire(dialog().find(Input), 'onInput', 'nonsense');
    await waitFor(() => {
      expect(dialog().find(Input).props.error).toBe(true);
    });
    expect(pair().props.disabled).toBe(true);
    fire(
      dialog().find(Input),
      'onInput',
      `https://x.lightning.force.com/lightning/r/Lead/${ID}/view`,
    );
    await waitFor(() => {
      expect(pair().props.disabled).toBe(false);
    });
    fire(pair(), 'onClick');
    await waitFor(() => {
      expect(text()).toContain('belongs to the lead Ada Lovelace from now on');
    });
    expect(tandem.asked('change-pairing')).toEqual([{ contactId: CONTACT_ID, salesforceId: ID }]);
  });

  it.each([
    [ID, ID],
    ['003000000000002', '003000000000002'],
    [` https://x.force.com/${ID}?a=b `, ID],
    ['005000000000002AAA', null],
    [`${ID}x`, null],
    ['', null],
  ])('finds the id in %j: %j', (text, id) => {
    expect(salesforceIdIn(text)).toBe(id);
  });
});
