// The filters of a HubSpot segment, as far as a property of the contact decides them. HubSpot alone says who is a
// member; this tells a person which of the conditions the contact meets today, and stays silent where it isn't sure.
import { parseNumber } from './values.ts';

export interface PropertyFilter {
  readonly property: string;
  /** HubSpot's own name: `IS_ANY_OF`, `IS_KNOWN`, … */
  readonly operator: string;
  readonly values: readonly string[];
  /** What HubSpot says of contacts without a value; null: nothing. */
  readonly blankPasses: boolean | null;
}

/** A contact is in when every filter of one group holds. */
export interface ListFilter {
  readonly groups: readonly (readonly PropertyFilter[])[];
}

type Test = (value: string, asked: readonly string[]) => boolean | null;

const parts = (value: string): string[] => value.split(';').map((part) => part.trim());
const isAny: Test = (value, asked) => parts(value).some((part) => asked.includes(part));
const not =
  (test: Test): Test =>
  (value, asked) => {
    const holds = test(value, asked);
    return holds === null ? null : !holds;
  };
const contains: Test = (value, asked) => asked.some((part) => value.includes(part));
const ordered =
  (test: (value: number, bound: number) => boolean): Test =>
  (value, [bound = '']) => {
    const [left, right] = [parseNumber(value), parseNumber(bound)];
    return left === null || right === null ? null : test(left, right);
  };

const TESTS: Readonly<Record<string, Test>> = {
  IS_EQUAL_TO: (value, asked) => asked.includes(value),
  IS_NOT_EQUAL_TO: (value, asked) => !asked.includes(value),
  IS_ANY_OF: isAny,
  IS_NONE_OF: not(isAny),
  CONTAINS: contains,
  DOES_NOT_CONTAIN: not(contains),
  STARTS_WITH: (value, asked) => asked.some((part) => value.startsWith(part)),
  ENDS_WITH: (value, asked) => asked.some((part) => value.endsWith(part)),
  IS_GREATER_THAN: ordered((value, bound) => value > bound),
  IS_GREATER_THAN_OR_EQUAL_TO: ordered((value, bound) => value >= bound),
  IS_LESS_THAN: ordered((value, bound) => value < bound),
  IS_LESS_THAN_OR_EQUAL_TO: ordered((value, bound) => value <= bound),
};

/** Null: only HubSpot can tell. */
export function filterHolds(
  { operator, values, blankPasses }: PropertyFilter,
  value: string | null,
): boolean | null {
  const text = value?.trim().toLowerCase() ?? '';
  if (operator === 'IS_KNOWN') return text !== '';
  if (operator === 'IS_UNKNOWN') return text === '';
  const test = TESTS[operator];
  if (test === undefined) return null;
  if (text === '') return blankPasses;
  return test(
    text,
    values.map((asked) => asked.trim().toLowerCase()),
  );
}

export interface JudgedFilter {
  readonly filter: PropertyFilter;
  readonly value: string | null;
  readonly holds: boolean | null;
}

/** The group that a contact is closest to: of those with the fewest filters that fail, the first. */
export function closestGroup(
  { groups }: ListFilter,
  valueOf: (property: string) => string | null,
): readonly JudgedFilter[] {
  const judged = groups.map((filters) =>
    filters.map((filter): JudgedFilter => {
      const value = valueOf(filter.property);
      return { filter, value, holds: filterHolds(filter, value) };
    }),
  );
  const failing = (group: readonly JudgedFilter[]): number =>
    group.filter(({ holds }) => holds !== true).length;
  return judged.toSorted((one, other) => failing(one) - failing(other))[0] ?? [];
}
