// HubSpot's own list of default mapped fields, in its order and words, and what each stands for on both
// sides (native-connector §1.1, §1.2). Our account id has a property of its own, because the native
// connector owns `salesforceaccountid`.

/** Label in HubSpot's list, HubSpot property, Lead field, Contact field. */
export type ListedField = readonly [
  label: string,
  hubspotProperty: string,
  leadField: string | null,
  contactField: string | null,
];

export const THE_29_FIELDS: readonly ListedField[] = [
  ['Account ID', 'tandem_account_id', null, 'AccountId'],
  ['Annual Revenue', 'annualrevenue', 'AnnualRevenue', null],
  ['City', 'city', 'City', null],
  ['Mailing City', 'city', null, 'MailingCity'],
  ['Company', 'company', 'Company', null],
  ['Owner ID', 'hubspot_owner_id', 'OwnerId', 'OwnerId'],
  ['Country', 'country', 'Country', null],
  ['Mailing Country', 'country', null, 'MailingCountry'],
  ['Email', 'email', 'Email', 'Email'],
  ['Employees', 'numemployees', 'NumberOfEmployees', null],
  ['Business Fax', 'fax', 'Fax', 'Fax'],
  ['First Name', 'firstname', 'FirstName', 'FirstName'],
  ['Industry', 'industry', 'Industry', null],
  ['Title', 'jobtitle', 'Title', 'Title'],
  ['Last Name', 'lastname', 'LastName', 'LastName'],
  ['Lead Source', 'leadsource', 'LeadSource', 'LeadSource'],
  ['Contact Description', 'description', 'Description', 'Description'],
  ['Email Opt Out', 'hs_email_optout', 'HasOptedOutOfEmail', 'HasOptedOutOfEmail'],
  ['Business Phone', 'phone', 'Phone', 'Phone'],
  ['Mailing Zip/Postal Code', 'zip', null, 'MailingPostalCode'],
  ['Zip/Postal Code', 'zip', 'PostalCode', null],
  ['Rating', 'rating', 'Rating', null],
  ['Salutation', 'salutation', 'Salutation', 'Salutation'],
  ['Mailing State/Province', 'state', null, 'MailingState'],
  ['State/Province', 'state', 'State', null],
  ['Status', 'hs_lead_status', 'Status', null],
  ['Mailing Street', 'address', null, 'MailingStreet'],
  ['Street', 'address', 'Street', null],
  ['Website', 'website', 'Website', null],
];
