import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reason } from '../../src/engine/reasons.ts';
import { adding } from './fixture.ts';
import type { Store } from '../../src/store/port.ts';
import { STORE_KINDS, type StoreUnderTest } from './support/store-kinds.ts';

describe.each(STORE_KINDS)('%s', (_, open) => {
  const notAnOption = (field: string, value: string) =>
    reason('NOT_A_SALESFORCE_OPTION', { field, value });

  let under: StoreUnderTest;
  let store: Store;

  beforeAll(async () => {
    under = await open();
    store = under.store;
    const noEmail = reason('NO_EMAIL');
    const retry = reason('WILL_RETRY', { crm: 'HubSpot', message: 'busy' });
    await store.links.record({
      links: [
        adding({
          hubspotId: '1',
          salesforceId: 'a',
          fieldReasons: { industry: notAnOption('industry', 'Fishing') },
        }),
        adding({
          hubspotId: '2',
          salesforceId: 'b',
          fieldReasons: {
            industry: notAnOption('industry', 'Hunting'),
            website: notAnOption('website', 'x'),
          },
        }),
        adding({
          hubspotId: '3',
          state: 'waiting',
          reason: retry,
          retryAt: '2026-11-23T10:02:00Z',
        }),
        adding({
          hubspotId: '4',
          state: 'waiting',
          reason: retry,
          retryAt: '2026-11-23T10:01:00Z',
        }),
        adding({
          hubspotId: '5',
          state: 'waiting',
          reason: retry,
          retryAt: '2026-11-23T10:03:00Z',
        }),
        adding({
          hubspotId: '6',
          state: 'problem',
          reason: noEmail,
          fieldReasons: {
            industry: notAnOption('industry', 'Mining'),
            website: reason('VALUE_REFUSED', { crm: 'HubSpot', message: 'no' }),
          },
        }),
        adding({ hubspotId: '7', state: 'problem', reason: noEmail }),
        adding({ hubspotId: '9', state: 'problem', reason: noEmail }),
        adding({ salesforceId: 'c', state: 'problem', reason: noEmail }),
        adding({ hubspotId: '10', state: 'skipped', reason: reason('LEAD_CONVERTED') }),
      ],
      changes: [],
    });
  });
  afterAll(async () => {
    await under.close();
  });

  describe('Finding links', () => {
    it('finds each once, by either of its ids', async () => {
      const found = await store.links.find({ hubspot: ['1', '9', '404'], salesforce: ['a', 'b'] });
      expect(found.map(({ hubspotId }) => hubspotId).sort()).toEqual(['1', '2', '9']);
    });

    it('never takes an id of one side for one of the other', async () => {
      expect(await store.links.find({ hubspot: ['a'], salesforce: ['1'] })).toEqual([]);
    });

    it('finds nothing for nothing', async () => {
      expect(await store.links.find({ hubspot: [], salesforce: [] })).toEqual([]);
    });

    it('takes ten thousand ids in one call', async () => {
      const ids = Array.from({ length: 10_000 }, (_, i) => `${i}`);
      const found = await store.links.find({ hubspot: ids, salesforce: ids });
      expect(found).toHaveLength(9);
    });
  });

  describe('Links that are due', () => {
    it('are those whose time has come, oldest first', async () => {
      const due = await store.links.due('2026-11-23T10:02:00.000Z', 10);
      expect(due.map(({ hubspotId }) => hubspotId)).toEqual(['4', '3']);
    });

    it('come up to a limit', async () => {
      const due = await store.links.due('2026-11-24T00:00:00.000Z', 2);
      expect(due.map(({ hubspotId }) => hubspotId)).toEqual(['4', '3']);
    });
  });

  describe('The summary', () => {
    it('counts by state and reason, most first, with up to three examples', async () => {
      const summary = await store.links.summary();
      expect(
        summary.map(({ state, reason: why, count, examples }) => [
          state,
          why?.code ?? null,
          count,
          examples.map(({ hubspotId }) => hubspotId),
        ]),
      ).toEqual([
        ['problem', 'NO_EMAIL', 4, ['6', '7', '9']],
        ['waiting', 'WILL_RETRY', 3, ['3', '4', '5']],
        ['inSync', null, 2, ['1', '2']],
        ['skipped', 'LEAD_CONVERTED', 1, ['10']],
      ]);
      expect(summary[1]?.reason).toEqual(reason('WILL_RETRY', { crm: 'HubSpot', message: 'busy' }));
      expect(summary[2]?.examples[1]).toEqual({ hubspotId: '2', salesforceId: 'b' });
    });

    it('counts fields that are left out by mapping and reason, most first', async () => {
      expect(await store.links.fieldSummary()).toEqual([
        { mapping: 'industry', count: 3, reason: notAnOption('industry', 'Fishing') },
        { mapping: 'website', count: 1, reason: notAnOption('website', 'x') },
        {
          mapping: 'website',
          count: 1,
          reason: reason('VALUE_REFUSED', { crm: 'HubSpot', message: 'no' }),
        },
      ]);
    });
  });

  describe('Pages', () => {
    const ids = (links: readonly { hubspotId: string | null }[]) =>
      links.map(({ hubspotId }) => hubspotId);

    it('of pairs', async () => {
      const which = { which: 'paired' } as const;
      const [first] = await store.links.page(which, null, 1);
      expect(first?.hubspotId).toBe('1');
      expect(ids(await store.links.page(which, first?.id ?? '', 5))).toEqual(['2']);
      expect(await store.links.count(which)).toBe(2);
    });

    it('of who was left for a reason', async () => {
      const waiting = { which: 'left', states: ['waiting'], reasons: null } as const;
      expect(ids(await store.links.page(waiting, null, 9))).toEqual(['3', '4', '5']);
      const noEmail = {
        which: 'left',
        states: ['waiting', 'problem'],
        reasons: ['NO_EMAIL'],
      } as const;
      const found = await store.links.page(noEmail, null, 9);
      expect(found[0]?.hubspotId).toBe('6');
      expect(new Set(found.map(({ reason: why }) => why?.code))).toEqual(new Set(['NO_EMAIL']));
      expect(await store.links.count(noEmail)).toBe(found.length);
      expect(await store.links.count({ ...noEmail, reasons: [] })).toBe(0);
    });

    it('of who has a field left out', async () => {
      const industry = {
        which: 'field',
        mapping: 'industry',
        reason: 'NOT_A_SALESFORCE_OPTION',
      } as const;
      expect(ids(await store.links.page(industry, null, 9))).toEqual(['1', '2', '6']);
      expect(await store.links.count(industry)).toBe(3);
      const refused = { which: 'field', mapping: 'website', reason: 'VALUE_REFUSED' } as const;
      expect(ids(await store.links.page(refused, null, 9))).toEqual(['6']);
    });
  });
});

describe.each(STORE_KINDS)('Ids between two places of a listing, %s', (_, open) => {
  let under: StoreUnderTest;
  beforeAll(async () => {
    under = await open();
    const contacts = ['7', '10', '99', '100', '1000'];
    const records = ['00QA', '00QZ', '00Qa', '003B'];
    await under.store.links.record({
      links: [
        ...contacts.map((hubspotId) => adding({ hubspotId })),
        ...records.map((salesforceId) => adding({ salesforceId })),
      ],
      changes: [],
    });
  });
  afterAll(() => under.close());

  it.each([
    ['hubspot', null, null, ['7', '10', '99', '100', '1000']],
    ['hubspot', '10', '100', ['99', '100']],
    ['hubspot', '9', '11', ['10']],
    ['hubspot', '100', null, ['1000']],
    ['salesforce', '00Q', '00Q~', ['00QA', '00QZ', '00Qa']],
    ['salesforce', '00QA', '00QZ', ['00QZ']],
    ['salesforce', null, '00Q', ['003B']],
  ] as const)('of %s, after %s and up to %s', async (side, after, upTo, found) => {
    expect(await under.store.links.idsBetween(side, after, upTo)).toEqual(found);
  });
});
