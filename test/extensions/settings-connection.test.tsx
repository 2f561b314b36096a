// The tab "Connection" of the settings page: who is connected, what is missing, pausing.
import { Accordion, Alert, StatusTag, Tabs, Toggle } from '@hubspot/ui-extensions';
import { describe, expect, it } from 'vitest';
import type { ConnectionView } from '../../src/api/contract.ts';
import { later, refusal } from './support/fake-tandem.ts';
import { fire, textOf } from './support/nodes.ts';
import { renderSettings, type Person } from './support/render-settings.tsx';
import type { Replies } from './support/fake-tandem.ts';
import { settings } from './support/samples.ts';

const fine = (id: string, title: string) =>
  ({ id, title, state: 'ok', sentence: `${title} is fine.`, fix: null }) as const;

const connection = (changes: Partial<ConnectionView> = {}): ConnectionView => ({
  salesforce: {
    user: { name: 'Tandem Integration', username: 'integration@example.com' },
    organization: 'Acme',
    organizationId: '00D000000000001EAA',
    kind: 'production',
    edition: 'Enterprise Edition',
    instanceUrl: 'https://acme.my.salesforce.com',
    apiVersion: '64.0',
    error: null,
  },
  hubspot: { portalId: '49547190', kind: 'Standard account', error: null },
  salesforceChecks: [fine('salesforce.Lead', 'Leads')],
  hubspotChecks: ['a', 'b', 'c', 'd', 'e'].map((name) => fine(`scope.${name}`, name)),
  liveChecks: [fine('live.workers', 'Workers')],
  fields: [
    {
      object: 'Lead',
      field: 'Rating',
      label: 'Rating',
      property: 'Rating',
      access: 'none',
      needs: 'edit',
      state: 'problem',
      sentence: 'Tandem doesn’t see Rating on leads.',
      fix: 'Give the integration user access.',
    },
  ],
  ...changes,
});

async function tab(replies: Replies = {}, person: Person = {}) {
  const rendered = renderSettings({ 'get-connection': () => connection(), ...replies }, person);
  await rendered.waitFor(() => rendered.find(Tabs));
  fire(rendered.find(Tabs), 'onSelectedChange', 'connection');
  return rendered;
}

describe('The tab Connection', () => {
  it('is asked for only when somebody looks at it', async () => {
    const { loaded, tandem } = renderSettings();
    await loaded();
    expect(tandem.asked('get-connection')).toEqual([]);
  });

  it('says who is connected and what is missing, and folds away what is fine', async () => {
    const { text, waitFor, findAll } = await tab();
    await waitFor(() => {
      expect(text()).toContain('Tandem Integration (integration@example.com)');
    });
    expect(text()).toContain('Production, Enterprise Edition');
    expect(text()).toContain('Tandem doesn’t see Rating on leads.');
    expect(text()).toContain('Give the integration user access.');
    const folded = findAll(Accordion).map(({ props }) => props.title);
    expect(folded).toContain('All 1 mapped fields');
    expect(folded).toContain('All 5 fine');
    expect(findAll(StatusTag).map(textOf)).toContain('Connected');
  });

  it('says why it can’t be told, and of one side that doesn’t answer', async () => {
    const { text, waitFor, tandem, loadingButton } = await tab({
      'get-connection': () => Promise.reject(refusal({ message: 'The database did not answer.' })),
    });
    await waitFor(() => {
      expect(text()).toContain('The database did not answer.');
    });
    const { salesforce } = connection();
    tandem.reply({
      'get-connection': () =>
        connection({ salesforce: { ...salesforce, user: null, error: 'invalid_client' } }),
    });
    fire(loadingButton('Try again'), 'onClick');
    await waitFor(() => {
      expect(text()).toContain('Salesforce Not connected invalid_client');
    });
  });

  it('shows that it is looking', async () => {
    const { text, waitFor } = await tab({ 'get-connection': () => later<never>().answer });
    await waitFor(() => {
      expect(text()).not.toContain('Who is connected');
    });
  });

  it('pauses with the next save', async () => {
    const { find, loadingButton, waitFor, tandem } = await tab({
      'save-settings': () => settings(),
    });
    await waitFor(() => find(Toggle, { name: 'pause-to-hubspot' }));
    fire(find(Toggle, { name: 'pause-to-hubspot' }), 'onChange', true);
    expect(find(Toggle, { name: 'pause-to-hubspot' }).props.checked).toBe(true);
    fire(loadingButton('Save'), 'onClick');
    await waitFor(() => {
      expect(tandem.asked('save-settings')).toMatchObject([
        { parts: { paused: { toSalesforce: false, toHubSpot: true } } },
      ]);
    });
  });

  it('says on every tab that a direction is paused', async () => {
    const { document } = settings();
    const paused = { toSalesforce: true, toHubSpot: false };
    const { find, waitFor } = await tab({
      'get-settings': () => settings({ document: { ...document, paused } }),
    });
    await waitFor(() => {
      expect(find(Alert, { variant: 'warning' }).props.title).toBe('Sync to Salesforce is paused');
    });
  });

  it('lets somebody who may not change settings look only', async () => {
    const { find, waitFor } = await tab({}, { mayEdit: false });
    await waitFor(() => {
      expect(find(Toggle, { name: 'pause-to-salesforce' }).props.readOnly).toBe(true);
    });
  });
});
