// Which rows a filter has to be tried on: by id or indexed value where the WHERE names some, else by
// walking the Id or the (SystemModstamp, Id) index between the bounds the WHERE sets, else all of them.
// Only ever too many rows, never too few.
import type { Table } from '../org/table.ts';
import type { Row } from '../values.ts';
import type { Condition, Filter } from './filter.ts';

/** Ids of all rows that can match, when the WHERE pins an index down; null otherwise. */
export function idsByValue(filter: Filter, table: Table): ReadonlySet<string> | null {
  switch (filter.kind) {
    case 'condition':
      return idsOfCondition(filter, table);
    case 'and': {
      let best: ReadonlySet<string> | null = null;
      for (const part of filter.parts) {
        const ids = idsByValue(part, table);
        if (ids !== null && (best === null || ids.size < best.size)) best = ids;
      }
      return best;
    }
    case 'or': {
      const all = new Set<string>();
      for (const part of filter.parts) {
        const ids = idsByValue(part, table);
        if (ids === null) return null;
        for (const id of ids) all.add(id);
      }
      return all;
    }
    case 'not':
      return null;
  }
}

function idsOfCondition(condition: Condition, table: Table): ReadonlySet<string> | null {
  const { ownField, operator, keys } = condition;
  if (ownField === null || (operator !== '=' && operator !== 'IN')) return null;
  if (keys.includes(null)) return null;
  const texts = keys.map(String);
  if (ownField.name === 'Id') return new Set(texts);
  const ids = new Set<string>();
  for (const text of texts) {
    const found = table.withValue(ownField.name, text);
    if (found === null) return null;
    for (const id of found) ids.add(id);
  }
  return ids;
}

export interface Bounds {
  /** No matching row lies below; '' when the WHERE says nothing. */
  readonly lowest: string;
  /** No matching row lies above; null when the WHERE says nothing. */
  readonly highest: string | null;
}

const UNBOUND: Bounds = { lowest: '', highest: null };

/** Between which values of a text field (Id, SystemModstamp) every matching row lies. */
export function boundsOf(filter: Filter, field: string): Bounds {
  switch (filter.kind) {
    case 'condition':
      return boundsOfCondition(filter, field);
    case 'and': {
      const all = filter.parts.map((part) => boundsOf(part, field));
      const highs = all.flatMap(({ highest }) => (highest === null ? [] : [highest]));
      return {
        lowest: all.reduce((most, { lowest }) => (lowest > most ? lowest : most), ''),
        highest:
          highs.length === 0 ? null : highs.reduce((least, high) => (high < least ? high : least)),
      };
    }
    case 'or': {
      const all = filter.parts.map((part) => boundsOf(part, field));
      const highs = all.flatMap(({ highest }) => (highest === null ? [] : [highest]));
      return {
        lowest: all.map(({ lowest }) => lowest).reduce((least, low) => (low < least ? low : least)),
        // One part without an upper bound leaves the whole without one.
        highest:
          highs.length < all.length
            ? null
            : highs.reduce((most, high) => (high > most ? high : most)),
      };
    }
    case 'not':
      return UNBOUND;
  }
}

function boundsOfCondition({ ownField, operator, keys }: Condition, field: string): Bounds {
  const [key] = keys;
  if (ownField?.name !== field || typeof key !== 'string') return UNBOUND;
  switch (operator) {
    case '=':
      return { lowest: key, highest: key };
    case '>':
    case '>=':
      return { lowest: key, highest: null };
    case '<':
    case '<=':
      return { lowest: '', highest: key };
    default:
      return UNBOUND;
  }
}

/** Rows in index order between the bounds. */
export function* walk(
  table: Table,
  field: 'Id' | 'SystemModstamp',
  bounds: Bounds,
): Generator<Row> {
  const rows = field === 'Id' ? table.byId(bounds.lowest) : table.byStamp(bounds.lowest);
  for (const row of rows) {
    if (bounds.highest !== null && String(row[field]) > bounds.highest) return;
    yield row;
  }
}
