// History by entries: what one sync wrote to one record, by person and by run, page after page.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../src/store/history-port.ts';
import type { Store } from '../../src/store/port.ts';
import { aChange } from './fixture.ts';
import { STORE_KINDS, type StoreUnderTest } from './support/store-kinds.ts';

describe.each(STORE_KINDS)('History in %s', (_, open) => {
  let under: StoreUnderTest;
  let store: Store;
  beforeAll(async () => {
    under = await open();
  });
  afterAll(() => under.close());
  beforeEach(async () => {
    store = await under.clear();
  });

  const write = (...changes: Parameters<typeof aChange>[0][]) =>
    store.links.record({ links: [], changes: changes.map(aChange) });
  const fieldsOf = (entries: readonly HistoryEntry[]) =>
    entries.map(({ fields }) => fields.map(({ field }) => field).join());

  it('keeps what one sync wrote to one record together, in its order', async () => {
    await write(
      { hubspotId: '1', field: 'city', before: 'Oslo', after: null },
      { hubspotId: '1', field: 'zip' },
      { hubspotId: '1', field: 'City', side: 'salesforce' },
      { hubspotId: '2', field: 'city' },
    );
    const entries = await store.history.page({ hubspotId: '1' }, null, 10);
    expect(fieldsOf(entries)).toEqual(['City', 'city,zip']);
    expect(entries[1]).toMatchObject({
      hubspotId: '1',
      side: 'hubspot',
      cause: 'live',
      fields: [{ field: 'city', before: 'Oslo', after: null, why: 'twoWay' }, { field: 'zip' }],
    });
    expect(entries[0]?.at).toBe(entries[1]?.at);
  });

  it('goes on where a page ended', async () => {
    for (const field of ['a', 'b', 'c']) await write({ hubspotId: '1', field });
    const first = await store.history.page({ hubspotId: '1' }, null, 2);
    const rest = await store.history.page({ hubspotId: '1' }, first[1]?.id ?? null, 2);
    expect([fieldsOf(first), fieldsOf(rest)]).toEqual([['c', 'b'], ['a']]);
  });

  it('is found by run, and by the ids of its entries', async () => {
    await write(
      { hubspotId: '1', field: 'a', runId: '7' },
      { hubspotId: '2', field: 'b', runId: '7' },
    );
    await write({ hubspotId: '1', field: 'c' });
    const entries = await store.history.page({ runId: '7' }, null, 10);
    expect(fieldsOf(entries)).toEqual(['b', 'a']);
    const ids = entries.map(({ id }) => id);
    expect(await store.history.byIds([...ids, '999999'])).toEqual(entries);
    expect(await store.history.byIds([])).toEqual([]);
  });

  it('counts what a run wrote: values, people, and the records it created', async () => {
    await write(
      { hubspotId: '1', field: 'a', runId: '7' },
      { hubspotId: '1', field: 'b', runId: '7' },
      { hubspotId: '1', field: 'A', side: 'salesforce', runId: '7' },
      { hubspotId: '2', field: 'a', runId: '7', why: 'CREATED' },
      { hubspotId: '2', field: 'b', runId: '7', why: 'FILLED_IN' },
      { hubspotId: '2', field: 'salesforceId', side: 'pair', runId: '7', why: 'CREATED' },
      { hubspotId: '3', field: 'a', runId: '8' },
    );
    expect(await store.history.writtenBy('7')).toEqual({
      entries: 4,
      values: 3,
      people: 2,
      created: 1,
    });
    const nothing = { entries: 0, values: 0, people: 0, created: 0 };
    expect(await store.history.writtenBy('9')).toEqual(nothing);
  });
});
