// Reads a JSON body as fields of an object, the way Salesforce's own JSON reader does: an unknown name or
// a value of the wrong JSON type refuses the body as a whole, before any rule of the org is looked at.
// What the values may be is `field-rules.ts`.
import { cannotDeserialize, unknownColumn } from '../errors.ts';
import type { FieldSpec } from '../schema/field.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import { isDate, parseDatetime, toApiDatetime, type FieldValue } from '../values.ts';

/** The fields a body sets, in its order. */
export type Incoming = ReadonlyMap<FieldSpec, FieldValue>;

/** Every name in the body but `attributes` and the id is a field; names are compared without case. */
export function readBody(object: ObjectSchema, body: Readonly<Record<string, unknown>>): Incoming {
  const incoming = new Map<FieldSpec, FieldValue>();
  for (const [name, raw] of Object.entries(body)) {
    if (name === 'attributes' || name.toLowerCase() === 'id') continue;
    const field = object.field(name);
    if (field === undefined) throw unknownColumn(name, object.name);
    // Nobody can write these; that is a refusal of the row, not of the JSON.
    incoming.set(field, field.access === 'read' ? null : deserialize(field, raw));
  }
  return incoming;
}

/** The id a body names, under any spelling of `Id`. */
export function idIn(body: Readonly<Record<string, unknown>>): string | null {
  for (const [name, value] of Object.entries(body)) {
    if (name.toLowerCase() === 'id' && typeof value === 'string' && value !== '') return value;
  }
  return null;
}

function deserialize(field: FieldSpec, raw: unknown): FieldValue {
  if (raw === null || raw === undefined) return null;
  switch (field.type) {
    case 'boolean':
      return readBoolean(field, raw);
    case 'int':
      return readNumber(field, raw, Number.isSafeInteger);
    case 'double':
    case 'currency':
    case 'percent':
    case 'long':
      return readNumber(field, raw, Number.isFinite);
    case 'date':
      if (typeof raw === 'string' && isDate(raw)) return raw;
      throw refused(field, raw);
    case 'datetime': {
      const instant = typeof raw === 'string' ? parseDatetime(raw) : null;
      if (instant === null) throw refused(field, raw);
      return toApiDatetime(instant);
    }
    default:
      if (typeof raw === 'string') return raw;
      throw refused(field, raw);
  }
}

function readBoolean(field: FieldSpec, raw: unknown): boolean {
  if (typeof raw === 'boolean') return raw;
  if (typeof raw === 'string') {
    const word = raw.trim().toLowerCase();
    if (word === 'true' || word === '1') return true;
    if (word === 'false' || word === '0' || word === '') return false;
  }
  throw refused(field, raw);
}

function readNumber(field: FieldSpec, raw: unknown, fits: (value: number) => boolean): number {
  const value = typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw;
  if (typeof value === 'number' && fits(value)) return value;
  throw refused(field, raw);
}

function refused(field: FieldSpec, raw: unknown): Error {
  switch (typeof raw) {
    case 'string':
      return cannotDeserialize(field.type, 'VALUE_STRING', raw);
    case 'number':
      return cannotDeserialize(
        field.type,
        Number.isInteger(raw) ? 'VALUE_NUMBER_INT' : 'VALUE_NUMBER_FLOAT',
        String(raw),
      );
    case 'boolean':
      return cannotDeserialize(field.type, raw ? 'VALUE_TRUE' : 'VALUE_FALSE', String(raw));
    default:
      return Array.isArray(raw)
        ? cannotDeserialize(field.type, 'START_ARRAY', '[')
        : cannotDeserialize(field.type, 'START_OBJECT', '{');
  }
}
