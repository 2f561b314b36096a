// A condition an admin typed, as the WHERE clause of one object and nothing else. It is parsed, looked
// through, and written anew from the tree, so that no text of the admin's reaches a query as it was typed.
// Whether its fields exist is for Salesforce to say.
import {
  composeQuery,
  parseQuery,
  type Query,
  type WhereClause,
} from '@jetstreamapp/soql-parser-js';
import type { SalesforceObject } from '../engine/fields.ts';

/** What is wrong with a condition, in a sentence for whoever typed it. */
export class UnreadableCondition extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UnreadableCondition';
  }
}

/** Parts of a query that a condition must not bring along, by the parser's name for them. */
const CLAUSES: Readonly<Partial<Record<keyof Query, string>>> = {
  orderBy: 'ORDER BY',
  limit: 'LIMIT',
  offset: 'OFFSET',
  groupBy: 'GROUP BY',
  having: 'HAVING',
  for: 'FOR',
  update: 'UPDATE',
  withDataCategory: 'WITH',
  withSecurityEnforced: 'WITH',
  withAccessLevel: 'WITH',
};

/** The condition in SOQL of our own; throws `UnreadableCondition`. */
export function conditionOn(object: SalesforceObject, text: string): string {
  const typed = text.trim();
  if (typed === '') throw new UnreadableCondition('The condition is empty.');
  if (/^(?:select|where)\b/i.test(typed))
    throw new UnreadableCondition(
      "Leave out SELECT and WHERE: only the condition is needed, such as Status = 'Open'.",
    );
  const beginning = `SELECT Id FROM ${object} WHERE `;
  const query = parsed(beginning + typed);
  const { where } = query;
  const names = Object.keys(query).filter((name) => !EXPECTED.has(name));
  if (names.length > 0) {
    const clauses = names.map((name) => clauseNamed(name));
    throw new UnreadableCondition(
      `Leave out ${[...new Set(clauses)].join(', ')}: a condition only.`,
    );
  }
  if (where === undefined || query.sObject !== object)
    throw new UnreadableCondition('This is not a condition.');
  refuseSubqueries(where);
  const written = composeQuery({ fields: query.fields ?? [], sObject: object, where });
  const condition = written.slice(beginning.length);
  if (!written.startsWith(beginning) || !isSame(parsed(written), query))
    throw new UnreadableCondition('This condition is too unusual to be understood with certainty.');
  return condition;
}

const EXPECTED = new Set(['fields', 'sObject', 'where']);

const clauseNamed = (name: string): string =>
  Object.entries(CLAUSES).find(([clause]) => clause === name)?.[1] ?? name;

function parsed(soql: string): Query {
  try {
    return parseQuery(soql);
  } catch (error) {
    const token = error instanceof Error ? tokenIn(error) : '';
    const place = token === '' ? 'it ends too early' : `at “${token}”`;
    throw new UnreadableCondition(`This is not a SOQL condition: ${place}.`, { cause: error });
  }
}

/** Where the parser stopped: it names the token at the end of its message. */
function tokenIn({ message }: Error): string {
  return /but found:?\s*(?:-->)?\s*'?(.*?)'?\s*(?:<--)?$/s.exec(message)?.[1] ?? '';
}

function refuseSubqueries(where: WhereClause): void {
  const { left } = where;
  if (left !== null && 'valueQuery' in left)
    throw new UnreadableCondition(
      'Leave out the query in parentheses: a condition can’t look into other objects.',
    );
  if ('right' in where) refuseSubqueries(where.right);
}

const isSame = (one: Query, other: Query): boolean => JSON.stringify(one) === JSON.stringify(other);
