// The rows of one object, deleted ones included, and the indexes that reads use: by Id, by
// (SystemModstamp, Id), and by value for e-mails, external ids and lookups. Holds the last committed
// version of each row; undoing and journaling are the database's.
import type { ObjectSchema } from '../schema/schema.ts';
import { textOf, type Row } from '../values.ts';
import { IdSequence } from '../ids.ts';
import { SortedKeys } from './sorted-keys.ts';
import { ValueIndex } from './value-index.ts';

const ID_LENGTH = 18;

function stampKey(row: Row): string {
  return textOf(row, 'SystemModstamp') + textOf(row, 'Id');
}

export class Table {
  readonly schema: ObjectSchema;
  readonly ids: IdSequence;
  readonly #rows = new Map<string, Row>();
  readonly #byId = new SortedKeys((id) => this.#rows.has(id));
  readonly #byStamp = new SortedKeys((key) => this.#isCurrentStamp(key));
  readonly #byValue: ReadonlyMap<string, ValueIndex>;

  constructor(schema: ObjectSchema) {
    this.schema = schema;
    this.ids = new IdSequence(schema.spec.keyPrefix);
    this.#byValue = new Map(
      schema.fields
        .filter(
          (field) =>
            field.unique ||
            field.externalId ||
            (field.type === 'email' && field.idLookup) ||
            (schema.spec.name === 'CampaignMember' && field.type === 'reference') ||
            field.name === 'AccountId',
        )
        .map((field) => [field.name, new ValueIndex()]),
    );
  }

  get size(): number {
    return this.#rows.size;
  }

  get(id: string): Row | undefined {
    return this.#rows.get(id);
  }

  /** Puts a version in place of the one before; undefined takes the row away without a trace. */
  put(id: string, row: Row | undefined): void {
    const before = this.#rows.get(id);
    if (row === undefined) this.#rows.delete(id);
    else this.#rows.set(id, row);

    if (before === undefined && row !== undefined) {
      this.#byId.add(id);
      this.ids.seen(id);
    } else if (before !== undefined && row === undefined) this.#byId.buried();

    const keyBefore = before === undefined ? null : stampKey(before);
    const key = row === undefined ? null : stampKey(row);
    if (key !== keyBefore) {
      if (keyBefore !== null) this.#byStamp.buried();
      if (key !== null) this.#byStamp.add(key);
    }

    for (const [field, index] of this.#byValue) {
      const valueBefore = before === undefined ? '' : textOf(before, field);
      const value = row === undefined ? '' : textOf(row, field);
      if (value === valueBefore) continue;
      if (valueBefore !== '') index.remove(valueBefore, id);
      if (value !== '') index.add(value, id);
    }
  }

  /** Ids of the rows whose field has this value, deleted ones included; null when the field has no index. */
  withValue(field: string, value: string): Iterable<string> | null {
    return this.#byValue.get(field)?.find(value) ?? null;
  }

  *byId(lowest = ''): Generator<Row> {
    for (const id of this.#byId.from(lowest)) {
      const row = this.#rows.get(id);
      if (row !== undefined) yield row;
    }
  }

  /** In order of (SystemModstamp, Id) from a stamp on. */
  *byStamp(lowest = ''): Generator<Row> {
    for (const key of this.#byStamp.from(lowest)) {
      const row = this.#rows.get(key.slice(-ID_LENGTH));
      if (row !== undefined) yield row;
    }
  }

  #isCurrentStamp(key: string): boolean {
    const row = this.#rows.get(key.slice(-ID_LENGTH));
    return row !== undefined && textOf(row, 'SystemModstamp') === key.slice(0, -ID_LENGTH);
  }
}
