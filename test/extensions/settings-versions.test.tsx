// The versions of the settings on the settings page: the list, comparing one with now, and restoring it.
import {
  Alert,
  Button,
  EmptyState,
  LoadingButton,
  LoadingSpinner,
  TableRow,
  Tabs,
} from '@hubspot/ui-extensions';
import { describe, expect, it } from 'vitest';
import type { CallAnswer } from '../../src/api/contract.ts';
import { later, refusal } from './support/fake-tandem.ts';
import type { Replies } from './support/fake-tandem.ts';
import { fire, textOf } from './support/nodes.ts';
import { renderSettings, type Person } from './support/render-settings.tsx';
import { settings } from './support/samples.ts';

const VERSIONS: CallAnswer<'get-settings-versions'> = {
  versions: [
    { version: 3, savedAt: '2026-11-22T10:00:00.000Z', savedBy: 'grace@example.com', note: '' },
    {
      version: 2,
      savedAt: '2026-11-20T10:00:00.000Z',
      savedBy: 'ada@example.com',
      note: 'Only customers',
    },
    { version: 0, savedAt: null, savedBy: null, note: '' },
  ],
  current: 3,
  before: null,
};

const COMPARISON: CallAnswer<'compare-settings'> = {
  version: { version: 2, savedAt: null, savedBy: null, note: '' },
  current: 3,
  differences: [
    {
      part: 'Field mappings',
      setting: 'Mapping of Shoe size',
      before: 'Shoe size · Two-way',
      after: null,
    },
    { part: 'Inclusion list', setting: 'Who syncs', before: '“Customers”', after: 'Everybody' },
  ],
  obstacles: [],
};

async function tab(replies: Replies = {}, person: Person = {}) {
  const rendered = renderSettings(
    {
      'get-settings-versions': () => VERSIONS,
      'compare-settings': () => COMPARISON,
      ...replies,
    },
    person,
  );
  await rendered.waitFor(() => rendered.find(Tabs));
  fire(rendered.find(Tabs), 'onSelectedChange', 'versions');
  return {
    ...rendered,
    row: (name: string) => rendered.find(TableRow, (node) => textOf(node).startsWith(`${name} `)),
  };
}

async function comparison(...given: Parameters<typeof tab>) {
  const rendered = await tab(...given);
  await rendered.waitFor(() => rendered.row('Version 2'));
  const panel = rendered.openPanel('Compare with now');
  await rendered.waitFor(() => {
    expect(panel().maybeFind(LoadingSpinner)).toBeNull();
  });
  return { ...rendered, panel };
}

describe('The versions tab', () => {
  it('shows that it is loading', async () => {
    const { find, waitFor } = await tab({ 'get-settings-versions': () => later<never>().answer });
    await waitFor(() => find(LoadingSpinner, { label: 'Loading the versions' }));
  });

  it('says why the versions cannot be loaded, and tries again when asked', async () => {
    const { waitFor, text, loadingButton, row, tandem } = await tab({
      'get-settings-versions': () =>
        Promise.reject(refusal({ message: 'The database did not answer.' })),
    });
    await waitFor(() => {
      expect(text()).toContain('The database did not answer.');
    });
    tandem.reply({ 'get-settings-versions': () => VERSIONS });
    fire(loadingButton('Try again'), 'onClick');
    await waitFor(() => row('Version 2'));
  });

  it('tells who saved each, when and why, and which is in force', async () => {
    const { row, waitFor } = await tab();
    await waitFor(() => row('Version 3'));
    expect(textOf(row('Version 3'))).toContain('In force');
    expect(row('Version 3').maybeFind(Button)).toBeNull();
    expect(textOf(row('Version 2'))).toMatch(/^Version 2 Only customers .*by ada@example.com/);
    expect(textOf(row('Built-in settings'))).toContain('Before anybody saved any');
  });

  it('comes in pages', async () => {
    const { row, waitFor, button, tandem } = await tab({
      'get-settings-versions': ({ before }) =>
        before === 3
          ? { ...VERSIONS, versions: VERSIONS.versions.slice(1) }
          : { ...VERSIONS, versions: VERSIONS.versions.slice(0, 1), before: 3 },
    });
    await waitFor(() => row('Version 3'));
    fire(button('Next'), 'onClick');
    await waitFor(() => row('Version 2'));
    expect(tandem.asked('get-settings-versions')).toEqual([{ before: null }, { before: 3 }]);
  });
});

describe('A version', () => {
  it('is compared with now, setting by setting', async () => {
    const { panel, tandem } = await comparison();
    const text = textOf(panel());
    expect(text).toContain(
      'Field mappings Mapping of Shoe size Then: Shoe size · Two-way Now: not there',
    );
    expect(text).toContain('Inclusion list Who syncs Then: “Customers” Now: Everybody');
    expect(tandem.asked('compare-settings')).toEqual([{ version: 2 }]);
  });

  it('is restored after showing what that changes, and the page shows it', async () => {
    const { panel, waitFor, tandem, actions } = await comparison({
      'restore-settings': () => ({ version: 4, note: 'Restored version 2' }),
    });
    expect(textOf(panel())).toContain('Restoring makes version 4 of it');
    tandem.reply({ 'get-settings': () => settings({ version: 4 }) });
    fire(panel().find(LoadingButton), 'onClick');
    await waitFor(() => {
      expect(tandem.asked('get-settings')).toHaveLength(2);
      expect(tandem.asked('get-settings-versions')).toHaveLength(2);
    });
    expect(tandem.asked('restore-settings')).toEqual([{ version: 2, baseVersion: 3 }]);
    expect(actions.addAlert.callCount).toBe(1);
    expect(actions.closeOverlay.calls).toEqual([['tandem-version-2']]);
  });

  it('says what keeps it from being restored', async () => {
    const { panel } = await comparison({
      'compare-settings': () => ({
        ...COMPARISON,
        obstacles: ['HubSpot has no contact property “gone”.'],
      }),
    });
    expect(textOf(panel().find(Alert))).toContain('HubSpot has no contact property “gone”.');
    expect(panel().find(LoadingButton).props.disabled).toBe(true);
  });

  it('says why it was not restored', async () => {
    const { panel, waitFor } = await comparison({
      'restore-settings': () => Promise.reject(refusal({ message: 'Somebody else saved.' })),
    });
    fire(panel().find(LoadingButton), 'onClick');
    await waitFor(() => {
      expect(textOf(panel())).toContain('Somebody else saved.');
    });
  });

  it('that says the same as now has nothing to restore', async () => {
    const { panel } = await comparison({
      'compare-settings': () => ({ ...COMPARISON, differences: [] }),
    });
    expect(panel().find(EmptyState).props.title).toBe('No difference');
    expect(panel().find(LoadingButton).props.disabled).toBe(true);
  });

  it('is only looked at by who may not manage integrations', async () => {
    const { panel } = await comparison({}, { mayEdit: false });
    expect(textOf(panel())).toContain('Then: “Customers”');
    expect(panel().maybeFind(LoadingButton)).toBeNull();
  });
});
