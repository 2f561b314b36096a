// The calls of the first-run guide: where each step stands, told from what is there, and putting the guide away. Part of
// the contract (contract.ts).
import { z } from 'zod';
import { runViewSchema } from './run-contract.ts';

export const SETUP_STEPS = [
  'connect',
  'permissions',
  'list',
  'mappings',
  'dryRun',
  'firstSync',
] as const;

const stepSchema = z.object({
  id: z.enum(SETUP_STEPS),
  /** `next`: the one to do now. `open`: may be done, later. `blocked`: something has to come first. */
  state: z.enum(['done', 'next', 'open', 'running', 'blocked']),
  /** How it stands, or what it is for; one or two sentences. */
  sentence: z.string(),
  /** Why it can't be done yet; null where it can. */
  blockedBy: z.string().nullable(),
});
export type SetupStep = z.infer<typeof stepSchema>;

export const setupViewSchema = z.object({
  /** False once the first sync is over, or somebody put the guide away; there are no steps then. */
  isShown: z.boolean(),
  steps: z.array(stepSchema),
  /** The newest of each. */
  dryRun: runViewSchema.nullable(),
  firstSync: runViewSchema.nullable(),
});
export type SetupView = z.infer<typeof setupViewSchema>;

export const SETUP_CALLS = {
  'get-setup': { parameters: z.object({}), answer: setupViewSchema },
  'dismiss-setup': { parameters: z.object({}), answer: setupViewSchema },
} as const;
