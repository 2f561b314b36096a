// Lists and who is in them: /crm/lists (hubspot-api §2.3). A deleted list can still be read by id, with its
// `deletedAt` (seen in the wild), but is in no search and has no memberships. The text of the 404 is
// decided, as is the 403 for a list that is kept from apps. Folders, converting, `add-from` and id mapping are
// not modelled.
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { batchAnswer, bodyOf, isTrue, limitOf, pathPart, type Call, type Routes } from '../call.ts';
import type { ContactStore } from '../contacts/store.ts';
import { invalidRequest, Refused } from '../errors.ts';
import { filterBranchSchema } from './filter-branch.ts';
import { PROCESSING_TYPES, type ContactList } from './list.ts';
import type { Lists } from './lists.ts';
import { membershipsPage, presentList, presentMembership, searchResult } from './present.ts';

const searchSchema = z.object({
  query: z.string().nullish(),
  offset: z.coerce.number().int().min(0).nullish(),
  count: z.coerce.number().int().min(1).max(500).nullish(),
  listIds: z.array(z.coerce.string()).nullish(),
  processingTypes: z.array(z.string()).nullish(),
  objectTypeId: z.string().nullish(),
});

const createSchema = z.object({
  name: z.string().min(1),
  objectTypeId: z.string(),
  processingType: z.enum(PROCESSING_TYPES),
  filterBranch: filterBranchSchema.optional(),
});

const recordIdsSchema = z.array(z.coerce.string());
const changeSchema = z.object({
  recordIdsToAdd: recordIdsSchema.default([]),
  recordIdsToRemove: recordIdsSchema.default([]),
});
const recordsSchema = z.object({
  inputs: z.array(z.object({ objectTypeId: z.string(), recordId: z.coerce.string() })),
});

const CONTACT = '0-1';
const DEFAULT_COUNT = 20;
const MEMBERSHIP_PAGE = { fallback: 100, largest: 250 };

export function listRoutes(lists: Lists, store: ContactStore, clock: Clock): Routes {
  const stored = (call: Call): ContactList => {
    const listId = pathPart(call, 'listId');
    const list = lists.find(listId);
    if (!list)
      throw new Refused(404, {
        category: 'OBJECT_NOT_FOUND',
        message: `List does not exist with ID ${listId}.`,
        subCategory: 'ListError.LIST_NOT_FOUND',
        context: { listId: [listId] },
      });
    if (lists.isHidden(list))
      throw new Refused(403, {
        category: 'FORBIDDEN',
        message: `You do not have permission to view list ${listId}.`,
      });
    return list;
  };

  const visible = (): ContactList[] => lists.all().filter((list) => !lists.isHidden(list));

  const living = (call: Call): ContactList => {
    const list = stored(call);
    if (list.row.deletedAt !== null)
      throw new Refused(404, {
        category: 'OBJECT_NOT_FOUND',
        message: `List with ID ${list.row.listId} has been deleted.`,
        subCategory: 'ListError.LIST_NOT_FOUND',
        context: { listId: [list.row.listId] },
      });
    return list;
  };

  const change = (call: Call, toAdd: readonly string[], toRemove: readonly string[]): unknown => {
    const list = living(call);
    if (list.row.processingType === 'DYNAMIC')
      throw invalidRequest('Memberships of a DYNAMIC list cannot be changed by hand.');
    const missing = toAdd.filter((recordId) => !store.get(recordId));
    const existing = toAdd.filter((recordId) => store.get(recordId));
    return {
      recordsIdsAdded: lists.addMembers(list, existing),
      recordIdsRemoved: lists.removeMembers(list, toRemove),
      recordIdsMissing: missing,
    };
  };

  const membershipsOf = (recordId: string): unknown[] =>
    visible().flatMap((list) => {
      const membership = list.members.get(recordId);
      return membership ? [presentMembership(list, membership)] : [];
    });

  return {
    'POST /crm/lists': (call) => {
      const list = bodyOf(call, createSchema);
      if (list.objectTypeId !== CONTACT)
        throw invalidRequest('Only lists of contacts (0-1) can be created here.');
      if (list.processingType === 'DYNAMIC' && !list.filterBranch)
        throw invalidRequest('A DYNAMIC list needs a filterBranch.');
      if (lists.byName(list.name))
        throw invalidRequest(`A list named '${list.name}' already exists.`);
      const { filterBranch, ...rest } = list;
      const created = lists.create({ ...rest, ...(filterBranch ? { filterBranch } : {}) });
      return { status: 200, value: { list: presentList(created, true) } };
    },

    'POST /crm/lists/search': (call) => {
      const { query, offset, count, listIds, processingTypes, objectTypeId } = bodyOf(
        call,
        searchSchema,
      );
      const found = visible()
        .filter(({ row }) => row.name.toLowerCase().includes((query ?? '').toLowerCase()))
        .filter(({ row }) => !listIds?.length || listIds.includes(row.listId))
        .filter(
          ({ row }) => !processingTypes?.length || processingTypes.includes(row.processingType),
        )
        .filter(() => (objectTypeId ?? CONTACT) === CONTACT);
      const start = offset ?? 0;
      const page = found.slice(start, start + (count ?? DEFAULT_COUNT));
      const next = start + page.length;
      return {
        status: 200,
        value: {
          lists: page.map(searchResult),
          total: found.length,
          offset: next,
          hasMore: next < found.length,
        },
      };
    },

    'GET /crm/lists/{listId}': (call) => ({
      status: 200,
      value: { list: presentList(stored(call), isTrue(call, 'includeFilters')) },
    }),

    'DELETE /crm/lists/{listId}': (call) => {
      lists.delete(living(call));
      return { status: 204 };
    },

    'PUT /crm/lists/{listId}/restore': (call) => {
      lists.undelete(stored(call));
      return { status: 204 };
    },

    'PUT /crm/lists/{listId}/update-list-name': (call) => {
      const list = living(call);
      const name = call.request.query.get('listName') ?? '';
      if (name === '') throw invalidRequest('listName is required');
      lists.rename(list, name);
      return { status: 200, value: { updatedList: presentList(list, false) } };
    },

    'GET /crm/lists/{listId}/memberships': (call) => {
      const limit = limitOf(call, MEMBERSHIP_PAGE.fallback, MEMBERSHIP_PAGE.largest);
      const list = living(call);
      return { status: 200, value: membershipsPage(call, list, 'byId', limit) };
    },

    'GET /crm/lists/{listId}/memberships/join-order': (call) => {
      const limit = limitOf(call, MEMBERSHIP_PAGE.fallback, MEMBERSHIP_PAGE.largest);
      const list = living(call);
      return { status: 200, value: membershipsPage(call, list, 'byJoining', limit) };
    },

    'PUT /crm/lists/{listId}/memberships/add': (call) => ({
      status: 200,
      value: change(call, bodyOf(call, recordIdsSchema), []),
    }),

    'PUT /crm/lists/{listId}/memberships/remove': (call) => ({
      status: 200,
      value: change(call, [], bodyOf(call, recordIdsSchema)),
    }),

    'PUT /crm/lists/{listId}/memberships/add-and-remove': (call) => {
      const { recordIdsToAdd, recordIdsToRemove } = bodyOf(call, changeSchema);
      return { status: 200, value: change(call, recordIdsToAdd, recordIdsToRemove) };
    },

    'GET /crm/lists/records/{objectTypeId}/{recordId}/memberships': (call) => {
      const results = membershipsOf(pathPart(call, 'recordId'));
      return { status: 200, value: { results, total: results.length } };
    },

    'POST /crm/lists/records/memberships/batch/read': (call) => {
      const { inputs } = bodyOf(call, recordsSchema);
      const results = inputs.map(({ objectTypeId, recordId }) => ({
        objectTypeId,
        recordId,
        recordListMemberships: objectTypeId === CONTACT ? membershipsOf(recordId) : [],
      }));
      return batchAnswer(200, new Date(clock.now()).toISOString(), results);
    },
  };
}
