// The call that finds a contact by whatever somebody knows of it. Part of the contract (contract.ts).
import { z } from 'zod';

const foundPersonSchema = z.object({
  contactId: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
});
export type FoundContact = z.infer<typeof foundPersonSchema>;

export const PEOPLE_CALLS = {
  'find-people': {
    parameters: z.object({
      /** An id of HubSpot or Salesforce, an e-mail address, or words of a name or company. */
      text: z.string().trim().min(1).max(200),
    }),
    /** The few that fit best. */
    answer: z.object({ people: z.array(foundPersonSchema) }),
  },
} as const;
