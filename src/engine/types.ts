// Which HubSpot property types go with which Salesforce field types: the matrix of native-connector §3.2,
// used by the mapping editor and by the engine alike. Each cell that isn't plainly fine has its sentence.
import type { HubSpotProperty, SalesforceField, SalesforceFieldType } from './fields.ts';

export type HubSpotKind =
  | 'text'
  | 'select'
  | 'checkboxes'
  | 'bool'
  | 'number'
  | 'date'
  | 'datetime'
  | 'owner'
  | 'unmappable';

export type SalesforceKind =
  | 'text'
  | 'email'
  | 'textarea'
  | 'encrypted'
  | 'combobox'
  | 'picklist'
  | 'multipicklist'
  | 'boolean'
  | 'int'
  | 'decimal'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'id'
  | 'reference'
  | 'user'
  | 'unmappable';

const HUBSPOT_KIND_LABELS: Readonly<Record<HubSpotKind, string>> = {
  text: 'Text',
  select: 'Dropdown or radio select',
  checkboxes: 'Multiple checkboxes',
  bool: 'Single checkbox',
  number: 'Number',
  date: 'Date',
  datetime: 'Date and time',
  owner: 'HubSpot user',
  unmappable: 'Not mappable',
};

const SALESFORCE_KIND_LABELS: Readonly<Record<SalesforceKind, string>> = {
  text: 'Text',
  email: 'Email',
  textarea: 'Text area',
  encrypted: 'Encrypted text',
  combobox: 'Picklist with free text',
  picklist: 'Picklist',
  multipicklist: 'Multi-select picklist',
  boolean: 'Checkbox',
  int: 'Whole number',
  decimal: 'Number',
  currency: 'Currency',
  percent: 'Percent',
  date: 'Date',
  datetime: 'Date/time',
  id: 'Record ID',
  reference: 'Lookup',
  user: 'User lookup',
  unmappable: 'Not mappable',
};

export function hubspotKind(property: HubSpotProperty): HubSpotKind {
  if (property.referencedObjectType === 'OWNER') return 'owner';
  switch (property.type) {
    case 'string':
    case 'phone_number':
      return 'text';
    case 'enumeration':
      return property.fieldType === 'checkbox' ? 'checkboxes' : 'select';
    case 'bool':
    case 'number':
    case 'date':
    case 'datetime':
      return property.type;
    case 'json':
    case 'object_coordinates':
      return 'unmappable';
  }
}

export function salesforceKind(field: SalesforceField): SalesforceKind {
  switch (field.type) {
    case 'string':
    case 'phone':
    case 'url':
      return 'text';
    case 'encryptedstring':
      return 'encrypted';
    case 'id':
    case 'email':
    case 'combobox':
    case 'currency':
    case 'percent':
    case 'textarea':
    case 'picklist':
    case 'multipicklist':
    case 'boolean':
    case 'date':
    case 'datetime':
      return field.type;
    case 'int':
    case 'long':
      return 'int';
    case 'double':
      return 'decimal';
    case 'reference':
      return field.referenceTo.includes('User') ? 'user' : 'reference';
    case 'time':
    case 'address':
    case 'location':
    case 'base64':
    case 'anyType':
      return 'unmappable';
  }
}

export const hubspotTypeLabel = (property: HubSpotProperty): string =>
  HUBSPOT_KIND_LABELS[hubspotKind(property)];
export const salesforceTypeLabel = (field: SalesforceField): string =>
  SALESFORCE_KIND_LABELS[salesforceKind(field)];

export type Compatibility =
  | { readonly verdict: 'ok' }
  | { readonly verdict: 'warning' | 'refused'; readonly sentence: string };

const ok: Compatibility = { verdict: 'ok' };
const warning = (sentence: string): Compatibility => ({ verdict: 'warning', sentence });
const refused = (sentence: string): Compatibility => ({ verdict: 'refused', sentence });

const OPTIONS_ONLY = 'Values that are not options of the Salesforce picklist are left out.';
const SET_AS_TEXT = 'Several options are kept as one text, separated by semicolons.';
const OPTIONS_OF_HUBSPOT = 'Text that is not an option of the HubSpot property is left out.';
const PARSED_NUMBER = 'Text that is not a number is left out.';
const TIME_CUT =
  'Only the day is compared, in the time zone of the settings; a time of day stays until the day changes.';
const FROM_SALESFORCE = 'Only what Salesforce shows of it is copied, from Salesforce to HubSpot.';
const NUMBER_OPTION = 'The number is kept only where it is an option of the HubSpot property.';
const ID_ONLY = 'Only the record id is copied, from Salesforce to HubSpot.';

const no = (hubspot: HubSpotKind, salesforce: SalesforceKind): Compatibility =>
  refused(
    `HubSpot’s type “${HUBSPOT_KIND_LABELS[hubspot]}” cannot be mapped to Salesforce’s “${SALESFORCE_KIND_LABELS[salesforce]}”.`,
  );

/** Salesforce types that no HubSpot property can hold, and what to map instead where there is something. */
const NEVER_MAPPED: Partial<Record<SalesforceFieldType, string>> = {
  address:
    'An address cannot be mapped as a whole: map its parts, such as street, city and postal code.',
  location: 'A location cannot be mapped as a whole: map its latitude and its longitude.',
  time: 'HubSpot has no property type for a time of day without a date.',
  base64: 'Files cannot be mapped.',
  anyType: 'A Salesforce field whose values have no fixed type cannot be mapped.',
};
const HUBSPOT_OWN_FORM =
  'HubSpot keeps this property in a form of its own, which has no counterpart in Salesforce.';

type Row = Partial<Record<SalesforceKind, Compatibility>>;

/** Cells that are absent are refused. */
const MATRIX: Readonly<Record<HubSpotKind, Row>> = {
  text: {
    text: ok,
    email: ok,
    textarea: ok,
    encrypted: warning(FROM_SALESFORCE),
    combobox: ok,
    picklist: warning(OPTIONS_ONLY),
    multipicklist: warning(`${OPTIONS_ONLY} ${SET_AS_TEXT}`),
    int: warning(PARSED_NUMBER),
    decimal: warning(PARSED_NUMBER),
    currency: warning(PARSED_NUMBER),
    percent: warning(PARSED_NUMBER),
    id: warning(ID_ONLY),
    reference: warning(ID_ONLY),
    user: warning(ID_ONLY),
  },
  select: {
    text: warning(OPTIONS_OF_HUBSPOT),
    email: warning(OPTIONS_OF_HUBSPOT),
    textarea: warning(OPTIONS_OF_HUBSPOT),
    combobox: warning(OPTIONS_OF_HUBSPOT),
    picklist: ok,
    int: warning(NUMBER_OPTION),
    decimal: warning(NUMBER_OPTION),
    currency: warning(NUMBER_OPTION),
    percent: warning(NUMBER_OPTION),
  },
  checkboxes: {
    text: warning(SET_AS_TEXT),
    textarea: warning(SET_AS_TEXT),
    multipicklist: ok,
  },
  bool: { boolean: ok },
  number: {
    text: warning(PARSED_NUMBER),
    int: warning('Only whole numbers go to Salesforce.'),
    decimal: ok,
    currency: ok,
    percent: ok,
  },
  date: { date: ok, datetime: warning(TIME_CUT) },
  datetime: { date: warning(TIME_CUT), datetime: ok },
  owner: { user: ok },
  unmappable: {},
};

/** Whether a HubSpot property and a Salesforce field can be mapped to each other, by their types alone. */
export function compatibility(property: HubSpotProperty, field: SalesforceField): Compatibility {
  const from = hubspotKind(property);
  const to = salesforceKind(field);
  const never = NEVER_MAPPED[field.type];
  if (never !== undefined) return refused(never);
  return from === 'unmappable' ? refused(HUBSPOT_OWN_FORM) : (MATRIX[from][to] ?? no(from, to));
}
