// The preview's page around the extensions: people, record, actions, function calls, and the panel that edits both
// sides.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GENERIC_FUNCTION_ERROR } from '../../src/service/function-outcome.ts';
import { closeBrowser, eventually, withBrowserPage } from './support/browser-page.ts';
import { startPreview } from './support/preview-server.ts';
import type { PreviewServer } from './support/preview-server.ts';
import { buildSampleExtensions } from './support/sample-extensions.ts';
import { SAMPLE_CONFIG, SamplePeople } from './support/sample-people.ts';

let bundlesFolder: string;
let people: SamplePeople;
let preview: PreviewServer;

beforeAll(async () => {
  bundlesFolder = await buildSampleExtensions();
});

beforeEach(async () => {
  people = new SamplePeople();
  preview = await startPreview({ ...people.dependencies(), config: SAMPLE_CONFIG, bundlesFolder });
  return () => preview.close();
});

afterAll(closeBrowser);

async function openRecord(page: Page, address = '/?contact=51'): Promise<void> {
  await page.goto(`${preview.origin}${address}`);
  await page.getByText('Running').waitFor();
}

describe('The record page', () => {
  it('opens with the first person when none is asked for', async () => {
    await withBrowserPage({}, async (page) => {
      await openRecord(page, '/');
      await page.getByRole('heading', { level: 1, name: 'Maria Johnson' }).waitFor();
      expect(new URL(page.url()).search).toBe('?contact=51&location=sidebar');
    });
  });

  it("hands the card HubSpot's context", async () => {
    await withBrowserPage({}, async (page) => {
      await openRecord(page, '/?contact=53&location=tab');
      const card = page.getByRole('region', { name: 'Salesforce sync' });
      const terms = await card.getByRole('definition').allTextContents();
      expect(terms).toEqual(['crm.record.tab', '53', '4242', 'admin@example.com', 'not told']);
    });
  });

  it('gives the card the width of the sidebar, or of a tab', async () => {
    await withBrowserPage({}, async (page) => {
      await openRecord(page);
      const card = page.getByRole('region', { name: 'Salesforce sync' });
      await eventually(async () => (await card.boundingBox())?.width).toBe(350);
      await page.getByRole('button', { name: 'Tab', exact: true }).click();
      await eventually(async () => (await card.boundingBox())?.width).toBeGreaterThan(600);
      expect(new URL(page.url()).search).toBe('?contact=51&location=tab');
      await page.goBack();
      await eventually(async () => (await card.boundingBox())?.width).toBe(350);
    });
  });

  it('finds people by name, and opens the one that is picked', async () => {
    await withBrowserPage({}, async (page) => {
      await openRecord(page);
      const list = page.getByRole('navigation', { name: 'People' });
      await list.getByRole('searchbox').fill('dunja.11');
      await eventually(() => list.getByRole('listitem').count()).toBe(1);
      await list.getByRole('button', { name: /Dunja/ }).click();
      await page.getByRole('heading', { level: 1, name: /Dunja/ }).waitFor();
      await list.getByRole('searchbox').fill('nobody at all');
      await list.getByText('Nobody matches “nobody at all”.').waitFor();
    });
  });

  it.each([420, 1024, 1280])('fits a window %i pixels wide', async (width) => {
    await withBrowserPage({ width }, async (page) => {
      for (const address of ['/?contact=51', '/?contact=51&location=tab']) {
        await openRecord(page, address);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow, address).toBe(0);
      }
    });
  });

  it("says that it is a likeness, and not HubSpot's", async () => {
    await withBrowserPage({}, async (page) => {
      await openRecord(page);
      await page.getByText("Not HubSpot's own page.").waitFor();
    });
  });

  it('says so when there is no such contact', async () => {
    await withBrowserPage({ expectErrors: [/404/] }, async (page) => {
      await page.goto(`${preview.origin}/?contact=999`);
      await page.getByRole('alert').filter({ hasText: 'There is no contact 999.' }).waitFor();
    });
  });
});

describe('A function call of the card', () => {
  it('answers with what the function returned', async () => {
    await withBrowserPage({}, async (page) => {
      await openRecord(page);
      await page.getByRole('button', { name: 'Call echo' }).click();
      await page.getByText('Function answered: {"echoed":"{\\"asked\\":\\"once\\"}"}').waitFor();
    });
  });

  it("rejects with HubSpot's generic sentence when the function threw (hubspot-platform §3)", async () => {
    await withBrowserPage({ expectErrors: [/400/] }, async (page) => {
      await openRecord(page);
      await page.getByRole('button', { name: 'Call broken' }).click();
      await page.getByText(`Function answered: rejected: ${GENERIC_FUNCTION_ERROR}`).waitFor();
    });
  });
});

describe('An action of the card', () => {
  it('addAlert shows an alert that can be dismissed', async () => {
    await withBrowserPage({}, async (page) => {
      await openRecord(page);
      await page.getByRole('button', { name: 'Add alert' }).click();
      const alerts = page.getByRole('status', { name: 'Alerts' });
      await alerts.getByText('All is well.').waitFor();
      await alerts.getByRole('button', { name: 'Dismiss' }).click();
      await eventually(() => alerts.getByText('All is well.').count()).toBe(0);
    });
  });

  it('openIframeModal names the address and loads nothing of it', async () => {
    await withBrowserPage({}, async (page) => {
      await openRecord(page);
      await page.getByRole('button', { name: 'Open frame' }).click();
      await page.getByRole('dialog').getByText('https://example.com/help').waitFor();
      expect(page.frames()).toHaveLength(1);
      await page.getByRole('button', { name: 'Close' }).click();
      await eventually(() => page.getByRole('dialog').count()).toBe(0);
    });
  });

  it('reloadPage starts the page anew', async () => {
    await withBrowserPage({}, async (page) => {
      await openRecord(page);
      await page.getByRole('button', { name: 'Call echo' }).click();
      await page.getByText(/answered: {/).waitFor();
      await page.getByRole('button', { name: 'Reload' }).click();
      await page.getByText('Function answered: not called').waitFor();
    });
  });
});

describe('A card that breaks', () => {
  it('is replaced by what it said, and the page stays', async () => {
    await withBrowserPage({ expectErrors: [/broke while rendering/] }, async (page) => {
      await openRecord(page);
      await page.getByRole('button', { name: 'Crash' }).click();
      await page.getByText('The extension stopped').waitFor();
      await page.getByRole('button', { name: /Brian/ }).first().click();
      await page.getByText('Running').waitFor();
    });
  });

  it('says when its bundle was never built', async () => {
    const bare = await startPreview({
      ...people.dependencies(),
      config: SAMPLE_CONFIG,
      bundlesFolder: import.meta.dirname,
    });
    await withBrowserPage({ expectErrors: [/failed to load/] }, async (page) => {
      await page.goto(`${bare.origin}/?contact=51`);
      await page.getByText('The extension stopped').waitFor();
    });
    await bare.close();
  });
});

describe('The edit panel', () => {
  it('edits the HubSpot side, tells the card, and shows the change arriving in Salesforce', async () => {
    await withBrowserPage({}, async (page) => {
      await openRecord(page);
      const hubspot = page.getByRole('form', { name: 'Edit the HubSpot side' });
      const salesforce = page.getByRole('form', { name: 'Edit the Salesforce side' });
      await hubspot.getByLabel('City').fill('Lisbon');
      await hubspot.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('definition').getByText('Lisbon').first().waitFor();
      await expect
        .poll(() => page.getByRole('definition').filter({ hasText: 'Lisbon' }).count())
        .toBe(2);
      expect(people.edits).toEqual([{ city: 'Lisbon' }]);
      expect(await salesforce.getByLabel('City').inputValue()).toBe('Berlin');

      people.sync('51');
      await eventually(() => salesforce.getByLabel('City').inputValue()).toBe('Lisbon');
      await salesforce.getByText('just changed').waitFor();
      const activity = page.getByRole('region', { name: 'Latest changes' });
      await activity.getByText('HubSpot changed last.').waitFor();
      expect(await activity.getByRole('listitem').count()).toBe(1);
    });
  });

  it('keeps the types of Salesforce fields', async () => {
    await withBrowserPage({}, async (page) => {
      await openRecord(page);
      const salesforce = page.getByRole('form', { name: 'Edit the Salesforce side' });
      await salesforce.getByLabel('HasOptedOutOfEmail').check();
      await salesforce.getByLabel('NumberOfEmployees').fill('13');
      await salesforce.getByRole('button', { name: 'Save' }).click();
      await expect
        .poll(() => people.edits)
        .toEqual([{ HasOptedOutOfEmail: true, NumberOfEmployees: 13 }]);
    });
  });

  it('never overwrites what is being typed', async () => {
    await withBrowserPage({}, async (page) => {
      await openRecord(page);
      const salesforce = page.getByRole('form', { name: 'Edit the Salesforce side' });
      await salesforce.getByLabel('City').fill('half-typed');
      await page
        .getByRole('form', { name: 'Edit the HubSpot side' })
        .getByLabel('City')
        .fill('Oslo');
      await page.keyboard.press('Enter');
      await eventually(() => people.edits).toHaveLength(1);
      people.sync('51');
      await salesforce.getByText('just changed').waitFor();
      expect(await salesforce.getByLabel('City').inputValue()).toBe('half-typed');
    });
  });

  it("shows the CRM's refusal", async () => {
    await withBrowserPage({ expectErrors: [/422/] }, async (page) => {
      await openRecord(page);
      const hubspot = page.getByRole('form', { name: 'Edit the HubSpot side' });
      await hubspot.getByLabel('Email').fill('nonsense');
      await hubspot.getByRole('button', { name: 'Save' }).click();
      await hubspot.getByRole('alert').getByText('HubSpot refused').waitFor();
      expect(await hubspot.getByLabel('Email').inputValue()).toBe('nonsense');
    });
  });

  it('is not there when the CRMs are real', async () => {
    const real = await startPreview({
      ...people.dependencies(),
      config: { ...SAMPLE_CONFIG, mode: 'real' },
      bundlesFolder,
    });
    await withBrowserPage({}, async (page) => {
      await page.goto(`${real.origin}/?contact=51`);
      await page.getByText('Running').waitFor();
      expect(await page.getByRole('region', { name: 'Edit both sides' }).count()).toBe(0);
      await page.getByText('Connected to real CRMs').waitFor();
    });
    await real.close();
  });
});

describe('The settings page', () => {
  it('opens by its address and by the link, and Back returns', async () => {
    await withBrowserPage({}, async (page) => {
      await openRecord(page);
      await page.getByRole('link', { name: 'Settings page' }).click();
      await page.getByRole('heading', { name: 'Every component' }).waitFor();
      expect(new URL(page.url()).search).toBe('?page=settings');
      await page.goBack();
      await page.getByText('Running').waitFor();
    });
  });
});
