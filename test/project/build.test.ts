// The build: what it makes, and that it does nothing twice.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildProject, describeBuild } from '../../build.ts';
import { PROJECT } from './support/project.ts';

beforeAll(async () => {
  await buildProject();
});

const CARD = join(PROJECT, 'app/cards/SyncCard.js');

describe('buildProject', () => {
  it('keeps what is built while nothing changes', async () => {
    const { mtimeMs } = statSync(CARD);
    expect((await buildProject()).rebuilt).toBe(false);
    expect(statSync(CARD).mtimeMs).toBe(mtimeMs);
  });

  it('says what it made, with sizes', async () => {
    const text = describeBuild(await buildProject());
    process.stdout.write(`${text}\n`);
    expect(text).toMatch(/dist\/extensions\/SyncCard\.js +\d+\.\d KB/);
    expect(text).toMatch(/app\/functions\/sync-now\.js +\d+\.\d KB/);
    expect(text).toMatch(/Up to date\.$/);
  });

  it('makes functions of less than 1.5 MB', async () => {
    const { files } = await buildProject();
    const functions = files.filter(({ path }) => path.startsWith('app/functions/'));
    expect(functions.length).toBeGreaterThan(0);
    expect(functions.filter(({ bytes }) => bytes >= 1_500_000)).toEqual([]);
  });

  it('leaves the SDK’s imports in the card, for HubSpot’s build to find', () => {
    expect(readFileSync(CARD, 'utf8')).toMatch(/from "@hubspot\/ui-extensions"/);
  });
});
