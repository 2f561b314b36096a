// What the sample portal has beyond HubSpot's own: one custom property of each kind that people map,
// and its owners. The owners' e-mails match users of the sample Salesforce org, but for one.
import { BOOLEAN_OPTIONS, optionsFrom, type PropertyDefinition } from './property.ts';
import type { PropertyGroup } from './standard.ts';

export interface Owner {
  /** What `hubspot_owner_id` holds. */
  readonly id: string;
  readonly email: string | null;
  readonly type: 'PERSON' | 'QUEUE';
  readonly firstName: string;
  readonly lastName: string;
  /** Null for a queue. */
  readonly userId: number | null;
  readonly archived: boolean;
}

export const SAMPLE_GROUP: PropertyGroup = {
  name: 'customer_success',
  label: 'Customer success',
  displayOrder: 6,
};

function custom(
  name: string,
  label: string,
  type: string,
  fieldType: string,
  options: PropertyDefinition['options'] = [],
): PropertyDefinition {
  return {
    name,
    label,
    type,
    fieldType,
    description: '',
    groupName: SAMPLE_GROUP.name,
    options,
    displayOrder: -1,
    hidden: false,
    formField: true,
    hubspotDefined: false,
    calculated: false,
    readOnlyValue: false,
    hasUniqueValue: false,
    referencedObjectType: null,
    createdAt: '2026-01-12T09:30:00.000Z',
    updatedAt: '2026-01-12T09:30:00.000Z',
  };
}

export const SAMPLE_PROPERTIES: readonly PropertyDefinition[] = [
  custom(
    'favorite_color',
    'Favorite color',
    'enumeration',
    'select',
    optionsFrom(['Red', 'Green', 'Blue', 'Yellow']),
  ),
  custom(
    'interests',
    'Interests',
    'enumeration',
    'checkbox',
    optionsFrom(['Sailing', 'Chess', 'Cooking', 'Running', 'Music']),
  ),
  custom('score', 'Score', 'number', 'number'),
  custom('is_customer', 'Is customer', 'bool', 'booleancheckbox', BOOLEAN_OPTIONS),
  custom('renewal_date', 'Renewal date', 'date', 'date'),
  custom('last_demo', 'Last demo', 'datetime', 'date'),
  custom('account_notes', 'Account notes', 'string', 'textarea'),
];

function person(id: string, userId: number, firstName: string, lastName: string): Owner {
  const email = `${firstName}.${lastName}@example.com`.toLowerCase();
  return { id, email, type: 'PERSON', firstName, lastName, userId, archived: false };
}

export const SANDBOX_OWNERS: readonly Owner[] = [
  person('71000101', 61000101, 'Maya', 'Okafor'),
  person('71000102', 61000102, 'Jonas', 'Lindqvist'),
  person('71000103', 61000103, 'Priya', 'Raman'),
  person('71000104', 61000104, 'Tom', 'Becker'),
  person('71000105', 61000105, 'Elena', 'Petrova'),
  {
    id: '71000190',
    email: null,
    type: 'QUEUE',
    firstName: 'Inbound',
    lastName: 'Queue',
    userId: null,
    archived: false,
  },
  { ...person('71000199', 61000199, 'Robin', 'Castellano'), archived: true },
];
