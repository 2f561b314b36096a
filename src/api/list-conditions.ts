// The conditions of a segment beside what the contact has, for whoever wonders why somebody is not in it. Whether
// somebody is a member is HubSpot's own word; this only helps to see why.
import { closestGroup, type JudgedFilter } from '../engine/list-filter.ts';
import type { ListRole } from '../engine/trace.ts';
import type { Ports, Workspace } from '../sync/workspace.ts';
import type { TraceStep } from './contract.ts';

type Details = TraceStep['details'];

export interface ListConditions {
  /** “1 of 2 conditions” */
  readonly count: string;
  readonly details: Details;
}

/** By the part that a list has; nothing where HubSpot alone can judge, or does not say. */
export async function listConditions(
  { hubspot }: Ports,
  { lists, schemas }: Workspace,
  contactId: string | null,
  roles: readonly ListRole[],
): Promise<ReadonlyMap<ListRole, ListConditions>> {
  const asked = roles.flatMap((role) => {
    const list = lists[role];
    return list !== null && list !== 'missing' && list.processingType === 'DYNAMIC'
      ? [{ role, id: list.id }]
      : [];
  });
  if (contactId === null || asked.length === 0) return new Map();
  const found = await Promise.all(
    asked.map(async ({ role, id }) => ({ role, filter: await hubspot.lists.filter(id) })),
  );
  const properties = found.flatMap(({ filter }) =>
    (filter?.groups ?? []).flat().map(({ property }) => property),
  );
  if (properties.length === 0) return new Map();
  const contact = (await hubspot.contacts.readByIds([contactId], properties)).get(contactId);
  const labelOf = (name: string): string => schemas.hubspot.get(name)?.label ?? name;
  return new Map(
    found.flatMap(({ role, filter }) => {
      if (filter === null || contact === undefined) return [];
      const group = closestGroup(filter, (name) => contact.properties[name] ?? null);
      const holding = group.filter(({ holds }) => holds === true).length;
      const ways =
        filter.groups.length > 1 ? ` of the closest of its ${filter.groups.length} groups` : '';
      const count = `${holding} of ${group.length} ${group.length === 1 ? 'condition' : 'conditions'}${ways}`;
      return [[role, { count, details: group.map((one) => filterInWords(one, labelOf)) }] as const];
    }),
  );
}

/** HubSpot's operators are words already: IS_ANY_OF. */
function filterInWords(
  { filter, value, holds }: JudgedFilter,
  labelOf: (name: string) => string,
): Details[number] {
  const { property, operator, values } = filter;
  const asked = values.map((one) => `“${one}”`).join(' or ');
  const is = value === null || value === '' ? 'blank' : `“${value}”`;
  const words =
    `${labelOf(property)} ${operator.toLowerCase().replaceAll('_', ' ')} ${asked}`.trim();
  return {
    text: `${words}: it is ${is}${holds === null ? ' (only HubSpot can tell)' : ''}`,
    holds,
  };
}
