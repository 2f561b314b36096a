// The last word on one person: what the plan comes to, and what to do next.
import type { Pair } from '../engine/match.ts';
import type { Plan } from '../engine/plan.ts';
import { explain, type Reason } from '../engine/reasons.ts';
import type { SalesforceRecord } from '../engine/records.ts';
import type { TracedPair } from '../sync/trace.ts';
import type { Workspace } from '../sync/workspace.ts';
import type { PersonTrace } from './contract.ts';
import { nameOfRecord } from './find-person.ts';

export const recordInWords = (record: SalesforceRecord): string =>
  `${record.object} ${nameOfRecord(record)} (${record.id})`;

export function verdictOn(
  { pair, plan }: TracedPair,
  { lists }: Workspace,
): PersonTrace['verdict'] {
  const { link } = pair;
  switch (plan.kind) {
    case 'leave': {
      const { sentence, fix, category } = explain(plan.reason);
      // What a setting keeps out is looked at again too, and waits for nothing.
      const waits = plan.state === 'waiting' && plan.retryAt !== null && category !== 'policy';
      return {
        outcome: waits ? 'waits' : 'doesNotSync',
        sentence: `${waits ? 'Waits' : 'Doesn’t sync'}: ${sentence}`,
        fix,
        retryAt: plan.retryAt,
      };
    }
    case 'unlink':
      return {
        outcome: 'doesNotSync',
        sentence: `Doesn’t sync: ${explain(plan.reason).sentence}`,
        fix: explain(plan.reason).fix,
        retryAt: null,
      };
    case 'createInSalesforce':
      return {
        outcome: 'syncs',
        sentence: `Syncs: becomes a new ${plan.object.toLowerCase()} in Salesforce at the next sync.`,
        fix: NEXT_SYNC,
        retryAt: null,
      };
    case 'createInHubSpot': {
      const isListed = Object.values(lists).some((list) => list !== null);
      return {
        outcome: 'syncs',
        sentence: `Syncs: becomes a new HubSpot contact at the next sync${isListed ? '; after that nothing more is sent until it is in the lists that are chosen' : ''}.`,
        fix: 'It goes when the record changes next, or with an import.',
        retryAt: null,
      };
    }
    case 'needsPropertyTimes':
    case 'update':
      return pairVerdict(plan, pair, link?.state === 'problem' ? link.reason : null);
  }
}

const NEXT_SYNC =
  'It goes when the contact changes next, with Sync now on its card, or with a run.';

function pairVerdict(
  plan: Extract<Plan, { kind: 'update' | 'needsPropertyTimes' }>,
  { link, salesforce, hubspot }: Pair,
  lastProblem: Reason | null,
): PersonTrace['verdict'] {
  const record = salesforce === null ? 'the record' : recordInWords(salesforce);
  const { toSalesforce = null, toHubSpot = null } = plan.kind === 'update' ? plan.heldBack : {};
  const closed = toSalesforce ?? toHubSpot;
  if (closed !== null) {
    const { sentence, fix } = explain(closed);
    const only = toSalesforce ? 'Only receives from Salesforce' : 'Only sends to Salesforce';
    return {
      outcome: 'oneWay',
      sentence: `${only}: ${sentence}`,
      fix,
      retryAt: plan.kind === 'update' ? (plan.waits?.retryAt ?? null) : null,
    };
  }
  if (lastProblem !== null) {
    const { sentence, fix } = explain(lastProblem);
    return {
      outcome: 'waits',
      sentence: `May sync, but the last try failed: ${sentence}`,
      fix,
      retryAt: link?.retryAt ?? null,
    };
  }
  const isPaired = link?.salesforceId === salesforce?.id && link?.hubspotId === hubspot?.id;
  return {
    outcome: 'syncs',
    sentence: isPaired
      ? `Syncs both ways with ${record}.`
      : `Syncs both ways: is paired with ${record} at the next sync.`,
    fix: isPaired ? null : NEXT_SYNC,
    retryAt: null,
  };
}
