// The product as a person meets it: the real bundles in a worker, the real functions, both stand-ins, live sync.
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobQueue } from '../../src/jobs/port.ts';
import { createWorld, type World } from '../e2e/support/world.ts';
import { startWorking } from '../e2e/support/working.ts';
import { closeBrowser, eventually, withBrowserPage } from './support/browser-page.ts';
import type { PreviewServer } from './support/preview-server.ts';
import { tandemInPreview } from './support/tandem-in-preview.ts';
import { takeScreenshot } from './support/screenshots.ts';

let world: World;
let preview: PreviewServer;
let working: JobQueue;

beforeAll(async () => {
  world = await createWorld();
  const { portal } = world.hubspot;
  const { org } = world.salesforce;
  org.insert('Lead', {
    FirstName: 'Ada',
    LastName: 'Lovelace',
    Company: 'Analytical Engines Ltd',
    Email: 'ada@engines.example.com',
    Title: 'Chief Analyst',
    Phone: '+44 20 7946 0958',
    Street: '12 St James’s Square',
    City: 'London',
    PostalCode: 'SW1Y 4JH',
    Country: 'United Kingdom',
    Industry: 'Technology',
    NumberOfEmployees: 120,
    AnnualRevenue: 2_500_000,
    LeadSource: 'Web',
    Rating: 'Hot',
    Website: 'https://engines.example.com',
  });
  portal.create({
    email: 'ada@engines.example.com',
    firstname: 'Ada',
    lastname: 'Lovelace',
    jobtitle: 'Analyst',
    industry: 'Technology',
  });
  portal.create({ firstname: 'Nameless', lastname: 'Visitor' });
  portal.createList({ name: 'Sales-ready', processingType: 'DYNAMIC', filter: () => true });
  await world.settle();
  preview = await tandemInPreview(world);
  working = await startWorking(world.pipeline);
}, 120_000);

afterAll(async () => {
  await closeBrowser();
  await working.stop();
  await preview.close();
  await world.close();
});

const idOf = (email: string): string => world.hubspot.portal.byEmail(email)?.id ?? '';

async function openCard(
  page: Page,
  contactId: string,
  location: 'sidebar' | 'tab',
): Promise<Locator> {
  await page.goto(`${preview.origin}/?contact=${contactId}&location=${location}`);
  const card = page.locator('[data-extension="SyncCard.js"][data-stage="shown"]');
  await card.getByRole('button', { name: 'Sync now' }).waitFor();
  return card;
}

describe('the card', () => {
  it.each([
    ['card-sidebar', 'sidebar', 1024],
    ['card-tab', 'tab', 1440],
    ['card-narrow', 'sidebar', 420],
  ] as const)('shows where the contact stands (%s)', async (name, location, width) => {
    await withBrowserPage({ width, height: 1000 }, async (page) => {
      const card = await openCard(page, idOf('ada@engines.example.com'), location);
      await card.getByText('In sync with the Salesforce lead Ada Lovelace.').waitFor();
      await takeScreenshot(page, name);
    });
  });

  it('syncs a contact that was never synced, and says what it did', async () => {
    const { id } = world.hubspot.portal.create({
      email: 'grace@navy.example.com',
      firstname: 'Grace',
      lastname: 'Hopper',
      city: 'Arlington',
    });
    await withBrowserPage({}, async (page) => {
      const card = await openCard(page, id, 'tab');
      await card.getByRole('button', { name: 'Sync now' }).click();
      // Live sync may have been faster: then there is nothing left to do, and it can be synced anyway.
      const look = page.getByRole('dialog');
      await look.getByRole('button', { name: /^Sync/ }).click();
      await card.getByText('In sync with the Salesforce lead Grace Hopper.').waitFor();
    });
    expect(
      world.salesforce.org.all('Lead').filter(({ Email }) => Email === 'grace@navy.example.com'),
    ).toHaveLength(1);
  });

  it('says why a contact does not sync, and what to do', async () => {
    const nameless = world.hubspot.portal
      .all()
      .find(({ properties }) => properties.firstname === 'Nameless');
    await withBrowserPage({}, async (page) => {
      const card = await openCard(page, nameless?.id ?? '', 'sidebar');
      await card
        .getByText(/has no e-mail address/)
        .first()
        .waitFor();
      await card
        .getByText(/Add an e-mail address/)
        .first()
        .waitFor();
    });
  });

  it('shows an edit on the other side within seconds, both ways', async () => {
    await withBrowserPage({ width: 1440 }, async (page) => {
      await openCard(page, idOf('ada@engines.example.com'), 'tab');
      const salesforce = page.getByRole('form', { name: 'Edit the Salesforce side' });
      await salesforce.getByLabel('City', { exact: true }).fill('Paris');
      await salesforce.getByRole('button', { name: 'Save' }).click();
      const hubspot = page.getByRole('form', { name: 'Edit the HubSpot side' });
      await eventually(() => hubspot.getByLabel('City', { exact: true }).inputValue()).toBe(
        'Paris',
      );
    });
    expect(world.hubspot.portal.byEmail('ada@engines.example.com')?.properties.city).toBe('Paris');
  });
});

describe('the settings page', () => {
  const open = async (page: Page): Promise<Locator> => {
    await page.goto(`${preview.origin}/?page=settings`);
    const settings = page.locator('[data-extension="SettingsPage.js"][data-stage="shown"]');
    await settings.getByRole('tab', { name: 'Field mappings' }).click();
    await settings.getByText('25 default mappings').waitFor();
    return settings;
  };

  it.each([
    ['settings-mappings', 1280],
    ['settings-mappings-narrow', 420],
  ] as const)('lists the mappings (%s)', async (name, width) => {
    await withBrowserPage({ width, height: 1000 }, async (page) => {
      const settings = await open(page);
      await settings.getByText('tandem_account_id').waitFor();
      await takeScreenshot(page, name);
    });
  });

  it('adds a mapping after checking its types, and saves it', async () => {
    await withBrowserPage({ height: 1000 }, async (page) => {
      const settings = await open(page);
      await settings.getByRole('button', { name: 'Add mapping' }).click();
      const panel = page.getByRole('dialog');
      const choose = async (label: string, search: string): Promise<void> => {
        await panel.getByLabel(label).click();
        await page.getByRole('combobox').last().fill(search);
        await page.getByRole('option', { name: search }).first().click();
      };
      await choose('HubSpot property', 'is_customer');
      await choose('Salesforce lead field', 'Renewal_Date__c');
      await panel
        .getByText(/cannot be mapped to Salesforce’s/)
        .first()
        .waitFor();
      await takeScreenshot(page, 'settings-mapping-refused');
      await choose('Salesforce lead field', 'Is_Customer__c');
      await choose('Salesforce contact field', 'Is_Customer__c');
      await panel.getByRole('button', { name: 'Add mapping' }).click();
      await settings.getByText('Unsaved changes').waitFor();
      await settings.getByRole('button', { name: 'Save', exact: true }).click();
      await settings.getByText(/^Version 1, saved/).waitFor();
    });
    const { settings, savedBy } = await world.pipeline.ports.store.settings.current();
    expect(savedBy).toBe('admin@example.com');
    expect(settings.mappings.custom).toEqual([
      {
        hubspotProperty: 'is_customer',
        leadField: 'Is_Customer__c',
        contactField: 'Is_Customer__c',
        rule: 'preferSalesforceUnlessBlank',
        valueMap: [],
      },
    ]);
  });

  it('chooses the inclusion list', async () => {
    await withBrowserPage({ height: 900 }, async (page) => {
      const settings = await open(page);
      await settings.getByRole('tab', { name: 'Inclusion list' }).click();
      await settings.getByLabel('Inclusion list (segment)').click();
      await page.getByRole('option', { name: /Sales-ready/ }).click();
      await settings
        .getByText('Only members of “Sales-ready” sync, in either direction.')
        .waitFor();
      await takeScreenshot(page, 'settings-inclusion');
      await settings.getByRole('button', { name: 'Save', exact: true }).click();
      await eventually(
        async () => (await world.pipeline.ports.store.settings.current()).settings.inclusion.listId,
      ).not.toBeNull();
    });
  });

  it('lets somebody who is no admin look at everything and change nothing', async () => {
    await withBrowserPage({ height: 1000 }, async (page) => {
      await open(page);
      await page.getByRole('button', { name: 'Maya Okafor (not an admin)' }).click();
      const settings = page.locator('[data-extension="SettingsPage.js"][data-stage="shown"]');
      await settings.getByRole('tab', { name: 'Field mappings' }).click();
      await settings.getByText(/only super admins can change them/).waitFor();
      expect(await settings.getByRole('button', { name: 'Add mapping' }).count()).toBe(0);
      await takeScreenshot(page, 'settings-not-an-admin');
      // What an extension that somebody changed would try.
      const answer = await page.evaluate(async (origin) => {
        const body = JSON.stringify({
          requestId: 'a-request-of-maya-okafor',
          parameters: { request: { kind: 'everything', scope: {} } },
        });
        const user = { id: 61000101, email: 'maya.okafor@example.com' };
        const response = await fetch('/preview/fetch', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ url: `${origin}/app/start-run`, method: 'POST', body, user }),
        });
        return response.text();
      }, preview.origin);
      expect(answer).toContain('ADMINS_ONLY');
    });
    expect(await world.pipeline.ports.store.runs.list(10)).toEqual([]);
  });

  it('starts a dry run after saying what it takes, and shows what it would do', async () => {
    const { health } = world.pipeline.ports.store;
    const none = { p50: null, p95: null, samples: 0 };
    const lag = { hubspotToSalesforce: none, salesforceToHubSpot: none };
    const at = Date.now();
    await health.set('this test', { at, role: 'worker', version: '0', lag, queue: null });
    const openRuns = async (page: Page): Promise<Locator> => {
      const settings = await open(page);
      await settings.getByRole('tab', { name: 'Runs' }).click();
      return settings;
    };
    await withBrowserPage({ height: 1000 }, async (page) => {
      const settings = await openRuns(page);
      await settings.getByText('No runs yet').waitFor();
      await settings.getByRole('button', { name: 'Start a run' }).click();
      const panel = page.getByRole('dialog');
      await panel.getByLabel('What to run').click();
      await page.getByRole('option', { name: 'Resync everything' }).click();
      await panel.getByRole('switch').click();
      await panel.getByText(/API calls: .* to HubSpot/).waitFor();
      await takeScreenshot(page, 'settings-run-start');
      await panel.getByRole('button', { name: 'Start the dry run' }).click();
      await settings.getByRole('table').getByText('Finished').waitFor();
      await takeScreenshot(page, 'settings-runs');
      await settings.getByRole('button', { name: 'What it would do' }).click();
      await page.getByRole('dialog').getByText('Would be left out').first().waitFor();
      await takeScreenshot(page, 'settings-run-records');
    });
    await withBrowserPage({ width: 420, height: 1000 }, async (page) => {
      const settings = await openRuns(page);
      await settings.getByRole('table').getByText('Finished').waitFor();
      await takeScreenshot(page, 'settings-runs-narrow');
    });
    await health.remove('this test');
  });
});
