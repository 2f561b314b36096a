// kill -9 at random moments during imports and live traffic on both sides: nothing may be lost, doubled or
// stuck. A short version of `npm run crash`, which kills 200 times.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { createTestDatabase } from '../support/database.ts';
import { crashAndSettle } from './support/crash-world.ts';

const PATIENCE_MS = 240_000;

describe.concurrent('workers that are killed while people work on both sides', () => {
  it(
    'lose, double and stick nothing: one worker, whose embedded Postgres is left behind or killed too',
    async ({ expect }) => {
      const folder = await mkdtemp(join(tmpdir(), 'tandem-crash-'));
      const report = await crashAndSettle({
        seed: 11,
        kills: 8,
        workers: 1,
        withExternalId: true,
        store: { folder },
      });
      await rm(folder, { recursive: true, force: true });
      expect(report.complaints).toEqual([]);
      expect(report.kills).toBe(8);
    },
    PATIENCE_MS,
  );

  it(
    'lose, double and stick nothing: three workers on one Postgres',
    async ({ expect }) => {
      const database = await createTestDatabase();
      const report = await crashAndSettle({
        seed: 12,
        kills: 12,
        workers: 3,
        withExternalId: false,
        store: { databaseUrl: database.connectionString },
      });
      await database.drop();
      expect(report.complaints).toEqual([]);
      expect(report.kills).toBeGreaterThanOrEqual(12);
    },
    PATIENCE_MS,
  );
});
