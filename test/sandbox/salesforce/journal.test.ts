import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileJournal } from '../../../src/sandbox/journal.ts';
import { SANDBOX_USERS } from '../../../src/sandbox/salesforce/stand-in.ts';
import { startSandbox, type Sandbox } from './fixture.ts';

describe('Keeping the org over a restart', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'salesforce-journal-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const start = (): Promise<Sandbox> =>
    startSandbox({ journal: new FileJournal(join(folder, 'org.jsonl')) });
  const stop = async (sandbox: Sandbox): Promise<void> => {
    await sandbox.close();
    sandbox.standIn.close();
  };

  it('brings back every committed row, deletions, indexes and ids', async () => {
    const first = await start();
    const kept = await first.connection
      .sobject('Lead')
      .create({ LastName: 'Kept', Company: 'C', Email: 'kept@example.com' });
    const gone = first.org.insert('Lead', { LastName: 'Gone', Company: 'C' });
    first.org.remove('Lead', gone);
    first.org.update('User', SANDBOX_USERS.jonas.id, { IsActive: false });
    const before = ['Lead', 'User'].map((object) => first.org.all(object));
    await stop(first);

    const second = await start();
    expect(['Lead', 'User'].map((object) => second.org.all(object))).toEqual(before);
    const found = await second.connection.query(
      "SELECT Id FROM Lead WHERE Email = 'kept@example.com'",
    );
    expect(found.records).toMatchObject([{ Id: kept.id }]);
    const { deletedRecords } = await second.connection
      .sobject('Lead')
      .deleted('2026-11-23T09:00:00Z', '2026-11-23T11:00:00Z');
    expect(deletedRecords).toMatchObject([{ id: gone }]);
    expect(second.org.insert('Lead', { LastName: 'New', Company: 'C' }) > gone).toBe(true);
    await stop(second);
  });

  it('keeps nothing of a row that was refused or rolled back', async () => {
    const first = await start();
    await first.connection
      .sobject('Lead')
      .create([{ LastName: 'A', Company: 'C' }, { LastName: 'B' }], { allOrNone: true });
    await stop(first);
    const second = await start();
    expect(second.org.all('Lead')).toEqual([]);
    await stop(second);
  });
});
