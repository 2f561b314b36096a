// The part of a walk past Salesforce's records that goes through an export (Bulk API): a job that takes minutes,
// then pages in no order. While the job is at work the run waits without holding up a worker. Whatever goes
// wrong with exports, listing the records does it: the position says behind which record.
import { z } from 'zod';
import { CallFailed, CallRejected } from '../../engine/failures.ts';
import { SALESFORCE_OBJECTS, type SalesforceObject } from '../../engine/fields.ts';
import { LINK_STATES } from '../../engine/link.ts';
import { ExportLost } from '../../salesforce/port.ts';
import { sightingsWithCampaigns } from '../campaigns.ts';
import type { Pipeline } from '../pipeline.ts';
import type { WalkPage } from './walk.ts';

/** A page is synced as a whole, and a run has three in hand: more rows would be too much memory. */
const ROWS = 5_000;
/** From look to look while a job is at work. */
const WAITS_MS: readonly number[] = [2_000, 5_000, 10_000, 20_000, 40_000];
const LAST_WAIT_MS = 60_000;
/** Then the queue of the org's jobs is too long. */
const LONGEST_WAIT_MS = 30 * 60_000;
const MOST_LOST = 2;

const jobSchema = z.object({
  jobId: z.string(),
  /** Null: before the first page. */
  locator: z.string().nullable(),
  /** A moment before it was started, milliseconds since 1970: what it shows may be as old. */
  startedAt: z.number(),
  /** How often it was found at work. */
  looks: z.number(),
});
type Job = z.infer<typeof jobSchema>;

export const exportPositionSchema = z.object({
  object: z.enum(SALESFORCE_OBJECTS),
  /** Records up to this one were listed. */
  afterId: z.string(),
  export: z.object({
    /** Null: to be started. */
    job: jobSchema.nullable(),
    /** Jobs that could not be read to their end. */
    lost: z.number(),
  }),
});
type ExportPosition = z.infer<typeof exportPositionSchema>;

/** Where an export goes on behind a first page of records, if so many are left that it saves calls; null: it doesn't. */
export async function exportBehind(
  { ports }: Pipeline,
  object: SalesforceObject,
  afterId: string,
): Promise<ExportPosition | null> {
  const { records, exports } = ports.salesforce;
  // Everybody ever seen: where those are few, Salesforce needn't be asked.
  const known = await ports.store.links.count({
    which: 'left',
    states: LINK_STATES,
    reasons: null,
  });
  if (known < exports.worthFrom) return null;
  const [count = 0] = await records.count([object]);
  return count < exports.worthFrom ? null : { object, afterId, export: { job: null, lost: 0 } };
}

/** @param behind where the walk goes on after this object */
export async function exportPage(
  pipeline: Pipeline,
  at: ExportPosition,
  behind: unknown,
): Promise<WalkPage> {
  const { object, afterId, export: state } = at;
  const byList: WalkPage = { sightings: [], next: { object, afterId } };
  try {
    return state.job === null
      ? await started(pipeline, at)
      : await nextPage(pipeline, at, state.job, { behind, byList });
  } catch (error) {
    if (error instanceof ExportLost && state.lost < MOST_LOST)
      return { sightings: [], next: { ...at, export: { job: null, lost: state.lost + 1 } } };
    // No Bulk API in this org, or it gave up.
    if (error instanceof ExportLost || error instanceof CallRejected) return byList;
    throw error;
  }
}

async function started({ ports, workspaces }: Pipeline, at: ExportPosition): Promise<WalkPage> {
  const { object, afterId } = at;
  const { salesforceFields } = await workspaces.current();
  const startedAt = ports.now();
  const rest = `Id > '${afterId}'`;
  const jobId = await ports.salesforce.exports.start(object, salesforceFields[object], rest);
  return waiting(at, { jobId, locator: null, startedAt, looks: 0 });
}

async function nextPage(
  pipeline: Pipeline,
  at: ExportPosition,
  job: Job,
  { behind, byList }: { readonly behind: unknown; readonly byList: WalkPage },
): Promise<WalkPage> {
  const { now, salesforce } = pipeline.ports;
  const { exports } = salesforce;
  const { jobId, locator, startedAt } = job;
  const page = await exports.page({ object: at.object, jobId, locator, maxRecords: ROWS });
  if (page.state === 'working') {
    if (now() - startedAt < LONGEST_WAIT_MS) return waiting(at, { ...job, looks: job.looks + 1 });
    await ended(pipeline, jobId);
    return byList;
  }
  // Pages read before are not recorded yet: a crash now finds the job gone, and starts another.
  if (page.locator === null) await ended(pipeline, jobId);
  return {
    sightings: await sightingsWithCampaigns(pipeline, at.object, page.records, startedAt),
    next:
      page.locator === null
        ? behind
        : { ...at, export: { ...at.export, job: { ...job, locator: page.locator } } },
  };
}

function waiting(at: ExportPosition, job: Job): WalkPage {
  const next: ExportPosition = { ...at, export: { ...at.export, job } };
  return { sightings: [], next, waitMs: WAITS_MS[job.looks] ?? LAST_WAIT_MS };
}

/** What stays behind is gone after a week. */
async function ended({ ports }: Pipeline, jobId: string): Promise<void> {
  await ports.salesforce.exports.end(jobId).catch((error: unknown) => {
    if (!(error instanceof CallFailed)) throw error;
  });
}
