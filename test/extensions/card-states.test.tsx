// What the card shows of a contact in each of its states.
import {
  Link,
  LoadingButton,
  LoadingSpinner,
  SearchInput,
  StatusTag,
  TableBody,
  TableRow,
  Toggle,
} from '@hubspot/ui-extensions';
import { describe, expect, it } from 'vitest';
import { STATE_TAGS } from '../../extensions/card/link-states.ts';
import { LINK_STATES } from '../../src/api/contract.ts';
import { later, refusal } from './support/fake-tandem.ts';
import { renderCard } from './support/render-card.tsx';
import { fire, textOf } from './support/nodes.ts';
import { CONTACT_ID, field, record } from './support/samples.ts';

describe('While the card looks at both sides', () => {
  it('shows a spinner and asks for this contact', async () => {
    const { find, tandem, waitFor } = renderCard({ 'get-record': () => later<never>().answer });
    expect(find(LoadingSpinner).props.label).toBe('Looking at HubSpot and Salesforce');
    await waitFor(() => {
      expect(tandem.asked('get-record')).toEqual([{ contactId: CONTACT_ID }]);
    });
  });
});

describe('A contact that is in sync', () => {
  it('shows where it stands, its Salesforce record and when it synced last', async () => {
    const { waitFor, find, text } = renderCard({ 'get-record': () => record() });
    await waitFor(() => {
      expect(textOf(find(StatusTag))).toBe('In sync');
    });
    expect(text()).toContain('In sync with the Salesforce lead Ada Lovelace.');
    const link = find(Link);
    expect(textOf(link)).toBe('Lead: Ada Lovelace');
    expect(link.props.href).toEqual({
      url: 'https://example.my.salesforce.com/lightning/r/Lead/00Q000000000001AAA/view',
      external: true,
    });
    expect(text()).toMatch(/(ago|yesterday) \(Nov 23, 2026/);
  });
});

describe('What is known of the Salesforce record', () => {
  it('is its owner, its status, what was written last and which way', async () => {
    const { waitFor, text } = renderCard({ 'get-record': () => record() });
    await waitFor(() => {
      expect(text()).toContain('Charles Babbage');
    });
    expect(text()).toContain('Working - Contacted');
    expect(text()).toMatch(/HubSpot → Salesforce, 2 fields, /);
  });

  it('is its campaigns, with the status in each', async () => {
    const campaign = {
      id: '701',
      name: 'Spring fair',
      status: 'Sent',
      hasResponded: false,
      url: 'https://x',
    };
    const { waitFor, text } = renderCard({
      'get-record': () => record({ campaigns: [campaign] }),
    });
    await waitFor(() => {
      expect(text()).toContain('Spring fair Sent');
    });
  });

  it('is which mappings cannot be used, and why', async () => {
    const leftOut = [{ hubspotLabel: 'Favourite colour', sentence: 'There is no such field.' }];
    const { waitFor, text } = renderCard({ 'get-record': () => record({ leftOut }) });
    await waitFor(() => {
      expect(text()).toContain('Favourite colour There is no such field.');
    });
  });
});

describe('A contact that waits', () => {
  it.each([
    [
      'today',
      () => new Date(Date.now() + 1_000).toISOString(),
      /looks again by itself at \d\d:\d\d/,
    ],
    ['another day', () => '2099-01-02T13:20:00.000Z', /by itself at \d\d:20 on Jan 2, 2099\./],
    ['at once', () => '2020-01-01T00:00:00.000Z', /is about to look again by itself/],
  ])('says when it is looked at again: %s', async (_when, retryAt, words) => {
    const { waitFor, text } = renderCard({
      'get-record': () => record({ state: 'waiting', headline: 'Busy.', retryAt: retryAt() }),
    });
    await waitFor(() => {
      expect(text()).toMatch(words);
    });
  });
});

describe('The state', () => {
  it.each(LINK_STATES)('%s has a tag of its own', async (state) => {
    const { waitFor, find } = renderCard({ 'get-record': () => record({ state }) });
    await waitFor(() => {
      expect(textOf(find(StatusTag))).toBe(STATE_TAGS[state].label);
    });
    expect(find(StatusTag).props.variant).toBe(STATE_TAGS[state].variant);
  });
});

describe('An option that the other side lacks', () => {
  it('leads admins to where options are matched', async () => {
    const reason = { code: 'NOT_A_SALESFORCE_OPTION', sentence: 'No such option.', fix: null };
    const { waitFor, find, findAll } = renderCard({
      'get-record': () => record({ fields: [field({ next: 'blocked', issue: 'option', reason })] }),
    });
    await waitFor(() => find(SearchInput));
    const urls = findAll(Link).map(({ props: { href } }) =>
      typeof href === 'string' ? href : href.url,
    );
    expect(urls).toContainEqual(
      expect.stringMatching(/^https:\/\/app\.hubspot\.com\/connected-apps\/\d+\/installed$/),
    );
  });
});

describe('A contact that never synced', () => {
  it('says so, shows no fields, and offers Sync now', async () => {
    const { waitFor, find, maybeFind, text, button } = renderCard({
      'get-record': () =>
        record({
          state: 'neverSynced',
          headline: 'Not synced yet; the next sync creates this person in Salesforce.',
          salesforce: null,
          lastSyncedAt: null,
          fields: [],
        }),
    });
    await waitFor(() => {
      expect(textOf(find(StatusTag))).toBe('Never synced');
    });
    expect(text()).toContain('the next sync creates this person');
    expect(maybeFind(Link)).toBeNull();
    expect(maybeFind(SearchInput)).toBeNull();
    expect(button('Sync now').props.disabled).toBe(false);
  });
});

describe('A contact with a problem', () => {
  const reason = {
    code: 'NO_EMAIL',
    sentence: 'This record has no e-mail address.',
    fix: 'Add an e-mail address.',
  };

  it('says why and what to do, each once', async () => {
    const { waitFor, text } = renderCard({
      'get-record': () => record({ state: 'problem', headline: reason.sentence, reason }),
    });
    await waitFor(() => {
      expect(text()).toContain('What to do: Add an e-mail address.');
    });
    expect(text().split(reason.sentence)).toHaveLength(2);
  });

  it('adds the reason where the headline says something else', async () => {
    const { waitFor, text } = renderCard({
      'get-record': () => record({ state: 'waiting', headline: 'Waiting.', reason }),
    });
    await waitFor(() => {
      expect(text()).toContain(reason.sentence);
    });
  });
});

describe('A card that cannot reach Tandem', () => {
  it('says why and what to do, and tries again when asked', async () => {
    const { waitFor, find, text, tandem } = renderCard({
      'get-record': () => Promise.reject(refusal({})),
    });
    await waitFor(() => {
      expect(text()).toContain('Salesforce did not answer.');
    });
    expect(text()).toContain('Try again in a minute.');
    tandem.reply({ 'get-record': () => record() });
    fire(find(LoadingButton), 'onClick');
    await waitFor(() => {
      expect(textOf(find(StatusTag))).toBe('In sync');
    });
  });

  it('keeps what it knows when a later look fails', async () => {
    const { waitFor, text, actions, tandem } = renderCard({ 'get-record': () => record() });
    await waitFor(() => {
      expect(actions.onCrmPropertiesUpdate.callCount).toBe(1);
    });
    tandem.reply({ 'get-record': () => Promise.reject(refusal({})) });
    actions.onCrmPropertiesUpdate.calls[0]?.[1]({ city: 'Paris' });
    await waitFor(() => {
      expect(text()).toContain('Salesforce did not answer.');
    });
    expect(text()).toContain('In sync with the Salesforce lead');
  });
});

describe('A change on HubSpot’s page', () => {
  it('makes the card look again, for mapped properties only', async () => {
    const { waitFor, text, actions, tandem } = renderCard({ 'get-record': () => record() });
    await waitFor(() => {
      expect(actions.onCrmPropertiesUpdate.callCount).toBe(1);
    });
    const [names, onUpdate] = actions.onCrmPropertiesUpdate.calls[0] ?? [];
    expect(names).toEqual(['city', 'jobtitle', 'industry']);
    tandem.reply({ 'get-record': () => record({ headline: 'Something is different now.' }) });
    onUpdate?.({ city: 'Paris' });
    await waitFor(() => {
      expect(text()).toContain('Something is different now.');
    });
  });
});

describe('The fields, in a tab', () => {
  async function fieldTable() {
    const card = renderCard({ 'get-record': () => record() });
    await card.waitFor(() => {
      card.find(TableBody);
    });
    const rows = (): string[] => card.find(TableBody).findAll(TableRow).map(textOf);
    return { ...card, rows };
  }

  it('stand side by side, with their rule and what the next sync does', async () => {
    const { rows, text } = await fieldTable();
    expect(rows()).toHaveLength(3);
    expect(rows()[1]).toMatch(/Job Title.*Engineer.*\(blank\).*To Salesforce →.*Prefer Salesforce/);
    expect(rows()[2]).toMatch(/Stays different.*not a value of the picklist.*Add it in Salesforce/);
    expect(text()).toContain('2 of 3 fields differ.');
  });

  it('show only the differences when asked', async () => {
    const { find, rows, waitFor } = await fieldTable();
    fire(find(Toggle), 'onChange', true);
    await waitFor(() => {
      expect(rows()).toHaveLength(2);
    });
    expect(rows().join()).not.toContain('Berlin');
  });

  it.each([
    ['a label', 'job'],
    ['a value', 'engineer'],
    ['an internal name', 'JOBTITLE'],
    ['several words', 'job engin'],
  ])('are found by %s', async (_what, search) => {
    const { find, rows, waitFor } = await fieldTable();
    fire(find(SearchInput), 'onInput', search);
    await waitFor(() => {
      expect(rows()).toHaveLength(1);
    });
    expect(rows()[0]).toContain('Job Title');
  });

  it('say so when none is found', async () => {
    const { find, text, waitFor } = await fieldTable();
    fire(find(SearchInput), 'onInput', 'zzz');
    await waitFor(() => {
      expect(text()).toContain('No field has these words');
    });
  });
});

describe('The fields, in the sidebar', () => {
  it('are only the differences, with all of them behind a button', async () => {
    const { waitFor, dialog, text } = renderCard(
      { 'get-record': () => record() },
      'crm.record.sidebar',
    );
    await waitFor(() => {
      expect(text()).toContain('2 of 3 fields differ.');
    });
    expect(text()).toContain('HubSpot: Engineer');
    expect(text()).toContain('Salesforce: (blank)');
    expect(text()).not.toContain('Berlin');
    expect(textOf(dialog('Compare all fields').find(TableBody))).toContain('Berlin');
  });

  it('stay few', async () => {
    const many = Array.from({ length: 8 }, (_, index) =>
      field({ hubspotProperty: `p${index}`, hubspotLabel: `Property ${index}`, next: 'toHubSpot' }),
    );
    const { waitFor, text } = renderCard(
      { 'get-record': () => record({ fields: many }) },
      'crm.record.sidebar',
    );
    await waitFor(() => {
      expect(text()).toContain('And 3 more.');
    });
  });
});
