// Who joined the lists that decide who syncs: joining is a trigger of its own (native-connector §4.1.5), and
// nothing else tells of it. Choosing a list is none: whoever was in it by then is passed over, and goes when
// they change or when the list is synced by hand.
import { z } from 'zod';
import { CallRejected } from '../engine/failures.ts';
import type { HubSpotList, JoinedPage } from '../hubspot/port.ts';
import { Forbidden } from '../hubspot/transport.ts';
import type { Pipeline } from './pipeline.ts';
import type { Sighting } from './sighting.ts';

const CURSOR = 'joined';

const positionSchema = z.object({
  /** HubSpot's position that leads to the last page. */
  after: z.string().nullable(),
  /** Those of the last page that were dealt with: id and time of joining. */
  seen: z.array(z.string()),
});
type Position = z.infer<typeof positionSchema>;
/** By list id. */
const cursorSchema = z.record(z.string(), positionSchema);

type Handle = (sightings: readonly Sighting[]) => Promise<void>;

export class Joiners {
  readonly #pipeline: Pipeline;

  constructor(pipeline: Pipeline) {
    this.#pipeline = pipeline;
  }

  /** Hands over everybody who joined since the last look; the position moves only after they were dealt with. */
  async poll(handle: Handle): Promise<void> {
    const { lists, settings } = await this.#pipeline.workspaces.current();
    const chosen = [...new Set([lists.inclusion, lists.receivers])].filter(
      (list): list is HubSpotList => list !== null && list !== 'missing',
    );
    const { cursors } = this.#pipeline.ports.store;
    const stored = cursorSchema.safeParse((await cursors.get(CURSOR)) ?? {});
    const known = stored.success ? stored.data : {};
    const { listId, receivers } = settings.settings.inclusion;
    const names = new Set([listId, typeof receivers === 'object' ? receivers.listId : null]);
    const positions = Object.fromEntries(Object.entries(known).filter(([id]) => names.has(id)));
    if (Object.keys(positions).length !== Object.keys(known).length)
      await cursors.set(CURSOR, positions);
    for (const { id } of chosen) {
      const since = positions[id] ? null : settings.savedAt;
      await this.#walk(
        id,
        positions[id] ?? { after: null, seen: [] },
        since,
        handle,
        async (now) => {
          positions[id] = now;
          await cursors.set(CURSOR, positions);
        },
      );
    }
  }

  /** @param since for a first walk: those who joined before are passed over, ISO */
  async #walk(
    listId: string,
    from: Position,
    since: string | null,
    handle: Handle,
    moveTo: (position: Position) => Promise<void>,
  ): Promise<void> {
    let { after } = from;
    let seen = new Set(from.seen);
    for (;;) {
      const page = await this.#page(listId, after);
      if (page === null) return;
      const fresh = page.members.filter(
        (member) => !seen.has(keyOf(member)) && (since === null || member.joinedAt > since),
      );
      await handle(fresh.map(({ id }): Sighting => ({ key: { side: 'hubspot', id } })));
      if (page.after === null) {
        const isNews = since !== null || after !== from.after || fresh.length > 0;
        if (isNews) await moveTo({ after, seen: page.members.map(keyOf) });
        return;
      }
      ({ after } = page);
      seen = new Set();
      // A first walk that is cut short begins anew: its later pages hold members to be passed over.
      if (since === null) await moveTo({ after, seen: [] });
    }
  }

  /** Null for a list that cannot be read any more: the plan says so of everybody. */
  async #page(listId: string, after: string | null): Promise<JoinedPage | null> {
    try {
      return await this.#pipeline.ports.hubspot.lists.joined(listId, after);
    } catch (error) {
      if (error instanceof CallRejected || error instanceof Forbidden) return null;
      throw error;
    }
  }
}

const keyOf = ({ id, joinedAt }: JoinedPage['members'][number]): string => `${id} ${joinedAt}`;
