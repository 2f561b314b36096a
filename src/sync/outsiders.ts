// Who waits because of a list and need not wait any more. Leaving an exclusion list is told by nothing, and a join
// may be shown late, behind the position where joiners are looked for. So those who wait are asked for by and
// by, a few hundred at a time: what that costs depends on how many wait, not on the lists or the portal.
import { z } from 'zod';
import type { Link } from '../engine/link.ts';
import type { ReasonCode } from '../engine/reasons.ts';
import type { HubSpotList } from '../hubspot/port.ts';
import type { Pipeline } from './pipeline.ts';
import type { Sighting } from './sighting.ts';
import type { ChosenList, ChosenLists } from './workspace.ts';

const CURSOR = 'outsiders';
const EVERY_MS = 10 * 60_000;
/** Asked for at once, of each kind: five calls. */
const PER_LOOK = 500;
/** Links are read until that many are found, but not without end. */
const MOST_PAGES = 20;

interface Kind {
  readonly name: string;
  /** Why they wait. */
  readonly reasons: readonly ReasonCode[];
  readonly list: (lists: ChosenLists) => ChosenList;
  /** Whether members of the list go, or those who are none. */
  readonly membersGo: boolean;
}

const KINDS: readonly Kind[] = [
  {
    name: 'exclusion',
    reasons: ['IN_EXCLUSION_LIST'],
    list: ({ exclusion }) => exclusion,
    membersGo: false,
  },
  {
    name: 'inclusion',
    reasons: ['NOT_IN_INCLUSION_LIST', 'NOT_A_SENDER'],
    list: ({ inclusion }) => inclusion,
    membersGo: true,
  },
  {
    name: 'receivers',
    reasons: ['NOT_A_RECEIVER'],
    list: ({ receivers }) => receivers,
    membersGo: true,
  },
];

const cursorSchema = z.object({
  lookedAt: z.number(),
  /** By kind: id of the last link that was looked at; absent: begin with the first. */
  after: z.record(z.string(), z.string()),
});

export class Outsiders {
  readonly #pipeline: Pipeline;

  constructor(pipeline: Pipeline) {
    this.#pipeline = pipeline;
  }

  /** Hands over who may sync now; at most every ten minutes, whichever worker asks. */
  async poll(handle: (sightings: readonly Sighting[]) => Promise<void>): Promise<void> {
    const { ports, workspaces } = this.#pipeline;
    const { cursors } = ports.store;
    const stored = await cursors.get(CURSOR);
    const known = cursorSchema.safeParse(stored).data ?? { lookedAt: -Infinity, after: {} };
    const now = ports.now();
    // A clock that was ahead doesn't hold anything up.
    if (Math.abs(now - known.lookedAt) < EVERY_MS) return;
    const isMine = await cursors.replace(CURSOR, stored ?? null, { ...known, lookedAt: now });
    if (!isMine) return;
    const after = new Map(Object.entries(known.after));
    const { lists } = await workspaces.current();
    for (const kind of KINDS) {
      const list = kind.list(lists);
      if (list === null || list === 'missing') continue;
      const { waiting, next } = await this.#waitingFor(kind, list, after.get(kind.name) ?? null);
      await handle(await this.#whoMayGo(kind, list, waiting));
      if (next === null) after.delete(kind.name);
      else after.set(kind.name, next);
      await cursors.set(CURSOR, { lookedAt: now, after: Object.fromEntries(after) });
    }
  }

  /**
   * Those whom this very list made wait. Choosing another list is no trigger: who waits because of one that was
   * chosen before goes when they change.
   */
  async #waitingFor(
    { reasons }: Kind,
    { name }: HubSpotList,
    after: string | null,
  ): Promise<{ readonly waiting: readonly Link[]; readonly next: string | null }> {
    const { links } = this.#pipeline.ports.store;
    const waiting: Link[] = [];
    const which = { which: 'left', states: ['waiting', 'skipped'], reasons } as const;
    let next = after;
    for (let page = 0; page < MOST_PAGES && waiting.length < PER_LOOK; page += 1) {
      const found = await links.page(which, next, PER_LOOK - waiting.length);
      waiting.push(...found.filter(({ reason }) => reason?.details.list === name));
      next = found.at(-1)?.id ?? null;
      if (next === null) break;
    }
    return { waiting, next };
  }

  async #whoMayGo(
    { membersGo }: Kind,
    { id }: HubSpotList,
    waiting: readonly Link[],
  ): Promise<Sighting[]> {
    const ids = waiting.flatMap(({ hubspotId }) => hubspotId ?? []);
    if (ids.length === 0) return [];
    const members = await this.#pipeline.ports.hubspot.lists.members(id, ids);
    return ids
      .filter((one) => members.has(one) === membersGo)
      .map((one) => ({ key: { side: 'hubspot', id: one } }));
  }
}
