// A page of the browser for one test. What goes wrong in it goes wrong in the test: uncaught errors, and whatever
// the page writes to the console as an error, fail it at the end unless the test said that it expects them.
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { launchChromium } from './chromium.ts';

export interface BrowserPageOptions {
  /** Width of the window in CSS pixels; 1280 by default. */
  readonly width?: number;
  readonly height?: number;
  /** Errors that belong to what is tested; each must be seen, and no others may be. */
  readonly expectErrors?: readonly RegExp[];
}

/** How long a step of a test waits for what it looks for, in milliseconds. */
const PATIENCE_MS = 10_000;

/** An expectation that the page meets in its own time, however busy the machine is. */
export function eventually<Value>(
  read: () => Value | Promise<Value>,
): ReturnType<typeof expect.poll<Value>> {
  return expect.poll(read, { timeout: PATIENCE_MS });
}

let browser: Promise<Browser> | null = null;

/** One browser for all tests of a file; started by the first. */
function sharedBrowser(): Promise<Browser> {
  browser ??= launchChromium();
  return browser;
}

/** For `afterAll` of every file that used a page. */
export async function closeBrowser(): Promise<void> {
  const started = await browser;
  browser = null;
  await started?.close();
}

function judge(errors: readonly string[], expected: readonly RegExp[]): void {
  const unexpected = errors.filter((error) => !expected.some((pattern) => pattern.test(error)));
  if (unexpected.length > 0) {
    throw new Error(`The page reported errors:\n${unexpected.join('\n')}`);
  }
  for (const pattern of expected) {
    if (!errors.some((error) => pattern.test(error))) {
      throw new Error(`The page was expected to report ${String(pattern)}, and did not.`);
    }
  }
}

/**
 * Runs a test in a page of its own, with cookies and storage of its own.
 *
 * @example
 * await withBrowserPage({ width: 420 }, async (page) => {
 *   await page.goto(`${preview.origin}/?page=settings`);
 *   await expectVisible(page.getByRole('heading', { name: 'Tandem' }));
 * });
 */
export async function withBrowserPage(
  { width = 1280, height = 900, expectErrors = [] }: BrowserPageOptions,
  test: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await (await sharedBrowser()).newContext({ viewport: { width, height } });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => {
    errors.push(`uncaught: ${error.message}`);
  });
  page.on('crash', () => {
    errors.push('the page crashed');
  });
  try {
    await test(page);
  } catch (failure) {
    // The page's own errors usually say why the test could not find what it looked for.
    if (errors.length > 0 && failure instanceof Error) {
      failure.message += `\nThe page also reported:\n${errors.join('\n')}`;
    }
    throw failure;
  } finally {
    await context.close();
  }
  judge(errors, expectErrors);
}
