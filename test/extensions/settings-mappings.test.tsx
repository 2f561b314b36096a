// The field mappings on the settings page: which ones are locked, and adding, editing and removing custom ones.
import {
  Alert,
  Button,
  LoadingSpinner,
  Modal,
  SearchInput,
  Select,
  StatusTag,
  TableBody,
  TableRow,
} from '@hubspot/ui-extensions';
import { describe, expect, it } from 'vitest';
import type { MappingVerdict } from '../../src/api/contract.ts';
import { later, refusal } from './support/fake-tandem.ts';
import { fire, textOf } from './support/nodes.ts';
import { renderSettings } from './support/render-settings.tsx';
import { FAVOURITE, mapping, settings } from './support/samples.ts';

async function page(...given: Parameters<typeof renderSettings>) {
  const rendered = renderSettings(...given);
  await rendered.loaded();
  const row = (label: string) =>
    rendered.find(TableRow, (node) => textOf(node).startsWith(`${label} `));
  return { ...rendered, row };
}

/** The form behind "Add mapping" or "Edit", with the means to fill it in. */
function formOf({ openPanel, waitFor }: Awaited<ReturnType<typeof page>>, label: string) {
  const panel = openPanel(label);
  const select = (name: string) => panel().find(Select, { name });
  return {
    panel,
    select,
    pick: async (name: string, value: string) => {
      await waitFor(() => select(name));
      fire(select(name), 'onChange', value);
      await waitFor(() => {
        expect(select(name).props.value).toBe(value);
      });
    },
    finish: () => panel().find(Button, { variant: 'primary' }),
  };
}

describe('A default mapping', () => {
  it('cannot be edited or removed, but its rule can be chosen', async () => {
    const { row } = await page();
    expect(textOf(row('City'))).toContain('Default');
    expect(
      row('City')
        .findAll(Button)
        .map((node) => textOf(node)),
    ).toEqual(['Details']);
    expect(row('City').find(Select).props).toMatchObject({
      value: 'preferSalesforceUnlessBlank',
      readOnly: false,
    });
  });

  it('keeps a rule that is fixed, and says what it does', async () => {
    const { row } = await page();
    expect(row('Contact owner').maybeFind(Select)).toBeNull();
    expect(textOf(row('Contact owner'))).toContain('Two-way Fixed.');
  });

  it('sends its changed rule', async () => {
    const { row, waitFor, loadingButton, find, tandem } = await page({
      'save-settings': () => settings({ version: 4 }),
    });
    fire(row('City').find(Select), 'onChange', 'twoWay');
    await waitFor(() => {
      expect(textOf(find(StatusTag, { variant: 'warning' }))).toBe('Unsaved changes');
    });
    fire(loadingButton('Save'), 'onClick');
    await waitFor(() => {
      expect(tandem.asked('save-settings')).toMatchObject([
        { parts: { mappings: { defaultRules: { city: 'twoWay' } } } },
      ]);
    });
  });
});

describe('The table of mappings', () => {
  it('shows property, lead field and contact field with their internal names', async () => {
    const { row } = await page();
    expect(textOf(row('City'))).toMatch(
      /City city · Single-line text Details City City Mailing City/,
    );
  });

  it('is searched by label and by internal name', async () => {
    const { find, waitFor, text } = await page();
    const rows = () => find(TableBody).findAll(TableRow);
    expect(rows()).toHaveLength(3);
    fire(find(SearchInput), 'onInput', 'colour__c');
    await waitFor(() => {
      expect(rows()).toHaveLength(1);
    });
    fire(find(SearchInput), 'onInput', 'nothing like it');
    await waitFor(() => {
      expect(text()).toContain('No mapping has these words');
    });
  });

  it('shows what is wrong with a mapping, and says so above the table', async () => {
    const sentence = 'Salesforce has no Lead field “Colour__c” that Tandem may see.';
    const { row, text } = await page({
      'get-settings': () =>
        settings({
          mappings: [{ ...FAVOURITE, problem: { severity: 'error', sentence } }],
        }),
    });
    expect(textOf(row('Favourite colour'))).toContain(`Not syncing ${sentence}`);
    expect(text()).toContain('Favourite colour: see the status in the table.');
  });

  it('comes in pages when it is long', async () => {
    const many = Array.from({ length: 70 }, (_, index) =>
      mapping({ hubspotProperty: `p${index}`, hubspotLabel: `Property ${index}` }),
    );
    const { find } = await page({ 'get-settings': () => settings({ mappings: many }) });
    expect(find(TableBody).findAll(TableRow)).toHaveLength(20);
  });
});

describe('Adding a mapping', () => {
  it('checks the types as they are chosen and takes the same API name for the contact', async () => {
    const rendered = await page();
    const { pick, select, panel, finish } = formOf(rendered, 'Add mapping');
    await rendered.waitFor(() => {
      expect(finish().props.disabled).toBe(true);
    });
    await pick('hubspot-property', 'shoe_size');
    await pick('lead-field', 'Shoe_Size__c');
    expect(select('contact-field').props.value).toBe('Shoe_Size__c');
    await rendered.waitFor(() => {
      expect(panel().find(Alert).props.title).toBe('These fields go together');
    });
    expect(rendered.tandem.asked('check-mapping')).toEqual([
      {
        hubspotProperty: 'shoe_size',
        leadField: 'Shoe_Size__c',
        contactField: 'Shoe_Size__c',
        rule: 'preferSalesforceUnlessBlank',
      },
    ]);
    fire(finish(), 'onClick');
    await rendered.waitFor(() => {
      expect(textOf(rendered.row('Shoe size'))).toContain('Custom');
    });
    expect(rendered.actions.closeOverlay.calls).toEqual([['tandem-mapping-new']]);
  });

  it('leaves a contact field alone that was chosen apart', async () => {
    const rendered = await page();
    const { pick, select } = formOf(rendered, 'Add mapping');
    await pick('contact-field', 'Department');
    await pick('lead-field', 'Shoe_Size__c');
    expect(select('contact-field').props.value).toBe('Department');
  });

  it('explains the chosen rule', async () => {
    const rendered = await page();
    const { pick, panel } = formOf(rendered, 'Add mapping');
    await pick('rule', 'alwaysSalesforce');
    expect(textOf(panel())).toContain('HubSpot’s value never goes to Salesforce.');
  });

  it('waits for the verdict', async () => {
    const { answer, give } = later<MappingVerdict>();
    const rendered = await page({ 'check-mapping': () => answer });
    const { pick, panel, finish } = formOf(rendered, 'Add mapping');
    await pick('hubspot-property', 'shoe_size');
    await pick('lead-field', 'Rating');
    await rendered.waitFor(() => {
      expect(panel().find(LoadingSpinner).props.label).toBe('Checking the types');
    });
    expect(finish().props.disabled).toBe(true);
    give({ verdict: 'ok', sentences: [] });
    await rendered.waitFor(() => {
      expect(finish().props.disabled).toBe(false);
    });
  });

  it('is refused with the reason when the types don’t go together', async () => {
    const sentence = 'A number cannot go into a picklist.';
    const rendered = await page({
      'check-mapping': () => ({ verdict: 'refused', sentences: [sentence] }),
    });
    const { pick, panel, finish } = formOf(rendered, 'Add mapping');
    await pick('hubspot-property', 'shoe_size');
    await pick('lead-field', 'Rating');
    await rendered.waitFor(() => {
      expect(panel().find(Alert).props).toMatchObject({
        title: 'These fields cannot be mapped',
        variant: 'danger',
      });
    });
    expect(textOf(panel())).toContain(sentence);
    expect(finish().props.disabled).toBe(true);
  });

  it('is possible with a warning, which stays with the mapping', async () => {
    const sentence = 'Values that are no number stay behind.';
    const rendered = await page({
      'check-mapping': () => ({ verdict: 'warning', sentences: [sentence] }),
    });
    const { pick, panel, finish } = formOf(rendered, 'Add mapping');
    await pick('hubspot-property', 'shoe_size');
    await pick('contact-field', 'Department');
    await rendered.waitFor(() => {
      expect(panel().find(Alert).props.variant).toBe('warning');
    });
    fire(finish(), 'onClick');
    await rendered.waitFor(() => {
      expect(textOf(rendered.row('Shoe size'))).toContain(`Warning ${sentence}`);
    });
  });

  it.each([
    ['property', 'hubspot-property', 'city', 'City is already mapped to City.'],
    ['lead field', 'lead-field', 'City', 'The lead field City is already mapped to City.'],
    [
      'contact field',
      'contact-field',
      'Colour__c',
      'The contact field Colour is already mapped to Favourite colour.',
    ],
  ])(
    'says that a %s is mapped already (native-connector §2)',
    async (_what, name, value, sentence) => {
      const rendered = await page();
      const { pick, panel, finish } = formOf(rendered, 'Add mapping');
      await pick(name, value);
      await rendered.waitFor(() => {
        expect(textOf(panel())).toContain(sentence);
      });
      expect(finish().props.disabled).toBe(true);
    },
  );

  it('says so when the types cannot be checked, and checks again when asked', async () => {
    const rendered = await page({ 'check-mapping': () => Promise.reject(refusal({})) });
    const { pick, panel, finish } = formOf(rendered, 'Add mapping');
    await pick('hubspot-property', 'shoe_size');
    await pick('lead-field', 'Shoe_Size__c');
    await rendered.waitFor(() => {
      expect(textOf(panel())).toContain('Salesforce did not answer.');
    });
    expect(finish().props.disabled).toBe(true);
  });

  it('starts afresh each time', async () => {
    const rendered = await page();
    const { pick, panel } = formOf(rendered, 'Add mapping');
    await pick('hubspot-property', 'shoe_size');
    fire(
      panel().find(Button, (node) => textOf(node) === 'Cancel'),
      'onClick',
    );
    await rendered.waitFor(() => {
      expect(panel().maybeFind(Select)).toBeNull();
    });
    const again = formOf(rendered, 'Add mapping');
    await rendered.waitFor(() => {
      expect(again.select('hubspot-property').props.value).toBe('');
    });
  });
});

describe('Editing a custom mapping', () => {
  it('starts with what it is, and puts the change in its place', async () => {
    const rendered = await page({ 'save-settings': () => settings({ version: 4 }) });
    const { pick, select, finish } = formOf(rendered, 'Edit');
    await rendered.waitFor(() => {
      expect(select('hubspot-property').props.value).toBe('favourite_colour');
    });
    await pick('contact-field', 'Department');
    await pick('rule', 'off');
    await rendered.waitFor(() => {
      expect(finish().props.disabled).toBe(false);
    });
    fire(finish(), 'onClick');
    await rendered.waitFor(() => {
      expect(textOf(rendered.row('Favourite colour'))).toContain('Department');
    });
    fire(rendered.loadingButton('Save'), 'onClick');
    await rendered.waitFor(() => {
      expect(rendered.tandem.asked('save-settings')).toMatchObject([
        {
          parts: {
            mappings: {
              custom: [
                {
                  hubspotProperty: 'favourite_colour',
                  leadField: 'Colour__c',
                  contactField: 'Department',
                  rule: 'off',
                },
              ],
            },
          },
        },
      ]);
    });
  });

  it('doesn’t count its own fields as taken', async () => {
    const rendered = await page();
    const { panel, finish } = formOf(rendered, 'Edit');
    await rendered.waitFor(() => {
      expect(finish().props.disabled).toBe(false);
    });
    expect(textOf(panel())).not.toContain('Already mapped');
  });
});

describe('Removing a custom mapping', () => {
  async function askedToRemove() {
    const rendered = await page();
    const modal = () => {
      const { overlay } = rendered.button('Remove').props;
      if (overlay === undefined) throw new Error('Remove opens nothing.');
      return overlay.find(Modal);
    };
    fire(rendered.button('Remove'), 'onClick');
    await rendered.waitFor(() => modal().find(Button));
    const inModal = (label: string) => modal().find(Button, (node) => textOf(node) === label);
    return { ...rendered, modal, inModal };
  }

  it('asks first, and says what it means', async () => {
    const { modal } = await askedToRemove();
    expect(modal().props.title).toBe('Remove the mapping of Favourite colour?');
    expect(textOf(modal())).toContain('Values that are there stay on both sides.');
  });

  it('takes it out of the table', async () => {
    const { inModal, waitFor, text, actions } = await askedToRemove();
    fire(inModal('Remove mapping'), 'onClick');
    await waitFor(() => {
      expect(text()).not.toContain('Favourite colour');
    });
    expect(actions.closeOverlay.calls).toEqual([['tandem-remove-favourite_colour']]);
  });

  it('keeps it when told to', async () => {
    const { inModal, text, actions, waitFor } = await askedToRemove();
    fire(inModal('Keep it'), 'onClick');
    await waitFor(() => {
      expect(actions.closeOverlay.callCount).toBe(1);
    });
    expect(text()).toContain('Favourite colour');
  });
});

describe('When the properties and fields cannot be loaded', () => {
  it('mappings can be looked at but not added', async () => {
    const { waitFor, text, button } = renderSettings({
      'get-mapping-choices': () => Promise.reject(refusal({})),
    });
    await waitFor(() => {
      expect(text()).toContain('Salesforce did not answer.');
    });
    expect(button('Add mapping').props.disabled).toBe(true);
    expect(text()).toContain('Favourite colour');
  });
});
