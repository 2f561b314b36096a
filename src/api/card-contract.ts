// What the card on a contact asks and is told: where the person stands, what a sync would do and did, what was
// written before, and what taking it back would do. Part of the contract (contract.ts).
import { z } from 'zod';
import { CHOOSABLE_RULES } from '../engine/rules.ts';
import { fieldChangeSchema, pausedSchema, reasonViewSchema } from './shared-views.ts';

/** The card's headline. */
export const LINK_STATES = ['inSync', 'waiting', 'problem', 'notSyncing', 'neverSynced'] as const;

const sideSchema = z.enum(['hubspot', 'salesforce']);

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
  /**
   * What kind of difference it is, where it is a special one: both sides had changed, an edit that the rule sets
   * back, a value that is no option on the other side, a value that was put back by hand.
   */
  issue: z.enum(['conflict', 'reverted', 'option', 'undone']).nullable(),
  /** Sides whose value a person may choose for both, over what the next sync would do. */
  choices: z.array(sideSchema),
});
export type FieldView = z.infer<typeof fieldViewSchema>;

export const recordViewSchema = z.object({
  contactId: z.string(),
  state: z.enum(LINK_STATES),
  /** One sentence that says where this contact stands. */
  headline: z.string(),
  reason: reasonViewSchema.nullable(),
  /** ISO; when Tandem looks again by itself. */
  retryAt: z.string().nullable(),
  /** Directions in which an admin has paused sync for everybody. */
  paused: pausedSchema,
  /** Nobody has started the first sync: until then nobody is written to. */
  isWaitingForFirstSync: z.boolean(),
  salesforce: z
    .object({
      object: z.enum(['Lead', 'Contact']),
      id: z.string(),
      name: z.string(),
      /** Who owns it in Salesforce; null where that was not read. */
      ownerName: z.string().nullable(),
      /** Of a lead; contacts have none. */
      status: z.string().nullable(),
      /** Address of the record in Salesforce. */
      url: z.string(),
      /** Somebody decided that these two belong together. */
      pinned: z.boolean(),
    })
    .nullable(),
  /** ISO; null when it never synced. */
  lastSyncedAt: z.string().nullable(),
  /** The last sync that wrote anything; null when none is remembered. */
  lastWrite: z
    .object({
      /** ISO. */
      at: z.string(),
      direction: z.enum(['toHubSpot', 'toSalesforce', 'bothWays']),
      fields: z.number(),
    })
    .nullable(),
  /** Empty where campaigns are not synced, or there is no Salesforce record. */
  campaigns: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      status: z.string().nullable(),
      hasResponded: z.boolean(),
      url: z.string(),
    }),
  ),
  /** All mapped fields, default mappings first. Empty when there is no Salesforce record. */
  fields: z.array(fieldViewSchema),
  /** Mappings that cannot be used for this record now, and why. */
  leftOut: z.array(z.object({ hubspotLabel: z.string(), sentence: z.string() })),
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
  /** The entries of history that it wrote: what `undo-changes` takes back. */
  entryIds: z.array(z.string()),
  record: recordViewSchema,
});
export type SyncResult = z.infer<typeof syncResultSchema>;

const contactIdSchema = z.string().regex(/^\d+$/, 'A HubSpot record id is digits only.');

const syncParametersSchema = z.object({
  contactId: contactIdSchema,
  /** Fields whose side a person has chosen: that side's value goes to the other, whatever is newer. */
  choices: z.array(z.object({ hubspotProperty: z.string(), side: sideSchema })).default([]),
});

export const PREVIEW_OUTCOMES = [
  'createsInSalesforce',
  'createsInHubSpot',
  'updates',
  'pairs',
  'unlinks',
  'nothingToDo',
  'notSynced',
] as const;

export const syncPreviewSchema = z.object({
  outcome: z.enum(PREVIEW_OUTCOMES),
  /** One sentence: what a sync would do now, or why nothing. */
  sentence: z.string(),
  reason: reasonViewSchema.nullable(),
  /** Each value that would be written, and what decides it. */
  changes: z.array(fieldChangeSchema.extend({ because: z.string() })),
  /** Fields that would stay different, and why. */
  leftOut: z.array(z.object({ field: z.string(), reason: reasonViewSchema })),
});
export type SyncPreview = z.infer<typeof syncPreviewSchema>;

export const historyChangeSchema = fieldChangeSchema.extend({
  entryId: z.string(),
  /** Internal name of the property or field: what `undo-changes` wants. */
  name: z.string(),
  /** The rule or reason that decided it, in words. */
  because: z.string(),
  /** Null: it can be taken back, as far as is known without looking; else why not. */
  notUndoable: z.string().nullable(),
});
export type HistoryChange = z.infer<typeof historyChangeSchema>;

/** What one sync wrote to one person. */
export const historyMomentSchema = z.object({
  id: z.string(),
  /** ISO. */
  at: z.string(),
  /** Who or what did it, in words: “Live sync”, “Sync now”, “Import, run 12, started by ada@example.com”. */
  by: z.string(),
  /** What became of the pairing, in words; null where it stayed. */
  pairing: z.string().nullable(),
  changes: z.array(historyChangeSchema),
  entryIds: z.array(z.string()),
});
export type HistoryMoment = z.infer<typeof historyMomentSchema>;

export const undoFieldSchema = fieldChangeSchema.extend({
  result: z.enum(['restored', 'alreadyThere', 'left']),
  /** What becomes of the other side, one sentence; null where nothing is put back. */
  aftermath: z.string().nullable(),
  /** Why it is not put back. */
  reason: reasonViewSchema.nullable(),
});
export type UndoField = z.infer<typeof undoFieldSchema>;

export const undoResultSchema = z.object({
  dry: z.boolean(),
  /** One sentence: what was, or would be, put back. */
  sentence: z.string(),
  fields: z.array(undoFieldSchema),
  /** The person afterwards; null of a dry run. */
  record: recordViewSchema.nullable(),
});
export type UndoResult = z.infer<typeof undoResultSchema>;

const entryIdSchema = z.string().regex(/^\d{1,19}$/, 'An entry of history is named by a number.');

/** The calls of the card. */
export const CARD_CALLS = {
  'get-record': {
    parameters: z.object({ contactId: contactIdSchema }),
    answer: recordViewSchema,
  },
  'sync-now': {
    parameters: syncParametersSchema,
    answer: syncResultSchema,
  },
  /** What `sync-now` with the same parameters would do now; nothing is written. */
  'preview-sync': {
    parameters: syncParametersSchema,
    answer: syncPreviewSchema,
  },
  /** What was written for this person, newest first. */
  'get-history': {
    parameters: z.object({
      contactId: contactIdSchema,
      /** `before` of the page before; null for the first. */
      before: entryIdSchema.nullable().default(null),
    }),
    answer: z.object({
      moments: z.array(historyMomentSchema),
      /** Null: this was the last page. */
      before: z.string().nullable(),
    }),
  },
  /** Puts back what entries of this person's history wrote, where nobody has changed it since. */
  'undo-changes': {
    parameters: z.object({
      contactId: contactIdSchema,
      changes: z
        .array(
          z.object({
            entryId: entryIdSchema,
            /** Internal name of one property or field; null for all that the entry wrote. */
            name: z.string().max(255).nullable().default(null),
          }),
        )
        .min(1)
        .max(100),
      /** True: only say what would be put back. */
      dry: z.boolean().default(false),
    }),
    answer: undoResultSchema,
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
} as const;
