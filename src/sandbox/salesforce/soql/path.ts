// A field path of a query (`Email`, `Owner.Email`, `Account.Owner.Name`) resolved against the schema:
// what field it ends at, and how to read it from a row. Lookups that may point at several objects
// (a lead's owner: user or queue) read whichever it is.
import { reader, type ReadValue } from '../org/computed.ts';
import type { Database } from '../org/database.ts';
import type { FieldSpec } from '../schema/field.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import { textOf, type Row } from '../values.ts';
import { noSuchColumn, noSuchRelationship } from './errors.ts';

export interface ResolvedPath {
  readonly field: FieldSpec;
  /** Lookup fields to follow before the field is reached, in order. */
  readonly lookups: readonly FieldSpec[];
  /** True when the field stands on the row itself. */
  readonly isOwn: boolean;
  readonly read: (row: Row) => ReadValue;
}

export function resolvePath(
  soql: string,
  database: Database,
  object: ObjectSchema,
  path: string,
): ResolvedPath {
  const names = path.split('.');
  const last = names.pop() ?? '';
  let holder = object;
  const lookups: FieldSpec[] = [];
  for (const name of names) {
    const lookup = holder.referenceNamed(name);
    const target = lookup === undefined ? undefined : describedTarget(database, lookup);
    if (lookup === undefined || target === undefined) throw noSuchRelationship(soql, path, name);
    lookups.push(lookup);
    holder = target;
  }
  const field = holder.visibleField(last);
  if (field === undefined) throw noSuchColumn(soql, path, last, holder.name);

  if (lookups.length === 0) {
    const read = reader(object.name, field.name);
    return { field, lookups, isOwn: true, read: (row) => read(row, database) };
  }
  return {
    field,
    lookups,
    isOwn: false,
    read: (row) => {
      let at: Row | undefined = row;
      let holderName = object.name;
      for (const lookup of lookups) {
        const id: string = textOf(at, lookup.name);
        const target = database.schema.objectOfId(id);
        at = target === undefined ? undefined : database.table(target.name).get(id);
        if (at === undefined || target === undefined) return null;
        holderName = target.name;
      }
      return reader(holderName, field.name)(at, database);
    },
  };
}

/** Whose fields a path through this lookup may name. */
export function describedTarget(database: Database, lookup: FieldSpec): ObjectSchema | undefined {
  const name = lookup.referenceTo.includes('User') ? 'User' : lookup.referenceTo[0];
  return name === undefined ? undefined : database.schema.object(name);
}
