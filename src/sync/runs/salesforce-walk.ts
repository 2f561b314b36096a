// Past Salesforce's records in the order of their ids, one object after the other: all of them, or those of one
// object that meet a condition.
import { z } from 'zod';
import { SALESFORCE_OBJECTS, type SalesforceObject } from '../../engine/fields.ts';
import { sightingsWithCampaigns } from '../campaigns.ts';
import { exportBehind, exportPage, exportPositionSchema } from './export-walk.ts';
import { unseen } from './unseen.ts';
import type { Walk } from './walk.ts';

const positionSchema = z.object({
  object: z.enum(SALESFORCE_OBJECTS),
  afterId: z.string().nullable(),
});

export interface SalesforceWalkOptions {
  /** In this order. */
  readonly objects: readonly SalesforceObject[];
  readonly condition: string | null;
  /** Name those too that Tandem remembers and Salesforce doesn't list. */
  readonly alsoUnseen: boolean;
  /** Read very many through an export. Who is missing can't be told from one, and what is written is read again. */
  readonly mayExport?: boolean;
}

export const salesforceWalk = ({
  objects,
  condition,
  alsoUnseen,
  mayExport = false,
}: SalesforceWalkOptions): Walk => ({
  count: async ({ ports }) => {
    const counts = await ports.salesforce.records.count(objects, condition ?? undefined);
    return counts.reduce((total, count) => total + count, 0);
  },

  async page(pipeline, at) {
    const [first = 'Contact'] = objects;
    const { object, afterId } =
      at === null ? { object: first, afterId: null } : positionSchema.parse(at);
    const nextObject = objects[objects.indexOf(object) + 1];
    const behind = nextObject ? { object: nextObject, afterId: null } : null;
    const exported = exportPositionSchema.safeParse(at);
    if (exported.success) return exportPage(pipeline, exported.data, behind);
    const { salesforceFields } = await pipeline.workspaces.current();
    const readAt = pipeline.ports.now();
    const page = await pipeline.ports.salesforce.records.list(
      object,
      afterId,
      salesforceFields[object],
      condition ?? undefined,
    );
    const sightings = await sightingsWithCampaigns(pipeline, object, page.records, readAt);
    const gone = alsoUnseen
      ? await unseen(pipeline, { side: 'salesforce', object }, page, afterId)
      : [];
    const seen = [...sightings, ...gone];
    if (page.afterId === null) return { sightings: seen, next: behind };
    const byExport =
      mayExport && afterId === null ? await exportBehind(pipeline, object, page.afterId) : null;
    return { sightings: seen, next: byExport ?? { object, afterId: page.afterId } };
  },
});
