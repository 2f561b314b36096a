// Transactions that several processes run on the same rows. Whoever gets in the other's way starts again
// from what the other left; work handed in here must therefore decide from what it reads inside.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import type { Database } from './schema.ts';

/** Thrown by work that found, after deciding, that another transaction had come in between. */
export class StartOver extends Error {
  constructor() {
    super('another process kept changing the same rows');
    this.name = 'StartOver';
  }
}

/** Serialization failure, deadlock, and a unique id that somebody else took between our look and our write. */
const WORTH_REPEATING: ReadonlySet<unknown> = new Set(['40001', '40P01', '23505']);
const MOST_TRIES = 10;
/** Grows with the tries; different for every process, so that two don't meet again. */
const LONGEST_PAUSE_MS = 20;

export const sqlStateOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

/** True for errors that mean "somebody else was there at the same moment". */
export const isWorthRepeating = (error: unknown): boolean =>
  error instanceof StartOver || WORTH_REPEATING.has(sqlStateOf(error));

export const pauseBeforeTry = (tries: number): Promise<void> =>
  sleep(Math.random() * tries * LONGEST_PAUSE_MS);

/** Runs `work` in a transaction, and again from the start when another process got in its way. */
export async function inTransaction<Result>(
  db: Kysely<Database>,
  work: (trx: Transaction<Database>) => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (tries === MOST_TRIES || !isWorthRepeating(error)) throw error;
    }
    await pauseBeforeTry(tries);
  }
}
