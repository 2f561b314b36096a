// The rows in which processes tell how they are, in every store.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STORE_KINDS, type StoreUnderTest } from './support/store-kinds.ts';

describe.each(STORE_KINDS)('the health of workers %s', (_, open) => {
  let tested: StoreUnderTest;
  beforeAll(async () => {
    tested = await open();
  });
  afterAll(() => tested.close());

  it('is one row each, which others read and its worker renews and removes', async () => {
    const { store, other } = tested;
    await store.cursors.set('hubspot', { seenUntil: 'x' });
    await store.health.set('a:1', { at: 1 });
    await other.health.set('b:2', { at: 2 });
    await store.health.set('a:1', { at: 3 });
    const all = [
      { worker: 'a:1', value: { at: 3 } },
      { worker: 'b:2', value: { at: 2 } },
    ];
    expect(await other.health.all()).toEqual(all);
    await store.health.remove('b:2');
    expect(await other.health.all()).toEqual(all.slice(0, 1));
    expect(await store.cursors.get('hubspot')).toEqual({ seenUntil: 'x' });
  });

  it('comes with a schema that is new enough', async () => {
    expect(await tested.store.isCurrent()).toBe(true);
  });
});
