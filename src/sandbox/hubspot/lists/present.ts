// Lists and memberships as the API answers with them (hubspot-api §2.3).
import type { Call } from '../call.ts';
import { invalidRequest } from '../errors.ts';
import type { ContactList, Membership } from './list.ts';

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function common({ row }: ContactList): Record<string, unknown> {
  return {
    listId: row.listId,
    listVersion: 1,
    name: row.name,
    objectTypeId: '0-1',
    processingType: row.processingType,
    processingStatus: 'COMPLETE',
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
    filtersUpdatedAt: iso(row.createdAt),
    ...(row.deletedAt === null ? {} : { deletedAt: iso(row.deletedAt) }),
  };
}

export function presentList(list: ContactList, includeFilters: boolean): Record<string, unknown> {
  const { filterBranch } = list.row;
  return {
    ...common(list),
    size: list.members.size,
    ...(includeFilters && filterBranch ? { filterBranch } : {}),
  };
}

/** In searches the size is one of the additional properties. */
export function searchResult(list: ContactList): Record<string, unknown> {
  const joined = [...list.members.values()].map(({ lastAddedAt }) => lastAddedAt);
  const last = joined.reduce((latest, at) => Math.max(latest, at), 0);
  return {
    ...common(list),
    additionalProperties: {
      hs_list_size: String(list.members.size),
      hs_list_reference_count: '0',
      ...(last === 0 ? {} : { hs_last_record_added_at: String(last) }),
    },
  };
}

export function presentMembership(list: ContactList, membership: Membership): unknown {
  return {
    listId: list.row.listId,
    listVersion: 1,
    firstAddedTimestamp: iso(membership.firstAddedAt),
    lastAddedTimestamp: iso(membership.lastAddedAt),
    isPublicList: false,
  };
}

/** A page after the opaque token of the request: the id of the last member that was shown. */
export function membershipsPage(
  call: Call,
  list: ContactList,
  recordIds: readonly string[],
  limit: number,
): unknown {
  const token = call.request.query.get('after');
  let start = 0;
  if (token !== null && token !== '') {
    const after = Buffer.from(token, 'base64url').toString('utf8');
    if (!/^\d+$/.test(after)) throw invalidRequest(`Paging token ${token} is not valid.`);
    const place = recordIds.indexOf(after);
    // A member that has left since: go on with the next id.
    start = place === -1 ? recordIds.findIndex((id) => Number(id) > Number(after)) : place + 1;
    if (start === -1) start = recordIds.length;
  }
  const page = recordIds.slice(start, start + limit);
  const last = page.at(-1);
  const next =
    start + page.length < recordIds.length && last !== undefined
      ? { paging: { next: { after: Buffer.from(last).toString('base64url') } } }
      : {};
  return {
    total: recordIds.length,
    results: page.map((recordId) => ({
      recordId,
      membershipTimestamp: iso(list.members.get(recordId)?.lastAddedAt ?? 0),
    })),
    ...next,
  };
}
