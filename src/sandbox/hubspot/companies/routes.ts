// /crm/objects/companies and /crm/properties/companies, as far as reading and finding companies goes. The
// answers' shapes are those of contacts (hubspot-api §1.1, §2.2).
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { batchAnswer, bodyOf, pathPart, type Routes } from '../call.ts';
import { demandLimit } from '../contacts/batch-checks.ts';
import { notFound, objectsNotFound } from '../errors.ts';
import { presentProperty } from '../schema/property.ts';
import type { Companies, Company } from './companies.ts';
import { companyValue } from './properties.ts';
import { companySearchSchema, searchCompanies } from './search.ts';

const readSchema = z.object({
  inputs: z.array(z.object({ id: z.coerce.string() })),
  properties: z.array(z.string()).default([]),
});

const ALWAYS = ['createdate', 'hs_lastmodifieddate', 'hs_object_id'];
const DEFAULT = [...ALWAYS, 'domain', 'name'];

export function companyRoutes(companies: Companies, clock: Clock): Routes {
  const present = (company: Company, asked: readonly string[]): Record<string, unknown> => {
    const names = asked.length === 0 ? DEFAULT : [...ALWAYS, ...asked];
    const known = names.filter((name) => companies.property(name));
    return {
      id: company.id,
      properties: Object.fromEntries(known.map((name) => [name, companyValue(company, name)])),
      createdAt: new Date(company.createdAt).toISOString(),
      updatedAt: new Date(company.modifiedAt).toISOString(),
      archived: false,
    };
  };

  return {
    'GET /crm/properties/companies': () => ({
      status: 200,
      value: { results: companies.properties().map(presentProperty) },
    }),

    'GET /crm/properties/companies/{propertyName}': (call) => {
      const name = pathPart(call, 'propertyName');
      const property = companies.property(name);
      if (!property) throw notFound(`property named "${name}" does not exist`);
      return { status: 200, value: presentProperty(property) };
    },

    'POST /crm/objects/companies/batch/read': (call) => {
      const { inputs, properties } = bodyOf(call, readSchema);
      demandLimit(inputs.length);
      const ids = [...new Set(inputs.map(({ id }) => id))];
      const found = ids.flatMap((id) => companies.get(id) ?? []);
      const missing = ids.filter((id) => !companies.get(id));
      const errors =
        missing.length === 0 ? [] : [{ status: 'error', ...objectsNotFound('COMPANY', missing) }];
      const results = found.map((company) => present(company, properties));
      const at = new Date(clock.now()).toISOString();
      return batchAnswer(errors.length > 0 ? 207 : 200, at, results, errors);
    },

    'POST /crm/objects/companies/search': (call) => {
      const search = bodyOf(call, companySearchSchema);
      const { total, page, next } = searchCompanies(companies, search);
      const results = page.map((company) => present(company, search.properties));
      const paging = next === null ? {} : { paging: { next: { after: String(next) } } };
      return { status: 200, value: { total, results, ...paging } };
    },
  };
}
