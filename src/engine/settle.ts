// After the writes: what is remembered of a pair. From the plan and what became of each write come the
// new link (ids, base, state, reasons) and the history rows. Pure, so a crash before it is stored only
// means that the same pair is planned again from what both sides hold then.
import type { RecordError } from './errors.ts';
import type { SalesforceObject } from './fields.ts';
import type {
  CanonicalValue,
  LeftDifferent,
  LinkContent,
  LinkState,
  RefusedValue,
} from './link.ts';
import type { FieldPair } from './mapping.ts';
import type { Found, Pair } from './match.ts';
import type { Plan } from './plan.ts';
import { REASONS, type Reason } from './reasons.ts';
import { reasonForRefusal } from './refusals.ts';
import type { Side } from './records.ts';

/** What became of what was sent to one side for one pair. */
export interface SideOutcome {
  /** Null: nothing was sent. `modifiedAt` is null where the CRM doesn't tell. */
  readonly result:
    | null
    | { readonly ok: true; readonly id: string; readonly modifiedAt: string | null }
    | { readonly ok: false; readonly error: RecordError };
  /** Fields that were refused and left out so that the rest could go, by name on that side. */
  readonly dropped: ReadonlyMap<string, RecordError>;
}

export interface PairOutcome {
  readonly hubspot: SideOutcome;
  readonly salesforce: SideOutcome;
  /** What became of unsubscribing; null: nothing to do. */
  readonly unsubscribed:
    { readonly ok: true } | { readonly ok: false; readonly error: RecordError } | null;
}

export const NOTHING_SENT: PairOutcome = {
  hubspot: { result: null, dropped: new Map() },
  salesforce: { result: null, dropped: new Map() },
  unsubscribed: null,
};

/** One field that was written, or a pairing that changed (`pair`: Salesforce ids), for history. */
export interface FieldWrite {
  readonly side: Side | 'pair';
  readonly field: string;
  readonly before: CanonicalValue;
  readonly after: CanonicalValue;
  readonly why: string;
}

/** How a pair counts in a run, and what a person is told. */
export type PairResult =
  | 'createdInSalesforce'
  | 'createdInHubSpot'
  | 'updated'
  | 'paired'
  | 'unchanged'
  | 'skipped'
  | 'failed';

export interface Settled {
  readonly content: LinkContent;
  readonly writes: readonly FieldWrite[];
  readonly result: PairResult;
}

/** What is known of a person nobody has looked at yet. */
export const EMPTY_LINK: LinkContent = {
  hubspotId: null,
  salesforceId: null,
  salesforceObject: null,
  base: {},
  refused: {},
  fieldReasons: {},
  leftDifferent: {},
  state: 'inSync',
  reason: null,
  hubspotModifiedAt: null,
  salesforceModifiedAt: null,
  creatingSince: null,
  attempts: 0,
  retryAt: null,
  lastSyncedAt: null,
  pinned: false,
  keptApart: [],
};

const later = (one: string | null, other: string | null): string | null =>
  one === null || (other !== null && other > one) ? other : one;

/** 15 s, 30 s, 1 min, … up to 20 min, as often as it takes: nothing is given up on. */
export function retryDelayMs(attempts: number): number {
  return Math.min(15_000 * 2 ** Math.max(0, attempts - 1), 20 * 60_000);
}

/** What is known of a pair before this sync: its link, with the ids and versions just seen. */
export function contentOf(pair: Pair): LinkContent {
  const known = pair.link ?? EMPTY_LINK;
  const record = pair.salesforce;
  const { givesUp } = pair;
  return {
    hubspotId: givesUp === 'hubspot' ? null : (pair.hubspot?.id ?? known.hubspotId),
    salesforceId: record?.id ?? (givesUp === 'salesforce' ? null : known.salesforceId),
    salesforceObject: record?.object ?? (givesUp === 'salesforce' ? null : known.salesforceObject),
    base: known.base,
    refused: known.refused,
    fieldReasons: known.fieldReasons,
    leftDifferent: known.leftDifferent,
    state: known.state,
    reason: known.reason,
    hubspotModifiedAt: later(known.hubspotModifiedAt, pair.hubspot?.modifiedAt ?? null),
    salesforceModifiedAt: later(known.salesforceModifiedAt, record?.modifiedAt ?? null),
    creatingSince: known.creatingSince,
    attempts: known.attempts,
    retryAt: null,
    lastSyncedAt: known.lastSyncedAt,
    pinned: known.pinned,
    keptApart: known.keptApart,
  };
}

export function settle(pair: Pair, plan: Plan, outcome: PairOutcome, now: string): Settled {
  const settled = settlePlan(pair, plan, outcome, now);
  const moved = pairingChange(pair, settled.content, plan);
  return moved ? { ...settled, writes: [moved, ...settled.writes] } : settled;
}

/** A pairing never changes without a row in history that says why. */
function pairingChange(pair: Pair, content: LinkContent, plan: Plan): FieldWrite | null {
  const was = pair.link?.hubspotId != null ? pair.link.salesforceId : null;
  const is = content.hubspotId === null ? null : content.salesforceId;
  const sameContact = (pair.link?.hubspotId ?? null) === content.hubspotId;
  if (was === is && (is === null || sameContact)) return null;
  const why =
    plan.kind === 'unlink' || (plan.kind === 'leave' && is === null)
      ? plan.reason.code
      : plan.kind === 'createInHubSpot' || plan.kind === 'createInSalesforce'
        ? 'CREATED'
        : PAIRED_BY[pair.found];
  return { side: 'pair', field: 'salesforceId', before: was, after: is, why };
}

const PAIRED_BY: Readonly<Record<Found, string>> = {
  linked: 'PAIRED',
  storedId: 'PAIRED_BY_STORED_ID',
  externalId: 'PAIRED_BY_EXTERNAL_ID',
  email: 'PAIRED_BY_EMAIL',
  converted: 'LEAD_CONVERTED',
  mergedInSalesforce: 'SALESFORCE_RECORD_MERGED',
  mergedInHubSpot: 'HUBSPOT_CONTACT_MERGED',
  alone: 'PAIRED',
};

function settlePlan(pair: Pair, plan: Plan, outcome: PairOutcome, now: string): Settled {
  const before = contentOf(pair);
  switch (plan.kind) {
    case 'leave':
      return {
        content: { ...before, state: plan.state, reason: plan.reason, retryAt: plan.retryAt },
        writes: [],
        result: 'skipped',
      };
    case 'needsPropertyTimes':
      throw new Error('a plan that waits for property times cannot be settled');
    case 'createInHubSpot':
    case 'createInSalesforce':
      return settleCreate(before, plan, outcome, now);
    case 'unlink':
      return settleUnlink(before, plan, outcome, now);
    case 'update':
      return settleUpdate(pair, before, plan, outcome, now);
  }
}

/** The record that is left is alone from now on, and may find a new partner. */
function settleUnlink(
  before: LinkContent,
  plan: Extract<Plan, { kind: 'unlink' }>,
  outcome: PairOutcome,
  now: string,
): Settled {
  const failure = failureOf(outcome);
  if (failure) return { content: failed(before, failure, now), writes: [], result: 'failed' };
  const content: LinkContent = {
    ...before,
    ...(plan.gone === 'hubspot'
      ? { hubspotId: null, hubspotModifiedAt: null, keptApart: [] }
      : { salesforceId: null, salesforceObject: null, salesforceModifiedAt: null }),
    base: {},
    refused: {},
    fieldReasons: {},
    leftDifferent: {},
    state: 'skipped',
    reason: plan.reason,
    attempts: 0,
  };
  return { content, writes: [], result: 'skipped' };
}

type Failure = { readonly crm: 'HubSpot' | 'Salesforce'; readonly error: RecordError };

/** State after a record was refused as a whole: waiting where trying again can help, else a problem. */
function failed(content: LinkContent, { crm, error }: Failure, now: string): LinkContent {
  const why = reasonForRefusal(crm, error);
  const attempts = content.attempts + 1;
  const willRetry = error.retryable || REASONS[why.code].category === 'waiting';
  const state: LinkState = willRetry ? 'waiting' : 'problem';
  const retryAt = willRetry
    ? new Date(Date.parse(now) + retryDelayMs(attempts)).toISOString()
    : null;
  return { ...content, state, reason: why, attempts, retryAt };
}

function failureOf(outcome: PairOutcome): Failure | null {
  const { hubspot, salesforce, unsubscribed } = outcome;
  if (salesforce.result?.ok === false) return { crm: 'Salesforce', error: salesforce.result.error };
  if (hubspot.result?.ok === false) return { crm: 'HubSpot', error: hubspot.result.error };
  // An opt-out that HubSpot refuses for good is one field's matter, not the record's.
  if (unsubscribed?.ok === false && unsubscribed.error.retryable) {
    return { crm: 'HubSpot', error: unsubscribed.error };
  }
  return null;
}

const refusedForGood = (unsubscribed: PairOutcome['unsubscribed']): RecordError | undefined =>
  unsubscribed?.ok === false && !unsubscribed.error.retryable ? unsubscribed.error : undefined;

const refusal = (side: Side, error: RecordError, value: CanonicalValue): RefusedValue => ({
  side,
  value,
  reason: reasonForRefusal(
    side === 'hubspot' ? 'HubSpot' : 'Salesforce',
    error,
    value === null ? '' : String(value),
  ),
});

const nameOn = (side: Side, pair: FieldPair): string =>
  side === 'hubspot' ? pair.property.name : pair.field.name;

function settleCreate(
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

function settleUpdate(
  pair: Pair,
  before: LinkContent,
  plan: Extract<Plan, { kind: 'update' }>,
  outcome: PairOutcome,
  now: string,
): Settled {
  const base: Record<string, CanonicalValue> = {};
  const refused: Record<string, RefusedValue> = {};
  const fieldReasons: Record<string, Reason> = {};
  const leftDifferent: Record<string, LeftDifferent> = {};
  const writes: FieldWrite[] = [];
  for (const field of plan.fields) {
    const { key, rule } = field.pair.mapping;
    const known = before.base[key];
    const refusedBefore = before.refused[key];
    if (field.kind === 'unread') {
      if (known !== undefined) base[key] = known;
      const reasonBefore = before.fieldReasons[key];
      const differentBefore = before.leftDifferent[key];
      if (reasonBefore) fieldReasons[key] = reasonBefore;
      if (differentBefore) leftDifferent[key] = differentBefore;
      continue;
    }
    if (field.kind === 'same') {
      base[key] = field.value;
      continue;
    }
    // A base kept while a mapping is off would later take old edits for new ones.
    if (known !== undefined && rule !== 'off') base[key] = known;
    if (field.kind === 'left') {
      if (refusedBefore) refused[key] = refusedBefore;
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
      base[key] = field.value;
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
  const wasPaired = pair.link?.hubspotId != null && pair.link.salesforceId != null;
  return {
    content,
    writes,
    result: !wasPaired ? 'paired' : writes.length > 0 ? 'updated' : 'unchanged',
  };
}
