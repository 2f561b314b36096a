// Campaign and CampaignMember: what the sync reads to say which campaigns a person is in
// (salesforce-api §6). Members take their names and addresses from the lead or contact they stand for.
import { activity, audit, idField, isDeleted, LEAD_SOURCES, owner, SALUTATIONS } from './common.ts';
import {
  currency,
  date,
  email,
  field,
  flag,
  int,
  number,
  phone,
  picklist,
  reference,
  text,
  textarea,
  type Extra,
  type ObjectSpec,
} from './field.ts';

const READ: Extra = { access: 'read' };
const TOTAL: Extra = { access: 'read', nillable: false, defaulted: true };
const TYPES = [
  ...['*Conference', 'Webinar', 'Trade Show', 'Public Relations', 'Partners', 'Referral Program'],
  ...['Advertisement', 'Banner Ads', 'Direct Mail', 'Email', 'Telemarketing', 'Other'],
];
const STATUSES = ['*Planned', 'In Progress', 'Completed', 'Aborted'];

export const campaign: ObjectSpec = {
  name: 'Campaign',
  label: 'Campaign',
  labelPlural: 'Campaigns',
  keyPrefix: '701',
  createable: true,
  deletable: true,
  hardDeleted: false,
  fields: [
    idField('Campaign ID'),
    isDeleted,
    text('Name', 'Name', 80, { nillable: false, idLookup: true, nameField: true }),
    reference('ParentId', 'Parent Campaign ID', ['Campaign'], 'Parent'),
    picklist('Type', 'Type', TYPES, { defaulted: true }),
    picklist('Status', 'Status', STATUSES, { defaulted: true }),
    date('StartDate', 'Start Date'),
    date('EndDate', 'End Date'),
    currency('ExpectedRevenue', 'Expected Revenue in Campaign'),
    currency('BudgetedCost', 'Budgeted Cost in Campaign'),
    currency('ActualCost', 'Actual Cost in Campaign'),
    field('ExpectedResponse', 'Expected Response (%)', 'percent', { precision: 10, scale: 2 }),
    number('NumberSent', 'Num Sent in Campaign', 18, 0),
    flag('IsActive', 'Active'),
    textarea('Description', 'Description', 32000),
    int('NumberOfLeads', 'Leads in Campaign', 9, TOTAL),
    int('NumberOfConvertedLeads', 'Converted Leads in Campaign', 9, TOTAL),
    int('NumberOfContacts', 'Contacts in Campaign', 9, TOTAL),
    int('NumberOfResponses', 'Responses in Campaign', 9, TOTAL),
    owner(['User']),
    ...audit,
    ...activity,
  ],
  childRelationships: [
    {
      name: 'CampaignMembers',
      childObject: 'CampaignMember',
      field: 'CampaignId',
      cascadeDelete: true,
    },
  ],
};

export const campaignMember: ObjectSpec = {
  name: 'CampaignMember',
  label: 'Campaign Member',
  labelPlural: 'Campaign Members',
  keyPrefix: '00v',
  createable: true,
  deletable: true,
  hardDeleted: true,
  fields: [
    idField('Campaign Member ID'),
    isDeleted,
    reference('CampaignId', 'Campaign ID', ['Campaign'], 'Campaign', {
      access: 'createOnly',
      nillable: false,
    }),
    reference('LeadId', 'Lead ID', ['Lead'], 'Lead', { access: 'createOnly' }),
    reference('ContactId', 'Contact ID', ['Contact'], 'Contact', { access: 'createOnly' }),
    picklist('Status', 'Status', ['*Sent', 'Responded'], { defaulted: true }),
    flag('HasResponded', 'Responded', READ),
    ...audit,
    date('FirstRespondedDate', 'First Responded Date', READ),
    picklist('Salutation', 'Salutation', SALUTATIONS, READ),
    text('Name', 'Name', 121, { access: 'read', nameField: true }),
    text('FirstName', 'First Name', 40, READ),
    text('LastName', 'Last Name', 80, READ),
    text('Title', 'Title', 128, READ),
    email('Email', 'Email', READ),
    phone('Phone', 'Phone', READ),
    phone('MobilePhone', 'Mobile Phone', READ),
    phone('Fax', 'Fax', READ),
    text('CompanyOrAccount', 'Company or Account', 255, READ),
    picklist('LeadSource', 'Lead Source', LEAD_SOURCES, READ),
    flag('HasOptedOutOfEmail', 'Email Opt Out', READ),
    flag('DoNotCall', 'Do Not Call', READ),
    text('Type', 'Type', 40, READ),
    reference('LeadOrContactId', 'Related Record ID', ['Contact', 'Lead'], 'LeadOrContact', READ),
  ],
  childRelationships: [],
};
