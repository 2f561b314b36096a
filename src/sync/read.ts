// Second room of the pipeline: from record keys to everything the plan needs of both sides, in a fixed
// handful of calls for the whole batch. A trigger's own rows may come along and spare a read; what they
// are paired with is always read.
import type { Unrecorded } from '../engine/link.ts';
import { mergedContactIds } from '../engine/partners.ts';
import type { RecordKey } from '../engine/records.ts';
import type { Sighted } from '../engine/sighted.ts';
import { BothSidesReader } from './both-sides.ts';
import { asksForCampaigns, keyName, type Sighting } from './sighting.ts';
import type { Ports, Workspace } from './workspace.ts';

export interface ReadBatch {
  readonly subjects: readonly RecordKey[];
  readonly sighted: Sighted;
  /** What others were, or are, writing to those in sight. */
  readonly unrecorded: readonly Unrecorded[];
  /** Contacts known only from the search index. */
  readonly fromIndex: ReadonlySet<string>;
  /** Subjects that hold nothing new: no need to look at their other side. */
  readonly unchanged: number;
}

/**
 * Reads both sides of every sighting, except of those that hold nothing new (`skipUnchanged`). With
 * `recheck` a row that was looked at before is news again unless both sides agreed on it.
 */
export async function readBoth(
  sightings: readonly Sighting[],
  workspace: Workspace,
  ports: Ports,
  recheck: boolean,
  skipUnchanged: boolean,
): Promise<ReadBatch> {
  const byKey = new Map(sightings.map((sighting) => [keyName(sighting.key), sighting]));
  const links = await ports.store.links.find(idsOf([...byKey.values()]));
  const known = new BothSidesReader(workspace, ports, links);
  const pending = [...byKey.values()].filter(
    (sighting) => !skipUnchanged || known.isNews(sighting, recheck),
  );
  // Both sides of every link in sight are read: those of the unchanged are out of it.
  const ids = idsOf(pending);
  const current = pending.map((sighting) => withoutStaleRow(sighting, known));
  const inSight = new Set([...ids.hubspot, ...ids.salesforce]);
  const reader = new BothSidesReader(
    workspace,
    ports,
    links.filter(({ hubspotId, salesforceId }) =>
      [hubspotId, salesforceId].some((id) => id !== null && inSight.has(id)),
    ),
  );
  await reader.read(current);
  return {
    subjects: pending.map(({ key }) => key),
    sighted: reader.sighted(),
    unrecorded: reader.unrecorded,
    fromIndex: new Set(current.filter((sighting) => sighting.fromIndex).map(({ key }) => key.id)),
    unchanged: byKey.size - pending.length,
  };
}

/** Clocks of workers that are set by NTP may differ by this, milliseconds. */
const CLOCKS_DIFFER_MS = 250;

/**
 * A row that was asked for before somebody wrote the pair may show what they wrote over: compared with what
 * they remembered, it would look like a change back. It is read again.
 */
function withoutStaleRow(sighting: Sighting, known: BothSidesReader): Sighting {
  const { readAt, key } = sighting;
  const syncedAt = known.lastSyncedAt(key);
  if (readAt === undefined || syncedAt === null) return sighting;
  if (readAt > Date.parse(syncedAt) + CLOCKS_DIFFER_MS) return sighting;
  return { key, campaigns: asksForCampaigns(sighting) };
}

/** Of the sighted, and of contacts that were merged into one of them. */
function idsOf(sightings: readonly Sighting[]): { hubspot: string[]; salesforce: string[] } {
  const keys = sightings.map(({ key }) => key);
  const merged = sightings.flatMap(({ contact }) => (contact ? mergedContactIds(contact) : []));
  const hubspot = keys.filter((key) => key.side === 'hubspot').map((key) => key.id);
  return {
    hubspot: [...hubspot, ...merged],
    salesforce: keys.filter((key) => key.side === 'salesforce').map((key) => key.id),
  };
}
