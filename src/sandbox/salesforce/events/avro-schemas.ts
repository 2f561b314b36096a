// The Avro schema of an object's change events, as GetSchema hands it out: the header, then every field as a
// union with null. Its id is a hash of it, so a field that is added makes a new schema.
//
// Not built: compound fields (Name, addresses) as records of their own; their parts are fields like others.
import { createHash } from 'node:crypto';
import avro, { type AvroType } from 'avro-js/lib/schemas.js';
import type { FieldSpec } from '../schema/field.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import { fieldOf, isDate, parseDatetime, type FieldValue, type Row } from '../values.ts';

export const CHANGE_TYPES = [
  'CREATE',
  'UPDATE',
  'DELETE',
  'UNDELETE',
  'GAP_CREATE',
  'GAP_UPDATE',
  'GAP_DELETE',
  'GAP_UNDELETE',
  'GAP_OVERFLOW',
  'SNAPSHOT',
] as const;
export type ChangeType = (typeof CHANGE_TYPES)[number];

export interface ChangeEventHeader {
  readonly entityName: string;
  readonly recordIds: readonly string[];
  readonly changeType: ChangeType;
  readonly changeOrigin: string;
  readonly transactionKey: string;
  readonly sequenceNumber: number;
  readonly commitTimestamp: number;
  readonly commitNumber: number;
  readonly commitUser: string;
  /** Bitmaps over the schema's fields: `0x…`; none at all when no bit is set. */
  readonly nulledFields: readonly string[];
  readonly diffFields: readonly string[];
  readonly changedFields: readonly string[];
}

const texts = { type: 'array', items: 'string' };
const HEADER = {
  name: 'ChangeEventHeader',
  type: {
    type: 'record',
    name: 'ChangeEventHeader',
    fields: [
      { name: 'entityName', type: 'string' },
      { name: 'recordIds', type: texts },
      { name: 'changeType', type: { type: 'enum', name: 'ChangeType', symbols: CHANGE_TYPES } },
      { name: 'changeOrigin', type: 'string' },
      { name: 'transactionKey', type: 'string' },
      { name: 'sequenceNumber', type: 'int' },
      { name: 'commitTimestamp', type: 'long' },
      { name: 'commitNumber', type: 'long' },
      { name: 'commitUser', type: 'string' },
      { name: 'nulledFields', type: texts },
      { name: 'diffFields', type: texts },
      { name: 'changedFields', type: texts },
    ],
  },
};

/** What no change event has (Change Data Capture guide, “Change Event Fields”). */
const LEFT_OUT = new Set(['Id', 'IsDeleted', 'SystemModstamp', 'LastViewedDate', 'Name']);

const COMPOUND = new Set(['address', 'location', 'base64']);

export class EventSchema {
  readonly id: string;
  readonly json: string;
  readonly fields: readonly FieldSpec[];
  readonly #type: AvroType;

  constructor(object: ObjectSchema) {
    this.fields = object.fields.filter(
      ({ name, type, formula }) => !LEFT_OUT.has(name) && !COMPOUND.has(type) && formula === null,
    );
    const schema = {
      type: 'record',
      name: `${object.name}ChangeEvent`,
      namespace: 'com.sforce.eventbus',
      fields: [
        HEADER,
        ...this.fields.map((field) => ({
          name: field.name,
          type: ['null', avroType(field)],
          default: null,
        })),
      ],
    };
    this.json = JSON.stringify(schema);
    this.id = createHash('md5').update(this.json).digest('base64url');
    this.#type = avro.createType(schema);
  }

  /** Bitmap of fields by name; bit 0 is the header. */
  bitmap(names: ReadonlySet<string>): string[] {
    let bits = 0n;
    for (const [index, { name }] of this.fields.entries())
      if (names.has(name)) bits |= 1n << BigInt(index + 1);
    return bits === 0n ? [] : [`0x${bits.toString(16).toUpperCase()}`];
  }

  /** The event's bytes, with the values of those fields alone. */
  encode(header: ChangeEventHeader, row: Row, names: ReadonlySet<string>): Buffer {
    const values = Object.fromEntries(
      this.fields.map((field) => [
        field.name,
        names.has(field.name) ? avroValue(field, fieldOf(row, field.name)) : null,
      ]),
    );
    return this.#type.toBuffer({ ChangeEventHeader: header, ...values });
  }
}

const plainType = ({ type }: FieldSpec): string => {
  switch (type) {
    case 'boolean':
      return 'boolean';
    case 'int':
    case 'date':
      return 'int';
    case 'double':
    case 'currency':
    case 'percent':
      return 'double';
    case 'datetime':
      return 'long';
    default:
      return 'string';
  }
};

function avroType(field: FieldSpec): unknown {
  const type = plainType(field);
  if (field.type === 'date') return { type, logicalType: 'date' };
  if (field.type === 'datetime') return { type, logicalType: 'timestamp-millis' };
  return type;
}

const DAY_MS = 86_400_000;

/** A union's value says which branch it is of. */
function avroValue(field: FieldSpec, value: FieldValue): Record<string, unknown> | null {
  if (value === null) return null;
  const type = plainType(field);
  if (field.type === 'date')
    return typeof value === 'string' && isDate(value)
      ? { [type]: Date.parse(value) / DAY_MS }
      : null;
  if (field.type === 'datetime') {
    const at = typeof value === 'string' ? parseDatetime(value) : null;
    return at === null ? null : { [type]: at };
  }
  return { [type]: type === 'string' ? String(value) : value };
}
