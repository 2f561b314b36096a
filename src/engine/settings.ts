// The settings an admin saves: one document, versioned as a whole by the store. Everything has a
// default, so a document written by an older Tandem still reads.
import { z } from 'zod';
import { CHOOSABLE_RULES } from './rules.ts';

export const choosableRuleSchema = z.enum(CHOOSABLE_RULES);

export const customMappingSchema = z
  .object({
    hubspotProperty: z.string().min(1).max(255),
    leadField: z.string().min(1).max(255).nullable(),
    contactField: z.string().min(1).max(255).nullable(),
    rule: choosableRuleSchema,
  })
  .refine((mapping) => mapping.leadField !== null || mapping.contactField !== null, {
    message: 'A mapping needs a lead field, a contact field, or both.',
    path: ['leadField'],
  });
export type CustomMapping = z.infer<typeof customMappingSchema>;

export const CREATE_IN_SALESFORCE = ['lead', 'contact', 'nothing'] as const;

export const settingsSchema = z.object({
  mappings: z
    .object({
      /** Rules an admin changed on default mappings, by HubSpot property. */
      defaultRules: z.record(z.string(), choosableRuleSchema).default({}),
      custom: z.array(customMappingSchema).default([]),
    })
    .prefault({}),
  inclusion: z
    .object({
      /** HubSpot list whose members sync; null: everybody. */
      listId: z.string().nullable().default(null),
    })
    .prefault({}),
  creation: z
    .object({
      /** What a HubSpot contact without a Salesforce record becomes. */
      inSalesforce: z.enum(CREATE_IN_SALESFORCE).default('lead'),
      /** Whether a Salesforce record without a HubSpot contact becomes one. */
      inHubSpot: z
        .object({ Lead: z.boolean().default(true), Contact: z.boolean().default(true) })
        .prefault({}),
    })
    .prefault({}),
});
export type Settings = z.infer<typeof settingsSchema>;

export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({});
