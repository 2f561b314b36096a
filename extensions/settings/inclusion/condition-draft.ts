// A condition while somebody builds it: rows, some of which still lack a value. Only complete rows count as the
// condition; a draft never holds half of one. Pure.
import type { ConditionField } from '../../../src/api/contract.ts';
import type { Settings } from '../../../src/engine/settings.ts';

export type Condition = NonNullable<Settings['inclusion']['salesforceConditions']['Lead']>;
export type Row = Condition['clauses'][number];
export type Comparison = Row['comparison'];

export interface ConditionDraft {
  readonly match: Condition['match'];
  readonly rows: readonly Row[];
}

export const NO_ROWS: ConditionDraft = { match: 'all', rows: [] };

export const draftOfCondition = (condition: Condition | null): ConditionDraft =>
  condition === null ? NO_ROWS : { match: condition.match, rows: condition.clauses };

export const needsValues = (comparison: Comparison): boolean =>
  comparison !== 'isBlank' && comparison !== 'isNotBlank';

export const isComplete = ({ field, comparison, values }: Row): boolean =>
  field !== '' && (!needsValues(comparison) || values.length > 0);

/** Null: every record meets it. */
export function conditionOf({ match, rows }: ConditionDraft): Condition | null {
  const clauses = rows
    .filter(isComplete)
    .map((row) => (needsValues(row.comparison) ? row : { ...row, values: [] }));
  return clauses.length === 0 ? null : { match, clauses };
}

/** What is shown: what somebody is building, unless the condition was changed elsewhere, such as by discarding. */
export const shownDraft = (
  building: ConditionDraft,
  condition: Condition | null,
): ConditionDraft =>
  JSON.stringify(conditionOf(building)) === JSON.stringify(condition)
    ? building
    : draftOfCondition(condition);

export const COMPARISON_LABELS: Readonly<Record<Comparison, string>> = {
  is: 'is any of',
  isNot: 'is none of',
  contains: 'contains any of',
  startsWith: 'starts with any of',
  lessThan: 'is less than',
  greaterThan: 'is greater than',
  isBlank: 'is blank',
  isNotBlank: 'is not blank',
};

const ONE_VALUE: ReadonlySet<Comparison> = new Set(['lessThan', 'greaterThan']);

export const labelOfComparison = (comparison: Comparison, kind: ConditionField['kind']): string => {
  if (kind === 'checkbox') return comparison === 'isNot' ? 'is not' : 'is';
  if (kind === 'date' && comparison === 'lessThan') return 'is before';
  if (kind === 'date' && comparison === 'greaterThan') return 'is after';
  return COMPARISON_LABELS[comparison];
};

/** A new field starts anew: the values of another mean nothing. */
export function withField(field: ConditionField): Row {
  const [comparison = 'is'] = field.comparisons;
  return { field: field.name, comparison, values: [] };
}

export const withComparison = (row: Row, comparison: Comparison): Row => ({
  ...row,
  comparison,
  values: needsValues(comparison) ? row.values : [],
});

/** Typed values: several with semicolons between them. */
export function valuesIn(text: string, comparison: Comparison): string[] {
  const values = ONE_VALUE.has(comparison) ? [text] : text.split(';');
  return [...new Set(values.map((value) => value.trim()).filter((value) => value !== ''))];
}

export const textOfValues = (values: readonly string[]): string => values.join('; ');

const DAY = /^\d{4}-\d{2}-\d{2}(?:T.*)?$/;
const NUMBER = /^-?[\d,]+(?:\.\d+)?$/;

/** What keeps values from fitting their field, in a sentence; null where nothing does. */
export function misfit(kind: ConditionField['kind'], values: readonly string[]): string | null {
  if (kind === 'number' && !values.every((value) => NUMBER.test(value)))
    return 'Enter a number, such as 1000 or 12.5.';
  const isDay = (value: string): boolean => DAY.test(value) && !Number.isNaN(Date.parse(value));
  if (kind === 'date' && !values.every(isDay)) return 'Enter a date as 2026-11-30.';
  return null;
}
