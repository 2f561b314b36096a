import type { Kysely, Transaction } from 'kysely';
import type { Database } from './schema.ts';

/** Serialization failure, deadlock, and a unique id that somebody else took between our check and our write. */
const WORTH_REPEATING = new Set(['40001', '40P01', '23505']);
const MOST_TRIES = 5;

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

/** Runs `work` in a transaction, and again from the start when another process got in its way. */
export async function inTransaction<Result>(
  db: Kysely<Database>,
  work: (trx: Transaction<Database>) => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      const code = codeOf(error);
      if (tries === MOST_TRIES || typeof code !== 'string' || !WORTH_REPEATING.has(code))
        throw error;
    }
  }
}
