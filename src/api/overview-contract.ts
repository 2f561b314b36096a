// The call behind the overview: how far behind live sync is, what waits, where the records stand, what is wrong, what
// the API calls come to, and the last runs. Part of the contract (contract.ts).
import { z } from 'zod';
import { CALL_CLASSES } from '../engine/call-budget.ts';
import { LINK_STATES } from '../engine/link.ts';
import { REASON_CATEGORIES } from '../engine/reasons/text.ts';
import { runViewSchema } from './run-contract.ts';

/** Seconds from a change in one CRM to its arrival in the other; null: nothing was synced lately. */
const lagSchema = z.object({
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  samples: z.number(),
});

const apiUseSchema = z.object({
  crm: z.enum(['HubSpot', 'Salesforce']),
  /** Tandem's own calls: today's to HubSpot, of the last 24 hours to Salesforce. */
  used: z.number(),
  /** What Tandem may use of them. */
  limit: z.number(),
  callsPerHour: z.number(),
  /** ISO; when the limit is reached at the present pace. Null: not before the calls count anew. */
  reachedAt: z.string().nullable(),
  /** ISO; the CRM asked everybody to stay away until then. */
  pausedUntil: z.string().nullable(),
  /** What all programs together used of the CRM's own limit when it last said so. */
  everybody: z.object({ used: z.number(), limit: z.number() }).nullable(),
  /** Calls in the hours that count, oldest first; hours without calls may be absent. */
  hours: z.array(
    z.object({
      /** ISO; when the hour began. */
      at: z.string(),
      calls: z.record(z.enum(CALL_CLASSES), z.number()),
    }),
  ),
});
export type ApiUse = z.infer<typeof apiUseSchema>;

export const OVERVIEW_CALLS = {
  'get-overview': {
    parameters: z.object({}),
    answer: z.object({
      /** Processes at work; with none, nothing moves. */
      workers: z.number(),
      /** Nobody has started the first sync: until then nobody is written to. */
      isWaitingForFirstSync: z.boolean(),
      lag: z.object({ hubspotToSalesforce: lagSchema, salesforceToHubSpot: lagSchema }),
      /** Records in the queue, over all workers; null: nobody can tell. */
      queue: z.object({ waiting: z.number(), active: z.number() }).nullable(),
      records: z.record(z.enum(LINK_STATES), z.number()),
      /** Records that don't sync, or wait for another try; most first. */
      problems: z.array(
        z.object({ category: z.enum(REASON_CATEGORIES), label: z.string(), count: z.number() }),
      ),
      api: z.array(apiUseSchema),
      /** The newest few. */
      runs: z.array(runViewSchema),
    }),
  },
} as const;
