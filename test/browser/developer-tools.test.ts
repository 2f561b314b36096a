// What the preview has for whoever designs the extensions: width, latency and failures of their calls, the list of the
// calls, the bulk action; all of it in the address.
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeBrowser, eventually, withBrowserPage } from './support/browser-page.ts';
import { startPreview } from './support/preview-server.ts';
import type { PreviewServer } from './support/preview-server.ts';
import { buildSampleExtensions } from './support/sample-extensions.ts';
import { SAMPLE_CONFIG, SamplePeople } from './support/sample-people.ts';

let preview: PreviewServer;

beforeAll(async () => {
  preview = await startPreview({
    ...new SamplePeople().dependencies(),
    config: SAMPLE_CONFIG,
    bundlesFolder: await buildSampleExtensions(),
  });
});

afterAll(async () => {
  await closeBrowser();
  await preview.close();
});

async function open(page: Page, address: string): Promise<void> {
  await page.goto(`${preview.origin}${address}`);
  await page.locator('[data-stage="shown"]').waitFor();
}

const addressOf = (page: Page): string => new URL(page.url()).search;
const toolsOf = (page: Page): Locator => page.getByRole('region', { name: 'Developer tools' });
const turn = (page: Page, name: string): Promise<void> =>
  toolsOf(page).getByRole('button', { name, exact: true }).click();

describe('The width', () => {
  it('is that of the sidebar at its narrowest and its widest, and of its address', async () => {
    await withBrowserPage({}, async (page) => {
      await open(page, '/?contact=51&width=300');
      const card = page.getByRole('region', { name: 'Salesforce sync' });
      await eventually(async () => (await card.boundingBox())?.width).toBe(300);
      await turn(page, 'Width: 400');
      await eventually(async () => (await card.boundingBox())?.width).toBe(400);
      expect(addressOf(page)).toBe('?contact=51&location=sidebar&width=400');
      // Another place has widths of its own.
      await page.getByRole('button', { name: 'Tab', exact: true }).click();
      await eventually(async () => (await card.boundingBox())?.width).toBeGreaterThan(600);
      await turn(page, 'Width: 420');
      await eventually(async () => (await card.boundingBox())?.width).toBe(420);
    });
  });
});

describe('Calls', () => {
  it('are listed with what was asked and answered, newest first', async () => {
    await withBrowserPage({ expectErrors: [/400/] }, async (page) => {
      await open(page, '/?contact=51&network=shown');
      const network = page.getByRole('region', { name: 'Network' });
      await page.getByRole('button', { name: 'Call echo' }).click();
      await page.getByRole('button', { name: 'Call broken' }).click();
      const lines = network.getByRole('listitem');
      await lines.filter({ hasText: 'broken' }).getByText('FUNCTION_FAILED').waitFor();
      expect((await lines.allTextContents()).map((line) => line.slice(0, 4))).toEqual([
        'brok',
        'echo',
      ]);
      await network.getByRole('button', { name: /echo/ }).click();
      await network.getByLabel('Parameters of echo').getByText('"asked": "once"').waitFor();
      await network.getByLabel('Answer of echo').getByText('echoed').waitFor();
      await network.getByRole('button', { name: 'Clear' }).click();
      await eventually(() => lines.count()).toBe(0);
      await network.getByRole('button', { name: 'Hide' }).click();
      expect(addressOf(page)).toBe('?contact=51&location=sidebar');
    });
  });

  it.each([
    ['everyCall', 'rejected', 'FUNCTION_FAILED'],
    ['offline', 'Failed to fetch', 'OFFLINE'],
    ['echo', 'CRM_UNAVAILABLE', 'CRM_UNAVAILABLE'],
  ])('fail as asked (%s)', async (fails, told, code) => {
    await withBrowserPage({}, async (page) => {
      await open(page, `/?contact=51&network=shown&fails=${fails}`);
      await page.getByRole('button', { name: 'Call echo' }).click();
      await page.getByText('Function answered:').getByText(told).waitFor();
      await page.getByRole('region', { name: 'Network' }).getByText(code).first().waitFor();
      await turn(page, 'Failure: Off');
      await page.getByRole('button', { name: 'Call echo' }).click();
      await page.getByText('Function answered: {"echoed"').waitFor();
    });
  });

  it('fail alone when chosen from the menu', async () => {
    await withBrowserPage({}, async (page) => {
      await open(page, '/?contact=51');
      await turn(page, 'CRM down in…');
      await page.getByRole('menuitem', { name: 'get-runs' }).click();
      expect(addressOf(page)).toBe('?contact=51&location=sidebar&fails=get-runs');
    });
  });

  it('take as long as asked', async () => {
    await withBrowserPage({}, async (page) => {
      await open(page, '/?contact=51&network=shown&latency=300');
      await page.getByRole('button', { name: 'Call echo' }).click();
      const line = page.getByRole('region', { name: 'Network' }).getByRole('listitem');
      await line.getByText('running').waitFor();
      await line.getByText('ok', { exact: true }).waitFor();
      const took = /(\d+) ms/.exec((await line.textContent()) ?? '');
      expect(Number(took?.[1])).toBeGreaterThanOrEqual(299);
    });
  });
});

describe('Who is signed in', () => {
  it('is in the address', async () => {
    await withBrowserPage({}, async (page) => {
      await open(page, '/?contact=51&user=61000101');
      await page.getByText('maya.okafor@example.com').waitFor();
      await page.getByRole('button', { name: 'Alex Admin (admin)' }).click();
      await page.getByRole('definition').getByText('admin@example.com').waitFor();
      expect(addressOf(page)).toBe('?contact=51&location=sidebar');
    });
  });
});

describe('People ticked in the list', () => {
  it('are what the bulk action is about', async () => {
    // The sample app has no such extension: the panel says so.
    await withBrowserPage({ expectErrors: [/SyncSelected/] }, async (page) => {
      await open(page, '/?contact=51');
      await page.getByRole('checkbox', { name: 'Select Maria Johnson' }).first().check();
      await page
        .getByRole('checkbox', { name: /^Select Chidi/ })
        .first()
        .check();
      await page.getByText('2 selected').waitFor();
      await page.getByRole('button', { name: 'Sync selected to Salesforce' }).click();
      expect(addressOf(page)).toBe('?contact=51&location=sidebar&ticked=51,53&action=open');
      const panel = page.getByRole('dialog', { name: 'Sync selected to Salesforce' });
      await panel.getByText('The extension stopped').waitFor();
      await page.keyboard.press('Escape');
      await eventually(() => panel.count()).toBe(0);
    });
  });
});

describe('The tools', () => {
  it.each([420, 800])('fit a window %i pixels wide', async (width) => {
    await withBrowserPage({ width }, async (page) => {
      await open(page, '/?contact=51&network=shown&ticked=51&latency=300');
      await page.getByRole('button', { name: 'Call echo' }).click();
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBe(0);
    });
  });
});
