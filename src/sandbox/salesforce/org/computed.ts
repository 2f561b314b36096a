// Fields that no write sets: compound addresses, the formula, a campaign's counts, and what a campaign
// member shows of its lead or contact. Worked out when read, so they can't go stale; that they change
// without moving SystemModstamp is true of Salesforce too (salesforce-api §3).
import { fieldOf, textOf, type FieldValue, type Row } from '../values.ts';
import type { Database } from './database.ts';

/** What a read can find in a field; compound fields read as objects. */
export type ReadValue = FieldValue | Readonly<Record<string, FieldValue>>;

type Computed = (row: Row, database: Database) => ReadValue;

function address(prefix: string): Computed {
  const parts: readonly (readonly [string, string])[] = [
    ['city', `${prefix}City`],
    ['country', `${prefix}Country`],
    ['countryCode', `${prefix}CountryCode`],
    ['geocodeAccuracy', `${prefix}GeocodeAccuracy`],
    ['latitude', `${prefix}Latitude`],
    ['longitude', `${prefix}Longitude`],
    ['postalCode', `${prefix}PostalCode`],
    ['state', `${prefix}State`],
    ['stateCode', `${prefix}StateCode`],
    ['street', `${prefix}Street`],
  ];
  return (row, { schema }) => {
    const there = schema.hasPlaceCodes ? parts : parts.filter(([part]) => !part.endsWith('Code'));
    return there.every(([, field]) => fieldOf(row, field) === null)
      ? null
      : Object.fromEntries(there.map(([part, field]) => [part, fieldOf(row, field)]));
  };
}

const fullAddress =
  (prefix: string): Computed =>
  (row) =>
    [textOf(row, `${prefix}Street`), textOf(row, `${prefix}City`)].filter(Boolean).join(', ') ||
    null;

const photo: Computed = (row) => `/services/images/photo/${textOf(row, 'Id')}`;

/** The lead or contact a campaign member stands for; the contact once a lead is converted. */
function personOf(member: Row, database: Database): Row | undefined {
  const contactId = textOf(member, 'ContactId');
  return contactId !== ''
    ? database.table('Contact').get(contactId)
    : database.table('Lead').get(textOf(member, 'LeadId'));
}

const ofPerson =
  (field: string): Computed =>
  (member, database) => {
    const person = personOf(member, database);
    return person === undefined ? null : fieldOf(person, field);
  };

const companyOrAccount: Computed = (member, database) => {
  const person = personOf(member, database);
  if (person === undefined) return null;
  const account = database.table('Account').get(textOf(person, 'AccountId'));
  return account === undefined ? fieldOf(person, 'Company') : fieldOf(account, 'Name');
};

function count(matches: (member: Row, database: Database) => boolean): Computed {
  return (campaign, database) => {
    const members = database.table('CampaignMember');
    let total = 0;
    for (const id of members.withValue('CampaignId', textOf(campaign, 'Id')) ?? []) {
      const member = members.get(id);
      if (member !== undefined && matches(member, database)) total += 1;
    }
    return total;
  };
}

const isLeadMember = (member: Row): boolean => textOf(member, 'ContactId') === '';

const COMPUTED: Readonly<Record<string, Readonly<Record<string, Computed>>>> = {
  Lead: { Address: address(''), Full_Address__c: fullAddress(''), PhotoUrl: photo },
  Contact: {
    MailingAddress: address('Mailing'),
    OtherAddress: address('Other'),
    Full_Address__c: fullAddress('Mailing'),
    PhotoUrl: photo,
    IsEmailBounced: (row) => fieldOf(row, 'EmailBouncedDate') !== null,
  },
  Account: {
    BillingAddress: address('Billing'),
    ShippingAddress: address('Shipping'),
    PhotoUrl: photo,
  },
  Campaign: {
    NumberOfLeads: count(isLeadMember),
    NumberOfContacts: count((member) => !isLeadMember(member)),
    NumberOfConvertedLeads: count(
      (member) => !isLeadMember(member) && textOf(member, 'LeadId') !== '',
    ),
    NumberOfResponses: count((member) => textOf(member, 'Status') === 'Responded'),
  },
  CampaignMember: {
    HasResponded: (member) => textOf(member, 'Status') === 'Responded',
    CompanyOrAccount: companyOrAccount,
    Type: (member) => (isLeadMember(member) ? 'Lead' : 'Contact'),
    LeadOrContactId: (member) => fieldOf(member, isLeadMember(member) ? 'LeadId' : 'ContactId'),
    ...Object.fromEntries(
      ['Salutation', 'Name', 'FirstName', 'LastName', 'Title', 'Email', 'Phone', 'MobilePhone']
        .concat(['Fax', 'LeadSource', 'HasOptedOutOfEmail', 'DoNotCall'])
        .map((field) => [field, ofPerson(field)]),
    ),
  },
};

/** How a field of an object is read from a row. */
export function reader(object: string, field: string): (row: Row, database: Database) => ReadValue {
  return COMPUTED[object]?.[field] ?? ((row) => fieldOf(row, field));
}

/** The compound `Name` of a person: kept on the row, since people search and sort by it. */
export function personName(row: Row): string {
  return [textOf(row, 'FirstName'), textOf(row, 'LastName')].filter(Boolean).join(' ');
}

export function isComputed(object: string, field: string): boolean {
  return COMPUTED[object]?.[field] !== undefined;
}
