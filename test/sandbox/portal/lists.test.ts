// Lists and memberships (hubspot-api §2.3).
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NOW, refusalOf, startSandbox, type Sandbox } from './fixture.ts';

const LISTS = '/crm/lists/2026-09';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

const customers = () =>
  sandbox.portal.createList({
    name: 'Customers',
    processingType: 'DYNAMIC',
    filter: ({ properties }) => properties.is_customer === 'true',
  });

const membersOf = async (listId: string): Promise<string[]> => {
  const { membershipsApi } = sandbox.client.crm.lists;
  const { results } = await membershipsApi.getPage(listId, undefined, undefined, 250);
  return results.map(({ recordId }) => recordId);
};

describe('Lists', () => {
  it('are searched, paged and read with their sizes', async () => {
    const ada = sandbox.portal.create({ is_customer: true });
    const id = customers();
    sandbox.portal.createList({ name: 'Everybody else', processingType: 'MANUAL' });
    const { listsApi } = sandbox.client.crm.lists;
    const first = await listsApi.doSearch({
      offset: 0,
      count: 1,
      additionalProperties: ['hs_list_size'],
    });
    expect(first).toMatchObject({ total: 2, offset: 1, hasMore: true });
    expect(first.lists[0]).toMatchObject({
      listId: id,
      name: 'Customers',
      objectTypeId: '0-1',
      processingType: 'DYNAMIC',
      additionalProperties: { hs_list_size: '1' },
    });
    const { list } = await sandbox.dated.crm.lists.listsApi.getById(id, true);
    expect([list.name, list.size]).toEqual(['Customers', 1]);
    expect(await membersOf(id)).toEqual([ada]);
  });

  it('answer 404 when they do not exist', async () => {
    const { code, body } = await refusalOf(sandbox.client.crm.lists.listsApi.getById('77', false));
    expect(code).toBe(404);
    expect(body).toMatchObject({
      status: 'error',
      category: 'OBJECT_NOT_FOUND',
      message: 'List does not exist with ID 77.',
    });
  });

  it('are created and deleted', async () => {
    const created = await sandbox.call('POST', LISTS, {
      name: 'VIPs',
      objectTypeId: '0-1',
      processingType: 'MANUAL',
    });
    expect(created.status).toBe(200);
    const { listId } = created.json.list as { listId: string };
    expect((await sandbox.call('DELETE', `${LISTS}/${listId}`)).status).toBe(204);
    expect((await sandbox.call('GET', `${LISTS}/${listId}`)).status).toBe(404);
  });
});

describe('A DYNAMIC list', () => {
  it('follows its contacts', async () => {
    const id = customers();
    const ada = sandbox.portal.create({ is_customer: true });
    const bob = sandbox.portal.create({ is_customer: false });
    expect(await membersOf(id)).toEqual([ada]);
    sandbox.portal.update(bob, { is_customer: true });
    sandbox.portal.update(ada, { is_customer: false });
    expect(await membersOf(id)).toEqual([bob]);
    sandbox.portal.archive(bob);
    expect(await membersOf(id)).toEqual([]);
  });

  it('refuses to be edited', async () => {
    const answer = await sandbox.call('PUT', `${LISTS}/${customers()}/memberships/add`, ['1']);
    expect(answer.status).toBe(400);
  });
});

describe('A SNAPSHOT list', () => {
  it('is evaluated once', async () => {
    const ada = sandbox.portal.create({ is_customer: true });
    const id = sandbox.portal.createList({
      name: 'Customers of 2026',
      processingType: 'SNAPSHOT',
      filter: ({ properties }) => properties.is_customer === 'true',
    });
    sandbox.portal.create({ is_customer: true });
    expect(await membersOf(id)).toEqual([ada]);
  });
});

describe('A MANUAL list', () => {
  it('gains and loses members and names those it cannot find', async () => {
    const [ada = '', bob = ''] = sandbox.portal.seed([{ properties: {} }, { properties: {} }]);
    const id = sandbox.portal.createList({
      name: 'VIPs',
      processingType: 'MANUAL',
      members: [ada],
    });
    const answer = await sandbox.client.crm.lists.membershipsApi.addAndRemove(id, {
      recordIdsToAdd: [bob, '999'],
      recordIdsToRemove: [ada],
    });
    expect(answer).toMatchObject({
      recordsIdsAdded: [bob],
      recordIdsRemoved: [ada],
      recordIdsMissing: ['999'],
    });
    expect(await membersOf(id)).toEqual([bob]);
    await sandbox.call('PUT', `${LISTS}/${id}/memberships/add`, [ada]);
    await sandbox.call('PUT', `${LISTS}/${id}/memberships/remove`, [bob]);
    expect(await membersOf(id)).toEqual([ada]);
  });

  it('pages by record id and by joining, 250 at most', async () => {
    const ids = sandbox.portal.seed(Array.from({ length: 300 }, () => ({ properties: {} })));
    const joined = ids.toReversed();
    const id = sandbox.portal.createList({
      name: 'All',
      processingType: 'MANUAL',
      members: joined,
    });
    const { membershipsApi } = sandbox.client.crm.lists;
    const first = await membershipsApi.getPage(id, undefined, undefined, 250);
    const after = first.paging?.next?.after;
    const second = await membershipsApi.getPage(id, after, undefined, 250);
    expect([...first.results, ...second.results].map(({ recordId }) => recordId)).toEqual(ids);
    expect(second.paging).toBeUndefined();
    const inOrder = await membershipsApi.getPageOrderedByAddedToListDate(
      id,
      undefined,
      undefined,
      250,
    );
    expect(inOrder.results.map(({ recordId }) => recordId)).toEqual(joined.slice(0, 250));
    expect((await sandbox.call('GET', `${LISTS}/${id}/memberships?limit=251`)).status).toBe(400);
  });
});

describe('Memberships of records', () => {
  it('come one by one and in batches', async () => {
    const [ada = '', bob = ''] = sandbox.portal.seed([{ properties: {} }, { properties: {} }]);
    const id = sandbox.portal.createList({
      name: 'VIPs',
      processingType: 'MANUAL',
      members: [ada],
    });
    const one = await sandbox.client.crm.lists.membershipsApi.getLists('0-1', ada);
    expect(one.results.map(({ listId }) => listId)).toEqual([id]);
    const { status, json } = await sandbox.call('POST', `${LISTS}/records/memberships/batch/read`, {
      inputs: [ada, bob].map((recordId) => ({ objectTypeId: '0-1', recordId })),
    });
    expect(status).toBe(200);
    expect(json).toEqual({
      status: 'COMPLETE',
      results: [
        {
          objectTypeId: '0-1',
          recordId: ada,
          recordListMemberships: [
            {
              listId: id,
              listVersion: 1,
              isPublicList: false,
              firstAddedTimestamp: NOW,
              lastAddedTimestamp: NOW,
            },
          ],
        },
        { objectTypeId: '0-1', recordId: bob, recordListMemberships: [] },
      ],
      startedAt: NOW,
      completedAt: NOW,
    });
  });
});
