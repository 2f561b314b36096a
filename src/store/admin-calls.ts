// The audit trail of what only admins may do: a row before it is done, completed by what came of it. One without an
// outcome was broken off: it may have been done or not.
import { storableJson } from './json.ts';

/** Which run, which version of the settings, and what was done to it. */
export type AdminCallSubject = Readonly<Record<string, string | number>>;

export interface AdminCalls {
  /** Answers the number of the row. */
  begin(call: {
    readonly call: string;
    readonly userId: string;
    readonly email: string;
  }): Promise<string>;
  /** `outcome`: `done`, or the code of an error. */
  end(id: string, outcome: string, about: AdminCallSubject): Promise<void>;
}

interface Sql {
  query(text: string, values: readonly unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

export function adminCalls(sql: Sql): AdminCalls {
  return {
    async begin({ call, userId, email }) {
      const { rows } = await sql.query(
        'insert into admin_calls (call, user_id, email) values ($1, $2, $3) returning id::text as id',
        [call, userId, email],
      );
      const [row] = rows as readonly { readonly id: string }[];
      return row?.id ?? '';
    },
    async end(id, outcome, about) {
      await sql.query('update admin_calls set outcome = $2, about = $3::jsonb where id = $1', [
        id,
        outcome,
        storableJson(about),
      ]);
    },
  };
}
