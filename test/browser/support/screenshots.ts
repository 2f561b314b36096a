// Pictures of the page. They go into docs/screenshots only when UPDATE_SCREENSHOTS=1 says so; else into a temp
// folder, so that a test run never changes the tree.
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';

export function screenshotFolder(): string {
  return process.env['UPDATE_SCREENSHOTS'] === '1'
    ? resolve(import.meta.dirname, '../../../docs/screenshots')
    : join(tmpdir(), 'tandem-screenshots');
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
