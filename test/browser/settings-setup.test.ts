// The first-run guide from an empty start to the first sync, the tab "Connection" with its pause, and undoing a run:
// over the real functions, at the widths HubSpot gives.
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workOnRun } from '../../src/sync/runs/work.ts';
import { createWorld, type World } from '../e2e/support/world.ts';
import { closeBrowser, eventually, withBrowserPage } from './support/browser-page.ts';
import type { PreviewServer } from './support/preview-server.ts';
import { takeScreenshot } from './support/screenshots.ts';
import { tandemInPreview } from './support/tandem-in-preview.ts';

const WIDTHS = [420, 800, 1280] as const;

let world: World;
let preview: PreviewServer;

beforeAll(async () => {
  world = await createWorld({ isNew: true });
  for (let index = 0; index < 6; index += 1)
    world.salesforce.org.insert('Lead', {
      LastName: `Walker ${index}`,
      Company: 'Acme',
      Email: `walker${index}@example.com`,
      Website: 'https://old.example.com',
    });
  world.salesforce.org.hideField('Lead', 'Rating');
  const none = { p50: null, p95: null, samples: 0 };
  const lag = { hubspotToSalesforce: none, salesforceToHubSpot: none };
  const worker = { role: 'service', version: '0', lag, queue: null } as const;
  // Far enough ahead to be at work until the end of this file.
  await world.pipeline.ports.store.health.set('this test', {
    at: Date.now() + 3_600_000,
    ...worker,
  });
  preview = await tandemInPreview(world);
}, 120_000);

afterAll(async () => {
  await closeBrowser();
  await preview.close();
  await world.close();
});

async function open(page: Page): Promise<Locator> {
  await page.goto(`${preview.origin}/?page=settings`);
  return page.locator('[data-extension="SettingsPage.js"][data-stage="shown"]');
}

async function expectFit(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
}

/** What a worker does, once. */
async function workOnOpenRuns(): Promise<void> {
  const { store, now } = world.pipeline.ports;
  for (const { id } of await store.runs.open(new Date(now()).toISOString()))
    await workOnRun(world.pipeline, id);
}

const GUIDE = /Set up Tandem: \d of 6 steps done/;

describe('The first-run guide', () => {
  it.each(WIDTHS)('fits (%i pixels)', async (width) => {
    await withBrowserPage({ width }, async (page) => {
      const settings = await open(page);
      await settings.getByRole('heading', { name: GUIDE }).waitFor();
      await expectFit(page);
      await takeScreenshot(page, `settings-setup-${width}`, { fullPage: true });
    });
  });

  it('leads to the first sync in eight clicks, and is gone then', async () => {
    await withBrowserPage({}, async (page) => {
      const settings = await open(page);
      let clicks = 0;
      const click = async (name: string): Promise<void> => {
        clicks += 1;
        await page.getByRole('button', { name, exact: true }).last().click();
      };
      await settings.getByRole('heading', { name: GUIDE }).waitFor();
      await click('Choose who syncs');
      await settings.getByRole('tab', { name: 'Inclusion list', selected: true }).waitFor();
      await click('Show the steps');
      await click('Review the mappings');
      await settings.getByRole('tab', { name: 'Field mappings', selected: true }).waitFor();
      await takeScreenshot(page, 'settings-setup-folded');
      await click('Show the steps');
      await click('Start the dry run');
      await eventually(async () => (await world.pipeline.ports.store.runs.list(1)).length).toBe(1);
      await workOnOpenRuns();
      await settings.getByText('6 created').waitFor();
      await takeScreenshot(page, 'settings-setup-dry-run-done', { fullPage: true });
      await click('Start the first sync');
      await page.getByText('The last dry run said: 6 created.').waitFor();
      await click('Start the first sync');
      await eventually(async () => (await world.pipeline.ports.store.runs.list(2)).length).toBe(2);
      await workOnOpenRuns();
      await eventually(() => settings.getByRole('heading', { name: GUIDE }).count()).toBe(0);
      expect(world.hubspot.portal.byEmail('walker0@example.com')).toBeDefined();
      expect(clicks).toBeLessThanOrEqual(8);
    });
  });
});

describe('The tab Connection', () => {
  it.each(WIDTHS)('tells who is connected and what is missing (%i pixels)', async (width) => {
    await withBrowserPage({ width }, async (page) => {
      const settings = await open(page);
      await settings.getByRole('tab', { name: 'Connection' }).click();
      await settings.getByText('Tandem Integration').waitFor();
      await settings.getByText('doesn’t see Rating on leads').waitFor();
      await expectFit(page);
      await takeScreenshot(page, `settings-connection-${width}`, { fullPage: true });
    });
  });

  it('pauses one direction, says so, and lets it go on', async () => {
    await withBrowserPage({ width: 800 }, async (page) => {
      const settings = await open(page);
      await settings.getByRole('tab', { name: 'Connection' }).click();
      const toggle = settings.getByRole('switch', { name: 'Pause writing to HubSpot' });
      await toggle.click();
      await settings.getByRole('button', { name: 'Save' }).click();
      await settings.getByText('Sync to HubSpot is paused').waitFor();
      await takeScreenshot(page, 'settings-paused-800', { fullPage: true });
      const { settings: saved } = await world.pipeline.ports.store.settings.current();
      expect(saved.paused).toEqual({ toSalesforce: false, toHubSpot: true });
      await toggle.click();
      await settings.getByRole('button', { name: 'Save' }).click();
      await eventually(() => settings.getByText('Sync to HubSpot is paused').count()).toBe(0);
    });
  });
});

describe('Undoing a run', () => {
  it('looks first, asks, and shows what came of it', async () => {
    const leads = [...world.salesforce.org.all('Lead')].slice(0, 4);
    for (const { Id } of leads)
      world.salesforce.org.update('Lead', String(Id), { Website: 'https://wrong.example.com' });
    const { runs } = world.pipeline.ports.store;
    const started = await runs.start({
      kind: 'import',
      scope: {},
      dry: false,
      settingsVersion: 1,
      startedBy: 'ada@example.com',
    });
    await workOnRun(world.pipeline, started.id);
    const typed = world.hubspot.portal.byEmail('walker0@example.com');
    world.hubspot.portal.update(typed?.id ?? '', { website: 'https://typed.example.com' });
    await withBrowserPage({ width: 1280 }, async (page) => {
      const settings = await open(page);
      await settings.getByRole('tab', { name: 'Runs' }).click();
      await settings.getByRole('button', { name: 'Undo', exact: true }).first().click();
      await page.getByText('3 values would go back; 1 value stays as it is.').waitFor();
      await takeScreenshot(page, 'settings-undo-run');
      await page.getByRole('button', { name: 'Undo the run' }).click();
      await eventually(async () => (await runs.list(1))[0]?.kind).toBe('undo');
      await workOnOpenRuns();
      await settings.getByText(/^Undone by run \d+\.$/).waitFor();
      await settings.getByText('3 values put back, 1 value stays').waitFor();
      await takeScreenshot(page, 'settings-undone-run', { fullPage: true });
    });
  });
});
