// Fields that Salesforce insists on when a record is made and fills with nothing itself; and what the text of a template
// becomes in one that no mapping fills.
import type { SalesforceField } from './fields.ts';
import { optionFor } from './options.ts';
import type { SalesforceValue } from './records.ts';
import { salesforceId18 } from './salesforce-ids.ts';
import { fittingText, looksLikeEmail, readNumber, readText } from './values.ts';

/** Whether a new record is refused without a value of ours. */
export const isRequired = (field: SalesforceField): boolean =>
  !field.nillable && field.createable && !field.defaultedOnCreate && field.type !== 'boolean';

/** Null: the field doesn't take such a text. */
export function valueForField(text: string, field: SalesforceField): SalesforceValue {
  switch (field.type) {
    case 'int':
    case 'long':
    case 'double':
    case 'currency':
    case 'percent': {
      const number = readNumber(text, field);
      return number.ok ? number.value : null;
    }
    case 'picklist': {
      const option = optionFor(field.picklistValues, text);
      return option?.value ?? (field.restrictedPicklist ? null : fitting(text, field));
    }
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(text) && isInstant(text) ? text : null;
    case 'datetime':
      return isInstant(text) ? new Date(text).toISOString() : null;
    case 'reference':
      return salesforceId18(text);
    case 'email':
      return looksLikeEmail(text) ? fitting(text, field) : null;
    case 'string':
    case 'textarea':
    case 'phone':
    case 'url':
    case 'combobox':
      return fitting(text, field);
    case 'multipicklist':
    case 'boolean':
    case 'id':
    case 'time':
    case 'address':
    case 'location':
    case 'encryptedstring':
    case 'base64':
    case 'anyType':
      return null;
  }
}

function fitting(text: string, field: SalesforceField): string | null {
  const fits = fittingText(text, field);
  return fits.ok ? readText(String(fits.value)) : null;
}

const isInstant = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}(?:T|$)/.test(text) && !Number.isNaN(Date.parse(text));
