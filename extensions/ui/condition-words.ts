// What a condition builder offers for each kind of field, and what somebody types as values. Pure. A condition that
// is being built may have clauses that lack a field or a value; only finished ones count.
import type { Condition } from '../../src/engine/conditions.ts';
import type { ConditionKind } from '../../src/api/contract.ts';

export type Clause = Condition['clauses'][number];
export type Comparison = Clause['comparison'];

export interface ConditionField {
  readonly name: string;
  readonly label: string;
  /** In words. */
  readonly type: string;
  /** Left out: an option where there are options, else text. */
  readonly kind?: ConditionKind;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
}

/** For a checkbox whose CRM names no options. */
export const YES_OR_NO = [
  { label: 'Yes', value: 'true' },
  { label: 'No', value: 'false' },
] as const;

type Choice = readonly [comparison: Comparison, label: string];

const BLANKS: readonly Choice[] = [
  ['isBlank', 'is blank'],
  ['isNotBlank', 'is not blank'],
];

const CHOICES: Readonly<Record<ConditionKind, readonly Choice[]>> = {
  text: [
    ['is', 'is'],
    ['isNot', 'is not'],
    ['contains', 'contains'],
    ['startsWith', 'starts with'],
    ...BLANKS,
  ],
  number: [
    ['is', 'is'],
    ['isNot', 'is not'],
    ['lessThan', 'is less than'],
    ['greaterThan', 'is greater than'],
    ...BLANKS,
  ],
  date: [['is', 'is on'], ['lessThan', 'is before'], ['greaterThan', 'is after'], ...BLANKS],
  // A day stands for its first moment.
  dateTime: [['lessThan', 'is before'], ['greaterThan', 'is on or after'], ...BLANKS],
  option: [['is', 'is any of'], ['isNot', 'is none of'], ...BLANKS],
  options: [['contains', 'includes any of'], ...BLANKS],
  checkbox: [['is', 'is'], ['isNot', 'is not'], ...BLANKS],
};

/** For a comparison that somebody saved and that isn't offered for the kind of the field. */
const PLAIN: Readonly<Record<Comparison, string>> = {
  is: 'is',
  isNot: 'is not',
  contains: 'contains',
  startsWith: 'starts with',
  lessThan: 'is less than',
  greaterThan: 'is greater than',
  isBlank: 'is blank',
  isNotBlank: 'is not blank',
};

export const kindOf = (field: ConditionField | undefined): ConditionKind =>
  field?.kind ?? ((field?.options?.length ?? 0) > 0 ? 'option' : 'text');

export function comparisonOptions(
  kind: ConditionKind,
  current: Comparison,
): { label: string; value: Comparison }[] {
  const offered = CHOICES[kind];
  const isOffered = offered.some(([comparison]) => comparison === current);
  const all: readonly Choice[] = isOffered ? offered : [...offered, [current, PLAIN[current]]];
  return all.map(([value, label]) => ({ label, value }));
}

export const takesValues = (comparison: Comparison): boolean =>
  comparison !== 'isBlank' && comparison !== 'isNotBlank';

/** The clause with another field: what can't be compared with that goes. */
export function withField(clause: Clause, field: ConditionField): Clause {
  const offered = CHOICES[kindOf(field)];
  const [first = BLANKS[0]] = offered;
  const keeps = offered.some(([comparison]) => comparison === clause.comparison);
  return {
    field: field.name,
    comparison: keeps ? clause.comparison : (first?.[0] ?? 'is'),
    values: [],
  };
}

export const withComparison = (clause: Clause, comparison: Comparison): Clause => ({
  ...clause,
  comparison,
  values: takesValues(comparison) ? clause.values : [],
});

export const NEW_CLAUSE: Clause = { field: '', comparison: 'is', values: [] };

/** Whether a clause has a field and, where its comparison takes one, a value. */
export const isFinished = ({ field, comparison, values }: Clause): boolean =>
  field !== '' && (!takesValues(comparison) || values.length > 0);

/** What counts of a condition that is being built; null: every record meets it. */
export function finishedPart({ match, clauses }: Condition): Condition | null {
  const finished = clauses.filter(isFinished);
  return finished.length === 0 ? null : { match, clauses: finished };
}

/** Several values in one input; one that has a semicolon of its own gets a backslash before it. */
export const typedValues = (values: readonly string[]): string =>
  values.map((value) => value.replaceAll(';', '\\;')).join('; ');

export const valuesTyped = (text: string): string[] =>
  text
    .split(/(?<!\\);/)
    .map((value) => value.replaceAll('\\;', ';').trim())
    .filter((value) => value !== '');

const NUMBER = /^-?[\d,]+(?:\.\d+)?$/;
const isTime = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}(?:T.*)?$/.test(value) && !Number.isNaN(Date.parse(value));

/** What keeps typed values from fitting their field, in a sentence; null where nothing does. */
export function misfit(kind: ConditionKind, values: readonly string[]): string | null {
  if (kind === 'number' && !values.every((value) => NUMBER.test(value)))
    return 'Enter a number, such as 1000 or 12.5.';
  if ((kind === 'date' || kind === 'dateTime') && !values.every(isTime))
    return 'Enter a date as 2026-11-30.';
  return null;
}
