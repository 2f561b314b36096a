// Parts that several answers of the contract have in common.
import { z } from 'zod';

/** Why something was not written or not synced, in words. */
export const reasonViewSchema = z.object({
  code: z.string(),
  /** For the rep. */
  sentence: z.string(),
  /** For the admin; null when nothing needs doing. */
  fix: z.string().nullable(),
});
export type ReasonView = z.infer<typeof reasonViewSchema>;

export const pausedSchema = z.object({ toSalesforce: z.boolean(), toHubSpot: z.boolean() });

export const fieldChangeSchema = z.object({
  side: z.enum(['hubspot', 'salesforce']),
  /** Label of the property or field. */
  field: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type FieldChange = z.infer<typeof fieldChangeSchema>;
