// What the preview page and its server say to each other, as zod schemas: people to pick from, one contact
// with both sides' values, edits on either side, the latest changes, and the page's configuration. The page
// imports only the types; the server checks what comes in.
import { z } from 'zod';
import { LINK_STATES } from '../api/contract.ts';

export const personRowSchema = z.object({
  contactId: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  state: z.enum(LINK_STATES),
  /** One sentence that says where this contact stands. */
  headline: z.string(),
});
export type PersonRow = z.infer<typeof personRowSchema>;

/** A Salesforce field's value as its REST API has it; objects (addresses) are left out. */
export const salesforceValueSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type SalesforceValue = z.infer<typeof salesforceValueSchema>;

export const previewContactSchema = z.object({
  contactId: z.string(),
  /** In the order in which the page should offer them for editing. */
  hubspot: z.object({ properties: z.record(z.string(), z.string().nullable()) }),
  salesforce: z
    .object({
      object: z.enum(['Lead', 'Contact']),
      id: z.string(),
      fields: z.record(z.string(), salesforceValueSchema),
    })
    .nullable(),
  /** Names people know the fields by; the internal name stands in where one is missing. */
  labels: z
    .object({
      hubspot: z.record(z.string(), z.string()),
      salesforce: z.record(z.string(), z.string()),
    })
    .optional(),
});
export type PreviewContact = z.infer<typeof previewContactSchema>;

export const hubspotEditSchema = z.object({
  properties: z.record(z.string().min(1).max(200), z.string().max(65_536)),
});
export type HubSpotEdit = z.infer<typeof hubspotEditSchema>;

export const salesforceEditSchema = z.object({
  fields: z.record(z.string().min(1).max(200), salesforceValueSchema),
});
export type SalesforceEdit = z.infer<typeof salesforceEditSchema>;

/** The CRM's own word on an edit: the contact as it is now, or why it was refused. */
export type EditOutcome =
  | { readonly ok: true; readonly contact: PreviewContact }
  | { readonly ok: false; readonly message: string };

export const activityRowSchema = z.object({
  /** ISO time. */
  at: z.string(),
  /** The side that was written. */
  side: z.enum(['hubspot', 'salesforce']),
  field: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  why: z.string(),
  /** Whose record it was. */
  name: z.string(),
});
export type ActivityRow = z.infer<typeof activityRowSchema>;

export const functionCallSchema = z.object({
  parameters: z.record(z.string(), z.unknown()).default({}),
});

const previewUserSchema = z.object({
  id: z.number().int(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  /** Whether HubSpot tells the extension that this person may change the integration's settings. */
  permissions: z.array(z.literal('integrations-management-write')),
});
export type PreviewUser = z.infer<typeof previewUserSchema>;

/** What an extension asks of `hubspot.fetch`, and who is signed in. */
export const extensionFetchSchema = z.object({
  url: z.url(),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  /** JSON; empty without a body. */
  body: z.string(),
  user: z.object({ id: z.number().int(), email: z.string() }),
});
export type ExtensionFetch = z.infer<typeof extensionFetchSchema>;

export interface FetchReply {
  /** 0: nothing came back. */
  readonly status: number;
  readonly body: string;
}

export const previewConfigSchema = z.object({
  /** `real` talks to real CRMs: nothing is edited from here then. */
  mode: z.enum(['sandbox', 'real']),
  portal: z.object({ id: z.number().int(), timezone: z.string() }),
  /** Who can be signed in; the first one is at the start. */
  users: z.tuple([previewUserSchema], previewUserSchema).readonly(),
  /** Variables of the project's profile. */
  variables: z.record(z.string(), z.string()).default({}),
  /** Names of Tandem's calls. */
  calls: z.array(z.string()).default([]),
  app: z.object({ appId: z.number().int(), appName: z.string(), cardTitle: z.string() }),
});
export type PreviewConfig = z.infer<typeof previewConfigSchema>;

export interface PeopleAnswer {
  readonly people: readonly PersonRow[];
}
export interface ActivityAnswer {
  readonly changes: readonly ActivityRow[];
}
/** What every refused request of the preview answers. */
export interface PreviewError {
  readonly error: string;
}
