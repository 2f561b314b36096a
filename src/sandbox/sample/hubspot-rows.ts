// The facts of a person as a HubSpot contact. Lead source, rating and description are left out: a portal
// has no such properties until a connector makes them.
import type { Facts, LeadStatus } from './facts.ts';
import type { HubSpotRow } from './rows.ts';
import type { Lifetime } from './salesforce-rows.ts';

const LEAD_STATUS: Readonly<Record<LeadStatus, string>> = {
  new: 'NEW',
  working: 'IN_PROGRESS',
  notConverted: 'UNQUALIFIED',
};

/** The options of `numemployees`, by the fewest employees of each. */
const EMPLOYEE_RANGES: readonly (readonly [from: number, range: string])[] = [
  [1_000, '1000+'],
  [500, '500-1000'],
  [100, '100-500'],
  [50, '50-100'],
  [25, '25-50'],
  [5, '5-25'],
  [0, '1-5'],
];

export const employeeRange = (employees: number): string =>
  EMPLOYEE_RANGES.find(([from]) => employees >= from)?.[1] ?? '1-5';

const text = (value: number | null): string | null => (value === null ? null : String(value));

/** `raw`: properties as they stand in HubSpot whatever the facts; '' leaves one out. */
export function hubspotRow(
  key: string,
  facts: Facts,
  { createdAt, modifiedAt }: Lifetime,
  raw: Readonly<Record<string, string>> = {},
): HubSpotRow {
  const properties: Readonly<Record<string, string | null>> = {
    salutation: facts.salutation,
    firstname: facts.firstName,
    lastname: facts.lastName,
    jobtitle: facts.title,
    company: facts.company,
    // HubSpot keeps e-mails in lower case.
    email: facts.email?.toLowerCase() ?? null,
    phone: facts.phone,
    mobilephone: facts.mobilePhone,
    fax: facts.fax,
    address: facts.street,
    city: facts.city,
    state: facts.state,
    zip: facts.zip,
    country: facts.country,
    website: facts.website,
    industry: facts.industry,
    annualrevenue: text(facts.annualRevenue),
    numemployees: facts.employees === null ? null : employeeRange(facts.employees),
    hs_lead_status: LEAD_STATUS[facts.leadStatus],
    hs_email_optout: facts.optedOut ? 'true' : null,
    ...raw,
  };
  return {
    key,
    properties: Object.fromEntries(
      Object.entries(properties).flatMap(([name, value]) =>
        value === null || value === '' ? [] : [[name, value]],
      ),
    ),
    ownerEmail: facts.owner?.kind === 'person' ? facts.owner.email : null,
    createdAt,
    modifiedAt,
  };
}
