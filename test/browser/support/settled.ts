// When a page has everything: its extension runs, nothing that it called is on its way, and that for a moment.
import type { Page } from 'playwright-core';

/** Between a click and the call that the extension makes of it, a worker away. */
const MOMENT_MS = 200;

export async function settled(page: Page): Promise<void> {
  await page.locator('[data-stage="shown"]').first().waitFor();
  await page.waitForFunction(
    (momentMs) => {
      const place = globalThis as { stillSince?: number | undefined };
      const now = performance.now();
      const isBusy =
        document.querySelector('[data-running-calls="0"]') === null ||
        [...document.querySelectorAll('.ui-loading')].some((spinner) => spinner.checkVisibility());
      const since = isBusy ? now : (place.stillSince ?? now);
      const isOver = now - since > momentMs;
      // The next wait begins anew.
      place.stillSince = isBusy || isOver ? undefined : since;
      return isOver;
    },
    MOMENT_MS,
    { polling: 20 },
  );
}
