// Taking back what a sync wrote: a value goes back to what its side held before, unless somebody has changed it
// since. What happens next is thought through before anything is written:
//   - where the rule lets the value travel, it counts as an edit of its side and the other side follows;
//   - where the rule would at once set the side again, or a blank that is put back would clear the other side,
//     both sides stay as they were before that sync: the other value is not sent again until it changes.
// Pure: which writes are wanted, and what they make of the plan of a pair.
import { isPersonAccount, writeTo } from './field-write.ts';
import type { SalesforceObject } from './fields.ts';
import { fingerprint } from './fingerprint.ts';
import type { CanonicalValue, LeftDifferent } from './link.ts';
import type { FieldPair, MappingTable } from './mapping.ts';
import type { Pair } from './match.ts';
import { pausedBy, type Paused } from './pause.ts';
import type { Plan } from './plan.ts';
import {
  planFields,
  readFields,
  type FieldPlan,
  type HeldBack,
  type Restoring,
} from './plan-fields.ts';
import { reason, type Reason } from './reasons.ts';
import type { HubSpotContact, SalesforceRecord, SalesforceValue, Side } from './records.ts';
import { RULE_TEXTS } from './rules.ts';
import { readText } from './values.ts';

/** A value that a side should hold again. */
export interface UndoTarget {
  readonly side: Side;
  /** Of the record that was written. */
  readonly recordId: string;
  /** Property or field name on that side. */
  readonly field: string;
  /** What it held before, and what it was left with. */
  readonly before: CanonicalValue;
  readonly after: CanonicalValue;
  /** The kind of record the contact was paired with. */
  readonly object: SalesforceObject;
}

/** What becomes of the other side once a value is back. */
export type Aftermath =
  /** It holds the value already. */
  | 'agrees'
  /** The rule brings the value to it. */
  | 'follows'
  /** Nothing moves by the rule. */
  | 'stays'
  /** The rule would set the value again; it is kept from it until the other side changes. */
  | 'kept';

export type UndoVerdict =
  | {
      readonly kind: 'restores';
      readonly target: UndoTarget;
      readonly pair: FieldPair;
      readonly aftermath: Aftermath;
    }
  /** The side holds the value of before already. */
  | { readonly kind: 'alreadyThere'; readonly target: UndoTarget }
  | { readonly kind: 'left'; readonly target: UndoTarget; readonly reason: Reason };

export interface UndoContext {
  readonly table: MappingTable;
  readonly paused: Paused;
  /** ISO. */
  readonly now: string;
}

export interface UndoPlan {
  /** Writes nothing but what is put back; null where nothing is. */
  readonly plan: Plan | null;
  /** One for each target of a record of this pair. */
  readonly verdicts: readonly UndoVerdict[];
}

const CRM: Readonly<Record<Side, string>> = { hubspot: 'HubSpot', salesforce: 'Salesforce' };

const nameOn = (side: Side, { property, field }: FieldPair): string =>
  side === 'hubspot' ? property.name : field.name;

export const labelOn = (side: Side, { property, field }: FieldPair): string =>
  side === 'hubspot' ? property.label : field.label;

/**
 * Several writes of one field, newest first, as one target: back to what was there before the oldest of them, or
 * before the oldest that nobody stepped between.
 */
export function targetsOf(writes: readonly UndoTarget[]): UndoTarget[] {
  const targets = new Map<string, UndoTarget>();
  for (const write of writes) {
    const name = `${write.side} ${write.recordId} ${write.field}`;
    const newer = targets.get(name);
    if (!newer) targets.set(name, write);
    else if (newer.before === write.after) targets.set(name, { ...newer, before: write.before });
  }
  return [...targets.values()];
}

/** What taking the targets back means for a pair that was read just now, and planned. */
export function undoPlan(
  pair: Pair,
  planned: Plan,
  targets: readonly UndoTarget[],
  context: UndoContext,
): UndoPlan {
  const own = targets.filter(({ side, recordId }) => pair[side]?.id === recordId);
  if (own.length === 0) return { plan: null, verdicts: [] };
  const heldBack = heldBackBy(planned);
  const verdicts = own.map((target) => verdictOn(target, pair, heldBack, context));
  const restored = new Map<FieldPair, FieldPlan>();
  for (const verdict of verdicts) {
    const field = verdict.kind === 'restores' && restoringField(verdict, pair);
    if (field) restored.set(field.pair, field);
  }
  return {
    plan: restored.size === 0 ? null : planOf(pair, own, restored, heldBack, context),
    verdicts,
  };
}

/** A record that is left out altogether takes nothing and sends nothing. */
const heldBackBy = (planned: Plan): HeldBack =>
  planned.kind === 'update'
    ? planned.heldBack
    : planned.kind === 'leave'
      ? { toHubSpot: planned.reason, toSalesforce: planned.reason }
      : { toHubSpot: null, toSalesforce: null };

function objectOf({ salesforce }: Pair, [target]: readonly UndoTarget[]): SalesforceObject {
  return salesforce?.object ?? target?.object ?? 'Lead';
}

function verdictOn(
  target: UndoTarget,
  pair: Pair,
  heldBack: HeldBack,
  { table, paused, now }: UndoContext,
): UndoVerdict {
  const { side } = target;
  const crm = CRM[side];
  const left = (why: Reason): UndoVerdict => ({ kind: 'left', target, reason: why });
  const pause = pausedBy(paused)[side === 'hubspot' ? 'toHubSpot' : 'toSalesforce'];
  if (pause) return left(pause);
  const isStranger = pair.hubspot !== null && pair.link?.salesforceId !== pair.salesforce?.id;
  if (pair.blocked && pair.salesforce && isStranger) return left(pair.blocked);
  if (side === 'salesforce' && pair.salesforce?.isConverted)
    return left(reason('UNDO_RECORD_GONE', { crm }));
  const field = table.pairs[objectOf(pair, [target])].find(
    (one) => nameOn(side, one) === target.field,
  );
  if (!field) return left(reason('UNDO_NOT_MAPPED', { field: target.field }));
  const label = labelOn(side, field);
  const { rule } = field.mapping;
  if (rule === 'optOut') return left(reason('UNDO_OPT_OUT'));
  if (rule === 'mirror') return left(reason('UNDO_COPIED', { field: label }));
  const held = heldOn(side, field, pair);
  if (held === target.before) return { kind: 'alreadyThere', target };
  if (held !== target.after) {
    const value = held === undefined || held === null ? 'blank' : `“${held}”`;
    return left(reason('UNDO_CHANGED_SINCE', { field: label, crm, value }));
  }
  if (target.before === null && side === 'salesforce' && field.requiredInSalesforce)
    return left(reason('UNDO_REQUIRED', { field: label }));
  const isPerson = pair.salesforce !== null && isPersonAccount(pair.salesforce);
  const write = writeTo(side, field, target.before, isPerson);
  if (write.kind === 'left') return left(write.reason);
  const aftermath = aftermathOf(target, field, pair, write.raw, heldBack, now);
  return { kind: 'restores', target, pair: field, aftermath };
}

/** Canonical; undefined where the value in HubSpot means nothing in Salesforce. */
function heldOn(side: Side, { conversion, property, field }: FieldPair, pair: Pair) {
  if (side === 'salesforce')
    return conversion.fromSalesforce(pair.salesforce?.fields[field.name] ?? null);
  const read = conversion.fromHubSpot(pair.hubspot?.properties[property.name] ?? null);
  return read.ok ? read.value : undefined;
}

/** Plans the field as if somebody had just typed the value of before. */
function aftermathOf(
  { side, before }: UndoTarget,
  field: FieldPair,
  { hubspot, salesforce, link, base }: Pair,
  raw: SalesforceValue,
  heldBack: HeldBack,
  now: string,
): Aftermath {
  if (!hubspot || !salesforce) return 'stays';
  const contact: HubSpotContact =
    side === 'salesforce'
      ? hubspot
      : {
          ...hubspot,
          properties: { ...hubspot.properties, [field.property.name]: String(raw) },
        };
  const record: SalesforceRecord =
    side === 'hubspot'
      ? salesforce
      : {
          ...salesforce,
          fields: { ...salesforce.fields, [field.field.name]: raw },
          modifiedAt: now,
        };
  const times = side === 'hubspot' ? { [field.property.name]: now } : {};
  // What a side refused before is forgotten with the value that is put back.
  const known = link && { ...link, refused: {} };
  const read = readFields([field], contact, record, { link: known, base }, times);
  const [next] = planFields(read, contact, record, known, heldBack);
  if (next?.kind === 'same') return 'agrees';
  if (next?.kind !== 'toHubSpot' && next?.kind !== 'toSalesforce') return 'stays';
  const isSetAgain = (next.kind === 'toHubSpot') === (side === 'hubspot');
  // A blank that is put back is nobody's wish to have the other side cleared as well.
  return isSetAgain || before === null ? 'kept' : 'follows';
}

type Restores = Extract<UndoVerdict, { kind: 'restores' }>;

function restoringField({ target, pair: field, aftermath }: Restores, pair: Pair) {
  const { side, before } = target;
  const isPerson = pair.salesforce !== null && isPersonAccount(pair.salesforce);
  const write = writeTo(side, field, before, isPerson);
  if (write.kind === 'left') return null;
  const inHubSpot = heldOn('hubspot', field, pair);
  const inSalesforce = heldOn('salesforce', field, pair) ?? null;
  const seen: LeftDifferent = {
    hubspot: fingerprint(readText(pair.hubspot?.properties[field.property.name] ?? null)),
    salesforce: fingerprint(inSalesforce),
  };
  const restores = restoringOf(target, field, aftermath, pair);
  const why = reason('UNDONE', { field: labelOn(side, field) });
  const found = { pair: field, hubspot: inHubSpot, salesforce: inSalesforce, seen };
  return { ...found, ...write, reason: why, ...(restores ? { restores } : {}) };
}

function restoringOf(
  { side }: UndoTarget,
  field: FieldPair,
  aftermath: Aftermath,
  pair: Pair,
): Restoring | null {
  if (aftermath === 'agrees') return null;
  if (aftermath !== 'kept') return { as: 'edit' };
  const other = side === 'hubspot' ? 'salesforce' : 'hubspot';
  const why = reason('KEPT_AFTER_UNDO', {
    field: labelOn(side, field),
    crm: CRM[side],
    other: CRM[other],
    rule: RULE_TEXTS[field.mapping.rule].label,
  });
  return { as: 'kept', against: { side, value: heldOn(other, field, pair) ?? null, reason: why } };
}

function planOf(
  pair: Pair,
  targets: readonly UndoTarget[],
  restored: ReadonlyMap<FieldPair, FieldPlan>,
  heldBack: HeldBack,
  { table, now }: UndoContext,
): Plan {
  const object = objectOf(pair, targets);
  const hubspot: Record<string, string> = {};
  const salesforce: Record<string, SalesforceValue> = {};
  for (const field of restored.values()) {
    if (field.kind === 'toHubSpot') hubspot[field.pair.property.name] = field.raw;
    if (field.kind === 'toSalesforce') salesforce[field.pair.field.name] = field.raw;
  }
  return {
    kind: 'update',
    // What is remembered of all others stays: they are compared by the sync that follows.
    fields: table.pairs[object].map((one) => restored.get(one) ?? { kind: 'unread', pair: one }),
    unusable: table.unusable[object],
    hubspot,
    salesforce,
    unsubscribe: null,
    companyId: null,
    waits: { reason: reason('UNDO_ON_ITS_WAY'), retryAt: now },
    heldBack,
  };
}
