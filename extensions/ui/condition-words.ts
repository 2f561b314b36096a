// What a condition builder offers for each kind of field, and what somebody types as values. Pure. A condition that
// is being built may lack a field or a value: it is kept as it is, and told to be unfinished.
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

const isFinishedClause = ({ field, comparison, values }: Clause): boolean =>
  field !== '' && (!takesValues(comparison) || values.length > 0);

/** Whether every clause has a field and, where its comparison takes one, a value. */
export const isFinished = ({ clauses }: Condition): boolean => clauses.every(isFinishedClause);

/** Several values in one input; one that has a semicolon of its own gets a backslash before it. */
export const typedValues = (values: readonly string[]): string =>
  values.map((value) => value.replaceAll(';', '\\;')).join('; ');

export const valuesTyped = (text: string): string[] =>
  text
    .split(/(?<!\\);/)
    .map((value) => value.replaceAll('\\;', ';').trim())
    .filter((value) => value !== '');
