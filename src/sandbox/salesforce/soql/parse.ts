// SOQL text to a small tree of our own. The grammar is soql-parser-js's; it hands conditions over as a
// flat list with counted parentheses, and this file makes a tree of AND, OR and NOT out of it. Whether
// fields exist and literals fit is decided later, in `compile.ts`.
import {
  parseQuery,
  type ConditionWithValueQuery,
  type FieldType,
  type OrderByClause,
  type Query,
  type Subquery,
  type ValueCondition,
  type WhereClause,
} from '@jetstreamapp/soql-parser-js';
import { malformed, notBuilt } from './errors.ts';

export interface Literal {
  /** STRING, INTEGER, DECIMAL, BOOLEAN, NULL, DATE, DATETIME, as the grammar calls them. */
  readonly type: string;
  /** Text without quotes and escapes. */
  readonly text: string;
}

export interface Comparison {
  readonly kind: 'comparison';
  readonly path: string;
  readonly operator: ValueCondition['operator'];
  readonly literals: readonly Literal[];
}

export type Expression =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[] }
  | { readonly kind: 'not'; readonly part: Expression }
  | Comparison;

export interface Ordering {
  readonly path: string;
  readonly descending: boolean;
  readonly nullsLast: boolean;
}

export interface Selection {
  readonly soql: string;
  /** Field paths as written, alias taken off. */
  readonly paths: readonly string[];
  readonly children: readonly ChildSelection[];
  readonly where: Expression | null;
  readonly orderBy: readonly Ordering[];
  readonly limit: number | null;
  readonly offset: number;
  /** `SELECT COUNT()`: only the number of rows. */
  readonly countOnly: boolean;
}

export interface ObjectSelection extends Selection {
  readonly object: string;
}

export interface ChildSelection extends Selection {
  readonly relationship: string;
}

export function parseSoql(soql: string): ObjectSelection {
  let query: Query;
  try {
    query = parseQuery(soql);
  } catch (error) {
    throw unexpected(soql, error);
  }
  const object = query.sObject ?? '';
  return { object, ...selection(soql, query, [query.sObjectAlias ?? '', object]) };
}

/** The parser's complaint in Salesforce's words; it names the token it stumbled over. */
function unexpected(soql: string, error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  const token = /found(?::| -->) '?(.*?)'?(?: <--)?$/s.exec(message)?.[1] ?? '';
  return malformed(soql, token, `unexpected token: '${token === '' ? '<EOF>' : token}'`);
}

function selection(soql: string, query: Query | Subquery, prefixes: readonly string[]): Selection {
  if (query.groupBy !== undefined || query.having !== undefined) throw notBuilt(soql, 'GROUP BY');
  const strip = (path: string): string => withoutPrefix(path, prefixes);
  const paths: string[] = [];
  const children: ChildSelection[] = [];
  let countOnly = false;
  for (const field of query.fields ?? []) {
    if (field.type === 'FieldSubquery') {
      children.push({
        relationship: field.subquery.relationshipName,
        ...selection(soql, field.subquery, [field.subquery.sObjectAlias ?? '']),
      });
    } else if (isCount(field)) countOnly = true;
    else paths.push(strip(pathOf(soql, field)));
  }
  const duplicate = paths.find(
    (path, place) => paths.findIndex((other) => sameName(other, path)) < place,
  );
  if (duplicate !== undefined) {
    throw malformed(soql, duplicate, `duplicate field selected: ${duplicate}`);
  }
  return {
    soql,
    paths,
    children,
    where: query.where === undefined ? null : expression(soql, query.where, strip),
    orderBy: [query.orderBy ?? []].flat().map((clause) => ordering(soql, clause, strip)),
    limit: query.limit ?? null,
    offset: query.offset ?? 0,
    countOnly,
  };
}

const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

function withoutPrefix(path: string, prefixes: readonly string[]): string {
  const dot = path.indexOf('.');
  const first = path.slice(0, Math.max(dot, 0));
  return dot > 0 && prefixes.some((prefix) => sameName(prefix, first)) ? path.slice(dot + 1) : path;
}

function isCount(field: FieldType): boolean {
  return (
    field.type === 'FieldFunctionExpression' &&
    field.functionName.toUpperCase() === 'COUNT' &&
    field.parameters.length === 0
  );
}

function pathOf(soql: string, field: FieldType): string {
  switch (field.type) {
    case 'Field':
      return 'objectPrefix' in field ? `${field.objectPrefix}.${field.field}` : field.field;
    case 'FieldRelationship':
      return [
        ...('objectPrefix' in field ? [field.objectPrefix] : []),
        ...field.relationships,
        field.field,
      ].join('.');
    case 'FieldFunctionExpression':
      throw notBuilt(soql, field.rawValue ?? field.functionName);
    default:
      throw notBuilt(soql, field.type);
  }
}

function ordering(soql: string, clause: OrderByClause, strip: (path: string) => string): Ordering {
  if (!('field' in clause)) throw notBuilt(soql, 'ORDER BY a function');
  return {
    path: strip(clause.field),
    descending: clause.order === 'DESC',
    // Blank values come first unless told otherwise, whatever the direction.
    nullsLast: clause.nulls === 'LAST',
  };
}

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | Comparison;

function expression(soql: string, where: WhereClause, strip: (path: string) => string): Expression {
  const tokens: Token[] = [];
  flatten(soql, where, strip, tokens);
  let place = 0;

  const factor = (): Expression => {
    const token = tokens[place];
    place += 1;
    if (token === 'NOT') return { kind: 'not', part: factor() };
    if (token === '(') {
      const inner = series();
      place += 1; // its closing parenthesis
      return inner;
    }
    if (typeof token === 'object') return token;
    throw malformed(soql, token ?? '', `unexpected token: '${token ?? '<EOF>'}'`);
  };

  const series = (): Expression => {
    const parts = [factor()];
    const operator = tokens[place];
    for (let token = operator; token === 'AND' || token === 'OR'; token = tokens[place]) {
      // AND and OR side by side need parentheses in SOQL.
      if (token !== operator) throw malformed(soql, '', `unexpected token: '${token}'`);
      place += 1;
      parts.push(factor());
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined
      ? only
      : { kind: operator === 'OR' ? 'or' : 'and', parts };
  };

  return series();
}

function flatten(
  soql: string,
  clause: WhereClause,
  strip: (path: string) => string,
  tokens: Token[],
): void {
  const { left } = clause;
  for (let open = left?.openParen ?? 0; open > 0; open -= 1) tokens.push('(');
  if (left !== null && 'operator' in left) {
    tokens.push(comparison(soql, left, strip));
    for (let close = left.closeParen ?? 0; close > 0; close -= 1) tokens.push(')');
  }
  if ('right' in clause) {
    tokens.push(clause.operator);
    flatten(soql, clause.right, strip, tokens);
  }
}

function comparison(
  soql: string,
  condition: ConditionWithValueQuery,
  strip: (path: string) => string,
): Comparison {
  if (!('field' in condition) || !('value' in condition)) {
    throw notBuilt(soql, 'fn' in condition ? 'a function in WHERE' : 'a subquery in WHERE');
  }
  const { value, literalType } = condition;
  const texts = Array.isArray(value) ? value : [value];
  const literals = texts.map((written, place) => {
    const type = (Array.isArray(literalType) ? literalType[place] : literalType) ?? 'STRING';
    if (type.startsWith('DATE_')) throw notBuilt(soql, `the date literal ${written}`);
    return { type, text: type === 'STRING' ? unquote(written) : written };
  });
  return {
    kind: 'comparison',
    path: strip(condition.field),
    operator: condition.operator,
    literals,
  };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** Takes quotes and escapes off; `\%` and `\_` stay as they are, LIKE needs to see them. */
function unquote(written: string): string {
  return written
    .replace(/^'|'$/g, '')
    .replace(/\\u([0-9a-fA-F]{4})|\\([^%_])/g, (_match, code?: string, letter?: string) =>
      code === undefined
        ? (ESCAPES[(letter ?? '').toLowerCase()] ?? letter ?? '')
        : String.fromCharCode(Number.parseInt(code, 16)),
    );
}
