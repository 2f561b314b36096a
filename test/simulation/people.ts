// Who is there in the end, on both sides, and what Tandem knows of them.
import type { Link } from '../../src/engine/link.ts';
import type { SimWorld } from './world.ts';

export interface People {
  readonly links: readonly Link[];
  readonly byContact: ReadonlyMap<string, Link>;
  readonly byRecord: ReadonlyMap<string, Link>;
}

export const liveRecords = ({ salesforce: { org } }: SimWorld) =>
  (['Lead', 'Contact'] as const).flatMap((object) =>
    org.all(object).filter(({ IsConverted }) => IsConverted !== true),
  );

export async function peopleIn(world: SimWorld): Promise<People> {
  const links = await world.store.links.find({
    hubspot: world.hubspot.portal.all().map(({ id }) => id),
    salesforce: liveRecords(world).map(({ Id }) => String(Id)),
  });
  return {
    links,
    byContact: new Map(links.flatMap((link) => (link.hubspotId ? [[link.hubspotId, link]] : []))),
    byRecord: new Map(
      links.flatMap((link) => (link.salesforceId ? [[link.salesforceId, link]] : [])),
    ),
  };
}

export const text = (value: unknown): string => (value == null ? '' : String(value).trim());

/** Whether the link says why a field is not as its rule says. Nothing here changes back what Tandem writes. */
export const isExcused = ({ fieldReasons }: Link, property: string): boolean =>
  fieldReasons[property] !== undefined && !fieldReasons[property].code.startsWith('CHANGED_BACK');

/** The living pairs that may sync both ways. */
export function* settledPairs(world: SimWorld, { links }: People) {
  const { listId } = world.chosen.inclusion;
  const members = listId === null ? null : new Set(world.hubspot.portal.members(listId));
  for (const link of links) {
    if (!link.hubspotId || !link.salesforceId || !link.salesforceObject) continue;
    const contact = world.hubspot.portal.get(link.hubspotId);
    const record = world.salesforce.org.get(link.salesforceObject, link.salesforceId);
    if (!contact || contact.archived || contact.id !== link.hubspotId) continue;
    if (!record || record.IsDeleted === true || record.IsConverted === true) continue;
    if (members && !members.has(link.hubspotId)) continue;
    yield { link, contact: contact.properties, record };
  }
}
