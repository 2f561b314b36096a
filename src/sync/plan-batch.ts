// Third room of the pipeline: from what was read to a plan for every pair. Pure but for what the plan turns
// out to need besides: membership of the inclusion list at this very moment, the times of properties in
// conflict, and contacts that only the lagging search index had told about.
import { asksForCompany } from '../engine/creation.ts';
import { listPolicy, type ListNames } from '../engine/list-policy.ts';
import { pairUp, type Pair } from '../engine/match.ts';
import { plan, type Plan, type PlanContext } from '../engine/plan.ts';
import { NOT_HELD_BACK, type PropertyTimes } from '../engine/plan-fields.ts';
import { reason } from '../engine/reasons.ts';
import type { HubSpotContact } from '../engine/records.ts';
import type { Settings } from '../engine/settings.ts';
import { stopping, type Note } from '../engine/trace.ts';
import { byRecord, withUnrecorded } from '../engine/unrecorded.ts';
import type { HubSpotList, HubSpotLists } from '../hubspot/port.ts';
import type { PlannedPair } from './apply.ts';
import type { ReadBatch } from './read.ts';
import type { ChosenList, ChosenLists, Ports, Workspace, Workspaces } from './workspace.ts';

type CompaniesFor = Workspaces['companiesFor'];

/** Whom to tell how the plan of a pair comes about. */
export type Listening = (pair: Pair) => Note;

/** Plans every subject of a batch. */
export async function planBatch(
  batch: ReadBatch,
  workspace: Workspace,
  ports: Ports,
  companiesFor: CompaniesFor,
  listening?: Listening,
): Promise<readonly PlannedPair[]> {
  const planned = await planAll(batch, workspace, ports, companiesFor, listening);
  // The index may lag behind what it is about to overwrite, or to win with: such contacts are read again first.
  const stale = planned.flatMap(({ pair, plan: one }) =>
    pair.hubspot && batch.fromIndex.has(pair.hubspot.id) && needsFreshContact(one)
      ? [pair.hubspot.id]
      : [],
  );
  if (stale.length === 0) return planned;
  const fresh = await ports.hubspot.contacts.readByIds(stale, workspace.hubspotProperties);
  const contacts = replaced(batch.sighted.contacts, stale, fresh);
  const again = { ...batch, sighted: { ...batch.sighted, contacts } };
  return planAll(again, workspace, ports, companiesFor, listening);
}

async function planAll(
  { subjects, sighted, unrecorded }: ReadBatch,
  workspace: Workspace,
  ports: Ports,
  companiesFor: CompaniesFor,
  listening: Listening | undefined,
): Promise<PlannedPair[]> {
  const notes = byRecord(unrecorded);
  const pairs = pairUp(subjects, sighted).map((pair) =>
    withUnrecorded(pair, workspace.table, notes),
  );
  const context: PlanContext = {
    settings: workspace.settings.settings,
    table: workspace.table,
    now: new Date(ports.now()).toISOString(),
    externalIdOn: workspace.externalIdOn,
    heldBack: await heldBackByLists(pairs, workspace, ports),
    ...(await companies(pairs, workspace, ports, companiesFor)),
    propertyTimes: new Map(),
  };
  const planOf = (pair: Pair, known: PlanContext): Plan =>
    plan(pair, listening ? { ...known, note: listening(pair) } : known);
  const planned = pairs.map((pair) => ({ pair, plan: planOf(pair, context) }));
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
      ? { pair: one.pair, plan: planOf(one.pair, { ...context, propertyTimes }) }
      : one,
  );
}

/** Membership is read at the moment of sending, never earlier. */
async function heldBackByLists(
  pairs: readonly Pair[],
  { lists: chosen, settings }: Workspace,
  { hubspot }: Ports,
): Promise<PlanContext['heldBack']> {
  const ids = pairs.flatMap(({ hubspot: contact, blocked }) =>
    contact && !blocked ? [contact.id] : [],
  );
  const readable = [chosen.inclusion, chosen.receivers, chosen.exclusion].filter(isReadable);
  const members = new Map(
    await Promise.all(
      (ids.length === 0 ? [] : [...new Set(readable)]).map(
        async (list) => [list, await hubspot.lists.members(list.id, ids)] as const,
      ),
    ),
  );
  // Nobody is a member of a list that is gone: of an exclusion list that would let everybody go.
  const lists = members.size === 0 ? chosen : await withExclusionStillThere(chosen, hubspot.lists);
  const { inclusion } = settings.settings;
  const unreadable = unreadableList(lists, inclusion);
  if (unreadable !== null) {
    const why = reason('INCLUSION_LIST_UNREADABLE', { list: unreadable });
    return (_, note) => {
      note?.({ asks: 'listReadable', list: unreadable, stops: stopping('both', why) });
      return { toSalesforce: why, toHubSpot: why };
    };
  }
  const isIn = (list: ChosenList, contactId: string): boolean =>
    isReadable(list) && members.get(list)?.has(contactId) === true;
  const policy = listPolicy(namesOf(lists));
  return (contactId, note) =>
    contactId === null ? NOT_HELD_BACK : policy((role) => isIn(lists[role], contactId), note);
}

export function namesOf({ inclusion, receivers, exclusion }: ChosenLists): ListNames {
  const name = (list: ChosenList): string | null => (isReadable(list) ? list.name : null);
  return {
    inclusion: name(inclusion),
    receivers: name(receivers),
    exclusion: name(exclusion),
    receiversAreMembers: receivers === inclusion,
  };
}

const isReadable = (list: ChosenList): list is HubSpotList => list !== null && list !== 'missing';

async function withExclusionStillThere(
  lists: ChosenLists,
  hubspotLists: HubSpotLists,
): Promise<ChosenLists> {
  if (!isReadable(lists.exclusion)) return lists;
  const isThere = (await hubspotLists.get(lists.exclusion.id)) !== null;
  return isThere ? lists : { ...lists, exclusion: 'missing' };
}

/** The id of a chosen list that cannot be read; null when all can. */
function unreadableList(
  lists: ChosenLists,
  { listId, exclusionListId, receivers }: Settings['inclusion'],
): string | null {
  if (lists.inclusion === 'missing') return listId;
  if (lists.exclusion === 'missing') return exclusionListId;
  return lists.receivers === 'missing' && typeof receivers === 'object' ? receivers.listId : null;
}

/** Companies on both sides of a new pair: looked up only where something depends on them. */
async function companies(
  pairs: readonly Pair[],
  { settings }: Workspace,
  ports: Ports,
  companiesFor: CompaniesFor,
): Promise<Pick<PlanContext, 'companyOf' | 'companyForAccount'>> {
  const { creation } = settings.settings;
  const companyIds = asksForCompany(creation)
    ? pairs.flatMap(({ hubspot, salesforce, blocked }) =>
        hubspot && !salesforce && !blocked ? (companyIdOf(hubspot) ?? []) : [],
      )
    : [];
  const accountIds = pairs.flatMap(({ hubspot, salesforce, blocked }) => {
    const accountId = salesforce?.fields.AccountId;
    if (blocked || typeof accountId !== 'string') return [];
    return hubspot?.properties.tandem_account_id === accountId ? [] : [accountId];
  });
  const [accounts, byAccount] = await Promise.all([
    companyIds.length === 0
      ? new Map<string, string>()
      : ports.hubspot.companies.accountIds([...new Set(companyIds)]),
    accountIds.length === 0 ? new Map<string, string>() : companiesFor(accountIds),
  ]);
  return {
    companyOf: (contact) => {
      const companyId = companyIdOf(contact);
      return companyId === null ? null : { companyId, accountId: accounts.get(companyId) ?? null };
    },
    companyForAccount: (accountId) => byAccount.get(accountId) ?? null,
  };
}

const companyIdOf = (contact: HubSpotContact): string | null =>
  contact.properties.associatedcompanyid?.trim() || null;

const needsFreshContact = (one: Plan): boolean =>
  one.kind === 'update' &&
  (Object.keys(one.hubspot).length > 0 ||
    one.unsubscribe !== null ||
    one.fields.some((field) => 'reason' in field && field.reason?.code === 'CONFLICT_NEWEST_WON'));

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
