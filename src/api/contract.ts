// The typed contract between HubSpot's side (card, settings page) and ours (functions, service): every
// call's parameters and answer, as zod schemas. HubSpot shows users one generic sentence when a function
// throws, so expected failures come back as `{ ok: false, error }`, never as exceptions.
//
// The UI imports only the types of this file; the handlers check both directions with the schemas.
import { z } from 'zod';
import { CHOOSABLE_RULES } from '../engine/rules.ts';
import {
  CREATE_IN_SALESFORCE,
  choosableRuleSchema,
  savedMappingSchema,
  SETTINGS_PARTS,
  settingsSchema,
} from '../engine/settings.ts';
import { RUN_CALLS } from './run-contract.ts';
import { SELECTION_CALLS } from './selection-contract.ts';
import { fieldChangeSchema, reasonViewSchema } from './shared-views.ts';

export type { RunRecordView, RunView } from './run-contract.ts';
export type { FieldChange, ReasonView } from './shared-views.ts';

export const apiErrorSchema = z.object({
  /** For programs: `CONTACT_NOT_FOUND`, `SETTINGS_CHANGED_MEANWHILE`, `INVALID_PARAMETERS`, … */
  code: z.string(),
  /** For people: one sentence. */
  message: z.string(),
  /** What to do next, one sentence; null when there is nothing. */
  fix: z.string().nullable(),
  /** Which setting or parameter it is about, when it is about one. */
  field: z.string().nullable(),
});
export type ApiError = z.infer<typeof apiErrorSchema>;

/** The card's headline. */
export const LINK_STATES = ['inSync', 'waiting', 'problem', 'notSyncing', 'neverSynced'] as const;

export const fieldViewSchema = z.object({
  hubspotProperty: z.string(),
  hubspotLabel: z.string(),
  /** Salesforce field of the paired record's object; null when this object has none mapped. */
  salesforceField: z.string().nullable(),
  salesforceLabel: z.string().nullable(),
  /** As a person reads it; null is blank. */
  hubspotValue: z.string().nullable(),
  salesforceValue: z.string().nullable(),
  rule: z.enum([...CHOOSABLE_RULES, 'optOut', 'mirror']),
  ruleLabel: z.string(),
  /** What the next sync will do with this field. */
  next: z.enum(['same', 'toHubSpot', 'toSalesforce', 'blocked']),
  /** Why it is blocked, or what is worth knowing (reverted by rule, conflict). */
  reason: reasonViewSchema.nullable(),
});
export type FieldView = z.infer<typeof fieldViewSchema>;

export const recordViewSchema = z.object({
  contactId: z.string(),
  state: z.enum(LINK_STATES),
  /** One sentence that says where this contact stands. */
  headline: z.string(),
  reason: reasonViewSchema.nullable(),
  salesforce: z
    .object({
      object: z.enum(['Lead', 'Contact']),
      id: z.string(),
      name: z.string(),
      /** Address of the record in Salesforce. */
      url: z.string(),
    })
    .nullable(),
  /** ISO; null when it never synced. */
  lastSyncedAt: z.string().nullable(),
  /** All mapped fields, default mappings first. Empty when there is no Salesforce record. */
  fields: z.array(fieldViewSchema),
});
export type RecordView = z.infer<typeof recordViewSchema>;

export const SYNC_OUTCOMES = [
  'createdInSalesforce',
  'createdInHubSpot',
  'updated',
  'paired',
  'nothingToDo',
  'notSynced',
] as const;

export const syncResultSchema = z.object({
  outcome: z.enum(SYNC_OUTCOMES),
  /** One sentence: what happened, or why nothing did. */
  sentence: z.string(),
  changes: z.array(fieldChangeSchema),
  record: recordViewSchema,
});
export type SyncResult = z.infer<typeof syncResultSchema>;

export const mappingViewSchema = z.object({
  hubspotProperty: z.string(),
  hubspotLabel: z.string(),
  hubspotType: z.string(),
  leadField: z.string().nullable(),
  leadLabel: z.string().nullable(),
  contactField: z.string().nullable(),
  contactLabel: z.string().nullable(),
  rule: z.enum([...CHOOSABLE_RULES, 'optOut', 'mirror']),
  ruleLabel: z.string(),
  kind: z.enum(['default', 'custom']),
  /** Default mappings whose rule is fixed too (owner, opt-out, account id). */
  ruleLocked: z.boolean(),
  /** What is wrong or risky with it now, in a sentence: a missing field, a type that needs care. */
  problem: z.object({ severity: z.enum(['warning', 'error']), sentence: z.string() }).nullable(),
});
export type MappingView = z.infer<typeof mappingViewSchema>;

export const inclusionListSchema = z.object({
  id: z.string(),
  name: z.string(),
  size: z.number(),
  /** Dynamic ("active") lists keep themselves; others only change by hand. */
  dynamic: z.boolean(),
  /** What is risky about choosing it; null for a dynamic one, which is what the native connector asks for. */
  warning: z
    .object({
      /** `CHANGES_BY_HAND`: somebody adds and removes every member. `FILLED_ONCE`: a filter did, at the time. */
      code: z.enum(['CHANGES_BY_HAND', 'FILLED_ONCE']),
      /** For the admin, one sentence. */
      sentence: z.string(),
    })
    .nullable(),
});
export type InclusionList = z.infer<typeof inclusionListSchema>;

export const settingsViewSchema = z.object({
  version: z.number().int(),
  /** ISO; null for the built-in defaults nobody saved yet. */
  savedAt: z.string().nullable(),
  savedBy: z.string().nullable(),
  mappings: z.array(mappingViewSchema),
  inclusion: z.object({ listId: z.string().nullable() }),
  creation: z.object({
    inSalesforce: z.enum(CREATE_IN_SALESFORCE),
    inHubSpot: z.object({ Lead: z.boolean(), Contact: z.boolean() }),
  }),
  /** The whole document, for what the fields above don't show. */
  document: settingsSchema,
});
export type SettingsView = z.infer<typeof settingsViewSchema>;

export const fieldChoiceSchema = z.object({
  name: z.string(),
  label: z.string(),
  /** The type in words, for the dropdown: "Single-line text", "Picklist", … */
  type: z.string(),
  readOnly: z.boolean(),
});
export type FieldChoice = z.infer<typeof fieldChoiceSchema>;

export const mappingVerdictSchema = z.object({
  /** `ok`: fine. `warning`: allowed, read the sentence. `refused`: cannot be mapped. */
  verdict: z.enum(['ok', 'warning', 'refused']),
  /** One sentence for each thing to know; empty when all is fine. */
  sentences: z.array(z.string()),
});
export type MappingVerdict = z.infer<typeof mappingVerdictSchema>;

const contactIdSchema = z.string().regex(/^\d+$/, 'A HubSpot record id is digits only.');

/** Every call: its name is the uid of the HubSpot function that serves it. */
export const CONTRACT = {
  'get-record': {
    parameters: z.object({ contactId: contactIdSchema }),
    answer: recordViewSchema,
  },
  'sync-now': {
    parameters: z.object({ contactId: contactIdSchema }),
    answer: syncResultSchema,
  },
  'change-pairing': {
    parameters: z.object({
      contactId: contactIdSchema,
      /** The lead or contact it belongs to, for good; null parts it from the one it has. */
      salesforceId: z
        .string()
        .regex(
          /^(00Q|003)[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/,
          'A lead id starts with 00Q, a contact id with 003.',
        )
        .nullable(),
    }),
    answer: recordViewSchema,
  },
  'get-settings': {
    parameters: z.object({}),
    answer: settingsViewSchema,
  },
  'get-inclusion-lists': {
    parameters: z.object({
      /** Words of the name, or for its kind: “active”, “static”; “list” and “segment” fit every one. */
      search: z.string().max(255).default(''),
    }),
    /** Dynamic ones first, each kind by name. */
    answer: z.object({ lists: z.array(inclusionListSchema) }),
  },
  'get-mapping-choices': {
    parameters: z.object({}),
    answer: z.object({
      hubspotProperties: z.array(fieldChoiceSchema),
      leadFields: z.array(fieldChoiceSchema),
      contactFields: z.array(fieldChoiceSchema),
    }),
  },
  'check-mapping': {
    parameters: z.object({
      hubspotProperty: z.string(),
      leadField: z.string().nullable(),
      contactField: z.string().nullable(),
    }),
    answer: mappingVerdictSchema,
  },
  'save-settings': {
    parameters: z.object({
      /** The version the edit started from; saving over a newer one is refused. */
      baseVersion: z.number().int(),
      defaultRules: z.record(z.string(), choosableRuleSchema),
      customMappings: z.array(savedMappingSchema),
      inclusionListId: z.string().nullable(),
      creation: settingsViewSchema.shape.creation,
      /** Parts of the document that the fields above don't cover; parts left out stay as they are. */
      rest: z.partialRecord(z.enum(SETTINGS_PARTS), z.unknown()).default({}),
      note: z.string().max(500).default(''),
    }),
    answer: settingsViewSchema,
  },
  ...RUN_CALLS,
  ...SELECTION_CALLS,
} as const;

export type CallName = keyof typeof CONTRACT;
/** What a caller sends: fields with a default may be left out. */
export type CallParameters<Name extends CallName> = z.input<(typeof CONTRACT)[Name]['parameters']>;
export type CallAnswer<Name extends CallName> = z.output<(typeof CONTRACT)[Name]['answer']>;
export type Answer<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: ApiError };
