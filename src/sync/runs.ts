// Runs: the same pipeline over pages of everything. An import walks Salesforce, a push walks HubSpot.
// Each page is committed with a checkpoint, so a run that was stopped goes on where it was; a page that
// was interrupted is simply synced again, which writes nothing twice.
import { z } from 'zod';
import { SALESFORCE_OBJECTS, type SalesforceObject } from '../engine/fields.ts';
import { NO_COUNTS, type Run, type RunCounts } from '../store/port.ts';
import type { BatchReport, Pipeline } from './pipeline.ts';
import { withCampaigns } from './campaigns.ts';
import type { Sighting } from './sighting.ts';

export interface RunProgress {
  readonly kind: Run['kind'];
  readonly counts: RunCounts;
  /** Records expected in all; null while unknown. */
  readonly total: number | null;
}

export interface RunOptions {
  readonly onProgress?: (progress: RunProgress) => void;
  /** Stops after the page at hand; the run stays resumable. */
  readonly signal?: AbortSignal;
}

/** HubSpot pages (100 each) that are synced together: fills Salesforce's composite of 1,000 rows. */
const PAGES_PER_BATCH = 10;

interface Page {
  readonly sightings: readonly Sighting[];
  /** Where the next page starts; null: this was the last. */
  readonly next: unknown;
  /** Known with the first page of some walks. */
  readonly total: number | null;
}

/** Contacts before leads: a person who is both is paired as a contact. */
const importCheckpointSchema = z.object({
  object: z.enum(SALESFORCE_OBJECTS),
  afterId: z.string().nullable(),
});
const pushCheckpointSchema = z.object({ after: z.string() });

async function importPage(pipeline: Pipeline, checkpoint: unknown): Promise<Page> {
  const { object, afterId } =
    checkpoint === null
      ? { object: 'Contact' as const, afterId: null }
      : importCheckpointSchema.parse(checkpoint);
  const { salesforceFields, settings } = await pipeline.workspaces.current();
  const { records } = pipeline.ports.salesforce;
  const readAt = pipeline.ports.now();
  const page = await records.list(object, afterId, salesforceFields[object]);
  const ids = { Lead: [], Contact: [], [object]: page.records.map(({ id }) => id) };
  const campaigns =
    settings.settings.campaigns.sync && page.records.length > 0
      ? await records.campaigns(ids)
      : null;
  const sightings = page.records.map((record): Sighting => ({
    key: { side: 'salesforce', object: record.object, id: record.id },
    record: campaigns ? withCampaigns(record, campaigns.get(record.id) ?? []) : record,
    readAt,
  }));
  const nextObject: SalesforceObject | null = object === 'Contact' ? 'Lead' : null;
  const next =
    page.afterId !== null
      ? { object, afterId: page.afterId }
      : nextObject && { object: nextObject, afterId: null };
  return { sightings, next, total: afterId === null ? page.totalSize : null };
}

async function pushPage(pipeline: Pipeline, checkpoint: unknown): Promise<Page> {
  let after: string | null =
    checkpoint === null ? null : pushCheckpointSchema.parse(checkpoint).after;
  const { hubspotProperties } = await pipeline.workspaces.current();
  const readAt = pipeline.ports.now();
  const sightings: Sighting[] = [];
  for (let page = 0; page < PAGES_PER_BATCH; page += 1) {
    const { contacts, after: next } = await pipeline.ports.hubspot.contacts.list(
      after,
      hubspotProperties,
    );
    for (const contact of contacts)
      sightings.push({ key: { side: 'hubspot', id: contact.id }, contact, readAt });
    after = next;
    if (after === null) break;
  }
  return { sightings, next: after === null ? null : { after }, total: null };
}

const PAGES: Readonly<
  Record<Run['kind'], (pipeline: Pipeline, checkpoint: unknown) => Promise<Page>>
> = {
  import: importPage,
  push: pushPage,
};

function add(counts: RunCounts, { pairs, unchanged }: BatchReport, seen: number): RunCounts {
  const count = (...results: string[]): number =>
    pairs.filter(({ result }) => results.includes(result)).length;
  return {
    seen: counts.seen + seen,
    created: counts.created + count('createdInSalesforce', 'createdInHubSpot'),
    updated: counts.updated + count('updated'),
    paired: counts.paired + count('paired'),
    unchanged: counts.unchanged + count('unchanged') + unchanged,
    skipped: counts.skipped + count('skipped'),
    failed: counts.failed + count('failed'),
  };
}

/** Runs an import or a push to its end, resuming the newest unfinished one of its kind. */
export async function run(
  pipeline: Pipeline,
  kind: Run['kind'],
  options: RunOptions = {},
): Promise<Run> {
  const { runs, links } = pipeline.ports.store;
  const latest = await runs.latest(kind);
  const { settings } = await pipeline.workspaces.current();
  const current = latest?.state === 'running' ? latest : await runs.start(kind, settings.version);
  let { counts, checkpoint, total }: Pick<Run, 'counts' | 'checkpoint' | 'total'> = {
    ...current,
    counts: { ...NO_COUNTS, ...current.counts },
  };
  for (;;) {
    if (options.signal?.aborted) return { ...current, counts, checkpoint, total };
    const page = await PAGES[kind](pipeline, checkpoint);
    if (page.total !== null) {
      total = (total ?? 0) + page.total;
      await runs.setTotal(current.id, total);
    }
    const report = await pipeline.sync(page.sightings, {
      cause: kind,
      runId: current.id,
      recheck: true,
    });
    counts = add(counts, report, page.sightings.length);
    options.onProgress?.({ kind, counts, total });
    if (page.next === null) break;
    checkpoint = page.next;
    await links.record({ links: [], changes: [], run: { id: current.id, checkpoint, counts } });
  }
  await links.record({ links: [], changes: [], run: { id: current.id, checkpoint, counts } });
  await runs.finish(current.id, 'finished');
  return { ...current, state: 'finished', counts, checkpoint, total };
}
