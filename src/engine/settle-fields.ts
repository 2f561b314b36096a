// The field-by-field part of settling: which values both sides agree on after the writes, which were
// refused, which stay different, and the history row of each that was written.
import type { SalesforceObject } from './fields.ts';
import type { CanonicalValue, LeftDifferent, LinkContent, RefusedValue } from './link.ts';
import type { FieldPair } from './mapping.ts';
import type { Pair } from './match.ts';
import {
  failed,
  failureOf,
  refusal,
  refusedForGood,
  type FieldWrite,
  type PairOutcome,
  type Settled,
} from './outcome.ts';
import type { Plan } from './plan.ts';
import type { FieldPlan } from './plan-fields.ts';
import { reason, type Reason } from './reasons.ts';
import type { Side } from './records.ts';

export const later = (one: string | null, other: string | null): string | null =>
  one === null || (other !== null && other > one) ? other : one;

const nameOn = (side: Side, pair: FieldPair): string =>
  side === 'hubspot' ? pair.property.name : pair.field.name;

export function settleCreate(
  before: LinkContent,
  plan: Extract<Plan, { kind: 'createInHubSpot' | 'createInSalesforce' }>,
  outcome: PairOutcome,
  now: string,
): Settled {
  const side: Side = plan.kind === 'createInHubSpot' ? 'hubspot' : 'salesforce';
  const { result, dropped } = outcome[side];
  const failure = failureOf(outcome);
  if (!result?.ok) {
    const lost = failure?.error.retryable === true && side === 'salesforce';
    const content = { ...before, creatingSince: lost ? (before.creatingSince ?? now) : null };
    return {
      content: failure ? failed(content, failure, now) : content,
      writes: [],
      result: 'failed',
    };
  }
  const base: Record<string, CanonicalValue> = {};
  const refused: Record<string, RefusedValue> = {};
  const fieldReasons: Record<string, Reason> = {};
  const leftDifferent: Record<string, LeftDifferent> = {};
  const writes: FieldWrite[] = [];
  for (const { pair, value, sent, reason, seen } of plan.fields) {
    const { key, rule } = pair.mapping;
    const name = nameOn(side, pair);
    const unsubscribing = rule === 'optOut' && side === 'hubspot';
    const refusedBy = !sent
      ? undefined
      : unsubscribing
        ? refusedForGood(outcome.unsubscribed)
        : dropped.get(name);
    const optOutPending = unsubscribing && sent && outcome.unsubscribed?.ok !== true;
    if (refusedBy) {
      refused[key] = refusal(side, refusedBy, value ?? null);
      fieldReasons[key] = refused[key].reason;
      if (seen) leftDifferent[key] = seen;
      continue;
    }
    if (reason) fieldReasons[key] = reason;
    if (seen && !sent && value === undefined) leftDifferent[key] = seen;
    if (value !== undefined && !optOutPending) base[key] = value;
    if (sent && !optOutPending) {
      const after =
        value ?? (plan.kind === 'createInSalesforce' ? (plan.record[name] ?? null) : null);
      writes.push({ side, field: name, before: null, after, why: reason?.code ?? 'CREATED' });
    }
  }
  // No mapping stands for these, and nothing is agreed on: history alone tells of them.
  for (const { field, value } of plan.kind === 'createInSalesforce' ? plan.filledIn : [])
    if (!dropped.has(field.name))
      writes.push({ side, field: field.name, before: null, after: value, why: 'FILLED_IN' });
  const object: SalesforceObject | null =
    plan.kind === 'createInSalesforce' ? plan.object : before.salesforceObject;
  const content: LinkContent = {
    ...before,
    hubspotId: side === 'hubspot' ? result.id : before.hubspotId,
    salesforceId: side === 'salesforce' ? result.id : before.salesforceId,
    salesforceObject: object,
    base,
    refused,
    fieldReasons,
    leftDifferent,
    state: 'inSync',
    reason: null,
    hubspotModifiedAt:
      side === 'hubspot'
        ? later(before.hubspotModifiedAt, result.modifiedAt)
        : before.hubspotModifiedAt,
    creatingSince: null,
    attempts: 0,
    lastSyncedAt: now,
  };
  return {
    content: failure ? failed(content, failure, now) : content,
    writes,
    result: side === 'hubspot' ? 'createdInHubSpot' : 'createdInSalesforce',
  };
}

export function settleUpdate(
  pair: Pair,
  before: LinkContent,
  plan: Extract<Plan, { kind: 'update' }>,
  outcome: PairOutcome,
  now: string,
): Settled {
  const isAsBefore = isRemembered(plan.fields, before.base);
  const base: Record<string, CanonicalValue> = isAsBefore ? { ...before.base } : {};
  const refused: Record<string, RefusedValue> = {};
  const fieldReasons: Record<string, Reason> = {};
  const leftDifferent: Record<string, LeftDifferent> = {};
  const writes: FieldWrite[] = [];
  const keep = (key: string): void => {
    const known = before.base[key];
    const refusedBefore = before.refused[key];
    const reasonBefore = before.fieldReasons[key];
    const differentBefore = before.leftDifferent[key];
    if (known !== undefined) base[key] = known;
    if (refusedBefore) refused[key] = refusedBefore;
    if (reasonBefore) fieldReasons[key] = reasonBefore;
    if (differentBefore) leftDifferent[key] = differentBefore;
  };
  plan.unusable.forEach(keep);
  for (const field of isAsBefore ? [] : plan.fields) {
    const { key, rule } = field.pair.mapping;
    if (field.kind === 'same') {
      base[key] = field.value;
      continue;
    }
    if (field.kind === 'unread') {
      keep(key);
      continue;
    }
    const known = before.base[key];
    // A base kept while a mapping is off would later take old edits for new ones.
    if (known !== undefined && rule !== 'off') base[key] = known;
    if (field.kind === 'left') {
      const refusedBefore = before.refused[key];
      if (refusedBefore && rule !== 'off') refused[key] = refusedBefore;
      if (field.reason) fieldReasons[key] = field.reason;
      if (rule !== 'off') leftDifferent[key] = field.seen;
      continue;
    }
    const side: Side = field.kind === 'toHubSpot' ? 'hubspot' : 'salesforce';
    const name = nameOn(side, field.pair);
    const unsubscribing = rule === 'optOut' && side === 'hubspot';
    const refusedBy = unsubscribing
      ? refusedForGood(outcome.unsubscribed)
      : outcome[side].dropped.get(name);
    const done = unsubscribing
      ? outcome.unsubscribed?.ok === true
      : outcome[side].result?.ok === true;
    if (refusedBy) {
      refused[key] = refusal(side, refusedBy, field.value);
      fieldReasons[key] = refused[key].reason;
      leftDifferent[key] = field.seen;
    } else if (done) {
      const { restores } = field;
      if (restores?.as !== 'edit' && (rule !== 'off' || !restores)) base[key] = field.value;
      if (restores?.as === 'kept') refused[key] = restores.against;
      // Somebody who opted out is told to HubSpot until it holds: no automation may overrule that.
      else if (known === field.value && rule !== 'optOut') refused[key] = putBack(side, field);
      writes.push({
        side,
        field: name,
        before: (side === 'hubspot' ? field.hubspot : field.salesforce) ?? null,
        after: field.value,
        why: field.reason?.code ?? rule,
      });
    }
  }
  const modifiedAt = outcome.hubspot.result?.ok ? outcome.hubspot.result.modifiedAt : null;
  const content: LinkContent = {
    ...before,
    base,
    refused,
    fieldReasons,
    leftDifferent,
    state: plan.waits ? 'waiting' : 'inSync',
    reason: plan.waits?.reason ?? null,
    retryAt: plan.waits?.retryAt ?? null,
    hubspotModifiedAt: later(before.hubspotModifiedAt, modifiedAt),
    creatingSince: null,
    attempts: 0,
    lastSyncedAt: now,
  };
  const failure = failureOf(outcome);
  if (failure)
    return {
      content: failed({ ...content, attempts: before.attempts }, failure, now),
      writes,
      result: 'failed',
    };
  const isPair = content.hubspotId !== null && content.salesforceId !== null;
  const wasPaired = pair.link?.hubspotId != null && pair.link.salesforceId != null;
  return {
    content,
    writes,
    result: !wasPaired && isPair ? 'paired' : writes.length > 0 ? 'updated' : 'unchanged',
  };
}

/** Both sides agreed on the value before, and the side lost it: by an edit, or by an automation that always will. */
function putBack(
  side: Side,
  field: Extract<FieldPlan, { kind: 'toHubSpot' | 'toSalesforce' }>,
): RefusedValue {
  const shown = (value: CanonicalValue | undefined): string =>
    value === null || value === undefined ? 'blank' : `“${value}”`;
  const code = side === 'hubspot' ? 'CHANGED_BACK_BY_HUBSPOT' : 'CHANGED_BACK_BY_SALESFORCE';
  const why = reason(code, {
    field: side === 'hubspot' ? field.pair.property.label : field.pair.field.label,
    value: shown(field.value),
    kept: shown(side === 'hubspot' ? field.hubspot : field.salesforce),
  });
  return { side, value: field.value, reason: why, writtenOver: field.seen[side] };
}

/** Both sides hold what they last agreed on, and no other field is remembered: as nearly always. */
const isRemembered = (fields: readonly FieldPlan[], base: LinkContent['base']): boolean =>
  fields.every((field) => field.kind === 'same' && field.value === base[field.pair.mapping.key]) &&
  Object.keys(base).length === fields.length;
