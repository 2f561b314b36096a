import { describe, expect, it } from 'vitest';
import { NOW, people, startCanned, startPortal } from './fixture.ts';

const BATCH_READ = 'POST /crm/objects/contacts/batch/read';

describe('Reading contacts by id', () => {
  it('takes 100 ids a call and leaves out ids that do not exist (hubspot-api §2.1)', async () => {
    const { hubspot, standIn } = await startPortal();
    const ids = standIn.portal.seed(people(250)).map(({ id }) => id);
    const found = await hubspot.contacts.readByIds([...ids, ids[0] ?? '', '999999999'], ['email']);
    expect(found.size).toBe(250);
    expect(found.get(ids[7] ?? '')).toMatchObject({
      id: ids[7],
      properties: { email: 'person7@example.com' },
      archived: false,
    });
    expect(standIn.calls.byEndpoint()).toEqual({ [BATCH_READ]: 3 });
  });

  it('gives the version of the row in milliseconds', async () => {
    const { hubspot, standIn } = await startPortal();
    const modified = new Date(NOW - 12_345);
    const [seeded] = standIn.portal.seed([
      { properties: { email: 'ada@example.com' }, lastmodifieddate: modified },
    ]);
    const found = await hubspot.contacts.readByIds([seeded?.id ?? ''], ['firstname']);
    expect(found.get(seeded?.id ?? '')?.modifiedAt).toBe(modified.toISOString());
  });

  it('asks nothing for no ids', async () => {
    const { hubspot, standIn } = await startPortal();
    await expect(hubspot.contacts.readByIds([], ['email'])).resolves.toEqual(new Map());
    expect(standIn.calls.total).toBe(0);
  });

  it.each([
    ['hs_merged_object_ids', '12;13'],
    ['hs_calculated_merged_vids', '13:1718000000000;12:1718000000001'],
  ])(
    'keys a survivor by the merged-away id, told by %s (hubspot-api §2.1)',
    async (name, value) => {
      const { hubspot } = await startCanned(() => ({
        status: 207,
        body: {
          status: 'COMPLETE',
          results: [
            {
              id: '77',
              properties: { email: 'ada@example.com', [name]: value },
              createdAt: '2026-01-01T00:00:00Z',
              updatedAt: '2026-01-02T00:00:00Z',
              archived: false,
            },
          ],
          startedAt: '2026-11-23T10:00:00Z',
          completedAt: '2026-11-23T10:00:00Z',
        },
      }));
      const found = await hubspot.contacts.readByIds(['12'], ['email']);
      expect([...found].map(([asked, { id }]) => [asked, id])).toEqual([['12', '77']]);
    },
  );
});

describe('Reading contacts by e-mail', () => {
  it('finds primary and additional e-mails, keyed by the asked one in lower case', async () => {
    const { hubspot, standIn } = await startPortal();
    const [ada] = standIn.portal.seed([{ properties: { email: 'ada@example.com' } }]);
    standIn.portal.addEmail(ada?.id ?? '', 'ada.l@example.org');
    const found = await hubspot.contacts.readByEmails(
      ['Ada@Example.com', 'ada.l@example.org', 'nobody@example.com', ' '],
      ['firstname'],
    );
    expect([...found].map(([email, { id }]) => [email, id]).sort()).toEqual([
      ['ada.l@example.org', ada?.id],
      ['ada@example.com', ada?.id],
    ]);
    expect(standIn.calls.total).toBe(1);
  });

  it('reads odd but possible e-mails as they are', async () => {
    const { hubspot, standIn } = await startPortal();
    const emails = ["o'brien@example.com", 'a+b@example.com', 'müller@example.com'];
    standIn.portal.seed(emails.map((email) => ({ properties: { email } })));
    const found = await hubspot.contacts.readByEmails(emails, []);
    expect([...found.keys()].sort()).toEqual([...emails].sort());
  });
});

describe('Reading when properties changed', () => {
  it('takes 50 contacts a call and tells the newest change of each property', async () => {
    const { hubspot, standIn, clock } = await startPortal();
    const ids = Array.from(
      { length: 60 },
      (_, index) => standIn.portal.create({ email: `p${index}@example.com`, city: 'Ghent' }).id,
    );
    clock.advance(60_000);
    standIn.portal.update(ids[0] ?? '', { city: 'Bruges' });
    const times = await hubspot.contacts.readPropertyTimes(ids, ['city', 'phone']);
    expect(times.get(ids[0] ?? '')).toEqual({ city: new Date(NOW + 60_000).toISOString() });
    expect(times.get(ids[1] ?? '')).toEqual({ city: new Date(NOW).toISOString() });
    expect(standIn.calls.byEndpoint()).toEqual({ [BATCH_READ]: 2 });
  });
});

describe('Walking through all contacts', () => {
  it('goes in ascending id, 100 a call, and ends with null', async () => {
    const { hubspot, standIn } = await startPortal();
    const ids = standIn.portal.seed(people(230)).map(({ id }) => id);
    const walked: string[] = [];
    let after: string | null = null;
    do {
      const page = await hubspot.contacts.list(after, ['email']);
      walked.push(...page.contacts.map(({ id }) => id));
      after = page.after;
    } while (after !== null);
    expect(walked).toEqual([...ids].sort((a, b) => Number(a) - Number(b)));
    expect(standIn.calls.total).toBe(3);
  });
});

describe('Searching modified contacts', () => {
  const since = new Date(NOW - 60_000);
  const until = new Date(NOW);

  it('pages by id through a window whose end is not part of it (hubspot-api §2.2)', async () => {
    const { hubspot, standIn } = await startPortal();
    const seeded = standIn.portal.seed(
      people(450).map((person) => ({ ...person, lastmodifieddate: since })),
    );
    standIn.portal.seed([
      { properties: { email: 'before@example.com' }, lastmodifieddate: new Date(NOW - 60_001) },
      { properties: { email: 'end@example.com' }, lastmodifieddate: until },
    ]);
    const found: string[] = [];
    let afterId: string | null = null;
    do {
      const page = await hubspot.contacts.searchModified({ since, until, afterId }, ['email']);
      found.push(...page.contacts.map(({ id }) => id));
      afterId = page.afterId;
    } while (afterId !== null);
    expect(found).toEqual(seeded.map(({ id }) => id).sort((a, b) => Number(a) - Number(b)));
    expect(standIn.calls.total).toBe(3);
  });

  it('stays below five searches a second by itself (hubspot-api §2.6)', async () => {
    const { hubspot, clock } = await startPortal();
    for (let search = 0; search < 10; search += 1)
      await hubspot.contacts.searchModified({ since, until, afterId: null }, []);
    expect(clock.now() - NOW).toBeGreaterThanOrEqual(1_990);
    expect(clock.now() - NOW).toBeLessThan(2_300);
  });
});
