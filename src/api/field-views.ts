// Every mapped field of a pair as the card shows it: both values, the rule, and what the next sync would do.
import { choicesFor } from '../engine/choose-side.ts';
import type { SalesforceObject } from '../engine/fields.ts';
import { salesforceFieldOf, type FieldPair } from '../engine/mapping.ts';
import type { Pair } from '../engine/match.ts';
import type { Plan } from '../engine/plan.ts';
import { NOT_HELD_BACK, planFields, readFields, type FieldPlan } from '../engine/plan-fields.ts';
import { explain, type Reason, type ReasonCode } from '../engine/reasons.ts';
import type { SalesforceValue } from '../engine/records.ts';
import { RULE_TEXTS } from '../engine/rules.ts';
import type { CampaignMembership } from '../salesforce/port.ts';
import type { Workspace } from '../sync/workspace.ts';
import type { FieldView, ReasonView, RecordView } from './contract.ts';

export function reasonView(why: Reason): ReasonView {
  const { sentence, fix } = explain(why);
  return { code: why.code, sentence, fix };
}

const ISSUES: Readonly<Partial<Record<ReasonCode, FieldView['issue']>>> = {
  CONFLICT_NEWEST_WON: 'conflict',
  REVERTED_BY_RULE: 'reverted',
  REVERTED_IN_SALESFORCE_BY_RULE: 'reverted',
  NOT_A_SALESFORCE_OPTION: 'option',
  NOT_A_HUBSPOT_OPTION: 'option',
  KEPT_AFTER_UNDO: 'undone',
};

/** What the next sync will do, not what one has done. */
const AHEAD: Readonly<Partial<Record<ReasonCode, (details: Reason['details']) => string>>> = {
  CONFLICT_NEWEST_WON: ({ winner }) =>
    `Both sides have changed; the newer change, made in ${winner ?? 'one of them'}, wins unless you choose.`,
  REVERTED_BY_RULE: ({ rule }) =>
    `The next sync sets the change in HubSpot back to Salesforce’s value, because the rule is “${rule ?? ''}”.`,
  REVERTED_IN_SALESFORCE_BY_RULE: ({ rule }) =>
    `The next sync sets the change in Salesforce back to HubSpot’s value, because the rule is “${rule ?? ''}”.`,
};

function reasonAhead(why: Reason): ReasonView {
  const shown = reasonView(why);
  const sentence = AHEAD[why.code]?.(why.details);
  return sentence === undefined ? shown : { ...shown, sentence };
}

export function fieldViews(
  pair: Pair,
  plan: Plan,
  workspace: Workspace,
  campaigns: readonly CampaignMembership[],
): FieldView[] {
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
    const withNames = mapping.special === 'campaigns' ? namedIn(campaigns) : asItIs;
    return [
      {
        hubspotProperty: property.name,
        hubspotLabel: property.label,
        salesforceField: salesforceFieldOf(mapping, salesforce.object),
        salesforceLabel: salesforceField.label,
        hubspotValue: withNames(
          shownInHubSpot(hubspot.properties[property.name] ?? null, field.pair, workspace),
        ),
        salesforceValue: withNames(
          field.kind === 'unread'
            ? shownInHubSpot(hubspot.properties[property.name] ?? null, field.pair, workspace)
            : shownInSalesforce(
                salesforce.fields[salesforceField.name] ?? null,
                field.pair,
                workspace,
              ),
        ),
        rule: mapping.rule,
        ruleLabel: RULE_TEXTS[mapping.rule].label,
        ...nextOf(field, blockedBy),
        choices: choicesFor(pair, plan, field),
      },
    ];
  });
}

/** Mappings in force that cannot be used for records of this object now. */
export function leftOutMappings(
  object: SalesforceObject,
  { table, schemas }: Workspace,
): RecordView['leftOut'] {
  return table.mappings.flatMap(({ key, hubspotProperty }) => {
    const problem = table.unusable[object].has(key) ? table.problems.get(key) : undefined;
    const hubspotLabel = schemas.hubspot.get(hubspotProperty)?.label ?? hubspotProperty;
    return problem ? [{ hubspotLabel, sentence: problem.sentence }] : [];
  });
}

function nextOf(
  field: FieldPlan,
  blockedBy: Reason | null,
): Pick<FieldView, 'next' | 'reason' | 'issue'> {
  if (field.kind === 'same' || field.kind === 'unread')
    return { next: 'same', reason: null, issue: null };
  const why = blockedBy ?? field.reason;
  const next = blockedBy !== null || field.kind === 'left' ? 'blocked' : field.kind;
  const say = next === 'blocked' ? reasonView : reasonAhead;
  return { next, reason: why && say(why), issue: (why && ISSUES[why.code]) ?? null };
}

const asItIs = (value: string | null): string | null => value;

/** Campaigns by name instead of by id, where they are known. */
const namedIn =
  (campaigns: readonly CampaignMembership[]) =>
  (ids: string | null): string | null => {
    const names = new Map(campaigns.map(({ campaignId, name }) => [campaignId, name]));
    return (
      ids &&
      ids
        .split(';')
        .map((id) => names.get(id) ?? id)
        .join(', ')
    );
  };

/** A HubSpot value as people read it: an option by its label, an owner by name. */
export function shownInHubSpot(
  raw: string | null,
  { mapping, property }: FieldPair,
  { owners }: Pick<Workspace, 'owners'>,
): string | null {
  if (raw === null || raw === '') return null;
  if (mapping.special === 'owner') return owners.name(raw);
  return property.options.find((option) => option.value === raw)?.label ?? raw;
}

/** The same of Salesforce. */
export function shownInSalesforce(
  raw: SalesforceValue,
  { mapping, field }: FieldPair,
  { owners }: Pick<Workspace, 'owners'>,
): string | null {
  if (raw === null || raw === '') return null;
  // As HubSpot calls the two.
  if (typeof raw === 'boolean') return raw ? 'Yes' : 'No';
  const text = String(raw);
  if (mapping.special === 'owner') return owners.name(text);
  return field.picklistValues.find((option) => option.value === text)?.label ?? text;
}
