// What the card shows of one contact: where it stands, its Salesforce record, every mapped field on both
// sides and what the next sync would do. Made from a dry run, so it says what a sync would say.
import type { Link, LinkState } from '../engine/link.ts';
import { salesforceFieldOf } from '../engine/mapping.ts';
import type { Pair } from '../engine/match.ts';
import type { Plan } from '../engine/plan.ts';
import { NOT_HELD_BACK, planFields, readFields, type FieldPlan } from '../engine/plan-fields.ts';
import { explain, type Reason } from '../engine/reasons.ts';
import type { SalesforceRecord, SalesforceValue } from '../engine/records.ts';
import { RULE_TEXTS } from '../engine/rules.ts';
import type { PlannedPair } from '../sync/apply.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import type { Workspace } from '../sync/workspace.ts';
import { ApiFailure } from './failure.ts';
import type { FieldView, ReasonView, RecordView } from './contract.ts';

const STATES: Readonly<Record<LinkState, RecordView['state']>> = {
  inSync: 'inSync',
  waiting: 'waiting',
  problem: 'problem',
  skipped: 'notSyncing',
};

export function reasonView(why: Reason): ReasonView {
  const { sentence, fix } = explain(why);
  return { code: why.code, sentence, fix };
}

/** Reads both sides of one contact. Fails with CONTACT_NOT_FOUND when HubSpot has no such contact. */
export async function recordView(pipeline: Pipeline, contactId: string): Promise<RecordView> {
  const [planned] = await pipeline.dryRun([{ key: { side: 'hubspot', id: contactId } }]);
  if (!planned || (planned.pair.hubspot === null && planned.pair.link === null)) {
    throw new ApiFailure({
      code: 'CONTACT_NOT_FOUND',
      message: `HubSpot has no contact ${contactId} that Tandem may see.`,
      fix: 'Check the record, and that the app has the scope crm.objects.contacts.read.',
      field: 'contactId',
    });
  }
  const workspace = await pipeline.workspaces.current();
  const { instanceUrl } = await pipeline.ports.salesforce.schema.organization();
  return view(contactId, planned, workspace, instanceUrl);
}

function view(
  contactId: string,
  { pair, plan }: PlannedPair,
  workspace: Workspace,
  instanceUrl: string,
): RecordView {
  const { link, salesforce } = pair;
  const state = stateOf(link, plan);
  const why = plan.kind === 'leave' ? plan.reason : (link?.reason ?? null);
  const name = salesforce && nameOf(salesforce);
  return {
    contactId,
    state,
    headline: headline(state, pair, why),
    reason: why && reasonView(why),
    salesforce:
      salesforce && name !== null
        ? {
            object: salesforce.object,
            id: salesforce.id,
            name,
            url: `${instanceUrl}/lightning/r/${salesforce.object}/${salesforce.id}/view`,
          }
        : null,
    lastSyncedAt: link?.lastSyncedAt ?? null,
    fields: fieldViews(pair, plan, workspace),
  };
}

function stateOf(link: Link | null, plan: Plan): RecordView['state'] {
  if (plan.kind === 'leave') return STATES[plan.state];
  return link?.lastSyncedAt || (link && link.state !== 'inSync')
    ? STATES[link.state]
    : 'neverSynced';
}

function headline(state: RecordView['state'], { salesforce }: Pair, why: Reason | null): string {
  if (why !== null) return explain(why).sentence;
  if (state === 'inSync' && salesforce) {
    return `In sync with the Salesforce ${salesforce.object.toLowerCase()} ${nameOf(salesforce)}.`;
  }
  return salesforce
    ? `Salesforce has a ${salesforce.object.toLowerCase()} with this e-mail address; the next sync pairs them.`
    : 'Not synced yet; the next sync creates this person in Salesforce.';
}

function nameOf(record: SalesforceRecord): string {
  const parts = [record.fields.FirstName, record.fields.LastName].filter(
    (part) => typeof part === 'string' && part !== '',
  );
  return parts.length > 0 ? parts.join(' ') : record.id;
}

function fieldViews(pair: Pair, plan: Plan, workspace: Workspace): FieldView[] {
  const { hubspot, salesforce, link } = pair;
  if (!hubspot || !salesforce) return [];
  const fields =
    plan.kind === 'update'
      ? plan.fields
      : planFields(
          readFields(workspace.table.pairs[salesforce.object], hubspot, salesforce, pair, null),
          hubspot,
          salesforce,
          link,
          NOT_HELD_BACK,
        );
  const planned = new Map(fields.map((field) => [field.pair.mapping.key, field]));
  const blockedBy = plan.kind === 'leave' ? plan.reason : null;
  return workspace.table.mappings.flatMap((mapping): FieldView[] => {
    const field = planned.get(mapping.key);
    if (!field) return [];
    const { property, field: salesforceField } = field.pair;
    return [
      {
        hubspotProperty: property.name,
        hubspotLabel: property.label,
        salesforceField: salesforceFieldOf(mapping, salesforce.object),
        salesforceLabel: salesforceField.label,
        hubspotValue: shownInHubSpot(hubspot.properties[property.name] ?? null, field, workspace),
        salesforceValue: shownInSalesforce(
          salesforce.fields[salesforceField.name] ?? null,
          field,
          workspace,
        ),
        rule: mapping.rule,
        ruleLabel: RULE_TEXTS[mapping.rule].label,
        ...nextOf(field, blockedBy),
      },
    ];
  });
}

function nextOf(field: FieldPlan, blockedBy: Reason | null): Pick<FieldView, 'next' | 'reason'> {
  if (field.kind === 'same' || field.kind === 'unread') return { next: 'same', reason: null };
  const why = blockedBy ?? field.reason;
  const next = blockedBy !== null || field.kind === 'left' ? 'blocked' : field.kind;
  return { next, reason: why && reasonView(why) };
}

function shownInHubSpot(
  raw: string | null,
  { pair }: FieldPlan,
  { owners }: Workspace,
): string | null {
  if (raw === null || raw === '') return null;
  if (pair.mapping.special === 'owner') return owners.name(raw);
  return pair.property.options.find((option) => option.value === raw)?.label ?? raw;
}

function shownInSalesforce(
  raw: SalesforceValue,
  { pair }: FieldPlan,
  { owners }: Workspace,
): string | null {
  if (raw === null || raw === '') return null;
  const text = String(raw);
  if (pair.mapping.special === 'owner') return owners.name(text);
  return pair.field.picklistValues.find((option) => option.value === text)?.label ?? text;
}
