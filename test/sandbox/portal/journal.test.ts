// A portal outlives its process: what was answered for is there again, from a file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileJournal } from '../../../src/sandbox/journal.ts';
import { startSandbox, type Sandbox } from './fixture.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const start = (): Promise<Sandbox> =>
  startSandbox({ journal: new FileJournal(join(folder, 'hubspot.jsonl')) });

describe('After a restart', () => {
  it('contacts, their history, search and unique e-mails are back', async () => {
    const before = await start();
    const [seeded = ''] = before.portal.seed([{ properties: { email: 'bob@example.com' } }]);
    const { id } = await before.client.crm.contacts.basicApi.create({
      properties: { email: 'ada@example.com', firstname: 'Ada' },
      associations: [],
    });
    before.portal.update(id, { firstname: 'Augusta' });
    before.portal.archive(seeded);
    const contact = before.portal.get(id);
    await before.close();

    const after = await start();
    expect(after.portal.get(id)).toEqual(contact);
    expect(after.portal.get(seeded)?.archived).toBe(true);
    expect(() => after.portal.create({ email: 'ada@example.com' })).toThrow(`Existing ID: ${id}`);
    expect(Number(after.portal.create({ email: 'bob@example.com' }))).toBeGreaterThan(Number(id));
    const { json } = await after.call(
      'GET',
      `/crm/v3/objects/contacts/${id}?propertiesWithHistory=firstname`,
    );
    expect(json.propertiesWithHistory).toMatchObject({
      firstname: [{ value: 'Augusta' }, { value: 'Ada' }],
    });
    const found = await after.call('POST', '/crm/v3/objects/contacts/search', {});
    expect(found.json.results?.map((row) => row.id)).toEqual([id]);
    await after.close();
  });

  it('properties, opt-outs and lists are back, and a DYNAMIC list follows again with its filter', async () => {
    const list = {
      name: 'Customers',
      processingType: 'DYNAMIC',
      filter: ({ properties }: { properties: Readonly<Record<string, string>> }) =>
        properties.is_customer === 'true',
    } as const;
    const before = await start();
    await before.call('POST', '/crm/v3/properties/contacts/groups', {
      name: 'mine',
      label: 'Mine',
    });
    await before.call('POST', '/crm/v3/properties/contacts', {
      name: 'key',
      label: 'Key',
      type: 'string',
      fieldType: 'text',
      groupName: 'mine',
      hasUniqueValue: true,
    });
    const id = before.portal.create({ key: 'k1', is_customer: true, email: 'ada@example.com' });
    const listId = before.portal.createList(list);
    await before.call(
      'POST',
      '/communication-preferences/v4/statuses/batch/unsubscribe-all?channel=EMAIL',
      { inputs: ['later@example.com'] },
    );
    await before.close();

    const after = await start();
    const byKey = await after.call('GET', '/crm/v3/objects/contacts/k1?idProperty=key');
    expect(byKey.json.id).toBe(id);
    const membersOf = async () => {
      const { json } = await after.call('GET', `/crm/lists/2026-09/${listId}/memberships`);
      return json.results?.map(({ recordId }) => recordId);
    };
    expect(await membersOf()).toEqual([id]);
    expect(after.portal.createList(list)).toBe(listId);
    after.portal.update(id, { is_customer: false });
    expect(await membersOf()).toEqual([]);
    const later = after.portal.create({ email: 'later@example.com' });
    expect(after.portal.get(later)?.properties.hs_email_optout).toBe('true');
    await after.close();
  });
});
