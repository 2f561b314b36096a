// What the engine knows about a field on either side: the facts that decide whether two fields can be
// mapped and which values each takes. Adapters fill these from HubSpot's properties API and from
// Salesforce's describe; nothing here reads anything.

/** HubSpot property `type` (CRM properties API). Others exist on read (`json`, `object_coordinates`) and cannot be mapped. */
export type HubSpotPropertyType =
  | 'string'
  | 'number'
  | 'bool'
  | 'enumeration'
  | 'date'
  | 'datetime'
  | 'phone_number'
  | 'json'
  | 'object_coordinates';

export interface HubSpotProperty {
  readonly name: string;
  readonly label: string;
  readonly type: HubSpotPropertyType;
  /** HubSpot `fieldType`: text, textarea, select, radio, checkbox, booleancheckbox, number, date, phonenumber, … */
  readonly fieldType: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** True when the API refuses to write it: `calculated` or `modificationMetadata.readOnlyValue`. */
  readonly readOnly: boolean;
  readonly hasUniqueValue: boolean;
  /** `OWNER` for `hubspot_owner_id`. */
  readonly referencedObjectType: string | null;
}

/** Salesforce field `type` as describe gives it. */
export type SalesforceFieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'email'
  | 'phone'
  | 'url'
  | 'picklist'
  | 'multipicklist'
  | 'combobox'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'time'
  | 'reference'
  | 'address'
  | 'location'
  | 'encryptedstring'
  | 'base64'
  | 'long'
  | 'anyType';

/** The two Salesforce objects a HubSpot contact can pair with. */
export const SALESFORCE_OBJECTS = ['Lead', 'Contact'] as const;
export type SalesforceObject = (typeof SALESFORCE_OBJECTS)[number];

export interface SalesforceField {
  readonly name: string;
  readonly label: string;
  readonly type: SalesforceFieldType;
  /** Longest text in characters; 0 where length means nothing. */
  readonly length: number;
  /** Digits in all, and after the point, of number types; 0 elsewhere. */
  readonly precision: number;
  readonly scale: number;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly defaultedOnCreate: boolean;
  readonly calculated: boolean;
  readonly restrictedPicklist: boolean;
  readonly picklistValues: readonly { readonly value: string; readonly label: string }[];
  readonly referenceTo: readonly string[];
  readonly externalId: boolean;
  readonly unique: boolean;
}

/** Everything the engine needs to know about both schemas, looked up by exact name. */
export interface Schemas {
  readonly hubspot: ReadonlyMap<string, HubSpotProperty>;
  readonly salesforce: Readonly<Record<SalesforceObject, ReadonlyMap<string, SalesforceField>>>;
}
