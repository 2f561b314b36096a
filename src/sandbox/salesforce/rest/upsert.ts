// Finding the row an upsert means: by a field marked as external id, or by Id itself.
import { noSuchExternalId } from '../errors.ts';
import { toId18 } from '../ids.ts';
import type { FieldSpec } from '../schema/field.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import type { Row } from '../values.ts';
import type { Api } from './call.ts';

/** The field to upsert on; only external ids and Id will do. */
export function upsertField(object: ObjectSchema, name: string): FieldSpec {
  const field = object.visibleField(name);
  if (field === undefined || !(field.externalId || field.type === 'id')) {
    throw noSuchExternalId(name);
  }
  return field;
}

/** Live rows that hold the value. */
export function matchesOf(api: Api, object: ObjectSchema, field: FieldSpec, value: string): Row[] {
  const table = api.database.table(object.name);
  const ids = field.type === 'id' ? [toId18(value) ?? ''] : table.withValue(field.name, value);
  return [...(ids ?? [])].flatMap((id) => {
    const row = table.get(id);
    return row === undefined || row.IsDeleted === true ? [] : [row];
  });
}
