// Cursors: how far each feed has come, a JSON value by name. Null when there is none yet.
import { sql, type Kysely } from 'kysely';
import { storableJson } from './json.ts';
import type { CursorStore } from './port.ts';
import type { Database } from './schema.ts';

export function cursorStore(db: Kysely<Database>): CursorStore {
  return {
    async get(name) {
      const row = await db
        .selectFrom('cursors')
        .select('value')
        .where('name', '=', name)
        .executeTakeFirst();
      return row?.value ?? null;
    },
    set: (name, value) => saveCursor(db, name, value),
    replace: async (name, known, value) => {
      const { numAffectedRows } = await (
        known === null
          ? sql`
              insert into cursors (name, value) values (${name}, ${storableJson(value)}::jsonb)
              on conflict (name) do nothing`
          : sql`
              update cursors set value = ${storableJson(value)}::jsonb
              where name = ${name} and value = ${storableJson(known)}::jsonb`
      ).execute(db);
      return numAffectedRows === 1n;
    },
  };
}

export async function saveCursor(
  db: Kysely<Database>,
  name: string,
  value: unknown,
): Promise<void> {
  await sql`
    insert into cursors (name, value) values (${name}, ${storableJson(value)}::jsonb)
    on conflict (name) do update set value = excluded.value`.execute(db);
}
