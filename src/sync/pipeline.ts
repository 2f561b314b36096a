// The one way every record goes, whatever woke it: read both sides → plan (pure) → apply → record.
// A batch may go round again: a contact just created in Salesforce is compared once more with what the org
// made of it, and a pair that changed under us is planned anew.
import type { Pair } from '../engine/match.ts';
import { sendsSomething, type Plan } from '../engine/plan.ts';
import type { Reason } from '../engine/reasons.ts';
import type { RecordKey, Side } from '../engine/records.ts';
import {
  everythingTaken,
  NOTHING_SENT,
  type FieldWrite,
  type PairOutcome,
  type PairResult,
  type Settled,
} from '../engine/outcome.ts';
import { settle } from '../engine/settle.ts';
import { apply, type PlannedPair } from './apply.ts';
import { FirstSync, notBegun } from './first-sync.ts';
import { planBatch } from './plan-batch.ts';
import { readBoth, type ReadBatch } from './read.ts';
import { asksForCampaigns, keyName, type Sighting } from './sighting.ts';
import { announceCreates, holdPairs, record, whileHeld, type Origin } from './record.ts';
import { Workspaces, type Ports, type Workspace } from './workspace.ts';

export interface Trigger extends Origin {
  /** Look again at rows that were looked at before and did not end in sync. */
  readonly recheck: boolean;
}

/** A change that a trigger told of, as it was read. */
export interface News {
  /** Where it was made. */
  readonly side: Side;
  /** When, by that CRM's own stamp, ISO. */
  readonly stampedAt: string;
  /** When what was sent because of it was answered, milliseconds since 1970. */
  readonly answeredAt: number;
}

/** What became of one pair in a batch. */
export interface PairReport {
  readonly hubspotId: string | null;
  readonly salesforceId: string | null;
  readonly result: PairResult;
  readonly reason: Reason | null;
  readonly writes: readonly FieldWrite[];
  /** The sides whose changes the trigger told of. */
  readonly news: readonly News[];
}

export interface BatchReport {
  readonly pairs: readonly PairReport[];
  /** Sightings that held nothing new. */
  readonly unchanged: number;
  /** Those that somebody else was writing all the time: they are looked at once more, soon. Absent: none. */
  readonly contested?: readonly RecordKey[];
}

/** Changes what was planned for a pair: what a person decided about it. Pure; asked again whenever it is planned anew. */
export type Decide = (planned: PlannedPair, workspace: Workspace) => PlannedPair;
const AS_PLANNED: Decide = (planned) => planned;

/** Told of every batch when it is over, whatever woke it. */
export type BatchObserver = (report: BatchReport, trigger: Trigger) => void;
/** A pair that goes round once more. */
interface Again {
  readonly pair: Pair;
  readonly sighting: Sighting;
}

const MOST_ROUNDS = 4;
/** Milliseconds after which what was read is read again before it is written on. */
const FRESH_MS = 10_000;

export class Pipeline {
  readonly ports: Ports;
  readonly workspaces: Workspaces;
  readonly firstSync: FirstSync;
  readonly #observers: BatchObserver[] = [];

  constructor(ports: Ports) {
    this.ports = ports;
    this.workspaces = new Workspaces(ports);
    this.firstSync = new FirstSync(ports.store.cursors);
  }

  observe(observer: BatchObserver): void {
    this.#observers.push(observer);
  }

  readonly #companiesFor = (accountIds: readonly string[]) =>
    this.workspaces.companiesFor(accountIds);

  /**
   * Syncs the records that were sighted, up to about a thousand at a time. Before the first sync nothing is done
   * unless a run asks for it.
   */
  async sync(
    sightings: readonly Sighting[],
    trigger: Trigger,
    decide: Decide = AS_PLANNED,
  ): Promise<BatchReport> {
    if (await this.firstSync.holdsBack(trigger))
      return { pairs: sightings.map(notBegun), unchanged: 0 };
    const reports = new Map<string, PairReport>();
    const named = changesNamedBy(sightings, trigger);
    let unchanged = 0;
    const inCampaigns = namesInCampaigns(sightings);
    let pending = sightings;
    let contested: readonly Sighting[] = [];
    for (let round = 1; pending.length > 0 && round <= MOST_ROUNDS; round += 1) {
      const recheck = trigger.recheck || round > 1;
      const ready = await this.#readAndPlan(pending, recheck, decide);
      if (round === 1) unchanged = ready.unchanged;
      const done = await this.#applyAndRecord(ready.planned, ready.workspace, trigger, named);
      const asBefore = (again: Again): Sighting =>
        isNamed(again.pair, inCampaigns) ? { ...again.sighting, campaigns: true } : again.sighting;
      for (const [name, one] of done.settled) reports.set(name, merged(reports.get(name), one));
      contested = done.contested.map(asBefore);
      pending = [...done.again.map(asBefore), ...contested];
    }
    // Others were at them all the time, perhaps on what they read before this was noticed.
    if (contested.length > 0) await this.ports.store.links.want(idsOf(contested));
    const report: BatchReport = {
      pairs: [...reports.values()],
      unchanged,
      ...(contested.length > 0 ? { contested: contested.map(({ key }) => key) } : {}),
    };
    for (const observer of this.#observers) observer(report, trigger);
    return report;
  }

  /**
   * Reads both sides and plans. Where that took long, what is about to be written is read and planned once
   * more, by the settings as they are then: one side may have changed while the other was waited for, and the
   * write would undo the change; an admin may have chosen a list meanwhile.
   */
  async #readAndPlan(
    sightings: readonly Sighting[],
    recheck: boolean,
    decide: Decide,
  ): Promise<{
    planned: readonly PlannedPair[];
    unchanged: number;
    /** What the pairs that send something were planned by. */
    workspace: Workspace;
  }> {
    const { now } = this.ports;
    const workspace = await this.workspaces.current();
    const begun = Math.min(now(), ...sightings.flatMap(({ readAt }) => readAt ?? []));
    const batch = await readBoth(sightings, workspace, this.ports, recheck, true);
    const { unchanged } = batch;
    const planned = await this.#plan(batch, workspace, decide);
    const sending = planned.filter(({ plan: one }) => sendsSomething(one));
    if (now() - begun <= FRESH_MS || sending.length === 0) return { planned, unchanged, workspace };
    const inCampaigns = namesInCampaigns(sightings);
    const late = sending.flatMap(({ pair }) => {
      const next = sightingOf(pair);
      return next ? [{ ...next, campaigns: isNamed(pair, inCampaigns) }] : [];
    });
    const current = await this.workspaces.current();
    const afresh = await readBoth(late, current, this.ports, true, false);
    return {
      planned: [
        ...planned.filter((one) => !sending.includes(one)),
        ...(await this.#plan(afresh, current, decide)),
      ],
      unchanged,
      workspace: current,
    };
  }

  async #plan(
    batch: ReadBatch,
    workspace: Workspace,
    decide: Decide,
  ): Promise<readonly PlannedPair[]> {
    const planned = await planBatch(batch, workspace, this.ports, this.#companiesFor);
    return decide === AS_PLANNED ? planned : planned.map((one) => decide(one, workspace));
  }

  /**
   * The pipeline stopped after the plan: what a sync of these records would do now.
   * @param by settings that are not in force, as `Workspaces.under` has them; those in force unless given
   */
  async dryRun(
    sightings: readonly Sighting[],
    decide: Decide = AS_PLANNED,
    by: Workspace | null = null,
  ): Promise<readonly PlannedPair[]> {
    const workspace = by ?? (await this.workspaces.current());
    const batch = await readBoth(sightings, workspace, this.ports, true, false);
    return this.#plan(batch, workspace, decide);
  }

  /** The same, as a report: what a sync of these records would report if both CRMs took every write. */
  async whatWouldBeDone(sightings: readonly Sighting[]): Promise<BatchReport> {
    const workspace = await this.workspaces.current();
    const batch = await readBoth(sightings, workspace, this.ports, true, true);
    const planned = await planBatch(batch, workspace, this.ports, this.#companiesFor);
    const now = this.#nowIso();
    return {
      pairs: planned.map(({ pair, plan }) =>
        reportOf(settle(pair, plan, everythingTaken(pair, plan), now), []),
      ),
      unchanged: batch.unchanged,
    };
  }

  async #applyAndRecord(
    planned: readonly PlannedPair[],
    workspace: Workspace,
    trigger: Trigger,
    named: ReadonlySet<string>,
  ): Promise<{ again: Again[]; contested: Again[]; settled: Map<string, PairReport> }> {
    const { store } = this.ports;
    const announced = await announceCreates(planned, workspace, store, this.#nowIso());
    const { held: claimed, hold } = await holdPairs(announced, store, this.#nowIso());
    let outcomes: PairOutcome[];
    let answeredAt: number;
    let settled: Settled[];
    let overtaken: ReadonlySet<Pair>;
    try {
      outcomes = await whileHeld(hold, store, () => this.#send(claimed));
      answeredAt = this.ports.now();
      const now = new Date(answeredAt).toISOString();
      settled = claimed.map((one, index) =>
        settle(one.pair, one.plan, outcomes[index] ?? NOTHING_SENT, now),
      );
      overtaken = await record(claimed, settled, hold, trigger, store);
    } catch (error) {
      // Nobody needs to wait until the hold ends by itself; where this fails too, they do. Others may have passed
      // these records by since they were held: somebody has to look at them again.
      await store.links.giveUp(hold).catch(() => null);
      throw error;
    }

    const again: Again[] = [];
    const contested: Again[] = [];
    const reports = new Map<string, PairReport>();
    for (const [index, { pair, plan: done }] of claimed.entries()) {
      const one = settled[index];
      if (!one) continue;
      const { hubspotId, salesforceId } = one.content;
      const name = hubspotId === null ? `salesforce ${salesforceId ?? ''}` : `hubspot ${hubspotId}`;
      reports.set(name, reportOf(one, newsOf(pair, named, answeredAt)));
      const isOvertaken = overtaken.has(pair);
      const next = isOvertaken
        ? sightingOf(pair)
        : lookAgain(pair, done, outcomes[index] ?? NOTHING_SENT, one, workspace);
      if (next) (isOvertaken ? contested : again).push({ pair, sighting: next });
    }
    // Somebody else is creating or writing these, or has since they were read.
    const mine = new Set(claimed.map(({ pair }) => pair));
    for (const { pair } of planned) {
      const next = mine.has(pair) ? null : sightingOf(pair);
      if (next) contested.push({ pair, sighting: next });
    }
    return { again, contested, settled: reports };
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

  #nowIso(): string {
    return new Date(this.ports.now()).toISOString();
  }
}

function reportOf({ content, result, writes }: Settled, news: PairReport['news']): PairReport {
  const { hubspotId, salesforceId, reason } = content;
  return {
    hubspotId: hubspotId || null,
    salesforceId: salesforceId || null,
    result,
    reason,
    writes,
    news,
  };
}

/** Refusals that say that a record is not what was read any more. */
const GONE: ReadonlySet<string> = new Set([
  'CANNOT_UPDATE_CONVERTED_LEAD',
  'ENTITY_IS_DELETED',
  'NOT_FOUND',
  'OBJECT_NOT_FOUND',
]);

/** A second look at once: at what Salesforce made of a new record, or at the contact that was in the way. */
function lookAgain(
  pair: Pair,
  done: Plan,
  outcome: PairOutcome,
  { content }: Settled,
  { lists }: Workspace,
): Sighting | null {
  if (done.kind === 'createInSalesforce' && outcome.salesforce.result?.ok && pair.hubspot) {
    return { key: hubspotKey(pair.hubspot.id), contact: pair.hubspot };
  }
  const failed = [outcome.salesforce.result, outcome.hubspot.result].find(
    (result) => result?.ok === false && GONE.has(result.error.code),
  );
  // Converted, merged or deleted between the read and the write: whoever took over is found by another look.
  if (failed) return sightingOf(pair);
  const created = done.kind === 'createInHubSpot' ? outcome.hubspot.result : null;
  // No list can have been asked about a contact that wasn't there: it may have to wait from now on.
  const isListChosen = Object.values(lists).some((list) => list !== null);
  if (created?.ok && isListChosen) return { key: hubspotKey(created.id) };
  if (created?.ok === false) {
    const { error } = created;
    const { salesforceId, salesforceObject } = content;
    if (error.code === 'CONFLICT' && salesforceId && salesforceObject) {
      return { key: { side: 'salesforce', object: salesforceObject, id: salesforceId } };
    }
  }
  return null;
}

/**
 * Keys of records that the trigger says have changed just now. A live sighting without its row tells
 * something else, such as that somebody joined a list.
 */
function changesNamedBy(sightings: readonly Sighting[], { cause }: Trigger): ReadonlySet<string> {
  const told = sightings.filter(
    ({ contact, record: row }) =>
      cause === 'webhook' || (cause === 'live' && (contact ?? row) !== undefined),
  );
  return new Set(told.map(({ key }) => keyName(key)));
}

function newsOf(pair: Pair, named: ReadonlySet<string>, answeredAt: number): News[] {
  const rows = { hubspot: pair.hubspot, salesforce: pair.salesforce };
  return (['hubspot', 'salesforce'] as const).flatMap((side) => {
    const row = rows[side];
    return row && named.has(`${side} ${row.id}`)
      ? [{ side, stampedAt: row.modifiedAt, answeredAt }]
      : [];
  });
}

/** Names a pair afresh: its rows may have changed. */
function sightingOf({ hubspot, salesforce }: Pair): Sighting | null {
  if (hubspot) return { key: hubspotKey(hubspot.id) };
  return (
    salesforce && { key: { side: 'salesforce', object: salesforce.object, id: salesforce.id } }
  );
}

const namesInCampaigns = (sightings: readonly Sighting[]): ReadonlySet<string> =>
  new Set(sightings.filter(asksForCampaigns).map(({ key }) => keyName(key)));

const isNamed = ({ hubspot, salesforce }: Pair, names: ReadonlySet<string>): boolean =>
  (hubspot !== null && names.has(`hubspot ${hubspot.id}`)) ||
  (salesforce !== null && names.has(`salesforce ${salesforce.id}`));

function idsOf(sightings: readonly Sighting[]): { hubspot: string[]; salesforce: string[] } {
  const idsOn = (side: RecordKey['side']): string[] =>
    sightings.flatMap(({ key }) => (key.side === side ? key.id : []));
  return { hubspot: idsOn('hubspot'), salesforce: idsOn('salesforce') };
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
    news: earlier.writes.length > 0 ? earlier.news : later.news,
  };
}
