// What a reason says to people, and where the Sync Health page counts it.

export const REASON_CATEGORIES = [
  'associations',
  'customSalesforceCode',
  'deduplication',
  'permissions',
  'propertyMapping',
  'propertyValue',
  /** A CRM's own limits: calls, storage. */
  'limits',
  /** A setting or rule decided it; nothing is wrong. */
  'policy',
  /** Tandem tries again by itself. */
  'waiting',
] as const;
export type ReasonCategory = (typeof REASON_CATEGORIES)[number];

/** As the Sync Health page calls them. */
export const CATEGORY_LABELS: Readonly<Record<ReasonCategory, string>> = {
  associations: 'Associations',
  customSalesforceCode: 'Custom Salesforce code',
  deduplication: 'Deduplication',
  permissions: 'Permissions',
  propertyMapping: 'Property mapping',
  propertyValue: 'Property value',
  limits: 'Limits of HubSpot or Salesforce',
  policy: 'Left out by a setting',
  waiting: 'Waiting for another try',
};

export interface ReasonText {
  readonly category: ReasonCategory;
  /** One sentence for the rep; `{name}` takes the detail of that name. */
  readonly sentence: string;
  /** What the admin can do, one sentence; null when nothing needs doing. */
  readonly fix: string | null;
}

/** Keeps every code and every sentence as a type, so that the compiler knows which details each needs. */
export const texts = <const Texts extends Readonly<Record<string, ReasonText>>>(
  all: Texts,
): Texts => all;
