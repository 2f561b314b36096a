// A search request checked against HubSpot's limits (hubspot-api §2.2) and made into something that can be
// run: which rows, in which order, which page of them.
import { z } from 'zod';
import { valueOf } from '../contacts/computed.ts';
import type { ContactRow } from '../contacts/row.ts';
import { invalidRequest } from '../errors.ts';
import type { PropertyRegistry } from '../properties/registry.ts';
import { numberOf, OPERATORS, predicateOf, type Filter, type Predicate } from './operators.ts';

const filterSchema = z.object({
  propertyName: z.string(),
  operator: z.enum(OPERATORS),
  value: z.coerce.string().optional(),
  highValue: z.coerce.string().optional(),
  values: z.array(z.coerce.string()).optional(),
});

const sortSchema = z.union([
  z.string(),
  z.object({
    propertyName: z.string(),
    direction: z.enum(['ASCENDING', 'DESCENDING']).default('ASCENDING'),
  }),
]);

export const searchSchema = z.object({
  filterGroups: z.array(z.object({ filters: z.array(filterSchema).default([]) })).default([]),
  filters: z.array(filterSchema).optional(),
  query: z.string().optional(),
  sorts: z.array(sortSchema).default([]),
  properties: z.array(z.string()).default([]),
  limit: z.coerce.number().int().default(10),
  after: z.coerce.string().optional(),
});
export type SearchRequest = z.infer<typeof searchSchema>;

const LIMITS = { groups: 5, filtersPerGroup: 6, filters: 18, sorts: 1, page: 200, query: 3000 };
/** No page reaches beyond this many results. */
const FURTHEST_RESULT = 10_000;

/** Properties that a query's words are looked for in. */
const SEARCHED = [
  'firstname',
  'lastname',
  'email',
  'hs_additional_emails',
  'phone',
  'mobilephone',
  'fax',
  'company',
];

export interface Query {
  /** Everything that decides which rows are found and in which order, but for `afterId`. */
  readonly key: string;
  readonly matches: Predicate;
  /** Modification dates that can match at all: [from, until). */
  readonly window: { readonly from: number; readonly until: number };
  readonly order: (a: ContactRow, b: ContactRow) => number;
  /** Rows are in ascending id and only those above this one count: keyset paging. */
  readonly aboveId: number | null;
  readonly offset: number;
  readonly limit: number;
}

export function toQuery(request: SearchRequest, registry: PropertyRegistry): Query {
  const groups = [
    ...request.filterGroups.map(({ filters }) => filters),
    ...(request.filters ? [request.filters] : []),
  ];
  checkCounts(request, groups);
  const { offset, limit } = pageOf(request);
  const [only] = groups.length === 1 ? groups : [];
  const sort = sortOf(request);
  const keyset = only && sort.byId ? only.find(isLowerIdBound) : undefined;
  const kept = keyset ? [only?.filter((filter) => filter !== keyset) ?? []] : groups;
  const predicates = kept.map((filters) => all(filters, registry));
  const words = (request.query ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return {
    key: JSON.stringify([kept, request.query, request.sorts]),
    matches: (row) =>
      (predicates.length === 0 || predicates.some((matches) => matches(row))) &&
      words.every((word) => hasWord(row, word)),
    window: only ? windowOf(only) : { from: -Infinity, until: Infinity },
    order: sort.order,
    aboveId: keyset ? numberOf(keyset.value ?? '') : null,
    offset,
    limit,
  };
}

function checkCounts(request: SearchRequest, groups: readonly (readonly Filter[])[]): void {
  const filters = groups.flat();
  if (groups.length > LIMITS.groups)
    throw invalidRequest(`Too many filter groups: at most ${LIMITS.groups} are allowed.`);
  if (
    groups.some((group) => group.length > LIMITS.filtersPerGroup) ||
    filters.length > LIMITS.filters
  )
    throw invalidRequest(
      `Too many filters: at most ${LIMITS.filtersPerGroup} in a group and ${LIMITS.filters} in all are allowed.`,
    );
  if (request.sorts.length > LIMITS.sorts) throw invalidRequest('Only one sort is allowed.');
  if ((request.query ?? '').length > LIMITS.query)
    throw invalidRequest(`The query must not be longer than ${LIMITS.query} characters.`);
}

function pageOf({ limit, after }: SearchRequest): { offset: number; limit: number } {
  if (limit < 1 || limit > LIMITS.page)
    throw invalidRequest(`limit must be between 1 and ${LIMITS.page}, but was ${limit}`);
  const offset = Number(after ?? 0);
  if (!Number.isInteger(offset) || offset < 0)
    throw invalidRequest(`after must be a whole number, but was ${String(after)}`);
  if (offset + limit > FURTHEST_RESULT)
    throw invalidRequest('There was a problem with the request.');
  return { offset, limit };
}

function all(filters: readonly Filter[], registry: PropertyRegistry): Predicate {
  const predicates = filters.map((filter) => {
    const property = registry.get(filter.propertyName);
    if (!property)
      throw invalidRequest(`There was a problem with the request.`, [
        {
          message: `Property "${filter.propertyName}" does not exist`,
          code: 'PROPERTY_DOESNT_EXIST',
          context: { propertyName: [filter.propertyName] },
        },
      ]);
    return predicateOf(filter, property);
  });
  return (row) => predicates.every((matches) => matches(row));
}

function isLowerIdBound(filter: Filter): boolean {
  return filter.propertyName === 'hs_object_id' && filter.operator === 'GT';
}

/** The narrowest span of modification dates that the filters of a single group leave. */
function windowOf(filters: readonly Filter[]): { from: number; until: number } {
  let from = -Infinity;
  let until = Infinity;
  for (const { propertyName, operator, value, highValue } of filters) {
    if (propertyName !== 'lastmodifieddate' && propertyName !== 'hs_lastmodifieddate') continue;
    const bound = numberOf(value ?? '');
    if (operator === 'GT' || operator === 'GTE' || operator === 'BETWEEN')
      from = Math.max(from, bound);
    if (operator === 'LT' || operator === 'LTE') until = Math.min(until, bound + 1);
    if (operator === 'BETWEEN') until = Math.min(until, numberOf(highValue ?? '') + 1);
  }
  return { from, until };
}

function hasWord(row: ContactRow, word: string): boolean {
  return SEARCHED.some((name) => valueOf(row, name)?.toLowerCase().includes(word));
}

type Order = (a: ContactRow, b: ContactRow) => number;

const byId: Order = (a, b) => Number(a.id) - Number(b.id);

/** Without a sort: the order of creation, as HubSpot's documentation has it. */
function sortOf({ sorts }: SearchRequest): { order: Order; byId: boolean } {
  const [sort] = sorts;
  if (sort === undefined)
    return { order: (a, b) => a.createdAt - b.createdAt || byId(a, b), byId: false };
  const name = typeof sort === 'string' ? sort.replace(/^-/, '') : sort.propertyName;
  const isDescending =
    typeof sort === 'string' ? sort.startsWith('-') : sort.direction === 'DESCENDING';
  if (name === 'hs_object_id' && !isDescending) return { order: byId, byId: true };
  const sign = isDescending ? -1 : 1;
  return { order: (a, b) => sign * compareValues(a, b, name) || byId(a, b), byId: false };
}

function compareValues(a: ContactRow, b: ContactRow, name: string): number {
  if (name === 'lastmodifieddate' || name === 'hs_lastmodifieddate')
    return a.modifiedAt - b.modifiedAt;
  if (name === 'hs_object_id') return byId(a, b);
  const [left, right] = [valueOf(a, name), valueOf(b, name)];
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  const difference = numberOf(left) - numberOf(right);
  return Number.isNaN(difference) ? (left < right ? -1 : 1) : difference;
}
