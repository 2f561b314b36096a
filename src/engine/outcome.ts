// What became of the writes of one pair, and what that makes of its link: refused as a whole, or field by
// field.
import type { RecordError } from './errors.ts';
import type { CanonicalValue, LinkContent, LinkState, RefusedValue } from './link.ts';
import type { Pair } from './match.ts';
import type { Plan } from './plan.ts';
import { REASONS } from './reasons.ts';
import type { Side } from './records.ts';
import { reasonForRefusal } from './refusals.ts';

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

/** What a dry run takes for granted: both CRMs take all that is planned. Records that it creates have no id. */
export function everythingTaken(pair: Pair, plan: Plan): PairOutcome {
  const taken = (id: string): SideOutcome => ({
    result: { ok: true, id, modifiedAt: null },
    dropped: new Map(),
  });
  const hubspot = taken(pair.hubspot?.id ?? '');
  const salesforce = taken(pair.salesforce?.id ?? '');
  switch (plan.kind) {
    case 'createInSalesforce':
      return { ...NOTHING_SENT, salesforce };
    case 'createInHubSpot':
      return { ...NOTHING_SENT, hubspot };
    case 'unlink':
      if (!plan.deletes) return NOTHING_SENT;
      return plan.gone === 'hubspot'
        ? { ...NOTHING_SENT, salesforce }
        : { ...NOTHING_SENT, hubspot };
    case 'update':
      return {
        hubspot: Object.keys(plan.hubspot).length > 0 ? hubspot : NOTHING_SENT.hubspot,
        salesforce: Object.keys(plan.salesforce).length > 0 ? salesforce : NOTHING_SENT.salesforce,
        unsubscribed: plan.unsubscribe === null ? null : { ok: true },
      };
    case 'leave':
    case 'needsPropertyTimes':
      return NOTHING_SENT;
  }
}

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

/** 15 s, 30 s, 1 min, … up to 20 min, as often as it takes: nothing is given up on. */
export function retryDelayMs(attempts: number): number {
  return Math.min(15_000 * 2 ** Math.max(0, attempts - 1), 20 * 60_000);
}

export type Failure = { readonly crm: 'HubSpot' | 'Salesforce'; readonly error: RecordError };

/** State after a record was refused as a whole: waiting where trying again can help, else a problem. */
export function failed(content: LinkContent, { crm, error }: Failure, now: string): LinkContent {
  const why = reasonForRefusal(crm, error);
  const attempts = content.attempts + 1;
  const willRetry = error.retryable || REASONS[why.code].category === 'waiting';
  const state: LinkState = willRetry ? 'waiting' : 'problem';
  const retryAt = willRetry
    ? new Date(Date.parse(now) + retryDelayMs(attempts)).toISOString()
    : null;
  return { ...content, state, reason: why, attempts, retryAt };
}

export function failureOf(outcome: PairOutcome): Failure | null {
  const { hubspot, salesforce, unsubscribed } = outcome;
  if (salesforce.result?.ok === false) return { crm: 'Salesforce', error: salesforce.result.error };
  if (hubspot.result?.ok === false) return { crm: 'HubSpot', error: hubspot.result.error };
  // An opt-out that HubSpot refuses for good is one field's matter, not the record's.
  if (unsubscribed?.ok === false && unsubscribed.error.retryable) {
    return { crm: 'HubSpot', error: unsubscribed.error };
  }
  return null;
}

export const refusedForGood = (
  unsubscribed: PairOutcome['unsubscribed'],
): RecordError | undefined =>
  unsubscribed?.ok === false && !unsubscribed.error.retryable ? unsubscribed.error : undefined;

export const refusal = (side: Side, error: RecordError, value: CanonicalValue): RefusedValue => ({
  side,
  value,
  reason: reasonForRefusal(
    side === 'hubspot' ? 'HubSpot' : 'Salesforce',
    error,
    value === null ? '' : String(value),
  ),
});
