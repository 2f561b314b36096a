// A look before Sync now: the pipeline stopped after the plan, in words. What it says is what the same sync would
// report if both CRMs took every write.
import { withChoices } from '../engine/choose-side.ts';
import { everythingTaken } from '../engine/outcome.ts';
import type { Plan } from '../engine/plan.ts';
import { explain, type Reason } from '../engine/reasons.ts';
import type { Side } from '../engine/records.ts';
import { settle } from '../engine/settle.ts';
import type { PlannedPair } from '../sync/apply.ts';
import type { Decide, Pipeline } from '../sync/pipeline.ts';
import { because } from './because.ts';
import type { CallParameters, SyncPreview } from './contract.ts';
import { fieldChange, fieldWritesIn } from './field-changes.ts';
import { reasonView } from './field-views.ts';
import { contactNotFound } from './record-view.ts';

type Choices = NonNullable<CallParameters<'sync-now'>['choices']>;

/** The plan of a sync in which a person has chosen sides. */
export function choosing(choices: Choices): Decide {
  const sides = new Map<string, Side>(
    choices.map(({ hubspotProperty, side }) => [hubspotProperty, side]),
  );
  return ({ pair, plan }) => ({ pair, plan: withChoices(pair, plan, sides) });
}

export async function previewSync(
  pipeline: Pipeline,
  { contactId, choices }: { readonly contactId: string; readonly choices: Choices },
): Promise<SyncPreview> {
  const planned = await pipeline.dryRun(
    [{ key: { side: 'hubspot', id: contactId } }],
    choosing(choices),
  );
  const mine = planned.find(({ pair }) => pair.hubspot?.id === contactId) ?? planned[0];
  if (!mine || (mine.pair.hubspot === null && mine.pair.link === null))
    throw contactNotFound(contactId);
  const { pair, plan } = mine;
  const now = new Date(pipeline.ports.now()).toISOString();
  const { writes } = settle(pair, plan, everythingTaken(pair, plan), now);
  const workspace = await pipeline.workspaces.current();
  const changes = fieldWritesIn(writes).map((write) => ({
    ...fieldChange(write, workspace),
    because: because(write.why),
  }));
  const why = reasonOf(plan);
  return {
    ...said(mine, changes.length, why),
    reason: why && reasonView(why),
    changes,
    leftOut: leftOut(plan),
  };
}

const reasonOf = (plan: Plan): Reason | null =>
  plan.kind === 'leave' || plan.kind === 'unlink'
    ? plan.reason
    : plan.kind === 'update'
      ? (plan.waits?.reason ?? null)
      : null;

function leftOut(plan: Plan): SyncPreview['leftOut'] {
  if (plan.kind === 'update')
    return plan.fields.flatMap((field) =>
      field.kind === 'left' && field.reason
        ? [{ field: field.pair.property.label, reason: reasonView(field.reason) }]
        : [],
    );
  if (plan.kind !== 'createInSalesforce' && plan.kind !== 'createInHubSpot') return [];
  return plan.fields.flatMap(({ pair, sent, reason }) =>
    !sent && reason ? [{ field: pair.property.label, reason: reasonView(reason) }] : [],
  );
}

function said(
  { pair, plan }: PlannedPair,
  count: number,
  why: Reason | null,
): Pick<SyncPreview, 'outcome' | 'sentence'> {
  const fields = count === 1 ? '1 field' : `${count} fields`;
  switch (plan.kind) {
    case 'createInSalesforce':
      return {
        outcome: 'createsInSalesforce',
        sentence: `Creates a ${plan.object.toLowerCase()} in Salesforce with ${fields}.`,
      };
    case 'createInHubSpot':
      return {
        outcome: 'createsInHubSpot',
        sentence: `Creates the contact in HubSpot with ${fields}.`,
      };
    case 'unlink':
      return { outcome: 'unlinks', sentence: explain(plan.reason).sentence };
    case 'update': {
      const isPaired = pair.link?.salesforceId === pair.salesforce?.id;
      const record = pair.salesforce?.object.toLowerCase() ?? 'record';
      if (!isPaired)
        return {
          outcome: 'pairs',
          sentence:
            count === 0
              ? `Pairs the contact with a Salesforce ${record}; both sides agree.`
              : `Pairs the contact with a Salesforce ${record} and writes ${fields}.`,
        };
      if (count > 0) return { outcome: 'updates', sentence: `Writes ${fields}.` };
      return {
        outcome: 'nothingToDo',
        sentence: why ? explain(why).sentence : 'Nothing to do: both sides are as their rules say.',
      };
    }
    case 'leave':
    case 'needsPropertyTimes':
      return {
        outcome: 'notSynced',
        sentence: why ? explain(why).sentence : 'Nothing would be synced.',
      };
  }
}
