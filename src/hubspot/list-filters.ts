// What decides who is in a dynamic list, where it is as simple as most are: an OR of ANDs of filters on properties of
// the contact. Anything else (events, associations, other lists) is for HubSpot alone to judge.
import { z } from 'zod';
import type { ListFilter } from '../engine/list-filter.ts';

const valueSchema = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const filterSchema = z.object({
  filterType: z.literal('PROPERTY'),
  property: z.string(),
  operation: z.object({
    operator: z.string(),
    value: valueSchema.optional(),
    values: z.array(valueSchema).optional(),
    includeObjectsWithNoValueSet: z.boolean().optional(),
  }),
});
const answerSchema = z.object({
  list: z.object({
    filterBranch: z.object({
      filterBranchType: z.literal('OR'),
      filters: z.array(z.never()).default([]),
      filterBranches: z
        .array(
          z.object({
            filterBranchType: z.literal('AND'),
            filters: z.array(filterSchema).min(1),
            filterBranches: z.array(z.never()).default([]),
          }),
        )
        .min(1),
    }),
  }),
});

/** Null where it isn't that simple. */
export function listFilterIn(answer: unknown): ListFilter | null {
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) return null;
  return {
    groups: parsed.data.list.filterBranch.filterBranches.map(({ filters }) =>
      filters.map(({ property, operation }) => ({
        property,
        operator: operation.operator,
        values: [
          ...(operation.values ?? []),
          ...(operation.value === undefined ? [] : [operation.value]),
        ],
        blankPasses: operation.includeObjectsWithNoValueSet ?? null,
      })),
    ),
  };
}
