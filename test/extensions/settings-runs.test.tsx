// The runs on the settings page: watching them, pausing and cancelling, and what one left out.
import {
  Alert,
  Button,
  EmptyState,
  LoadingButton,
  LoadingSpinner,
  Modal,
  ProgressBar,
  StatusTag,
} from '@hubspot/ui-extensions';
import { describe, expect, it } from 'vitest';
import { later, refusal } from './support/fake-tandem.ts';
import { fire, textOf } from './support/nodes.ts';
import { renderSettings } from './support/render-settings.tsx';
import { tab } from './support/runs-tab.ts';
import { run } from './support/samples.ts';

describe('The runs tab', () => {
  it('asks for nothing until somebody looks at it', async () => {
    const { loaded, tandem } = renderSettings();
    await loaded();
    expect(tandem.asked('get-runs')).toEqual([]);
  });

  it('shows that it is loading', async () => {
    const { find, waitFor } = await tab({ 'get-runs': () => later<never>().answer });
    await waitFor(() => {
      expect(find(LoadingSpinner, { label: 'Loading the runs' })).toBeDefined();
    });
  });

  it('says why the runs cannot be loaded, and tries again when asked', async () => {
    const { waitFor, text, loadingButton, row, tandem } = await tab({
      'get-runs': () => Promise.reject(refusal({ message: 'The database did not answer.' })),
    });
    await waitFor(() => {
      expect(text()).toContain('The database did not answer.');
    });
    tandem.reply({ 'get-runs': () => ({ runs: [run()], workers: 1 }) });
    fire(loadingButton('Try again'), 'onClick');
    await waitFor(() => row());
  });

  it('says that there have been none', async () => {
    const { find, waitFor } = await tab({ 'get-runs': () => ({ runs: [], workers: 1 }) });
    await waitFor(() => {
      expect(find(EmptyState, { title: 'No runs yet' })).toBeDefined();
    });
  });

  it('shows how far a run is, how fast, and how long it will take', async () => {
    const { row, waitFor } = await tab();
    await waitFor(() => row());
    expect(row().find(ProgressBar).props).toMatchObject({
      value: 1_500,
      maxValue: 6_000,
      valueDescription: '1,500 of 6,000 records',
    });
    const text = textOf(row());
    expect(text).toContain('3,000 a minute, 2 min left');
    expect(text).toContain('1,000 created, 400 updated, 60 unchanged, 30 left out, 10 failed');
    expect(text).toContain('by grace@example.com');
  });

  it('looks again every two seconds while one is open', async () => {
    const { row, waitFor, tandem } = await tab();
    await waitFor(() => row());
    tandem.reply({
      'get-runs': () => ({
        runs: [run({ state: 'finished', secondsLeft: null, controls: [] })],
        workers: 1,
      }),
    });
    await expect.poll(() => textOf(row().find(StatusTag)), { timeout: 5_000 }).toBe('Finished');
    expect(row().find(ProgressBar).props).toMatchObject({ value: 1, maxValue: 1 });
  });

  it('says when nobody works on them', async () => {
    const { find, waitFor } = await tab({ 'get-runs': () => ({ runs: [run()], workers: 0 }) });
    await waitFor(() => {
      expect(find(Alert, { variant: 'warning' }).props.title).toBe(
        'Nobody works on runs at the moment',
      );
    });
  });

  it('says why one does not get on', async () => {
    const { row, waitFor } = await tab({
      'get-runs': () => ({
        runs: [run({ state: 'failed', trouble: 'Given up.', controls: ['resume', 'cancel'] })],
        workers: 1,
      }),
    });
    await waitFor(() => row());
    expect(textOf(row())).toContain('Failed Given up.');
  });

  it('says who paused one', async () => {
    const controlled = {
      control: 'pause',
      by: 'ada@example.com',
      at: '2026-11-24T10:00:00.000Z',
    } as const;
    const { row, waitFor } = await tab({
      'get-runs': () => ({
        runs: [run({ state: 'paused', controlled, controls: ['resume', 'cancel'] })],
        workers: 1,
      }),
    });
    await waitFor(() => row());
    expect(textOf(row())).toContain('Paused by ada@example.com');
  });

  it('lets somebody who may not manage integrations look and do nothing', async () => {
    const { row, waitFor, maybeFind } = await tab({}, { mayEdit: false });
    await waitFor(() => row());
    expect(maybeFind(Button, (node) => textOf(node) === 'Start a run')).toBeNull();
    expect(row().findAll(Button).map(textOf)).toEqual(['Left out']);
  });
});

describe('A run on its way', () => {
  it('is paused', async () => {
    const { row, waitFor, tandem } = await tab({ 'control-run': () => run({ state: 'paused' }) });
    await waitFor(() => row());
    fire(row().find(LoadingButton), 'onClick');
    await waitFor(() => {
      expect(tandem.asked('control-run')).toEqual([{ id: '12', control: 'pause' }]);
    });
    await waitFor(() => {
      expect(tandem.asked('get-runs').length).toBeGreaterThan(1);
    });
  });

  it('is cancelled only after asking', async () => {
    const { row, waitFor, tandem } = await tab({ 'control-run': () => run() });
    await waitFor(() => row());
    const cancel = row().find(Button, (node) => textOf(node) === 'Cancel');
    const modal = cancel.props.overlay?.find(Modal);
    expect(textOf(modal ?? row())).toContain('it can’t be resumed');
    expect(tandem.asked('control-run')).toEqual([]);
    if (modal) fire(modal.find(Button, { variant: 'destructive' }), 'onClick');
    await waitFor(() => {
      expect(tandem.asked('control-run')).toEqual([{ id: '12', control: 'cancel' }]);
    });
  });

  it('says when it could not be changed', async () => {
    const { row, waitFor } = await tab({
      'control-run': () => Promise.reject(refusal({ message: 'Run 12 is finished.' })),
    });
    await waitFor(() => row());
    fire(row().find(LoadingButton), 'onClick');
    await waitFor(() => {
      expect(textOf(row())).toContain('Run 12 is finished.');
    });
  });
});

describe('What a run left out', () => {
  const left = {
    hubspotId: '51',
    salesforceId: null,
    salesforceUrl: null,
    result: 'skipped',
    outcome: 'Left out',
    reason: { code: 'NO_EMAIL', sentence: 'It has no e-mail address.', fix: 'Add one.' },
    changes: [],
  } as const;

  it('is told person by person with the reason, a page at a time', async () => {
    const { openPanel, waitFor, row, tandem } = await tab({
      'get-run-records': ({ after }) => ({
        records: [{ ...left, hubspotId: after === '50' ? '52' : '51', changes: [] }],
        after: after === '50' ? null : '50',
      }),
    });
    await waitFor(() => row());
    const panel = openPanel('Left out');
    await waitFor(() => {
      expect(textOf(panel())).toContain('HubSpot 51');
    });
    expect(textOf(panel())).toContain('It has no e-mail address. What to do: Add one.');
    fire(
      panel().find(Button, (node) => textOf(node) === 'Next'),
      'onClick',
    );
    await waitFor(() => {
      expect(textOf(panel())).toContain('HubSpot 52');
    });
    expect(tandem.asked('get-run-records')).toEqual([
      { id: '12', after: null },
      { id: '12', after: '50' },
    ]);
    fire(
      panel().find(Button, (node) => textOf(node) === 'Previous'),
      'onClick',
    );
    await waitFor(() => {
      expect(textOf(panel())).toContain('HubSpot 51');
    });
  });

  it('is exported as CSV, all pages of it, and copied with a click', async () => {
    const { openPanel, waitFor, row, actions } = await tab({
      'get-run-records': () => ({ records: [{ ...left, changes: [] }], after: null }),
      'export-run-records': ({ after }) =>
        after == null
          ? { csv: 'Outcome\nLeft out\n', rows: 1, after: '50' }
          : { csv: 'Failed\n', rows: 1, after: null },
    });
    await waitFor(() => row());
    const panel = openPanel('Left out');
    const button = (label: string) => panel().find(Button, (node) => textOf(node) === label);
    await waitFor(() => button('Export as CSV'));
    fire(button('Export as CSV'), 'onClick');
    await waitFor(() => button('Copy 2 records'));
    fire(button('Copy 2 records'), 'onClick');
    await waitFor(() => {
      expect(actions.copyTextToClipboard.calls).toEqual([['Outcome\nLeft out\nFailed\n']]);
    });
  });

  it('is what a dry run would do, field by field', async () => {
    const { openPanel, waitFor, row } = await tab({
      'get-runs': () => ({
        runs: [run({ dry: true, state: 'finished', controls: [] })],
        workers: 1,
      }),
      'get-run-records': () => ({
        records: [
          {
            hubspotId: null,
            salesforceId: '00Q1',
            salesforceUrl: 'https://example.my.salesforce.com/00Q1',
            result: 'createdInHubSpot',
            outcome: 'Would be created in HubSpot',
            reason: null,
            changes: [{ side: 'hubspot', field: 'City', before: null, after: 'Bonn' }],
          },
        ],
        after: null,
      }),
    });
    await waitFor(() => row());
    const panel = openPanel('What it would do');
    await waitFor(() => {
      expect(textOf(panel())).toContain('City in HubSpot: (blank) → Bonn');
    });
    expect(textOf(panel())).toContain('Would be created in HubSpot');
    expect(textOf(panel())).not.toContain('Next');
  });

  it('is nobody', async () => {
    const { openPanel, waitFor, row } = await tab({
      'get-run-records': () => ({ records: [], after: null }),
    });
    await waitFor(() => row());
    const panel = openPanel('Left out');
    await waitFor(() => {
      expect(panel().find(EmptyState).props.title).toBe('Nobody was left out');
    });
  });
});
