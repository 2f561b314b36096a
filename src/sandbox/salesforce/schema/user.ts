// User, Group (queues) and what queues are for: the owners of records. Standard facts from Salesforce's object reference.
import { audit, idField } from './common.ts';
import {
  datetime,
  email,
  field,
  flag,
  phone,
  picklist,
  reference,
  text,
  type Extra,
  type ObjectSpec,
} from './field.ts';

const REQUIRED: Extra = { nillable: false };
const TIME_ZONES = ['*America/Los_Angeles', 'America/New_York', 'Europe/Berlin', 'Europe/London'];
const USER_TYPES = ['*Standard', 'PowerPartner', 'CspLitePortal', 'AutomatedProcess', 'Guest'];
const RESTRICTED: Extra = { nillable: false, defaulted: true, restricted: true };

export const user: ObjectSpec = {
  name: 'User',
  label: 'User',
  labelPlural: 'Users',
  keyPrefix: '005',
  createable: true,
  deletable: false,
  hardDeleted: false,
  fields: [
    idField('User ID'),
    text('Username', 'Username', 80, { nillable: false, unique: true, idLookup: true }),
    text('LastName', 'Last Name', 80, { nillable: false, partOf: 'Name' }),
    text('FirstName', 'First Name', 40, { partOf: 'Name' }),
    text('Name', 'Full Name', 121, { access: 'read', nillable: false, nameField: true }),
    text('CompanyName', 'Company Name', 80),
    text('Division', 'Division', 80),
    text('Department', 'Department', 80),
    text('Title', 'Title', 80),
    email('Email', 'Email', { length: 128, nillable: false, idLookup: true }),
    phone('Phone', 'Phone'),
    phone('MobilePhone', 'Mobile'),
    text('Alias', 'Alias', 8, REQUIRED),
    text('CommunityNickname', 'Nickname', 40, REQUIRED),
    flag('IsActive', 'Active'),
    picklist('TimeZoneSidKey', 'Time Zone', TIME_ZONES, RESTRICTED),
    picklist('LocaleSidKey', 'Locale', ['*en_US', 'de_DE', 'en_GB'], RESTRICTED),
    picklist('EmailEncodingKey', 'Email Encoding', ['*UTF-8', 'ISO-8859-1'], RESTRICTED),
    picklist('LanguageLocaleKey', 'Language', ['*en_US', 'de', 'fr'], RESTRICTED),
    picklist('UserType', 'User Type', USER_TYPES, { ...RESTRICTED, access: 'read' }),
    reference('ProfileId', 'Profile ID', ['Profile'], 'Profile'),
    reference('UserRoleId', 'Role ID', ['UserRole'], 'UserRole'),
    reference('ManagerId', 'Manager ID', ['User'], 'Manager'),
    text('EmployeeNumber', 'Employee Number', 20),
    text('FederationIdentifier', 'SAML Federation ID', 512),
    datetime('LastLoginDate', 'Last Login', { access: 'read' }),
    ...audit,
  ],
  childRelationships: [],
};

export const group: ObjectSpec = {
  name: 'Group',
  label: 'Group',
  labelPlural: 'Group',
  keyPrefix: '00G',
  createable: true,
  deletable: true,
  hardDeleted: true,
  fields: [
    idField('Group ID'),
    text('Name', 'Name', 40, { nillable: false, nameField: true }),
    text('DeveloperName', 'Developer Name', 80),
    picklist('Type', 'Type', ['*Regular', 'Queue', 'Role', 'RoleAndSubordinates'], {
      nillable: false,
      defaulted: true,
      restricted: true,
    }),
    field('Email', 'Email', 'email', { length: 255 }),
    ...audit,
  ],
  childRelationships: [],
};

/** Which objects a queue's members may own: one row for each. */
export const queueSobject: ObjectSpec = {
  name: 'QueueSobject',
  label: 'Queue Sobject',
  labelPlural: 'Queue Sobject',
  keyPrefix: '03g',
  createable: true,
  deletable: true,
  hardDeleted: true,
  fields: [
    idField('Queue Sobject ID'),
    reference('QueueId', 'Group ID', ['Group'], 'Queue', { nillable: false }),
    picklist('SobjectType', 'Sobject Type', ['Lead', 'Case'], {
      nillable: false,
      restricted: true,
    }),
    ...audit,
  ],
  childRelationships: [],
};
