// Which HubSpot property would hold what a Salesforce field holds: its name, its type and, of a picklist, its options.
import type { SalesforceField } from './fields.ts';
import { salesforceKind } from './types.ts';

export interface PropertyProposal {
  readonly name: string;
  readonly label: string;
  readonly type: 'string' | 'number' | 'bool' | 'enumeration' | 'date' | 'datetime';
  readonly fieldType: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

const LONGEST_NAME = 99;

/** HubSpot names properties in lower case, and none begins with a digit. `ns__Shoe_Size__c` becomes `shoe_size`. */
export function propertyNameFor(fieldName: string): string {
  const own = fieldName.replace(/__(?:c|pc)$/i, '');
  const withoutNamespace = own.includes('__') ? own.slice(own.indexOf('__') + 2) : own;
  const snake = withoutNamespace
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, '_');
  return (/^[a-z]/.test(snake) ? snake : `sf_${snake}`).slice(0, LONGEST_NAME);
}

const YES_OR_NO = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
] as const;

type Form = Pick<PropertyProposal, 'type' | 'fieldType'>;

function formOf(field: SalesforceField): Form | null {
  switch (salesforceKind(field)) {
    case 'textarea':
      return { type: 'string', fieldType: 'textarea' };
    case 'text':
    case 'email':
    case 'encrypted':
    case 'combobox':
    case 'id':
    case 'reference':
    case 'user':
      return { type: 'string', fieldType: 'text' };
    case 'picklist':
      return { type: 'enumeration', fieldType: 'select' };
    case 'multipicklist':
      return { type: 'enumeration', fieldType: 'checkbox' };
    case 'boolean':
      return { type: 'bool', fieldType: 'booleancheckbox' };
    case 'int':
    case 'decimal':
    case 'currency':
    case 'percent':
      return { type: 'number', fieldType: 'number' };
    case 'date':
      return { type: 'date', fieldType: 'date' };
    case 'datetime':
      return { type: 'datetime', fieldType: 'date' };
    case 'unmappable':
      return null;
  }
}

/** Null where no HubSpot property could hold it. */
export function propertyFor(field: SalesforceField): PropertyProposal | null {
  const form = formOf(field);
  if (form === null) return null;
  const options =
    form.type === 'bool'
      ? YES_OR_NO
      : form.type === 'enumeration'
        ? field.picklistValues.map(({ value, label }) => ({ value, label }))
        : [];
  return { name: propertyNameFor(field.name), label: field.label, ...form, options };
}
