// Every kind of component by the keyboard alone: reached by Tab, worked by the keys that HubSpot's own go by.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeBrowser, eventually, withBrowserPage } from './support/browser-page.ts';
import { Person } from './support/person.ts';
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

function inSection(
  section: string,
  test: (person: Person, page: Page) => Promise<void>,
): Promise<void> {
  return withBrowserPage({}, async (page) => {
    await page.goto(`${preview.origin}/?page=settings`);
    const person = new Person(page, 'keyboard');
    await person.press(section, { as: 'tab' });
    await test(person, page);
  });
}

const told = (person: Person, line: string): Promise<void> => person.sees(`Last event: ${line}`);
const focusIsOn = (page: Page, name: string): Promise<boolean> =>
  page
    .getByRole('button', { name, exact: true })
    .evaluate((element) => element === document.activeElement);

describe('By the keyboard alone', () => {
  it('tabs go to both ends', async () => {
    await inSection('Dialogs', async (person, page) => {
      await page.keyboard.press('Home');
      await told(person, 'tab texts');
      await page.keyboard.press('End');
      await told(person, 'tab dialogs');
    });
  });

  it('inputs, lists, switches and ticks are filled in, and submitted', async () => {
    await inSection('Inputs', async (person, page) => {
      await person.write('Name', 'Ada');
      // A letter finds an option of a short list.
      await person.choose('Rule', 'Two-way');
      await page.keyboard.press('Enter');
      await page.keyboard.press('a');
      await page.keyboard.press('Enter');
      await person.choose('Field', 'Field number 12');
      await told(person, 'field field_12');
      await person.press('Increase Retries');
      await person.press('Create leads', { as: 'switch' });
      await person.press(/^I agree/, { as: 'checkbox' });
      await person.press('Tuesday', { as: 'checkbox' });
      await person.press(/^To HubSpot/, { as: 'radio' });
      await person.press('Submit');
      const line = page.getByText(/^Last event: submitted/);
      await line.waitFor();
      const values: unknown = JSON.parse((await line.textContent())?.split('submitted ')[1] ?? '');
      expect(values).toMatchObject({
        name: 'Ada',
        rule: 'alwaysSalesforce',
        field: 'field_12',
        retries: 3,
        createLeads: false,
        agreed: true,
        days: ['mon', 'tue'],
        direction: 'toHubSpot',
      });
    });
  });

  it('a list that is left closes, and Tab goes on from its button', async () => {
    await inSection('Inputs', async (person, page) => {
      await person.choose('Rule', 'Two-way');
      await page.keyboard.press('Enter');
      await page.getByRole('listbox').waitFor();
      await page.keyboard.press('Tab');
      await eventually(() => page.getByRole('listbox').count()).toBe(0);
      expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('field');
    });
  });

  it('a menu opens by its arrow, closes by Escape and Tab, and gives the focus back', async () => {
    await inSection('Dialogs', async (person, page) => {
      const first = page.getByRole('menuitem', { name: 'First action' });
      await person.press('More actions');
      await first.waitFor();
      await page.keyboard.press('Escape');
      await eventually(() => focusIsOn(page, 'More actions')).toBe(true);
      await page.keyboard.press('ArrowDown');
      await first.waitFor();
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: 'From a menu' }).waitFor();
      await page.keyboard.press('Escape');
      await eventually(() => focusIsOn(page, 'More actions')).toBe(true);
      await page.keyboard.press('ArrowDown');
      await first.waitFor();
      await page.keyboard.press('Tab');
      await eventually(() => page.getByRole('menuitem').count()).toBe(0);
    });
  });

  it('a panel holds the focus from its first stop to its last, and Escape leaves it', async () => {
    await inSection('Dialogs', async (person, page) => {
      await person.press('Open panel');
      const panel = person.dialog('Add a mapping');
      await panel.waitFor();
      await person.press('Cancel', { within: panel });
      await eventually(() => panel.count()).toBe(0);
      await eventually(() => focusIsOn(page, 'Open panel')).toBe(true);
      await page.keyboard.press('Enter');
      await panel.waitFor();
      await page.keyboard.press('Shift+Tab');
      await eventually(() => focusIsOn(page, 'Cancel')).toBe(true);
      await page.keyboard.press('Tab');
      expect(
        await panel.getByRole('button', { name: 'Close' }).locator(':scope:focus').count(),
      ).toBe(1);
      // A list inside closes first, and the panel with the next Escape.
      await person.choose('Rule', 'Do not sync', panel);
      await page.keyboard.press('Enter');
      await page.getByRole('listbox').waitFor();
      await page.keyboard.press('Escape');
      await eventually(() => page.getByRole('listbox').count()).toBe(0);
      expect(await panel.count()).toBe(1);
      await page.keyboard.press('Escape');
      await eventually(() => panel.count()).toBe(0);
    });
  });

  it('a table is sorted, and its pages turned', async () => {
    await inSection('Tables', async (person) => {
      await person.press('HubSpot property');
      await told(person, 'sort descending');
      await person.press('Next');
      await told(person, 'page 2');
    });
  });

  it('what unfolds does, and tooltips come with the focus', async () => {
    await inSection('States', async (person, page) => {
      await person.press('Why is this blocked?');
      await eventually(() =>
        page.getByRole('button', { name: 'Why is this blocked?' }).getAttribute('aria-expanded'),
      ).toBe('true');
      await person.press('Hover me');
      await page.getByRole('tooltip').getByText('Told on a button').waitFor();
    });
  });
});
