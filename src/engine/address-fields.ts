// Orgs with state and country picklists keep a code beside each state and country; a state code belongs to
// the country code beside it (salesforce-api §4).

/** `MailingStateCode` for `MailingState`; null for a field that is no state or country. */
export const codeFieldOf = (field: string): string | null =>
  /^(?:Mailing|Other|Billing|Shipping)?(?:State|Country)$/.test(field) ? `${field}Code` : null;

/** `MailingCountryCode` for `MailingStateCode`; null for a field that is no state code. */
export const countryFieldOf = (stateField: string): string | null =>
  stateField.endsWith('StateCode') ? stateField.replace(/StateCode$/, 'CountryCode') : null;
