// Rows as a query answers them: the selected fields under describe's spelling, parents as nested records,
// children as a small result of their own, `attributes` on every record (salesforce-api §3).
import type { Database } from '../org/database.ts';
import type { ReadValue } from '../org/computed.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import { textOf, type Row } from '../values.ts';
import { noSuchChild } from './errors.ts';
import type { ChildSelection, Selection } from './parse.ts';
import { describedTarget, resolvePath } from './path.ts';
import { run } from './run.ts';

export type JsonRecord = Record<string, unknown>;
export type Render = (row: Row) => JsonRecord;

export function attributes(object: string, id: string, version: string): JsonRecord {
  return { type: object, url: `/services/data/v${version}/sobjects/${object}/${id}` };
}

/** Works out once how rows of the selection look; throws for fields that don't exist. */
export function compileRender(
  database: Database,
  object: ObjectSchema,
  selection: Selection,
  version: string,
): Render {
  const own: (readonly [string, (row: Row) => ReadValue])[] = [];
  const parents = new Map<string, string[]>();
  for (const path of selection.paths) {
    const { field, isOwn, lookups, read } = resolvePath(selection.soql, database, object, path);
    const relationship = lookups[0]?.relationship;
    if (isOwn) own.push([field.name, read]);
    else if (relationship !== undefined && relationship !== null) {
      const inner = parents.get(relationship) ?? [];
      inner.push(path.slice(path.indexOf('.') + 1));
      parents.set(relationship, inner);
    }
  }
  const nested: (readonly [string, (row: Row) => unknown])[] = [
    ...[...parents].map(
      ([name, paths]) =>
        [name, parentRender(database, object, selection, name, paths, version)] as const,
    ),
    ...selection.children.map(
      (child) => [child.relationship, childRender(database, object, child, version)] as const,
    ),
  ];
  return (row) => {
    const record: JsonRecord = { attributes: attributes(object.name, textOf(row, 'Id'), version) };
    for (const [name, read] of own) record[name] = read(row);
    for (const [name, render] of nested) record[name] = render(row);
    return record;
  };
}

function parentRender(
  database: Database,
  object: ObjectSchema,
  selection: Selection,
  relationship: string,
  paths: readonly string[],
  version: string,
): (row: Row) => JsonRecord | null {
  const lookup = object.referenceNamed(relationship);
  if (lookup === undefined) return () => null;
  const polymorphic = lookup.referenceTo.length > 1;
  const renders = new Map<string, Render>();
  const renderOf = (target: ObjectSchema): Render => {
    const known = renders.get(target.name);
    if (known !== undefined) return known;
    // A queue has no e-mail of its own under every name a user has: what it lacks reads as null.
    const readable = paths.filter((path) => path.includes('.') || target.visibleField(path));
    const inner = compileRender(
      database,
      target,
      { ...selection, paths: readable, children: [] },
      version,
    );
    const blanks = Object.fromEntries(
      paths.filter((path) => !readable.includes(path)).map((path) => [path, null]),
    );
    const render: Render = (row) => ({ ...inner(row), ...blanks });
    renders.set(target.name, render);
    return render;
  };
  const described = describedTarget(database, lookup);
  if (described !== undefined) renderOf(described);
  return (row) => {
    const id = textOf(row, lookup.name);
    const target = database.schema.objectOfId(id);
    const parent = target === undefined ? undefined : database.table(target.name).get(id);
    if (target === undefined || parent === undefined) return null;
    const record = renderOf(target)(parent);
    return polymorphic ? { ...record, attributes: attributes('Name', id, version) } : record;
  };
}

function childRender(
  database: Database,
  object: ObjectSchema,
  selection: ChildSelection,
  version: string,
): (row: Row) => JsonRecord | null {
  const wanted = selection.relationship.toLowerCase();
  const relationship = object.spec.childRelationships.find(
    ({ name }) => name.toLowerCase() === wanted,
  );
  const child =
    relationship === undefined
      ? undefined
      : database.schema.visibleObject(relationship.childObject);
  if (relationship === undefined || child === undefined) {
    throw noSuchChild(selection.soql, selection.relationship);
  }
  const render = compileRender(database, child, selection, version);
  const table = database.table(child.name);
  return (row) => {
    const ids = new Set(table.withValue(relationship.field, textOf(row, 'Id')) ?? []);
    const rows = run(database, child, selection, { withDeleted: false, ids });
    return rows.length === 0
      ? null
      : { totalSize: rows.length, done: true, records: rows.map(render) };
  };
}
