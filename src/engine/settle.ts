// After the writes: what is remembered of a pair. From the plan and what became of each write come the
// new link (ids, base, state, reasons) and the history rows. Pure, so a crash before it is stored only
// means that the same pair is planned again from what both sides hold then.
import type { LinkContent } from './link.ts';
import type { Found, Pair } from './match.ts';
import { failed, failureOf, type FieldWrite, type PairOutcome, type Settled } from './outcome.ts';
import type { Plan } from './plan.ts';
import { later, settleCreate, settleUpdate } from './settle-fields.ts';

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

/** What is known of a pair before this sync: its link, with the ids and versions just seen. */
export function contentOf(pair: Pair): LinkContent {
  const known = pair.link ?? EMPTY_LINK;
  const record = pair.salesforce;
  const { givesUp } = pair;
  return {
    hubspotId: givesUp === 'hubspot' ? null : (pair.hubspot?.id ?? known.hubspotId),
    salesforceId: record?.id ?? (givesUp === 'salesforce' ? null : known.salesforceId),
    salesforceObject: record?.object ?? (givesUp === 'salesforce' ? null : known.salesforceObject),
    base: pair.base,
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
