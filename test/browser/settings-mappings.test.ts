// Field mappings on the settings page, over the real functions and service, at the widths HubSpot gives: a custom field
// is mapped, its property created on the way, its values matched, its effect looked at before it is saved, and everybody
// filled in after it.
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
      });
    }
  });

  it('are added with the property created, values matched, and the effect seen first', async () => {
    await withBrowserPage({ width: 1280, height: 1000 }, async (page) => {
      const settings = await open(page);
      await settings.getByRole('button', { name: 'Add mapping' }).click();
      const panel = page.getByRole('dialog');
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
      await eventually(async () => {
        expect((await world.pipeline.ports.store.runs.list(1))[0]).toMatchObject({
          kind: 'backfill',
        });
      });
    });
  });
});
