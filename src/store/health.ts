// What the processes at work say of themselves: rows among the cursors, named `health:` and the worker's id.
import type { Kysely } from 'kysely';
import { saveCursor } from './cursors.ts';
import type { HealthStore } from './port.ts';
import type { Database } from './schema.ts';

const PREFIX = 'health:';

export function healthStore(db: Kysely<Database>): HealthStore {
  return {
    set: (worker, value) => saveCursor(db, `${PREFIX}${worker}`, value),
    async remove(worker) {
      await db.deleteFrom('cursors').where('name', '=', `${PREFIX}${worker}`).execute();
    },
    async all() {
      const rows = await db
        .selectFrom('cursors')
        .selectAll()
        .where('name', 'like', `${PREFIX}%`)
        .orderBy('name')
        .execute();
      return rows.map(({ name, value }) => ({ worker: name.slice(PREFIX.length), value }));
    },
  };
}
