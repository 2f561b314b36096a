// Custom properties, custom fields and custom mappings beside the standard ones.
import type {
  HubSpotProperty,
  SalesforceField,
  SalesforceObject,
  Schemas,
} from '../../../src/engine/fields.ts';
import type { ChoosableRule } from '../../../src/engine/rules.ts';
import { SCHEMAS } from '../fixtures.ts';

const withAll = <Fact extends { readonly name: string }>(
  known: ReadonlyMap<string, Fact>,
  more: readonly Fact[],
): ReadonlyMap<string, Fact> => new Map([...known, ...more.map((one) => [one.name, one] as const)]);

/** The standard portal and org with more properties, and more fields on leads and contacts alike. */
export function withFields(
  properties: readonly HubSpotProperty[],
  fields: readonly SalesforceField[],
): Schemas {
  const on = (object: SalesforceObject) => withAll(SCHEMAS.salesforce[object], fields);
  return {
    hubspot: withAll(SCHEMAS.hubspot, properties),
    salesforce: { Lead: on('Lead'), Contact: on('Contact') },
  };
}

/** One mapping as an admin saves it, for the same field on leads and contacts. */
export const customMapping = (hubspotProperty: string, field: string, rule: ChoosableRule) => ({
  hubspotProperty,
  leadField: field,
  contactField: field,
  rule,
});
