// The overview on the settings page: its numbers, its charts, and what it says when something is missing.
import {
  Alert,
  BarChart,
  LineChart,
  LoadingSpinner,
  ProgressBar,
  StatisticsItem,
  Tabs,
} from '@hubspot/ui-extensions';
import { describe, expect, it } from 'vitest';
import {
  forecastInWords,
  hourRows,
  lagInWords,
} from '../../extensions/settings/overview/overview-words.ts';
import { later, refusal } from './support/fake-tandem.ts';
import type { Replies } from './support/fake-tandem.ts';
import { fire, textOf } from './support/nodes.ts';
import { apiUse, OVERVIEW } from './support/overview.ts';
import { renderSettings } from './support/render-settings.tsx';
import { run } from './support/samples.ts';

async function overview(changes: Partial<typeof OVERVIEW> = {}, replies: Replies = {}) {
  const rendered = renderSettings({
    'get-overview': () => ({ ...OVERVIEW, ...changes }),
    ...replies,
  });
  await rendered.waitFor(() => rendered.find(Tabs));
  return rendered;
}

async function loaded(changes: Partial<typeof OVERVIEW> = {}) {
  const rendered = await overview(changes);
  await rendered.waitFor(() => {
    expect(rendered.findAll(StatisticsItem)).toHaveLength(4);
  });
  return rendered;
}

describe('The overview', () => {
  it('is what the page opens with, and not asked for behind other tabs', async () => {
    const { find, tandem } = await loaded();
    expect(find(Tabs).props.selected).toBe('overview');
    fire(find(Tabs), 'onSelectedChange', 'mappings');
    expect(tandem.asked('get-overview')).toHaveLength(1);
  });

  it('shows that it is loading', async () => {
    const { find, waitFor } = await overview({}, { 'get-overview': () => later<never>().answer });
    await waitFor(() => find(LoadingSpinner, { label: 'Loading the overview' }));
  });

  it('says why it cannot be loaded, and tries again when asked', async () => {
    const { waitFor, text, loadingButton, findAll, tandem } = await overview(
      {},
      {
        'get-overview': () => Promise.reject(refusal({ message: 'The database did not answer.' })),
      },
    );
    await waitFor(() => {
      expect(text()).toContain('The database did not answer.');
    });
    tandem.reply({ 'get-overview': () => OVERVIEW });
    fire(loadingButton('Try again'), 'onClick');
    await waitFor(() => {
      expect(findAll(StatisticsItem)).toHaveLength(4);
    });
  });

  it('tells lag, backlog and what needs attention', async () => {
    const { findAll } = await loaded();
    const numbers = findAll(StatisticsItem).map(({ props }) => [props.label, props.number]);
    expect(numbers).toEqual([
      ['HubSpot to Salesforce takes', '1.8 s'],
      ['Salesforce to HubSpot takes', '–'],
      ['Changes in the queue', '1,200'],
      ['Records that need attention', '340'],
    ]);
    expect(findAll(StatisticsItem).map(textOf)).toEqual([
      '95 of 100 within 14 s; 1,200 changes in the last 10 minutes.',
      'Nothing came across in the last 10 minutes.',
      '10 of them are being worked on.',
      '12 more are tried again by themselves.',
    ]);
  });

  it('draws records by state and errors by category', async () => {
    const { findAll } = await loaded();
    const [records, problems] = findAll(BarChart);
    expect(records?.props.data).toEqual([
      { state: 'In sync', records: 98_000 },
      { state: 'Waiting', records: 12 },
      { state: 'Needs attention', records: 340 },
      { state: 'Left out', records: 1_500 },
    ]);
    expect(problems?.props.data).toEqual([
      { label: 'Custom Salesforce code', count: 300 },
      { label: 'Waiting for another try', count: 52 },
    ]);
  });

  it('shows what is used of the calls, and draws them where there are hours to draw', async () => {
    const { findAll, text } = await loaded();
    expect(findAll(ProgressBar).map(({ props }) => props.valueDescription)).toEqual([
      '4,000 of 80,000 calls today',
      '4,000 of 80,000 calls in the last 24 hours',
    ]);
    expect(findAll(LineChart)).toHaveLength(1);
    expect(text()).toContain('250 calls in the last hour: at this pace it lasts.');
    expect(text()).toContain('used 9,000 of Salesforce’s own limit of 100,000.');
  });

  it('says so when there is nothing yet and nobody at work', async () => {
    const { find, maybeFind, text } = await loaded({
      workers: 0,
      queue: null,
      records: { inSync: 0, waiting: 0, problem: 0, skipped: 0 },
      problems: [],
    });
    expect(find(Alert, { variant: 'warning' }).props.title).toBe('Nobody is at work at the moment');
    expect(maybeFind(BarChart)).toBeNull();
    expect(text()).toContain('Tandem knows of no records yet.');
    expect(text()).toContain('There were none yet.');
  });

  it('says that nobody is synced until the first sync is started', async () => {
    const { find } = await loaded({ isWaitingForFirstSync: true });
    expect(find(Alert, { variant: 'info' }).props.title).toBe('Waiting for the first sync');
  });

  it('names the last runs with what they did', async () => {
    const { text } = await loaded({ runs: [run({ dry: true, state: 'finished' })] });
    expect(text()).toContain('Finished Import from Salesforce (dry run)');
    expect(text()).toContain('1,000 created');
  });
});

describe('In words', () => {
  it.each([
    [null, '–'],
    [0.04, '0 s'],
    [9.96, '10 s'],
    [75, '1 min'],
  ])('a lag of %s seconds is %s', (seconds, words) => {
    expect(lagInWords(seconds)).toBe(words);
  });

  it.each([
    [{ reachedAt: '2026-11-24T16:20:00.000Z' }, 'at this pace it is used up at Nov 24, 2026'],
    [{ used: 80_000 }, 'All of it is used'],
    [{ pausedUntil: '2026-11-24T16:20:00.000Z' }, 'Salesforce asked all programs to wait until'],
  ])('the forecast of %o says so', (changes, words) => {
    expect(forecastInWords(apiUse(changes), 'UTC')).toContain(words);
  });

  it('an hour without calls is a zero', () => {
    const live = hourRows(apiUse()).filter(({ kind }) => kind === 'Changes and people');
    expect(live.map(({ calls }) => calls)).toEqual([100, 0, 300]);
    expect(hourRows(apiUse({ hours: [] }))).toEqual([]);
  });
});
