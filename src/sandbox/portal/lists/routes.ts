// Lists and who is in them: /crm/lists (hubspot-api §2.3). Not built: filter branches (a DYNAMIC list is
// made with `portal.createList`), folders, restoring, id mapping. Decided: the texts of refusals, at most
// 100 records a membership batch, and that a record of no list or no contact has an empty entry there.
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import {
  batchAnswer,
  bodyOf,
  isTrue,
  limitOf,
  pathPart,
  type Answer,
  type Call,
  type Routes,
} from '../call.ts';
import { demandLimit } from '../contacts/batch-checks.ts';
import type { ContactStore } from '../contacts/store.ts';
import { invalidRequest, Refused } from '../errors.ts';
import { presentList, presentMembership, presentRecordMembership, CONTACTS } from './present.ts';
import type { ContactLists, ListDefinition } from './lists.ts';
import type { Membership } from './membership.ts';

const DEFAULT_PAGE = 100;
const LARGEST_PAGE = 250;
const LARGEST_SEARCH = 500;

const idsSchema = z.array(z.coerce.string());
const searchSchema = z.object({
  query: z.string().default(''),
  offset: z.number().int().default(0),
  count: z.number().int().default(20),
  processingTypes: z.array(z.string()).default([]),
  listIds: z.array(z.coerce.string()).default([]),
  objectTypeId: z.string().optional(),
  additionalProperties: z.array(z.string()).default([]),
});
const createSchema = z.object({
  name: z.string().min(1),
  objectTypeId: z.literal(CONTACTS),
  processingType: z.enum(['DYNAMIC', 'MANUAL', 'SNAPSHOT']),
});
const changeSchema = z.object({
  recordIdsToAdd: idsSchema.default([]),
  recordIdsToRemove: idsSchema.default([]),
});
const recordsSchema = z.object({
  inputs: z.array(z.object({ objectTypeId: z.string(), recordId: z.coerce.string() })),
});

export function listRoutes(lists: ContactLists, store: ContactStore, clock: Clock): Routes {
  const named = (call: Call): ListDefinition => {
    const id = pathPart(call, 'listId');
    const list = lists.get(id);
    if (!list)
      throw new Refused(404, {
        category: 'OBJECT_NOT_FOUND',
        subCategory: 'ILS.LIST_NOT_FOUND',
        message: `List does not exist with ID ${id}.`,
        context: { listId: [id] },
      });
    return list;
  };

  const editable = (call: Call): ListDefinition => {
    const list = named(call);
    if (list.processingType === 'DYNAMIC')
      throw invalidRequest(`The members of DYNAMIC list ${list.id} cannot be edited.`);
    return list;
  };

  const change = (call: Call, adding: readonly string[], removing: readonly string[]): Answer => {
    const { id } = editable(call);
    return {
      status: 200,
      value: {
        recordsIdsAdded: lists.add(id, adding),
        recordIdsRemoved: lists.remove(id, removing),
        recordIdsMissing: [...adding, ...removing].filter((recordId) => !store.get(recordId)),
      },
    };
  };

  return {
    'POST /crm/lists': (call) => {
      const list = bodyOf(call, createSchema);
      if (list.processingType === 'DYNAMIC')
        throw invalidRequest(
          'A DYNAMIC list needs a filterBranch, and this portal evaluates none.',
        );
      if (lists.all().some(({ name }) => name === list.name))
        throw invalidRequest(`A list with the name '${list.name}' exists already.`);
      const created = lists.get(lists.create(list));
      return { status: 200, value: { list: created && presentList(created, 0) } };
    },

    'POST /crm/lists/search': (call) => search(lists, bodyOf(call, searchSchema)),

    'GET /crm/lists/{listId}': (call) => {
      const list = named(call);
      const shown = presentList(list, lists.members(list.id).size);
      const filters = isTrue(call, 'includeFilters') && list.processingType !== 'MANUAL';
      return {
        status: 200,
        value: { list: filters ? { ...shown, filterBranch: ANYBODY } : shown },
      };
    },

    'DELETE /crm/lists/{listId}': (call) => {
      lists.delete(named(call).id);
      return { status: 204 };
    },

    'GET /crm/lists/{listId}/memberships': (call) => {
      const members = lists.members(named(call).id);
      const limit = limitOf(call, DEFAULT_PAGE, LARGEST_PAGE);
      const rows = members.byId(cursorOf(call), limit + 1);
      return membershipPage(call, rows, limit, members.size, (last) => last.recordId);
    },

    'GET /crm/lists/{listId}/memberships/join-order': (call) => {
      const members = lists.members(named(call).id);
      const limit = limitOf(call, DEFAULT_PAGE, LARGEST_PAGE);
      const skipped = Number(cursorOf(call) ?? 0);
      const rows = members.byJoining(skipped, limit + 1);
      return membershipPage(call, rows, limit, members.size, () => String(skipped + limit));
    },

    'PUT /crm/lists/{listId}/memberships/add': (call) => change(call, bodyOf(call, idsSchema), []),

    'PUT /crm/lists/{listId}/memberships/remove': (call) =>
      change(call, [], bodyOf(call, idsSchema)),

    'PUT /crm/lists/{listId}/memberships/add-and-remove': (call) => {
      const { recordIdsToAdd, recordIdsToRemove } = bodyOf(call, changeSchema);
      return change(call, recordIdsToAdd, recordIdsToRemove);
    },

    'DELETE /crm/lists/{listId}/memberships': (call) => {
      const { id } = editable(call);
      lists.remove(id, lists.members(id).recordIds());
      return { status: 204 };
    },

    'GET /crm/lists/records/0-1/{recordId}/memberships': (call) => {
      const results = lists.of(pathPart(call, 'recordId')).map(presentRecordMembership);
      return { status: 200, value: { total: results.length, results } };
    },

    'POST /crm/lists/records/memberships/batch/read': (call) => {
      const { inputs } = bodyOf(call, recordsSchema);
      demandLimit(inputs.length);
      const results = inputs.map(({ objectTypeId, recordId }) => ({
        objectTypeId,
        recordId,
        recordListMemberships:
          objectTypeId === CONTACTS ? lists.of(recordId).map(presentRecordMembership) : [],
      }));
      return batchAnswer(200, new Date(clock.now()).toISOString(), results);
    },
  };
}

/** What the portal shows for a filter that is a function. */
const ANYBODY = {
  filterBranchType: 'OR',
  filterBranchOperator: 'OR',
  filterBranches: [],
  filters: [],
};

function search(lists: ContactLists, request: z.infer<typeof searchSchema>): Answer {
  const { query, offset, count, processingTypes, listIds, objectTypeId } = request;
  if (count > LARGEST_SEARCH)
    throw invalidRequest(`count must not exceed ${LARGEST_SEARCH}, but was ${count}`);
  const found = lists
    .all()
    .filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()))
    .filter(
      ({ processingType }) =>
        processingTypes.length === 0 || processingTypes.includes(processingType),
    )
    .filter(({ id }) => listIds.length === 0 || listIds.includes(id))
    .filter(() => objectTypeId === undefined || objectTypeId === CONTACTS);
  const page = found.slice(offset, offset + count);
  return {
    status: 200,
    value: {
      lists: page.map((list) => {
        const { size } = lists.members(list.id);
        return {
          ...presentList(list, size),
          additionalProperties: { hs_list_size: String(size), hs_list_reference_count: '0' },
        };
      }),
      total: found.length,
      offset: offset + page.length,
      hasMore: offset + page.length < found.length,
    },
  };
}

/** Page tokens are opaque in HubSpot. */
function cursorOf(call: Call): string | null {
  const token = call.request.query.get('after');
  if (token === null) return null;
  const cursor = Buffer.from(token, 'base64url').toString('utf8');
  if (!/^\d+$/.test(cursor)) throw invalidRequest(`Invalid paging token: ${token}`);
  return cursor;
}

function membershipPage(
  call: Call,
  rows: readonly Membership[],
  limit: number,
  total: number,
  cursor: (last: Membership) => string,
): Answer {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const results = page.map(presentMembership);
  if (!last || rows.length <= limit) return { status: 200, value: { total, results } };
  const after = Buffer.from(cursor(last)).toString('base64url');
  const link = `https://api.hubapi.com${call.request.path}?after=${after}`;
  return { status: 200, value: { total, results, paging: { next: { after, link } } } };
}
