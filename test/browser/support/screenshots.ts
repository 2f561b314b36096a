// Pictures of the page. UPDATE_SCREENSHOTS=1 puts them into docs/screenshots, SCREENSHOTS=all puts those of every screen in
// every state (screens.test.ts) into dist/screenshots, SCREENSHOTS_FOLDER names another place; else they go into a temp
// folder, so that a test run never changes the tree.
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';

const root = resolve(import.meta.dirname, '../../..');

/** Whether every screen is wanted in every state. */
export const wantsAllScreens = process.env['SCREENSHOTS'] === 'all';

function screenshotFolder(): string {
  const named = process.env['SCREENSHOTS_FOLDER'];
  if (named !== undefined && named !== '') return resolve(named);
  if (process.env['UPDATE_SCREENSHOTS'] === '1') return join(root, 'docs/screenshots');
  return wantsAllScreens ? join(root, 'dist/screenshots') : join(tmpdir(), 'tandem-screenshots');
}

export interface ScreenshotOptions {
  /** The whole page rather than what the window shows. */
  readonly fullPage?: boolean;
}

/** Writes `<name>.png` of the page, or of one element of it; returns its path. */
export async function takeScreenshot(
  subject: Page | Locator,
  name: string,
  { fullPage = false }: ScreenshotOptions = {},
): Promise<string> {
  const folder = screenshotFolder();
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  const settings = { path, animations: 'disabled' } as const;
  await ('goto' in subject
    ? subject.screenshot({ ...settings, fullPage })
    : subject.screenshot(settings));
  return path;
}
