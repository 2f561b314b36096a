// The runs on the settings page: watching them, starting one, pausing and cancelling, and what one left out.
import {
  Alert,
  Button,
  EmptyState,
  Input,
  LoadingButton,
  LoadingSpinner,
  Modal,
  MultiSelect,
  ProgressBar,
  Select,
  StatusTag,
  TableRow,
  Tabs,
  TextArea,
  Toggle,
} from '@hubspot/ui-extensions';
import { describe, expect, it } from 'vitest';
import { requestOf, FIRST_CHOICE } from '../../extensions/settings/runs/run-choice.ts';
import { later, refusal } from './support/fake-tandem.ts';
import type { Replies } from './support/fake-tandem.ts';
import { fire, textOf } from './support/nodes.ts';
import { renderSettings } from './support/render-settings.tsx';
import type { Person } from './support/render-settings.tsx';
import { run } from './support/samples.ts';

const ESTIMATE = {
  records: 12_000,
  hubspotCalls: { least: 120, most: 240 },
  salesforceCalls: { least: 6, most: 96 },
  minutes: { least: 0.2, most: 2 },
  basis: ['Batches of 100.'],
};

async function tab(replies: Replies = {}, person: Person = {}) {
  const rendered = renderSettings(
    {
      'get-runs': () => ({ runs: [run()], workers: 1 }),
      'estimate-run': () => ESTIMATE,
      ...replies,
    },
    person,
  );
  await rendered.waitFor(() => rendered.find(Tabs));
  fire(rendered.find(Tabs), 'onSelectedChange', 'runs');
  const row = (id = '12') =>
    rendered.find(
      TableRow,
      (node) => node.maybeFind(ProgressBar, { 'aria-label': `Progress of run ${id}` }) !== null,
    );
  return { ...rendered, row };
}

async function form(replies: Replies = {}) {
  const rendered = await tab(replies);
  const panel = rendered.openPanel('Start a run');
  await rendered.waitFor(() => panel().find(Select, { name: 'run-what' }));
  return {
    ...rendered,
    panel,
    choose: async (what: string) => {
      fire(panel().find(Select, { name: 'run-what' }), 'onChange', what);
      await rendered.waitFor(() => {
        expect(panel().find(Select, { name: 'run-what' }).props.value).toBe(what);
      });
    },
    start: () => panel().find(LoadingButton, { variant: 'primary' }),
  };
}

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

  it('lets somebody who may not manage integrations look and do nothing', async () => {
    const { row, waitFor, maybeFind } = await tab({}, { mayEdit: false });
    await waitFor(() => row());
    expect(maybeFind(Button, (node) => textOf(node) === 'Start a run')).toBeNull();
    expect(row().findAll(Button).map(textOf)).toEqual(['Left out']);
  });
});

describe('Starting a run', () => {
  it('shows what it would take first, and what that rests on', async () => {
    const { panel, waitFor, tandem } = await form();
    await waitFor(() => {
      expect(textOf(panel())).toContain('Batches of 100.');
    });
    expect(panel().find(Alert).props.title).toBe(
      '12,000 records, 12 s to 2 min. API calls: 120 to 240 to HubSpot, 6 to 96 to Salesforce.',
    );
    expect(tandem.asked('estimate-run')).toEqual([{ request: { kind: 'import', scope: {} } }]);
  });

  it('starts a dry run of a list, in the name of whoever did it', async () => {
    const { panel, choose, start, waitFor, tandem, actions } = await form({
      'start-run': () => run({ id: '13', dry: true }),
    });
    await choose('list');
    expect(start().props.disabled).toBe(true);
    fire(panel().find(Select, { name: 'run-list' }), 'onChange', '7');
    fire(panel().find(Toggle), 'onChange', true);
    await waitFor(() => {
      expect(textOf(start())).toBe('Start the dry run');
      expect(start().props.disabled).toBe(false);
    });
    fire(start(), 'onClick');
    await waitFor(() => {
      expect(tandem.asked('start-run')).toEqual([
        {
          request: { kind: 'list', scope: { listId: '7' } },
          dry: true,
          startedBy: 'ada@example.com',
        },
      ]);
    });
    await waitFor(() => {
      expect(actions.addAlert.calls[0]?.[0]).toMatchObject({ title: 'Dry run started' });
    });
  });

  it('counts a condition once it is written, not at every key', async () => {
    const { panel, choose, waitFor, tandem, start } = await form();
    await choose('importCondition');
    const condition = panel().find(TextArea);
    fire(condition, 'onInput', "City = 'B");
    fire(condition, 'onInput', "City = 'Bonn'");
    await waitFor(() => {
      expect(start().props.disabled).toBe(false);
    });
    expect(tandem.asked('estimate-run')).toHaveLength(1);
    fire(condition, 'onChange', "City = 'Bonn'");
    await waitFor(() => {
      expect(tandem.asked('estimate-run').at(-1)).toEqual({
        request: { kind: 'import', scope: { object: 'Lead', condition: "City = 'Bonn'" } },
      });
    });
  });

  it('says what is wrong with what was asked for, and starts nothing', async () => {
    const wrong = refusal({
      code: 'CAMPAIGN_NOT_FOUND',
      message: 'Salesforce has no campaign 701x.',
      fix: 'Copy the id.',
    });
    const { panel, choose, waitFor, start, row } = await form({
      'estimate-run': () => Promise.reject(wrong),
      'start-run': () => Promise.reject(wrong),
    });
    await choose('importCampaign');
    fire(panel().find(Input), 'onChange', '701x');
    await waitFor(() => {
      expect(textOf(panel())).toContain('Salesforce has no campaign 701x. Copy the id.');
      expect(start().props.disabled).toBe(false);
    });
    fire(start(), 'onClick');
    await waitFor(() => {
      expect(
        panel()
          .findAll(Alert)
          .map(({ props }) => props.title),
      ).toContain('Nothing was started');
    });
    expect(row()).toBeDefined();
  });

  it('offers saved mappings and the categories of reasons', async () => {
    const { panel, choose, waitFor } = await form();
    await choose('backfill');
    expect(panel().find(Select, { name: 'run-mapping' }).props.options).toContainEqual({
      label: 'Favourite colour (favourite_colour)',
      value: 'favourite_colour',
    });
    await choose('retry');
    fire(panel().find(MultiSelect), 'onChange', ['permissions']);
    await waitFor(() => {
      expect(panel().find(MultiSelect).props.value).toEqual(['permissions']);
    });
  });

  it.each([
    [{ what: 'importAll' }, { kind: 'import', scope: {} }],
    [{ what: 'importLeads' }, { kind: 'import', scope: { object: 'Lead' } }],
    [{ what: 'importContacts' }, { kind: 'import', scope: { object: 'Contact' } }],
    [{ what: 'importCampaign' }, null],
    [
      { what: 'importCampaign', campaignId: ' 701A ' },
      { kind: 'import', scope: { campaignId: '701A' } },
    ],
    [{ what: 'importCondition', condition: ' ' }, null],
    [{ what: 'push' }, { kind: 'push', scope: {} }],
    [{ what: 'list' }, null],
    [{ what: 'everything' }, { kind: 'everything', scope: {} }],
    [{ what: 'backfill' }, null],
    [
      { what: 'backfill', hubspotProperty: 'city' },
      { kind: 'backfill', scope: { hubspotProperty: 'city' } },
    ],
    [{ what: 'reconcile' }, { kind: 'reconcile', scope: {} }],
    [{ what: 'retry' }, { kind: 'retry', scope: { categories: null } }],
    [
      { what: 'retry', categories: ['limits'] },
      { kind: 'retry', scope: { categories: ['limits'] } },
    ],
  ] as const)('makes %j the request %j', (choice, request) => {
    expect(requestOf({ ...FIRST_CHOICE, ...choice })).toEqual(request);
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
