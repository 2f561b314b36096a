// Past HubSpot's contacts: all of them in the order of their ids, the members of a list, or some that were picked.
import { z } from 'zod';
import type { HubSpotContact } from '../../engine/records.ts';
import type { Sighting } from '../sighting.ts';
import { unseen } from './unseen.ts';
import type { Walk } from './walk.ts';

/** HubSpot pages (100 each) that are synced together: fills Salesforce's composite of 1,000 rows. */
const PAGES_PER_BATCH = 10;
/** A list's pages hold 250 ids. */
const LIST_PAGES_PER_BATCH = 4;
const PICKED_PER_BATCH = 1_000;

const sightingOf = (id: string): Sighting => ({ key: { side: 'hubspot', id } });

const everybodySchema = z.object({ after: z.string(), lastId: z.string() }).nullable();

/** @param alsoUnseen name those too that Tandem remembers and HubSpot doesn't list */
export const hubspotWalk = (alsoUnseen: boolean): Walk => ({
  count: ({ ports }) => ports.hubspot.contacts.count(),

  async page(pipeline, at) {
    const from = everybodySchema.parse(at);
    const { hubspotProperties } = await pipeline.workspaces.current();
    const readAt = pipeline.ports.now();
    const contacts: HubSpotContact[] = [];
    let after = from?.after ?? null;
    for (let page = 0; page < PAGES_PER_BATCH; page += 1) {
      const found = await pipeline.ports.hubspot.contacts.list(after, hubspotProperties);
      contacts.push(...found.contacts);
      after = found.after;
      if (after === null) break;
    }
    const lastId = contacts.at(-1)?.id ?? from?.lastId ?? '';
    const listed = { records: contacts, afterId: after === null ? null : lastId };
    const gone = alsoUnseen
      ? await unseen(pipeline, { side: 'hubspot' }, listed, from?.lastId ?? null)
      : [];
    return {
      sightings: [
        ...contacts.map((contact): Sighting => ({ ...sightingOf(contact.id), contact, readAt })),
        ...gone,
      ],
      next: after === null ? null : { after, lastId },
    };
  },
});

const listSchema = z.object({ after: z.string() }).nullable();

export const listWalk = (listId: string): Walk => ({
  count: async ({ ports }) => (await ports.hubspot.lists.get(listId))?.size ?? null,

  async page({ ports }, at) {
    let after = listSchema.parse(at)?.after ?? null;
    const sightings: Sighting[] = [];
    for (let page = 0; page < LIST_PAGES_PER_BATCH; page += 1) {
      const found = await ports.hubspot.lists.joined(listId, after);
      sightings.push(...found.members.map(({ id }) => sightingOf(id)));
      after = found.after;
      if (after === null) break;
    }
    return { sightings, next: after === null ? null : { after } };
  },
});

export const pickedWalk = (ids: readonly string[]): Walk => ({
  count: () => Promise.resolve(ids.length),
  page: (_, at) => {
    const start = z.number().nullable().parse(at) ?? 0;
    const end = start + PICKED_PER_BATCH;
    return Promise.resolve({
      sightings: ids.slice(start, end).map(sightingOf),
      next: end < ids.length ? end : null,
    });
  },
});
