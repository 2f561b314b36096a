// The org itself, one row: its name, edition and whether it is a sandbox.
import { audit, idField } from './common.ts';
import { datetime, flag, picklist, text, type Extra, type ObjectSpec } from './field.ts';

const READ: Extra = { access: 'read' };
const EDITIONS = [
  ...['Developer Edition', 'Enterprise Edition', 'Professional Edition', 'Unlimited Edition'],
];

export const organization: ObjectSpec = {
  name: 'Organization',
  label: 'Organization',
  labelPlural: 'Organizations',
  keyPrefix: '00D',
  createable: false,
  deletable: false,
  hardDeleted: false,
  fields: [
    idField('Organization ID'),
    text('Name', 'Name', 80, { nillable: false, nameField: true }),
    picklist('OrganizationType', 'Edition', EDITIONS, READ),
    text('InstanceName', 'Instance Name', 5, READ),
    flag('IsSandbox', 'Is Sandbox', READ),
    datetime('TrialExpirationDate', 'Trial Expiration Date', READ),
    ...audit,
  ],
  childRelationships: [],
};
