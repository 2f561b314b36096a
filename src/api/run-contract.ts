// The calls about runs: starting one, what it would take, how they get on, what a person may do to one, and
// what it left out. Part of the contract (contract.ts).
import { z } from 'zod';
import { RUN_KINDS } from '../store/runs-port.ts';
import { RUN_CONTROLS } from '../sync/runs/control.ts';
import { runRequestSchema } from '../sync/runs/request.ts';
import { fieldChangeSchema, reasonViewSchema } from './shared-views.ts';

const RUN_STATES = ['waiting', 'running', 'paused', 'cancelled', 'finished', 'failed'] as const;

export const runViewSchema = z.object({
  id: z.string(),
  kind: z.enum(RUN_KINDS),
  /** What a run of this kind is called. */
  title: z.string(),
  /** Which records, in words. */
  scope: z.string(),
  dry: z.boolean(),
  state: z.enum(RUN_STATES),
  /** Records so far; of a dry run, what would have been done to them. */
  counts: z.object({
    seen: z.number(),
    created: z.number(),
    updated: z.number(),
    paired: z.number(),
    unchanged: z.number(),
    skipped: z.number(),
    failed: z.number(),
    /** Of an undo: values put back, and values that stay. */
    restored: z.number().optional(),
    kept: z.number().optional(),
  }),
  /** How many it expects to look at; null while unknown. */
  total: z.number().nullable(),
  /** Records a minute while it is worked on; null while there is too little to tell. */
  perMinute: z.number().nullable(),
  /** Seconds of work left; null when it can't be told or nothing is left. */
  secondsLeft: z.number().nullable(),
  /** Why it doesn't get on or was given up, in words; null while it gets on. */
  trouble: z.string().nullable(),
  /** ISO; when it is tried again by itself. */
  retryAt: z.string().nullable(),
  startedBy: z.string(),
  /** ISO. */
  startedAt: z.string(),
  /** ISO. */
  finishedAt: z.string().nullable(),
  /** Who paused, resumed or cancelled it last; null: nobody did whom the audit trail knows. */
  controlled: z
    .object({ control: z.enum(RUN_CONTROLS), by: z.string(), at: z.string() })
    .nullable(),
  /** What may be done to it now. */
  controls: z.array(z.enum(RUN_CONTROLS)),
  /** What it wrote can be taken back. */
  undoable: z.boolean(),
  /** The run that takes it back, or has; null where none does, or in answers that are about this run alone. */
  undoneBy: z.object({ id: z.string(), state: z.enum(RUN_STATES) }).nullable(),
});
export type RunView = z.infer<typeof runViewSchema>;

export const runRecordViewSchema = z.object({
  hubspotId: z.string().nullable(),
  salesforceId: z.string().nullable(),
  /** Address of the record in Salesforce. */
  salesforceUrl: z.string().nullable(),
  result: z.enum([
    'createdInSalesforce',
    'createdInHubSpot',
    'updated',
    'paired',
    'unchanged',
    'skipped',
    'failed',
  ]),
  /** What became of it, or would: a few words. */
  outcome: z.string(),
  reason: reasonViewSchema.nullable(),
  /** Only of a dry run: what it would write. */
  changes: z.array(fieldChangeSchema),
});
export type RunRecordView = z.infer<typeof runRecordViewSchema>;

const rangeSchema = z.object({ least: z.number(), most: z.number() });

export const runIdSchema = z.string().regex(/^\d{1,18}$/, 'The number of a run is digits only.');

export const RUN_CALLS = {
  'start-run': {
    parameters: z.object({
      request: runRequestSchema,
      /** Nothing is written: it only tells what would be. */
      dry: z.boolean().default(false),
    }),
    answer: runViewSchema,
  },
  'estimate-run': {
    parameters: z.object({ request: runRequestSchema }),
    answer: z.object({
      /** Null where nobody can tell without walking. */
      records: z.number().nullable(),
      hubspotCalls: rangeSchema.nullable(),
      salesforceCalls: rangeSchema.nullable(),
      minutes: rangeSchema.nullable(),
      /** What it rests on, sentence by sentence. */
      basis: z.array(z.string()).readonly(),
    }),
  },
  'get-runs': {
    parameters: z.object({ limit: z.int().min(1).max(200).default(30) }),
    answer: z.object({
      /** Newest first. */
      runs: z.array(runViewSchema),
      /** Processes that work on runs now; with none, runs wait. */
      workers: z.number(),
    }),
  },
  'control-run': {
    parameters: z.object({ id: runIdSchema, control: z.enum(RUN_CONTROLS) }),
    answer: runViewSchema,
  },
  'get-run-records': {
    parameters: z.object({
      id: runIdSchema,
      /** `after` of the page before; null for the first. */
      after: z.string().nullable().default(null),
    }),
    answer: z.object({
      records: z.array(runRecordViewSchema),
      /** Null: this was the last page. */
      after: z.string().nullable(),
    }),
  },
  'export-run-records': {
    parameters: z.object({
      id: runIdSchema,
      /** `after` of the page before; null for the first. */
      after: z.string().nullable().default(null),
    }),
    answer: z.object({
      /** CSV; the first page begins with the titles. */
      csv: z.string(),
      rows: z.number(),
      /** Null: this was the last page. */
      after: z.string().nullable(),
    }),
  },
} as const;
