// What settings would do before they are saved: a dry run of the pipeline by them, on a sample of pairs. Part of the
// contract (contract.ts).
import { z } from 'zod';
import { SETTINGS_PARTS } from '../engine/settings.ts';
import { fieldChangeSchema } from './shared-views.ts';

const settingsEffectSchema = z.object({
  /** Pairs that were looked at. */
  looked: z.number(),
  /** Of them, those on which something would be written that isn't by the settings in force. */
  changed: z.number(),
  /** Those that would sync no more, and those that would again. */
  stopped: z.number(),
  resumed: z.number(),
  /** Changes by field and side, most first. */
  fields: z.array(
    z.object({
      side: z.enum(['hubspot', 'salesforce']),
      field: z.string(),
      records: z.number(),
      /** Of them, those that would become blank. */
      cleared: z.number(),
    }),
  ),
  /** Values that would be left out because the other side can't take them, by field, most first. */
  leftOut: z.array(z.object({ field: z.string(), records: z.number(), example: z.string() })),
  examples: z.array(
    z.object({
      who: z.string().nullable(),
      changes: z.array(fieldChangeSchema),
      /** Why it would sync no more; null where it would. */
      stops: z.string().nullable(),
    }),
  ),
  /** To ask for the next ones; null: these were all. */
  after: z.string().nullable(),
});
export type SettingsEffect = z.infer<typeof settingsEffectSchema>;

export const EFFECT_CALLS = {
  'preview-settings': {
    parameters: z.object({
      /** Parts of the document as they would be saved; parts left out are as they are. */
      parts: z.partialRecord(z.enum(SETTINGS_PARTS), z.unknown()),
      /** Pairs to look at. */
      sample: z.int().min(1).max(200).default(100),
      /** `after` of the answer before; null begins with the oldest pair. */
      after: z
        .string()
        .regex(/^\d{1,18}$/, 'A position is digits only.')
        .nullable()
        .default(null),
    }),
    answer: settingsEffectSchema,
  },
} as const;
