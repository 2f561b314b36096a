// The fixture language of the engine's tests: properties, fields, people on both sides.
import type {
  HubSpotProperty,
  SalesforceField,
  SalesforceFieldType,
  SalesforceObject,
  Schemas,
} from '../../src/engine/fields.ts';
import type { Link, LinkContent } from '../../src/engine/link.ts';
import { mappingTable, type MappingTable } from '../../src/engine/mapping.ts';
import { ownerMap } from '../../src/engine/owners.ts';
import { NOT_HELD_BACK } from '../../src/engine/plan-fields.ts';
import type { PlanContext } from '../../src/engine/plan.ts';
import type {
  HubSpotContact,
  SalesforceRecord,
  SalesforceValue,
} from '../../src/engine/records.ts';
import { EMPTY_LINK } from '../../src/engine/settle.ts';
import { settingsSchema, type Settings } from '../../src/engine/settings.ts';

export const NOW = '2026-11-23T10:00:00.000Z';

export function property(name: string, facts: Partial<HubSpotProperty> = {}): HubSpotProperty {
  return {
    name,
    label: name,
    type: 'string',
    fieldType: 'text',
    options: [],
    readOnly: false,
    hasUniqueValue: false,
    referencedObjectType: null,
    ...facts,
  };
}

export function field(
  name: string,
  type: SalesforceFieldType = 'string',
  facts: Partial<SalesforceField> = {},
): SalesforceField {
  return {
    name,
    label: name,
    type,
    length: type === 'string' || type === 'textarea' ? 255 : 0,
    precision: 0,
    scale: 0,
    nillable: true,
    createable: true,
    updateable: true,
    defaultedOnCreate: false,
    calculated: false,
    restrictedPicklist: false,
    picklistValues: [],
    referenceTo: [],
    externalId: false,
    unique: false,
    ...facts,
  };
}

export const options = (...values: string[]) => values.map((value) => ({ value, label: value }));

const LEAD_STATUSES = options(
  'Open - Not Contacted',
  'Working - Contacted',
  'Closed - Converted',
  'Closed - Not Converted',
);
const HUBSPOT_STATUSES = options(
  'NEW',
  'OPEN',
  'IN_PROGRESS',
  'OPEN_DEAL',
  'UNQUALIFIED',
  'ATTEMPTED_TO_CONTACT',
  'CONNECTED',
  'BAD_TIMING',
);

const common = (): SalesforceField[] => [
  field('OwnerId', 'reference', {
    referenceTo: ['User'],
    nillable: false,
    defaultedOnCreate: true,
  }),
  field('Email', 'email', { length: 80 }),
  field('Fax', 'phone', { length: 40 }),
  field('FirstName', 'string', { length: 40 }),
  field('LastName', 'string', { length: 80, nillable: false }),
  field('Title', 'string', { length: 128 }),
  field('LeadSource', 'picklist', { picklistValues: options('Web', 'Partner', 'Other') }),
  field('Description', 'textarea', { length: 32_000 }),
  field('HasOptedOutOfEmail', 'boolean', { nillable: false, defaultedOnCreate: true }),
  field('Phone', 'phone', { length: 40 }),
  field('Salutation', 'picklist', { picklistValues: options('Mr.', 'Ms.') }),
];

const LEAD_FIELDS = [
  ...common(),
  field('AnnualRevenue', 'currency', { precision: 18 }),
  field('City', 'string', { length: 40 }),
  field('Company', 'string', { nillable: false }),
  field('Country', 'string', { length: 80 }),
  field('NumberOfEmployees', 'int'),
  field('Industry', 'picklist', { picklistValues: options('Banking', 'Retail') }),
  field('PostalCode', 'string', { length: 20 }),
  field('Rating', 'picklist', { picklistValues: options('Hot', 'Warm', 'Cold') }),
  field('State', 'string', { length: 80 }),
  field('Status', 'picklist', {
    nillable: false,
    defaultedOnCreate: true,
    restrictedPicklist: true,
    picklistValues: LEAD_STATUSES,
  }),
  field('Street', 'textarea'),
  field('Website', 'url', { length: 255 }),
];

const CONTACT_FIELDS = [
  ...common(),
  field('AccountId', 'reference', { referenceTo: ['Account'] }),
  field('MailingCity', 'string', { length: 40 }),
  field('MailingCountry', 'string', { length: 80 }),
  field('MailingPostalCode', 'string', { length: 20 }),
  field('MailingState', 'string', { length: 80 }),
  field('MailingStreet', 'textarea'),
];

const HUBSPOT_PROPERTIES = [
  ...[
    'tandem_account_id',
    'tandem_campaign_ids',
    'annualrevenue',
    'city',
    'company',
    'country',
    'email',
    'fax',
    'firstname',
    'industry',
    'jobtitle',
  ].map((name) => property(name)),
  ...[
    'lastname',
    'leadsource',
    'description',
    'phone',
    'zip',
    'rating',
    'salutation',
    'state',
    'address',
    'website',
  ].map((name) => property(name)),
  property('hubspot_owner_id', {
    type: 'enumeration',
    fieldType: 'select',
    referencedObjectType: 'OWNER',
  }),
  property('numemployees', {
    type: 'enumeration',
    fieldType: 'select',
    options: options('1-5', '5-25', '25-50', '50-100', '100-500', '500-1000', '1000+'),
  }),
  property('hs_email_optout', { type: 'bool', fieldType: 'booleancheckbox', readOnly: true }),
  property('hs_lead_status', {
    type: 'enumeration',
    fieldType: 'radio',
    options: HUBSPOT_STATUSES,
  }),
];

const named = <T extends { name: string }>(facts: readonly T[]): ReadonlyMap<string, T> =>
  new Map(facts.map((fact) => [fact.name, fact]));

export const SCHEMAS: Schemas = {
  hubspot: named(HUBSPOT_PROPERTIES),
  salesforce: { Lead: named(LEAD_FIELDS), Contact: named(CONTACT_FIELDS) },
};

export const MAYA = { owner: '101', user: '005000000000001AAA' };
export const JONAS = { owner: '102', user: '005000000000002AAA' };
/** Only in HubSpot. */
export const ELENA = { owner: '105' };
/** Has left Salesforce. */
export const TOM = { owner: '104', user: '005000000000004AAA' };

export const OWNERS = ownerMap({
  owners: [
    { id: MAYA.owner, email: 'maya@example.com', name: 'Maya', archived: false },
    { id: JONAS.owner, email: 'Jonas@example.com', name: 'Jonas', archived: false },
    { id: TOM.owner, email: 'tom@example.com', name: 'Tom', archived: false },
    { id: ELENA.owner, email: 'elena@example.com', name: 'Elena', archived: false },
  ],
  users: [
    { id: MAYA.user, email: 'maya@example.com', name: 'Maya', isActive: true },
    { id: JONAS.user, email: 'jonas@example.com', name: 'Jonas', isActive: true },
    { id: TOM.user, email: 'tom@example.com', name: 'Tom', isActive: false },
  ],
});

export const NOT_PAUSED = { toSalesforce: false, toHubSpot: false } as const;

export const settings = (changes: object = {}): Settings => settingsSchema.parse(changes);

export const tableFor = (changes: object = {}, schemas = SCHEMAS): MappingTable =>
  mappingTable(settings(changes), schemas, OWNERS);

export function context(
  changes: Partial<PlanContext> = {},
  settingsChanges: object = {},
): PlanContext {
  return {
    settings: settings(settingsChanges),
    table: tableFor(settingsChanges),
    now: NOW,
    externalIdOn: { Lead: true, Contact: true },
    heldBack: () => NOT_HELD_BACK,
    propertyTimes: new Map(),
    companyOf: () => null,
    companyForAccount: () => null,
    ...changes,
  };
}

export function contact(
  id: string,
  properties: Record<string, string | null> = {},
  facts: Partial<HubSpotContact> = {},
): HubSpotContact {
  return { id, properties, modifiedAt: '2026-11-23T09:00:00.000Z', archived: false, ...facts };
}

function record(
  object: SalesforceObject,
  id: string,
  fields: Record<string, SalesforceValue>,
  facts: Partial<SalesforceRecord>,
): SalesforceRecord {
  return {
    object,
    id,
    // Salesforce's checkboxes are never blank.
    fields: { HasOptedOutOfEmail: false, CampaignIds: null, ...fields },
    modifiedAt: '2026-11-23T09:00:00.000Z',
    createdAt: '2026-01-01T00:00:00.000Z',
    isDeleted: false,
    isConverted: false,
    convertedContactId: null,
    ...facts,
  };
}

export const lead = (
  id: string,
  fields: Record<string, SalesforceValue> = {},
  facts: Partial<SalesforceRecord> = {},
): SalesforceRecord => record('Lead', id, fields, facts);
export const salesforceContact = (
  id: string,
  fields: Record<string, SalesforceValue> = {},
  facts: Partial<SalesforceRecord> = {},
): SalesforceRecord => record('Contact', id, fields, facts);

let links = 0;
export function link(content: Partial<LinkContent> = {}): Link {
  links += 1;
  return {
    id: String(links),
    version: 1,
    ...EMPTY_LINK,
    ...content,
  };
}
