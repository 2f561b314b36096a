// The first-run guide on top of the settings page: its steps, where they lead, and what they start.
import { Button, Heading, Modal, Tabs } from '@hubspot/ui-extensions';
import { describe, expect, it } from 'vitest';
import type { SetupStep, SetupView } from '../../src/api/contract.ts';
import type { Replies } from './support/fake-tandem.ts';
import { fire, textOf } from './support/nodes.ts';
import { renderSettings, type Person } from './support/render-settings.tsx';
import { run } from './support/samples.ts';

const step = (id: SetupStep['id'], state: SetupStep['state'], blockedBy: string | null = null) => ({
  id,
  state,
  sentence: `About ${id}.`,
  blockedBy,
});

const guide = (changes: Partial<SetupView> = {}): SetupView => ({
  isShown: true,
  steps: [
    step('connect', 'done'),
    step('permissions', 'done'),
    step('list', 'next'),
    step('mappings', 'open'),
    step('dryRun', 'open'),
    step('firstSync', 'blocked', 'Start Tandem’s service.'),
  ],
  dryRun: null,
  firstSync: null,
  ...changes,
});

async function shown(setup: SetupView, replies: Replies = {}, person: Person = {}) {
  const rendered = renderSettings({ 'get-setup': () => setup, ...replies }, person);
  await rendered.waitFor(() =>
    rendered.find(Heading, (node) => textOf(node).startsWith('Set up Tandem')),
  );
  return rendered;
}

describe('The first-run guide', () => {
  it('says how each step stands, and why one has to wait', async () => {
    const { text } = await shown(guide());
    expect(text()).toContain('Set up Tandem: 2 of 6 steps done');
    expect(text()).toContain('3. Choose who syncs Next About list.');
    expect(text()).toContain(
      '6. Start the first sync Not yet About firstSync. Start Tandem’s service.',
    );
  });

  it('leads to the tab where a step is done, and folds so that the tab is seen', async () => {
    const { button, find, text } = await shown(guide());
    fire(button('Choose who syncs'), 'onClick');
    expect(find(Tabs).props.selected).toBe('inclusion');
    expect(text()).toContain('Next: Choose who syncs');
    expect(text()).not.toContain('About list.');
    fire(button('Show the steps'), 'onClick');
    expect(text()).toContain('About list.');
  });

  it('starts the dry run over everybody', async () => {
    const dry = run({ kind: 'everything', dry: true, state: 'waiting' });
    const { loadingButton, tandem, waitFor, actions } = await shown(guide(), {
      'start-run': () => dry,
    });
    fire(loadingButton('Start the dry run'), 'onClick');
    await waitFor(() => {
      expect(tandem.asked('start-run')).toEqual([
        { request: { kind: 'everything', scope: {} }, dry: true },
      ]);
    });
    await waitFor(() => {
      expect(actions.addAlert.calls[0]?.[0]).toMatchObject({ title: 'Dry run started' });
    });
  });

  it('shows what the dry run found, and starts the first sync once it is confirmed', async () => {
    const dryRun = run({ kind: 'everything', dry: true, state: 'finished', controls: [] });
    const steps = guide().steps.map((one) =>
      one.id === 'firstSync' ? step('firstSync', 'next') : { ...one, state: 'done' as const },
    );
    const { button, tandem, waitFor, text } = await shown(guide({ steps, dryRun }), {
      'start-run': () => run(),
    });
    expect(text()).toContain('1,000 created, 400 updated');
    const { overlay } = button('Start the first sync').props;
    if (overlay === undefined) throw new Error('it does not ask');
    const modal = overlay.find(Modal);
    expect(textOf(modal)).toContain('The last dry run said: 1,000 created');
    fire(
      modal.find(Button, (node) => textOf(node) === 'Start the first sync'),
      'onClick',
    );
    await waitFor(() => {
      expect(tandem.asked('start-run')).toEqual([{ request: { kind: 'everything', scope: {} } }]);
    });
  });

  it('is put away for good', async () => {
    const { loadingButton, tandem, waitFor, text } = await shown(guide(), {
      'dismiss-setup': () => guide({ isShown: false }),
    });
    tandem.reply({ 'get-setup': () => guide({ isShown: false, steps: [] }) });
    fire(loadingButton('Hide this guide'), 'onClick');
    await waitFor(() => {
      expect(text()).not.toContain('Set up Tandem');
    });
    expect(tandem.asked('dismiss-setup')).toHaveLength(1);
  });

  it('starts nothing for somebody who may not change settings', async () => {
    const { text, maybeFind } = await shown(guide(), {}, { mayEdit: false });
    expect(text()).toContain('5. Try it dry');
    expect(maybeFind(Button, (node) => textOf(node) === 'Hide this guide')).toBeNull();
    expect(text()).not.toContain('Start the dry run');
  });
});
