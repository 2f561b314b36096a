// Starting a run on the settings page.
import {
  Alert,
  Input,
  LoadingButton,
  MultiSelect,
  Select,
  TextArea,
  Toggle,
} from '@hubspot/ui-extensions';
import { describe, expect, it } from 'vitest';
import { requestOf, FIRST_CHOICE } from '../../extensions/settings/runs/run-choice.ts';
import { refusal } from './support/fake-tandem.ts';
import type { Replies } from './support/fake-tandem.ts';
import { fire, textOf } from './support/nodes.ts';
import { tab } from './support/runs-tab.ts';
import { run } from './support/samples.ts';

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
