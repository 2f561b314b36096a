// Past those Tandem remembers: pairs, or whoever was left out for some reason.
import { z } from 'zod';
import type { LinkFilter } from '../../store/port.ts';
import { sightingOf } from '../sighting.ts';
import type { Walk } from './walk.ts';

const LINKS_PER_BATCH = 1_000;

export const linksWalk = (which: LinkFilter): Walk => ({
  count: ({ ports }) => ports.store.links.count(which),

  async page({ ports }, at) {
    const after = z.string().nullable().parse(at);
    const links = await ports.store.links.page(which, after, LINKS_PER_BATCH);
    return {
      sightings: links.flatMap(sightingOf),
      next: links.length < LINKS_PER_BATCH ? null : (links.at(-1)?.id ?? null),
    };
  },
});
