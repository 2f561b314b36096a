// The calls behind the tab about who syncs: what a draft of the lists and conditions would do, and what
// happens to one person and why. Part of the contract (contract.ts).
import { z } from 'zod';
import { SALESFORCE_OBJECTS } from '../engine/fields.ts';
import { inclusionConditionsSchema, settingsSchema } from '../engine/settings.ts';
import { reasonViewSchema } from './shared-views.ts';

const figureSchema = z.object({
  count: z.number().int(),
  /** `estimated`: from a part of them, which `basis` names. */
  precision: z.enum(['exact', 'estimated']),
});
export type FigureView = z.infer<typeof figureSchema>;

const { inclusion } = settingsSchema.shape;

const conditionPreviewSchema = z.object({
  object: z.enum(SALESFORCE_OBJECTS),
  /** The condition as a query; null: there is none, or SOQL has no words for it. */
  soql: z.string().nullable(),
  /** Where Tandem and SOQL may judge a record differently, one sentence each. */
  differences: z.array(z.string()),
  records: figureSchema,
  /** Null where only Tandem itself can tell. */
  meeting: figureSchema.nullable(),
  /** Of those that meet it, who is in no pair yet. */
  unpaired: figureSchema.nullable(),
  stop: figureSchema,
  start: figureSchema,
});
export type ConditionPreview = z.infer<typeof conditionPreviewSchema>;

const traceStepSchema = z.object({
  title: z.string(),
  outcome: z.enum(['pass', 'fail', 'waits', 'note']),
  sentence: z.string(),
  /** What was looked at, such as each clause of a condition; `null` where it decides nothing. */
  details: z.array(
    z.object({
      text: z.string(),
      holds: z.boolean().nullable(),
      /** ISO; a moment that belongs to the text. */
      at: z.string().optional(),
    }),
  ),
});
export type TraceStep = z.infer<typeof traceStepSchema>;

const personTraceSchema = z.object({
  person: z.object({
    name: z.string(),
    email: z.string().nullable(),
    hubspotId: z.string().nullable(),
    salesforce: z
      .object({ object: z.enum(SALESFORCE_OBJECTS), id: z.string(), url: z.string() })
      .nullable(),
  }),
  /** By settings that are not saved. */
  isDraft: z.boolean(),
  steps: z.array(traceStepSchema),
  verdict: z.object({
    outcome: z.enum(['syncs', 'oneWay', 'waits', 'doesNotSync']),
    sentence: z.string(),
    /** What to do next; null when there is nothing. */
    fix: z.string().nullable(),
    /** ISO; when Tandem looks again by itself. */
    retryAt: z.string().nullable(),
  }),
});
export type PersonTrace = z.infer<typeof personTraceSchema>;

const foundPersonSchema = z.object({
  /** To ask again with. */
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  where: z.enum(['HubSpot contact', 'Salesforce lead', 'Salesforce contact']),
});
export type FoundPerson = z.infer<typeof foundPersonSchema>;

export const INCLUSION_CALLS = {
  'preview-inclusion': {
    parameters: z.object({ inclusion }),
    answer: z.object({
      /** Of the inclusion list, or everybody in the portal. */
      members: figureSchema,
      /** Null: no list of their own. */
      receivers: figureSchema.nullable(),
      exclusion: z.object({ members: figureSchema, paired: figureSchema }).nullable(),
      paired: figureSchema,
      inSync: figureSchema,
      stop: figureSchema,
      start: figureSchema,
      oneWayOnly: figureSchema,
      /** Members without a Salesforce record of theirs. */
      newcomers: z.object({
        all: figureSchema,
        becomeLeads: figureSchema,
        becomeContacts: figureSchema,
        pair: figureSchema,
        leftOut: z.array(z.object({ reason: reasonViewSchema, figure: figureSchema })),
      }),
      /** What the figures rest on, sentence by sentence. */
      basis: z.array(z.string()),
    }),
  },
  'preview-conditions': {
    parameters: z.object({ conditions: inclusionConditionsSchema }),
    answer: z.object({ previews: z.array(conditionPreviewSchema) }),
  },
  'explain-person': {
    parameters: z.object({
      /** An e-mail address, a name, the id or the address of a record on either side. */
      who: z.string().trim().min(1).max(500),
      /** A draft to judge by; null: the settings in force. */
      settings: settingsSchema.nullable().default(null),
    }),
    answer: z.object({
      /** More than one: somebody has to choose. */
      people: z.array(foundPersonSchema),
      /** Of the only one. */
      trace: personTraceSchema.nullable(),
    }),
  },
} as const;
