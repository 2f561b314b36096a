// Searching companies by texts: EQ and IN with any number of filters, in ascending id. Contacts' lagging
// index, other operators and sorts are not built for companies.
import { z } from 'zod';
import { invalidRequest } from '../errors.ts';
import type { Companies, Company } from './companies.ts';
import { companyValue } from './properties.ts';

const LARGEST_PAGE = 200;
const MOST_VALUES = 100;

const filterSchema = z.object({
  propertyName: z.string(),
  operator: z.enum(['EQ', 'IN']),
  value: z.string().optional(),
  values: z.array(z.string()).max(MOST_VALUES).optional(),
});
type Filter = z.infer<typeof filterSchema>;

export const companySearchSchema = z.object({
  filterGroups: z
    .array(z.object({ filters: z.array(filterSchema).max(6) }))
    .max(5)
    .default([]),
  properties: z.array(z.string()).default([]),
  sorts: z
    .array(z.object({ propertyName: z.literal('hs_object_id'), direction: z.literal('ASCENDING') }))
    .max(1)
    .default([]),
  limit: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(10),
  after: z.coerce.number().int().min(0).default(0),
});
type CompanySearch = z.infer<typeof companySearchSchema>;

export interface FoundCompanies {
  readonly total: number;
  readonly page: readonly Company[];
  /** Null on the last page. */
  readonly next: number | null;
}

export function searchCompanies(
  companies: Companies,
  { filterGroups, limit, after }: CompanySearch,
): FoundCompanies {
  for (const { propertyName } of filterGroups.flatMap(({ filters }) => filters))
    if (!companies.property(propertyName))
      throw invalidRequest('There was a problem with the request.', [
        {
          message: `Property "${propertyName}" does not exist`,
          code: 'PROPERTY_DOESNT_EXIST',
          context: { propertyName: [propertyName] },
        },
      ]);
  const found = companies
    .all()
    .filter(
      (company) =>
        filterGroups.length === 0 ||
        filterGroups.some(({ filters }) => filters.every((filter) => matches(company, filter))),
    )
    .sort((one, other) => Number(one.id) - Number(other.id));
  const page = found.slice(after, after + limit);
  const next = after + page.length;
  return { total: found.length, page, next: next < found.length ? next : null };
}

/** Case doesn't matter, but the values of IN have to be in lower case (hubspot-api §2.2). */
function matches(company: Company, { propertyName, operator, value, values }: Filter): boolean {
  const held = companyValue(company, propertyName)?.toLowerCase();
  if (held === undefined) return false;
  return operator === 'EQ' ? held === (value ?? '').toLowerCase() : (values ?? []).includes(held);
}
