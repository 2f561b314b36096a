// Lists and memberships as the API answers with them (hubspot-api §2.3).
import type { ListDefinition } from './lists.ts';
import type { Membership } from './membership.ts';

/** The object type of contacts. */
export const CONTACTS = '0-1';

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

export function presentList(list: ListDefinition, size: number): Record<string, unknown> {
  return {
    listId: list.id,
    listVersion: 1,
    name: list.name,
    objectTypeId: CONTACTS,
    processingType: list.processingType,
    processingStatus: 'COMPLETE',
    size,
    createdAt: iso(list.createdAt),
    updatedAt: iso(list.updatedAt),
    filtersUpdatedAt: iso(list.createdAt),
  };
}

export function presentMembership({ recordId, lastAddedAt }: Membership): Record<string, unknown> {
  return { recordId, membershipTimestamp: iso(lastAddedAt) };
}

/** A membership from the record's side. */
export function presentRecordMembership({
  list,
  membership,
}: {
  readonly list: ListDefinition;
  readonly membership: Membership;
}): Record<string, unknown> {
  return {
    listId: list.id,
    listVersion: 1,
    isPublicList: false,
    firstAddedTimestamp: iso(membership.firstAddedAt),
    lastAddedTimestamp: iso(membership.lastAddedAt),
  };
}
