// Several samples of an effect as one. Pure.
import type { SettingsEffect } from '../../../src/api/contract.ts';

const MOST_EXAMPLES = 20;

export function addedUp(effects: readonly SettingsEffect[]): SettingsEffect | undefined {
  const [first, ...rest] = effects;
  if (first === undefined) return undefined;
  return rest.reduce(
    (sum, one) => ({
      looked: sum.looked + one.looked,
      changed: sum.changed + one.changed,
      stopped: sum.stopped + one.stopped,
      resumed: sum.resumed + one.resumed,
      fields: merged(
        [...sum.fields, ...one.fields],
        ({ side, field }) => `${side} ${field}`,
        (before, more) => ({
          ...before,
          records: before.records + more.records,
          cleared: before.cleared + more.cleared,
        }),
      ),
      leftOut: merged(
        [...sum.leftOut, ...one.leftOut],
        ({ field }) => field,
        (before, more) => ({ ...before, records: before.records + more.records }),
      ),
      examples: [...sum.examples, ...one.examples].slice(0, MOST_EXAMPLES),
      after: one.after,
    }),
    first,
  );
}

function merged<Row extends { readonly records: number }>(
  rows: readonly Row[],
  nameOf: (row: Row) => string,
  add: (before: Row, more: Row) => Row,
): Row[] {
  const byName = new Map<string, Row>();
  for (const row of rows) {
    const before = byName.get(nameOf(row));
    byName.set(nameOf(row), before === undefined ? row : add(before, row));
  }
  return [...byName.values()].toSorted((one, other) => other.records - one.records);
}
