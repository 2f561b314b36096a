// The one way every record goes, whatever woke it: read both sides → plan (pure) → apply → record.
// A batch may go round again: a contact just created in Salesforce is compared once more with what the org
// made of it, and a pair that changed under us is planned anew.
import { pairUp, type Pair } from '../engine/match.ts';
import { plan, sendsSomething, type Plan, type PlanContext } from '../engine/plan.ts';
import type { PropertyTimes } from '../engine/plan-fields.ts';
import { reason, type Reason } from '../engine/reasons.ts';
import {
  NOTHING_SENT,
  contentOf,
  settle,
  type FieldWrite,
  type PairOutcome,
  type PairResult,
  type Settled,
} from '../engine/settle.ts';
import type { HubSpotContact, RecordKey } from '../engine/records.ts';
import type { Link } from '../engine/link.ts';
import type { Change, LinkSave } from '../store/port.ts';
import { apply, type PlannedPair } from './apply.ts';
import { readBoth, type ReadBatch, type Sighting } from './read.ts';
import { Workspaces, type Ports, type Workspace } from './workspace.ts';

export interface Trigger {
  readonly cause: Change['cause'];
  readonly runId: string | null;
  /** Look again at rows that were looked at before and did not end in sync. */
  readonly recheck: boolean;
}

/** What became of one pair in a batch. */
export interface PairReport {
  readonly hubspotId: string | null;
  readonly salesforceId: string | null;
  readonly result: PairResult;
  readonly reason: Reason | null;
  readonly writes: readonly FieldWrite[];
}

export interface BatchReport {
  readonly pairs: readonly PairReport[];
  /** Sightings that held nothing new. */
  readonly unchanged: number;
}

const MOST_ROUNDS = 4;

export class Pipeline {
  readonly ports: Ports;
  readonly workspaces: Workspaces;

  constructor(ports: Ports) {
    this.ports = ports;
    this.workspaces = new Workspaces(ports);
  }

  /** Syncs the records that were sighted, up to about a thousand at a time. */
  async sync(sightings: readonly Sighting[], trigger: Trigger): Promise<BatchReport> {
    const workspace = await this.workspaces.current();
    const reports = new Map<string, PairReport>();
    let unchanged = 0;
    let pending = sightings;
    for (let round = 1; pending.length > 0 && round <= MOST_ROUNDS; round += 1) {
      const looked = await this.#look(pending, workspace, trigger.recheck || round > 1);
      if (round === 1) unchanged = looked.unchanged;
      const { again, settled } = await this.#applyAndRecord(looked.planned, workspace, trigger);
      for (const [name, report] of settled) reports.set(name, merged(reports.get(name), report));
      pending = again;
    }
    return { pairs: [...reports.values()], unchanged };
  }

  /** The pipeline stopped after the plan: what a sync of these records would do now. */
  async dryRun(sightings: readonly Sighting[]): Promise<readonly PlannedPair[]> {
    const workspace = await this.workspaces.current();
    return (await this.#look(sightings, workspace, true, false)).planned;
  }

  async #look(
    sightings: readonly Sighting[],
    workspace: Workspace,
    recheck: boolean,
    skipUnchanged = true,
  ): Promise<{ planned: readonly PlannedPair[]; unchanged: number }> {
    const batch = await readBoth(sightings, workspace, this.ports, recheck, skipUnchanged);
    let planned = await this.#planAll(batch, workspace);
    // The index may lag behind what it is about to overwrite: such contacts are read again first.
    const stale = planned.flatMap(({ pair, plan: one }) =>
      pair.hubspot && batch.fromIndex.has(pair.hubspot.id) && writesToHubSpot(one)
        ? [pair.hubspot.id]
        : [],
    );
    if (stale.length > 0) {
      const fresh = await this.ports.hubspot.contacts.readByIds(stale, workspace.hubspotProperties);
      planned = await this.#planAll(
        {
          ...batch,
          sighted: { ...batch.sighted, contacts: replaced(batch.sighted.contacts, stale, fresh) },
        },
        workspace,
      );
    }
    return { planned, unchanged: batch.unchanged };
  }

  async #planAll({ subjects, sighted }: ReadBatch, workspace: Workspace): Promise<PlannedPair[]> {
    const pairs = pairUp(subjects, sighted);
    const context: PlanContext = {
      settings: workspace.settings.settings,
      table: workspace.table,
      now: this.#nowIso(),
      externalIdOn: workspace.externalIdOn,
      ineligible: await this.#eligibility(pairs, workspace),
      propertyTimes: new Map(),
    };
    const planned = pairs.map((pair) => ({ pair, plan: plan(pair, context) }));
    const inConflict = planned.flatMap(({ plan: { kind }, pair }) =>
      kind === 'needsPropertyTimes' && pair.hubspot ? [pair.hubspot.id] : [],
    );
    if (inConflict.length === 0) return planned;
    const times = await this.ports.hubspot.contacts.readPropertyTimes(
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
  async #eligibility(
    pairs: readonly Pair[],
    { inclusionList, settings }: Workspace,
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
      ids.length === 0
        ? new Set<string>()
        : await this.ports.hubspot.lists.members(inclusionList.id, ids);
    const why = reason('NOT_IN_INCLUSION_LIST', { list: inclusionList.name });
    return (contactId) => (members.has(contactId) ? null : why);
  }

  async #applyAndRecord(
    planned: readonly PlannedPair[],
    workspace: Workspace,
    trigger: Trigger,
  ): Promise<{ again: Sighting[]; settled: Map<string, PairReport> }> {
    const claimed = await this.#announceCreates(planned, workspace);
    const outcomes = await this.#send(claimed);
    const now = this.#nowIso();
    const settled = claimed.map((one, index) =>
      settle(one.pair, one.plan, outcomes[index] ?? NOTHING_SENT, now),
    );
    const overtaken = await this.#record(claimed, settled, trigger);

    const again: Sighting[] = [];
    const reports = new Map<string, PairReport>();
    for (const [index, { pair, plan: done }] of claimed.entries()) {
      const one = settled[index];
      if (!one) continue;
      const { hubspotId, salesforceId } = one.content;
      const name = hubspotId === null ? `salesforce ${salesforceId ?? ''}` : `hubspot ${hubspotId}`;
      reports.set(name, {
        hubspotId,
        salesforceId,
        result: one.result,
        reason: one.content.reason,
        writes: one.writes,
      });
      const next = overtaken.has(pair)
        ? sightingOf(pair)
        : lookAgain(pair, done, outcomes[index] ?? NOTHING_SENT, one);
      if (next) again.push(next);
    }
    // Somebody else is creating these: what they made is found by the next look.
    const mine = new Set(claimed.map(({ pair }) => pair));
    for (const { pair } of planned) {
      const next = mine.has(pair) ? null : sightingOf(pair);
      if (next) again.push(next);
    }
    return { again, settled: reports };
  }

  async #send(planned: readonly PlannedPair[]): Promise<PairOutcome[]> {
    const sending = planned.filter(({ plan: one }) => sendsSomething(one));
    if (sending.length === 0) return planned.map(() => NOTHING_SENT);
    const outcomes = await apply(sending, this.ports);
    const byPair = new Map(
      sending.map(({ pair }, index) => [pair, outcomes[index] ?? NOTHING_SENT]),
    );
    return planned.map(({ pair }) => byPair.get(pair) ?? NOTHING_SENT);
  }

  /**
   * Without an external-ID field a create can't be repeated safely, so it is written down before it is sent:
   * whoever comes later, after a crash or beside us, waits and looks for the record first.
   */
  async #announceCreates(
    planned: readonly PlannedPair[],
    workspace: Workspace,
  ): Promise<readonly PlannedPair[]> {
    const unsafe = planned.filter(
      ({ plan: one }) => one.kind === 'createInSalesforce' && !workspace.externalIdOn[one.object],
    );
    if (unsafe.length === 0) return planned;
    const now = this.#nowIso();
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
    const saved = await this.ports.store.links.record({ links: saves, changes: [] });
    const announced = new Map(unsafe.map(({ pair }, index) => [pair, saved[index] ?? null]));
    return planned.flatMap((one) => {
      const link = announced.get(one.pair);
      if (link === undefined) return [one];
      return link === null ? [] : [{ plan: one.plan, pair: { ...one.pair, link } }];
    });
  }

  /** The pairs whose rows somebody else changed meanwhile: theirs stays, and both sides are looked at again. */
  async #record(
    planned: readonly PlannedPair[],
    settled: readonly Settled[],
    trigger: Trigger,
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
          runId: trigger.runId,
          cause: trigger.cause,
        });
      }
    }
    if (links.length === 0) return new Set();
    const saved = await this.ports.store.links.record({ links, changes });
    return new Set(pairs.filter((_, index) => saved[index] === null));
  }

  #nowIso(): string {
    return new Date(this.ports.now()).toISOString();
  }
}

const existingOf = (link: Link | null): LinkSave['existing'] =>
  link && { id: link.id, version: link.version };

const writesToHubSpot = (one: Plan): boolean =>
  one.kind === 'needsPropertyTimes' ||
  (one.kind === 'update' && (Object.keys(one.hubspot).length > 0 || one.unsubscribe !== null));

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

/** A second look at once: at what Salesforce made of a new record, or at the contact that was in the way. */
function lookAgain(
  pair: Pair,
  done: Plan,
  outcome: PairOutcome,
  { content }: Settled,
): Sighting | null {
  if (done.kind === 'createInSalesforce' && outcome.salesforce.result?.ok && pair.hubspot) {
    return { key: hubspotKey(pair.hubspot.id), contact: pair.hubspot };
  }
  if (done.kind === 'createInHubSpot' && outcome.hubspot.result?.ok === false) {
    const { error } = outcome.hubspot.result;
    const { salesforceId, salesforceObject } = content;
    if (error.code === 'CONFLICT' && salesforceId && salesforceObject) {
      return { key: { side: 'salesforce', object: salesforceObject, id: salesforceId } };
    }
  }
  return null;
}

/** Names a pair afresh: its rows may have changed. */
function sightingOf({ hubspot, salesforce }: Pair): Sighting | null {
  if (hubspot) return { key: hubspotKey(hubspot.id) };
  return (
    salesforce && { key: { side: 'salesforce', object: salesforce.object, id: salesforce.id } }
  );
}

const hubspotKey = (id: string): RecordKey => ({ side: 'hubspot', id });

/** The second round of a create adds its writes; what counts for the person is that it was created. */
function merged(earlier: PairReport | undefined, later: PairReport): PairReport {
  if (!earlier) return later;
  const created = earlier.result === 'createdInSalesforce' || earlier.result === 'createdInHubSpot';
  return {
    ...later,
    result: created && later.result !== 'failed' ? earlier.result : later.result,
    writes: [...earlier.writes, ...later.writes],
  };
}
