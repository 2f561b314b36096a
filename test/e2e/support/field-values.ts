// What a person could type into each mapped field on either side, and what the other side shows when the
// value gets there. One row per mapping: the default ones, then one custom mapping of each pair of types
// that HubSpot lists as compatible (native-connector §3.1). Values are as the CRMs' own APIs spell them.
import type { SalesforceObject } from '../../../src/engine/fields.ts';
import type { SalesforceValue } from '../../../src/engine/records.ts';
import type { CustomMapping } from '../../../src/engine/settings.ts';
import { SANDBOX_USERS } from '../../../src/sandbox/salesforce/stand-in.ts';

/** The same value, as each side spells it. */
export interface Spelling {
  readonly hubspot: string | null;
  readonly salesforce: SalesforceValue;
}

export interface FieldValues {
  /** What both sides hold before somebody edits. */
  readonly before: Spelling;
  /** Typed in HubSpot, and how it reads on both sides once it is in Salesforce. */
  readonly typedInHubSpot: string;
  readonly fromHubSpot: Spelling;
  /** Typed in Salesforce, and how it reads on both sides once it is in HubSpot. */
  readonly typedInSalesforce: SalesforceValue;
  readonly fromSalesforce: Spelling;
}

const spelt = (hubspot: string | null, salesforce: SalesforceValue): Spelling => ({
  hubspot,
  salesforce,
});

/** Text reads the same everywhere. */
const text = (before: string, inHubSpot: string, inSalesforce: string): FieldValues => ({
  before: spelt(before, before),
  typedInHubSpot: inHubSpot,
  fromHubSpot: spelt(inHubSpot, inHubSpot),
  typedInSalesforce: inSalesforce,
  fromSalesforce: spelt(inSalesforce, inSalesforce),
});

/** Where both sides have their own spelling and keep what they are given. */
const options = (
  before: Spelling,
  fromHubSpot: Spelling,
  fromSalesforce: Spelling,
): FieldValues => ({
  before,
  typedInHubSpot: fromHubSpot.hubspot ?? '',
  fromHubSpot,
  typedInSalesforce: fromSalesforce.salesforce,
  fromSalesforce,
});

const { maya, jonas, priya } = SANDBOX_USERS;

/** Ids of accounts that exist in the org. */
export type Accounts = readonly [string, string];

/** `unique` tells one person's values from another's where two may not share one. */
export function defaultFieldValues(
  [oneAccount, otherAccount]: Accounts,
  unique: string,
): Readonly<Record<string, FieldValues>> {
  const address = (name: string): string => `${name}.${unique}@example.com`;
  return {
    tandem_account_id: {
      before: spelt(oneAccount, oneAccount),
      typedInHubSpot: 'not an account',
      fromHubSpot: spelt('not an account', null),
      typedInSalesforce: otherAccount,
      fromSalesforce: spelt(otherAccount, otherAccount),
    },
    annualrevenue: {
      before: spelt('900000', 900_000),
      typedInHubSpot: '1,250,000',
      fromHubSpot: spelt('1,250,000', 1_250_000),
      typedInSalesforce: 2_500_000,
      fromSalesforce: spelt('2500000', 2_500_000),
    },
    city: text('Berlin', 'München', 'São Paulo'),
    company: text('Acme Ltd', 'Acme Holding', 'Acme & Sons'),
    hubspot_owner_id: options(
      spelt('71000102', jonas.id),
      spelt('71000103', priya.id),
      spelt('71000101', maya.id),
    ),
    country: text('Germany', 'Austria', 'Brazil'),
    email: {
      before: spelt(address('before'), address('before')),
      // HubSpot keeps e-mails in lower case, Salesforce as typed (hubspot-api §2.1).
      typedInHubSpot: address('Typed.In.HubSpot'),
      fromHubSpot: spelt(address('typed.in.hubspot'), address('typed.in.hubspot')),
      typedInSalesforce: address('Typed.In.Salesforce'),
      fromSalesforce: spelt(address('typed.in.salesforce'), address('Typed.In.Salesforce')),
    },
    // A number on one side, HubSpot's own ranges on the other (native-connector §3.3).
    numemployees: options(spelt('25-50', 30), spelt('100-500', null), spelt('500-1000', 700)),
    fax: text('+49 30 1234', '+49 30 5678', '(030) 90-12'),
    firstname: text('Ada', 'Ada Maria', 'Añes'),
    industry: text('Banking', 'Insurance', 'Food & Beverage'),
    jobtitle: text('Buyer', 'Head of Purchasing', 'VP, Purchasing'),
    lastname: text('Berg', 'Berg-Olsen', "O'Neil"),
    leadsource: text('Web', 'Other', 'Partner Referral'),
    description: text('Met in Oslo.', 'Two lines\nof text', 'Calls “back” on Friday'),
    hs_email_optout: options(spelt('true', true), spelt('true', true), spelt('true', true)),
    phone: text('+1 555 0100', '+1 (555) 010-0199', '555.0123 ext. 4'),
    zip: text('10115', '80331', '01310-100'),
    rating: text('Cold', 'Warm', 'Hot'),
    salutation: text('Ms.', 'Dr.', 'Prof.'),
    state: text('Berlin', 'Bavaria', 'SP'),
    // Each status through the table of equivalents (native-connector §3.3).
    hs_lead_status: options(
      spelt('NEW', 'Open - Not Contacted'),
      spelt('CONNECTED', 'Working - Contacted'),
      spelt('UNQUALIFIED', 'Closed - Not Converted'),
    ),
    address: text('Invalidenstr. 1', '2 Long Road\nFlat 3', 'Av. Paulista, 900'),
    website: text('https://acme.example', 'acme.example/about', 'http://www.acme.example'),
  };
}

const onBoth = (hubspotProperty: string, field: string): Omit<CustomMapping, 'rule'> => ({
  hubspotProperty,
  leadField: field,
  contactField: field,
  valueMap: [],
});

export interface CustomField {
  readonly label: string;
  readonly mapping: Omit<CustomMapping, 'rule'>;
  readonly values: FieldValues;
}

export const CUSTOM_FIELDS: readonly CustomField[] = [
  {
    label: 'Favorite color (dropdown ↔ picklist)',
    mapping: onBoth('favorite_color', 'Favorite_Color__c'),
    values: options(spelt('red', 'Red'), spelt('green', 'Green'), spelt('blue', 'Blue')),
  },
  {
    // The org’s picklist takes options that its admin didn’t list, such as HubSpot’s.
    label: 'Interests (checkboxes ↔ multi-select picklist)',
    mapping: onBoth('interests', 'Interests__c'),
    values: {
      before: spelt('events', 'events'),
      typedInHubSpot: 'webinars;events',
      fromHubSpot: spelt('webinars;events', 'events;webinars'),
      typedInSalesforce: 'Webinars;Case studies',
      fromSalesforce: spelt('case_studies;webinars', 'Webinars;Case studies'),
    },
  },
  {
    label: 'Score (number ↔ number)',
    mapping: onBoth('score', 'Score__c'),
    values: {
      before: spelt('10', 10),
      // The field keeps two decimals.
      typedInHubSpot: '12.346',
      fromHubSpot: spelt('12.346', 12.35),
      typedInSalesforce: -7.5,
      fromSalesforce: spelt('-7.5', -7.5),
    },
  },
  {
    label: 'Is customer (checkbox ↔ checkbox)',
    mapping: onBoth('is_customer', 'Is_Customer__c'),
    values: options(spelt('true', true), spelt('true', true), spelt('true', true)),
  },
  {
    label: 'Renewal date (date ↔ date)',
    mapping: onBoth('renewal_date', 'Renewal_Date__c'),
    values: options(
      spelt('2026-12-31', '2026-12-31'),
      spelt('2027-02-28', '2027-02-28'),
      spelt('2028-02-29', '2028-02-29'),
    ),
  },
  {
    label: 'Last demo (date and time ↔ date/time)',
    mapping: onBoth('last_demo', 'Last_Demo__c'),
    values: {
      before: spelt('2026-10-01T08:00:00.000Z', '2026-10-01T08:00:00.000+0000'),
      typedInHubSpot: '2026-11-05T23:30:00+02:00',
      fromHubSpot: spelt('2026-11-05T21:30:00.000Z', '2026-11-05T21:30:00.000+0000'),
      typedInSalesforce: '2026-11-09T10:15:30.000+0000',
      fromSalesforce: spelt('2026-11-09T10:15:30.000Z', '2026-11-09T10:15:30.000+0000'),
    },
  },
  {
    label: 'Account notes (text area ↔ text area)',
    mapping: onBoth('account_notes', 'Notes__c'),
    values: text('Renews in March', 'Line one\nLine two', 'Größe: 10 × 20'),
  },
];

/** What each field holds when it is blank; an unset HubSpot checkbox reads as an unticked one. */
export function blankOf(hubspotProperty: string): Spelling {
  return CHECKBOXES.has(hubspotProperty) ? spelt('false', false) : spelt(null, null);
}

/** In Salesforce a checkbox is never blank (native-connector §3.2). */
export const CHECKBOXES: ReadonlySet<string> = new Set(['hs_email_optout', 'is_customer']);

/** Salesforce refuses a record without them. */
export const REQUIRED_IN_SALESFORCE: Readonly<Record<SalesforceObject, ReadonlySet<string>>> = {
  Lead: new Set(['lastname', 'company', 'hs_lead_status', 'hubspot_owner_id']),
  Contact: new Set(['lastname', 'hubspot_owner_id']),
};
