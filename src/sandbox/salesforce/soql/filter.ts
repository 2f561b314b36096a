// WHERE as a function of a row, and what its comparisons say about which rows can match at all, for the
// choice of an index. Blank fields: `!=` and NOT IN match them, everything else but `= null` doesn't.
// Text compares without case, ids as 18 characters (salesforce-api §8).
import type { ReadValue } from '../org/computed.ts';
import type { Database } from '../org/database.ts';
import { toId18 } from '../ids.ts';
import type { FieldSpec } from '../schema/field.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import { parseDatetime, toApiDatetime, type Row } from '../values.ts';
import { cannotBe, invalidId, malformed, wrongLiteral } from './errors.ts';
import type { Comparison, Expression, Literal } from './parse.ts';
import { resolvePath, type ResolvedPath } from './path.ts';

/** A value in the form two of which can be compared. */
export type Key = string | number | boolean | null;

export interface Condition {
  readonly kind: 'condition';
  /** The row's own field; null behind a lookup. */
  readonly ownField: FieldSpec | null;
  readonly operator: Comparison['operator'];
  readonly keys: readonly Key[];
  matches(row: Row): boolean;
}

export type Filter =
  | {
      readonly kind: 'and' | 'or';
      readonly parts: readonly Filter[];
      matches(row: Row): boolean;
    }
  | { readonly kind: 'not'; matches(row: Row): boolean }
  | Condition;

export function compileFilter(
  soql: string,
  database: Database,
  object: ObjectSchema,
  where: Expression,
): Filter {
  switch (where.kind) {
    case 'and':
    case 'or': {
      const parts = where.parts.map((part) => compileFilter(soql, database, object, part));
      return {
        kind: where.kind,
        parts,
        matches:
          where.kind === 'and'
            ? (row) => parts.every((part) => part.matches(row))
            : (row) => parts.some((part) => part.matches(row)),
      };
    }
    case 'not': {
      const part = compileFilter(soql, database, object, where.part);
      return { kind: 'not', matches: (row) => !part.matches(row) };
    }
    case 'comparison':
      return condition(soql, resolvePath(soql, database, object, where.path), where);
  }
}

/** A field's value as a key. */
export function keyOf(field: FieldSpec, value: ReadValue): Key {
  if (value === null || typeof value === 'object') return null;
  return typeof value === 'string' && isText(field) ? value.toLowerCase() : value;
}

function condition(soql: string, path: ResolvedPath, comparison: Comparison): Condition {
  const { field } = path;
  const { operator } = comparison;
  if (!isFilterable(field)) throw cannotBe(soql, comparison.path, 'filtered');
  const keys = comparison.literals.map((literal) => literalKey(soql, comparison, field, literal));
  const keyOfRow = (row: Row): Key => keyOf(field, path.read(row));
  return {
    kind: 'condition',
    ownField: path.isOwn ? field : null,
    operator,
    keys,
    matches: test(soql, comparison, keyOfRow, keys),
  };
}

function test(
  soql: string,
  comparison: Comparison,
  keyOfRow: (row: Row) => Key,
  keys: readonly Key[],
): (row: Row) => boolean {
  const [key = null] = keys;
  switch (comparison.operator) {
    case '=':
      return (row) => keyOfRow(row) === key;
    case '!=':
      return (row) => keyOfRow(row) !== key;
    case 'IN': {
      const wanted = new Set(keys);
      return (row) => wanted.has(keyOfRow(row));
    }
    case 'NOT IN': {
      const unwanted = new Set(keys);
      return (row) => !unwanted.has(keyOfRow(row));
    }
    case '<':
      return (row) => isBelow(keyOfRow(row), key);
    case '>':
      return (row) => isBelow(key, keyOfRow(row));
    case '<=':
      return (row) => isBelow(keyOfRow(row), key) || equals(keyOfRow(row), key);
    case '>=':
      return (row) => isBelow(key, keyOfRow(row)) || equals(keyOfRow(row), key);
    case 'LIKE': {
      const patterns = comparison.literals.map(({ text }) => likePattern(text));
      return (row) => {
        const value = keyOfRow(row);
        return typeof value === 'string' && patterns.some((pattern) => pattern.test(value));
      };
    }
    case 'INCLUDES':
      return (row) => includesOne(keyOfRow(row), keys);
    case 'EXCLUDES':
      return (row) => !includesOne(keyOfRow(row), keys);
    default:
      throw malformed(soql, '', `unexpected token: '${String(comparison.operator)}'`);
  }
}

const equals = (one: Key, other: Key): boolean => one !== null && one === other;

function isBelow(one: Key, other: Key): boolean {
  return one !== null && other !== null && typeof one === typeof other && one < other;
}

function likePattern(text: string): RegExp {
  const source = text.replace(/\\([%_])|([%_])|[.*+?^${}()|[\]\\]/g, (match, escaped, wild) => {
    if (typeof escaped === 'string') return escaped;
    if (typeof wild === 'string') return wild === '%' ? '.*' : '.';
    return `\\${match}`;
  });
  return new RegExp(`^${source}$`, 'is');
}

/** Each alternative may ask for several values at once: `a;b`. */
function includesOne(value: Key, alternatives: readonly Key[]): boolean {
  const chosen = new Set(typeof value === 'string' ? value.split(';') : []);
  return alternatives.some((alternative) =>
    String(alternative)
      .split(';')
      .every((wanted) => chosen.has(wanted)),
  );
}

const LONGEST_FILTERABLE = 255;

/** Long text areas and compound fields can be read but neither filtered nor sorted by. */
export function isFilterable(field: FieldSpec): boolean {
  return !(
    field.type === 'address' ||
    field.type === 'location' ||
    (field.type === 'textarea' && field.length > LONGEST_FILTERABLE)
  );
}

export function isSortable(field: FieldSpec): boolean {
  return isFilterable(field) && field.type !== 'multipicklist';
}

/** Ids tell case apart; dates and datetimes have none. */
const EXACT: ReadonlySet<string> = new Set(['id', 'reference', 'date', 'datetime']);

function isText(field: FieldSpec): boolean {
  return !EXACT.has(field.type);
}

const LITERALS: Readonly<
  Record<string, { readonly accepts: readonly string[]; readonly type: string }>
> = {
  boolean: { accepts: ['BOOLEAN'], type: 'boolean' },
  int: { accepts: ['INTEGER', 'DECIMAL'], type: 'int' },
  double: { accepts: ['INTEGER', 'DECIMAL'], type: 'double' },
  currency: { accepts: ['INTEGER', 'DECIMAL'], type: 'double' },
  percent: { accepts: ['INTEGER', 'DECIMAL'], type: 'double' },
  date: { accepts: ['DATE'], type: 'date' },
  datetime: { accepts: ['DATETIME'], type: 'dateTime' },
};
const STRING = { accepts: ['STRING'], type: 'string' };

function literalKey(soql: string, comparison: Comparison, field: FieldSpec, literal: Literal): Key {
  if (literal.type === 'NULL') return null;
  const { accepts, type } = LITERALS[field.type] ?? STRING;
  if (!accepts.includes(literal.type)) {
    throw wrongLiteral(soql, comparison.path, type, type === 'string');
  }
  switch (literal.type) {
    case 'BOOLEAN':
      return literal.text.toUpperCase() === 'TRUE';
    case 'INTEGER':
    case 'DECIMAL':
      return Number(literal.text);
    case 'DATETIME':
      return datetimeKey(soql, comparison, literal.text);
    case 'DATE':
      return literal.text;
    default:
      if (isText(field)) return literal.text.toLowerCase() || null;
      return idKey(soql, literal.text);
  }
}

function datetimeKey(soql: string, comparison: Comparison, text: string): string {
  const instant = parseDatetime(text);
  if (instant === null) throw wrongLiteral(soql, comparison.path, 'dateTime', false);
  // Stored to the second: a fraction lies between two stored values.
  const fraction = String(instant % 1000).padStart(3, '0');
  return toApiDatetime(instant).replace('.000', `.${fraction}`);
}

function idKey(soql: string, text: string): string | null {
  if (text === '') return null;
  const id = toId18(text);
  if (id === null) throw invalidId(soql, text);
  return id;
}
