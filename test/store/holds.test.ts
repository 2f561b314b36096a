// Nobody writes a pair that somebody else is writing: what a hold keeps away, when it ends, and that news which
// came meanwhile is looked at afterwards.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Link } from '../../src/engine/link.ts';
import { openMemoryStore } from '../../src/store/memory-store.ts';
import { HOLD_MS, NO_HOLD, type LinkClaim, type Store } from '../../src/store/port.ts';
import { openStore } from '../../src/store/postgres-store.ts';
import { createTestDatabase } from '../support/database.ts';
import { executeOn } from '../support/postgres.ts';
import { adding, changing, saved } from './fixture.ts';
import { STORE_KINDS, type StoreUnderTest } from './support/store-kinds.ts';

/** What `aLinkIn` makes a link of. */
const RECORDS = ['1', '00Q1'];
const ME = 'me';
const mine = (recordIds: readonly string[]) => ({ holder: ME, recordIds });
const FAR = '2999-01-01T00:00:00.000Z';

const claim = (link: Link): LinkClaim => ({
  existing: { id: link.id, version: link.version },
  absorbs: [],
  content: link,
});

/** Two that have no link yet. */
const MEETING: LinkClaim = {
  existing: null,
  absorbs: [],
  content: { hubspotId: '2', salesforceId: '00Q2' },
};

async function aLinkIn(store: Store): Promise<Link> {
  const outcome = await store.links.record({
    links: [adding({ hubspotId: '1', salesforceId: '00Q1' })],
    changes: [],
  });
  return saved(outcome[0]);
}

const save = async (store: Store, link: Link, released: readonly string[] = []) => {
  const [outcome = null] = await store.links.record({
    links: [changing(link, { attempts: 1 })],
    changes: [],
    releases: released.length > 0 ? mine(released) : NO_HOLD,
  });
  return outcome;
};

describe.each(STORE_KINDS)('%s', (_, open) => {
  let under: StoreUnderTest;
  let store: Store;
  let link: Link;
  beforeAll(async () => {
    under = await open();
  });
  afterAll(() => under.close());
  beforeEach(async () => {
    store = await under.clear();
    link = await aLinkIn(store);
  });

  it('a link that is held is saved by its holder alone, and free afterwards', async () => {
    expect(await store.links.hold([claim(link)], ME)).toEqual([true]);
    expect(await store.links.hold([claim(link)], ME)).toEqual([false]);
    expect(await save(store, link)).toBeNull();
    const done = saved(await save(store, link, RECORDS));
    expect(await store.links.hold([claim(done)], ME)).toEqual([true]);
  });

  it('a link that is not as it was read is not held, nor one whose ids another has', async () => {
    const newer = saved(await save(store, link));
    expect(await store.links.hold([claim(link)], ME)).toEqual([false]);
    const stranger: LinkClaim = {
      existing: null,
      absorbs: [],
      content: { hubspotId: '1', salesforceId: null },
    };
    const nobody: LinkClaim = {
      existing: null,
      absorbs: [],
      content: { hubspotId: '2', salesforceId: null },
    };
    expect(await store.links.hold([stranger, nobody, claim(newer)], ME)).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('two that have no link yet are held as well, each of them', async () => {
    expect(await store.links.hold([MEETING], ME)).toEqual([true]);
    expect(await store.links.hold([MEETING], ME)).toEqual([false]);
    const others = [
      adding({ hubspotId: '2', salesforceId: null }),
      adding({ hubspotId: null, salesforceId: '00Q2' }),
    ];
    expect(await store.links.record({ links: others, changes: [] })).toEqual([null, null]);
    await store.links.record({ links: [], changes: [], releases: mine(['2', '00Q2']) });
    const free = await store.links.record({ links: others, changes: [] });
    expect(free.every((one) => one !== null)).toBe(true);
  });

  it('two that both want two records have them once, whatever the order', async () => {
    const meeting = (hubspotId: string, salesforceId: string): LinkClaim => ({
      existing: null,
      absorbs: [],
      content: { hubspotId, salesforceId },
    });
    const [one, other] = await Promise.all([
      store.links.hold([meeting('2', '00Q2'), meeting('3', '00Q3')], ME),
      store.links.hold([meeting('3', '00Q3'), meeting('2', '00Q2')], ME),
    ]);
    const both = [...one, ...other].filter((taken) => taken);
    expect(both).toHaveLength(2);
  });

  it('a link that is wanted while it is being made is due once it is', async () => {
    const making: LinkClaim = {
      existing: null,
      absorbs: [],
      content: { hubspotId: '2', salesforceId: null },
    };
    await store.links.hold([making], ME);
    await store.links.want({ hubspot: ['2'], salesforce: [] });
    const made = adding({ hubspotId: '2', salesforceId: '00Q2' });
    await store.links.record({ links: [made], changes: [], releases: mine(['2']) });
    expect((await store.links.due(FAR, 10)).map(({ hubspotId }) => hubspotId)).toEqual(['2']);
  });

  it('a hold ends without a save too', async () => {
    await store.links.hold([claim(link)], ME);
    await store.links.record({ links: [], changes: [], releases: mine(RECORDS) });
    expect(await save(store, link)).not.toBeNull();
  });

  it('a link that was wanted while it was held is due when it is let go, and not before', async () => {
    await store.links.hold([claim(link)], ME);
    await store.links.want({ hubspot: ['1'], salesforce: [] });
    expect(await store.links.due(FAR, 10)).toEqual([]);
    await save(store, link, RECORDS);
    expect((await store.links.due(FAR, 10)).map(({ id }) => id)).toEqual([link.id]);
  });

  it('a link that is wanted and free is due at once, and saves from what was read before do not count', async () => {
    await store.links.want({ hubspot: [], salesforce: ['00Q1'] });
    const [due] = await store.links.due(FAR, 10);
    expect(due?.id).toBe(link.id);
    expect(await save(store, link)).toBeNull();
  });
});

describe('A hold that ended', () => {
  it.each(['in memory', 'in Postgres'])(
    'and was taken by another is neither let go nor saved over by the first, %s',
    async (where) => {
      let now = Date.now();
      const database = where === 'in memory' ? null : await createTestDatabase();
      const store = database ? await openStore(database) : openMemoryStore({ now: () => now });
      const link = await aLinkIn(store);
      await store.links.hold([claim(link)], ME);
      now += HOLD_MS;
      if (database)
        await executeOn(database.connectionString, 'update record_holds set held_until = now()');
      expect(await store.links.hold([claim(link)], 'another')).toEqual([true]);
      await store.links.renew(mine(RECORDS));
      expect(await save(store, link, RECORDS)).toBeNull();
      expect(await store.links.hold([claim(link)], 'a third')).toEqual([false]);
      const theirs = { holder: 'another', recordIds: RECORDS };
      const done = await store.links.record({
        links: [changing(link, {})],
        changes: [],
        releases: theirs,
      });
      expect(done[0]).not.toBeNull();
      await store.close();
      await database?.drop();
    },
  );

  it.each(['in memory', 'in Postgres'])('lasts on when it is renewed, %s', async (where) => {
    let now = Date.now();
    const database = where === 'in memory' ? null : await createTestDatabase();
    const store = database ? await openStore(database) : openMemoryStore({ now: () => now });
    const link = await aLinkIn(store);
    await store.links.hold([claim(link)], ME);
    now += HOLD_MS - 1;
    if (database)
      await executeOn(database.connectionString, 'update record_holds set held_until = now()');
    await store.links.renew(mine(RECORDS));
    now += HOLD_MS - 1;
    expect(await store.links.hold([claim(link)], 'another')).toEqual([false]);
    await store.close();
    await database?.drop();
  });
});

describe('A hold whose work failed', () => {
  it.each(['in memory', 'in Postgres'])(
    'leaves its records due, with a link and without one, %s',
    async (where) => {
      const database = where === 'in memory' ? null : await createTestDatabase();
      const store = database ? await openStore(database) : openMemoryStore({ now: Date.now });
      const link = await aLinkIn(store);
      const sending = { hubspotId: null, salesforceId: '00Q2', plannedAt: '', agreed: {} };
      const unrecorded = { ...sending, sending: [] };
      await store.links.hold([claim(link), { ...MEETING, unrecorded }], ME);
      expect(await store.links.abandoned(10)).toEqual([]);
      await store.links.giveUp({ holder: 'another', recordIds: ['2', '00Q2', ...RECORDS] });
      expect(await store.links.abandoned(10)).toEqual([]);
      await store.links.giveUp(mine(['2', '00Q2', ...RECORDS]));
      const now = new Date().toISOString();
      expect((await store.links.due(now, 10)).map(({ id }) => id)).toEqual([link.id]);
      expect((await store.links.abandoned(10)).toSorted()).toEqual(['00Q2', '2']);
      expect(await store.links.hold([MEETING], 'another')).toEqual([true]);
      await store.close();
      await database?.drop();
    },
  );
});

describe('A holder that is gone', () => {
  it('in memory, lets go after a while, and its link is due', async () => {
    let now = Date.now();
    const store = openMemoryStore({ now: () => now });
    const link = await aLinkIn(store);
    await store.links.hold([claim(link)], ME);
    now += HOLD_MS;
    expect((await store.links.due(new Date(now).toISOString(), 10)).map(({ id }) => id)).toEqual([
      link.id,
    ]);
    expect(await save(store, link)).not.toBeNull();
    expect(await store.links.due(new Date(now).toISOString(), 10)).toEqual([]);
  });

  it('is forgotten of records that have no link after a look, and only then', async () => {
    let now = Date.now();
    const store = openMemoryStore({ now: () => now });
    await store.links.hold([MEETING], ME);
    await store.links.forgetHolds(['2', '00Q2']);
    expect(await store.links.hold([MEETING], ME)).toEqual([false]);
    now += HOLD_MS;
    await store.links.forgetHolds(['2']);
    expect(await store.links.abandoned(10)).toEqual(['00Q2']);
  });

  it('leaves records without a link to be found, in memory', async () => {
    let now = Date.now();
    const store = openMemoryStore({ now: () => now });
    const link = await aLinkIn(store);
    await store.links.hold([claim(link), MEETING], ME);
    expect(await store.links.abandoned(10)).toEqual([]);
    now += HOLD_MS;
    expect((await store.links.abandoned(10)).toSorted()).toEqual(['00Q2', '2']);
    await store.links.record({ links: [adding(MEETING.content)], changes: [] });
    expect(await store.links.abandoned(10)).toEqual([]);
  });

  it('in Postgres, too', async () => {
    const database = await createTestDatabase();
    const store = await openStore(database);
    const link = await aLinkIn(store);
    await store.links.hold([claim(link), MEETING], ME);
    const now = new Date().toISOString();
    expect(await store.links.due(now, 10)).toEqual([]);
    expect(await store.links.abandoned(10)).toEqual([]);
    await executeOn(database.connectionString, 'update record_holds set held_until = now()');
    expect((await store.links.due(now, 10)).map(({ id }) => id)).toEqual([link.id]);
    expect((await store.links.abandoned(10)).toSorted()).toEqual(['00Q2', '2']);
    await store.links.forgetHolds(['2']);
    expect(await store.links.abandoned(10)).toEqual(['00Q2']);
    await store.links.record({ links: [adding(MEETING.content)], changes: [] });
    expect(await store.links.abandoned(10)).toEqual([]);
    expect(await store.links.hold([claim(link)], ME)).toEqual([true]);
    await executeOn(database.connectionString, 'update record_holds set held_until = now()');
    expect(await save(store, link)).not.toBeNull();
    expect(await store.links.due(now, 10)).toEqual([]);
    await store.close();
    await database.drop();
  });
});

describe.each(STORE_KINDS)('What was being sent, %s,', (_, open) => {
  const SENT = {
    hubspotId: '1',
    salesforceId: '00Q1',
    plannedAt: '2026-01-01T00:00:00.000Z',
    agreed: { email: 'a@example.com' },
    sending: [{ key: 'city', side: 'salesforce', value: 'Bonn', over: null }],
  } as const;
  let under: StoreUnderTest;
  beforeAll(async () => {
    under = await open();
  });
  afterAll(() => under.close());

  it('is known until both sides were compared and that was saved', async () => {
    const store = await under.clear();
    const link = await aLinkIn(store);
    const known = () => store.links.unrecorded(RECORDS);
    await store.links.hold([{ ...claim(link), unrecorded: SENT }], ME);
    expect(await known()).toEqual([SENT]);
    await store.links.record({ links: [], changes: [], releases: mine(RECORDS) });
    expect(await known()).toEqual([SENT]);
    expect(await store.links.due(FAR, 10)).toEqual([]);
    const waiting = saved(await save(store, link));
    expect(await known()).toEqual([SENT]);
    await store.links.record({
      links: [{ ...changing(waiting, {}), settles: RECORDS }],
      changes: [],
    });
    expect(await known()).toEqual([]);
  });
});
