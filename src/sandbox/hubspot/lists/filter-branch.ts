// The filters of a DYNAMIC list: an OR of ANDs of property filters (hubspot-api §2.3), with the operators
// that simple segments use. Anything else is refused rather than guessed.
import { z } from 'zod';
import { valueOf } from '../contacts/computed.ts';
import type { ContactRow } from '../contacts/row.ts';
import { invalidRequest } from '../errors.ts';
import { numberOf } from '../search/operators.ts';

export type ContactFilter = (row: ContactRow) => boolean;

const operationSchema = z.object({
  operationType: z.string().default('ALL_PROPERTY'),
  operator: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  values: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
});

const filterSchema = z.object({
  filterType: z.literal('PROPERTY'),
  property: z.string(),
  operation: operationSchema,
});

export const filterBranchSchema = z.object({
  filterBranchType: z.literal('OR'),
  filterBranchOperator: z.string().optional(),
  filters: z.array(z.never()).default([]),
  filterBranches: z.array(
    z.object({
      filterBranchType: z.literal('AND'),
      filterBranchOperator: z.string().optional(),
      filterBranches: z.array(z.never()).default([]),
      filters: z.array(filterSchema),
    }),
  ),
});
export type FilterBranch = z.infer<typeof filterBranchSchema>;

type Test = (value: string | null, asked: readonly string[]) => boolean;

function text(value: string | null): string {
  return (value ?? '').toLowerCase();
}

function ordered(test: (stored: number, bound: number) => boolean): Test {
  return (value, [bound]) => value !== null && test(numberOf(value), numberOf(bound ?? ''));
}

const isAnyOf: Test = (value, asked) =>
  value !== null && value.split(';').some((part) => asked.includes(text(part)));

const TESTS: Readonly<Record<string, Test>> = {
  IS_KNOWN: (value) => value !== null,
  IS_UNKNOWN: (value) => value === null,
  IS_EQUAL_TO: (value, asked) => value !== null && asked.includes(text(value)),
  IS_NOT_EQUAL_TO: (value, asked) => !asked.includes(text(value)),
  IS_ANY_OF: isAnyOf,
  IS_NONE_OF: (value, asked) => !isAnyOf(value, asked),
  CONTAINS: (value, asked) => value !== null && asked.some((part) => text(value).includes(part)),
  DOES_NOT_CONTAIN: (value, asked) => !asked.some((part) => text(value).includes(part)),
  STARTS_WITH: (value, asked) =>
    value !== null && asked.some((part) => text(value).startsWith(part)),
  ENDS_WITH: (value, asked) => value !== null && asked.some((part) => text(value).endsWith(part)),
  IS_GREATER_THAN: ordered((stored, bound) => stored > bound),
  IS_GREATER_THAN_OR_EQUAL_TO: ordered((stored, bound) => stored >= bound),
  IS_LESS_THAN: ordered((stored, bound) => stored < bound),
  IS_LESS_THAN_OR_EQUAL_TO: ordered((stored, bound) => stored <= bound),
};

export function filterOf(branch: FilterBranch): ContactFilter {
  const groups = branch.filterBranches.map(({ filters }) => filters.map(testOf));
  return (row) => groups.some((tests) => tests.every((matches) => matches(row)));
}

function testOf({ property, operation }: z.infer<typeof filterSchema>): ContactFilter {
  const test = TESTS[operation.operator];
  if (!test) throw invalidRequest(`Filter operator '${operation.operator}' is not supported here.`);
  const asked = [
    ...(operation.values ?? []),
    ...(operation.value === undefined ? [] : [operation.value]),
  ];
  const lower = asked.map((value) => String(value).toLowerCase());
  return (row) => test(valueOf(row, property), lower);
}
