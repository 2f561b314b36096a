// The card as a rep meets it, in the real bundle with the real functions: a look before a sync, what it wrote, the
// history of a person, taking it back, a conflict, a wrong pair; at the widths HubSpot gives, and when things fail.
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { functionFailed } from '../../src/service/function-outcome.ts';
import { createWorld, type World } from '../e2e/support/world.ts';
import { closeBrowser, eventually, withBrowserPage } from './support/browser-page.ts';
import type { PreviewServer } from './support/preview-server.ts';
import { tandemInPreview } from './support/tandem-in-preview.ts';
import { takeScreenshot } from './support/screenshots.ts';

let world: World;
let preview: PreviewServer;
/** Calls that fail, or never answer, by name. */
const trouble = new Map<string, 'fails' | 'hangs'>();

beforeAll(async () => {
  world = await createWorld();
  await world.configure({ mappings: { defaultRules: { city: 'twoWay', jobtitle: 'twoWay' } } });
  preview = await tandemInPreview(world, (run) => (name, parameters) => {
    if (trouble.get(name) === 'hangs') return new Promise(() => undefined);
    if (trouble.get(name) === 'fails') return Promise.resolve(functionFailed(name, 'no network'));
    return run(name, parameters);
  });
}, 120_000);

afterAll(async () => {
  await closeBrowser();
  await preview.close();
  await world.close();
});

let people = 0;
/** A pair that is in sync, in two campaigns. */
async function aPerson(): Promise<{ id: string; leadId: string }> {
  people += 1;
  const email = `ada${people}@engines.example.com`;
  const { org } = world.salesforce;
  const LeadId = org.insert('Lead', {
    FirstName: 'Ada',
    LastName: 'Lovelace',
    Company: 'Analytical Engines Ltd',
    Email: email,
    Title: 'Chief Analyst',
    Phone: '+44 20 7946 0958',
    City: 'London',
    Country: 'United Kingdom',
    Industry: 'Technology',
    LeadSource: 'Web',
    Status: 'Working - Contacted',
  });
  for (const [Name, Status] of [
    ['Spring fair', 'Responded'],
    ['Newsletter of the Analytical Society', 'Sent'],
  ] as const)
    org.insert('CampaignMember', { CampaignId: org.insert('Campaign', { Name }), LeadId, Status });
  const { id } = world.hubspot.portal.create({ email, firstname: 'Ada', lastname: 'Lovelace' });
  await world.settle();
  return { id, leadId: LeadId };
}

async function openCard(page: Page, id: string, location: 'sidebar' | 'tab'): Promise<Locator> {
  await page.goto(`${preview.origin}/?contact=${id}&location=${location}`);
  const card = page.locator('[data-extension="SyncCard.js"][data-stage="shown"]');
  await card.getByRole('button', { name: 'Sync now' }).waitFor();
  return card;
}

const cityOf = ({ id, leadId }: { id: string; leadId: string }) => [
  world.hubspot.portal.get(id)?.properties.city,
  world.salesforce.org.get('Lead', leadId)?.City,
];

const WIDTHS = [
  ['sidebar', 'sidebar', 1024],
  ['narrow', 'sidebar', 420],
  ['tab', 'tab', 1440],
] as const;

describe('A rep', () => {
  it.each(WIDTHS)('looks before syncing, syncs, and takes it back (%s)', async (...row) => {
    const [name, location, width] = row;
    const ada = await aPerson();
    world.hubspot.portal.update(ada.id, { city: 'Paris', lastname: 'Byron' });
    world.salesforce.org.update('Lead', ada.leadId, { Phone: '+44 1' });
    await withBrowserPage({ width, height: 1100 }, async (page) => {
      const card = await openCard(page, ada.id, location);
      await card.getByText('Spring fair').first().waitFor();
      await takeScreenshot(page, `card-${name}-differences`);
      await card.getByRole('button', { name: 'Sync now' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('Writes 3 fields.').waitFor();
      await takeScreenshot(page, `card-${name}-look`);
      await dialog.getByRole('button', { name: 'Sync', exact: true }).click();
      await card.getByText('Synced 3 fields.').waitFor();
      await takeScreenshot(page, `card-${name}-synced`);
      expect(cityOf(ada)).toEqual(['Paris', 'Paris']);
      await card.getByRole('button', { name: 'Undo this sync' }).click();
      await dialog.getByText('Puts 3 values back.').waitFor();
      await takeScreenshot(page, `card-${name}-undo`);
      await dialog.getByRole('button', { name: 'Undo', exact: true }).click();
      await card.getByText('Put 3 values back.').waitFor();
      await takeScreenshot(page, `card-${name}-undone`);
    });
    expect(cityOf(ada)).toEqual(['London', 'London']);
    expect(world.hubspot.portal.get(ada.id)?.properties.lastname).toBe('Byron');
  });

  it.each(WIDTHS)(
    'reads the history of a person, and undoes one value of it (%s)',
    async (...row) => {
      const [name, location, width] = row;
      const ada = await aPerson();
      world.hubspot.portal.update(ada.id, { city: 'Paris', jobtitle: 'Countess' });
      await world.notice([{ side: 'hubspot', id: ada.id }]);
      await world.settle();
      await withBrowserPage({ width, height: 1100 }, async (page) => {
        const card = await openCard(page, ada.id, location);
        if (location === 'tab')
          await card.getByRole('tab', { name: 'History of this person' }).click();
        else await card.getByRole('button', { name: 'History' }).click();
        const place = location === 'tab' ? card : page.getByRole('dialog').first();
        await place.getByText('Countess').filter({ visible: true }).first().waitFor();
        await takeScreenshot(page, `card-${name}-history`);
        const line = place.getByRole('row').filter({ hasText: 'Paris', visible: true }).first();
        await line.getByRole('button', { name: 'Undo' }).click();
        const dialog = page.getByRole('dialog', { name: 'Undo?' });
        await dialog.getByText('Puts 1 value back.').waitFor();
        await dialog.getByRole('button', { name: 'Undo', exact: true }).click();
        await place.getByText('Taken back').filter({ visible: true }).first().waitFor();
        await takeScreenshot(page, `card-${name}-history-undone`);
      });
      expect(cityOf(ada)).toEqual(['London', 'London']);
      expect(world.salesforce.org.get('Lead', ada.leadId)?.Title).toBe('Countess');
    },
  );

  it('chooses a side of a conflict where it is shown', async () => {
    const ada = await aPerson();
    world.hubspot.portal.update(ada.id, { city: 'Paris' });
    world.salesforce.org.update('Lead', ada.leadId, { City: 'Turin' });
    await withBrowserPage({ width: 1440, height: 1000 }, async (page) => {
      const card = await openCard(page, ada.id, 'tab');
      await card.getByRole('switch').click();
      await takeScreenshot(page, 'card-tab-conflict');
      await card.getByRole('button', { name: 'Use HubSpot’s value' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('Writes 1 field.').waitFor();
      await takeScreenshot(page, 'card-tab-conflict-look');
      await dialog.getByRole('button', { name: 'Sync', exact: true }).click();
      await card.getByText('Synced 1 field.').waitFor();
    });
    expect(cityOf(ada)).toEqual(['Paris', 'Paris']);
  });

  it('unlinks a wrong pair', async () => {
    const ada = await aPerson();
    await withBrowserPage({ width: 1024, height: 1000 }, async (page) => {
      const card = await openCard(page, ada.id, 'sidebar');
      await card.getByRole('button', { name: 'Wrong record?' }).click();
      const dialog = page.getByRole('dialog');
      await takeScreenshot(page, 'card-sidebar-pairing');
      await dialog.getByRole('button', { name: 'Unlink the two' }).click();
      await card.getByText(/no pair any more/).waitFor();
      await takeScreenshot(page, 'card-sidebar-unlinked');
    });
    const [link] = await world.pipeline.ports.store.links.find({
      hubspot: [ada.id],
      salesforce: [],
    });
    expect(link?.salesforceId).toBeNull();
  });

  it('is told when it cannot be read, and sees it once it can', async () => {
    const ada = await aPerson();
    await withBrowserPage({ width: 1024, expectErrors: [/400/] }, async (page) => {
      trouble.set('get-record', 'hangs');
      await page.goto(`${preview.origin}/?contact=${ada.id}&location=sidebar`);
      await page.getByText('Looking at HubSpot and Salesforce').first().waitFor();
      await takeScreenshot(page, 'card-sidebar-loading');
      trouble.set('get-record', 'fails');
      await page.goto(`${preview.origin}/?contact=${ada.id}&location=tab`);
      await page.getByText('This contact cannot be shown').waitFor();
      await takeScreenshot(page, 'card-tab-error');
      trouble.clear();
      await page.getByRole('button', { name: 'Try again' }).click();
      await eventually(() => page.getByRole('button', { name: 'Sync now' }).count()).toBe(1);
    });
  });
});
