// What the tab "Field mappings" has besides adding and editing: many rows at once, the value map, samples, usage, a new
// property, text in and out, the effect of a draft, and the back-fill after saving.
import {
  Alert,
  Button,
  Checkbox,
  Input,
  LoadingButton,
  Panel,
  Select,
  TableBody,
  TableHeader,
  TableRow,
  TextArea,
} from '@hubspot/ui-extensions';
import { describe, expect, it } from 'vitest';
import type { SettingsEffect } from '../../src/api/contract.ts';
import { refusal } from './support/fake-tandem.ts';
import { fire, textOf } from './support/nodes.ts';
import { renderSettings } from './support/render-settings.tsx';
import { FAVOURITE, mapping, run, settings } from './support/samples.ts';

async function page(...given: Parameters<typeof renderSettings>) {
  const rendered = renderSettings(...given);
  await rendered.loaded();
  return {
    ...rendered,
    row: (label: string) => rendered.find(TableRow, (node) => textOf(node).startsWith(`${label} `)),
  };
}

type Page = Awaited<ReturnType<typeof page>>;
type Opened = ReturnType<ReturnType<typeof renderSettings>['openPanel']>;

const inPanel = (panel: Opened) => ({
  button: (label: string) => panel().find(Button, (node) => textOf(node) === label),
  loading: (label: string) => panel().find(LoadingButton, (node) => textOf(node) === label),
  text: () => textOf(panel()),
});

/** The form of the custom mapping "Favourite colour". */
async function editing(rendered: Page, label = 'Edit') {
  const panel = rendered.openPanel(label);
  await rendered.waitFor(() => panel().find(Select, { name: 'rule' }));
  return { panel, ...inPanel(panel) };
}

describe('Many mappings at once', () => {
  it('get one rule', async () => {
    const { find, row, waitFor, button } = await page();
    expect(button('Set the rule').props.disabled).toBe(true);
    fire(find(Checkbox, { name: 'select-default~city' }), 'onChange', true);
    fire(find(Checkbox, { name: 'select-custom~favourite_colour' }), 'onChange', true);
    fire(find(Select, { name: 'bulk-rule' }), 'onChange', 'alwaysHubSpot');
    await waitFor(() => {
      expect(button('Set the rule of 2').props.disabled).toBe(false);
    });
    fire(button('Set the rule of 2'), 'onClick');
    await waitFor(() => {
      expect(row('City').find(Select).props.value).toBe('alwaysHubSpot');
      expect(row('Favourite colour').find(Select).props.value).toBe('alwaysHubSpot');
    });
    expect(button('Set the rule').props.disabled).toBe(true);
  });

  it('are all selected but for those whose rule is fixed', async () => {
    const { find, waitFor, button } = await page();
    expect(find(Checkbox, { name: 'select-default~hubspot_owner_id' }).props.readOnly).toBe(true);
    fire(button('Select all 2 shown'), 'onClick');
    await waitFor(() => {
      expect(button('Set the rule of 2').props.disabled).toBe(false);
    });
    fire(button('Select none'), 'onClick');
    await waitFor(() => {
      expect(button('Set the rule').props.disabled).toBe(true);
    });
  });

  it('are filtered and sorted', async () => {
    const { find, waitFor } = await page();
    const rows = () => find(TableBody).findAll(TableRow).map(textOf);
    expect(rows()[0]).toMatch(/^City/);
    fire(
      find(TableHeader, (node) => textOf(node) === 'HubSpot property'),
      'onSortChange',
      'descending',
    );
    await waitFor(() => {
      expect(rows()[0]).toMatch(/^Favourite colour/);
    });
    fire(find(Select, { name: 'mapping-kind' }), 'onChange', 'default');
    await waitFor(() => {
      expect(rows()).toHaveLength(2);
    });
  });
});

describe('The form of a mapping', () => {
  it('shows what the chosen rule would do, by examples and real records', async () => {
    const rendered = await page();
    const { panel, text } = await editing(rendered);
    await rendered.waitFor(() => {
      expect(text()).toContain('An example of twoWay.');
      expect(text()).toContain('Ada Lovelace Lead Berlin Paris By twoWay.');
      expect(text()).toContain('1 record of 100 that were looked at');
    });
    fire(panel().find(Select, { name: 'rule' }), 'onChange', 'off');
    await rendered.waitFor(() => {
      expect(text()).toContain('An example of off.');
    });
    expect(rendered.tandem.asked('get-mapping-samples')).toHaveLength(1);
  });

  it('says so when samples can’t be read', async () => {
    const rendered = await page({ 'get-mapping-samples': () => Promise.reject(refusal({})) });
    const { text } = await editing(rendered);
    await rendered.waitFor(() => {
      expect(text()).toContain('Salesforce did not answer.');
    });
  });

  it('offers first what goes together, with the reason at the others', async () => {
    const rendered = await page({
      'get-field-partners': () => ({
        hubspotProperties: { groups: [] },
        leadFields: {
          groups: [{ verdict: 'refused', sentence: 'No picklists.', names: ['Rating'] }],
        },
        contactFields: { groups: [] },
      }),
    });
    const { panel } = await editing(rendered);
    await rendered.waitFor(() => {
      expect(
        panel()
          .find(Select, { name: 'lead-field' })
          .props.options.map(({ label }) => label),
      ).toEqual([
        'None',
        'Colour (Colour__c) · Single-line text',
        'Shoe size (Shoe_Size__c) · Number',
        'City (City) · Single-line text — already mapped to City',
        'Rating (Rating) · Picklist — not possible: No picklists.',
      ]);
    });
  });

  it('counts how filled the fields are when asked', async () => {
    const rendered = await page({
      'get-field-usage': () => ({
        hubspot: { total: 200, filled: 50 },
        lead: { total: 10, filled: null },
        contact: null,
      }),
    });
    const { button, panel } = await editing(rendered);
    expect(rendered.tandem.asked('get-field-usage')).toEqual([]);
    fire(button('Count how filled these fields are'), 'onClick');
    await rendered.waitFor(() => {
      expect(textOf(panel())).toContain('Salesforce leads: a field that Salesforce doesn’t count');
    });
    expect(rendered.tandem.asked('get-field-usage')).toHaveLength(1);
  });

  it('matches values by name, names those without a counterpart, and keeps the map', async () => {
    const rendered = await page({
      'get-mapping-options': () => ({
        hubspot: [
          { value: 'light_blue', label: 'Light blue' },
          { value: 'rot', label: 'Rot' },
        ],
        salesforce: [
          { value: 'LightBlue', label: 'LightBlue' },
          { value: 'Red', label: 'Red' },
        ],
      }),
      'save-settings': () => settings({ version: 4 }),
    });
    const { panel, button, text } = await editing(rendered);
    await rendered.waitFor(() => {
      expect(text()).toContain('In HubSpot: Light blue, Rot. In Salesforce: LightBlue, Red.');
    });
    fire(button('Match by name'), 'onClick');
    await rendered.waitFor(() => {
      expect(text()).toContain('1 value was matched.');
      expect(text()).toContain('In HubSpot: Rot. In Salesforce: Red.');
    });
    fire(panel().find(Select, { name: 'sent-as-rot' }), 'onChange', 'Red');
    await rendered.waitFor(() => {
      expect(text()).not.toContain('no counterpart');
    });
    fire(button('Change mapping'), 'onClick');
    await rendered.waitFor(() => {
      expect(textOf(rendered.row('Favourite colour'))).toContain('2 values mapped');
    });
    fire(rendered.loadingButton('Save'), 'onClick');
    await rendered.waitFor(() => {
      expect(rendered.tandem.asked('save-settings')).toMatchObject([
        {
          parts: {
            mappings: {
              custom: [
                {
                  valueMap: [
                    { hubspot: 'light_blue', salesforce: 'LightBlue' },
                    { hubspot: 'rot', salesforce: 'Red' },
                  ],
                },
              ],
            },
          },
        },
      ]);
    });
  });

  it('keeps the rule and the values of a default mapping, and goes back to the map it came with', async () => {
    const status = mapping({
      hubspotProperty: 'hs_lead_status',
      hubspotLabel: 'Lead status',
      valueMap: [{ hubspot: 'NEW', salesforce: 'Open' }],
      valueMapIsDefault: true,
    });
    const rendered = await page({
      'get-settings': () => settings({ mappings: [status] }),
      'get-mapping-options': () => ({
        hubspot: [{ value: 'NEW', label: 'New' }],
        salesforce: [
          { value: 'Open', label: 'Open' },
          { value: 'Closed', label: 'Closed' },
        ],
      }),
    });
    const { panel, button, text } = await editing(rendered, 'Details');
    expect(panel().maybeFind(Select, { name: 'hubspot-property' })).toBeNull();
    await rendered.waitFor(() => {
      expect(text()).toContain('This is the map that Tandem comes with.');
    });
    fire(panel().find(Select, { name: 'sent-as-NEW' }), 'onChange', 'Closed');
    await rendered.waitFor(() => {
      expect(text()).not.toContain('This is the map that Tandem comes with.');
    });
    fire(button('Use the map that Tandem comes with'), 'onClick');
    await rendered.waitFor(() => {
      expect(text()).toContain('This is the map that Tandem comes with.');
      expect(panel().find(Select, { name: 'sent-as-NEW' }).props.value).toBe(
        'Open - Not Contacted',
      );
    });
    fire(panel().find(Select, { name: 'sent-as-NEW' }), 'onChange', 'Closed');
    await rendered.waitFor(() => {
      expect(text()).not.toContain('This is the map that Tandem comes with.');
    });
    fire(button('Change mapping'), 'onClick');
    await rendered.waitFor(() => {
      expect(rendered.text()).toContain('Unsaved changes');
    });
  });

  it('enters pairs one by one where a side is free text', async () => {
    const rendered = await page({
      'get-mapping-options': () => ({
        hubspot: null,
        salesforce: [{ value: 'Red', label: 'Red' }],
      }),
    });
    const { panel, button, text } = await editing(rendered);
    await rendered.waitFor(() => panel().find(Input, { name: 'pair-hubspot' }));
    expect(button('Add pair').props.disabled).toBe(true);
    fire(panel().find(Input, { name: 'pair-hubspot' }), 'onInput', 'rot');
    fire(panel().find(Select, { name: 'pair-salesforce' }), 'onChange', 'Red');
    await rendered.waitFor(() => {
      expect(button('Add pair').props.disabled).toBe(false);
    });
    fire(button('Add pair'), 'onClick');
    await rendered.waitFor(() => {
      expect(text()).toContain('rot Red Remove');
    });
    fire(button('Remove'), 'onClick');
    await rendered.waitFor(() => {
      expect(text()).not.toContain('rot Red');
    });
  });

  it('creates the HubSpot property and chooses it', async () => {
    const rendered = await page({
      'get-property-proposal': () => ({
        name: 'department',
        label: 'Department',
        type: 'Text',
        options: 0,
        groups: [{ name: 'contactinformation', label: 'Contact information' }],
      }),
      'create-property': ({ name }) => ({ name }),
    });
    const panel = rendered.openPanel('Add mapping');
    const { button, loading } = inPanel(panel);
    await rendered.waitFor(() => {
      expect(button('Create the property in HubSpot').props.disabled).toBe(true);
    });
    fire(panel().find(Select, { name: 'contact-field' }), 'onChange', 'Department');
    await rendered.waitFor(() => {
      expect(button('Create the property in HubSpot').props.disabled).toBe(false);
    });
    fire(button('Create the property in HubSpot'), 'onClick');
    await rendered.waitFor(() => panel().find(Input, { name: 'property-label' }));
    fire(panel().find(Input, { name: 'property-label' }), 'onChange', 'Abteilung');
    await rendered.waitFor(() => {
      expect(panel().find(Input, { name: 'property-label' }).props.value).toBe('Abteilung');
    });
    fire(loading('Create property'), 'onClick');
    await rendered.waitFor(() => {
      expect(panel().find(Select, { name: 'hubspot-property' }).props.value).toBe('department');
    });
    expect(rendered.tandem.asked('create-property')).toEqual([
      {
        object: 'Contact',
        field: 'Department',
        label: 'Abteilung',
        name: 'department',
        group: 'contactinformation',
      },
    ]);
    expect(rendered.tandem.asked('get-mapping-choices')).toHaveLength(2);
  });
});

describe('Mappings as text', () => {
  it('are copied', async () => {
    const rendered = await page({
      'write-mappings': ({ format, mappings }) => ({
        text: `${format} text`,
        mappings: mappings.length,
      }),
    });
    const panel = rendered.openPanel('Export');
    const { button, text } = inPanel(panel);
    await rendered.waitFor(() => {
      expect(panel().find(TextArea).props.value).toBe('csv text');
    });
    fire(button('Copy the text'), 'onClick');
    await rendered.waitFor(() => {
      expect(text()).toContain('All 3 mappings');
      expect(panel().find(Alert).props.title).toBe('Copied');
    });
    expect(rendered.actions.copyTextToClipboard.calls).toEqual([['csv text']]);
  });

  it('are looked at before they are taken over, and not saved', async () => {
    const rendered = await page({
      'read-mappings': () => ({
        mappings: [{ line: 2, mapping: { ...FAVOURITE, rule: 'off', ruleLabel: 'Don’t sync' } }],
        errors: [
          {
            line: 3,
            field: 'Rule',
            value: 'both',
            message: 'There is no such rule.',
            fix: 'Fix it.',
          },
        ],
      }),
    });
    const panel = rendered.openPanel('Import');
    const { button, loading, text } = inPanel(panel);
    await rendered.waitFor(() => panel().find(TextArea));
    fire(panel().find(TextArea), 'onInput', 'anything');
    await rendered.waitFor(() => {
      expect(loading('Check the text').props.disabled).toBe(false);
    });
    fire(loading('Check the text'), 'onClick');
    await rendered.waitFor(() => {
      expect(text()).toContain('0 new, 1 changed, 0 as they are, 1 not possible.');
      expect(text()).toContain('3 Rule: both There is no such rule. Fix it.');
      expect(text()).toContain('Favourite colour Colour, Two-way Colour, Don’t sync');
    });
    fire(panel().find(TextArea), 'onInput', 'anything else');
    await rendered.waitFor(() => {
      expect(button('Take over').props.disabled).toBe(true);
    });
    fire(loading('Check the text'), 'onClick');
    await rendered.waitFor(() => {
      expect(text()).toContain('1 changed');
    });
    fire(button('Take over 1 mapping'), 'onClick');
    await rendered.waitFor(() => {
      expect(rendered.row('Favourite colour').find(Select).props.value).toBe('off');
      expect(rendered.text()).toContain('Unsaved changes');
    });
    expect(rendered.tandem.asked('save-settings')).toEqual([]);
  });
});

const EFFECT: SettingsEffect = {
  looked: 100,
  changed: 7,
  stopped: 2,
  resumed: 0,
  fields: [{ side: 'hubspot', field: 'City', records: 7, cleared: 3 }],
  leftOut: [{ field: 'Rating', records: 1, example: '“Hot” is no option.' }],
  examples: [
    {
      who: 'Ada Lovelace',
      changes: [{ side: 'hubspot', field: 'City', before: 'Berlin', after: null }],
      stops: null,
    },
  ],
  after: '100',
};

describe('What a draft would change', () => {
  async function changed(rendered: Page) {
    fire(rendered.row('City').find(Select), 'onChange', 'twoWay');
    await rendered.waitFor(() => {
      expect(rendered.button('See what would change').props.disabled).toBe(false);
    });
    const panel = () => {
      const { overlay } = rendered.button('See what would change').props;
      if (overlay === undefined) throw new Error('It opens nothing.');
      return overlay.find(Panel);
    };
    fire(rendered.button('See what would change'), 'onClick');
    return panel;
  }

  it('is shown before it is saved, and more records are looked at when asked', async () => {
    const rendered = await page({ 'preview-settings': () => EFFECT });
    const panel = await changed(rendered);
    await rendered.waitFor(() => {
      expect(panel().find(Alert).props).toMatchObject({
        title: '7 of 100 records would change, 2 would sync no more.',
        variant: 'warning',
      });
    });
    expect(textOf(panel())).toContain('City HubSpot 7, 3 of them cleared');
    expect(textOf(panel())).toContain('Rating: 1 record. “Hot” is no option.');
    expect(textOf(panel())).toContain('Ada Lovelace HubSpot City: Berlin → –');
    expect(rendered.tandem.asked('preview-settings')).toMatchObject([
      { parts: { mappings: { defaultRules: { city: 'twoWay' } } }, after: null },
    ]);
    fire(panel().find(LoadingButton), 'onClick');
    await rendered.waitFor(() => {
      expect(panel().find(Alert).props.title).toContain('14 of 200 records');
    });
    expect(rendered.tandem.asked('preview-settings')[1]).toMatchObject({ after: '100' });
  });

  it('is not asked for what couldn’t be saved', async () => {
    const rendered = await page({
      'preview-settings': () => Promise.reject(refusal({ message: 'City is mapped twice.' })),
    });
    const panel = await changed(rendered);
    await rendered.waitFor(() => {
      expect(textOf(panel())).toContain('City is mapped twice.');
    });
  });
});

describe('After mappings were saved', () => {
  async function saved() {
    const rendered = await page({
      'save-settings': () =>
        settings({ version: 4, mappings: [mapping({ rule: 'twoWay', ruleLabel: 'Two-way' })] }),
      'estimate-run': () => ({
        records: 12,
        hubspotCalls: { least: 1, most: 2 },
        salesforceCalls: { least: 2, most: 5 },
        minutes: { least: 0.1, most: 0.1 },
        basis: [],
      }),
      'start-run': () => run({ kind: 'backfill', title: 'Back-fill of a mapping' }),
    });
    fire(rendered.row('City').find(Select), 'onChange', 'twoWay');
    await rendered.waitFor(() => {
      expect(rendered.loadingButton('Save').props.disabled).toBe(false);
    });
    fire(rendered.loadingButton('Save'), 'onClick');
    await rendered.waitFor(() => {
      expect(rendered.text()).toContain('does it for all pairs now');
    });
    return rendered;
  }

  it('everybody can be filled in at once, with what it takes', async () => {
    const rendered = await saved();
    await rendered.waitFor(() => {
      expect(rendered.find(Alert, { title: 'Fill in City for everybody now?' })).toBeTruthy();
    });
    fire(rendered.loadingButton('Back-fill now'), 'onClick');
    await rendered.waitFor(() => {
      expect(rendered.tandem.asked('start-run')).toEqual([
        {
          request: { kind: 'backfill', scope: { hubspotProperty: 'city', name: 'City' } },
          dry: false,
        },
      ]);
      expect(rendered.text()).not.toContain('does it for all pairs now');
    });
  });

  it('or later', async () => {
    const rendered = await saved();
    fire(rendered.button('Later'), 'onClick');
    await rendered.waitFor(() => {
      expect(rendered.text()).not.toContain('does it for all pairs now');
    });
    expect(rendered.tandem.asked('start-run')).toEqual([]);
  });
});
