// The problems on the settings page: what is wrong with whom, trying one or all again, and taking them along as CSV.
import {
  Accordion,
  Alert,
  Button,
  EmptyState,
  Link,
  LoadingButton,
  LoadingSpinner,
  Tabs,
  TextArea,
} from '@hubspot/ui-extensions';
import { describe, expect, it } from 'vitest';
import { later, refusal } from './support/fake-tandem.ts';
import type { Replies } from './support/fake-tandem.ts';
import { fire, textOf } from './support/nodes.ts';
import { PROBLEMS, problemRecord, RULE } from './support/problems.ts';
import { renderSettings, type Person } from './support/render-settings.tsx';
import { run } from './support/samples.ts';

const SHOW = 'Show 1,200 records';

async function tab(replies: Replies = {}, person: Person = {}) {
  const rendered = renderSettings(
    {
      'get-problems': () => PROBLEMS,
      'get-problem-records': () => ({ records: [problemRecord()], after: null }),
      ...replies,
    },
    person,
  );
  await rendered.waitFor(() => rendered.find(Tabs));
  fire(rendered.find(Tabs), 'onSelectedChange', 'problems');
  return rendered;
}

async function loadedTab(...given: Parameters<typeof tab>) {
  const rendered = await tab(...given);
  await rendered.waitFor(() => rendered.button(SHOW));
  return rendered;
}

describe('The problems tab', () => {
  it('shows that it is loading', async () => {
    const { find, waitFor } = await tab({ 'get-problems': () => later<never>().answer });
    await waitFor(() => find(LoadingSpinner, { label: 'Loading the problems' }));
  });

  it('says why the problems cannot be loaded, and tries again when asked', async () => {
    const { waitFor, text, loadingButton, button, tandem } = await tab({
      'get-problems': () => Promise.reject(refusal({ message: 'The database did not answer.' })),
    });
    await waitFor(() => {
      expect(text()).toContain('The database did not answer.');
    });
    tandem.reply({ 'get-problems': () => PROBLEMS });
    fire(loadingButton('Try again'), 'onClick');
    await waitFor(() => button(SHOW));
  });

  it('says that there are none', async () => {
    const { find, waitFor, maybeFind } = await tab({
      'get-problems': () => ({ problems: [], leftOut: [], fields: [] }),
    });
    await waitFor(() => find(EmptyState, { title: 'No problems' }));
    expect(maybeFind(Accordion, ({ props }) => props.title.startsWith('Left out'))).toBeNull();
  });

  it('tells each reason in words, with what to do and how many have it', async () => {
    const { text, find } = await loadedTab();
    expect(text()).toContain('Custom Salesforce code 1,200 records');
    expect(text()).toContain(
      `For example: ${RULE.sentence} What to do: ${RULE.fix} Needs attention`,
    );
    find(Accordion, { title: 'Left out as they are: 1 record' });
    expect(text()).toContain(
      'Job Title jobtitle, in Salesforce Title For example: The value is too long.',
    );
  });

  it('lets somebody who may not manage integrations look and try nothing again', async () => {
    const { maybeFind, openPanel, waitFor } = await loadedTab({}, { mayEdit: false });
    expect(maybeFind(LoadingButton, (node) => textOf(node) === 'Try all again')).toBeNull();
    const panel = openPanel(SHOW);
    await waitFor(() => {
      expect(textOf(panel())).toContain('Ada Lovelace');
    });
    expect(panel().maybeFind(LoadingButton)).toBeNull();
  });
});

describe('A category', () => {
  it('is tried again by a run', async () => {
    const { find, waitFor, tandem, actions } = await loadedTab({
      'start-run': () => run({ kind: 'retry', title: 'Retry of errors' }),
    });
    fire(
      find(LoadingButton, (node) => textOf(node) === 'Try all again'),
      'onClick',
    );
    await waitFor(() => {
      expect(tandem.asked('start-run')).toEqual([
        {
          request: { kind: 'retry', scope: { categories: ['customSalesforceCode'] } },
        },
      ]);
    });
    await waitFor(() => {
      expect(actions.addAlert.callCount).toBe(1);
    });
  });
});

describe('The records of a reason', () => {
  it('are told with since when, what to do, and both records a click away', async () => {
    const { openPanel, waitFor, tandem } = await loadedTab();
    const panel = openPanel(SHOW);
    await waitFor(() => {
      expect(textOf(panel())).toContain('Ada Lovelace');
    });
    const text = textOf(panel());
    expect(text).toContain('ada@example.com');
    expect(text).toContain(`${RULE.sentence} What to do: ${RULE.fix}`);
    expect(text).toMatch(/Since .*Nov 20, 2026.* · tried 3 times · next try Nov 24, 2026/);
    expect(panel().findAll(Link).map(textOf)).toEqual(['HubSpot 51', 'Salesforce 00Q1']);
    expect(tandem.asked('get-problem-records')).toEqual([
      {
        which: { of: 'reason', state: 'problem', code: 'SALESFORCE_VALIDATION_RULE' },
        after: null,
      },
    ]);
  });

  it('come in pages', async () => {
    const { openPanel, waitFor } = await loadedTab({
      'get-problem-records': ({ after }) =>
        after === '25'
          ? { records: [problemRecord({ name: 'Grace Hopper' })], after: null }
          : { records: [problemRecord()], after: '25' },
    });
    const panel = openPanel(SHOW);
    await waitFor(() => {
      expect(textOf(panel())).toContain('Ada Lovelace');
    });
    fire(
      panel().find(Button, (node) => textOf(node) === 'Next'),
      'onClick',
    );
    await waitFor(() => {
      expect(textOf(panel())).toContain('Grace Hopper');
    });
  });

  it('are tried again one by one, and say what came of it', async () => {
    const { openPanel, waitFor, tandem } = await loadedTab({
      'retry-record': () => ({ isSolved: false, reason: { ...RULE, sentence: 'Still frozen.' } }),
    });
    const panel = openPanel(SHOW);
    await waitFor(() => panel().find(LoadingButton));
    fire(panel().find(LoadingButton), 'onClick');
    await waitFor(() => {
      expect(textOf(panel())).toContain('Still frozen.');
    });
    expect(tandem.asked('retry-record')).toEqual([{ hubspotId: '51', salesforceId: '00Q1' }]);
    tandem.reply({ 'retry-record': () => ({ isSolved: true, reason: null }) });
    fire(panel().find(LoadingButton), 'onClick');
    await waitFor(() => {
      expect(textOf(panel())).toContain('In sync now');
    });
    expect(textOf(panel())).not.toContain(RULE.sentence);
  });

  it('of a field that is left out are shown without a button that would change nothing', async () => {
    const { openPanel, waitFor, tandem } = await loadedTab();
    const panel = openPanel('3 records');
    await waitFor(() => {
      expect(textOf(panel())).toContain('Ada Lovelace');
    });
    expect(panel().maybeFind(LoadingButton)).toBeNull();
    expect(tandem.asked('get-problem-records')).toEqual([
      { which: { of: 'field', mapping: 'jobtitle', code: 'VALUE_TOO_LONG' }, after: null },
    ]);
  });
});

describe('The export', () => {
  const pages: Replies = {
    'export-problems': ({ after }) =>
      after === null || after === undefined
        ? { csv: 'Name\nAda\n', rows: 1, after: '7' }
        : { csv: 'Grace\n', rows: 1, after: null },
  };

  it('fetches every page and is copied with a click', async () => {
    const { openPanel, waitFor, actions, tandem } = await loadedTab(pages);
    const panel = openPanel('Export problems');
    await waitFor(() => panel().find(TextArea));
    expect(panel().find(TextArea).props.value).toBe('Name\nAda\nGrace\n');
    fire(
      panel().find(Button, (node) => textOf(node) === 'Copy 2 records'),
      'onClick',
    );
    await waitFor(() => panel().find(Alert, { variant: 'success' }));
    expect(actions.copyTextToClipboard.calls).toEqual([['Name\nAda\nGrace\n']]);
    expect(tandem.asked('export-problems')).toHaveLength(2);
  });

  it('says so when the browser refuses to copy', async () => {
    const { openPanel, waitFor, actions } = await loadedTab(pages);
    actions.copyTextToClipboard.willCall(() => Promise.reject(new Error('Not allowed.')));
    const panel = openPanel('Export problems');
    await waitFor(() => panel().find(TextArea));
    fire(
      panel().find(Button, (node) => textOf(node) === 'Copy 2 records'),
      'onClick',
    );
    await waitFor(() => {
      expect(panel().find(Alert, { variant: 'warning' }).props.title).toContain('did not let');
    });
  });
});
