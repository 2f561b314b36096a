// The facts of a person as Salesforce keeps them: a lead, or a contact of an account.
import type { Company } from './companies.ts';
import type { Facts, LeadStatus } from './facts.ts';
import type { SalesforceRow } from './rows.ts';

const STATUS: Readonly<Record<LeadStatus, string>> = {
  new: 'Open - Not Contacted',
  working: 'Working - Contacted',
  notConverted: 'Closed - Not Converted',
};

type Fields = Readonly<Record<string, string | number | boolean | null>>;

/** When a row came to be and was last changed. */
export interface Lifetime {
  readonly createdAt: Date;
  readonly modifiedAt: Date;
}

const filled = (fields: Fields): SalesforceRow['fields'] =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );

/** Salesforce keeps whole seconds. */
const stamp = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;

export const stamps = ({ createdAt, modifiedAt }: Lifetime): Fields => ({
  CreatedDate: stamp(createdAt),
  LastModifiedDate: stamp(modifiedAt),
  SystemModstamp: stamp(modifiedAt),
});

const personFields = (facts: Facts): Fields => ({
  Salutation: facts.salutation,
  FirstName: facts.firstName,
  LastName: facts.lastName,
  Title: facts.title,
  Email: facts.email,
  Phone: facts.phone,
  MobilePhone: facts.mobilePhone,
  Fax: facts.fax,
  LeadSource: facts.leadSource,
  Description: facts.description,
  HasOptedOutOfEmail: facts.optedOut,
});

const addressFields = (prefix: '' | 'Mailing' | 'Billing', facts: Facts): Fields => ({
  [`${prefix}Street`]: facts.street,
  [`${prefix}City`]: facts.city,
  [`${prefix}State`]: facts.state,
  [`${prefix}PostalCode`]: facts.zip,
  [`${prefix}Country`]: facts.country,
});

export function leadRow(key: string, facts: Facts, lifetime: Lifetime): SalesforceRow {
  return {
    key,
    object: 'Lead',
    fields: filled({
      ...personFields(facts),
      ...addressFields('', facts),
      // Salesforce requires one of every lead.
      Company: facts.company ?? '[not provided]',
      Website: facts.website,
      Industry: facts.industry,
      Rating: facts.rating,
      AnnualRevenue: facts.annualRevenue,
      NumberOfEmployees: facts.employees,
      Status: STATUS[facts.leadStatus],
      ...stamps(lifetime),
    }),
    refs: {},
    owner: facts.owner,
  };
}

export function contactRow(
  key: string,
  facts: Facts,
  lifetime: Lifetime,
  accountKey: string | null,
): SalesforceRow {
  return {
    key,
    object: 'Contact',
    fields: filled({
      ...personFields(facts),
      ...addressFields('Mailing', facts),
      ...stamps(lifetime),
    }),
    refs: accountKey === null ? {} : { AccountId: accountKey },
    // Queues own leads only.
    owner: facts.owner?.kind === 'person' ? facts.owner : null,
  };
}

/** A lead that was converted into a contact, and is read-only since. */
export function convertedLeadRow(
  key: string,
  facts: Facts,
  lifetime: Lifetime,
  contact: SalesforceRow,
): SalesforceRow {
  const lead = leadRow(key, facts, lifetime);
  const accountKey = contact.refs['AccountId'];
  return {
    ...lead,
    fields: {
      ...lead.fields,
      Status: 'Closed - Converted',
      IsConverted: true,
      ConvertedDate: lifetime.modifiedAt.toISOString().slice(0, 10),
    },
    refs: {
      ConvertedContactId: contact.key,
      ...(accountKey === undefined ? {} : { ConvertedAccountId: accountKey }),
    },
  };
}

export function accountRow(
  key: string,
  company: Company,
  lifetime: Lifetime,
  owner: SalesforceRow['owner'],
): SalesforceRow {
  return {
    key,
    object: 'Account',
    fields: filled({
      Name: company.name,
      Website: company.website,
      Industry: company.industry,
      AnnualRevenue: company.annualRevenue,
      NumberOfEmployees: company.employees,
      BillingStreet: company.street,
      BillingCity: company.place.city,
      BillingState: company.place.state,
      BillingPostalCode: company.place.zip,
      BillingCountry: company.culture.country,
      ...stamps(lifetime),
    }),
    refs: {},
    owner,
  };
}
