// Takes back what was written, of one field, of one sync of one person, or of everybody a page of a run wrote to:
// the same pipeline, with a plan that puts back instead of comparing (engine/undo.ts), and then an ordinary sync of
// the same people, by which what was put back travels on as their rules say.
import type { SalesforceObject } from '../engine/fields.ts';
import { reason, type Reason } from '../engine/reasons.ts';
import {
  targetsOf,
  undoPlan,
  type Aftermath,
  type UndoTarget,
  type UndoVerdict,
} from '../engine/undo.ts';
import { isCreation, type HistoryEntry, type WrittenField } from '../store/history-port.ts';
import type { Decide, PairReport, Pipeline } from './pipeline.ts';
import type { Sighting } from './sighting.ts';

/** An entry of history to take back. */
export interface Unwanted {
  readonly entry: HistoryEntry;
  /** Fields of the entry; null: all of them. */
  readonly fields: readonly string[] | null;
}

export interface UndoneField {
  readonly side: HistoryEntry['side'];
  readonly hubspotId: string | null;
  readonly salesforceId: string | null;
  readonly field: string;
  /** What was there before this undo, and is, or would be, there after it. */
  readonly before: WrittenField['before'];
  readonly after: WrittenField['after'];
  readonly result: 'restored' | 'alreadyThere' | 'left';
  /** What becomes of the other side; null where nothing was put back. */
  readonly aftermath: Aftermath | null;
  /** Why it was not put back. */
  readonly reason: Reason | null;
}

export interface UndoHow {
  /** Only says what would be done. */
  readonly dry: boolean;
  /** The run that does it, for history. */
  readonly runId?: string;
  /** Who asked for it, where that is known. */
  readonly by?: string | undefined;
}

type Ids = Pick<UndoneField, 'hubspotId' | 'salesforceId'>;

const nameOf = (side: string, recordId: string | null): string => `${side} ${recordId ?? ''}`;
const recordOf = ({ side, recordId }: UndoTarget): string => nameOf(side, recordId);

export async function undoChanges(
  pipeline: Pipeline,
  unwanted: readonly Unwanted[],
  { dry, runId, by }: UndoHow,
): Promise<readonly UndoneField[]> {
  const chosen = unwanted.flatMap(chosenOf);
  const targets = targetsOf(chosen.flatMap(({ target }) => target ?? []));
  const hopeless = chosen.flatMap(({ hopeless: one }) => one ?? []);
  if (targets.length === 0) return hopeless;
  const byRecord = Map.groupBy(targets, recordOf);
  const verdicts = new Map<UndoTarget, UndoVerdict>();
  const decide: Decide = (planned, { table, settings }) => {
    const { paused } = settings.settings;
    const { hubspot, salesforce } = planned.pair;
    const own = [
      ...(byRecord.get(nameOf('hubspot', hubspot?.id ?? null)) ?? []),
      ...(byRecord.get(nameOf('salesforce', salesforce?.id ?? null)) ?? []),
    ];
    const now = new Date(pipeline.ports.now()).toISOString();
    const undone = undoPlan(planned.pair, planned.plan, own, { table, paused, now });
    for (const verdict of undone.verdicts)
      // Planned once more after it was written, it is there already: that it was put back is what counts.
      if (verdicts.get(verdict.target)?.kind !== 'restores' || verdict.kind === 'restores')
        verdicts.set(verdict.target, verdict);
    return undone.plan ? { pair: planned.pair, plan: undone.plan } : planned;
  };
  const sightings = sightingsOf(targets);
  const written = dry
    ? null
    : await write(pipeline, sightings, decide, {
        runId: runId ?? null,
        by,
      });
  if (dry) await pipeline.dryRun(sightings, decide);
  const ids = idsByRecord(unwanted);
  const idsOf = (target: UndoTarget): Ids =>
    ids.get(recordOf(target)) ?? { hubspotId: null, salesforceId: null };
  const refusals =
    written === null ? new Map<string, Reason>() : await refusalsOf(pipeline, targets.map(idsOf));
  const done = targets.map((target): UndoneField =>
    undoneField(target, idsOf(target), verdicts.get(target), written, refusals),
  );
  return [...done, ...hopeless];
}

/** Puts back, then has both sides compared: what was put back goes where its rule brings it. Names what was written. */
async function write(
  pipeline: Pipeline,
  sightings: readonly Sighting[],
  decide: Decide,
  { runId, by }: { readonly runId: string | null; readonly by: string | undefined },
): Promise<ReadonlyMap<string, WrittenField['after']>> {
  const trigger = { cause: 'undo', runId, recheck: true, by } as const;
  const { pairs } = await pipeline.sync(sightings, trigger, decide);
  await pipeline.sync(sightings, trigger);
  return new Map(pairs.flatMap(putBackIn));
}

const putBackIn = ({ hubspotId, salesforceId, writes }: PairReport) =>
  writes
    .filter(({ why }) => why === 'UNDONE')
    .map(({ side, field, after }) => {
      const record = nameOf(side, side === 'hubspot' ? hubspotId : salesforceId);
      return [`${record} ${field}`, after] as const;
    });

interface Chosen {
  readonly target: UndoTarget | null;
  /** Nothing can be done about it, whatever the records hold. */
  readonly hopeless: UndoneField | null;
}

function chosenOf({ entry, fields }: Unwanted): Chosen[] {
  const { side, hubspotId, salesforceId } = entry;
  return entry.fields
    .filter(({ field }) => fields === null || fields.includes(field))
    .map(({ field, before, after }): Chosen => {
      const recordId = side === 'hubspot' ? hubspotId : salesforceId;
      const crm = side === 'hubspot' ? 'HubSpot' : 'Salesforce';
      if (side !== 'pair' && !isCreation(entry) && recordId !== null) {
        const object = objectOf(salesforceId);
        return { target: { side, recordId, field, before, after, object }, hopeless: null };
      }
      const why = side === 'pair' ? reason('UNDO_PAIRING') : reason('UNDO_CREATED', { crm });
      const left = { result: 'left', aftermath: null, reason: why } as const;
      return {
        target: null,
        hopeless: { side, hubspotId, salesforceId, field, before: after, after, ...left },
      };
    });
}

const objectOf = (salesforceId: string | null): SalesforceObject =>
  salesforceId?.startsWith('003') ? 'Contact' : 'Lead';

/** Both ids of whom a record belonged to when it was written, by its newest entry. */
function idsByRecord(unwanted: readonly Unwanted[]): ReadonlyMap<string, Ids> {
  const ids = new Map<string, Ids>();
  for (const { entry } of unwanted) {
    const { side, hubspotId, salesforceId } = entry;
    const record = nameOf(side, side === 'hubspot' ? hubspotId : salesforceId);
    if (!ids.has(record)) ids.set(record, { hubspotId, salesforceId });
  }
  return ids;
}

/** Each record that is to be written, by itself: the two may not belong together any more. */
function sightingsOf(targets: readonly UndoTarget[]): Sighting[] {
  const byRecord = new Map(targets.map((target) => [recordOf(target), target]));
  return [...byRecord.values()].map(({ side, recordId: id }) =>
    side === 'hubspot' ? { key: { side, id } } : { key: { side, object: objectOf(id), id } },
  );
}

/** Why fields are as they are now, by contact and mapping: what a CRM said when it refused a value. */
async function refusalsOf(
  { ports }: Pipeline,
  all: readonly Ids[],
): Promise<ReadonlyMap<string, Reason>> {
  const links = await ports.store.links.find({
    hubspot: [...new Set(all.flatMap(({ hubspotId }) => hubspotId ?? []))],
    salesforce: [...new Set(all.flatMap(({ salesforceId }) => salesforceId ?? []))],
  });
  return new Map(
    links.flatMap((link) => [
      ...Object.entries(link.fieldReasons).map(
        ([key, why]) => [`${link.hubspotId ?? ''} ${key}`, why] as const,
      ),
      ...(link.reason ? [[link.hubspotId ?? '', link.reason] as const] : []),
    ]),
  );
}

function undoneField(
  target: UndoTarget,
  ids: Ids,
  verdict: UndoVerdict | undefined,
  /** By record and field. Null: a dry run, where everything that may be put back would be. */
  written: ReadonlyMap<string, WrittenField['after']> | null,
  refusals: ReadonlyMap<string, Reason>,
): UndoneField {
  const { side, field, before, after } = target;
  const about = { side, ...ids, field };
  const left = (why: Reason): UndoneField => {
    return { ...about, before: after, after, result: 'left', aftermath: null, reason: why };
  };
  const crm = side === 'hubspot' ? 'HubSpot' : 'Salesforce';
  if (!verdict) return left(reason('UNDO_RECORD_GONE', { crm }));
  if (verdict.kind === 'left') return left(verdict.reason);
  const there = { ...about, before: after, after: before, reason: null };
  if (verdict.kind === 'alreadyThere')
    return { ...there, before, result: 'alreadyThere', aftermath: null };
  const isWritten = written === null || written.get(`${recordOf(target)} ${field}`) === before;
  if (isWritten) return { ...there, result: 'restored', aftermath: verdict.aftermath };
  const contactId = ids.hubspotId ?? '';
  const why = refusals.get(`${contactId} ${verdict.pair.mapping.key}`) ?? refusals.get(contactId);
  return left(why ?? reason('UNDO_CHANGED_SINCE', { field, crm, value: 'another value' }));
}
