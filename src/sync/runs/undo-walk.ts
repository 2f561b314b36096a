// Past what a run wrote, newest first: one entry of history is one record that was written.
import { z } from 'zod';
import type { Walk } from './walk.ts';

/** Both sides of about two hundred people: two batches of HubSpot's, one of Salesforce's. */
const ENTRIES_PER_PAGE = 400;

export const undoWalk = (runId: string): Walk => ({
  count: async ({ ports }) => (await ports.store.history.writtenBy(runId)).entries,

  async page({ ports }, at) {
    const before = z.string().nullable().parse(at);
    const entries = await ports.store.history.page({ runId }, before, ENTRIES_PER_PAGE);
    return {
      sightings: [],
      undoes: entries,
      passed: entries.length,
      next: entries.length < ENTRIES_PER_PAGE ? null : (entries.at(-1)?.id ?? null),
    };
  },
});
