// The plan for a pair that one side of is gone: deleted for sure, or out of sight (native-connector §8).
import type { Link } from './link.ts';
import type { Pair } from './match.ts';
import { pausedBy } from './pause.ts';
import type { Plan, PlanContext } from './plan.ts';
import { reason, type Reason } from './reasons.ts';
import type { HubSpotContact, Side } from './records.ts';
import { stopping } from './trace.ts';

/** Neither record is there. */
export const planNobody = (pair: Pair, context: PlanContext): Plan =>
  noted(skipped(recordGone(pair.link)), 'salesforce', pair, context);

export const planRecordGone = (pair: Pair, contact: HubSpotContact, context: PlanContext): Plan =>
  noted(recordGonePlan(pair, contact, context), 'salesforce', pair, context);

export const planContactGone = (pair: Pair, context: PlanContext): Plan =>
  noted(contactGonePlan(pair, context), 'hubspot', pair, context);

const skipped = (why: Reason): Extract<Plan, { kind: 'leave' }> => ({
  kind: 'leave',
  state: 'skipped',
  reason: why,
  retryAt: null,
});

function noted(planned: Plan, side: Side, { deleted }: Pair, { note }: PlanContext): Plan {
  if (note && 'reason' in planned)
    note({
      asks: 'partnerGone',
      side,
      isDeleted: deleted === side,
      stops: stopping('both', planned.reason),
    });
  return planned;
}

function recordGone(link: Link | null): Reason {
  return reason('SALESFORCE_RECORD_DELETED', {
    object: link?.salesforceObject ?? 'record',
    id: link?.salesforceId ?? '',
  });
}

/** The Salesforce record was deleted, or is out of sight. */
function recordGonePlan(pair: Pair, contact: HubSpotContact, context: PlanContext): Plan {
  const setting = context.settings.deletion.inSalesforce;
  const why = recordGone(pair.link);
  const { toSalesforce, toHubSpot } = context.heldBack(contact.id);
  if (pair.deleted !== 'salesforce' || setting === 'leave' || pair.link?.pinned)
    return skipped(why);
  // The deletion is noticed for everybody; it crosses only for those that sync.
  if (setting === 'delete' && (toHubSpot ?? toSalesforce)) return skipped(why);
  const paused = pausedBy(context.settings.paused).toHubSpot;
  if (setting === 'delete' && paused) return { ...skipped(paused), state: 'waiting' };
  const details = { side: 'Salesforce', crm: 'HubSpot', id: pair.link?.salesforceId ?? '' };
  return {
    kind: 'unlink',
    gone: 'salesforce',
    deletes: setting === 'delete',
    reason: reason(setting === 'delete' ? 'DELETED_THERE_TOO' : 'UNLINKED_AFTER_DELETE', details),
  };
}

/** The HubSpot contact was deleted, erased or is out of sight. */
function contactGonePlan(pair: Pair, context: PlanContext): Plan {
  const setting = context.settings.deletion.inHubSpot;
  const id = pair.link?.hubspotId ?? '';
  const why = reason('HUBSPOT_CONTACT_DELETED', { id });
  if (pair.deleted !== 'hubspot' || setting === 'leave' || pair.link?.pinned) return skipped(why);
  const paused = pausedBy(context.settings.paused).toSalesforce;
  if (setting === 'delete' && paused) return { ...skipped(paused), state: 'waiting' };
  const details = { side: 'HubSpot', crm: 'Salesforce', id };
  return {
    kind: 'unlink',
    gone: 'hubspot',
    deletes: setting === 'delete',
    reason: reason(setting === 'delete' ? 'DELETED_THERE_TOO' : 'UNLINKED_AFTER_DELETE', details),
  };
}
