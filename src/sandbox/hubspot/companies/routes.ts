// /crm/objects/companies: reading and finding companies, and default associations of contacts with them
// (hubspot-api §1.1, §2.2; the answers' shapes are those of contacts).
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { batchAnswer, bodyOf, pathPart, type Routes } from '../call.ts';
import { invalidRequest, notFound } from '../errors.ts';
import type { Companies, Company } from './companies.ts';

const LARGEST_BATCH = 100;
const LARGEST_PAGE = 200;

const readSchema = z.object({
  inputs: z.array(z.object({ id: z.coerce.string() })).max(LARGEST_BATCH),
  properties: z.array(z.string()).default([]),
});

const searchSchema = z.object({
  filterGroups: z
    .array(
      z.object({
        filters: z.array(
          z.object({
            propertyName: z.string(),
            operator: z.enum(['EQ', 'IN']),
            value: z.string().optional(),
            values: z.array(z.string()).max(LARGEST_BATCH).optional(),
          }),
        ),
      }),
    )
    .max(5),
  properties: z.array(z.string()).default([]),
  limit: z.number().max(LARGEST_PAGE).default(10),
});

const associateSchema = z.object({
  inputs: z
    .array(
      z.object({
        from: z.object({ id: z.coerce.string() }),
        to: z.object({ id: z.coerce.string() }),
      }),
    )
    .max(2_000),
});

export function companyRoutes(companies: Companies, clock: Clock): Routes {
  const now = (): string => new Date(clock.now()).toISOString();
  const present = ({ id, properties }: Company, names: readonly string[]) => ({
    id,
    properties: Object.fromEntries(
      names
        .filter((name) => companies.hasProperty(name))
        .map((name) => [name, properties[name] ?? null]),
    ),
    createdAt: now(),
    updatedAt: now(),
    archived: false,
  });

  return {
    'GET /crm/properties/companies/{propertyName}': (call) => {
      const name = pathPart(call, 'propertyName');
      if (!companies.hasProperty(name)) throw notFound();
      return { status: 200, value: { name, label: name, type: 'string', fieldType: 'text' } };
    },

    'POST /crm/objects/companies/batch/read': (call) => {
      const { inputs, properties } = bodyOf(call, readSchema);
      const found = inputs.flatMap(({ id }) => companies.get(id) ?? []);
      return batchAnswer(
        200,
        now(),
        found.map((company) => present(company, properties)),
      );
    },

    'POST /crm/objects/companies/search': (call) => {
      const { filterGroups, properties, limit } = bodyOf(call, searchSchema);
      const found = companies.all().filter((company) =>
        filterGroups.some(({ filters }) =>
          filters.every(({ propertyName, value, values }) => {
            if (!companies.hasProperty(propertyName))
              throw invalidRequest(`There was a problem with the request. ${propertyName}`);
            const held = company.properties[propertyName];
            return held !== undefined && [...(values ?? []), value].includes(held);
          }),
        ),
      );
      const results = found.slice(0, limit).map((company) => present(company, properties));
      return { status: 200, value: { total: found.length, results } };
    },

    'POST /crm/associations/contacts/companies/batch/associate/default': (call) => {
      const { inputs } = bodyOf(call, associateSchema);
      const made = inputs.filter(({ from, to }) => companies.associate(from.id, to.id));
      const results = made.map(({ from, to }) => ({
        from,
        to,
        associationSpec: { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 },
      }));
      return batchAnswer(200, now(), results);
    },
  };
}
