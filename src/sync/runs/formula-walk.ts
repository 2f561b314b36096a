// Past all of Salesforce's records for the sake of their formula fields alone: reads those, 2,000 records a call, and
// names the pairs whose values are not the agreed ones.
import { z } from 'zod';
import { SALESFORCE_OBJECTS, type SalesforceObject } from '../../engine/fields.ts';
import { differsFromAgreed, formulaPairs } from '../../engine/formulas.ts';
import type { FieldPair } from '../../engine/mapping.ts';
import type { SalesforceRecord } from '../../engine/records.ts';
import type { Pipeline } from '../pipeline.ts';
import type { Sighting } from '../sighting.ts';
import type { Walk } from './walk.ts';

const positionSchema = z.object({
  object: z.enum(SALESFORCE_OBJECTS),
  afterId: z.string().nullable(),
});

/** Those with a formula field in a mapping in force. */
export async function objectsWithFormulas({ workspaces }: Pipeline): Promise<SalesforceObject[]> {
  const { table } = await workspaces.current();
  return SALESFORCE_OBJECTS.filter((object) => formulaPairs(table, object).length > 0);
}

export const formulaWalk: Walk = {
  async count(pipeline) {
    const objects = await objectsWithFormulas(pipeline);
    const counts =
      objects.length === 0 ? [] : await pipeline.ports.salesforce.records.count(objects);
    return counts.reduce((total, count) => total + count, 0);
  },

  async page(pipeline, at) {
    const [first] = SALESFORCE_OBJECTS;
    const { object, afterId } =
      at === null ? { object: first, afterId: null } : positionSchema.parse(at);
    const { table } = await pipeline.workspaces.current();
    const pairs = formulaPairs(table, object);
    const nextObject = SALESFORCE_OBJECTS[SALESFORCE_OBJECTS.indexOf(object) + 1];
    const behind = nextObject === undefined ? null : { object: nextObject, afterId: null };
    if (pairs.length === 0) return { sightings: [], next: behind };
    const fields = pairs.map(({ field }) => field.name);
    const page = await pipeline.ports.salesforce.records.list(object, afterId, fields);
    return {
      sightings: await differing(pipeline, pairs, page.records),
      passed: page.records.length,
      next: page.afterId === null ? behind : { object, afterId: page.afterId },
    };
  },
};

/** Named without their rows, which hold formula fields alone. */
async function differing(
  { ports }: Pipeline,
  pairs: readonly FieldPair[],
  records: readonly SalesforceRecord[],
): Promise<Sighting[]> {
  const salesforce = records.map(({ id }) => id);
  const links = await ports.store.links.find({ hubspot: [], salesforce });
  const paired = new Map(
    links
      .filter(({ hubspotId }) => hubspotId !== null)
      .map((link) => [link.salesforceId, link] as const),
  );
  return records.flatMap((record): Sighting[] => {
    const { object, id, isConverted } = record;
    const link = paired.get(id);
    return link && !isConverted && differsFromAgreed(pairs, link, record)
      ? [{ key: { side: 'salesforce', object, id } }]
      : [];
  });
}
