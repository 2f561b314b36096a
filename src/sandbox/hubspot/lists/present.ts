// Lists and memberships as the API answers with them (hubspot-api §2.3).
import type { Call } from '../call.ts';
import { invalidRequest } from '../errors.ts';
import type { ContactList, Joined, Membership } from './list.ts';

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

type Order = 'byId' | 'byJoining';

/** A page after the member of the request's opaque token, which may have left since. */
export function membershipsPage(
  call: Call,
  list: ContactList,
  order: Order,
  limit: number,
): unknown {
  const after = memberOf(call.request.query.get('after'));
  const rest =
    order === 'byJoining'
      ? list.joinedAfter(after)
      : list.idsAfter(after?.recordId ?? null).map((recordId) => joined(list, recordId));
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    total: list.members.size,
    results: page.map(({ recordId, at }) => ({ recordId, membershipTimestamp: iso(at) })),
    ...(last && rest.length > limit ? { paging: { next: { after: tokenOf(last) } } } : {}),
  };
}

const joined = (list: ContactList, recordId: string): Joined => ({
  recordId,
  at: list.members.get(recordId)?.lastAddedAt ?? 0,
});

const tokenOf = ({ recordId, at }: Joined): string =>
  Buffer.from(`${at} ${recordId}`).toString('base64url');

function memberOf(token: string | null): Joined | null {
  if (token === null || token === '') return null;
  const [, at, recordId] = /^(\d+) (\d+)$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (at === undefined || recordId === undefined)
    throw invalidRequest(`Paging token ${token} is not valid.`);
  return { recordId, at: Number(at) };
}
