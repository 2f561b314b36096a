// The call that says what undoing a run would do, before anything is started. Part of the contract (contract.ts).
import { z } from 'zod';
import { runIdSchema, runRecordViewSchema } from './run-contract.ts';

export const UNDO_RUN_CALLS = {
  'preview-undo': {
    parameters: z.object({ runId: runIdSchema }),
    answer: z.object({
      /** Values the run wrote to records that were there before, and people it wrote to. */
      values: z.number(),
      people: z.number(),
      /** Records it created, which stay. */
      created: z.number(),
      /** Of what was looked at: values that would go back, and values that stay. */
      restored: z.number(),
      kept: z.number(),
      /** Everything was looked at; false: the newest part. */
      isAll: z.boolean(),
      /** Some of what stays, with why. */
      stays: z.array(runRecordViewSchema),
      /** All of it in words. */
      sentences: z.array(z.string()),
    }),
  },
} as const;
