// Every mapped field of a pair as the card shows it: both values, the rule, and what the next sync would do.
import { choicesFor } from '../engine/choose-side.ts';
import type { SalesforceObject } from '../engine/fields.ts';
import { salesforceFieldOf } from '../engine/mapping.ts';
import type { Pair } from '../engine/match.ts';
import type { Plan } from '../engine/plan.ts';
import { NOT_HELD_BACK, planFields, readFields, type FieldPlan } from '../engine/plan-fields.ts';
import { explain, type Reason, type ReasonCode } from '../engine/reasons.ts';
import type { SalesforceValue } from '../engine/records.ts';
import { RULE_TEXTS } from '../engine/rules.ts';
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

export function fieldViews(pair: Pair, plan: Plan, workspace: Workspace): FieldView[] {
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
  return { next, reason: why && reasonView(why), issue: (why && ISSUES[why.code]) ?? null };
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
