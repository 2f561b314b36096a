// Last room of the pipeline: what is remembered of every pair, with its history, in one transaction.
import type { Link } from '../engine/link.ts';
import type { Pair } from '../engine/match.ts';
import { reason } from '../engine/reasons.ts';
import { type Settled } from '../engine/outcome.ts';
import { contentOf } from '../engine/settle.ts';
import { sendsSomething } from '../engine/plan.ts';
import { sendingOf } from '../engine/unrecorded.ts';
import type { Change, LinkClaim, LinkSave, Store } from '../store/port.ts';
import type { PlannedPair } from './apply.ts';
import type { Workspace } from './workspace.ts';

/** What woke the sync, for history. */
export interface Origin {
  readonly cause: Change['cause'];
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
): Promise<{ held: readonly PlannedPair[]; linkIds: readonly string[] }> {
  const sending = planned.filter(({ plan: one }) => sendsSomething(one));
  if (sending.length === 0) return { held: planned, linkIds: [] };
  const claims = sending.map(({ pair, plan: one }): LinkClaim => ({
    sending: sendingOf(one),
    existing: existingOf(pair.link),
    absorbs: pair.absorbs.map(({ id, version }) => ({ id, version })),
    content: contentOf(pair),
  }));
  const accepted = await store.links.hold(claims);
  const refused = new Set(sending.filter((_, index) => accepted[index] !== true));
  return {
    held: planned.filter((one) => !refused.has(one)),
    linkIds: claims.flatMap(({ existing, absorbs }, index) =>
      accepted[index] === true
        ? [...(existing ? [existing] : []), ...absorbs].map(({ id }) => id)
        : [],
    ),
  };
}

/** The pairs whose rows somebody else changed meanwhile: theirs stays, and both sides are looked at again. */
export async function record(
  planned: readonly PlannedPair[],
  settled: readonly Settled[],
  releases: readonly string[],
  { cause, runId }: Origin,
  store: Store,
): Promise<ReadonlySet<Pair>> {
  const pairs: Pair[] = [];
  const links: LinkSave[] = [];
  const changes: Change[] = [];
  const compared: string[] = [];
  for (const [index, { pair, plan: done }] of planned.entries()) {
    const one = settled[index];
    if (!one) continue;
    if (done.kind !== 'leave' && one.result !== 'failed')
      compared.push(...[...(pair.link ? [pair.link] : []), ...pair.absorbs].map(({ id }) => id));
    const { hubspotId, salesforceId } = one.content;
    if (hubspotId === null && salesforceId === null) continue;
    pairs.push(pair);
    links.push({
      existing: existingOf(pair.link),
      absorbs: pair.absorbs.map(({ id, version }) => ({ id, version })),
      content: one.content,
    });
    for (const write of one.writes) {
      changes.push({
        ...write,
        hubspotId,
        salesforceId,
        runId,
        cause,
      });
    }
  }
  if (links.length === 0) return new Set();
  const saved = await store.links.record({ links, changes, releases, compared });
  return new Set(pairs.filter((_, index) => saved[index] === null));
}

const existingOf = (link: Link | null): LinkSave['existing'] =>
  link && { id: link.id, version: link.version };
