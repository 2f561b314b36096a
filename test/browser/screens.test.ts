// Every screen in every state, as pictures to look at: SCREENSHOTS=all npx vitest run test/browser/screens.test.ts puts them
// into dist/screenshots. States come from the preview's own switches: latency for what is loading, failures for what cannot
// be loaded; from a world with nobody in it, and from one as large as they come. Not part of the usual tests: it is for
// eyes, and others test the same screens.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { createWorld, type World } from '../e2e/support/world.ts';
import { closeBrowser, withBrowserPage } from './support/browser-page.ts';
import { peopleInEveryState, usualDay } from './support/every-state.ts';
import { addLargeProperties, LARGE_FIELDS, LARGE_MAPPINGS } from './support/large-set.ts';
import type { PreviewServer } from './support/preview-server.ts';
import { takeScreenshot, wantsAllScreens } from './support/screenshots.ts';
import { settled } from './support/settled.ts';
import { tandemInPreview } from './support/tandem-in-preview.ts';

const WIDTHS = [1280, 800, 420] as const;
const HEIGHT = 1_100;
/** What a tab shows within this while its calls take two seconds is its loading state. */
const LOADING_MS = 1_500;

const worlds: World[] = [];
const previews: PreviewServer[] = [];

async function open(world: World): Promise<string> {
  const preview = await tandemInPreview(world);
  worlds.push(world);
  previews.push(preview);
  return preview.origin;
}

const fileName = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

async function picture(page: Page, name: string): Promise<void> {
  await takeScreenshot(page, fileName(name), { fullPage: true });
}

async function tabTitles(page: Page): Promise<readonly string[]> {
  await page.getByRole('tab').nth(2).waitFor();
  return page.getByRole('tab').allTextContents();
}

const openTab = (page: Page, title: string): Promise<void> =>
  page.getByRole('tab', { name: title, exact: true }).click();

const atEachWidth = (name: string, test: (page: Page, width: number) => Promise<void>): void => {
  it.each(WIDTHS)(`${name} (%i pixels)`, { timeout: 240_000 }, async (width) => {
    await withBrowserPage({ width, height: HEIGHT }, (page) => test(page, width));
  });
};

describe.runIf(wantsAllScreens)('Every screen', () => {
  let usual = '';
  let empty = '';
  let large = '';
  let contacts = { ada: '', frozen: '', nameless: '' };

  beforeAll(async () => {
    const world = await createWorld();
    contacts = await peopleInEveryState(world);
    await usualDay(world);
    usual = await open(world);
    empty = await open(await createWorld());
    const largest = await createWorld({
      extraFields: { Lead: LARGE_FIELDS, Contact: LARGE_FIELDS },
    });
    await addLargeProperties(largest.configuration);
    largest.refresh();
    await largest.configure({ mappings: { custom: LARGE_MAPPINGS } });
    large = await open(largest);
  }, 240_000);

  afterAll(async () => {
    await closeBrowser();
    for (const preview of previews) await preview.close();
    for (const world of worlds) await world.close();
  });

  it.each([
    ['sidebar', 1280, '&width=300'],
    ['sidebar', 1280, '&width=400'],
    ['sidebar', 420, ''],
    ['tab', 1440, ''],
    ['tab', 1280, '&width=420'],
  ])('of the card (%s, %i pixels%s)', { timeout: 120_000 }, async (location, width, more) => {
    await withBrowserPage({ width, height: HEIGHT }, async (page) => {
      const show = (contactId: string, switches = ''): Promise<unknown> =>
        page.goto(`${usual}/?contact=${contactId}&location=${location}${more}${switches}`);
      const name = `card ${location} ${width}${more}`;
      for (const [state, contactId] of Object.entries(contacts)) {
        await show(contactId);
        await page.getByRole('button', { name: 'Sync now' }).waitFor();
        await settled(page);
        await picture(page, `${name} ${state}`);
      }
      await show(contacts.ada, '&latency=2000');
      await page.getByText('Looking at HubSpot and Salesforce').first().waitFor();
      await picture(page, `${name} loading`);
      await show(contacts.ada, '&fails=get-record');
      await page.getByText('This contact cannot be shown').waitFor();
      await picture(page, `${name} error`);
      await show(contacts.ada, '&fails=offline');
      await page.getByText('This contact cannot be shown').waitFor();
      await picture(page, `${name} offline`);
    });
  });

  atEachWidth('of the bulk action', async (page, width) => {
    const address = `${usual}/?contact=${contacts.ada}&ticked=${contacts.ada}&action=open`;
    await page.goto(address);
    await page.getByRole('button', { name: 'Sync 1 contact' }).waitFor();
    await picture(page, `bulk ${width} normal`);
    await page.goto(`${address}&fails=sync-selected`);
    await page.getByRole('button', { name: 'Sync 1 contact' }).click();
    await page.getByText('Nothing was started').waitFor();
    await picture(page, `bulk ${width} error`);
  });

  atEachWidth('of the settings page', async (page, width) => {
    for (const [state, origin] of [
      ['normal', usual],
      ['empty', empty],
      ['large', large],
    ] as const) {
      await page.goto(`${origin}/?page=settings`);
      for (const title of await tabTitles(page)) {
        await openTab(page, title);
        await settled(page);
        await picture(page, `settings ${title} ${width} ${state}`);
      }
    }
  });

  atEachWidth('of the settings page while it loads, and when it cannot', async (page, width) => {
    await page.goto(`${usual}/?page=settings&latency=2000`);
    await page.locator('.ui-loading:visible').first().waitFor();
    await picture(page, `settings ${width} loading`);
    await page.goto(`${usual}/?page=settings&fails=everyCall`);
    await page.getByRole('button', { name: 'Try again' }).first().waitFor();
    await picture(page, `settings ${width} error`);
    await page.goto(`${usual}/?page=settings`);
    const [first, ...others] = await tabTitles(page);
    for (const [button, state] of [
      ['Latency: 2 s', 'loading'],
      ['Failure: Every call', 'error'],
    ] as const)
      for (const title of others) {
        // Anew each time: what was read once is shown while it is read again.
        await page.goto(`${usual}/?page=settings`);
        await page.getByRole('tab', { name: first ?? '' }).waitFor();
        await settled(page);
        await page.getByRole('button', { name: button }).click();
        await openTab(page, title);
        const place =
          state === 'loading'
            ? page.locator('.ui-loading:visible')
            : page.getByRole('button', { name: 'Try again' }).filter({ visible: true });
        const isThere = await place
          .first()
          .waitFor({ timeout: LOADING_MS })
          .then(
            () => true,
            () => false,
          );
        // A tab that asks for nothing has no such state.
        if (isThere) await picture(page, `settings ${title} ${width} ${state}`);
      }
  });
});
