// The Runs tab of the settings page, opened, with a run to look at.
import { ProgressBar, TableRow, Tabs } from '@hubspot/ui-extensions';
import type { Replies } from './fake-tandem.ts';
import { fire } from './nodes.ts';
import { renderSettings, type Person } from './render-settings.tsx';
import { run } from './samples.ts';

const ESTIMATE = {
  records: 12_000,
  hubspotCalls: { least: 120, most: 240 },
  salesforceCalls: { least: 6, most: 96 },
  minutes: { least: 0.2, most: 2 },
  basis: ['Batches of 100.'],
};

export async function tab(replies: Replies = {}, person: Person = {}) {
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
