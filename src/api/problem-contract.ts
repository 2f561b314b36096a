// The calls about problems: how many records don't sync for which reason, who they are, trying one again, and all of
// it as CSV. A whole category is tried again by a run (`start-run`, kind `retry`). Part of the contract (contract.ts).
import { z } from 'zod';
import { SALESFORCE_OBJECTS } from '../engine/fields.ts';
import { REASONS, type ReasonCode } from '../engine/reasons.ts';
import { REASON_CATEGORIES } from '../engine/reasons/text.ts';
import { reasonViewSchema } from './shared-views.ts';

const reasonCodeSchema = z.custom<ReasonCode>(
  (code) => typeof code === 'string' && Object.hasOwn(REASONS, code),
  'There is no such reason.',
);

/** Where a record stands that doesn't sync: somebody has to act, Tandem tries again, or it is not meant to as it is. */
const PROBLEM_STATES = ['problem', 'waiting', 'skipped'] as const;

const countedReasonSchema = z.object({
  state: z.enum(PROBLEM_STATES),
  code: reasonCodeSchema,
  count: z.number(),
  /** In the words of one of the records. */
  reason: reasonViewSchema,
  /** The others' words differ in names or values. */
  isExample: z.boolean(),
});
export type CountedReason = z.infer<typeof countedReasonSchema>;

const problemCategorySchema = z.object({
  category: z.enum(REASON_CATEGORIES),
  label: z.string(),
  count: z.number(),
  /** Most records first. */
  reasons: z.array(countedReasonSchema),
});
export type ProblemCategory = z.infer<typeof problemCategorySchema>;

const leftOutFieldSchema = z.object({
  /** Key of the mapping. */
  mapping: z.string(),
  hubspotProperty: z.string(),
  hubspotLabel: z.string(),
  /** Labels of the lead's and the contact's field, once where they are the same. */
  salesforceLabel: z.string(),
  code: reasonCodeSchema,
  count: z.number(),
  reason: reasonViewSchema,
  isExample: z.boolean(),
});
export type LeftOutField = z.infer<typeof leftOutFieldSchema>;

/** Some of the records that have a problem. */
const problemChoiceSchema = z.discriminatedUnion('of', [
  /** Whoever has a problem or waits for another try. */
  z.object({ of: z.literal('problems') }),
  /** Whoever is left out as the settings and their own values are. */
  z.object({ of: z.literal('leftOut') }),
  z.object({ of: z.literal('reason'), state: z.enum(PROBLEM_STATES), code: reasonCodeSchema }),
  /** Whoever has this field left out for this reason. */
  z.object({ of: z.literal('field'), mapping: z.string().min(1), code: reasonCodeSchema }),
]);
export type ProblemChoice = z.infer<typeof problemChoiceSchema>;

const problemRecordSchema = z.object({
  hubspotId: z.string().nullable(),
  salesforceId: z.string().nullable(),
  salesforceObject: z.enum(SALESFORCE_OBJECTS).nullable(),
  /** Address of the record in Salesforce; null when there is none, or it can't be told now. */
  salesforceUrl: z.string().nullable(),
  /** Null when there is none, or the CRM doesn't tell now. */
  name: z.string().nullable(),
  email: z.string().nullable(),
  reason: reasonViewSchema,
  /** ISO; since when it has this reason. Null: longer than Tandem has noted it down. */
  since: z.string().nullable(),
  /** Tries since the last success. */
  attempts: z.number(),
  /** ISO; when it is tried again by itself. */
  retryAt: z.string().nullable(),
});
export type ProblemRecord = z.infer<typeof problemRecordSchema>;

/** `after` of the page before; null for the first. */
const afterSchema = z
  .string()
  .regex(/^\d{1,18}$/, 'A position is digits only.')
  .nullable()
  .default(null);

const recordIdSchema = z.string().min(1).max(64).nullable();

export const PROBLEM_CALLS = {
  'get-problems': {
    parameters: z.object({}),
    answer: z.object({
      /** Most records first. */
      problems: z.array(problemCategorySchema),
      leftOut: z.array(problemCategorySchema),
      fields: z.array(leftOutFieldSchema),
    }),
  },
  'get-problem-records': {
    parameters: z.object({ which: problemChoiceSchema, after: afterSchema }),
    answer: z.object({
      records: z.array(problemRecordSchema),
      /** Null: this was the last page. */
      after: z.string().nullable(),
    }),
  },
  'retry-record': {
    parameters: z
      .object({ hubspotId: recordIdSchema, salesforceId: recordIdSchema })
      .refine(({ hubspotId, salesforceId }) => hubspotId !== null || salesforceId !== null, {
        message: 'Say which record.',
        path: ['hubspotId'],
      }),
    answer: z.object({
      /** Nothing keeps it from syncing any more. */
      isSolved: z.boolean(),
      /** What keeps it; null when nothing does. */
      reason: reasonViewSchema.nullable(),
    }),
  },
  'export-problems': {
    parameters: z.object({ which: problemChoiceSchema, after: afterSchema }),
    answer: z.object({
      /** Rows of a CSV file; the first page begins with the titles of the columns. */
      csv: z.string(),
      /** Records among them. */
      rows: z.number(),
      after: z.string().nullable(),
    }),
  },
} as const;
