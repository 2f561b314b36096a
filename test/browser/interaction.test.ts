// What people do with an extension's components, through the worker and back.
import type { Page } from 'playwright-core';
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

function inSection(section: string, test: (page: Page) => Promise<void>): Promise<void> {
  return withBrowserPage({}, async (page) => {
    await page.goto(`${preview.origin}/?page=settings`);
    await page.getByRole('tab', { name: section }).click();
    await test(page);
  });
}

/** Waits until the extension reported this. */
async function told(page: Page, line: string): Promise<void> {
  await page.getByText(`Last event: ${line}`, { exact: true }).waitFor();
}

describe('Tabs', () => {
  it('show the titles of the Tab children in their order, and one panel at a time', async () => {
    await inSection('States', async (page) => {
      expect(await page.getByRole('tab').allTextContents()).toEqual([
        'Texts and layout',
        'States',
        'Inputs',
        'Tables',
        'Dialogs',
        'Disabled',
      ]);
      expect(await page.getByRole('tabpanel').count()).toBe(1);
    });
  });

  it('move with the arrow keys, past the disabled one', async () => {
    await inSection('Dialogs', async (page) => {
      await page.keyboard.press('ArrowRight');
      await told(page, 'tab texts');
      expect(await page.getByRole('tab', { selected: true }).textContent()).toBe(
        'Texts and layout',
      );
    });
  });
});

describe('An input', () => {
  it('keeps every key of fast typing while the extension echoes them', async () => {
    await inSection('Inputs', async (page) => {
      const input = page.getByRole('searchbox', { name: 'Owned search' });
      const typed = 'Prefer Salesforce unless blank, two-way';
      await input.pressSequentially(typed);
      await page.getByText(`The extension has: “${typed}”`).waitFor();
      expect(await input.inputValue()).toBe(typed);
    });
  });

  it('takes over what the extension sets, also after typing', async () => {
    await inSection('Inputs', async (page) => {
      const input = page.getByRole('searchbox', { name: 'Owned search' });
      await input.pressSequentially('abc');
      await page.getByRole('button', { name: 'Set text' }).click();
      await page.getByText('The extension has: “set by the extension”').waitFor();
      expect(await input.inputValue()).toBe('set by the extension');
      await page.getByRole('button', { name: 'Clear' }).click();
      await page.getByText('The extension has: “”').waitFor();
    });
  });

  it('tells onChange when it is left, not at every key', async () => {
    await inSection('Inputs', async (page) => {
      await page.getByRole('textbox', { name: 'Name' }).pressSequentially('Ada');
      await told(page, 'tab inputs');
      await page.keyboard.press('Tab');
      await told(page, 'name Ada');
    });
  });

  it('keeps a number within its bounds', async () => {
    await inSection('Inputs', async (page) => {
      const batch = page.getByLabel('Batch');
      await batch.fill('900');
      await batch.blur();
      await eventually(() => batch.inputValue()).toBe('500');
      const more = page.getByRole('button', { name: 'Increase Retries' });
      await more.click();
      await eventually(() => more.isDisabled()).toBe(true);
    });
  });
});

describe('A select', () => {
  it('searches among many options by keyboard alone', async () => {
    await inSection('Inputs', async (page) => {
      await page.getByRole('button', { name: /^Field/ }).focus();
      await page.keyboard.press('ArrowDown');
      await page.getByRole('combobox').waitFor();
      // 27, 127, 227 and 270 to 279.
      await page.keyboard.type('number 27');
      await eventually(() => page.getByRole('option').count()).toBe(13);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await told(page, 'field field_127');
      await page.getByRole('button', { name: 'Field Field number 127' }).waitFor();
      expect(await page.getByRole('listbox').count()).toBe(0);
    });
  });

  it('with several choices stays open until it is left', async () => {
    await inSection('Inputs', async (page) => {
      await page.getByRole('button', { name: /^Lists/ }).click();
      await page.getByRole('option', { name: 'Two-way' }).click();
      await page.getByRole('option', { name: 'Always use Salesforce' }).click();
      await told(page, 'lists twoWay+alwaysSalesforce');
      await page.getByText('Every component').click();
      await eventually(() => page.getByRole('listbox').count()).toBe(0);
    });
  });
});

describe('A form', () => {
  it('submits the values of all its named inputs, the half-typed one too', async () => {
    await inSection('Inputs', async (page) => {
      await page.getByRole('checkbox', { name: 'I agree' }).check();
      await page.getByRole('radio', { name: 'To HubSpot' }).check();
      await page.getByRole('textbox', { name: 'Name' }).fill('Ada');
      await page.keyboard.press('Enter');
      const line = page.getByText(/^Last event: submitted/);
      await line.waitFor();
      const values: unknown = JSON.parse((await line.textContent())?.split('submitted ')[1] ?? '');
      expect(values).toMatchObject({
        name: 'Ada',
        rule: 'twoWay',
        batch: 200,
        retries: 2,
        from: { year: 2026, month: 10, date: 23, formattedDate: '11/23/2026' },
        at: { hours: 9, minutes: 30 },
        createLeads: true,
        agreed: true,
        object: 'Lead',
        days: ['mon'],
        direction: 'toHubSpot',
      });
    });
  });
});

describe('A table', () => {
  it('turns its pages', async () => {
    await inSection('Tables', async (page) => {
      await page.getByRole('button', { name: 'Next' }).click();
      await told(page, 'page 2');
      await page.getByRole('cell', { name: /^property_05/ }).waitFor();
      await page.getByRole('button', { name: 'Last' }).click();
      await page.getByRole('cell', { name: /^property_22/ }).waitFor();
      expect(await page.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true);
    });
  });

  it('sorts by a click on its header', async () => {
    await inSection('Tables', async (page) => {
      const header = page.getByRole('columnheader', { name: 'HubSpot property' });
      expect(await header.getAttribute('aria-sort')).toBe('ascending');
      await header.getByRole('button').click();
      await told(page, 'sort descending');
      await page.getByRole('cell', { name: /^property_22/ }).waitFor();
      expect(await header.getAttribute('aria-sort')).toBe('descending');
    });
  });

  it('keeps the buttons of its rows apart', async () => {
    await inSection('Tables', async (page) => {
      await page
        .getByRole('row', { name: /property_03/ })
        .getByRole('button')
        .click();
      await told(page, 'edit property_03');
    });
  });
});

describe('An overlay', () => {
  it('opens as a modal from a button, holds the focus, and gives it back at Escape', async () => {
    await inSection('Dialogs', async (page) => {
      const opener = page.getByRole('button', { name: 'Open modal' });
      await opener.click();
      const dialog = page.getByRole('dialog', { name: 'Delete this mapping?' });
      await dialog.waitFor();
      for (let presses = 0; presses < 5; presses += 1) await page.keyboard.press('Tab');
      expect(await dialog.locator(':focus').count()).toBe(1);
      await page.keyboard.press('Escape');
      await told(page, 'modal closed');
      expect(await dialog.count()).toBe(0);
      expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true);
    });
  });

  it('closes by the reaction its button is handed', async () => {
    await inSection('Dialogs', async (page) => {
      await page.getByRole('button', { name: 'Open modal' }).click();
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await told(page, 'modal closed');
    });
  });

  it('opens as a panel with a form, and closes by closeOverlay', async () => {
    await inSection('Dialogs', async (page) => {
      await page.getByRole('button', { name: 'Open panel' }).click();
      await told(page, 'panel opened');
      const panel = page.getByRole('dialog', { name: 'Add a mapping' });
      await panel.getByRole('textbox', { name: 'Property' }).fill('jobtitle');
      await panel.getByRole('button', { name: 'Save mapping' }).click();
      await told(page, 'mapped jobtitle');
      await eventually(() => panel.count()).toBe(0);
    });
  });

  it('leaves the page usable as a plain panel that a reaction opened', async () => {
    await inSection('Dialogs', async (page) => {
      await page.getByRole('button', { name: 'Open by reaction' }).click();
      await page.getByRole('dialog', { name: 'A plain panel' }).waitFor();
      await page.getByRole('tab', { name: 'States' }).click();
      await told(page, 'tab states');
    });
  });

  it('opens from a menu that closes', async () => {
    await inSection('Dialogs', async (page) => {
      await page.getByRole('button', { name: 'More actions' }).click();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: 'From a menu' }).waitFor();
      expect(await page.getByRole('menuitem').count()).toBe(0);
    });
  });

  it('shows as a tooltip while its trigger is hovered or focused', async () => {
    await inSection('States', async (page) => {
      const button = page.getByRole('button', { name: 'Hover me' });
      await button.hover();
      await page.getByRole('tooltip', { name: '' }).getByText('Told on a button').waitFor();
      await page.mouse.move(0, 0);
      await eventually(() => page.getByRole('tooltip').count()).toBe(0);
      await page.getByRole('button', { name: 'Hover tag' }).focus();
      await page.getByText('Told on a tag').waitFor();
    });
  });
});

describe('A button that loads', () => {
  it('is busy while it does, then works again', async () => {
    await inSection('States', async (page) => {
      const button = page.getByRole('button', { name: 'Load', exact: true });
      await button.click();
      await told(page, 'loaded');
      await eventually(() => button.isEnabled()).toBe(true);
    });
  });
});
