// The settings page around its tabs: loading, saving and what can get in the way, who may edit; and the inclusion
// list and creation tabs.
import {
  Alert,
  Button,
  Checkbox,
  Input,
  LoadingButton,
  LoadingSpinner,
  Select,
  StatisticsItem,
  Tab,
  Tabs,
  Toggle,
} from '@hubspot/ui-extensions';
import { describe, expect, it } from 'vitest';
import type { SettingsView } from '../../src/api/contract.ts';
import { later, refusal } from './support/fake-tandem.ts';
import type { Replies } from './support/fake-tandem.ts';
import { fire, textOf } from './support/nodes.ts';
import { renderSettings } from './support/render-settings.tsx';
import { LISTS, settings, withList } from './support/samples.ts';

async function page(...given: Parameters<typeof renderSettings>) {
  const rendered = renderSettings(...given);
  await rendered.loaded();
  const list = () => rendered.find(Select, { name: 'inclusion-list' });
  return {
    ...rendered,
    list,
    save: () => rendered.loadingButton('Save'),
    discard: () => rendered.button('Discard changes'),
    isUnsaved: () => rendered.text().includes('Unsaved changes'),
  };
}

/** A page on which somebody chose another inclusion list. */
async function changedPage(replies: Replies) {
  const rendered = await page(replies);
  fire(rendered.list(), 'onChange', '7');
  await rendered.waitFor(() => {
    expect(rendered.isUnsaved()).toBe(true);
  });
  return rendered;
}

describe('The settings page', () => {
  it('shows that it is loading', () => {
    const { find } = renderSettings({ 'get-settings': () => later<never>().answer });
    expect(find(LoadingSpinner).props.label).toBe('Loading the settings');
  });

  it('says why it cannot load, and tries again when asked', async () => {
    const { waitFor, text, find, findAll, tandem } = renderSettings({
      'get-settings': () => Promise.reject(refusal({ message: 'The database did not answer.' })),
    });
    await waitFor(() => {
      expect(text()).toContain('The database did not answer.');
    });
    // What the database knows is there all the same.
    await waitFor(() => {
      expect(findAll(StatisticsItem)).toHaveLength(4);
    });
    expect(findAll(Tab).map(({ props }) => props.title)).toEqual(['Overview', 'Problems']);
    tandem.reply({ 'get-settings': () => settings() });
    fire(find(LoadingButton), 'onClick');
    await waitFor(() => {
      expect(text()).toContain('Favourite colour');
    });
  });

  it('has the tabs of the native connector’s contact settings, and the runs', async () => {
    const { findAll } = await page();
    expect(findAll(Tab).map(({ props }) => props.title)).toEqual([
      'Overview',
      'Field mappings',
      'Inclusion list',
      'Creating and deleting',
      'Runs',
      'Problems',
      'Versions',
      'Connection',
    ]);
  });

  it('says which version is in force', async () => {
    const { text } = await page();
    expect(text()).toMatch(/Version 3, saved .* \(Nov 22, 2026.*\) by grace@example\.com\./);
  });

  it('says that nobody has saved yet', async () => {
    const { text } = await page({
      'get-settings': () => settings({ version: 0, savedAt: null, savedBy: null }),
    });
    expect(text()).toContain('nobody has saved any yet');
  });
});

describe('Saving', () => {
  it('is not offered while nothing has changed', async () => {
    const { save, discard, isUnsaved } = await page();
    expect(isUnsaved()).toBe(false);
    expect(save().props.disabled).toBe(true);
    expect(discard().props.disabled).toBe(true);
  });

  it('sends everything with the version it started from, the note and the person', async () => {
    const { save, find, waitFor, tandem } = await changedPage({
      'save-settings': () => settings({ version: 4, document: withList('7') }),
    });
    fire(find(Input, { name: 'save-note' }), 'onInput', 'Customers only');
    fire(save(), 'onClick');
    await waitFor(() => {
      expect(tandem.asked('save-settings')).toEqual([
        {
          baseVersion: 3,
          parts: {
            ...withList('7'),
            mappings: {
              defaultRules: {},
              defaultValueMaps: {},
              custom: [
                {
                  hubspotProperty: 'favourite_colour',
                  leadField: 'Colour__c',
                  contactField: 'Colour__c',
                  rule: 'twoWay',
                  valueMap: [],
                },
              ],
            },
          },
          note: 'Customers only',
        },
      ]);
    });
  });

  it('shows the new version, and has no changes then', async () => {
    const { save, waitFor, text, isUnsaved, actions } = await changedPage({
      'save-settings': () => settings({ version: 4, document: withList('7') }),
    });
    fire(save(), 'onClick');
    await waitFor(() => {
      expect(text()).toContain('Version 4, saved');
    });
    expect(isUnsaved()).toBe(false);
    expect(actions.addAlert.calls[0]?.[0]).toMatchObject({
      type: 'success',
      message: 'Version 4 is in force now.',
    });
  });

  it('spins, and cannot be pressed twice', async () => {
    const { answer, give } = later<SettingsView>();
    const { save, waitFor, text } = await changedPage({ 'save-settings': () => answer });
    fire(save(), 'onClick');
    await waitFor(() => {
      expect(save().props).toMatchObject({ loading: true, disabled: true });
    });
    give(settings({ version: 4 }));
    await waitFor(() => {
      expect(text()).toContain('Version 4, saved');
    });
  });

  it('keeps what is changed while it is saving, as changes to the new version', async () => {
    const { answer, give } = later<SettingsView>();
    const { save, waitFor, text, isUnsaved, list, tandem } = await changedPage({
      'save-settings': () => answer,
    });
    fire(save(), 'onClick');
    await waitFor(() => {
      expect(save().props.loading).toBe(true);
    });
    fire(list(), 'onChange', '9');
    await waitFor(() => {
      expect(list().props.value).toBe('9');
    });
    expect(save().props).toMatchObject({ loading: true, disabled: true });
    give(settings({ version: 4, document: withList('7') }));
    await waitFor(() => {
      expect(text()).toContain('Version 4, saved');
    });
    expect(list().props.value).toBe('9');
    expect(isUnsaved()).toBe(true);
    fire(save(), 'onClick');
    await waitFor(() => {
      expect(tandem.asked('save-settings')).toHaveLength(2);
    });
    expect(tandem.asked('save-settings')[1]).toMatchObject({
      baseVersion: 4,
      parts: { inclusion: { listId: '9' } },
    });
  });

  it('keeps the changes when it fails, and says why', async () => {
    const { save, waitFor, text, isUnsaved, list } = await changedPage({
      'save-settings': () =>
        Promise.reject(refusal({ code: 'LIST_NOT_FOUND', message: 'HubSpot has no list 7.' })),
    });
    fire(save(), 'onClick');
    await waitFor(() => {
      expect(text()).toContain('HubSpot has no list 7.');
    });
    expect(isUnsaved()).toBe(true);
    expect(list().props.value).toBe('7');
  });

  it('offers what somebody else saved meanwhile, and loads it', async () => {
    const { save, waitFor, text, loadingButton, isUnsaved, list, tandem } = await changedPage({
      'save-settings': () =>
        Promise.reject(
          refusal({
            code: 'SETTINGS_CHANGED_MEANWHILE',
            message: 'Somebody else saved the settings; nothing of yours was saved.',
          }),
        ),
    });
    fire(save(), 'onClick');
    await waitFor(() => {
      expect(text()).toContain('nothing of yours was saved');
    });
    tandem.reply({ 'get-settings': () => settings({ version: 5, document: withList('9') }) });
    fire(loadingButton('Reload the settings'), 'onClick');
    await waitFor(() => {
      expect(text()).toContain('Version 5, saved');
    });
    expect(list().props.value).toBe('9');
    expect(isUnsaved()).toBe(false);
    expect(text()).not.toContain('nothing of yours was saved');
  });
});

describe('Discarding changes', () => {
  it('goes back to what is saved', async () => {
    const { discard, waitFor, isUnsaved, list } = await changedPage({});
    fire(discard(), 'onClick');
    await waitFor(() => {
      expect(isUnsaved()).toBe(false);
    });
    expect(list().props.value).toBe('');
  });
});

describe('Somebody who may not manage integrations', () => {
  it('can look at everything and change nothing', async () => {
    const { waitFor, text, findAll, maybeFind, find } = renderSettings({}, { mayEdit: false });
    await waitFor(() => {
      expect(find(Select, { name: 'inclusion-list' }).props.readOnly).toBe(true);
    });
    fire(find(Tabs), 'onSelectedChange', 'mappings');
    await waitFor(() => {
      expect(text()).toContain('only super admins can change them');
    });
    // What the table of mappings shows may be chosen by everybody.
    const changing = findAll(Select).filter(({ props }) => !props.name?.startsWith('mapping-'));
    expect(changing.every(({ props }) => props.readOnly === true)).toBe(true);
    expect(findAll(Toggle).every(({ props }) => props.readOnly === true)).toBe(true);
    expect(maybeFind(Button, (node) => textOf(node) === 'Add mapping')).toBeNull();
    expect(maybeFind(LoadingButton)).toBeNull();
  });
});

describe('Without the address of the service', () => {
  it.each([undefined, 'https://your-tandem.invalid'])(
    'an admin reads what to set up and changes nothing (%s)',
    async (serviceAddress) => {
      const { waitFor, text, find, maybeFind } = renderSettings({}, { serviceAddress });
      await waitFor(() => {
        expect(find(Select, { name: 'inclusion-list' }).props.readOnly).toBe(true);
      });
      expect(text()).toContain('this project doesn’t say where it is');
      expect(text()).toContain('TANDEM_SERVICE_URL');
      expect(maybeFind(Button, (node) => textOf(node) === 'Add mapping')).toBeNull();
    },
  );

  it('others are not told what they can’t do anything about', async () => {
    const { waitFor, text, find } = renderSettings(
      {},
      { serviceAddress: undefined, mayEdit: false },
    );
    await waitFor(() => {
      find(Tabs);
    });
    fire(find(Tabs), 'onSelectedChange', 'mappings');
    await waitFor(() => {
      expect(text()).toContain('only super admins can change them');
    });
    expect(text()).not.toContain('TANDEM_SERVICE_URL');
  });
});

describe('The inclusion list', () => {
  it('offers everyone first, then active segments', async () => {
    const { list } = await page();
    expect(list().props.options.map(({ label }) => label)).toEqual([
      'Everyone (no list)',
      'Customers · 1,234 contacts · active',
    ]);
  });

  it('offers static segments last when asked, each marked as what it is', async () => {
    const { list, find, waitFor, isUnsaved } = await page();
    fire(find(Checkbox, { name: 'with-static-lists' }), 'onChange', true);
    await waitFor(() => {
      expect(list().props.options.map(({ label }) => label)).toEqual([
        'Everyone (no list)',
        'Customers · 1,234 contacts · active',
        'Imported once · 1 contact · ⚠ static: changes only by hand',
      ]);
    });
    expect(isUnsaved()).toBe(false);
  });

  it('shows the static segment that is chosen already', async () => {
    const { list } = await page({
      'get-settings': () => settings({ document: withList('9') }),
    });
    expect(list().props.value).toBe('9');
    expect(list().props.options.map(({ value }) => value)).toEqual(['', '7', '9']);
  });

  it('does not ask about static segments where there are none', async () => {
    const { maybeFind } = await page({
      'get-inclusion-lists': () => ({ lists: LISTS.filter(({ dynamic }) => dynamic) }),
    });
    expect(maybeFind(Checkbox, { name: 'with-static-lists' })).toBeNull();
  });

  it('says what having none means', async () => {
    const { text } = await page();
    expect(text()).toContain('Every HubSpot contact with an e-mail address syncs');
  });

  it('says what choosing a segment means (native-connector §5)', async () => {
    const { text } = await changedPage({});
    expect(text()).toContain('Only members of “Customers” sync, in either direction.');
    expect(text()).toContain('Choosing it syncs nobody by itself');
    expect(text()).toContain('New Salesforce leads and contacts still become HubSpot contacts');
  });

  it('warns of a segment that changes only by hand, in the words Tandem sends', async () => {
    const { list, waitFor, find } = await page();
    fire(list(), 'onChange', '9');
    await waitFor(() => {
      expect(find(Alert).props).toMatchObject({
        title: 'This segment changes only by hand',
        variant: 'warning',
      });
    });
    expect(textOf(find(Alert))).toContain('Contacts enter and leave this segment by hand only.');
  });

  it('does not warn of an active one', async () => {
    const { maybeFind } = await changedPage({});
    expect(maybeFind(Alert)).toBeNull();
  });

  it('says when the chosen segment is gone', async () => {
    const { find, list } = await page({
      'get-settings': () => settings({ document: withList('404') }),
    });
    expect(find(Alert).props.title).toBe('This segment is not there any more');
    expect(list().props.value).toBe('404');
  });

  it('says when the segments cannot be loaded', async () => {
    const { waitFor, text } = renderSettings({
      'get-inclusion-lists': () => Promise.reject(refusal({ message: 'HubSpot did not answer.' })),
    });
    await waitFor(() => {
      expect(text()).toContain('HubSpot did not answer.');
    });
  });
});
