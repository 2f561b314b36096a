// Nothing that axe finds: the card where HubSpot puts it, every tab of the settings page, what opens from them, and the
// bulk action; with people in every state.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { createWorld, type World } from '../e2e/support/world.ts';
import { expectAccessible } from './support/accessibility.ts';
import { closeBrowser, withBrowserPage } from './support/browser-page.ts';
import { peopleInEveryState, usualDay } from './support/every-state.ts';
import type { PreviewServer } from './support/preview-server.ts';
import { settled } from './support/settled.ts';
import { tandemInPreview } from './support/tandem-in-preview.ts';

let world: World;
let preview: PreviewServer;
let ada: string;

beforeAll(async () => {
  world = await createWorld();
  ({ ada } = await peopleInEveryState(world));
  await usualDay(world);
  preview = await tandemInPreview(world);
}, 120_000);

afterAll(async () => {
  await closeBrowser();
  await preview.close();
  await world.close();
});

async function open(page: Page, address: string): Promise<void> {
  await page.goto(`${preview.origin}${address}`);
  await settled(page);
}

describe('axe finds nothing', () => {
  it('in the card', async () => {
    await withBrowserPage({}, async (page) => {
      await open(page, `/?contact=${ada}&location=sidebar&network=shown`);
      await page.getByRole('button', { name: 'Sync now' }).waitFor();
      await expectAccessible(page, 'sidebar');
      await page.getByRole('button', { name: 'Wrong record?' }).click();
      await expectAccessible(page, 'pairing');
      await open(page, `/?contact=${ada}&location=tab`);
      await page.getByRole('button', { name: 'Use HubSpot’s value' }).waitFor();
      await expectAccessible(page, 'tab');
      await page.getByRole('button', { name: 'Sync now' }).click();
      await page.getByRole('dialog').getByRole('table').waitFor();
      await expectAccessible(page, 'look before a sync');
      await page.keyboard.press('Escape');
      await page.getByRole('tab', { name: 'History of this person' }).click();
      await page.getByRole('table').filter({ visible: true }).first().waitFor();
      await expectAccessible(page, 'history');
    });
  });

  it('in the bulk action', async () => {
    await withBrowserPage({}, async (page) => {
      await open(page, `/?contact=${ada}&ticked=${ada}&action=open`);
      await page.getByRole('button', { name: 'Sync 1 contact' }).waitFor();
      await expectAccessible(page, 'bulk action');
    });
  });

  it('in the settings page', { timeout: 120_000 }, async () => {
    await withBrowserPage({ width: 800 }, async (page) => {
      await open(page, '/?page=settings');
      const tabs = page.getByRole('tab');
      await tabs.nth(2).waitFor();
      for (const tab of await tabs.all()) {
        await tab.click();
        await settled(page);
        await expectAccessible(page, (await tab.textContent()) ?? 'tab');
      }
      const panel = page.getByRole('dialog');
      await page.getByRole('tab', { name: 'Field mappings' }).click();
      await page.getByRole('button', { name: 'Add mapping' }).click();
      await settled(page);
      await expectAccessible(page, 'adding a mapping');
      await page.keyboard.press('Escape');
      await page.getByRole('tab', { name: 'Versions' }).click();
      await page.getByRole('button', { name: 'Compare with now' }).first().click();
      await panel.getByText('Then: ').first().waitFor();
      await expectAccessible(page, 'comparing versions');
      await page.keyboard.press('Escape');
      await page.getByRole('tab', { name: 'Runs' }).click();
      await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
      await panel.waitFor();
      await expectAccessible(page, 'undoing a run');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Start a run' }).click();
      await panel.getByRole('switch').click();
      await expectAccessible(page, 'starting a run');
      await panel.getByLabel('What to run').click();
      await expectAccessible(page, 'a list of options');
    });
  });

  it('in what cannot be loaded', async () => {
    await withBrowserPage({}, async (page) => {
      await open(page, `/?contact=${ada}&location=tab&fails=get-record`);
      await page.getByText('This contact cannot be shown').waitFor();
      await expectAccessible(page, 'card');
      await open(page, '/?page=settings&fails=get-settings');
      await page.getByText('The settings could not be loaded').waitFor();
      await expectAccessible(page, 'settings');
    });
  });
});
