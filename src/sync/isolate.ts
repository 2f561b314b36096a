// One record that Tandem itself stumbles over never stops the others: a batch that fails for another reason
// than a CRM's is halved until the record is alone, which then gets its reason and the rest goes on. Syncing
// a part of a batch again is safe: what was written is found and believed.
import { CallFailed } from '../engine/failures.ts';
import { retryDelayMs } from '../engine/outcome.ts';
import type { Link, LinkState } from '../engine/link.ts';
import { reason, type Reason } from '../engine/reasons.ts';
import type { RecordKey, Side } from '../engine/records.ts';
import { EMPTY_LINK } from '../engine/settle.ts';
import type { LinkSave } from '../store/port.ts';
import type { BatchReport, PairReport, Pipeline, Trigger } from './pipeline.ts';
import type { Sighting } from './sighting.ts';

/** Tandem's own mistakes are tried again too, ever more rarely: 15 seconds, …, at last once a day. */
const RARELY_MS = 24 * 60 * 60_000;
const MANY_ATTEMPTS = 8;

export type Stumbled = (key: RecordKey, error: unknown) => void;

/** Throws where a whole CRM or the store is out of reach; nothing of these sightings may be forgotten then. */
export async function syncApart(
  pipeline: Pipeline,
  sightings: readonly Sighting[],
  trigger: Trigger,
  stumbled: Stumbled = () => undefined,
): Promise<BatchReport> {
  try {
    return await pipeline.sync(sightings, trigger);
  } catch (error) {
    const [first] = sightings;
    if (error instanceof CallFailed || !first) throw error;
    if (sightings.length > 1) {
      const middle = Math.ceil(sightings.length / 2);
      const one = await syncApart(pipeline, sightings.slice(0, middle), trigger, stumbled);
      const other = await syncApart(pipeline, sightings.slice(middle), trigger, stumbled);
      return {
        pairs: [...one.pairs, ...other.pairs],
        unchanged: one.unchanged + other.unchanged,
      };
    }
    stumbled(first.key, error);
    const why = reason('STUMBLED', { message: messageOf(error) });
    return { pairs: await leave(pipeline, [first.key], 'problem', why), unchanged: 0 };
  }
}

/**
 * Records nobody could work on for long: they are looked at again when they are due, after `pauseMs` where the
 * CRM or the budget said when, else ever later.
 */
export async function leaveWaiting(
  pipeline: Pipeline,
  keys: readonly RecordKey[],
  message: string,
  pauseMs: number | null = null,
): Promise<void> {
  await leave(pipeline, keys, 'waiting', reason('NOT_REACHED', { message }), pauseMs);
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

async function leave(
  { ports }: Pipeline,
  keys: readonly RecordKey[],
  state: LinkState,
  why: Reason,
  pauseMs: number | null = null,
): Promise<PairReport[]> {
  const { links } = ports.store;
  const idsOn = (side: Side): string[] => keys.flatMap((key) => (key.side === side ? key.id : []));
  const known = await links.find({ hubspot: idsOn('hubspot'), salesforce: idsOn('salesforce') });
  const contents = keys.map((key) =>
    contentAfter(key, known, state, why, { now: ports.now(), pauseMs }),
  );
  // A record whose row changed meanwhile is in somebody's hands again.
  await links.record({ links: contents, changes: [] });
  return contents.map(({ content: { hubspotId, salesforceId } }) => ({
    hubspotId,
    salesforceId,
    result: 'failed',
    reason: why,
    writes: [],
    news: [],
  }));
}

function contentAfter(
  key: RecordKey,
  links: readonly Link[],
  state: LinkState,
  why: Reason,
  { now, pauseMs: asked }: { readonly now: number; readonly pauseMs: number | null },
): LinkSave {
  const isHubSpot = key.side === 'hubspot';
  const link = links.find((one) => (isHubSpot ? one.hubspotId : one.salesforceId) === key.id);
  const { id, version, ...content } = link ?? { id: null, version: 0, ...EMPTY_LINK };
  const attempts = content.attempts + 1;
  const pauseMs = asked ?? (attempts > MANY_ATTEMPTS ? RARELY_MS : retryDelayMs(attempts));
  return {
    existing: id === null ? null : { id, version },
    absorbs: [],
    content: {
      ...content,
      ...(isHubSpot
        ? { hubspotId: key.id }
        : { salesforceId: key.id, salesforceObject: key.object }),
      state,
      reason: why,
      attempts,
      retryAt: new Date(now + pauseMs).toISOString(),
    },
  };
}
