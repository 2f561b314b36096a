// What other lists would do, before they are saved: how many of those who are paired go on, stop or start again, and
// what would become of members who are in no pair yet, by a dry run of some of them. Reads only.
import { inclusionEffect, scaled, type InclusionEffect } from '../../engine/inclusion-effect.ts';
import { listPolicy, type ListPolicy } from '../../engine/list-policy.ts';
import type { Reason } from '../../engine/reasons.ts';
import type { Settings } from '../../engine/settings.ts';
import type { ListRole } from '../../engine/trace.ts';
import type { HubSpotList } from '../../hubspot/port.ts';
import type { PairRow } from '../../store/port.ts';
import type { PlannedPair } from '../apply.ts';
import type { Pipeline } from '../pipeline.ts';
import { namesOf } from '../plan-batch.ts';
import { traced } from '../trace.ts';
import type { ChosenList, ChosenLists, Workspace } from '../workspace.ts';
import { MOST_ASKED, type MemberReader, type Members } from './members.ts';

/** Pairs that are judged where every list was read whole. */
const MOST_PAIRS = 20_000;
/** Members without a pair for whom a sync is planned. */
const MOST_PLANNED = 100;

/** `estimated`: from a part of them. */
export interface Figure {
  readonly count: number;
  readonly precision: 'exact' | 'estimated';
}

export interface Newcomers {
  readonly all: Figure;
  /** For how many of them a sync was planned. */
  readonly looked: number;
  readonly becomeLeads: Figure;
  readonly becomeContacts: Figure;
  /** Salesforce has them already. */
  readonly pair: Figure;
  readonly leftOut: readonly { readonly reason: Reason; readonly figure: Figure }[];
}

export interface InclusionPreview {
  readonly lists: Readonly<Record<ListRole, HubSpotList | null>>;
  readonly members: Figure;
  readonly effect: Readonly<Record<keyof InclusionEffect, Figure>>;
  readonly newcomers: Newcomers;
  /** How many pairs there are, and how many of them were judged. */
  readonly pairs: { readonly all: number; readonly judged: number };
}

/** Null where a list of `inclusion` cannot be read. */
export async function inclusionPreview(
  pipeline: Pipeline,
  reader: MemberReader,
  inclusion: Settings['inclusion'],
): Promise<InclusionPreview | null> {
  const { hubspot, store } = pipeline.ports;
  const saved = await pipeline.workspaces.current();
  const draft = await pipeline.workspaces.under({ ...saved.settings.settings, inclusion });
  const lists = readableLists(draft.lists);
  if (lists === null) return null;
  const before = readableLists(saved.lists);
  const [all, pairs, members, everybody] = await Promise.all([
    store.links.count({ which: 'paired' }),
    store.links.somePairs(MOST_PAIRS),
    membersOfEach(reader, [lists, before]),
    lists.inclusion === null ? hubspot.contacts.count() : null,
  ]);
  const judged = await judgedBy(reader, pairs, members);
  const effect = inclusionEffect(
    judged.pairs.map(({ hubspotId, state }) => ({
      state,
      isIn: {
        before: (role) => before !== null && judged.isIn(before[role], hubspotId),
        after: (role) => judged.isIn(lists[role], hubspotId),
      },
    })),
    {
      before: before === null ? NOBODY_SYNCS : listPolicy(namesOf(saved.lists)),
      after: listPolicy(namesOf(draft.lists)),
    },
  );
  const share = { of: judged.pairs.length, all };
  const figure = (found: number): Figure => figureOf(found, share);
  const joined = await reader.of(lists.inclusion);
  const count = lists.inclusion?.size ?? everybody ?? 0;
  const own = judged.pairs.filter(
    ({ hubspotId }) => lists.inclusion === null || judged.isIn(lists.inclusion, hubspotId),
  );
  const unpaired = await unpairedOf(pipeline, joined, pairs, all);
  const newcomers = joined.isComplete
    ? ({ count: unpaired.length, precision: 'exact' } as const)
    : ({
        count: Math.max(0, count - scaled(own.length, share)),
        precision: 'estimated',
      } as const);
  return {
    lists,
    members: { count: joined.isComplete ? joined.ids.size : count, precision: 'exact' },
    effect: {
      paired: figure(effect.paired),
      inSync: figure(effect.inSync),
      stop: figure(effect.stop),
      start: figure(effect.start),
      oneWayOnly: figure(effect.oneWayOnly),
      excluded: figure(effect.excluded),
    },
    newcomers: await plannedFor(pipeline, draft, unpaired, newcomers),
    pairs: { all, judged: judged.pairs.length },
  };
}

const BOTH_CLOSED: Reason = { code: 'INCLUSION_LIST_UNREADABLE', details: { list: '' } };
/** While a list cannot be read. */
const NOBODY_SYNCS: ListPolicy = () => ({ toSalesforce: BOTH_CLOSED, toHubSpot: BOTH_CLOSED });

type ReadableLists = Readonly<Record<ListRole, HubSpotList | null>>;

function readableLists({ inclusion, receivers, exclusion }: ChosenLists): ReadableLists | null {
  return isThere(inclusion) && isThere(receivers) && isThere(exclusion)
    ? { inclusion, receivers, exclusion }
    : null;
}

const isThere = (list: ChosenList): list is HubSpotList | null => list !== 'missing';

async function membersOfEach(
  reader: MemberReader,
  chosen: readonly (ReadableLists | null)[],
): Promise<ReadonlyMap<string, Members>> {
  const lists = new Map(
    chosen
      .flatMap((one) => (one === null ? [] : [one.inclusion, one.receivers, one.exclusion]))
      .flatMap((list) => (list === null ? [] : [[list.id, list] as const])),
  );
  return new Map(
    await Promise.all(
      [...lists.values()].map(async (list) => [list.id, await reader.of(list)] as const),
    ),
  );
}

interface Judged {
  readonly pairs: readonly PairRow[];
  readonly isIn: (list: HubSpotList | null, contactId: string) => boolean;
}

/** Whose membership is known: everybody's where the lists were read whole, else some are asked for. */
async function judgedBy(
  reader: MemberReader,
  pairs: readonly PairRow[],
  members: ReadonlyMap<string, Members>,
): Promise<Judged> {
  if ([...members.values()].every(({ isComplete }) => isComplete)) {
    return {
      pairs,
      isIn: (list, id) => list !== null && members.get(list.id)?.ids.has(id) === true,
    };
  }
  const some = pairs.slice(0, MOST_ASKED);
  const listsOf = await reader.listsOf(some.map(({ hubspotId }) => hubspotId));
  return { pairs: some, isIn: (list, id) => list !== null && listsOf(id).has(list.id) };
}

const figureOf = (found: number, share: { readonly of: number; readonly all: number }): Figure => ({
  count: scaled(found, share),
  precision: share.of >= share.all ? 'exact' : 'estimated',
});

/** Members who are in no pair. */
async function unpairedOf(
  { ports }: Pipeline,
  { ids }: Members,
  pairs: readonly PairRow[],
  all: number,
): Promise<readonly string[]> {
  const paired = new Set(pairs.map(({ hubspotId }) => hubspotId));
  if (pairs.length < all) {
    const unknown = [...ids].filter((id) => !paired.has(id));
    const links = await ports.store.links.find({ hubspot: unknown, salesforce: [] });
    for (const { hubspotId, salesforceId } of links)
      if (hubspotId !== null && salesforceId !== null) paired.add(hubspotId);
  }
  return [...ids].filter((id) => !paired.has(id));
}

async function plannedFor(
  pipeline: Pipeline,
  workspace: Workspace,
  unpaired: readonly string[],
  all: Figure,
): Promise<Newcomers> {
  const step = Math.max(1, unpaired.length / MOST_PLANNED);
  const some = unpaired.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
  const sightings = some.map((id) => ({ key: { side: 'hubspot', id } as const }));
  const { pairs } = await traced(pipeline, sightings, workspace);
  const wanted = new Set(some);
  const planned = pairs.filter(({ pair }) => pair.hubspot && wanted.has(pair.hubspot.id));
  const share = { of: planned.length, all: all.count };
  const figure = (found: number): Figure => ({
    count: scaled(found, share),
    precision: all.precision === 'exact' && share.of >= share.all ? 'exact' : 'estimated',
  });
  const creating = (object: string): Figure =>
    figure(
      planned.filter(({ plan }) => plan.kind === 'createInSalesforce' && plan.object === object)
        .length,
    );
  return {
    all,
    looked: planned.length,
    becomeLeads: creating('Lead'),
    becomeContacts: creating('Contact'),
    pair: figure(planned.filter(({ plan }) => plan.kind === 'update').length),
    leftOut: reasonsOf(planned).map(({ reason, count }) => ({ reason, figure: figure(count) })),
  };
}

/** Why people are left out, most first. */
function reasonsOf(
  planned: readonly PlannedPair[],
): { readonly reason: Reason; readonly count: number }[] {
  const counts = new Map<string, { reason: Reason; count: number }>();
  for (const { plan } of planned) {
    if (plan.kind !== 'leave') continue;
    const { reason } = plan;
    const known = counts.get(reason.code);
    if (known) known.count += 1;
    else counts.set(reason.code, { reason, count: 1 });
  }
  return [...counts.values()].sort((one, other) => other.count - one.count);
}
