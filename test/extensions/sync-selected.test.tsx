// The bulk action "Sync selected to Salesforce", with HubSpot's testing renderer.
import { LoadingButton } from '@hubspot/ui-extensions';
import { createRenderer } from '@hubspot/ui-extensions/testing';
import { describe, expect, it, vi } from 'vitest';
import { SyncSelected } from '../../extensions/bulk/sync-selected.tsx';
import { TandemProvider } from '../../extensions/ui/tandem-provider.tsx';
import { fakeTandem, refusal, type Replies } from './support/fake-tandem.ts';
import { fire, textOf, waitFor } from './support/nodes.ts';
import { run } from './support/samples.ts';

function renderAction(contactIds: readonly number[], replies: Replies = {}) {
  const renderer = createRenderer('crm.bulkActions');
  const tandem = fakeTandem(replies);
  renderer.render(
    <TandemProvider call={tandem.call}>
      <SyncSelected contactIds={contactIds} />
    </TandemProvider>,
  );
  const text = (): string => textOf(renderer.getRootNode());
  const button = () => renderer.find(LoadingButton);
  const hasButton = (): boolean => renderer.maybeFind(LoadingButton) !== null;
  return { tandem, text, button, hasButton };
}

const picked = (changes: Parameters<typeof run>[0] = {}) =>
  run({ id: '40', kind: 'records', state: 'waiting', ...changes });

describe('Sync selected to Salesforce', () => {
  it('says how many contacts it is about, and starts nothing by itself', () => {
    const { text, tandem, button } = renderAction([51, 52, 53]);
    expect(text()).toContain('Syncs 3 contacts with Salesforce');
    expect(textOf(button())).toBe('Sync 3 contacts');
    expect(tandem.asked('sync-selected')).toEqual([]);
  });

  it('starts a run over them and shows how it gets on, to its end', async () => {
    const { text, tandem, button, hasButton } = renderAction([51, 52], {
      'sync-selected': () => picked(),
      'get-runs': () => ({ runs: [picked({ state: 'running' })], workers: 1 }),
    });
    fire(button(), 'onClick');
    await waitFor(() => {
      expect(text()).toContain('Running');
    });
    expect(tandem.asked('sync-selected')).toEqual([{ contactIds: ['51', '52'] }]);
    expect(text()).toContain('it goes on by itself');
    expect(hasButton()).toBe(false);
    tandem.reply({ 'get-runs': () => ({ runs: [picked({ state: 'finished' })], workers: 1 }) });
    // It looks again every two seconds.
    await vi.waitFor(() => {
      expect(text()).toContain('Finished');
    }, 10_000);
    expect(text()).toContain('on its card');
  });

  it('says so when nobody works on runs', async () => {
    const { text, button } = renderAction([51], {
      'sync-selected': () => picked(),
      'get-runs': () => ({ runs: [picked()], workers: 0 }),
    });
    fire(button(), 'onClick');
    await waitFor(() => {
      expect(text()).toContain('as soon as Tandem’s service runs again');
    });
  });

  it('says why nothing was started, and can be tried again', async () => {
    const { text, button } = renderAction([51], {
      'sync-selected': () => Promise.reject(refusal({ message: 'The database did not answer.' })),
    });
    fire(button(), 'onClick');
    await waitFor(() => {
      expect(text()).toContain('The database did not answer.');
    });
    expect(button().props.disabled).toBe(false);
  });

  it('has nothing to do where nothing is selected', () => {
    expect(renderAction([]).text()).toBe('Select contacts first.');
  });
});
