// The tab about who syncs: lists per direction with what they would do, conditions with their SOQL, and what happens to
// one person, all by the draft on the page.
import {
  Alert,
  Button,
  Form,
  Input,
  LoadingSpinner,
  MultiSelect,
  Select,
  StatisticsItem,
  Tabs,
} from '@hubspot/ui-extensions';
import { describe, expect, it } from 'vitest';
import { later, refusal } from './support/fake-tandem.ts';
import type { Replies } from './support/fake-tandem.ts';
import { CONDITIONS, exact, INCLUSION_ANSWERS, PREVIEW, TRACE } from './support/inclusion.ts';
import { fire, textOf } from './support/nodes.ts';
import { renderSettings, type Person } from './support/render-settings.tsx';
import { LISTS, settings, withList } from './support/samples.ts';

async function tab(replies: Replies = {}, person: Person = {}) {
  const rendered = renderSettings({ ...INCLUSION_ANSWERS, ...replies }, person);
  await rendered.waitFor(() => rendered.find(Select, { name: 'inclusion-list' }));
  fire(rendered.find(Tabs), 'onSelectedChange', 'inclusion');
  const select = (name: string) => rendered.find(Select, { name });
  return {
    ...rendered,
    select,
    explain: (who: string) => {
      fire(rendered.find(Input, { name: 'who' }), 'onInput', who);
      fire(rendered.find(Form), 'onSubmit');
    },
  };
}

async function loadedTab(...given: Parameters<typeof tab>) {
  const rendered = await tab(...given);
  await rendered.waitFor(() => {
    expect(rendered.text()).toContain('50 leads, 5 of them');
  });
  await rendered.waitFor(() => rendered.find(StatisticsItem, { label: 'Would stop' }));
  return rendered;
}

describe('Who syncs', () => {
  it('asks nothing before it is shown', async () => {
    const { tandem, waitFor, loaded } = renderSettings();
    await loaded();
    await waitFor(() => {
      expect(tandem.asked('get-inclusion-lists')).toHaveLength(1);
    });
    expect(tandem.asked('preview-inclusion')).toHaveLength(0);
    expect(tandem.asked('get-condition-choices')).toHaveLength(0);
  });

  it('shows in figures what the lists would do, estimates marked as such', async () => {
    const { findAll, text } = await loadedTab();
    expect(findAll(StatisticsItem).map(({ props }) => [props.label, props.number])).toEqual(
      expect.arrayContaining([
        ['Contacts in HubSpot', '1,234'],
        ['Paired and syncing', 'about 900'],
        ['Would stop', '14'],
        ['Would start again', '3'],
        ['Would be created', '120'],
      ]),
    );
    expect(text()).toContain('14 would be left out: No e-mail address.');
    expect(text()).toContain('Every pair was judged.');
  });

  it('asks anew with every change of the draft, and keeps the figures until then', async () => {
    const { select, tandem, waitFor, find, text } = await loadedTab();
    const slow = later<typeof PREVIEW>();
    tandem.reply({ 'preview-inclusion': () => slow.answer });
    fire(select('inclusion-list'), 'onChange', '7');
    await waitFor(() => {
      expect(tandem.asked('preview-inclusion').at(-1)).toEqual({
        inclusion: { listId: '7', receivers: 'members', exclusionListId: null },
      });
    });
    expect(find(StatisticsItem, { label: 'Would stop' }).props.number).toBe('14');
    expect(text()).toContain('Counting…');
    slow.give({ ...PREVIEW, stop: exact(99) });
    await waitFor(() => {
      expect(find(StatisticsItem, { label: 'Would stop' }).props.number).toBe('99');
    });
    fire(select('receivers-list'), 'onChange', 'everybody');
    fire(select('exclusion-list'), 'onChange', '7');
    await waitFor(() => {
      expect(tandem.asked('preview-inclusion').at(-1)).toEqual({
        inclusion: { listId: '7', receivers: 'everybody', exclusionListId: '7' },
      });
    });
    expect(text()).toContain('Only members of “Customers” send to Salesforce; everybody receives');
    expect(text()).toContain('Members of “Customers” never sync');
  });

  it('says why it could not be counted', async () => {
    const { waitFor, text, button } = await tab({
      'preview-inclusion': () => Promise.reject(refusal({ message: 'HubSpot did not answer.' })),
    });
    await waitFor(() => {
      expect(text()).toContain('HubSpot did not answer.');
    });
    expect(button('Choose which leads')).toBeDefined();
  });

  it('counts nothing for somebody who may not change settings', async () => {
    const { text, tandem } = await tab({}, { mayEdit: false });
    expect(text()).toContain('for those who may change settings');
    expect(tandem.asked('preview-inclusion')).toHaveLength(0);
    expect(tandem.asked('preview-conditions')).toHaveLength(0);
  });

  it('counts nothing of a segment that is gone', async () => {
    const { waitFor, find, tandem } = await tab({
      'get-settings': () => settings({ document: withList('404') }),
    });
    await waitFor(() => {
      expect(find(Alert).props.title).toBe('This segment is not there any more');
    });
    expect(tandem.asked('preview-inclusion')).toHaveLength(0);
    expect(LISTS.map(({ id }) => id)).not.toContain('404');
  });
});

describe('Conditions on the Salesforce side', () => {
  it('are built row by row, count only when complete, and show their SOQL', async () => {
    const { button, select, find, waitFor, tandem, text } = await loadedTab({
      'preview-conditions': ({ conditions }) => ({
        previews: CONDITIONS.previews.map((each) =>
          each.object === 'Lead' && conditions?.Lead
            ? { ...each, soql: "SELECT Id FROM Lead WHERE Rating = 'Hot'", meeting: exact(7) }
            : each,
        ),
      }),
    });
    fire(button('Choose which leads'), 'onClick');
    fire(select('condition-Lead-1-field'), 'onChange', 'Rating');
    expect(text()).toContain('until then this line counts for nothing');
    expect(tandem.asked('preview-conditions')).toHaveLength(1);
    fire(find(MultiSelect, { name: 'condition-Lead-1-values' }), 'onChange', ['Hot']);
    await waitFor(() => {
      expect(text()).toContain("SOQL: SELECT Id FROM Lead WHERE Rating = 'Hot'");
    });
    expect(text()).toContain('7 of 50 leads meet this');
    expect(text()).toContain('Unsaved changes');
    expect(tandem.asked('preview-conditions').at(-1)).toMatchObject({
      conditions: { Lead: { match: 'all', clauses: [{ field: 'Rating', values: ['Hot'] }] } },
    });
    fire(button('Add another condition'), 'onClick');
    expect(select('condition-Lead-2-field').props.value).toBe('');
    expect(text()).toContain('7 of 50 leads meet this');
    fire(button('Discard changes'), 'onClick');
    await waitFor(() => {
      expect(text()).toContain('All leads may send to HubSpot.');
    });
  });

  it('take only values that fit the field', async () => {
    const { button, select, find, text } = await loadedTab();
    fire(button('Choose which leads'), 'onClick');
    fire(select('condition-Lead-1-field'), 'onChange', 'AnnualRevenue');
    const value = () => find(Input, { name: 'condition-Lead-1-values' });
    fire(value(), 'onChange', 'much');
    expect(value().props).toMatchObject({
      value: 'much',
      error: true,
      validationMessage: 'Enter a number, such as 1000 or 12.5.',
    });
    expect(text()).toContain('until then this line counts for nothing');
    expect(text()).not.toContain('Unsaved changes');
    fire(value(), 'onChange', '1000; 2000');
    expect(value().props.error).toBe(false);
    expect(text()).toContain('Unsaved changes');
  });
});

describe('What happens to a person', () => {
  it('is told step by step, the verdict first', async () => {
    const { explain, waitFor, find, text, tandem } = await loadedTab();
    explain(' ben@example.com ');
    await waitFor(() => {
      expect(find(Alert).props).toMatchObject({
        title: 'Doesn’t sync: it is not in the list.',
        variant: 'danger',
      });
    });
    expect(tandem.asked('explain-person')).toEqual([{ who: 'ben@example.com', settings: null }]);
    expect(text()).toContain('Change the contact.');
    expect(text()).toContain('Inclusion list Stops here');
    expect(text()).toContain('✗ City is “Bonn”: it is “Köln”');
    expect(text()).not.toContain('unsaved changes, not by what is saved');
  });

  it('goes by the unsaved changes', async () => {
    const { explain, select, waitFor, text, tandem } = await loadedTab();
    fire(select('inclusion-list'), 'onChange', '7');
    explain('ben@example.com');
    await waitFor(() => {
      expect(text()).toContain('By your unsaved changes, not by what is saved.');
    });
    await waitFor(() => {
      expect(tandem.asked('explain-person')).toMatchObject([
        { who: 'ben@example.com', settings: { inclusion: { listId: '7' } } },
      ]);
    });
  });

  it('lets one of several be chosen, and says when nobody is found', async () => {
    const { explain, waitFor, find, text, tandem } = await loadedTab({
      'explain-person': ({ who }) =>
        who === '51'
          ? { people: [], trace: TRACE }
          : {
              people: [
                { id: '51', name: 'Ben Byron', email: null, where: 'HubSpot contact' },
                { id: '52', name: 'Ada Byron', email: 'ada@x.co', where: 'HubSpot contact' },
              ],
              trace: null,
            },
    });
    explain('byron');
    await waitFor(() => {
      expect(text()).toContain('Several people fit.');
    });
    fire(
      find(Button, (node) => textOf(node) === 'Explain Ben Byron'),
      'onClick',
    );
    await waitFor(() => {
      expect(find(Alert).props.title).toContain('Doesn’t sync');
    });
    tandem.reply({
      'explain-person': () => Promise.reject(refusal({ message: 'Nobody knows “zz”.' })),
    });
    explain('zz');
    expect(find(LoadingSpinner).props.label).toBe('Looking at both sides');
    await waitFor(() => {
      expect(text()).toContain('Nobody knows “zz”.');
    });
  });
});
