// The company properties of the stand-in: a few that every portal has, and what the native Salesforce
// connector adds.
import type { PropertyDefinition } from '../schema/property.ts';
import type { Company } from './companies.ts';

/** The connector's property with the account's id (hubspot-api §5). */
export const NATIVE_ACCOUNT_ID = {
  name: 'salesforceaccountid',
  label: 'Salesforce Account ID',
} as const;

export function companyProperty(
  name: string,
  label: string,
  { type = 'string', readOnly = false } = {},
): PropertyDefinition {
  return {
    name,
    label,
    type,
    fieldType: type === 'datetime' ? 'date' : type === 'number' ? 'number' : 'text',
    description: '',
    groupName: 'companyinformation',
    options: [],
    displayOrder: -1,
    hidden: false,
    formField: !readOnly,
    hubspotDefined: true,
    calculated: false,
    readOnlyValue: readOnly,
    hasUniqueValue: name === 'hs_object_id',
    referencedObjectType: null,
    createdAt: null,
    updatedAt: null,
  };
}

export const STANDARD_COMPANY_PROPERTIES: readonly PropertyDefinition[] = [
  companyProperty('hs_object_id', 'Record ID', { type: 'number', readOnly: true }),
  companyProperty('createdate', 'Create Date', { type: 'datetime', readOnly: true }),
  companyProperty('hs_lastmodifieddate', 'Last Modified Date', {
    type: 'datetime',
    readOnly: true,
  }),
  companyProperty('name', 'Company name'),
  companyProperty('domain', 'Company Domain Name'),
];

/** A value as the API answers with it; null when empty. */
export function companyValue(company: Company, name: string): string | null {
  switch (name) {
    case 'hs_object_id':
      return company.id;
    case 'createdate':
      return new Date(company.createdAt).toISOString();
    case 'hs_lastmodifieddate':
      return new Date(company.modifiedAt).toISOString();
    default:
      return company.properties[name] ?? null;
  }
}
