// The audit trail of what only admins may do: a row before it is done, completed by what came of it. One without an
// outcome was broken off: it may have been done or not.
import { z } from 'zod';
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
  /** What was done to each of these runs last. */
  controlsOf(runIds: readonly string[]): Promise<readonly RunControlled[]>;
}

/** What an admin did to a run. */
export interface RunControlled {
  readonly runId: string;
  readonly control: string;
  readonly email: string;
  /** ISO. */
  readonly at: string;
}

interface Sql {
  query(text: string, values: readonly unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

const controlsSchema = z.array(
  z.object({
    runId: z.string(),
    control: z.string(),
    email: z.string(),
    at: z.date().transform((at) => at.toISOString()),
  }),
);

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
    async controlsOf(runIds) {
      if (runIds.length === 0) return [];
      const { rows } = await sql.query(
        `select distinct on (about->>'id') about->>'id' as "runId", about->>'control' as control, email, at
         from admin_calls
         where call = 'control-run' and outcome = 'done' and about->>'id' = any($1)
         order by about->>'id', id desc`,
        [runIds],
      );
      return controlsSchema.parse(rows);
    },
  };
}
