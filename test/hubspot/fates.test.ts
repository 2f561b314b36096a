// What became of contacts that a read doesn't find (hubspot-api §2.1).
import { describe, expect, it } from 'vitest';
import type { HubSpotStandIn } from '../../src/sandbox/hubspot/stand-in.ts';
import { people, startPortal } from './fixture.ts';

const BATCH_READ = 'POST /crm/objects/contacts/batch/read';
const DAY = 86_400_000;

const someone = (standIn: HubSpotStandIn, name: string): string =>
  standIn.portal.create({ email: `${name}@example.com` }).id;

describe('The fate of a contact', () => {
  it('is live, archived, or unknown', async () => {
    const { hubspot, standIn } = await startPortal();
    const [ada, bob] = [someone(standIn, 'ada'), someone(standIn, 'bob')];
    standIn.portal.archive(bob);
    expect(await hubspot.contacts.fates([ada, bob, '999999999'])).toEqual(
      new Map([
        [ada, { kind: 'live' }],
        [bob, { kind: 'archived' }],
      ]),
    );
  });

  it.each(['newId', 'primaryId'] as const)(
    'is its survivor when it was merged, the survivor having %s',
    async (survivor) => {
      const { hubspot, standIn } = await startPortal();
      const [ada, bob] = [someone(standIn, 'ada'), someone(standIn, 'bob')];
      const { id } = standIn.portal.merge(ada, bob, survivor);
      const fates = await hubspot.contacts.fates([ada, bob, id]);
      expect(fates.get(bob)).toEqual({ kind: 'mergedInto', id });
      expect(fates.get(ada)).toEqual(
        survivor === 'newId' ? { kind: 'mergedInto', id } : { kind: 'live' },
      );
      expect(fates.get(id)).toEqual({ kind: 'live' });
    },
  );

  it('is the last survivor of a chain of merges', async () => {
    const { hubspot, standIn } = await startPortal();
    const [ada, bob, cem] = ['ada', 'bob', 'cem'].map((name) => someone(standIn, name));
    const { id: first } = standIn.portal.merge(ada ?? '', bob ?? '');
    const { id: last } = standIn.portal.merge(cem ?? '', first);
    const fates = await hubspot.contacts.fates([ada ?? '', bob ?? '', cem ?? '', first]);
    for (const id of [ada, bob, cem, first])
      expect(fates.get(id ?? '')).toEqual({ kind: 'mergedInto', id: last });
  });

  it('is the recycle bin when its survivor was archived', async () => {
    const { hubspot, standIn } = await startPortal();
    const [ada, bob] = [someone(standIn, 'ada'), someone(standIn, 'bob')];
    const { id } = standIn.portal.merge(ada, bob);
    standIn.portal.archive(id);
    const fates = await hubspot.contacts.fates([bob, id]);
    expect(fates.get(bob)).toEqual({ kind: 'archived' });
    expect(fates.get(id)).toEqual({ kind: 'archived' });
  });

  it('is unknown once it was erased for privacy or the recycle bin forgot it', async () => {
    const { hubspot, standIn, clock } = await startPortal();
    const [ada, bob] = [someone(standIn, 'ada'), someone(standIn, 'bob')];
    standIn.portal.gdprDelete(ada);
    standIn.portal.archive(bob);
    clock.advance(90 * DAY - 1_000);
    expect(await hubspot.contacts.fates([ada, bob])).toEqual(
      new Map([[bob, { kind: 'archived' }]]),
    );
    clock.advance(2_000);
    expect(await hubspot.contacts.fates([ada, bob])).toEqual(new Map());
  });

  it('is live again after a restoration', async () => {
    const { hubspot, standIn } = await startPortal();
    const ada = someone(standIn, 'ada');
    standIn.portal.archive(ada);
    standIn.portal.restore(ada);
    expect((await hubspot.contacts.fates([ada])).get(ada)).toEqual({ kind: 'live' });
  });

  it('takes a read of 100, and another for those that don’t live', async () => {
    const { hubspot, standIn } = await startPortal();
    const ids = standIn.portal.seed(people(200)).map(({ id }) => id);
    for (const id of ids.slice(0, 30)) standIn.portal.archive(id);
    const fates = await hubspot.contacts.fates([...ids, ids[0] ?? '']);
    expect([...fates.values()].filter(({ kind }) => kind === 'archived')).toHaveLength(30);
    expect([...fates.values()].filter(({ kind }) => kind === 'live')).toHaveLength(170);
    expect(standIn.calls.byEndpoint()).toEqual({ [BATCH_READ]: 3 });
    standIn.calls.reset();
    expect(await hubspot.contacts.fates([])).toEqual(new Map());
    expect(standIn.calls.total).toBe(0);
  });
});

describe('Reading a merged-away id', () => {
  it('answers with the survivor, keyed by the asked id', async () => {
    const { hubspot, standIn } = await startPortal();
    const [ada, bob] = [someone(standIn, 'ada'), someone(standIn, 'bob')];
    const { id } = standIn.portal.merge(ada, bob);
    const found = await hubspot.contacts.readByIds([bob, ada, id], ['email']);
    expect([...found].map(([asked, contact]) => [asked, contact.id])).toEqual(
      expect.arrayContaining([
        [ada, id],
        [bob, id],
        [id, id],
      ]),
    );
    const byEmail = await hubspot.contacts.readByEmails(['bob@example.com'], []);
    expect(byEmail.get('bob@example.com')?.id).toBe(id);
  });
});

describe('Archiving contacts', () => {
  it('takes 100 a call, and one that is gone already counts as done', async () => {
    const { hubspot, standIn } = await startPortal();
    const ids = standIn.portal.seed(people(120)).map(({ id }) => id);
    standIn.portal.archive(ids[0] ?? '');
    const outcomes = await hubspot.contacts.archive([...ids, '999999999']);
    expect(outcomes).toHaveLength(121);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(standIn.portal.size).toBe(0);
    expect(standIn.portal.get(ids[5] ?? '')?.archived).toBe(true);
    expect(standIn.calls.byEndpoint()).toEqual({ 'POST /crm/objects/contacts/batch/archive': 2 });
  });

  it('can be repeated when the answer was lost', async () => {
    const { hubspot, standIn } = await startPortal();
    const ada = someone(standIn, 'ada');
    standIn.faults.plan(/batch\/archive/, { kind: 'resetAfterCommit' });
    expect(await hubspot.contacts.archive([ada])).toMatchObject([{ ok: true, id: ada }]);
    expect(standIn.portal.get(ada)?.archived).toBe(true);
  });
});
