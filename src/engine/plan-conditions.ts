// Conditions on a Salesforce record where a plan asks about them: the reason where one is not met, and the note for
// whoever listens.
import { meets, weighed, type Condition } from './conditions.ts';
import { reason, type Reason } from './reasons.ts';
import type { SalesforceRecord } from './records.ts';
import { stopping, type Note } from './trace.ts';

type ConditionCode = 'SALESFORCE_CONDITION_NOT_MET' | 'CREATION_CONDITION_NOT_MET';

export const conditionUnmet = (
  { object, fields }: SalesforceRecord,
  condition: Condition | null,
  code: ConditionCode,
): Reason | null =>
  meets(fields, condition) ? null : reason(code, { object: object.toLowerCase() });

export function noteCondition(
  { object, fields }: SalesforceRecord,
  condition: Condition | null,
  of: 'inclusion' | 'creation',
  unmet: Reason | null,
  way: 'both' | 'toHubSpot',
  note: Note,
): void {
  if (condition === null) return;
  const clauses = weighed(fields, condition);
  const { match } = condition;
  const stops = stopping(way, unmet);
  note({ asks: 'salesforceCondition', of, object, match, clauses, stops });
}
