// The call behind "Sync selected to Salesforce" on the contacts page. Part of the contract (contract.ts).
import { z } from 'zod';
import { runViewSchema } from './run-contract.ts';

/** What one run of picked records may be asked for. */
const MOST_SELECTED = 10_000;

export const SELECTION_CALLS = {
  'sync-selected': {
    parameters: z.object({
      contactIds: z
        .array(z.string().regex(/^\d+$/, 'A HubSpot record id is digits only.'))
        .min(1, 'Select at least one contact.')
        .max(MOST_SELECTED, 'Select 10,000 contacts at the most.'),
    }),
    /** The run that syncs them. */
    answer: runViewSchema,
  },
} as const;
