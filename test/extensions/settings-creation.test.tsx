// The tab “Creating and deleting”: rules with a try-it box, templates, deletion and owners.
import {
  Alert,
  Button,
  Input,
  LoadingSpinner,
  MultiSelect,
  SearchInput,
  Select,
  StatusTag,
  Tabs,
  Toggle,
  ToggleGroup,
} from '@hubspot/ui-extensions';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, settingsSchema } from '../../src/engine/settings.ts';
import { CREATION_ANSWERS, holder, TRIED } from './support/creation.ts';
import { later, refusal } from './support/fake-tandem.ts';
import type { Replies } from './support/fake-tandem.ts';
import { fire, textOf } from './support/nodes.ts';
import { renderSettings, type Person } from './support/render-settings.tsx';
import { settings } from './support/samples.ts';

const IN_SALESFORCE = { name: 'create-in-salesforce' };

async function tab(replies: Replies = {}, person: Person = {}) {
  const rendered = renderSettings(
    { ...CREATION_ANSWERS, 'save-settings': () => settings({ version: 4 }), ...replies },
    person,
  );
  await rendered.waitFor(() => rendered.find(ToggleGroup, IN_SALESFORCE));
  fire(rendered.find(Tabs), 'onSelectedChange', 'creation');
  await rendered.waitFor(() => {
    expect(rendered.tandem.asked('get-condition-choices').length).toBeGreaterThan(0);
  });
  const { loadingButton, waitFor, tandem } = rendered;
  return {
    ...rendered,
    /** Saves, and hands back what was sent. */
    saved: async () => {
      await waitFor(() => {
        expect(loadingButton('Save').props.disabled).toBe(false);
      });
      fire(loadingButton('Save'), 'onClick');
      await waitFor(() => {
        expect(tandem.asked('save-settings')).toHaveLength(1);
      });
      return tandem.asked('save-settings')[0] as { parts: unknown };
    },
    isUnsaved: () => rendered.findAll(StatusTag).map(textOf).includes('Unsaved changes'),
  };
}

const withCreation = (creation: object): Replies => ({
  'get-settings': () =>
    settings({ document: { ...DEFAULT_SETTINGS, ...settingsSchema.parse({ creation }) } }),
});

const RULES = [
  { companyHasAccount: true, becomes: 'contact' },
  {
    properties: {
      match: 'any',
      clauses: [
        { field: 'city', comparison: 'is', values: ['Bonn'] },
        { field: 'industry', comparison: 'isBlank' },
      ],
    },
    becomes: 'nothing',
  },
] as const;

describe('The switches', () => {
  it('offer lead, contact or nothing for Salesforce, and one for each Salesforce object', async () => {
    const { find } = await tab();
    const group = find(ToggleGroup, IN_SALESFORCE);
    expect(group.props.options.map(({ value }) => value)).toEqual(['lead', 'contact', 'nothing']);
    expect(group.props.value).toBe('lead');
    expect(find(Toggle, { name: 'create-from-lead' }).props.checked).toBe(true);
    expect(find(Toggle, { name: 'create-from-contact' }).props.checked).toBe(true);
  });

  it('send what was chosen', async () => {
    const { find, waitFor, saved } = await tab();
    fire(find(ToggleGroup, IN_SALESFORCE), 'onChange', 'contact');
    await waitFor(() => find(ToggleGroup, { name: 'contact-without-account' }));
    fire(find(ToggleGroup, { name: 'contact-without-account' }), 'onChange', 'wait');
    await waitFor(() => {
      expect(find(ToggleGroup, { name: 'contact-without-account' }).props.value).toBe('wait');
    });
    fire(find(Toggle, { name: 'create-from-lead' }), 'onChange', false);
    await waitFor(() => {
      expect(find(Toggle, { name: 'create-from-lead' }).props.checked).toBe(false);
    });
    expect(await saved()).toMatchObject({
      parts: {
        creation: {
          inSalesforce: 'contact',
          contactWithoutAccount: 'wait',
          inHubSpot: { Lead: false, Contact: true },
        },
      },
    });
  });

  it('are no change when they are put back', async () => {
    const { find, waitFor, isUnsaved } = await tab();
    fire(find(ToggleGroup, IN_SALESFORCE), 'onChange', 'nothing');
    await waitFor(() => {
      expect(isUnsaved()).toBe(true);
    });
    fire(find(ToggleGroup, IN_SALESFORCE), 'onChange', 'lead');
    await waitFor(() => {
      expect(isUnsaved()).toBe(false);
    });
  });

  it('ask what conditions can look at only once the tab is shown', async () => {
    const { waitFor, find, tandem } = renderSettings(CREATION_ANSWERS);
    await waitFor(() => find(ToggleGroup, IN_SALESFORCE));
    expect(tandem.asked('get-owners')).toEqual([]);
    expect(tandem.asked('get-condition-choices')).toEqual([]);
  });
});

describe('The rules', () => {
  it('are told in words, in order', async () => {
    const { text, waitFor } = await tab(withCreation({ rules: RULES }));
    await waitFor(() => {
      expect(text()).toMatch(/Rule 2\.\s+If City is “Bonn”, or Industry is blank:\s+isn’t created/);
    });
    expect(text()).toMatch(
      /Rule 1\.\s+If the company has a Salesforce account:\s+becomes a contact/,
    );
  });

  it('are added, given a condition, moved and saved', async () => {
    const { button, find, waitFor, saved } = await tab(withCreation({ rules: RULES }));
    fire(button('Add a rule'), 'onClick');
    await waitFor(() => find(Select, { name: 'rule-3-becomes' }));
    fire(find(Select, { name: 'rule-3-becomes' }), 'onChange', 'lead');
    fire(find(Select, { name: 'rule-3-account' }), 'onChange', 'any');
    fire(button('Add a condition'), 'onClick');
    await waitFor(() => find(Select, { name: 'rule-3-condition-1-field' }));
    fire(find(Select, { name: 'rule-3-condition-1-field' }), 'onChange', 'industry');
    await waitFor(() => find(MultiSelect, { name: 'rule-3-condition-1-values' }));
    fire(find(MultiSelect, { name: 'rule-3-condition-1-values' }), 'onChange', ['ENERGY']);
    await waitFor(() => {
      expect(find(MultiSelect, { name: 'rule-3-condition-1-values' }).props.value).toEqual([
        'ENERGY',
      ]);
    });
    const up = (): Parameters<typeof fire>[0] => {
      const buttons = find(
        Button,
        (node) => textOf(node) === 'Move up' && node.props.disabled !== true,
      );
      return buttons;
    };
    fire(up(), 'onClick');
    const { parts } = await saved();
    expect(parts).toMatchObject({
      creation: { rules: [{ becomes: 'nothing' }, { becomes: 'contact' }, { becomes: 'lead' }] },
    });
  });

  it('that nobody reaches are marked', async () => {
    const { findAll } = await tab(withCreation({ rules: [{ becomes: 'lead' }, ...RULES] }));
    expect(
      findAll(StatusTag)
        .map(textOf)
        .filter((tag) => tag === 'Never asked'),
    ).toHaveLength(2);
  });

  it('can only be looked at by somebody who may not change them', async () => {
    const { text, maybeFind, find } = await tab(withCreation({ rules: RULES }), {
      mayEdit: false,
    });
    expect(text()).toContain('Rule 1.');
    expect(maybeFind(Button, (node) => textOf(node) === 'Add a rule')).toBeNull();
    expect(maybeFind(SearchInput, { name: 'try-person' })).toBeNull();
    expect(find(ToggleGroup, IN_SALESFORCE).props.options[0]).toMatchObject({ readOnly: true });
  });
});

describe('The condition builder', () => {
  it('keeps a clause to itself until it has a value', async () => {
    const { button, find, waitFor, isUnsaved, text, saved } = await tab(
      withCreation({ inHubSpot: { Contact: false } }),
    );
    fire(button('Only from certain leads'), 'onClick');
    await waitFor(() => {
      const { options } = find(Select, { name: 'create-from-lead-when-1-field' }).props;
      expect(options.length).toBeGreaterThan(0);
    });
    expect(text()).toContain('Choose a field; until then this line counts for nothing.');
    fire(find(Select, { name: 'create-from-lead-when-1-field' }), 'onChange', 'city');
    await waitFor(() => find(Input, { name: 'create-from-lead-when-1-values', readOnly: false }));
    expect(isUnsaved()).toBe(false);
    fire(find(Input, { name: 'create-from-lead-when-1-values' }), 'onInput', 'Bonn; Köln;');
    await waitFor(() => {
      expect(isUnsaved()).toBe(true);
    });
    expect(text()).not.toContain('counts for nothing');
    await waitFor(() => {
      expect(text()).toContain('2 of 50 leads meet this, 1 of them not in HubSpot yet.');
    });
    expect(text()).toContain('SOQL: SELECT Id FROM Lead');
    expect(text()).not.toContain('Of the paired ones');
    expect(find(Input, { name: 'create-from-lead-when-1-values' }).props.value).toBe('Bonn; Köln;');
    expect(await saved()).toMatchObject({
      parts: {
        creation: {
          inHubSpotWhen: {
            Lead: { match: 'all', clauses: [{ field: 'city', values: ['Bonn', 'Köln'] }] },
            Contact: null,
          },
        },
      },
    });
  });

  it('shows a field that is gone', async () => {
    const { find, text, waitFor } = await tab(
      withCreation({
        inHubSpotWhen: { Lead: { clauses: [{ field: 'gone', comparison: 'isBlank' }] } },
      }),
    );
    await waitFor(() => {
      expect(text()).toContain('There is no field “gone” any more');
    });
    expect(find(Select, { name: 'create-from-lead-when-1-field' }).props.value).toBe('gone');
  });
});

describe('The try-it box', () => {
  async function tried(replies: Replies = {}) {
    const rendered = await tab(replies);
    fire(rendered.find(SearchInput, { name: 'try-person' }), 'onInput', 'Ada');
    await rendered.waitFor(() => rendered.button('Choose'));
    fire(rendered.button('Choose'), 'onClick');
    return rendered;
  }

  it('says what somebody would become by the rules as they are edited', async () => {
    const { waitFor, text, tandem } = await tried(withCreation({ rules: RULES }));
    await waitFor(() => {
      expect(text()).toContain('Becomes a lead');
    });
    expect(tandem.asked('find-people')).toEqual([{ text: 'Ada' }]);
    expect(tandem.asked('try-creation')).toMatchObject([
      { creation: { rules: [{}, {}] }, who: { of: 'contact', contactId: '51' } },
    ]);
    expect(text()).toContain('Last Name');
    expect(text()).toContain('4 more fields are filled.');
  });

  it('says why each earlier rule doesn’t hold', async () => {
    const { waitFor, text } = await tried({
      'try-creation': () => ({
        ...TRIED,
        outcome: 'nothing',
        decidedBy: 2,
        reason: { code: 'CREATION_RULE_SAYS_NOTHING', sentence: 'A rule says no.', fix: null },
        required: [],
        rules: [
          {
            number: 1,
            holds: false,
            becomes: 'contact',
            account: { wanted: true, has: false },
            match: 'all',
            clauses: [{ sentence: 'City is “Bonn”', value: 'Köln', holds: false }],
          },
          { number: 2, holds: true, becomes: 'nothing', account: null, match: 'all', clauses: [] },
        ],
      }),
    });
    await waitFor(() => {
      expect(text()).toContain('Rule 2 decides.');
    });
    expect(text()).toContain('Rule 1 doesn’t hold');
    expect(text()).toContain('City is “Bonn”: no, it is “Köln”.');
    expect(text()).toContain(
      'There is no company with an account, and the rule wants the opposite.',
    );
    expect(text()).toContain('A rule says no.');
  });

  it('takes typed values', async () => {
    const { find, waitFor, tandem } = await tab(withCreation({ rules: RULES }));
    fire(find(ToggleGroup, { name: 'try-who' }), 'onChange', 'values');
    await waitFor(() => find(Input, { name: 'try-city' }));
    fire(find(Input, { name: 'try-city' }), 'onInput', 'Bonn');
    await waitFor(() => {
      expect(tandem.asked('try-creation').at(-1)).toMatchObject({
        who: { of: 'values', properties: { city: 'Bonn' }, hasAccount: false },
      });
    });
  });

  it('says why it could not be tried', async () => {
    const { waitFor, text } = await tried({
      'try-creation': () => Promise.reject(refusal({ message: 'HubSpot did not answer.' })),
    });
    await waitFor(() => {
      expect(text()).toContain('HubSpot did not answer.');
    });
  });
});

describe('Required fields', () => {
  it('that nothing fills are pointed out, and get a template', async () => {
    const { find, waitFor, text, saved, maybeFind } = await tab();
    await waitFor(() => find(Alert, { title: 'Nothing fills a field that Salesforce requires' }));
    fire(find(Input, { name: 'template-Region__c' }), 'onInput', '{city} || EMEA');
    await waitFor(() => {
      expect(text()).toContain('example of Region__c');
    });
    expect(
      maybeFind(Alert, { title: 'Nothing fills a field that Salesforce requires' }),
    ).toBeNull();
    expect(text()).toContain('Not mapped: the template always fills it');
    expect(await saved()).toMatchObject({
      parts: { creation: { templates: { Region__c: '{city} || EMEA' } } },
    });
  });

  it('show what is wrong with a template', async () => {
    const { find, waitFor } = await tab();
    await waitFor(() => find(Input, { name: 'template-LastName' }));
    fire(find(Input, { name: 'template-LastName' }), 'onInput', '{{lastname}');
    await waitFor(() => {
      expect(find(Input, { name: 'template-LastName' }).props).toMatchObject({
        error: true,
        validationMessage: 'The template has a brace too many.',
      });
    });
  });

  it('say that they are loading, and why they cannot be loaded', async () => {
    const loading = await tab({ 'get-required-fields': () => later<never>().answer });
    await loading.waitFor(() =>
      loading.find(LoadingSpinner, { label: 'Loading the required fields' }),
    );
    const failing = await tab({
      'get-required-fields': () => Promise.reject(refusal({ message: 'No answer.' })),
    });
    await failing.waitFor(() => {
      expect(failing.text()).toContain('No answer.');
    });
  });
});

describe('Deleting', () => {
  const IN_HUBSPOT = { name: 'deleted-in-hubspot' };

  it('there too is asked about once more', async () => {
    const { find, button, waitFor, isUnsaved, saved } = await tab();
    fire(find(ToggleGroup, IN_HUBSPOT), 'onChange', 'delete');
    await waitFor(() => button('Yes, delete them too'));
    expect(isUnsaved()).toBe(false);
    fire(button('No, keep it as it was'), 'onClick');
    await waitFor(() => {
      expect(find(ToggleGroup, IN_HUBSPOT).props.value).toBe('leave');
    });
    fire(find(ToggleGroup, IN_HUBSPOT), 'onChange', 'delete');
    await waitFor(() => button('Yes, delete them too'));
    fire(button('Yes, delete them too'), 'onClick');
    expect(await saved()).toMatchObject({
      parts: { deletion: { inHubSpot: 'delete', inSalesforce: 'leave' } },
    });
  });

  it('of the pair alone needs no second question', async () => {
    const { find, waitFor, isUnsaved } = await tab();
    fire(find(ToggleGroup, IN_HUBSPOT), 'onChange', 'unlink');
    await waitFor(() => {
      expect(isUnsaved()).toBe(true);
    });
  });
});

describe('Owners', () => {
  it('who have nobody come first, and get somebody', async () => {
    const { findAll, find, waitFor, text, saved } = await tab();
    await waitFor(() => find(Select, { name: 'owner-elena' }));
    expect(text()).toContain('2 HubSpot owners have nobody in Salesforce.');
    expect(text()).toContain('12 contacts');
    expect(text()).toContain('Inactive: may own nothing new');
    const names = findAll(Select).flatMap(({ props: { name } }) =>
      name?.startsWith('owner-') ? [name] : [],
    );
    expect(names).toEqual(['owner-elena', 'owner-tom']);
    fire(find(Select, { name: 'owner-elena' }), 'onChange', holder('00Ginbound').id);
    expect(await saved()).toMatchObject({
      parts: {
        owners: { map: [{ hubspotOwnerId: 'elena', salesforceId: holder('00Ginbound').id }] },
      },
    });
  });

  it('are given to a queue besides the user they have', async () => {
    const { find, waitFor, saved } = await tab();
    const queue = { name: `holder-${holder('00Ginbound').id}` };
    await waitFor(() => find(Select, queue));
    fire(find(Select, queue), 'onChange', 'maya');
    expect(await saved()).toMatchObject({
      parts: {
        owners: {
          map: [
            { hubspotOwnerId: 'maya', salesforceId: holder('005maya').id },
            { hubspotOwnerId: 'maya', salesforceId: holder('00Ginbound').id },
          ],
        },
      },
    });
  });

  it('say why they cannot be loaded', async () => {
    const { waitFor, text } = await tab({
      'get-owners': () => Promise.reject(refusal({ message: 'No owners to be had.' })),
    });
    await waitFor(() => {
      expect(text()).toContain('No owners to be had.');
    });
  });
});
