// The 29 default field mappings: 24 HubSpot properties, each with its lead and contact field side by side
// (native-connector §1.1: the 29 labels are Salesforce's; address fields and a few others are named
// differently, or exist, on only one of Lead and Contact). They can't be removed or remapped.
//
// Two properties differ from the native connector on purpose: it owns `salesforceaccountid`, so ours is
// `tandem_account_id`; `leadsource`, `description` and `rating` are made by whichever connector comes first.
import type { Rule } from './rules.ts';

export interface ValuePair {
  readonly hubspot: string;
  readonly salesforce: string;
}

/** What makes a mapping more than its types: owners, ranges of employees, states and countries, campaigns. */
export type Special = 'owner' | 'employeeRange' | 'place' | 'campaigns';

export interface DefaultMapping {
  readonly hubspotProperty: string;
  readonly leadField: string | null;
  readonly contactField: string | null;
  readonly rule: Rule;
  /** True where the native connector doesn't let an admin change the rule either. */
  readonly ruleLocked: boolean;
  /** The Salesforce labels of this row in HubSpot's own list of 29. */
  readonly labels: readonly string[];
  /** Values that mean the same and are spelt differently; the first pair with a value speaks for it. */
  readonly valueMap?: readonly ValuePair[];
  /** Conversions that types alone don't tell. */
  readonly special?: Special;
}

/** Where the ids of a record's campaigns are, sorted and joined by semicolons, once they were read. */
export const CAMPAIGNS_FIELD = 'CampaignIds';

const preferred = { rule: 'preferSalesforceUnlessBlank', ruleLocked: false } as const;
const bothObjects = (field: string) => ({ leadField: field, contactField: field });

/** HubSpot's standard lead statuses beside Salesforce's (native-connector §3.3). */
const LEAD_STATUS_VALUES: readonly ValuePair[] = [
  { hubspot: 'NEW', salesforce: 'Open - Not Contacted' },
  { hubspot: 'IN_PROGRESS', salesforce: 'Working - Contacted' },
  { hubspot: 'OPEN_DEAL', salesforce: 'Closed - Converted' },
  { hubspot: 'UNQUALIFIED', salesforce: 'Closed - Not Converted' },
  { hubspot: 'OPEN', salesforce: 'Open - Not Contacted' },
  { hubspot: 'ATTEMPTED_TO_CONTACT', salesforce: 'Working - Contacted' },
  { hubspot: 'CONNECTED', salesforce: 'Working - Contacted' },
  { hubspot: 'BAD_TIMING', salesforce: 'Closed - Not Converted' },
];

export const DEFAULT_MAPPINGS: readonly DefaultMapping[] = [
  {
    hubspotProperty: 'tandem_account_id',
    leadField: null,
    contactField: 'AccountId',
    rule: 'mirror',
    ruleLocked: true,
    labels: ['Account ID'],
  },
  {
    hubspotProperty: 'annualrevenue',
    leadField: 'AnnualRevenue',
    contactField: null,
    ...preferred,
    labels: ['Annual Revenue'],
  },
  {
    hubspotProperty: 'city',
    leadField: 'City',
    contactField: 'MailingCity',
    ...preferred,
    labels: ['City', 'Mailing City'],
  },
  {
    hubspotProperty: 'company',
    leadField: 'Company',
    contactField: null,
    ...preferred,
    labels: ['Company'],
  },
  {
    hubspotProperty: 'hubspot_owner_id',
    ...bothObjects('OwnerId'),
    rule: 'twoWay',
    ruleLocked: true,
    labels: ['Owner ID'],
    special: 'owner',
  },
  {
    hubspotProperty: 'country',
    leadField: 'Country',
    contactField: 'MailingCountry',
    ...preferred,
    labels: ['Country', 'Mailing Country'],
  },
  { hubspotProperty: 'email', ...bothObjects('Email'), ...preferred, labels: ['Email'] },
  {
    hubspotProperty: 'numemployees',
    leadField: 'NumberOfEmployees',
    contactField: null,
    ...preferred,
    labels: ['Employees'],
    special: 'employeeRange',
  },
  { hubspotProperty: 'fax', ...bothObjects('Fax'), ...preferred, labels: ['Business Fax'] },
  {
    hubspotProperty: 'firstname',
    ...bothObjects('FirstName'),
    ...preferred,
    labels: ['First Name'],
  },
  {
    hubspotProperty: 'industry',
    leadField: 'Industry',
    contactField: null,
    ...preferred,
    labels: ['Industry'],
  },
  { hubspotProperty: 'jobtitle', ...bothObjects('Title'), ...preferred, labels: ['Title'] },
  { hubspotProperty: 'lastname', ...bothObjects('LastName'), ...preferred, labels: ['Last Name'] },
  {
    hubspotProperty: 'leadsource',
    ...bothObjects('LeadSource'),
    ...preferred,
    labels: ['Lead Source'],
  },
  {
    hubspotProperty: 'description',
    ...bothObjects('Description'),
    ...preferred,
    labels: ['Contact Description'],
  },
  {
    hubspotProperty: 'hs_email_optout',
    ...bothObjects('HasOptedOutOfEmail'),
    rule: 'optOut',
    ruleLocked: true,
    labels: ['Email Opt Out'],
  },
  { hubspotProperty: 'phone', ...bothObjects('Phone'), ...preferred, labels: ['Business Phone'] },
  {
    hubspotProperty: 'zip',
    leadField: 'PostalCode',
    contactField: 'MailingPostalCode',
    ...preferred,
    labels: ['Mailing Zip/Postal Code', 'Zip/Postal Code'],
  },
  {
    hubspotProperty: 'rating',
    leadField: 'Rating',
    contactField: null,
    ...preferred,
    labels: ['Rating'],
  },
  {
    hubspotProperty: 'salutation',
    ...bothObjects('Salutation'),
    ...preferred,
    labels: ['Salutation'],
  },
  {
    hubspotProperty: 'state',
    leadField: 'State',
    contactField: 'MailingState',
    ...preferred,
    labels: ['Mailing State/Province', 'State/Province'],
  },
  {
    hubspotProperty: 'hs_lead_status',
    leadField: 'Status',
    contactField: null,
    ...preferred,
    labels: ['Status'],
    valueMap: LEAD_STATUS_VALUES,
  },
  {
    hubspotProperty: 'address',
    leadField: 'Street',
    contactField: 'MailingStreet',
    ...preferred,
    labels: ['Mailing Street', 'Street'],
  },
  {
    hubspotProperty: 'website',
    leadField: 'Website',
    contactField: null,
    ...preferred,
    labels: ['Website'],
  },
];

/** Salesforce's campaigns of a person, kept on the contact: not a field of lead or contact (native-connector §11.1). */
export const CAMPAIGNS_MAPPING: DefaultMapping = {
  hubspotProperty: 'tandem_campaign_ids',
  ...bothObjects(CAMPAIGNS_FIELD),
  rule: 'mirror',
  ruleLocked: true,
  labels: ['Salesforce Campaigns'],
  special: 'campaigns',
};
