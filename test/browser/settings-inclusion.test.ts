// The tab about who syncs, over the real functions and both stand-ins: another list after seeing what it would do, why
// somebody doesn't sync, and a condition with its SOQL; each in a few clicks, at the widths HubSpot gives.
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../e2e/support/world.ts';
import { closeBrowser, eventually, withBrowserPage } from './support/browser-page.ts';
import type { PreviewServer } from './support/preview-server.ts';
import { takeScreenshot } from './support/screenshots.ts';
import { tandemInPreview } from './support/tandem-in-preview.ts';

const WIDTHS = [420, 800, 1280] as const;

let world: World;
let preview: PreviewServer;

beforeAll(async () => {
  world = await createWorld();
  const { org } = world.salesforce;
  const { portal } = world.hubspot;
  const people = ['Ada', 'Ben', 'Cleo', 'Dora', 'Emil', 'Fay'].map(
    (firstname) =>
      portal.create({
        firstname,
        lastname: 'Byron',
        email: `${firstname}@example.com`.toLowerCase(),
        company: 'Acme',
      }).id,
  );
  await world.settle();
  const late = ['Gus', 'Hal', 'Ida'].map(
    (firstname) =>
      portal.create({
        firstname,
        lastname: 'Late',
        email: `${firstname}@example.com`.toLowerCase(),
      }).id,
  );
  late.push(portal.create({ firstname: 'Nameless', lastname: 'Visitor' }).id);
  for (const [index, Rating] of ['Hot', 'Warm', 'Cold', 'Hot'].entries())
    org.insert('Lead', {
      LastName: `Walker ${index}`,
      Company: 'Acme',
      Email: `walker${index}@example.com`,
      Rating,
    });
  portal.createList({
    name: 'Sales-ready',
    processingType: 'DYNAMIC',
    filter: ({ id }: { readonly id: string }) =>
      people.slice(0, 4).includes(id) || late.includes(id),
  });
  portal.createList({ name: 'Staff', processingType: 'MANUAL', members: people.slice(0, 1) });
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
  await settings.getByRole('tab', { name: 'Inclusion list' }).click();
  return settings;
}

async function expectFit(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
}

describe('Who syncs', () => {
  it.each(WIDTHS)(
    'is counted, explained and narrowed before it is saved (%i pixels)',
    async (width) => {
      await withBrowserPage({ width, height: 1400 }, async (page) => {
        const settings = await open(page);
        await settings.getByText('Contacts in HubSpot').waitFor();
        await settings.getByLabel('Inclusion list (segment)').click();
        await page.getByRole('option', { name: /Sales-ready/ }).click();
        await settings.getByText('Would stop', { exact: true }).waitFor();
        await settings.getByText(/would be left out/).waitFor();
        await settings.getByLabel('Person').fill('ben@example.com');
        await settings.getByRole('button', { name: 'Explain' }).click();
        await settings.getByText('By your unsaved changes').waitFor();
        await settings.getByText(/^Syncs both ways with Lead Ben Byron/).waitFor();
        await settings.getByLabel('Person').fill('fay byron');
        await settings.getByRole('button', { name: 'Explain' }).click();
        await settings
          .getByText(/^Doesn’t sync: This contact is not in the inclusion list/)
          .waitFor();
        await settings.getByRole('button', { name: 'Choose which leads' }).click();
        await settings.getByLabel('Lead field', { exact: true }).click();
        await page.getByRole('option', { name: /^Rating/ }).click();
        await settings.getByLabel('Values', { exact: true }).click();
        await page.getByRole('option', { name: 'Hot' }).click();
        await page.keyboard.press('Escape');
        await settings.getByText("SOQL: SELECT Id FROM Lead WHERE Rating = 'Hot'").waitFor();
        await expectFit(page);
        await takeScreenshot(page, `settings-inclusion-${width}`, { fullPage: true });
      });
    },
  );

  it('takes another list after its counts were seen', async () => {
    await withBrowserPage({ height: 1000 }, async (page) => {
      const settings = await open(page);
      await settings.getByLabel('Inclusion list (segment)').click();
      await page.getByRole('option', { name: /Sales-ready/ }).click();
      await settings.getByText('Would stop', { exact: true }).waitFor();
      await settings.getByRole('button', { name: 'Save', exact: true }).click();
      const { settings: store } = world.pipeline.ports.store;
      await eventually(
        async () => (await store.current()).settings.inclusion.listId,
      ).not.toBeNull();
    });
  });
});
