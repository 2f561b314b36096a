// Companies, as far as pairing needs them: which Salesforce account a company is, and which company an
// account is. That is what the native connector's `salesforceaccountid` says; a portal without that
// property, or an app without the scope, knows no accounts and costs no calls.
import { ApiException } from '@hubspot/api-client/lib/codegen/crm/contacts/index.js';
import { z } from 'zod';
import { CallRejected, Unauthorized } from '../engine/failures.ts';
import { salesforceId18 } from '../engine/salesforce-ids.ts';
import { chunksOf, eachChunk } from './chunks.ts';
import type { GeneratedClients } from './generated.ts';
import type { HubSpotCompanies } from './port.ts';
import { messageOf } from './transport.ts';
import { BATCH, writeEach, type BatchWrite } from './write-each.ts';

const ACCOUNT_PROPERTY = 'salesforceaccountid';
/** Values of one IN filter, and rows of one page of a search (hubspot-api §2.2). */
const SEARCH_VALUES = 100;
const SEARCH_PAGE = 200;

const companiesSchema = z.object({
  results: z
    .array(z.object({ id: z.string(), properties: z.record(z.string(), z.string().nullable()) }))
    .default([]),
});
type CompanyRow = z.infer<typeof companiesSchema>['results'][number];

interface Association {
  readonly contactId: string;
  readonly companyId: string;
}

export function companiesOver({ request }: GeneratedClients): HubSpotCompanies {
  let known: Promise<boolean> | null = null;

  const read = async (path: string, body: unknown): Promise<CompanyRow[]> => {
    const { status, text } = await request('POST', path, body);
    if (status >= 300)
      throw new CallRejected('HubSpot', messageOf(text) ?? `status ${status}`, status, 'COMPANIES');
    return companiesSchema.parse(JSON.parse(text)).results;
  };

  const hasAccounts = (): Promise<boolean> => {
    known ??= request('GET', `/crm/v3/properties/companies/${ACCOUNT_PROPERTY}`).then(
      ({ status }) => status < 300,
      (error: unknown) => {
        known = null;
        if (error instanceof Unauthorized) return false;
        throw error;
      },
    );
    return known;
  };

  return {
    async accountIds(companyIds) {
      if (companyIds.length === 0 || !(await hasAccounts())) return new Map();
      const rows = await eachChunk(chunksOf(companyIds, BATCH), (chunk) =>
        read('/crm/v3/objects/companies/batch/read', {
          inputs: chunk.map((id) => ({ id })),
          properties: [ACCOUNT_PROPERTY],
          propertiesWithHistory: [],
        }),
      );
      return new Map(
        rows.flat().flatMap((row): [string, string][] => {
          const accountId = accountOf(row);
          return accountId === null ? [] : [[row.id, accountId]];
        }),
      );
    },

    async byAccountIds(accountIds) {
      const companies = new Map<string, string>();
      if (accountIds.length === 0 || !(await hasAccounts())) return companies;
      const pages = await eachChunk(chunksOf(accountIds, SEARCH_VALUES), (chunk) =>
        read('/crm/v3/objects/companies/search', {
          filterGroups: [
            { filters: [{ propertyName: ACCOUNT_PROPERTY, operator: 'IN', values: chunk }] },
          ],
          sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
          properties: [ACCOUNT_PROPERTY],
          limit: SEARCH_PAGE,
          after: '0',
        }),
      );
      const rows = pages.flat().sort((one, other) => Number(one.id) - Number(other.id));
      for (const row of rows) {
        const accountId = accountOf(row);
        if (accountId !== null && !companies.has(accountId)) companies.set(accountId, row.id);
      }
      return companies;
    },

    associate: (pairs) => writeEach(pairs, associations(request)),
  };
}

const accountOf = ({ properties }: CompanyRow): string | null =>
  salesforceId18(properties[ACCOUNT_PROPERTY] ?? '');

const associatedSchema = z.object({
  results: z
    .array(z.object({ from: z.object({ id: z.string() }), to: z.object({ id: z.string() }) }))
    .default([]),
});

/** Default associations are added to those that exist; making one twice changes nothing. */
function associations(request: GeneratedClients['request']): BatchWrite<Association> {
  return {
    send: async (chunk) => {
      const { status, text } = await request(
        'POST',
        '/crm/v4/associations/contacts/companies/batch/associate/default',
        {
          inputs: chunk.map(({ input }) => ({
            from: { id: input.contactId },
            to: { id: input.companyId },
          })),
        },
      );
      const body: unknown = JSON.parse(text);
      if (status >= 300) throw new ApiException(status, 'associate was refused', body, {});
      const made = new Set(
        associatedSchema.parse(body).results.flatMap(({ from, to }) => [from.id, to.id]),
      );
      const written = chunk
        .filter(({ input }) => made.has(input.contactId))
        .map(({ traceId, input }) => ({
          traceId,
          id: input.contactId,
          modifiedAt: new Date(0).toISOString(),
          told: null,
        }));
      return { written, errors: [] };
    },
    tell: () => null,
    properties: () => ({}),
  };
}
