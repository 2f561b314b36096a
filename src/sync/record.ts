// Last room of the pipeline: what is remembered of every pair, with its history, in one transaction.
import { randomUUID } from 'node:crypto';
import type { Link } from '../engine/link.ts';
import type { Pair } from '../engine/match.ts';
import { reason } from '../engine/reasons.ts';
import type { FieldWrite, Settled } from '../engine/outcome.ts';
import { contentOf } from '../engine/settle.ts';
import { sendsSomething } from '../engine/plan.ts';
import { unrecordedOf } from '../engine/unrecorded.ts';
import {
  HOLD_MS,
  NO_HOLD,
  type Change,
  type Hold,
  type LinkClaim,
  type LinkSave,
  type Store,
} from '../store/port.ts';
import type { PlannedPair } from './apply.ts';
import type { Workspace } from './workspace.ts';

/** What woke the sync, for history. */
export interface Origin {
  readonly cause: Change['cause'];
  /** Who had it done, for history; absent where nobody did, or nobody knows. */
  readonly by?: string | undefined;
  readonly runId: string | null;
}

/**
 * Without an external-ID field a create can't be repeated safely, so it is written down before it is sent:
 * whoever comes later, after a crash or beside us, waits and looks for the record first.
 */
export async function announceCreates(
  planned: readonly PlannedPair[],
  workspace: Workspace,
  store: Store,
  now: string,
): Promise<readonly PlannedPair[]> {
  const unsafe = planned.filter(
    ({ plan: one }) => one.kind === 'createInSalesforce' && !workspace.externalIdOn[one.object],
  );
  if (unsafe.length === 0) return planned;
  const saves = unsafe.map(({ pair }): LinkSave => ({
    existing: existingOf(pair.link),
    absorbs: [],
    content: {
      ...contentOf(pair),
      state: 'waiting',
      reason: reason('ANSWER_LOST'),
      creatingSince: now,
      retryAt: now,
    },
  }));
  const saved = await store.links.record({ links: saves, changes: [] });
  const announced = new Map(unsafe.map(({ pair }, index) => [pair, saved[index] ?? null]));
  return planned.flatMap((one) => {
    const link = announced.get(one.pair);
    if (link === undefined) return [one];
    return link === null ? [] : [{ plan: one.plan, pair: { ...one.pair, link } }];
  });
}

/**
 * Keeps everybody else from the pairs that are about to be written. Left out are those that somebody else is
 * writing or has changed since they were read: a write on old news would undo theirs.
 */
export async function holdPairs(
  planned: readonly PlannedPair[],
  store: Store,
  now: string,
): Promise<{ held: readonly PlannedPair[]; hold: Hold }> {
  const sending = planned.filter(({ plan: one }) => sendsSomething(one));
  if (sending.length === 0) return { held: planned, hold: NO_HOLD };
  const claims = sending.map(({ pair, plan: one }): LinkClaim => ({
    unrecorded: unrecordedOf(pair, one, now),
    existing: existingOf(pair.link),
    absorbs: pair.absorbs.map(({ id, version }) => ({ id, version })),
    content: contentOf(pair),
  }));
  const holder = randomUUID();
  const accepted = await store.links.hold(claims, holder);
  const refused = new Set(sending.filter((_, index) => accepted[index] !== true));
  return {
    held: planned.filter((one) => !refused.has(one)),
    hold: {
      holder,
      recordIds: sending.flatMap(({ pair }, index) => (accepted[index] ? recordIdsOf(pair) : [])),
    },
  };
}

/** Does what takes as long as the CRMs like, a Retry-After of minutes even, and keeps others from the pairs all the time. */
export async function whileHeld<Done>(
  hold: Hold,
  store: Store,
  work: () => Promise<Done>,
): Promise<Done> {
  if (hold.recordIds.length === 0) return work();
  // A renewal that fails is made up for by the next one; the hold outlasts two of them.
  const renewing = setInterval(() => void store.links.renew(hold).catch(() => null), HOLD_MS / 3);
  // It keeps no process alive that has nothing else to do.
  renewing.unref();
  try {
    return await work();
  } finally {
    clearInterval(renewing);
  }
}

/** Ids of all records a pair has to do with: its own, and those its links hold. */
function recordIdsOf({ hubspot, salesforce, link, absorbs }: Pair): string[] {
  const held = [...(link ? [link] : []), ...absorbs];
  return [
    ...new Set(
      [
        hubspot?.id ?? null,
        salesforce?.id ?? null,
        ...held.flatMap(({ hubspotId, salesforceId }) => [hubspotId, salesforceId]),
      ].filter((id) => id !== null),
    ),
  ];
}

/** The pairs whose rows somebody else changed meanwhile: theirs stays, and both sides are looked at again. */
export async function record(
  planned: readonly PlannedPair[],
  settled: readonly Settled[],
  releases: Hold,
  { cause, runId, by }: Origin,
  store: Store,
): Promise<ReadonlySet<Pair>> {
  const pairs: Pair[] = [];
  const links: LinkSave[] = [];
  const changes: Change[] = [];
  for (const [index, { pair, plan: done }] of planned.entries()) {
    const one = settled[index];
    if (!one) continue;
    const isCompared = done.kind !== 'leave' && one.result !== 'failed';
    const { hubspotId, salesforceId } = one.content;
    if (hubspotId === null && salesforceId === null) continue;
    pairs.push(pair);
    const about = { hubspotId, salesforceId, runId, cause };
    const rowOf = (write: FieldWrite): Change => ({ ...write, ...about, by });
    links.push({
      existing: existingOf(pair.link),
      absorbs: pair.absorbs.map(({ id, version }) => ({ id, version })),
      content: one.content,
      settles: isCompared ? recordIdsOf(pair) : [],
      // A killed worker’s writes, whoever had those done.
      recovered: isCompared ? (pair.recovered ?? []).map((write) => ({ ...write, ...about })) : [],
    });
    changes.push(...one.writes.map(rowOf));
  }
  if (links.length === 0) return new Set();
  const saved = await store.links.record({ links, changes, releases });
  return new Set(pairs.filter((_, index) => saved[index] === null));
}

const existingOf = (link: Link | null): LinkSave['existing'] =>
  link && { id: link.id, version: link.version };
