// Every component of the preview's map, in a real browser, drawn from an extension that HubSpot's own build made.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as sdk from '@hubspot/ui-extensions';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KNOWN_COMPONENTS } from '../../src/preview/host/component-map.tsx';
import { expectAccessible } from './support/accessibility.ts';
import { closeBrowser, withBrowserPage } from './support/browser-page.ts';
import { startPreview } from './support/preview-server.ts';
import type { PreviewServer } from './support/preview-server.ts';
import { buildSampleExtensions } from './support/sample-extensions.ts';
import { SAMPLE_CONFIG, SamplePeople } from './support/sample-people.ts';

const SECTIONS = ['Texts and layout', 'States', 'Inputs', 'Tables', 'Dialogs'];
const WIDTHS = [350, 700, 1280];

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

/** The name a component goes by in the remote tree, or null for what is no component. */
function remoteName(exported: unknown): string | null {
  if (typeof exported === 'string') return exported;
  const named = exported as { readonly displayName?: unknown } | null;
  return typeof named?.displayName === 'string' ? named.displayName : null;
}

async function sectionsOf(page: Page, visit: (section: string) => Promise<void>): Promise<void> {
  await page.goto(`${preview.origin}/?page=settings`);
  for (const section of SECTIONS) {
    await page.getByRole('tab', { name: section }).click();
    await page.getByText(/^Last event: tab/).waitFor();
    await visit(section);
  }
}

describe("The preview's components", () => {
  it('are all of the stable ones of the SDK (hubspot-platform §4)', () => {
    const offered = Object.entries(sdk)
      .filter(([name]) => /^[A-Z]/.test(name))
      .map(([, exported]) => remoteName(exported))
      .filter((name) => name !== null);
    expect(offered.length).toBeGreaterThan(60);
    expect(offered.filter((name) => !KNOWN_COMPONENTS.includes(name))).toEqual([]);
  });

  it('are all used by the sample app', () => {
    const folder = join(import.meta.dirname, 'fixtures/sample-app');
    const source = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n')
      .replaceAll('Dropdown.ButtonItem', 'DropdownButtonItem');
    const unused = KNOWN_COMPONENTS.filter((name) => !new RegExp(`<${name}[\\s>]`).test(source));
    // The old spelling of TextArea.
    expect(unused).toEqual(['Textarea']);
  });

  it.each(WIDTHS)('fit a window %i pixels wide without scrolling sideways', async (width) => {
    await withBrowserPage({ width }, async (page) => {
      await sectionsOf(page, async (section) => {
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow, section).toBe(0);
      });
    });
  });

  it('leave no component undrawn, and show an unknown one by its name', async () => {
    const unknown: (string | null)[] = [];
    await withBrowserPage({}, async (page) => {
      await sectionsOf(page, async () => {
        for (const frame of await page.locator('[data-unknown-component]:visible').all()) {
          unknown.push(await frame.textContent());
        }
      });
    });
    expect(unknown).toEqual(['BrandNewThingIts content']);
  });

  it('give every input a name for screen readers', async () => {
    await withBrowserPage({}, async (page) => {
      await page.goto(`${preview.origin}/?page=settings`);
      await page.getByRole('tab', { name: 'Inputs' }).click();
      const named = [
        page.getByRole('textbox', { name: 'Name' }),
        page.getByRole('searchbox', { name: 'Owned search' }),
        page.getByRole('button', { name: 'Rule Two-way' }),
        page.getByRole('switch', { name: 'Create leads', checked: true }),
        page.getByRole('checkbox', { name: 'I agree' }),
        page.getByRole('radio', { name: 'Lead', checked: true }),
        page.getByRole('group', { name: 'Days' }),
        page.getByLabel('From'),
        page.getByLabel('Retries', { exact: true }),
      ];
      for (const input of named) await input.waitFor();
    });
  });

  it('tell how far things are', async () => {
    await withBrowserPage({}, async (page) => {
      await page.goto(`${preview.origin}/?page=settings`);
      await page.getByRole('tab', { name: 'States' }).click();
      const bar = page.getByRole('progressbar', { name: 'Import' });
      expect(await bar.getAttribute('aria-valuenow')).toBe('150');
      expect(await bar.getAttribute('aria-valuemax')).toBe('250');
      await page.getByText('60%').waitFor();
      await page.getByRole('alert').filter({ hasText: 'Alert danger' }).waitFor();
    });
  });

  it('draw charts whose values can be read', async () => {
    await withBrowserPage({}, async (page) => {
      await page.goto(`${preview.origin}/?page=settings`);
      await page.getByRole('tab', { name: 'States' }).click();
      const bars = page.getByRole('figure', { name: 'Records by state' });
      await bars.getByText('1,500').waitFor();
      const heights = await bars
        .locator('.ui-bar')
        .evaluateAll((all) => all.map((bar) => bar.getBoundingClientRect().height));
      expect(heights[0]).toBeGreaterThan((heights[1] ?? 0) * 2);
      const lines = page.getByRole('figure', { name: 'Calls by the hour' });
      await lines.getByRole('img', { name: 'Calls by the hour: at most 300' }).waitFor();
      expect(await lines.getByRole('listitem').allTextContents()).toEqual(['Live', 'Runs']);
    });
  });

  it('follow no script address', async () => {
    await withBrowserPage({}, async (page) => {
      await page.goto(`${preview.origin}/?page=settings`);
      const link = page.getByRole('link', { name: 'Not followed' });
      expect(await link.getAttribute('href')).toBe('#');
    });
  });
});

describe('axe finds nothing', () => {
  it('in any of the components', async () => {
    await withBrowserPage({}, async (page) => {
      await sectionsOf(page, (section) => expectAccessible(page, section));
    });
  });
});
