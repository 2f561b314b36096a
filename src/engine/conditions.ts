// Conditions an admin sets on the fields of a record: which Salesforce records may enter HubSpot, which
// HubSpot contacts become what. Compared as SOQL and HubSpot's own filters compare: text without regard to
// letter case, numbers and dates by their order, a blank only by being blank.
import { z } from 'zod';
import type { SalesforceValue } from './records.ts';
import { parseNumber, readText } from './values.ts';

export const COMPARISONS = [
  'is',
  'isNot',
  'contains',
  'startsWith',
  'lessThan',
  'greaterThan',
  'isBlank',
  'isNotBlank',
] as const;

const clauseSchema = z
  .object({
    /** Property or field name, as its own CRM spells it. */
    field: z.string().min(1).max(255),
    comparison: z.enum(COMPARISONS),
    /** Any of them; none for blank and not blank. */
    values: z.array(z.string()).default([]),
  })
  .refine(
    ({ comparison, values }) =>
      comparison === 'isBlank' || comparison === 'isNotBlank' ? true : values.length > 0,
    { message: 'A comparison needs at least one value.', path: ['values'] },
  );

export const conditionSchema = z.object({
  /** Whether every clause has to hold, or any one of them. */
  match: z.enum(['all', 'any']).default('all'),
  clauses: z.array(clauseSchema).min(1),
});
export type Condition = z.infer<typeof conditionSchema>;
export type Clause = Condition['clauses'][number];

export type ConditionValues = Readonly<Record<string, SalesforceValue>>;

/** Fields a condition looks at, to be read with every record. */
export const fieldsInCondition = (condition: Condition | null): string[] =>
  condition === null ? [] : [...new Set(condition.clauses.map(({ field }) => field))];

export function meets(values: ConditionValues, condition: Condition | null): boolean {
  if (condition === null) return true;
  const holds = (clause: Clause): boolean => clauseHolds(values[clause.field] ?? null, clause);
  return condition.match === 'all' ? condition.clauses.every(holds) : condition.clauses.some(holds);
}

/** A clause with what it looked at. */
export interface WeighedClause {
  readonly clause: Clause;
  readonly value: SalesforceValue;
  readonly holds: boolean;
}

/** Every clause of a condition on its own, as `meets` judges it. */
export const weighed = (values: ConditionValues, condition: Condition | null): WeighedClause[] =>
  (condition?.clauses ?? []).map((clause) => {
    const value = values[clause.field] ?? null;
    return { clause, value, holds: clauseHolds(value, clause) };
  });

function clauseHolds(raw: SalesforceValue, { comparison, values }: Clause): boolean {
  const text = raw === null ? null : readText(String(raw));
  if (comparison === 'isBlank') return text === null;
  if (comparison === 'isNotBlank') return text !== null;
  // As in SOQL, a blank differs from every value and is neither before nor after one.
  if (text === null) return comparison === 'isNot';
  const any = (test: (value: string) => boolean): boolean => values.some(test);
  const lower = text.toLowerCase();
  switch (comparison) {
    case 'is':
      return any((value) => isSame(text, value));
    case 'isNot':
      return !any((value) => isSame(text, value));
    case 'contains':
      return any((value) => lower.includes(value.toLowerCase()));
    case 'startsWith':
      return any((value) => lower.startsWith(value.toLowerCase()));
    case 'lessThan':
      return any((value) => order(text, value) < 0);
    case 'greaterThan':
      return any((value) => order(text, value) > 0);
  }
}

/** As somebody writes an amount: postal codes, phone numbers and long ids are made of digits and are texts. */
const AMOUNT = /^\s*-?(?:0|[1-9][\d,]{0,14})(?:\.\d+)?\s*$/;
const looksLikeNumber = (text: string): boolean => parseNumber(text) !== null;

function isSame(one: string, other: string): boolean {
  const areAmounts = AMOUNT.test(one) && AMOUNT.test(other);
  return looksLikeNumber(one) && looksLikeNumber(other) && !areAmounts
    ? one.trim() === other.trim()
    : order(one, other) === 0;
}

/** Numbers by size, dates by time, everything else as text without regard to letter case. */
function order(one: string, other: string): number {
  const numbers = [parseNumber(one), parseNumber(other)] as const;
  if (numbers[0] !== null && numbers[1] !== null) return numbers[0] - numbers[1];
  const times = [instantOf(one), instantOf(other)] as const;
  if (times[0] !== null && times[1] !== null) return times[0] - times[1];
  const [left, right] = [one.trim().toLowerCase(), other.trim().toLowerCase()];
  return left < right ? -1 : left > right ? 1 : 0;
}

function instantOf(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}(T|$)/.test(text)) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : time;
}
