// Lists (HubSpot says segments): what can be chosen as inclusion list, and who is in it.
import { z } from 'zod';
import { CallRejected } from '../engine/failures.ts';
import { chunksOf, eachChunk } from './chunks.ts';
import { asRejection, rejecting } from './contacts.ts';
import type { GeneratedClients } from './generated.ts';
import { listFilterIn } from './list-filters.ts';
import type { HubSpotList, HubSpotLists } from './port.ts';
import { Forbidden, messageOf } from './transport.ts';

const CONTACTS = '0-1';
const PAGE = 500;
const MEMBERSHIP_BATCH = 100;
/** The largest page of memberships (hubspot-api §2.3). */
const JOINED_PAGE = 250;

const membershipsSchema = z.object({
  results: z.array(
    z.object({
      recordId: z.coerce.string(),
      recordListMemberships: z.array(z.object({ listId: z.coerce.string() })).default([]),
    }),
  ),
});

function processingTypeOf(text: string): HubSpotList['processingType'] {
  return text === 'MANUAL' || text === 'SNAPSHOT' ? text : 'DYNAMIC';
}

export function listsOver(clients: GeneratedClients): HubSpotLists {
  const { lists, request } = clients;
  const memberships: HubSpotLists['memberships'] = async (contactIds) => {
    const found = await eachChunk(
      chunksOf([...new Set(contactIds)], MEMBERSHIP_BATCH),
      async (chunk) => {
        const { status, text } = await request(
          'POST',
          '/crm/v3/lists/records/memberships/batch/read',
          {
            inputs: chunk.map((recordId) => ({ objectTypeId: CONTACTS, recordId })),
          },
        );
        if (status !== 200 && status !== 207) {
          throw new CallRejected(
            'HubSpot',
            messageOf(text) ?? `status ${status}`,
            status,
            'MEMBERSHIPS',
          );
        }
        return membershipsSchema.parse(JSON.parse(text)).results;
      },
    );
    return new Map(
      found
        .flat()
        .map(({ recordId, recordListMemberships }) => [
          recordId,
          new Set(recordListMemberships.map(({ listId }) => listId)),
        ]),
    );
  };

  return {
    async all() {
      const found: HubSpotList[] = [];
      for (let offset = 0; ;) {
        const page = await rejecting(() =>
          lists.doSearch({ offset, count: PAGE, additionalProperties: ['hs_list_size'] }),
        );
        for (const list of page.lists) {
          if (list.objectTypeId !== CONTACTS) continue;
          const size = Number(list.additionalProperties.hs_list_size ?? 0);
          found.push({
            id: list.listId,
            name: list.name,
            size,
            processingType: processingTypeOf(list.processingType),
          });
        }
        offset = page.offset;
        if (!page.hasMore || page.lists.length === 0) return found;
      }
    },

    async get(listId) {
      try {
        const { list } = await lists.getById(listId, false);
        if (list.objectTypeId !== CONTACTS || list.deletedAt) return null;
        return {
          id: list.listId,
          name: list.name,
          size: list.size ?? 0,
          processingType: processingTypeOf(list.processingType),
        };
      } catch (error) {
        if (error instanceof Forbidden) return null;
        const rejection = asRejection(error);
        if (
          rejection instanceof CallRejected &&
          (rejection.status === 404 || rejection.status === 400)
        )
          return null;
        throw rejection;
      }
    },

    async filter(listId) {
      const path = `/crm/v3/lists/${encodeURIComponent(listId)}?includeFilters=true`;
      const { status, text } = await request('GET', path);
      return status === 200 ? listFilterIn(JSON.parse(text)) : null;
    },

    async members(listId, contactIds) {
      const inLists = await memberships(contactIds);
      return new Set([...inLists].flatMap(([id, ids]) => (ids.has(listId) ? id : [])));
    },

    memberships,

    async joined(listId, after) {
      const page = await rejecting(() =>
        clients.memberships.getPageOrderedByAddedToListDate(
          listId,
          after ?? undefined,
          undefined,
          JOINED_PAGE,
        ),
      );
      return {
        members: page.results.map(({ recordId, membershipTimestamp }) => ({
          id: recordId,
          joinedAt: new Date(membershipTimestamp).toISOString(),
        })),
        after: page.paging?.next?.after ?? null,
      };
    },
  };
}
