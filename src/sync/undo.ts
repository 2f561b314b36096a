// Takes back what was written, of one field, of one sync of one person, or of everybody a page of a run wrote to:
// the same pipeline, with a plan that puts back instead of comparing (engine/undo.ts), and then an ordinary sync of
// the same people, by which what was put back travels on as their rules say.
import type { SalesforceObject } from '../engine/fields.ts';
import { reason, type Reason } from '../engine/reasons.ts';
import type { FieldWrite } from '../engine/outcome.ts';
import {
  targetsOf,
  undoPlan,
  type Aftermath,
  type UndoTarget,
  type UndoVerdict,
} from '../engine/undo.ts';
import type { HistoryEntry, WrittenField } from '../store/history-port.ts';
import type { Decide, Pipeline } from './pipeline.ts';
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

type Ids = Pick<UndoneField, 'hubspotId' | 'salesforceId'>;

export async function undoChanges(
  pipeline: Pipeline,
  unwanted: readonly Unwanted[],
  { dry, by }: { readonly dry: boolean; readonly by?: string | undefined },
): Promise<readonly UndoneField[]> {
  const chosen = unwanted.flatMap(chosenOf);
  const targets = targetsOf(chosen.flatMap(({ target }) => target ?? []));
  const hopeless = chosen.flatMap(({ hopeless: one }) => one ?? []);
  if (targets.length === 0) return hopeless;
  const ids = new Map<UndoTarget, Ids>(
    targets.map((target) => [target, idsOfTarget(target, unwanted)]),
  );
  const verdicts = new Map<UndoTarget, UndoVerdict>();
  const decide: Decide = (planned, { table }) => {
    const now = new Date(pipeline.ports.now()).toISOString();
    const undone = undoPlan(planned.pair, planned.plan, targets, { table, now });
    for (const verdict of undone.verdicts)
      // Planned once more after it was written, it is there already: that it was put back is what counts.
      if (verdicts.get(verdict.target)?.kind !== 'restores' || verdict.kind === 'restores')
        verdicts.set(verdict.target, verdict);
    return undone.plan ? { pair: planned.pair, plan: undone.plan } : planned;
  };
  const written = dry ? null : await write(pipeline, sightingsOf(targets), decide, by);
  if (dry) await pipeline.dryRun(sightingsOf(targets), decide);
  const refusals = written === null ? new Map<string, Reason>() : await refusalsOf(pipeline, ids);
  const done = targets.map((target): UndoneField => {
    const verdict = verdicts.get(target);
    const of = ids.get(target) ?? { hubspotId: null, salesforceId: null };
    return undoneField(target, of, verdict, written, refusals);
  });
  return [...done, ...hopeless];
}

/** Puts back, then has both sides compared: what was put back goes where its rule brings it. */
async function write(
  pipeline: Pipeline,
  sightings: readonly Sighting[],
  decide: Decide,
  by: string | undefined,
): Promise<readonly FieldWrite[]> {
  const trigger = { cause: 'undo', runId: null, recheck: true, by } as const;
  const { pairs } = await pipeline.sync(sightings, trigger, decide);
  await pipeline.sync(sightings, trigger);
  return pairs.flatMap(({ writes }) => writes).filter(({ why }) => why === 'UNDONE');
}

interface Chosen {
  readonly target: UndoTarget | null;
  /** Nothing can be done about it, whatever the records hold. */
  readonly hopeless: UndoneField | null;
}

function chosenOf({ entry, fields }: Unwanted): Chosen[] {
  const { side, hubspotId, salesforceId } = entry;
  const isCreation = side !== 'pair' && entry.fields.some(({ why }) => why === 'CREATED');
  return entry.fields
    .filter(({ field }) => fields === null || fields.includes(field))
    .map(({ field, before, after }): Chosen => {
      const recordId = side === 'hubspot' ? hubspotId : salesforceId;
      const crm = side === 'hubspot' ? 'HubSpot' : 'Salesforce';
      if (side !== 'pair' && !isCreation && recordId !== null) {
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

function idsOfTarget({ side, recordId }: UndoTarget, unwanted: readonly Unwanted[]): Ids {
  const found = unwanted.find(
    ({ entry }) =>
      entry.side === side &&
      (side === 'hubspot' ? entry.hubspotId : entry.salesforceId) === recordId,
  );
  return {
    hubspotId: found?.entry.hubspotId ?? null,
    salesforceId: found?.entry.salesforceId ?? null,
  };
}

/** Each record that is to be written, by itself: the two may not belong together any more. */
function sightingsOf(targets: readonly UndoTarget[]): Sighting[] {
  const byRecord = new Map(targets.map((target) => [`${target.side} ${target.recordId}`, target]));
  return [...byRecord.values()].map(({ side, recordId: id }) =>
    side === 'hubspot' ? { key: { side, id } } : { key: { side, object: objectOf(id), id } },
  );
}

/** Why fields are as they are now, by contact and mapping: what a CRM said when it refused a value. */
async function refusalsOf(
  { ports }: Pipeline,
  ids: ReadonlyMap<UndoTarget, Ids>,
): Promise<ReadonlyMap<string, Reason>> {
  const all = [...ids.values()];
  const links = await ports.store.links.find({
    hubspot: all.flatMap(({ hubspotId }) => hubspotId ?? []),
    salesforce: all.flatMap(({ salesforceId }) => salesforceId ?? []),
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
  /** Null: a dry run, where everything that may be put back would be. */
  written: readonly FieldWrite[] | null,
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
  const isWritten =
    written === null ||
    written.some((one) => one.side === side && one.field === field && one.after === before);
  if (isWritten) return { ...there, result: 'restored', aftermath: verdict.aftermath };
  const contactId = ids.hubspotId ?? '';
  const why = refusals.get(`${contactId} ${verdict.pair.mapping.key}`) ?? refusals.get(contactId);
  return left(why ?? reason('UNDO_CHANGED_SINCE', { field, crm, value: 'another value' }));
}
