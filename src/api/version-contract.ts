// The calls about versions of the settings: which there are, what one has other than the settings in force, and going
// back to it, which makes a new version. Part of the contract (contract.ts).
import { z } from 'zod';

const settingsVersionSchema = z.object({
  /** 0: the built-in settings that nobody saved. */
  version: z.number().int(),
  /** ISO; null for the built-in ones. */
  savedAt: z.string().nullable(),
  savedBy: z.string().nullable(),
  note: z.string(),
});
export type SettingsVersionView = z.infer<typeof settingsVersionSchema>;

const settingDifferenceSchema = z.object({
  /** Which part of the settings, as its tab is called. */
  part: z.string(),
  setting: z.string(),
  /** What it was in that version, in words; null: there was none. */
  before: z.string().nullable(),
  /** What it is now; null: there is none any more. */
  after: z.string().nullable(),
});
export type SettingDifferenceView = z.infer<typeof settingDifferenceSchema>;

const versionNumberSchema = z.int().min(0).max(2_147_483_647);

export const VERSION_CALLS = {
  'get-settings-versions': {
    parameters: z.object({
      /** `before` of the page before; null for the newest. */
      before: versionNumberSchema.nullable().default(null),
    }),
    answer: z.object({
      /** Newest first. */
      versions: z.array(settingsVersionSchema),
      /** The version in force. */
      current: z.number().int(),
      /** Null: this was the last page. */
      before: z.number().int().nullable(),
    }),
  },
  'compare-settings': {
    parameters: z.object({ version: versionNumberSchema }),
    answer: z.object({
      version: settingsVersionSchema,
      /** The version in force, which it is compared with. */
      current: z.number().int(),
      differences: z.array(settingDifferenceSchema),
      /** Why it can't be restored as it is, a sentence each; empty when it can. */
      obstacles: z.array(z.string()),
    }),
  },
  'restore-settings': {
    parameters: z.object({
      version: versionNumberSchema,
      /** The version in force that was looked at; over a newer one nothing is restored. */
      baseVersion: versionNumberSchema,
    }),
    answer: z.object({
      /** The new one. */
      version: z.number().int(),
      note: z.string(),
    }),
  },
} as const;
