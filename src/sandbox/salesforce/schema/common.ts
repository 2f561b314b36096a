// Fields and value lists that several objects share, with the labels and lengths a real developer org
// describes (salesforce-api §6).
import {
  date,
  datetime,
  field,
  flag,
  number,
  picklist,
  reference,
  text,
  textarea,
  type Extra,
  type FieldSpec,
} from './field.ts';

const READ: Extra = { access: 'read' };
const STAMP: Extra = { access: 'read', nillable: false, defaulted: true };

export const SALUTATIONS = ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.'];
export const LEAD_SOURCES = ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other'];
export const RATINGS = ['Hot', 'Warm', 'Cold'];
export const INDUSTRIES = [
  ...['Agriculture', 'Apparel', 'Banking', 'Biotechnology', 'Chemicals', 'Communications'],
  ...['Construction', 'Consulting', 'Education', 'Electronics', 'Energy', 'Engineering'],
  ...['Entertainment', 'Environmental', 'Finance', 'Food & Beverage', 'Government', 'Healthcare'],
  ...['Hospitality', 'Insurance', 'Machinery', 'Manufacturing', 'Media', 'Not For Profit'],
  ...['Recreation', 'Retail', 'Shipping', 'Technology', 'Telecommunications', 'Transportation'],
  ...['Utilities', 'Other'],
];
const CLEAN_STATUSES = [
  ...['Matched|In Sync', 'Different', 'Acknowledged|Reviewed', 'NotFound|Not Found', 'Inactive'],
  ...['Pending|Not Compared', 'SelectMatch|Select Match', 'Skipped'],
];
const GEOCODE_ACCURACIES = [
  ...['Address', 'NearAddress', 'Block', 'Street', 'ExtendedZip', 'Zip', 'Neighborhood', 'City'],
  ...['County', 'State', 'Unknown'],
];

export const idField = (label: string): FieldSpec =>
  field('Id', label, 'id', { ...STAMP, length: 18, idLookup: true });

export const isDeleted = flag('IsDeleted', 'Deleted', READ);

export const masterRecord = (object: string): FieldSpec =>
  reference('MasterRecordId', 'Master Record ID', [object], 'MasterRecord', READ);

export const owner = (referenceTo: readonly string[]): FieldSpec =>
  reference('OwnerId', 'Owner ID', referenceTo, 'Owner', { nillable: false, defaulted: true });

/** Who made and last changed a row, and when. */
export const audit: readonly FieldSpec[] = [
  datetime('CreatedDate', 'Created Date', STAMP),
  reference('CreatedById', 'Created By ID', ['User'], 'CreatedBy', STAMP),
  datetime('LastModifiedDate', 'Last Modified Date', STAMP),
  reference('LastModifiedById', 'Last Modified By ID', ['User'], 'LastModifiedBy', STAMP),
  datetime('SystemModstamp', 'System Modstamp', STAMP),
];

export const activity: readonly FieldSpec[] = [
  date('LastActivityDate', 'Last Activity', READ),
  datetime('LastViewedDate', 'Last Viewed Date', READ),
  datetime('LastReferencedDate', 'Last Referenced Date', READ),
];

export const dataCom = (idName: string, idLabel: string): readonly FieldSpec[] => [
  text('Jigsaw', 'Data.com Key', 20),
  text(idName, idLabel, 20, READ),
  picklist('CleanStatus', 'Clean Status', CLEAN_STATUSES, { restricted: true }),
];

export const photoUrl = field('PhotoUrl', 'Photo URL', 'url', { length: 255, access: 'read' });

/** Salutation, first and last name with the compound that shows them. */
export const personName: readonly FieldSpec[] = [
  text('LastName', 'Last Name', 80, { nillable: false, partOf: 'Name' }),
  text('FirstName', 'First Name', 40, { partOf: 'Name' }),
  picklist('Salutation', 'Salutation', SALUTATIONS, { partOf: 'Name' }),
  text('Name', 'Full Name', 121, { access: 'read', nillable: false, nameField: true }),
];

/** `prefix` is '' on Lead, Mailing and Other on Contact, Billing and Shipping on Account. */
export function address(prefix: string): readonly FieldSpec[] {
  const label = prefix === '' ? '' : `${prefix} `;
  const part: Extra = { partOf: `${prefix}Address` };
  return [
    textarea(`${prefix}Street`, `${label}Street`, 255, part),
    text(`${prefix}City`, `${label}City`, 40, part),
    text(`${prefix}State`, `${label}State/Province`, 80, part),
    text(`${prefix}PostalCode`, `${label}Zip/Postal Code`, 20, part),
    text(`${prefix}Country`, `${label}Country`, 80, part),
    number(`${prefix}Latitude`, `${label}Latitude`, 18, 15, part),
    number(`${prefix}Longitude`, `${label}Longitude`, 18, 15, part),
    picklist(`${prefix}GeocodeAccuracy`, `${label}Geocode Accuracy`, GEOCODE_ACCURACIES, {
      ...part,
      restricted: true,
    }),
    field(`${prefix}Address`, `${label}Address`, 'address', READ),
  ];
}

/** The custom fields of the sample org, on Lead and Contact alike: one of each type people map. */
export function samplePersonFields(streetField: string): readonly FieldSpec[] {
  const city = streetField.replace('Street', 'City');
  return [
    picklist('Favorite_Color__c', 'Favorite Color', ['Red', 'Green', 'Blue'], { restricted: true }),
    {
      ...picklist('Interests__c', 'Interests', ['Sailing', 'Chess', 'Cooking', 'Running', 'Music']),
      type: 'multipicklist',
      length: 4099,
    },
    number('Score__c', 'Score', 8, 2),
    flag('Is_Customer__c', 'Is Customer'),
    date('Renewal_Date__c', 'Renewal Date'),
    datetime('Last_Demo__c', 'Last Demo'),
    textarea('Notes__c', 'Notes', 32768),
    text('Full_Address__c', 'Full Address', 1300, {
      access: 'read',
      formula: `${streetField} & ", " & ${city}`,
    }),
  ];
}

/** Holds the HubSpot contact id: the only key on which a create can be repeated (salesforce-api §4). */
export const hubSpotIdField = text('Tandem_HubSpot_Id__c', 'HubSpot Contact ID', 40, {
  externalId: true,
  unique: true,
  idLookup: true,
});
