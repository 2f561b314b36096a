// The tabs of the settings page that tell how the sync is doing: overview, problems, versions, runs; over the real
// functions, at the widths HubSpot gives.
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunState } from '../../src/store/runs-port.ts';
import { createWorld, type World } from '../e2e/support/world.ts';
import { executeOn } from '../support/postgres.ts';
import { closeBrowser, eventually, withBrowserPage } from './support/browser-page.ts';
import type { PreviewServer } from './support/preview-server.ts';
import { takeScreenshot } from './support/screenshots.ts';
import { tandemInPreview } from './support/tandem-in-preview.ts';

const WIDTHS = [420, 800, 1280] as const;
const FROZEN = 30;
const SOMEBODY = expect.stringContaining('@') as string;

let world: World;
let preview: PreviewServer;
let thaw: () => void;

beforeAll(async () => {
  world = await createWorld();
  const { org } = world.salesforce;
  const { portal } = world.hubspot;
  for (let index = 0; index < 40; index += 1)
    org.insert('Lead', {
      LastName: `Walker ${index}`,
      Company: 'Acme',
      Email: `walker${index}@example.com`,
    });
  thaw = org.addValidationRule('Lead', {
    name: 'Frozen',
    message: 'Leads of Frost are frozen until the audit is over.',
    fails: ({ Company }) => Company === 'Frost',
  });
  for (let index = 0; index < FROZEN; index += 1)
    portal.create({
      email: `frozen${index}@example.com`,
      firstname: 'Ada',
      lastname: `Frost ${index}`,
      company: 'Frost',
    });
  for (let index = 0; index < 5; index += 1)
    portal.create({ firstname: 'Nameless', lastname: `Visitor ${index}` });
  portal.create({
    email: 'grace@example.com',
    lastname: 'Hopper',
    company: 'Navy',
    jobtitle: 'Rear admiral '.repeat(12),
  });
  portal.createList({ name: 'Sales-ready', processingType: 'DYNAMIC', filter: () => true });
  await world.settle();
  const custom = {
    hubspotProperty: 'is_customer',
    leadField: 'Is_Customer__c',
    contactField: 'Is_Customer__c',
    rule: 'twoWay',
  };
  await world.configure({ mappings: { custom: [custom] } });
  await world.configure({
    mappings: { custom: [{ ...custom, hubspotProperty: 'gone_property' }] },
  });
  await world.configure({ timeZone: 'Europe/Berlin', campaigns: { sync: false } });
  preview = await tandemInPreview(world);
}, 120_000);

afterAll(async () => {
  await closeBrowser();
  await preview.close();
  await world.close();
});

async function open(page: Page, tab: string): Promise<Locator> {
  await page.goto(`${preview.origin}/?page=settings`);
  const settings = page.locator('[data-extension="SettingsPage.js"][data-stage="shown"]');
  await settings.getByRole('tab', { name: tab }).click();
  return settings;
}

async function expectFit(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
}

/** Calls of a day to draw; somebody else's too. */
async function callsOfToday(): Promise<void> {
  const hourMs = 3_600_000;
  const now = Math.floor(Date.now() / hourMs) * hourMs;
  const hours = Array.from({ length: 9 }, (_, index) => ({
    start: now - (8 - index) * hourMs,
    calls: { live: 300 + index * 40, retry: index % 3 === 0 ? 60 : 0, runs: index < 3 ? 1_500 : 0 },
  }));
  const told = { limit: 15_000, used: 9_300, ours: 8_820, at: Date.now() };
  const account = JSON.stringify({ hours, told, pausedUntil: 0, timeZone: 'UTC' });
  await executeOn(
    world.configuration.databaseUrl,
    `update api_accounts set account = '${account}', version = version + 1 where crm = 'Salesforce'`,
  );
}

describe('The overview', () => {
  it.each(WIDTHS)('shows how the sync is doing (%i pixels)', async (width) => {
    const { health } = world.pipeline.ports.store;
    await callsOfToday();
    await health.set('this test', {
      at: Date.now(),
      role: 'service',
      version: '0',
      lag: {
        hubspotToSalesforce: { p50: 1.84, p95: 4.2, samples: 1_204 },
        salesforceToHubSpot: { p50: 12.4, p95: 31, samples: 87 },
      },
      queue: { waiting: 310, active: 50 },
    });
    await withBrowserPage({ width, height: 1500 }, async (page) => {
      const settings = await open(page, 'Overview');
      await settings.getByText('1.8 s').waitFor();
      await settings.getByRole('figure', { name: 'Records by state' }).getByText('41').waitFor();
      await settings.getByText('Custom Salesforce code').waitFor();
      await settings.getByRole('img', { name: 'Salesforce calls by the hour' }).waitFor();
      await expectFit(page);
      await takeScreenshot(page, `settings-overview-${width}`);
    });
    await health.remove('this test');
  });

  it('says that nobody is at work', async () => {
    await withBrowserPage({}, async (page) => {
      const settings = await open(page, 'Overview');
      await settings.getByText('Nobody is at work at the moment').waitFor();
    });
  });
});

describe('Problems', () => {
  it.each(WIDTHS)('are told by category and by field (%i pixels)', async (width) => {
    await withBrowserPage({ width, height: 1300 }, async (page) => {
      const settings = await open(page, 'Problems');
      await settings.getByText(/Leads of Frost are frozen/).waitFor();
      await settings.getByText('Fields left out').waitFor();
      await settings.getByRole('button', { name: /^Left out as they are/ }).click();
      await settings.getByText(/has no e-mail address/).waitFor();
      await expectFit(page);
      await takeScreenshot(page, `settings-problems-${width}`);
    });
  });

  it('are exported as text to copy', async () => {
    await withBrowserPage({ height: 900 }, async (page) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      const settings = await open(page, 'Problems');
      await settings.getByRole('button', { name: 'Export problems' }).click();
      const panel = page.getByRole('dialog');
      await panel.getByRole('button', { name: `Copy ${FROZEN} records` }).click();
      await panel.getByText(`Copied ${FROZEN} records`).waitFor();
      await takeScreenshot(page, 'settings-problems-export');
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      expect(copied).toContain('Ada Frost 3,frozen3@example.com,Needs attention');
    });
  });

  it('are told record by record, tried again one by one and all together', async () => {
    await withBrowserPage({ height: 1000 }, async (page) => {
      const settings = await open(page, 'Problems');
      await settings.getByRole('button', { name: `Show ${FROZEN} records` }).click();
      const panel = page.getByRole('dialog');
      await panel.getByText('Ada Frost 3', { exact: true }).waitFor();
      await panel.getByRole('button', { name: 'Try again' }).first().click();
      await panel.getByText('Tried just now').waitFor();
      thaw();
      await panel.getByRole('button', { name: 'Try again' }).first().click();
      await panel.getByText('In sync now').waitFor();
      await takeScreenshot(page, 'settings-problem-records');
      await panel.getByRole('button', { name: 'Next' }).click();
      await panel.getByText('Page 2').waitFor();
      await panel.getByRole('button', { name: 'Close' }).click();
      await settings.getByRole('button', { name: 'Try all again' }).first().click();
      await page.getByText('Run started').waitFor();
    });
    const [run] = await world.pipeline.ports.store.runs.list(1);
    expect(run).toMatchObject({
      kind: 'retry',
      scope: { categories: ['customSalesforceCode'] },
      startedBy: SOMEBODY,
    });
  });
});

describe('Versions', () => {
  it.each(WIDTHS)('are listed and compared (%i pixels)', async (width) => {
    await withBrowserPage({ width, height: 900 }, async (page) => {
      const settings = await open(page, 'Versions');
      await settings.getByText('Built-in settings').waitFor();
      await expectFit(page);
      await takeScreenshot(page, `settings-versions-${width}`);
      await settings.getByRole('button', { name: 'Compare with now' }).first().click();
      const panel = page.getByRole('dialog');
      await panel.getByText('HubSpot has no contact property “gone_property”.').waitFor();
      await takeScreenshot(page, `settings-version-gone-${width}`);
    });
  });

  it('are restored after showing what that changes', async () => {
    await withBrowserPage({ height: 900 }, async (page) => {
      const settings = await open(page, 'Versions');
      await settings.getByText('Version 1', { exact: true }).waitFor();
      await settings.getByRole('button', { name: 'Compare with now' }).nth(1).click();
      const panel = page.getByRole('dialog');
      await panel.getByText('Mapping of Is customer').waitFor();
      await takeScreenshot(page, 'settings-version-compared');
      await panel.getByRole('button', { name: 'Restore version 1' }).click();
      await settings.getByText('Restored version 1').waitFor();
    });
    await eventually(
      async () => (await world.pipeline.ports.store.settings.current()).settings.mappings.custom,
    ).toMatchObject([{ hubspotProperty: 'is_customer' }]);
  });
});

describe('Runs', () => {
  it('say that there are none, what they do, and when they cannot be loaded', async () => {
    const other = await createWorld();
    const empty = await tandemInPreview(other);
    await withBrowserPage({ height: 700 }, async (page) => {
      await page.goto(`${empty.origin}/?page=settings`);
      await page.getByRole('tab', { name: 'Runs' }).click();
      await page.getByText('No runs yet').waitFor();
      await takeScreenshot(page, 'settings-runs-empty');
    });
    await withBrowserPage({ height: 700 }, async (page) => {
      await page.goto(`${empty.origin}/?page=settings`);
      await page.route('**/functions/get-runs', (route) =>
        route.fulfill({
          json: {
            ok: false,
            error: {
              code: 'CRM_UNAVAILABLE',
              message: 'The database does not answer.',
              fix: 'Try again in a minute.',
              field: null,
            },
          },
        }),
      );
      await page.getByRole('tab', { name: 'Runs' }).click();
      await page.getByText('The runs could not be loaded').waitFor();
      await takeScreenshot(page, 'settings-runs-error');
    });
    await withBrowserPage({ height: 700 }, async (page) => {
      await page.goto(`${empty.origin}/?page=settings`);
      await page.route('**/functions/get-runs', () => undefined);
      await page.getByRole('tab', { name: 'Runs' }).click();
      await page.getByText('Loading the runs').waitFor();
      await takeScreenshot(page, 'settings-runs-loading');
    });
    await empty.close();
    await other.close();
  });

  it.each(WIDTHS)('are shown in every state (%i pixels)', async (width) => {
    const { runs } = world.pipeline.ports.store;
    if (width === WIDTHS[0]) await runsInEveryState();
    expect((await runs.list(20)).length).toBeGreaterThan(4);
    await withBrowserPage({ width, height: 1300 }, async (page) => {
      const settings = await open(page, 'Runs');
      await settings.getByText('Given up after several tries').waitFor();
      await expectFit(page);
      await takeScreenshot(page, `settings-runs-${width}`);
    });
  });
});

/** As workers leave them behind. */
async function runsInEveryState(): Promise<void> {
  const { runs } = world.pipeline.ports.store;
  const start = { settingsVersion: 4, startedBy: 'maya@example.com', dry: false } as const;
  const counts = { created: 2_300, updated: 900, paired: 40, unchanged: 260, skipped: 20 };
  const worked = async (kind: 'import' | 'everything' | 'push', isOver: boolean) => {
    const { id } = await runs.start({ ...start, kind, scope: {} });
    await runs.take(id, 'worker');
    await runs.advance(id, 'worker', {
      checkpoint: { walk: 0, at: '1' },
      counts: { seen: 3_520, ...counts, failed: 0 },
      total: kind === 'push' ? null : 12_000,
      workedMs: 65_000,
      records: [],
      ends: isOver,
    });
    return id;
  };
  const move = (id: string, to: RunState, trouble: string | null = null) =>
    runs.move(id, ['waiting', 'running'], to, trouble);
  await worked('import', true);
  await worked('import', false);
  await worked('push', false);
  await move(await worked('everything', false), 'paused');
  await move(await worked('everything', false), 'cancelled');
  await move(await worked('import', false), 'failed', 'Salesforce did not answer');
  const condition = "Industry IN ('Technology', 'Energy') AND CreatedDate = LAST_N_DAYS:90";
  await runs.start({ ...start, kind: 'import', scope: { object: 'Lead', condition }, dry: true });
}
