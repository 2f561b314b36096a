// Past Salesforce's records in the order of their ids, one object after the other: all of them, or those of one
// object that meet a condition.
import { z } from 'zod';
import { SALESFORCE_OBJECTS, type SalesforceObject } from '../../engine/fields.ts';
import type { SalesforceRecord } from '../../engine/records.ts';
import { withCampaigns } from '../campaigns.ts';
import type { Pipeline } from '../pipeline.ts';
import type { Sighting } from '../sighting.ts';
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
}

export const salesforceWalk = ({
  objects,
  condition,
  alsoUnseen,
}: SalesforceWalkOptions): Walk => ({
  count: async ({ ports }) => {
    const counts = await ports.salesforce.records.count(objects, condition ?? undefined);
    return counts.reduce((total, count) => total + count, 0);
  },

  async page(pipeline, at) {
    const [first = 'Contact'] = objects;
    const { object, afterId } =
      at === null ? { object: first, afterId: null } : positionSchema.parse(at);
    const { salesforceFields } = await pipeline.workspaces.current();
    const readAt = pipeline.ports.now();
    const page = await pipeline.ports.salesforce.records.list(
      object,
      afterId,
      salesforceFields[object],
      condition ?? undefined,
    );
    const sightings = await withTheirCampaigns(pipeline, object, page.records, readAt);
    const gone = alsoUnseen
      ? await unseen(pipeline, { side: 'salesforce', object }, page, afterId)
      : [];
    const nextObject = objects[objects.indexOf(object) + 1];
    return {
      sightings: [...sightings, ...gone],
      next:
        page.afterId !== null
          ? { object, afterId: page.afterId }
          : nextObject
            ? { object: nextObject, afterId: null }
            : null,
    };
  },
});

async function withTheirCampaigns(
  { ports, workspaces }: Pipeline,
  object: SalesforceObject,
  records: readonly SalesforceRecord[],
  readAt: number,
): Promise<Sighting[]> {
  const { settings } = await workspaces.current();
  const ids = { Lead: [], Contact: [], [object]: records.map(({ id }) => id) };
  const campaigns =
    settings.settings.campaigns.sync && records.length > 0
      ? await ports.salesforce.records.campaigns(ids)
      : null;
  return records.map((record): Sighting => ({
    key: { side: 'salesforce', object: record.object, id: record.id },
    record: campaigns ? withCampaigns(record, campaigns.get(record.id) ?? []) : record,
    readAt,
  }));
}
