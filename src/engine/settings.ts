// The settings an admin saves: one document, versioned as a whole by the store. Everything has a
// default, so a document written by an older Tandem still reads.
import { z } from 'zod';
import { conditionSchema } from './conditions.ts';
import { CHOOSABLE_RULES } from './rules.ts';
import { DEFAULT_TEMPLATES, templateSchema } from './templates.ts';

export const choosableRuleSchema = z.enum(CHOOSABLE_RULES);

/** Values that mean the same and are spelt differently; the first pair with a value speaks for it. */
export const valueMapSchema = z.array(
  z.object({ hubspot: z.string().min(1), salesforce: z.string().min(1) }),
);

export const customMappingSchema = z
  .object({
    hubspotProperty: z.string().min(1).max(255),
    leadField: z.string().min(1).max(255).nullable(),
    contactField: z.string().min(1).max(255).nullable(),
    rule: choosableRuleSchema,
    valueMap: valueMapSchema.default([]),
  })
  .refine(({ leadField, contactField }) => leadField !== null || contactField !== null, {
    message: 'A mapping needs a lead field, a contact field, or both.',
    path: ['leadField'],
  });
export type CustomMapping = z.infer<typeof customMappingSchema>;

export const CREATE_IN_SALESFORCE = ['lead', 'contact', 'nothing'] as const;

/** What happens on the other side when a record is deleted on one: nothing, the pair is forgotten, the other is deleted too. */
export const ON_DELETE = ['leave', 'unlink', 'delete'] as const;

const listIdSchema = z.string().min(1);
/** By Salesforce object. */
export const inclusionConditionsSchema = z
  .object({
    Lead: conditionSchema.nullable().default(null),
    Contact: conditionSchema.nullable().default(null),
  })
  .prefault({});

/** One of the ordered rules that choose what a HubSpot contact becomes in Salesforce; the first that holds decides. */
export const creationRuleSchema = z
  .object({
    /** Holds only when the contact's company does, or does not, have a Salesforce account. */
    companyHasAccount: z.boolean().nullable().default(null),
    /** Holds only when the contact's properties meet it. */
    properties: conditionSchema.nullable().default(null),
    becomes: z.enum(CREATE_IN_SALESFORCE),
  })
  .strict();
export type CreationRule = z.infer<typeof creationRuleSchema>;

const timeZoneSchema = z.string().refine(
  (zone) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: zone }) instanceof Intl.DateTimeFormat;
    } catch {
      return false;
    }
  },
  { message: 'is not a time zone; use a name such as Europe/Berlin' },
);

const hoursSchema = z.int().min(0).max(8_760);

export const settingsSchema = z.object({
  mappings: z
    .object({
      /** Rules an admin changed on default mappings, by HubSpot property. */
      defaultRules: z.record(z.string(), choosableRuleSchema).default({}),
      /** Value maps an admin changed on default mappings, by HubSpot property. */
      defaultValueMaps: z.record(z.string(), valueMapSchema).default({}),
      custom: z.array(customMappingSchema).default([]),
    })
    .prefault({}),
  /** IANA name: which day a moment belongs to where one side keeps a date and the other a time. */
  timeZone: timeZoneSchema.default('UTC'),
  inclusion: z
    .object({
      /** HubSpot list whose members sync; null: everybody. */
      listId: listIdSchema.nullable().default(null),
      /** Who receives updates from Salesforce: the same members, everybody, or the members of another list. */
      receivers: z
        .union([
          z.literal('members'),
          z.literal('everybody'),
          z.object({ listId: listIdSchema }).strict(),
        ])
        .default('members'),
      /** HubSpot list whose members never sync, whatever else they are in. */
      exclusionListId: listIdSchema.nullable().default(null),
      /** Which Salesforce records may send anything to HubSpot; null: all. */
      salesforceConditions: inclusionConditionsSchema,
    })
    .prefault({}),
  creation: z
    .object({
      /** Asked in order; where none holds, `inSalesforce` decides. */
      rules: z.array(creationRuleSchema).default([]),
      /** What a HubSpot contact without a Salesforce record becomes. */
      inSalesforce: z.enum(CREATE_IN_SALESFORCE).default('lead'),
      /** What to do with a new Salesforce contact whose company has no account: create it without one, or wait for the account. */
      contactWithoutAccount: z.enum(['create', 'wait']).default('create'),
      /** Whether a Salesforce record without a HubSpot contact becomes one. */
      inHubSpot: z
        .object({ Lead: z.boolean().default(true), Contact: z.boolean().default(true) })
        .prefault({}),
      /** Which of them; null: all. */
      inHubSpotWhen: inclusionConditionsSchema,
      /** What a required Salesforce field gets when HubSpot has nothing for it, by field name. */
      templates: z.record(z.string(), templateSchema).default(DEFAULT_TEMPLATES),
    })
    .prefault({}),
  deletion: z
    .object({
      /** What happens in HubSpot when the Salesforce record is deleted. */
      inSalesforce: z.enum(ON_DELETE).default('leave'),
      /** What happens in Salesforce when the HubSpot contact is deleted. */
      inHubSpot: z.enum(ON_DELETE).default('leave'),
    })
    .prefault({}),
  owners: z
    .object({
      /** Who stands for whom, before e-mail addresses are compared. Users and queues. */
      map: z
        .array(z.object({ hubspotOwnerId: z.string().min(1), salesforceId: z.string().min(15) }))
        .default([]),
      /** Leave a new lead without a known owner to the org's assignment rules. */
      useAssignmentRules: z.boolean().default(true),
    })
    .prefault({}),
  /** Whether the Salesforce campaigns of a person are kept on the contact. */
  campaigns: z.object({ sync: z.boolean().default(true) }).prefault({}),
  /** Directions in which nothing is written for now, whatever woke the sync. What waits goes when it is over. */
  paused: z
    .object({ toSalesforce: z.boolean().default(false), toHubSpot: z.boolean().default(false) })
    .prefault({}),
  /** Whether Salesforce's change events tell what changed, besides polling; Change Data Capture has to be on for leads and contacts. */
  salesforceEvents: z.boolean().default(false),
  /**
   * API calls Tandem may make: a hard ceiling. Null: the portal's or the org's own limit less a part for others
   * (a tenth of HubSpot's, a fifth of Salesforce's). Runs stop at 80 % of it, second tries at 90 %.
   */
  budget: z
    .object({
      /** Between two midnights in the portal's time zone. */
      hubspotDaily: z.int().positive().nullable().default(null),
      /** In any 24 hours. */
      salesforceDaily: z.int().positive().nullable().default(null),
    })
    .prefault({}),
  /** What Tandem starts by itself, in whole hours between two starts; 0: never. */
  schedule: z
    .object({
      /** The look at mapped formula fields: their values change and no stamp moves. */
      formulaHours: hoursSchema.default(6),
      /** Reconciliation: everybody on both sides, and everybody remembered whom neither side shows. */
      reconcileHours: hoursSchema.default(24),
    })
    .prefault({}),
});
export type Settings = z.infer<typeof settingsSchema>;

/** The parts of the document, each saved as a whole. */
export const SETTINGS_PARTS = settingsSchema.keyof().options;

export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({});
