// What each CRM takes for a field of each type, written from their documentation and not from the engine:
// hubspot-api §2.4 (properties), salesforce-api §4 and §6 (fields). And what each then keeps of it, so that a
// write can be carried out and read back.
import type { HubSpotProperty, SalesforceField } from '../../../src/engine/fields.ts';
import type { SalesforceValue } from '../../../src/engine/records.ts';
import { MAYA, JONAS, TOM } from '../fixtures.ts';

const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** A day of the calendar: no 30th of February. */
function isDay(text: string): boolean {
  const [, year, month, day] = DAY.exec(text) ?? [];
  if (year === undefined) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.toISOString().slice(0, 10) === text;
}

const isInstant = (text: string): boolean => isDay(INSTANT.exec(text)?.[1] ?? '');

const isOneOf = (options: readonly { readonly value: string }[], text: string): boolean =>
  options.some(({ value }) => value === text);

/** Whether HubSpot takes a text for a property; an empty one clears it. */
export function hubspotTakes(property: HubSpotProperty, text: string): boolean {
  if (property.readOnly) return false;
  if (text === '') return true;
  if (property.referencedObjectType === 'OWNER')
    return [MAYA.owner, JONAS.owner, TOM.owner].includes(text);
  switch (property.type) {
    case 'string':
    case 'phone_number':
      return text.length <= 65_536 && (property.name !== 'email' || EMAIL.test(text));
    case 'number':
      return PLAIN_NUMBER.test(text);
    case 'bool':
      return text === 'true' || text === 'false';
    case 'date':
      return isDay(text);
    case 'datetime':
      return isInstant(text);
    case 'enumeration':
      return property.fieldType === 'checkbox'
        ? text.split(';').every((part) => isOneOf(property.options, part))
        : isOneOf(property.options, text);
    case 'json':
    case 'object_coordinates':
      return false;
  }
}

/** Whether Salesforce takes a value for a field of an existing record. */
export function salesforceTakes(field: SalesforceField, value: SalesforceValue): boolean {
  if (!field.updateable || field.calculated) return false;
  if (value === null) return field.nillable;
  switch (field.type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'int':
    case 'long':
      return (
        typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 2_147_483_648
      );
    case 'double':
    case 'currency':
    case 'percent':
      return (
        typeof value === 'number' &&
        Number.isFinite(value) &&
        Math.abs(value) < 10 ** (field.precision - field.scale)
      );
    case 'date':
      return typeof value === 'string' && isDay(value) && isKept(value);
    case 'datetime':
      return typeof value === 'string' && isInstant(value) && isKept(value);
    case 'reference':
      return typeof value === 'string' && [MAYA.user, JONAS.user].includes(value);
    case 'picklist':
      return (
        isText(field, value) && (!field.restrictedPicklist || isOneOf(field.picklistValues, value))
      );
    case 'multipicklist':
      return (
        isText(field, value) &&
        value
          .split(';')
          .every((part) => !field.restrictedPicklist || isOneOf(field.picklistValues, part))
      );
    case 'email':
      return isText(field, value) && EMAIL.test(value);
    case 'string':
    case 'textarea':
    case 'phone':
    case 'url':
    case 'combobox':
      return isText(field, value);
    default:
      // Ids, encrypted texts and compound fields are not Tandem's to write.
      return false;
  }
}

const isKept = (text: string): boolean => text >= '1700-01-01' && text <= '4000-12-31T23:59:59Z';

const isText = (field: SalesforceField, value: SalesforceValue): value is string =>
  typeof value === 'string' && value !== '' && (field.length === 0 || value.length <= field.length);

/** What HubSpot gives back of what it took. */
export const hubspotKeeps = (property: HubSpotProperty, text: string): string | null =>
  text === '' ? null : property.name === 'email' ? text.trim().toLowerCase() : text;

/** What Salesforce gives back of what it took: rounded, trimmed, sets in the picklist's order. */
export function salesforceKeeps(field: SalesforceField, value: SalesforceValue): SalesforceValue {
  if (typeof value === 'number')
    return field.type === 'int' ? value : Number(value.toFixed(field.scale));
  if (typeof value !== 'string') return value;
  switch (field.type) {
    case 'datetime':
      return `${new Date(value).toISOString().slice(0, 19)}.000+0000`;
    case 'multipicklist': {
      const order = field.picklistValues.map((option) => option.value);
      const parts = [...new Set(value.split(';'))];
      return parts.toSorted((one, other) => order.indexOf(one) - order.indexOf(other)).join(';');
    }
    default:
      return value.trim() === '' ? null : value.trim();
  }
}
