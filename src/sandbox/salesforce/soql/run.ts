// Runs a parsed query: candidates, filter, order, offset and limit. Gives back rows; how they look in an
// answer is `render.ts`, how they are paged `../rest/query.ts`.
import type { Database } from '../org/database.ts';
import type { Table } from '../org/table.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import { textOf, type Row } from '../values.ts';
import { boundsOf, idsByValue, walk } from './candidates.ts';
import { cannotBe, malformed } from './errors.ts';
import { compileFilter, isSortable, keyOf, type Filter, type Key } from './filter.ts';
import type { Selection } from './parse.ts';
import { resolvePath } from './path.ts';

const MOST_OFFSET = 2000;
const EVERYTHING: Filter = { kind: 'and', parts: [], matches: () => true };

type Compare = (one: Row, other: Row) => number;

export interface Scope {
  /** queryAll: deleted rows too. */
  readonly withDeleted: boolean;
  /** Only these rows, for a child subquery; null for all. */
  readonly ids: ReadonlySet<string> | null;
}

/** All rows that match, in order, after offset and limit. */
export function run(
  database: Database,
  object: ObjectSchema,
  selection: Selection,
  scope: Scope,
): Row[] {
  const { soql } = selection;
  if (selection.offset > MOST_OFFSET) {
    throw malformed(soql, 'OFFSET', `Maximum SOQL offset allowed is ${MOST_OFFSET}`);
  }
  const table = database.table(object.name);
  const filter =
    selection.where === null ? EVERYTHING : compileFilter(soql, database, object, selection.where);
  const compare = ordering(database, object, selection);
  const end = selection.limit === null ? Infinity : selection.offset + selection.limit;
  const wanted = (row: Row): boolean =>
    (scope.withDeleted || row.IsDeleted !== true) && filter.matches(row);

  const overlays = database.overlays(table);
  const index = overlays.size === 0 ? indexInOrder(selection) : null;
  const ids = scope.ids ?? idsByValue(filter, table);
  const rows: Row[] = [];
  if (ids === null && index !== null) {
    // The index is in the order that was asked for: stop as soon as there are enough.
    for (const row of walk(table, index, boundsOf(filter, index))) {
      if (rows.length >= end) break;
      if (wanted(row)) rows.push(row);
    }
  } else {
    for (const row of candidates(table, filter, ids)) {
      if (!overlays.has(textOf(row, 'Id')) && wanted(row)) rows.push(row);
    }
    for (const { row } of overlays.values()) {
      const inScope = row !== null && (scope.ids === null || scope.ids.has(textOf(row, 'Id')));
      if (inScope && wanted(row)) rows.push(row);
    }
    rows.sort(compare);
  }
  return rows.slice(selection.offset, end);
}

/** The index whose own order is the one asked for. */
function indexInOrder({ orderBy }: Selection): 'Id' | 'SystemModstamp' | null {
  if (orderBy.some(({ descending }) => descending)) return null;
  switch (orderBy.map(({ path }) => path.toLowerCase()).join()) {
    case '':
    case 'id':
      return 'Id';
    case 'systemmodstamp':
    case 'systemmodstamp,id':
      return 'SystemModstamp';
    default:
      return null;
  }
}

function* candidates(
  table: Table,
  filter: Filter,
  ids: ReadonlySet<string> | null,
): Generator<Row> {
  if (ids === null) {
    const stamps = boundsOf(filter, 'SystemModstamp');
    if (stamps.lowest !== '') yield* walk(table, 'SystemModstamp', stamps);
    else yield* walk(table, 'Id', boundsOf(filter, 'Id'));
    return;
  }
  for (const id of ids) {
    const row = table.get(id);
    if (row !== undefined) yield row;
  }
}

function ordering(database: Database, object: ObjectSchema, selection: Selection): Compare {
  const { soql, orderBy } = selection;
  const parts = orderBy.map(({ path, descending, nullsLast }): Compare => {
    const resolved = resolvePath(soql, database, object, path);
    if (!isSortable(resolved.field)) throw cannotBe(soql, path, 'sorted');
    const key = (row: Row): Key => keyOf(resolved.field, resolved.read(row));
    return (one, other) => compareKeys(key(one), key(other), descending, nullsLast);
  });
  return (one, other) => {
    for (const part of parts) {
      const difference = part(one, other);
      if (difference !== 0) return difference;
    }
    // Salesforce promises no order here; a fixed one keeps seeded runs the same.
    return textOf(one, 'Id') < textOf(other, 'Id') ? -1 : 1;
  };
}

function compareKeys(one: Key, other: Key, descending: boolean, nullsLast: boolean): number {
  if (one === other) return 0;
  if (one === null) return nullsLast ? 1 : -1;
  if (other === null) return nullsLast ? -1 : 1;
  return one < other === descending ? 1 : -1;
}
