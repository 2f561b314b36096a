// Merging contacts: a new record, the primary's values first, old ids that lead to the survivor
// (hubspot-api §2.1, §7.7).
import { describe, expect, it } from 'vitest';
import { refusal, servePortal, START, type ServedPortal } from './support.ts';

const search = async ({ dated }: ServedPortal, email: string): Promise<string[]> => {
  const { results } = await dated.crm.contacts.searchApi.doSearch({
    filterGroups: [{ filters: [{ propertyName: 'email', operator: 'EQ' as never, value: email }] }],
    limit: 10,
    after: '0',
    sorts: [],
    properties: ['email'],
  });
  return results.map(({ id }) => id);
};

async function twoContacts(
  properties: { primary?: Record<string, string>; other?: Record<string, string> } = {},
): Promise<{ portal: ServedPortal; primary: string; other: string }> {
  const portal = await servePortal({ indexLagMs: 0, listLagMs: 0 });
  const create = (values: Record<string, string>): string =>
    portal.hubspot.portal.create(values).id;
  return {
    portal,
    primary: create({ email: 'ada@example.com', ...properties.primary }),
    other: create({ email: 'bob@example.com', ...properties.other }),
  };
}

describe('Merging through the API', () => {
  it('answers with a new record that remembers both ids', async () => {
    const { portal, primary, other } = await twoContacts();
    const survivor = await portal.dated.crm.contacts.basicApi.merge({
      primaryObjectId: primary,
      objectIdToMerge: other,
    });
    expect([primary, other]).not.toContain(survivor.id);
    expect(portal.hubspot.portal.value(survivor.id, 'hs_merged_object_ids')).toBe(
      `${primary};${other}`,
    );
    expect(portal.hubspot.portal.value(survivor.id, 'hs_calculated_merged_vids')).toMatch(
      new RegExp(`^${primary}:${START + 1};${other}:${START + 1}$`),
    );
    expect(portal.hubspot.portal.all().map(({ id }) => id)).toEqual([survivor.id]);
  });

  it('refuses a contact with itself, under any of its ids, and one that isn’t there', async () => {
    const { portal, primary, other } = await twoContacts();
    const merge = (primaryObjectId: string, objectIdToMerge: string) =>
      refusal(portal.client.crm.contacts.basicApi.merge({ primaryObjectId, objectIdToMerge }));
    expect((await merge(primary, primary)).code).toBe(400);
    expect((await merge(primary, '999')).code).toBe(404);
    const { id } = portal.hubspot.portal.merge(primary, other);
    expect((await merge(id, other)).code).toBe(400);
  });

  it('refuses more than 250 identities', async () => {
    const { portal, primary, other } = await twoContacts();
    const ids = Array.from({ length: 248 }, (_, index) => String(900 + index)).join(';');
    const [crowd] = portal.hubspot.portal.seed([{ properties: { hs_merged_object_ids: ids } }]);
    const { id } = portal.hubspot.portal.merge(primary, crowd?.id ?? '');
    const refused = await refusal(
      portal.client.crm.contacts.basicApi.merge({ primaryObjectId: id, objectIdToMerge: other }),
    );
    expect(refused).toMatchObject({
      code: 414,
      body: { message: 'Cannot have more than 250 identities on a profile' },
    });
  });
});

describe('The survivor', () => {
  it('has the primary’s values, and the other’s where the primary has none', async () => {
    const { portal, primary, other } = await twoContacts({
      primary: { city: 'Oslo' },
      other: { city: 'Rome', phone: '+1' },
    });
    const { properties } = portal.hubspot.portal.merge(primary, other);
    expect(properties).toMatchObject({
      email: 'ada@example.com',
      hs_additional_emails: 'bob@example.com',
      city: 'Oslo',
      phone: '+1',
    });
  });

  it.each([
    ['lead', 'customer', 'customer'],
    ['opportunity', 'subscriber', 'opportunity'],
  ])('of %s and %s is at the later stage %s', async (one, other, expected) => {
    const merging = await twoContacts({
      primary: { lifecyclestage: one },
      other: { lifecyclestage: other },
    });
    const { properties } = merging.portal.hubspot.portal.merge(merging.primary, merging.other);
    expect(properties.lifecyclestage).toBe(expected);
  });

  it('was created when the older of the two was', async () => {
    const portal = await servePortal();
    const older = new Date(START - 5_000);
    const [primary, other] = portal.hubspot.portal.seed([
      { properties: {}, createdate: new Date(START - 1_000) },
      { properties: {}, createdate: older },
    ]);
    const survivor = portal.hubspot.portal.merge(primary?.id ?? '', other?.id ?? '');
    expect(survivor.createdAt).toEqual(older);
  });

  it('goes on with the primary’s history', async () => {
    const { portal, primary, other } = await twoContacts({ primary: { city: 'Oslo' } });
    portal.clock.advance(60_000);
    const { id } = portal.hubspot.portal.merge(primary, other);
    const { propertiesWithHistory } = await portal.dated.crm.contacts.basicApi.getById(
      id,
      [],
      ['city'],
    );
    expect(propertiesWithHistory?.city).toHaveLength(1);
    expect(propertiesWithHistory?.city?.[0]?.timestamp).toEqual(new Date(START));
  });

  it('can keep the primary’s id, as older merges did', async () => {
    const { portal, primary, other } = await twoContacts();
    const survivor = portal.hubspot.portal.merge(primary, other, 'primaryId');
    expect(survivor.id).toBe(primary);
    expect(survivor.properties.hs_merged_object_ids).toBe(other);
  });
});

describe('Merged-away ids', () => {
  it('lead to the survivor in single and batch reads, through a chain of merges', async () => {
    const { portal, primary, other } = await twoContacts();
    const { id: first } = portal.hubspot.portal.merge(primary, other);
    const third = portal.hubspot.portal.create({ email: 'cem@example.com' });
    const { id: last } = portal.hubspot.portal.merge(third.id, first);
    const { basicApi, batchApi } = portal.dated.crm.contacts;
    for (const id of [primary, other, first, third.id])
      expect((await basicApi.getById(id)).id).toBe(last);
    const read = await batchApi.read(
      { inputs: [{ id: other }, { id: first }], properties: [], propertiesWithHistory: [] },
      false,
    );
    expect(read.results.map(({ id }) => id)).toEqual([last]);
    for (const email of ['ada@example.com', 'bob@example.com', 'cem@example.com'])
      expect(portal.hubspot.portal.byEmail(email)?.id).toBe(last);
  });

  it('are in no search and no list; the survivor is', async () => {
    const { portal, primary, other } = await twoContacts();
    const list = portal.hubspot.portal.createList({
      name: 'By hand',
      processingType: 'MANUAL',
      members: [other],
    });
    const dynamic = portal.hubspot.portal.createList({
      name: 'With an e-mail',
      processingType: 'DYNAMIC',
      filter: ({ values }) => values.email !== undefined,
    });
    const { id } = portal.hubspot.portal.merge(primary, other);
    expect(await search(portal, 'ada@example.com')).toEqual([id]);
    expect(await search(portal, 'bob@example.com')).toEqual([]);
    expect(portal.hubspot.portal.members(list)).toEqual([id]);
    expect(portal.hubspot.portal.members(dynamic)).toEqual([id]);
  });

  it('don’t bring the survivor into a manual list that they had left before', async () => {
    const { portal, primary, other } = await twoContacts();
    const list = portal.hubspot.portal.createList({
      name: 'By hand',
      processingType: 'MANUAL',
      members: [other],
    });
    portal.hubspot.portal.archive(other);
    portal.hubspot.portal.restore(other);
    portal.hubspot.portal.merge(primary, other);
    expect(portal.hubspot.portal.members(list)).toEqual([]);
  });

  it('hand their companies on, the primary’s first', async () => {
    const { portal, primary, other } = await twoContacts();
    const [one, two] = ['One', 'Two'].map((name) => portal.hubspot.portal.createCompany({ name }));
    portal.hubspot.portal.associateCompany(other, two ?? '');
    portal.hubspot.portal.associateCompany(primary, one ?? '');
    const { id } = portal.hubspot.portal.merge(primary, other);
    expect(portal.hubspot.portal.companiesOf(id)).toEqual([one, two]);
    expect(portal.hubspot.portal.value(id, 'associatedcompanyid')).toBe(one);
  });
});
