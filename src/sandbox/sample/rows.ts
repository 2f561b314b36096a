// What the sample consists of: plain rows in each CRM's own words, with keys instead of ids, since only
// the stand-ins give out ids. `seed.ts` puts them in.

export type SalesforceObjectName = 'Account' | 'Contact' | 'Lead' | 'Campaign' | 'CampaignMember';

/** Who owns a record: a person by e-mail, or a queue of the org by name. */
export type SampleOwner =
  | { readonly kind: 'person'; readonly email: string }
  | { readonly kind: 'queue'; readonly name: string };

export interface SalesforceRow {
  /** `contact-12`; unique in the sample. */
  readonly key: string;
  readonly object: SalesforceObjectName;
  /** By API name; blank fields are left out. Never more than the field takes. */
  readonly fields: Readonly<Record<string, string | number | boolean>>;
  /** Reference fields by the key of the row they point to, which always comes before. */
  readonly refs: Readonly<Record<string, string>>;
  /** `OwnerId`. */
  readonly owner: SampleOwner | null;
}

export interface HubSpotRow {
  readonly key: string;
  /** Values as HubSpot stores them; blank ones are left out. E-mails are unique. */
  readonly properties: Readonly<Record<string, string>>;
  /** `hubspot_owner_id`, by e-mail. */
  readonly ownerEmail: string | null;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
}
