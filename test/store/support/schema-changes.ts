// What a migration took away or made stricter, by the database's own catalog: whatever an older Tandem, which
// goes on working while the newer one starts, could stumble over.
import { executeOn } from '../../support/postgres.ts';

export interface Catalog {
  /** By `table.column`. */
  readonly columns: ReadonlyMap<string, { readonly type: string; readonly demands: boolean }>;
  /** Constraints and unique indexes, with their definition. */
  readonly constraints: ReadonlyMap<string, string>;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export async function catalogOf(connectionString: string): Promise<Catalog> {
  const columns = await executeOn(
    connectionString,
    `select table_name || '.' || column_name as name,
       udt_name || coalesce('(' || character_maximum_length || ')', '') as type,
       is_nullable = 'NO' and column_default is null
         and is_identity = 'NO' and is_generated = 'NEVER' as demands
     from information_schema.columns
     where table_schema = 'public' and table_name not like 'kysely_%'`,
  );
  const constraints = await executeOn(
    connectionString,
    `select conrelid::regclass || ' ' || conname as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'
       and conrelid::regclass::text not like 'kysely_%'
     union all
     select tablename || ' ' || indexname, indexdef from pg_indexes
     where schemaname = 'public' and indexdef like 'CREATE UNIQUE%'
       and tablename not like 'kysely_%'`,
  );
  return {
    columns: new Map(
      columns.map(({ name, type, demands }) => [
        text(name),
        { type: text(type), demands: demands === true },
      ]),
    ),
    constraints: new Map(constraints.map(({ name, definition }) => [text(name), text(definition)])),
  };
}

const tableOf = (name: string): string => name.split(/[. ]/, 1)[0] ?? '';

/** In words; empty for a migration that only adds. Tables that are new may demand what they like. */
export function breaks(before: Catalog, after: Catalog): string[] {
  const known = new Set([...before.columns.keys()].map(tableOf));
  const found: string[] = [];
  for (const [name, { type }] of before.columns) {
    const now = after.columns.get(name);
    if (!now) found.push(`${name} is gone`);
    else if (now.type !== type) found.push(`${name} was ${type} and is ${now.type}`);
  }
  for (const [name, { demands }] of after.columns)
    if (demands && known.has(tableOf(name)) && before.columns.get(name)?.demands !== true)
      found.push(`${name} has to be given by whoever inserts`);
  for (const [name, definition] of after.constraints)
    if (known.has(tableOf(name)) && before.constraints.get(name) !== definition)
      found.push(`${name} is stricter: ${definition}`);
  for (const [name, definition] of before.constraints)
    if (/PRIMARY KEY|UNIQUE/.test(definition) && !after.constraints.has(name))
      found.push(`${name} is gone, which "on conflict" may rely on`);
  return found;
}
