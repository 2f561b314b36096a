// axe over what a page shows: every rule that it has on by default, best practices included.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface WithAxe {
  readonly axe?: { run(options: RunOptions): Promise<AxeResults> };
}

/** Expects no violations; `place` says where, should there be some. */
export async function expectAccessible(page: Page, place: string): Promise<void> {
  // Evaluated, not loaded by a tag: the page's own policy lets no other script in.
  await page.evaluate(await source);
  const violations = await page.evaluate(async () => {
    const results = await (globalThis as WithAxe).axe?.run({ resultTypes: ['violations'] });
    return results?.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary ?? ''}`),
    );
  });
  expect(violations, place).toEqual([]);
}
