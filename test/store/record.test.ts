import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reason } from '../../src/engine/reasons.ts';
import { aChange, adding, aLink, changing, saved } from './fixture.ts';
import type { Store } from '../../src/store/port.ts';
import { STORE_KINDS, type StoreUnderTest } from './support/store-kinds.ts';

describe.each(STORE_KINDS)('%s', (_, open) => {
  let under: StoreUnderTest;
  let store: Store;

  beforeAll(async () => {
    under = await open();
  });
  afterAll(async () => {
    await under.close();
  });
  beforeEach(async () => {
    store = await under.clear();
  });

  const add = async (...contents: Parameters<typeof adding>[0][]) => {
    const outcome = await store.links.record({ links: contents.map(adding), changes: [] });
    return outcome.map(saved);
  };
  const findAll = (...ids: string[]) => store.links.find({ hubspot: ids, salesforce: ids });

  describe('Recording links', () => {
    it('gives back what was saved, word for word', async () => {
      const content = aLink({
        hubspotId: '1',
        salesforceId: '00Q5g00000000001AA',
        salesforceObject: 'Lead',
        base: { city: 'Łódź 日本 🚲', annualrevenue: 1.5, hs_email_optout: false, zip: null },
        refused: {
          website: {
            side: 'salesforce',
            value: 'x',
            reason: reason('VALUE_REFUSED', { crm: 'HubSpot', message: 'b' }),
          },
        },
        fieldReasons: {
          website: reason('VALUE_REFUSED', { crm: 'HubSpot', message: '"quoted" \\u0041 \\ back' }),
        },
        state: 'waiting',
        reason: reason('WILL_RETRY', { crm: 'HubSpot', message: 'busy' }),
        hubspotModifiedAt: '2026-11-23T10:00:00.123Z',
        salesforceModifiedAt: '2026-11-23T10:00:00Z',
        creatingSince: '2026-11-23T10:00:00.456Z',
        attempts: 3,
        retryAt: '2026-11-23T10:05:00.000Z',
        lastSyncedAt: '2026-11-23T09:00:00.789Z',
      });
      const [link] = await add(content);
      expect(link).toEqual({ ...content, id: expect.any(String) as string, version: 1 });
      expect(await findAll('1')).toEqual([link]);
    });

    it('answers in the order of the saves, new and changed ones mixed', async () => {
      const [one, two] = await add({ hubspotId: '1' }, { salesforceId: 'a' });
      const outcome = await store.links.record({
        links: [
          adding({ hubspotId: '9' }),
          changing(saved(two), { attempts: 2 }),
          adding({ hubspotId: '3', salesforceId: 'c' }),
          changing(saved(one), { attempts: 1 }),
        ],
        changes: [],
      });
      expect(outcome.map((link) => [link?.hubspotId, link?.salesforceId, link?.version])).toEqual([
        ['9', null, 1],
        [null, 'a', 2],
        ['3', 'c', 1],
        ['1', null, 2],
      ]);
    });

    it('leaves a row alone that changed since it was read, and saves the others', async () => {
      const [stale, other] = await add({ hubspotId: '1' }, { hubspotId: '2' });
      await store.links.record({
        links: [changing(saved(stale), { base: { city: 'Oslo' } })],
        changes: [],
      });
      const outcome = await store.links.record({
        links: [
          changing(saved(stale), { base: { city: 'Rome' } }),
          changing(saved(other), { base: { city: 'Riga' } }),
        ],
        changes: [],
      });
      expect(outcome.map((link) => link?.base ?? null)).toEqual([null, { city: 'Riga' }]);
      expect((await findAll('1')).map(({ base }) => base)).toEqual([{ city: 'Oslo' }]);
    });

    it.each([
      ['HubSpot', { hubspotId: '1' }],
      ['Salesforce', { salesforceId: 'a' }],
    ])('leaves out a new link whose %s id another row has', async (_, ids) => {
      const [first] = await add({ ...ids, attempts: 7 });
      const outcome = await store.links.record({
        links: [adding(ids), adding({ hubspotId: '5' })],
        changes: [],
      });
      expect(outcome.map((link) => link?.hubspotId ?? null)).toEqual([null, '5']);
      expect(await findAll('1', 'a')).toEqual([first]);
    });

    it('takes over the other side’s row, and removes it', async () => {
      const [contact, lead] = await add({ hubspotId: '1' }, { salesforceId: 'a' });
      const outcome = await store.links.record({
        links: [changing(saved(contact), { salesforceId: 'a' }, [saved(lead)])],
        changes: [],
      });
      expect(outcome).toMatchObject([{ id: contact?.id, hubspotId: '1', salesforceId: 'a' }]);
      expect(await findAll('1', 'a')).toEqual(outcome);
    });

    it('keeps the absorbed rows of a save that is refused', async () => {
      const [contact, lead] = await add({ hubspotId: '1' }, { salesforceId: 'a' });
      await store.links.record({ links: [changing(saved(contact), { attempts: 1 })], changes: [] });
      const outcome = await store.links.record({
        links: [changing(saved(contact), { salesforceId: 'a' }, [saved(lead)])],
        changes: [],
      });
      expect(outcome).toEqual([null]);
      expect(await findAll('1', 'a')).toHaveLength(2);
    });

    it('lets ids change hands within one batch', async () => {
      // What a conversion does: the link moves on to the contact, the lead gets a row of its own.
      const [linked, onward] = await add(
        { hubspotId: '1', salesforceId: 'lead' },
        { hubspotId: '2', salesforceId: 'contact' },
      );
      const outcome = await store.links.record({
        links: [
          adding({ salesforceId: 'lead' }),
          changing(saved(linked), { salesforceId: 'contact', salesforceObject: 'Contact' }),
          changing(saved(onward), { salesforceId: 'another' }),
        ],
        changes: [],
      });
      expect(outcome.map((link) => [link?.hubspotId, link?.salesforceId])).toEqual([
        [null, 'lead'],
        ['1', 'contact'],
        ['2', 'another'],
      ]);
    });

    it.each([
      ['a NUL character', 'a\u0000b', 'a\uFFFDb'],
      ['the first half of an emoji', 'cut \uD83D', 'cut \uFFFD'],
      ['the second half of an emoji', '\uDEB2 cut', '\uFFFD cut'],
      ['text that looks like an escape', '\\u0000 \\ud83d', '\\u0000 \\ud83d'],
      ['a whole emoji after a backslash', '\\🚲', '\\🚲'],
    ])('is not stopped by %s in a value', async (_, value, kept) => {
      const [link] = await store.links.record({
        links: [adding({ hubspotId: '1', base: { description: value } })],
        changes: [aChange({ hubspotId: '1', before: value, after: value })],
      });
      expect(link?.base).toEqual({ description: kept });
      expect(await store.links.history('1', 5)).toMatchObject([{ before: kept, after: kept }]);
    });

    it('takes thousands of links and their history at once', async () => {
      const base = Object.fromEntries(
        Array.from({ length: 20 }, (_, i) => [`p${i}`, `value ${i}`]),
      );
      const links = Array.from({ length: 2_500 }, (_, i) =>
        adding({ hubspotId: `${i}`, salesforceId: `s${i}`, base }),
      );
      const changes = Array.from({ length: 25_000 }, (_, i) =>
        aChange({ hubspotId: `${i % 2_500}`, after: i }),
      );
      const outcome = await store.links.record({ links, changes });
      expect(outcome.map((link) => link?.hubspotId)).toEqual(
        links.map(({ content }) => content.hubspotId),
      );
      const found = await findAll(...outcome.map((link) => saved(link).hubspotId ?? ''));
      expect(found).toHaveLength(2_500);
      expect((await store.links.history('7', 20)).map(({ after }) => after)).toEqual(
        Array.from({ length: 10 }, (_, i) => 7 + 2_500 * (9 - i)),
      );
    });
  });

  describe('History', () => {
    it('is kept whether or not the link could be saved', async () => {
      const [stale] = await add({ hubspotId: '1' });
      await store.links.record({ links: [changing(saved(stale), { attempts: 1 })], changes: [] });
      const change = aChange({ hubspotId: '1', salesforceId: 'a', before: 'Oslo', after: null });
      const outcome = await store.links.record({
        links: [changing(saved(stale), { attempts: 2 })],
        changes: [change],
      });
      expect(outcome).toEqual([null]);
      expect(await store.links.history('1', 5)).toEqual([
        { ...change, at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string },
      ]);
    });

    it('is newest first, per contact and for everybody', async () => {
      const change = (hubspotId: string, after: string) => aChange({ hubspotId, after });
      await store.links.record({ links: [], changes: [change('1', 'a'), change('2', 'b')] });
      await store.links.record({ links: [], changes: [change('1', 'c'), change('1', 'd')] });
      expect((await store.links.history('1', 2)).map(({ after }) => after)).toEqual(['d', 'c']);
      expect((await store.links.recent(10)).map(({ after }) => after)).toEqual([
        'd',
        'c',
        'b',
        'a',
      ]);
    });
  });

  describe('One transaction', () => {
    it('commits links, history and cursor together', async () => {
      await store.links.record({
        links: [adding({ hubspotId: '1' })],
        changes: [aChange({ hubspotId: '1', runId: '7' })],
        cursor: { name: 'hubspot', value: { seenUntil: 'now' } },
      });
      expect(await store.cursors.get('hubspot')).toEqual({ seenUntil: 'now' });
      expect((await store.links.recent(1))[0]?.runId).toBe('7');
    });
  });
});
