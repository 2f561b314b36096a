import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, settingsSchema } from '../../src/engine/settings.ts';
import { type Store } from '../../src/store/port.ts';
import { STORE_KINDS, type StoreUnderTest } from './support/store-kinds.ts';

describe.each(STORE_KINDS)('%s', (_, open) => {
  let under: StoreUnderTest;
  let store: Store;
  let other: Store;

  beforeAll(async () => {
    under = await open();
    ({ store, other } = under);
  });
  afterAll(async () => {
    await under.close();
  });

  const withList = (listId: string) => settingsSchema.parse({ inclusion: { listId } });

  describe('Settings', () => {
    it('are the defaults, version 0, until somebody saves', async () => {
      expect(await store.settings.current()).toEqual({
        version: 0,
        settings: DEFAULT_SETTINGS,
        savedBy: null,
        note: '',
        savedAt: null,
      });
    });

    it('get a version with every save', async () => {
      const first = await store.settings.save(
        0,
        withList('1'),
        'maya@example.com',
        'Only customers',
      );
      expect(first).toEqual({
        version: 1,
        settings: withList('1'),
        savedBy: 'maya@example.com',
        note: 'Only customers',
        savedAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      });
      expect(await other.settings.current()).toEqual(first);
    });

    it.each([0, 2, 99])('are not saved over version %i when the newest is 1', async (base) => {
      expect(await store.settings.save(base, withList('2'), 'jonas@example.com', '')).toBeNull();
      expect((await store.settings.current()).version).toBe(1);
    });

    it('are taken from one of many who save at once', async () => {
      const saves = await Promise.all(
        Array.from({ length: 12 }, (_, i) =>
          (i % 2 === 0 ? store : other).settings.save(1, withList(`list ${i}`), `user ${i}`, ''),
        ),
      );
      const won = saves.filter((version) => version !== null);
      expect(won).toHaveLength(1);
      expect(await store.settings.current()).toEqual(won[0]);
    });
  });

  describe('Versions of the settings', () => {
    const numbers = (rows: readonly { readonly version: number }[]): number[] =>
      rows.map(({ version }) => version);

    it('are each kept as they were saved, the built-in ones too', async () => {
      expect(await store.settings.version(1)).toMatchObject({
        settings: withList('1'),
        note: 'Only customers',
      });
      expect(await store.settings.version(0)).toMatchObject({ settings: DEFAULT_SETTINGS });
      expect(await store.settings.version(404)).toBeNull();
    });

    it('are listed newest first, a page at a time, without their documents', async () => {
      expect(numbers(await store.settings.list(null, 10))).toEqual([2, 1, 0]);
      const first = await other.settings.list(null, 2);
      expect(numbers(first)).toEqual([2, 1]);
      expect(first[1]).toEqual({
        version: 1,
        savedBy: 'maya@example.com',
        note: 'Only customers',
        savedAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      });
      expect(numbers(await store.settings.list(1, 2))).toEqual([0]);
      expect(await store.settings.list(0, 2)).toEqual([]);
    });
  });

  describe('Cursors', () => {
    it('are null before they are set', async () => {
      expect(await store.cursors.get('nobody')).toBeNull();
    });

    it.each([['text'], [7], [{ seenUntil: '2026', rows: [1, null] }], [null]])(
      'keep %j',
      async (value) => {
        await store.cursors.set('hubspot', value);
        expect(await other.cursors.get('hubspot')).toEqual(value);
      },
    );

    it('are replaced by one of many who knew the same value', async () => {
      for (const known of [null, { holder: 'nobody', beat: 1, note: { kind: 'off' } }]) {
        const name = `lease of ${known === null ? 'none' : 'one'}`;
        if (known !== null) await store.cursors.set(name, known);
        const values = Array.from({ length: 8 }, (_, i) => ({ holder: `${i}`, beat: i }));
        const won = await Promise.all(
          values.map((value, i) =>
            (i % 2 === 0 ? store : other).cursors.replace(name, known, value),
          ),
        );
        expect(won.filter(Boolean)).toHaveLength(1);
        expect(await other.cursors.get(name)).toEqual(values[won.indexOf(true)]);
        expect(await store.cursors.replace(name, known, { holder: 'late' })).toBe(false);
      }
    });
  });

  describe('The installation', () => {
    const first = { portalId: '1', organizationId: '00D1' };

    it('is what the first process said, for ever', async () => {
      const strangers = Array.from({ length: 6 }, (_, i) => ({ ...first, portalId: `${i + 1}` }));
      const answers = await Promise.all(
        strangers.map((one, i) => (i % 2 === 0 ? store : other).installation(one)),
      );
      expect(new Set(answers.map(({ portalId }) => portalId)).size).toBe(1);
      expect(await other.installation({ portalId: '99', organizationId: '00D9' })).toEqual(
        answers[0],
      );
    });
  });
});
