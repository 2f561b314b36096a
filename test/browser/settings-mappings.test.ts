// Field mappings on the settings page, over the real functions and service, at the widths HubSpot gives: a custom field
// is mapped, its property created on the way, its values matched, its effect looked at before it is saved, and everybody
// filled in after it.
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { createWorld, type World } from '../e2e/support/world.ts';
import { closeBrowser, eventually, withBrowserPage } from './support/browser-page.ts';
import type { PreviewServer } from './support/preview-server.ts';
import { takeScreenshot } from './support/screenshots.ts';
import { tandemInPreview } from './support/tandem-in-preview.ts';

const WIDTHS = [420, 800, 1280] as const;
const COLOURS = ['Red', 'Green', 'Blue'] as const;

let world: World;
let preview: PreviewServer;

beforeAll(async () => {
  world = await createWorld();
  for (let index = 0; index < 12; index += 1)
    world.salesforce.org.insert('Lead', {
      FirstName: 'Ada',
      LastName: `Walker ${index}`,
      Company: 'Acme',
      Email: `walker${index}@example.com`,
      City: ['Berlin', 'Paris', null][index % 3] ?? null,
      Favorite_Color__c: COLOURS[index % 3] ?? null,
    });
  await world.settle();
  preview = await tandemInPreview(world);
}, 120_000);

afterAll(async () => {
  await closeBrowser();
  await preview.close();
  await world.close();
});

async function open(page: Page): Promise<Locator> {
  await page.goto(`${preview.origin}/?page=settings`);
  const settings = page.locator('[data-extension="SettingsPage.js"][data-stage="shown"]');
  await settings.getByRole('tab', { name: 'Field mappings' }).click();
  return settings;
}

const choose = async (page: Page, within: Locator, label: RegExp, option: RegExp) => {
  await within.getByRole('button', { name: label }).click();
  await page.getByRole('option', { name: option }).first().click();
};

describe('Field mappings', () => {
  it('fit every width', async () => {
    for (const width of WIDTHS) {
      await withBrowserPage({ width, height: 1000 }, async (page) => {
        const settings = await open(page);
        await settings.getByText('25 default mappings').waitFor();
        await takeScreenshot(page, `settings-mappings-${width}`, { fullPage: true });
        const lead = settings.getByRole('row', { name: /Lead Status/ });
        await lead.getByRole('button', { name: 'Details' }).click();
        await page.getByRole('button', { name: 'Match by name' }).scrollIntoViewIfNeeded();
        await takeScreenshot(page, `settings-mappings-values-${width}`);
      });
    }
  });

  it('are added with the property created, values matched, and the effect seen first', async () => {
    await withBrowserPage({ width: 1280, height: 1000 }, async (page) => {
      const settings = await open(page);
      await settings.getByRole('button', { name: 'Add mapping' }).click();
      const panel = page.getByRole('dialog');
      await choose(page, panel, /^HubSpot property/, /^Number of Employees/);
      await panel.getByRole('button', { name: /^Salesforce lead field/ }).click();
      await page
        .getByRole('option', { name: /not possible/ })
        .first()
        .waitFor();
      await page.getByRole('option').last().scrollIntoViewIfNeeded();
      await takeScreenshot(page, 'settings-mappings-fields');
      await page.keyboard.press('Escape');
      await panel.getByRole('button', { name: 'Cancel' }).click();
      await settings.getByRole('button', { name: 'Add mapping' }).click();
      await choose(page, panel, /^Salesforce lead field/, /^Favorite Color/);
      await panel.getByRole('button', { name: 'Create the property in HubSpot' }).click();
      await panel.getByRole('textbox', { name: 'Label' }).fill('Lieblingsfarbe');
      await panel.getByRole('textbox', { name: 'Internal name' }).fill('lieblingsfarbe');
      await takeScreenshot(page, 'settings-mappings-create-property');
      await panel.getByRole('button', { name: 'Create property' }).click();
      await panel.getByText('These fields go together').waitFor();
      await panel.getByText('With this rule').waitFor();
      await panel.getByRole('button', { name: 'Match by name' }).click();
      await panel.getByText('3 values were matched.').waitFor();
      await panel.getByRole('button', { name: 'Count how filled these fields are' }).click();
      await panel.getByText('12 of 12 filled').first().waitFor();
      await takeScreenshot(page, 'settings-mappings-form');
      await panel.getByRole('button', { name: 'Add mapping' }).click();
      await settings.getByRole('button', { name: 'See what would change' }).click();
      await page.getByText('12 of 12 records would change.').waitFor();
      await takeScreenshot(page, 'settings-mappings-effect');
      await page.keyboard.press('Escape');
      await settings.getByRole('button', { name: 'Save', exact: true }).click();
      await settings.getByRole('button', { name: 'Back-fill now' }).waitFor();
      await takeScreenshot(page, 'settings-mappings-backfill', { fullPage: true });
      await settings.getByRole('button', { name: 'Back-fill now' }).click();
      const lastRun = async () => (await world.pipeline.ports.store.runs.list(1))[0]?.kind;
      await eventually(lastRun).toBe('backfill');
    });
  });

  it('are imported after a look at what would change', async () => {
    await withBrowserPage({ width: 1280, height: 1000 }, async (page) => {
      const settings = await open(page);
      await settings.getByRole('button', { name: 'Import' }).click();
      const panel = page.getByRole('dialog');
      await panel
        .getByRole('textbox')
        .fill(
          [
            'HubSpot property,Lead field,Contact field,Rule',
            'city,,,Two-way',
            'is_customer,Is_Customer__c,Is_Customer__c,Always use Salesforce',
            'shoe_size,Shoe_Size__c,,',
          ].join('\n'),
        );
      await panel.getByRole('button', { name: 'Check the text' }).click();
      await panel.getByText('1 new, 1 changed, 0 as they are, 1 not possible.').waitFor();
      await takeScreenshot(page, 'settings-mappings-import');
      await panel.getByRole('button', { name: 'Take over 2 mappings' }).click();
      await settings.getByText('Unsaved changes').waitFor();
    });
  });
});
