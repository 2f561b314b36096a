// Archived contacts, restoring them, and erasing contacts for privacy (hubspot-api §2.1, §7.7).
import { describe, expect, it } from 'vitest';
import { Refused } from '../../../src/sandbox/hubspot/stand-in.ts';
import { aPortal, refusal, servePortal } from './support.ts';

const DAY = 86_400_000;

describe('The recycle bin', () => {
  it('can be read one by one, in batches and in pages, and by nobody else', async () => {
    const { hubspot, dated } = await servePortal();
    const [ada, bob] = ['ada', 'bob'].map(
      (name) => hubspot.portal.create({ email: `${name}@example.com` }).id,
    );
    hubspot.portal.archive(ada ?? '');
    const { basicApi, batchApi } = dated.crm.contacts;
    const read = (id = '') => basicApi.getById(id, ['email'], undefined, undefined, true);
    expect(await read(ada)).toMatchObject({ id: ada, archived: true });
    expect((await refusal(read(bob))).code).toBe(404);
    expect((await refusal(basicApi.getById(ada ?? ''))).code).toBe(404);
    const inputs = [ada, bob].map((id = '') => ({ id }));
    const batch = await batchApi.read({ inputs, properties: [], propertiesWithHistory: [] }, true);
    expect(batch.results.map(({ id }) => id)).toEqual([ada]);
    const page = await basicApi.getPage(100, undefined, [], undefined, undefined, true);
    expect(page.results.map(({ id }) => id)).toEqual([ada]);
  });

  it('forgets contacts after 90 days', async () => {
    const { hubspot, dated, clock } = await servePortal();
    const { id } = hubspot.portal.create({ email: 'ada@example.com' });
    hubspot.portal.archive(id);
    clock.advance(90 * DAY + 1_000);
    const { results } = await dated.crm.contacts.basicApi.getPage(
      100,
      undefined,
      [],
      undefined,
      undefined,
      true,
    );
    expect(results).toEqual([]);
    expect(() => hubspot.portal.restore(id)).toThrow(Refused);
  });
});

describe('A restored contact', () => {
  it('is what it was, and changed by now', () => {
    const { hubspot, clock } = aPortal();
    const { id } = hubspot.portal.create({ email: 'ada@example.com', city: 'Oslo' });
    hubspot.portal.archive(id);
    clock.advance(60_000);
    const restored = hubspot.portal.restore(id);
    expect(restored).toMatchObject({ id, archived: false, properties: { city: 'Oslo' } });
    expect(restored.modifiedAt).toEqual(new Date(clock.now()));
    expect(hubspot.portal.byEmail('ada@example.com')?.id).toBe(id);
  });

  it('must not find its e-mail with another contact, primary or additional', () => {
    const { hubspot } = aPortal();
    const { id } = hubspot.portal.create({ email: 'ada@example.com' });
    hubspot.portal.addEmail(id, 'countess@example.com');
    hubspot.portal.archive(id);
    const other = hubspot.portal.create({ email: 'countess@example.com' });
    expect(() => hubspot.portal.restore(id)).toThrow(`Existing ID: ${other.id}`);
    hubspot.portal.archive(other.id);
    expect(hubspot.portal.restore(id).archived).toBe(false);
  });

  it('was in the bin in the first place', () => {
    const { hubspot } = aPortal();
    const { id } = hubspot.portal.create({ email: 'ada@example.com' });
    expect(() => hubspot.portal.restore(id)).toThrow('not in the recycle bin');
  });
});

describe('Erasing for privacy', () => {
  it('leaves nothing to read, live or archived', async () => {
    const { hubspot, dated, client } = await servePortal({ indexLagMs: 0 });
    const [ada, bob] = ['ada', 'bob'].map(
      (name) => hubspot.portal.create({ email: `${name}@example.com` }).id,
    );
    hubspot.portal.archive(bob ?? '');
    for (const objectId of [ada ?? '', bob ?? '', '999'])
      await client.crm.contacts.basicApi.purge({ objectId });
    const { basicApi } = dated.crm.contacts;
    for (const id of [ada ?? '', bob ?? ''])
      for (const archived of [false, true]) {
        const read = basicApi.getById(id, [], undefined, undefined, archived);
        expect((await refusal(read)).code).toBe(404);
      }
    expect(hubspot.portal.all()).toEqual([]);
  });

  it('by e-mail blocks the e-mail even where no contact has it', async () => {
    const { hubspot, client } = await servePortal();
    await client.crm.contacts.basicApi.purge({ objectId: 'ada@example.com', idProperty: 'email' });
    expect(() => hubspot.portal.create({ email: 'Ada@example.com' })).toThrow(Refused);
  });

  it('keeps people from adding its e-mails again, but not an app', async () => {
    const { hubspot, client } = await servePortal();
    const { id } = hubspot.portal.create({ email: 'ada@example.com' });
    hubspot.portal.addEmail(id, 'countess@example.com');
    hubspot.portal.gdprDelete(id);
    const other = hubspot.portal.create({ email: 'bob@example.com' });
    const adding = [
      () => hubspot.portal.create({ email: 'ada@example.com' }),
      () => hubspot.portal.update(other.id, { email: 'countess@example.com' }),
      () => hubspot.portal.addEmail(other.id, 'ada@example.com'),
    ];
    for (const add of adding) expect(add).toThrow(Refused);
    const properties = { email: 'ada@example.com' };
    const created = await client.crm.contacts.basicApi.create({ properties, associations: [] });
    expect(created.id).not.toBe(id);
  });
});

describe('Additional e-mails', () => {
  it('are a contact’s own: nobody else’s may be added, and one that was removed is free', () => {
    const { hubspot } = aPortal();
    const [ada, bob] = ['ada', 'bob'].map(
      (name) => hubspot.portal.create({ email: `${name}@example.com` }).id,
    );
    hubspot.portal.addEmail(ada ?? '', 'Countess@example.com');
    expect(() => hubspot.portal.addEmail(bob ?? '', 'countess@example.com')).toThrow(
      `Existing ID: ${ada}`,
    );
    hubspot.portal.removeEmail(ada ?? '', 'countess@example.com');
    hubspot.portal.addEmail(bob ?? '', 'countess@example.com');
    expect(hubspot.portal.byEmail('countess@example.com')?.id).toBe(bob);
  });
});
