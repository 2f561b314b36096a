// The tab “Creating and deleting” over the real functions and service: rules are built and tried, a required field gets
// its template, deletion is confirmed, an owner gets somebody; at the widths HubSpot gives.
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { text } from '../../src/sandbox/salesforce/schema/field.ts';
import { createWorld, type World } from '../e2e/support/world.ts';
import { closeBrowser, eventually, withBrowserPage } from './support/browser-page.ts';
import type { PreviewServer } from './support/preview-server.ts';
import { takeScreenshot } from './support/screenshots.ts';
import { tandemInPreview } from './support/tandem-in-preview.ts';

const WIDTHS = [420, 800, 1280] as const;

let world: World;
let preview: PreviewServer;

beforeAll(async () => {
  const region = text('Region__c', 'Region', 20, { nillable: false });
  world = await createWorld({ extraFields: { Lead: [region] } });
  world.hubspot.portal.create({
    email: 'grace.hopper@navy.example',
    firstname: 'Grace',
    lastname: 'Hopper',
    jobtitle: 'Rear admiral',
    hubspot_owner_id: '71000105',
  });
  const admirals = {
    match: 'all',
    clauses: [
      { field: 'jobtitle', comparison: 'contains', values: ['admiral', 'captain'] },
      { field: 'industry', comparison: 'isNotBlank' },
    ],
  };
  await world.configure({
    creation: {
      rules: [
        { companyHasAccount: true, becomes: 'contact' },
        { properties: admirals, becomes: 'nothing' },
      ],
    },
  });
  preview = await tandemInPreview(world);
}, 180_000);

afterAll(async () => {
  await closeBrowser();
  await preview.close();
  await world.close();
});

async function open(page: Page): Promise<Locator> {
  await page.goto(`${preview.origin}/?page=settings`);
  const settings = page.locator('[data-extension="SettingsPage.js"][data-stage="shown"]');
  await settings.getByRole('tab', { name: 'Creating and deleting' }).click();
  return settings;
}

async function expectFit(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
}

const section = (settings: Locator, title: RegExp): Locator =>
  settings.getByRole('button', { name: title, expanded: false });

it.each(WIDTHS)('shows what rules make of somebody (%i pixels)', async (width) => {
  await withBrowserPage({ width, height: 1500 }, async (page) => {
    const settings = await open(page);
    await section(settings, /^Owners: 3 have nobody in Salesforce/).waitFor();
    await settings.getByRole('searchbox', { name: 'Find a contact' }).fill('grace hop');
    await settings.getByRole('button', { name: 'Choose', exact: true }).click();
    await settings.getByText('No rule holds').waitFor();
    await settings.getByText('Salesforce will refuse the record').waitFor();
    await settings.getByRole('button', { name: 'Edit rule 2' }).click();
    await expectFit(page);
    await takeScreenshot(page, `settings-creation-${width}`);
    await settings.getByText(/more fields are filled/).scrollIntoViewIfNeeded();
    await takeScreenshot(page, `settings-creation-tried-${width}`);
  });
});

it.each(WIDTHS)('shows templates, deletion and owners (%i pixels)', async (width) => {
  await withBrowserPage({ width, height: 1500 }, async (page) => {
    const settings = await open(page);
    await section(settings, /^Owners: 3 have nobody in Salesforce/).click();
    await section(settings, /^When a record is deleted/).click();
    await section(settings, /^Fields that Salesforce requires: nothing fills 1/).click();
    await settings.getByText('would get “navy.example”').waitFor();
    await settings.getByRole('button', { name: /^When a HubSpot contact isn’t/ }).click();
    await settings.getByText('nobody in Salesforce. Their').waitFor();
    await expectFit(page);
    await takeScreenshot(page, `settings-templates-${width}`);
    await section(settings, /^Salesforce users and queues without/).click();
    await settings.getByText(/keep the owner that HubSpot has/).scrollIntoViewIfNeeded();
    await takeScreenshot(page, `settings-owners-${width}`);
  });
});

it('is done by an admin who has read nothing', async () => {
  await withBrowserPage({ height: 1400 }, async (page) => {
    const settings = await open(page);
    await section(settings, /^Fields that Salesforce requires/).click();
    await settings.getByRole('textbox', { name: 'Template for Region' }).fill('{city} || EMEA');
    await settings.getByText('would get “EMEA”').waitFor();
    await section(settings, /^When a record is deleted/).click();
    await settings.getByRole('radio', { name: 'Delete the HubSpot contact too' }).click();
    await settings.getByRole('button', { name: 'Yes, delete them too' }).click();
    await section(settings, /^Owners/).click();
    await settings.getByRole('button', { name: /^Who stands for Elena/ }).click();
    await page.getByRole('option', { name: /queue/ }).first().click();
    await settings.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Settings saved').waitFor();
  });
  await eventually(
    async () => (await world.pipeline.ports.store.settings.current()).settings,
  ).toMatchObject({
    creation: { templates: { Region__c: '{city} || EMEA' } },
    deletion: { inSalesforce: 'delete' },
    owners: { map: [{ hubspotOwnerId: '71000105' }] },
  });
});
