// The build of the preview's page and worker.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildPreviewHost } from '../../src/preview/build-host.ts';

let outDir: string;

beforeEach(() => {
  outDir = mkdtempSync(join(tmpdir(), 'tandem-preview-host-'));
});

afterEach(() => {
  rmSync(outDir, { recursive: true, force: true });
});

describe('buildPreviewHost', () => {
  it('builds the page, its script and styles, and the worker', async () => {
    expect(await buildPreviewHost(outDir)).toBe(true);
    for (const name of ['index.html', 'main.js', 'main.css', 'worker.js']) {
      expect(statSync(join(outDir, name)).size, name).toBeGreaterThan(100);
    }
  });

  it('keeps what is built while nothing changes, and builds again when it is gone', async () => {
    await buildPreviewHost(outDir);
    expect(await buildPreviewHost(outDir)).toBe(false);
    rmSync(outDir, { recursive: true });
    expect(await buildPreviewHost(outDir)).toBe(true);
  });

  it('leaves no script in the page itself, as its policy demands', async () => {
    await buildPreviewHost(outDir);
    const page = readFileSync(join(outDir, 'index.html'), 'utf8');
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(page).not.toMatch(/\sstyle=|\son\w+=/);
  });
});
