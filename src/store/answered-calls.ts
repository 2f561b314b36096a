// Calls that were answered within the hour, so that one that HubSpot sends again is answered again and not done
// again: rows among the cursors, named `answered:` and the call's key.
import { z } from 'zod';
import { storableJson } from './json.ts';

export interface AnsweredCalls {
  /** True for whoever comes first with this key, in any process. */
  begin(key: string): Promise<boolean>;
  keep(key: string, answer: unknown): Promise<void>;
  /** Null: it was begun and isn't answered, or never begun. */
  find(key: string): Promise<{ readonly answer: unknown } | null>;
}

interface Sql {
  query(text: string, values: readonly unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

const rowsSchema = z.array(
  z.object({ value: z.object({ answer: z.unknown().optional(), answered: z.boolean() }) }),
);

const nameOf = (key: string): string => `answered:${key}`;

export function answeredCalls(sql: Sql): AnsweredCalls {
  return {
    async begin(key) {
      await sql.query(
        `delete from cursors where name like 'answered:%'
         and (value->>'at')::timestamptz < now() - interval '1 hour'`,
        [],
      );
      const { rows } = await sql.query(
        `insert into cursors (name, value)
         values ($1, jsonb_build_object('at', now(), 'answered', false))
         on conflict (name) do nothing returning name`,
        [nameOf(key)],
      );
      return rows.length > 0;
    },
    async keep(key, answer) {
      await sql.query(
        `update cursors
         set value = value || jsonb_build_object('answered', true, 'answer', $2::jsonb)
         where name = $1`,
        [nameOf(key), storableJson(answer)],
      );
    },
    async find(key) {
      const { rows } = await sql.query('select value from cursors where name = $1', [nameOf(key)]);
      const [row] = rowsSchema.parse(rows);
      return row?.value.answered === true ? { answer: row.value.answer } : null;
    },
  };
}
