// Companies, as far as pairing needs them: which Salesforce account a company is, and which company an
// account is. That is what the native connector's `salesforceaccountid` says; a portal without that
// property, or an app without the scope, knows no accounts and costs no calls. Scopes:
// crm.schemas.companies.read for the property, crm.objects.companies.read and, to associate, .write.
import { ApiException } from '@hubspot/api-client/lib/codegen/crm/contacts/index.js';
import { z } from 'zod';
import { CallRejected } from '../engine/failures.ts';
import { salesforceId18 } from '../engine/salesforce-ids.ts';
import { chunksOf, eachChunk } from './chunks.ts';
import { errorsOf } from './errors.ts';
import type { GeneratedClients } from './generated.ts';
import type { HubSpotCompanies } from './port.ts';
import { Forbidden, messageOf } from './transport.ts';
import { BATCH, writeEach, type BatchWrite } from './write-each.ts';

const ACCOUNT_PROPERTY = 'salesforceaccountid';
/** An IN filter takes 100 values; each account is asked for by its id of 18 and of 15 characters. */
const ACCOUNTS_A_SEARCH = 50;
const SEARCH_PAGE = 200;
/** Milliseconds until the portal is asked again whether it has the property. */
const KNOWN_FOR = 10 * 60_000;

const companySchema = z.object({
  id: z.string(),
  properties: z.record(z.string(), z.string().nullable()),
});
type CompanyRow = z.infer<typeof companySchema>;

const pageSchema = z.object({
  results: z.array(companySchema).default([]),
  paging: z.object({ next: z.object({ after: z.string() }).optional() }).nullish(),
});
type Page = z.infer<typeof pageSchema>;

interface Association {
  readonly contactId: string;
  readonly companyId: string;
}

/** @param now milliseconds since the epoch */
export function companiesOver(
  { request }: GeneratedClients,
  now: () => number = Date.now,
): HubSpotCompanies {
  const hasAccounts = remembered(now, async () => {
    try {
      const path = `/crm/v3/properties/companies/${ACCOUNT_PROPERTY}`;
      return (await request('GET', path)).status < 300;
    } catch (error) {
      if (error instanceof Forbidden) return false;
      throw error;
    }
  });

  const read = async (path: string, body: unknown): Promise<Page> => {
    const { status, text } = await request('POST', path, body);
    if (status >= 300)
      throw new CallRejected('HubSpot', messageOf(text) ?? `status ${status}`, status, 'COMPANIES');
    return pageSchema.parse(JSON.parse(text));
  };

  const search = async (values: readonly string[]): Promise<CompanyRow[]> => {
    const found: CompanyRow[] = [];
    for (let after: string | undefined = '0'; after !== undefined;) {
      const page: Page = await read('/crm/v3/objects/companies/search', {
        filterGroups: [{ filters: [{ propertyName: ACCOUNT_PROPERTY, operator: 'IN', values }] }],
        sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
        properties: [ACCOUNT_PROPERTY],
        limit: SEARCH_PAGE,
        after,
      });
      found.push(...page.results);
      after = page.paging?.next?.after;
    }
    return found;
  };

  return {
    async accountIds(companyIds) {
      const wanted = [...new Set(companyIds.filter(Boolean))];
      if (wanted.length === 0 || !(await hasAccounts())) return new Map();
      const pages = await eachChunk(chunksOf(wanted, BATCH), (chunk) =>
        read('/crm/v3/objects/companies/batch/read', {
          inputs: chunk.map((id) => ({ id })),
          properties: [ACCOUNT_PROPERTY],
          propertiesWithHistory: [],
        }),
      );
      const rows = pages.flatMap(({ results }) => results);
      return new Map(
        rows.flatMap((row): [string, string][] => {
          const accountId = accountOf(row);
          return accountId === null ? [] : [[row.id, accountId]];
        }),
      );
    },

    async byAccountIds(accountIds) {
      const companies = new Map<string, string>();
      const wanted = new Set(accountIds.filter(Boolean));
      if (wanted.size === 0 || !(await hasAccounts())) return companies;
      const pages = await eachChunk(chunksOf([...wanted], ACCOUNTS_A_SEARCH), (chunk) =>
        search(chunk.flatMap(searchValues)),
      );
      const rows = pages.flat().sort((one, other) => Number(one.id) - Number(other.id));
      for (const row of rows) {
        const accountId = accountOf(row);
        if (accountId === null || !wanted.has(accountId) || companies.has(accountId)) continue;
        companies.set(accountId, row.id);
      }
      return companies;
    },

    associate: (pairs) => writeEach(pairs, associations(request)),
  };
}

/** Asks once in a while; a question that failed is asked again. */
function remembered(now: () => number, ask: () => Promise<boolean>): () => Promise<boolean> {
  let known: { readonly until: number; readonly answer: Promise<boolean> } | null = null;
  return () => {
    if (known && known.until > now()) return known.answer;
    const asked = { until: now() + KNOWN_FOR, answer: ask() };
    known = asked;
    asked.answer.catch(() => {
      if (known === asked) known = null;
    });
    return asked.answer;
  };
}

const accountOf = ({ properties }: CompanyRow): string | null =>
  salesforceId18(properties[ACCOUNT_PROPERTY] ?? '');

/** HubSpot wants the texts of an IN filter in lower case (hubspot-api §2.2); a company may hold either length. */
const searchValues = (accountId: string): string[] => [
  accountId.toLowerCase(),
  accountId.slice(0, 15).toLowerCase(),
];

const associatedSchema = z.object({
  completedAt: z.string().optional(),
  results: z
    .array(z.object({ from: z.object({ id: z.string() }), to: z.object({ id: z.string() }) }))
    .default([]),
});

/** An answer names the pairs it made; a pair it can't make refuses the whole batch, which is then halved. */
function associations(request: GeneratedClients['request']): BatchWrite<Association> {
  const nameOf = (contactId: string, companyId: string): string => `${contactId} ${companyId}`;
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
      const { results, completedAt } = associatedSchema.parse(body);
      // The answer may tell both directions of an association.
      const made = new Set(
        results.flatMap(({ from, to }) => [nameOf(from.id, to.id), nameOf(to.id, from.id)]),
      );
      const modifiedAt = new Date(completedAt ?? 0).toISOString();
      const written = chunk
        .filter(({ input }) => made.has(nameOf(input.contactId, input.companyId)))
        .map(({ traceId, input }) => ({ traceId, id: input.contactId, modifiedAt, told: null }));
      return { written, errors: errorsOf(body) };
    },
    tell: () => null,
    properties: () => ({}),
  };
}
