// The operators of a search filter (hubspot-api §2.2). Texts are compared in lower case; the values of IN
// and NOT_IN must already be so. Numbers and times are compared as numbers. As in HubSpot, the negative
// ones find only contacts that have a value.
import { valueOf } from '../contacts/computed.ts';
import type { ContactRow } from '../contacts/row.ts';
import type { PropertyDefinition } from '../schema/property.ts';

export const OPERATORS = [
  'EQ',
  'NEQ',
  'LT',
  'LTE',
  'GT',
  'GTE',
  'BETWEEN',
  'IN',
  'NOT_IN',
  'HAS_PROPERTY',
  'NOT_HAS_PROPERTY',
  'CONTAINS_TOKEN',
  'NOT_CONTAINS_TOKEN',
] as const;
export type Operator = (typeof OPERATORS)[number];

export interface Filter {
  readonly propertyName: string;
  readonly operator: Operator;
  readonly value?: string | undefined;
  readonly highValue?: string | undefined;
  readonly values?: readonly string[] | undefined;
}

export type Predicate = (row: ContactRow) => boolean;
type Comparable = number | string;

const NUMERIC = new Set(['number', 'date', 'datetime']);

/** Rows are asked for these far too often to go through text. */
const NUMBERS: Readonly<Record<string, (row: ContactRow) => number>> = {
  hs_object_id: (row) => Number(row.id),
  lastmodifieddate: (row) => row.modifiedAt,
  hs_lastmodifieddate: (row) => row.modifiedAt,
  createdate: (row) => row.createdAt,
  hs_createdate: (row) => row.createdAt,
};

/** Number of a stored or asked value: epoch milliseconds for times. NaN when it is neither. */
export function numberOf(text: string): number {
  return /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number(text);
}

function reader(property: PropertyDefinition): (row: ContactRow) => Comparable | null {
  const direct = NUMBERS[property.name];
  if (direct) return direct;
  if (!NUMERIC.has(property.type))
    return (row) => valueOf(row, property.name)?.toLowerCase() ?? null;
  return (row) => {
    const value = valueOf(row, property.name);
    return value === null ? null : numberOf(value);
  };
}

function tokenPattern(value: string): RegExp {
  const escaped = value.toLowerCase().replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('*', '.*')}$`);
}

function containsToken(text: string, pattern: RegExp): boolean {
  return pattern.test(text) || text.split(/[^\p{L}\p{N}]+/u).some((token) => pattern.test(token));
}

/** Makes a filter into a function; `property` is what `filter.propertyName` names. */
export function predicateOf(filter: Filter, property: PropertyDefinition): Predicate {
  const read = reader(property);
  const isNumeric = NUMERIC.has(property.type) || property.name in NUMBERS;
  const asked = (value: string | undefined): Comparable =>
    isNumeric ? numberOf(value ?? '') : (value ?? '').toLowerCase();
  const compare =
    (test: (stored: Comparable) => boolean): Predicate =>
    (row) => {
      const stored = read(row);
      return stored !== null && test(stored);
    };
  const value = asked(filter.value);
  switch (filter.operator) {
    case 'EQ':
      return compare((stored) => stored === value);
    case 'NEQ':
      return compare((stored) => stored !== value);
    case 'LT':
      return compare((stored) => stored < value);
    case 'LTE':
      return compare((stored) => stored <= value);
    case 'GT':
      return compare((stored) => stored > value);
    case 'GTE':
      return compare((stored) => stored >= value);
    case 'BETWEEN': {
      const high = asked(filter.highValue);
      return compare((stored) => stored >= value && stored <= high);
    }
    case 'IN':
    case 'NOT_IN': {
      const wanted = new Set<Comparable>(
        (filter.values ?? []).map((each) => (isNumeric ? numberOf(each) : each)),
      );
      const isIn = filter.operator === 'IN';
      return compare((stored) => wanted.has(stored) === isIn);
    }
    case 'HAS_PROPERTY':
      return (row) => read(row) !== null;
    case 'NOT_HAS_PROPERTY':
      return (row) => read(row) === null;
    case 'CONTAINS_TOKEN':
    case 'NOT_CONTAINS_TOKEN': {
      const pattern = tokenPattern(filter.value ?? '');
      const contains = filter.operator === 'CONTAINS_TOKEN';
      return compare((stored) => containsToken(String(stored), pattern) === contains);
    }
  }
}
