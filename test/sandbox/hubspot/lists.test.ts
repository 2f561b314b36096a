// Lists and memberships through HubSpot's client (hubspot-api §2.3, §7.10).
import { describe, expect, it } from 'vitest';
import { refusal, servePortal, type ServedPortal } from './support.ts';

const IN_OSLO = {
  filterBranchType: 'OR',
  filterBranchOperator: 'OR',
  filters: [],
  filterBranches: [
    {
      filterBranchType: 'AND',
      filterBranchOperator: 'AND',
      filterBranches: [],
      filters: [
        {
          filterType: 'PROPERTY',
          property: 'city',
          operation: { operationType: 'MULTISTRING', operator: 'IS_EQUAL_TO', values: ['Oslo'] },
        },
      ],
    },
  ],
};

async function createList(portal: ServedPortal, request: unknown): Promise<string> {
  const created = await portal.dated.crm.lists.listsApi.create(request as never);
  return created.list.listId;
}

function dynamic(portal: ServedPortal): Promise<string> {
  return createList(portal, {
    name: 'In Oslo',
    objectTypeId: '0-1',
    processingType: 'DYNAMIC',
    filterBranch: IN_OSLO,
  });
}

async function membersOf(portal: ServedPortal, listId: string): Promise<string[]> {
  const page = await portal.dated.crm.lists.membershipsApi.getPage(
    listId,
    undefined,
    undefined,
    250,
  );
  return page.results.map(({ recordId }) => recordId);
}

describe('DYNAMIC lists', () => {
  it('hold those who match when they are created', async () => {
    const portal = await servePortal();
    const { id } = portal.hubspot.portal.create({ city: 'Oslo' });
    portal.hubspot.portal.create({ city: 'Rome' });
    const listId = await dynamic(portal);
    expect(await membersOf(portal, listId)).toEqual([id]);
  });

  it('notice a change only after a while, an archival at once', async () => {
    const portal = await servePortal({ listLagMs: 3000 });
    const listId = await dynamic(portal);
    const { id } = portal.hubspot.portal.create({ city: 'Oslo' });
    portal.clock.advance(2999);
    expect(await membersOf(portal, listId)).toEqual([]);
    portal.clock.advance(1);
    expect(await membersOf(portal, listId)).toEqual([id]);
    portal.hubspot.portal.update(id, { city: 'Rome' });
    expect(await membersOf(portal, listId)).toEqual([id]);
    portal.clock.advance(3000);
    expect(await membersOf(portal, listId)).toEqual([]);
    const other = portal.hubspot.portal.create({ city: 'Oslo' });
    portal.clock.advance(3000);
    portal.hubspot.portal.archive(other.id);
    expect(await membersOf(portal, listId)).toEqual([]);
  });

  it('refuse changes by hand', async () => {
    const portal = await servePortal();
    const listId = await dynamic(portal);
    const { id } = portal.hubspot.portal.create({ city: 'Rome' });
    const refused = await refusal(portal.client.crm.lists.membershipsApi.add(listId, [id]));
    expect(refused).toMatchObject({ code: 400, body: { category: 'VALIDATION_ERROR' } });
  });

  it('can have a function for a filter, for tests', async () => {
    const { hubspot, clock } = await servePortal({ listLagMs: 10 });
    const listId = hubspot.portal.createList({
      name: 'High score',
      processingType: 'DYNAMIC',
      filter: ({ values }) => Number(values.score ?? 0) > 50,
    });
    const { id } = hubspot.portal.create({ score: '90' });
    hubspot.portal.create({ score: '10' });
    clock.advance(10);
    expect(hubspot.portal.members(listId)).toEqual([id]);
  });
});

describe('MANUAL and SNAPSHOT lists', () => {
  it('take and give up members, naming ids without a contact', async () => {
    const portal = await servePortal();
    const listId = await createList(portal, {
      name: 'By hand',
      objectTypeId: '0-1',
      processingType: 'MANUAL',
    });
    const ids = [1, 2, 3].map((n) => portal.hubspot.portal.create({ score: n }).id);
    const [first = '', second = '', third = ''] = ids;
    const { membershipsApi } = portal.client.crm.lists;
    const added = await membershipsApi.add(listId, [first, second, '999']);
    expect(added).toMatchObject({ recordsIdsAdded: [first, second], recordIdsMissing: ['999'] });
    const changed = await membershipsApi.addAndRemove(listId, {
      recordIdsToAdd: [third],
      recordIdsToRemove: [first],
    });
    expect(changed).toMatchObject({ recordsIdsAdded: [third], recordIdsRemoved: [first] });
    await membershipsApi.remove(listId, [second]);
    expect(await membersOf(portal, listId)).toEqual([third]);
  });

  it('a SNAPSHOT is filled once', async () => {
    const portal = await servePortal({ listLagMs: 0 });
    const { id } = portal.hubspot.portal.create({ city: 'Oslo' });
    const listId = await createList(portal, {
      name: 'Oslo then',
      objectTypeId: '0-1',
      processingType: 'SNAPSHOT',
      filterBranch: IN_OSLO,
    });
    portal.hubspot.portal.create({ city: 'Oslo' });
    expect(await membersOf(portal, listId)).toEqual([id]);
  });
});

describe('Memberships', () => {
  async function withMembers(
    count: number,
  ): Promise<{ portal: ServedPortal; listId: string; ids: string[] }> {
    const portal = await servePortal();
    const ids = portal.hubspot.portal
      .seed(Array.from({ length: count }, () => ({ properties: { city: 'Oslo' } })))
      .map(({ id }) => id);
    const listId = portal.hubspot.portal.createList({ name: 'All', processingType: 'MANUAL' });
    for (const id of ids.toReversed()) {
      portal.hubspot.portal.addMembers(listId, [id]);
      portal.clock.advance(1);
    }
    return { portal, listId, ids };
  }

  it('come in pages of up to 250, by id or in the order of joining', async () => {
    const { portal, listId, ids } = await withMembers(300);
    const { membershipsApi } = portal.dated.crm.lists;
    const first = await membershipsApi.getPage(listId, undefined, undefined, 250);
    const second = await membershipsApi.getPage(listId, first.paging?.next?.after, undefined, 250);
    expect([...first.results, ...second.results].map(({ recordId }) => recordId)).toEqual(ids);
    expect(second.paging).toBeUndefined();
    const joined = await membershipsApi.getPageOrderedByAddedToListDate(
      listId,
      undefined,
      undefined,
      250,
    );
    expect(joined.results[0]?.recordId).toBe(ids.at(-1));
    const { results } = await membershipsApi.getPageOrderedByAddedToListDate(listId);
    expect(results).toHaveLength(100);
  });

  it('in the order of joining go on behind a member that has left since', async () => {
    const { portal, listId, ids } = await withMembers(5);
    const order = ids.toReversed();
    const page = async (after?: string): Promise<{ ids: string[]; after: string | undefined }> => {
      const { results, paging } =
        await portal.dated.crm.lists.membershipsApi.getPageOrderedByAddedToListDate(
          listId,
          after,
          undefined,
          2,
        );
      return { ids: results.map(({ recordId }) => recordId), after: paging?.next?.after };
    };
    const first = await page();
    expect(first.ids).toEqual(order.slice(0, 2));
    portal.hubspot.portal.removeMembers(listId, order.slice(0, 2));
    const second = await page(first.after);
    expect(second.ids).toEqual(order.slice(2, 4));
    portal.hubspot.portal.addMembers(listId, order.slice(0, 1));
    expect(await page(second.after)).toEqual({
      ids: [order[4], order[0]],
      after: undefined,
    });
  });

  it('refuse pages of 251', async () => {
    const { portal, listId } = await withMembers(1);
    const refused = await refusal(
      portal.dated.crm.lists.membershipsApi.getPage(listId, undefined, undefined, 251),
    );
    expect(refused.code).toBe(400);
  });

  it('are read per contact, one or many', async () => {
    const { portal, listId, ids } = await withMembers(2);
    const [first = '', second = ''] = ids;
    portal.hubspot.portal.removeMembers(listId, [second]);
    const one = await portal.client.crm.lists.membershipsApi.getLists('0-1', first);
    expect(one.results).toMatchObject([{ listId, listVersion: 1 }]);
    expect(one.results[0]?.firstAddedTimestamp).toBeInstanceOf(Date);
    const many = await portal.call('POST', '/crm/lists/2026-09/records/memberships/batch/read', {
      inputs: [first, second].map((recordId) => ({ objectTypeId: '0-1', recordId })),
    });
    expect(many).toMatchObject({
      status: 200,
      body: {
        status: 'COMPLETE',
        results: [
          { recordId: first, recordListMemberships: [{ listId }] },
          { recordId: second, recordListMemberships: [] },
        ],
      },
    });
  });
});

describe('Finding lists', () => {
  it('searches by name and type, twenty at first', async () => {
    const portal = await servePortal();
    for (let number = 0; number < 25; number += 1)
      portal.hubspot.portal.createList({ name: `List ${number}`, processingType: 'MANUAL' });
    await dynamic(portal);
    const { listsApi } = portal.dated.crm.lists;
    const page = await listsApi.doSearch({ query: 'list' });
    expect(page).toMatchObject({ total: 25, offset: 20, hasMore: true });
    const rest = await listsApi.doSearch({ query: 'list', offset: 20 });
    expect(rest).toMatchObject({ offset: 25, hasMore: false });
    const found = await listsApi.doSearch({ processingTypes: ['DYNAMIC'] });
    expect(found.lists).toMatchObject([
      { name: 'In Oslo', objectTypeId: '0-1', additionalProperties: { hs_list_size: '0' } },
    ]);
  });

  it('reads one with its filters when asked', async () => {
    const portal = await servePortal();
    const listId = await dynamic(portal);
    const { body } = await portal.call('GET', `/crm/v3/lists/${listId}?includeFilters=true`);
    expect(body).toMatchObject({ list: { listId, size: 0, filterBranch: IN_OSLO } });
    const plain = await portal.client.crm.lists.listsApi.getById(listId);
    expect(plain.list).toMatchObject({ processingType: 'DYNAMIC', processingStatus: 'COMPLETE' });
    expect(plain.list.filterBranch).toBeUndefined();
  });

  it('answers 404 for one that never was', async () => {
    const portal = await servePortal();
    const refused = await refusal(portal.client.crm.lists.listsApi.getById('4711'));
    expect(refused).toMatchObject({ code: 404, body: { category: 'OBJECT_NOT_FOUND' } });
  });

  it('still reads a deleted one, with its deletion, but not its members', async () => {
    const portal = await servePortal();
    const listId = await dynamic(portal);
    const removed = await portal.client.crm.lists.listsApi.removeWithHttpInfo(listId);
    expect(removed.httpStatusCode).toBe(204);
    const { list } = await portal.client.crm.lists.listsApi.getById(listId);
    expect(list.deletedAt).toBeInstanceOf(Date);
    expect((await refusal(membersOf(portal, listId))).code).toBe(404);
    const { total } = await portal.client.crm.lists.listsApi.doSearch({});
    expect(total).toBe(0);
  });

  it('restores a deleted one within 90 days, with those who belong by now', async () => {
    const portal = await servePortal({ listLagMs: 0 });
    const { listsApi } = portal.dated.crm.lists;
    const listId = await dynamic(portal);
    await listsApi.remove(listId);
    const { id } = portal.hubspot.portal.create({ city: 'Oslo' });
    await listsApi.restore(listId);
    expect(await membersOf(portal, listId)).toEqual([id]);
    await listsApi.remove(listId);
    portal.clock.advance(90 * 86_400_000);
    expect((await refusal(listsApi.restore(listId))).code).toBe(404);
  });

  it('shows nothing of one that is kept from apps', async () => {
    const portal = await servePortal({ listLagMs: 0 });
    const listId = await dynamic(portal);
    const { id } = portal.hubspot.portal.create({ city: 'Oslo' });
    portal.hubspot.portal.hideList(listId);
    expect((await refusal(portal.client.crm.lists.listsApi.getById(listId))).code).toBe(403);
    expect((await refusal(membersOf(portal, listId))).code).toBe(403);
    const lists = await portal.client.crm.lists.membershipsApi.getLists('0-1', id);
    expect(lists.results).toEqual([]);
    expect((await portal.client.crm.lists.listsApi.doSearch({})).total).toBe(0);
  });
});
