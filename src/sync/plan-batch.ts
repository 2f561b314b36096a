// Third room of the pipeline: from what was read to a plan for every pair. Pure but for what the plan turns
// out to need besides: membership of the inclusion list at this very moment, the times of properties in
// conflict, and contacts that only the lagging search index had told about.
import { pairUp, type Pair } from '../engine/match.ts';
import { plan, type Plan, type PlanContext } from '../engine/plan.ts';
import type { PropertyTimes } from '../engine/plan-fields.ts';
import { reason } from '../engine/reasons.ts';
import type { HubSpotContact } from '../engine/records.ts';
import type { PlannedPair } from './apply.ts';
import type { ReadBatch } from './read.ts';
import type { Ports, Workspace } from './workspace.ts';

/** Plans every subject of a batch. */
export async function planBatch(
  batch: ReadBatch,
  workspace: Workspace,
  ports: Ports,
): Promise<readonly PlannedPair[]> {
  const planned = await planAll(batch, workspace, ports);
  // The index may lag behind what it is about to overwrite, or to win with: such contacts are read again first.
  const stale = planned.flatMap(({ pair, plan: one }) =>
    pair.hubspot && batch.fromIndex.has(pair.hubspot.id) && needsFreshContact(one)
      ? [pair.hubspot.id]
      : [],
  );
  if (stale.length === 0) return planned;
  const fresh = await ports.hubspot.contacts.readByIds(stale, workspace.hubspotProperties);
  const contacts = replaced(batch.sighted.contacts, stale, fresh);
  return planAll({ ...batch, sighted: { ...batch.sighted, contacts } }, workspace, ports);
}

async function planAll(
  { subjects, sighted }: ReadBatch,
  workspace: Workspace,
  ports: Ports,
): Promise<PlannedPair[]> {
  const pairs = pairUp(subjects, sighted);
  const context: PlanContext = {
    settings: workspace.settings.settings,
    table: workspace.table,
    now: new Date(ports.now()).toISOString(),
    externalIdOn: workspace.externalIdOn,
    ineligible: await eligibility(pairs, workspace, ports),
    propertyTimes: new Map(),
  };
  const planned = pairs.map((pair) => ({ pair, plan: plan(pair, context) }));
  const inConflict = planned.flatMap(({ plan: { kind }, pair }) =>
    kind === 'needsPropertyTimes' && pair.hubspot ? [pair.hubspot.id] : [],
  );
  if (inConflict.length === 0) return planned;
  const times = await ports.hubspot.contacts.readPropertyTimes(
    inConflict,
    workspace.hubspotProperties,
  );
  const propertyTimes = new Map<string, PropertyTimes>(
    inConflict.map((id) => [id, times.get(id) ?? {}]),
  );
  return planned.map((one) =>
    one.plan.kind === 'needsPropertyTimes'
      ? { pair: one.pair, plan: plan(one.pair, { ...context, propertyTimes }) }
      : one,
  );
}

/** Membership is read at the moment of sending, never earlier. */
async function eligibility(
  pairs: readonly Pair[],
  { inclusionList, settings }: Workspace,
  ports: Ports,
): Promise<PlanContext['ineligible']> {
  if (inclusionList === null) return () => null;
  if (inclusionList === 'missing') {
    const why = reason('INCLUSION_LIST_UNREADABLE', {
      list: settings.settings.inclusion.listId ?? '',
    });
    return () => why;
  }
  const ids = pairs.flatMap(({ hubspot, blocked }) => (hubspot && !blocked ? [hubspot.id] : []));
  const members =
    ids.length === 0 ? new Set<string>() : await ports.hubspot.lists.members(inclusionList.id, ids);
  const why = reason('NOT_IN_INCLUSION_LIST', { list: inclusionList.name });
  return (contactId) => (members.has(contactId) ? null : why);
}

const needsFreshContact = (one: Plan): boolean =>
  one.kind === 'update' &&
  (Object.keys(one.hubspot).length > 0 ||
    one.unsubscribe !== null ||
    one.fields.some((field) => field.reason?.code === 'CONFLICT_NEWEST_WON'));

function replaced(
  contacts: ReadonlyMap<string, HubSpotContact>,
  ids: readonly string[],
  fresh: ReadonlyMap<string, HubSpotContact>,
): ReadonlyMap<string, HubSpotContact> {
  const result = new Map(contacts);
  for (const id of ids) {
    const contact = fresh.get(id);
    if (contact && contact.id === id && !contact.archived) result.set(id, contact);
    else result.delete(id);
  }
  return result;
}
