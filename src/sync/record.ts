// Last room of the pipeline: what is remembered of every pair, with its history, in one transaction.
import type { Link } from '../engine/link.ts';
import type { Pair } from '../engine/match.ts';
import { reason } from '../engine/reasons.ts';
import { type Settled } from '../engine/outcome.ts';
import { contentOf } from '../engine/settle.ts';
import type { Change, LinkSave, Store } from '../store/port.ts';
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

/** The pairs whose rows somebody else changed meanwhile: theirs stays, and both sides are looked at again. */
export async function record(
  planned: readonly PlannedPair[],
  settled: readonly Settled[],
  { cause, runId }: Origin,
  store: Store,
): Promise<ReadonlySet<Pair>> {
  const pairs: Pair[] = [];
  const links: LinkSave[] = [];
  const changes: Change[] = [];
  for (const [index, { pair }] of planned.entries()) {
    const one = settled[index];
    if (!one) continue;
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
  const saved = await store.links.record({ links, changes });
  return new Set(pairs.filter((_, index) => saved[index] === null));
}

const existingOf = (link: Link | null): LinkSave['existing'] =>
  link && { id: link.id, version: link.version };
