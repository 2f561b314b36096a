// One ingest job of Bulk API 2.0, from upload to result. It tells which rows were written, by key; the others
// (refused, unprocessed, all of them when the job failed) are for collections, which repeat nothing that was
// done and name every reason in full. That is only safe once the job is over: one that is still to be
// worked on would put old values over newer ones.
import {
  CallFailed,
  CallRejected,
  RateLimited,
  Unauthorized,
  Unavailable,
} from '../../engine/failures.ts';
import type { SalesforceObject } from '../../engine/fields.ts';
import { salesforceId18 } from '../../engine/salesforce-ids.ts';
import type { SalesforceConnection } from '../connection.ts';
import { rowsOfCsv } from './csv.ts';
import { jobSchema } from './exports.ts';

export interface Upload {
  readonly object: SalesforceObject;
  readonly operation: 'update' | 'upsert' | 'delete';
  /** The external id that is upserted on. */
  readonly externalId: string | null;
  readonly csv: string;
}

/** 18-character ids of the rows that were written, by what was upserted on, else by the id itself. */
export type Written = ReadonlyMap<string, string>;

const JOBS_PATH = '/jobs/ingest';
/** Jobs that are begun for one upload: a job takes one, and none after a lost answer. */
const MOST_JOBS = 2;
const FIRST_LOOK_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;
/** Orgs put jobs in a queue behind others' and promise no time. */
const PATIENCE_MS = 30 * 60_000;
const OVER = new Set(['JobComplete', 'Failed', 'Aborted']);

/** Throws when nobody knows what became of the job, or when it can't be stopped. */
export async function ingest(connection: SalesforceConnection, upload: Upload): Promise<Written> {
  for (let jobs = 1; jobs <= MOST_JOBS; jobs += 1) {
    const path = await createJob(connection, upload);
    if (path === null) break;
    const failure = await failureOf(
      connection.sendText({ method: 'PUT', path: `${path}/batches`, body: upload.csv }, false),
    );
    if (failure === null && (await closeAndWait(connection, path)) === 'over')
      return writtenBy(connection, path, upload);
    // It was never closed, so nothing of it is carried out.
    await failureOf(moveTo(connection, path, 'Aborted'));
    if (failure instanceof CallRejected) break;
  }
  return new Map();
}

/** Null when there is no job to be had: collections will tell the reason, if there is one. */
async function createJob(
  connection: SalesforceConnection,
  { object, operation, externalId }: Upload,
): Promise<string | null> {
  const body = {
    object,
    operation,
    contentType: 'CSV',
    lineEnding: 'LF',
    ...(externalId === null ? {} : { externalIdFieldName: externalId }),
  };
  try {
    const job = await connection.send({ method: 'POST', path: JOBS_PATH, body });
    return `${JOBS_PATH}/${encodeURIComponent(jobSchema.parse(job).id)}`;
  } catch (error) {
    if (error instanceof CallFailed) return null;
    throw error;
  }
}

const moveTo = (
  connection: SalesforceConnection,
  path: string,
  state: 'UploadComplete' | 'Aborted',
): Promise<unknown> => connection.send({ method: 'PATCH', path, body: { state } });

async function stateOf(connection: SalesforceConnection, path: string): Promise<string> {
  return jobSchema.parse(await connection.send({ method: 'GET', path })).state;
}

/** Hands the job over and waits for its end, for as long as its end can be hoped for. */
async function closeAndWait(
  connection: SalesforceConnection,
  path: string,
): Promise<'over' | 'open'> {
  // Refused, or its answer lost, it may have been closed all the same: the state tells.
  await failureOf(moveTo(connection, path, 'UploadComplete'));
  let pause = FIRST_LOOK_MS;
  for (let waited = 0; waited < PATIENCE_MS; waited += pause) {
    pause = waited === 0 ? FIRST_LOOK_MS : Math.min(pause * 2, LONGEST_PAUSE_MS);
    await connection.wait(pause);
    try {
      const state = await stateOf(connection, path);
      if (OVER.has(state)) return 'over';
      if (state === 'Open') return 'open';
    } catch (error) {
      // An outage passes; a job that can't be asked about any more doesn't.
      if (error instanceof CallRejected) throw unknown(error);
      if (!(error instanceof Unavailable)) throw error;
    }
  }
  const refusal = await failureOf(moveTo(connection, path, 'Aborted'));
  if (refusal === null) return 'over';
  if (refusal instanceof CallRejected && OVER.has(await stateOf(connection, path))) return 'over';
  throw unknown(refusal);
}

const unknown = (cause: CallFailed): CallFailed =>
  cause instanceof RateLimited || cause instanceof Unauthorized
    ? cause
    : new Unavailable('Salesforce', 'what became of the bulk job can’t be told', { cause });

async function writtenBy(
  connection: SalesforceConnection,
  path: string,
  { externalId }: Upload,
): Promise<Written> {
  const written = new Map<string, string>();
  try {
    const { body } = await connection.sendText({
      method: 'GET',
      path: `${path}/successfulResults`,
    });
    let columns: readonly string[] | null = null;
    for await (const cells of rowsOfCsv(body)) {
      if (columns === null) {
        columns = cells;
        continue;
      }
      const given = cells[columns.indexOf('sf__Id')] ?? '';
      const id = salesforceId18(given) ?? given;
      const key = externalId === null ? id : cells[columns.indexOf(externalId)];
      if (id !== '' && key !== undefined) written.set(key, id);
    }
  } catch (error) {
    // The job is over, so its rows may be sent again: they will find what it did.
    if (!(error instanceof CallFailed)) throw error;
  }
  return written;
}

async function failureOf(call: Promise<unknown>): Promise<CallFailed | null> {
  try {
    await call;
    return null;
  } catch (error) {
    if (error instanceof CallFailed) return error;
    throw error;
  }
}
