// The call behind the tab "Connection": who is connected, what they may do, and what keeps live sync going. Part of the
// contract (contract.ts).
import { z } from 'zod';

export const CHECK_STATES = ['ok', 'attention', 'problem', 'unknown'] as const;

const checkSchema = z.object({
  /** Tells checks apart: `salesforce.lead`, `scope.crm.lists.read`, … */
  id: z.string(),
  title: z.string(),
  /** `attention`: something is left out. `problem`: sync can't work as it is set. `unknown`: could not be asked. */
  state: z.enum(CHECK_STATES),
  /** What was found, one sentence. */
  sentence: z.string(),
  /** What to do; null where there is nothing. */
  fix: z.string().nullable(),
});
export type Check = z.infer<typeof checkSchema>;

const fieldCheckSchema = z.object({
  object: z.enum(['Lead', 'Contact']),
  /** API name, and label where the user may see the field. */
  field: z.string(),
  label: z.string(),
  /** Label of the HubSpot property it is mapped to. */
  property: z.string(),
  /** What the user may do with it. */
  access: z.enum(['none', 'read', 'edit']),
  /** What the mapping's rule asks for. */
  needs: z.enum(['read', 'edit']),
  state: z.enum(CHECK_STATES),
  sentence: z.string(),
  fix: z.string().nullable(),
});
export type FieldCheck = z.infer<typeof fieldCheckSchema>;

export const connectionViewSchema = z.object({
  salesforce: z.object({
    /** Null: it doesn't answer, or refuses Tandem; `error` says why. */
    user: z.object({ name: z.string(), username: z.string() }).nullable(),
    organization: z.string().nullable(),
    organizationId: z.string().nullable(),
    kind: z.enum(['production', 'sandbox']).nullable(),
    edition: z.string().nullable(),
    instanceUrl: z.string().nullable(),
    apiVersion: z.string().nullable(),
    error: z.string().nullable(),
  }),
  hubspot: z.object({
    portalId: z.string().nullable(),
    /** In words: "Standard account", "Sandbox". */
    kind: z.string().nullable(),
    error: z.string().nullable(),
  }),
  /** Of the Salesforce objects and the external-ID field. */
  salesforceChecks: z.array(checkSchema),
  /** Of HubSpot's scopes and Tandem's own properties. */
  hubspotChecks: z.array(checkSchema),
  /** Webhooks, change events, workers. */
  liveChecks: z.array(checkSchema),
  /** Every mapped Salesforce field; those with a problem first. */
  fields: z.array(fieldCheckSchema),
});
export type ConnectionView = z.infer<typeof connectionViewSchema>;

export const CONNECTION_CALLS = {
  'get-connection': { parameters: z.object({}), answer: connectionViewSchema },
} as const;
