// What only a database can get wrong: half a transaction, and documents an older Tandem wrote.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settingsSchema } from '../../src/engine/settings.ts';
import type { Store } from '../../src/store/port.ts';
import { openStore } from '../../src/store/postgres-store.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { executeOn } from '../support/postgres.ts';
import { aChange, adding, changing, saved } from './fixture.ts';

let database: TestDatabase;
let store: Store;

beforeAll(async () => {
  database = await createTestDatabase();
  store = await openStore(database);
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

describe('A transaction', () => {
  it('leaves nothing of a batch behind whose last statement fails', async () => {
    const outcome = await store.links.record({
      links: [adding({ hubspotId: '1' }), adding({ salesforceId: 'a' })],
      changes: [],
    });
    const [contact, lead] = outcome.map(saved);
    await executeOn(
      database.connectionString,
      `alter table cursors add constraint fails check (name <> 'hubspot')`,
    );
    try {
      await expect(
        store.links.record({
          links: [
            adding({ hubspotId: '2' }),
            changing(saved(contact), { salesforceId: 'a' }, [saved(lead)]),
          ],
          changes: [aChange({ hubspotId: '1' })],
          cursor: { name: 'hubspot', value: 1 },
        }),
      ).rejects.toThrow('fails');
    } finally {
      await executeOn(database.connectionString, 'alter table cursors drop constraint fails');
    }
    const ids = ['1', '2', 'a'];
    expect(await store.links.find({ hubspot: ids, salesforce: ids })).toEqual([contact, lead]);
    expect(await store.links.recent(5)).toEqual([]);
    expect(await store.cursors.get('hubspot')).toBeNull();
  });
});

describe('Settings of an older Tandem', () => {
  it('get the defaults of what they lack', async () => {
    await executeOn(
      database.connectionString,
      `insert into settings_versions (version, settings, saved_by, note)
       values (50, '{"inclusion": {"listId": "7"}}', 'maya', '')`,
    );
    expect((await store.settings.current()).settings).toEqual(
      settingsSchema.parse({ inclusion: { listId: '7' } }),
    );
  });
});
