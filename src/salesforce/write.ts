// Writes rows, each with its own outcome, whatever becomes of the calls they go out in. Creates are upserts
// on the external-ID field where the org has it, so that repeating one finds the record the first try made;
// a plain create whose answer was lost is not repeated. How rows share calls is `collections.ts`; very many
// at once go through a bulk job first (`bulk/writes.ts`).
import { z } from 'zod';
import type { RecordError } from '../engine/errors.ts';
import {
  CallFailed,
  CallRejected,
  RateLimited,
  Unauthorized,
  Unavailable,
} from '../engine/failures.ts';
import { salesforceId18 } from '../engine/salesforce-ids.ts';
import { rowsForBulk, timesWritten, writeInBulk } from './bulk/writes.ts';
import { BULK_WRITE_ROWS } from './bulk/thresholds.ts';
import {
  apartByAccount,
  byKind,
  fieldsIn,
  isRepeatable,
  partsOf,
  subrequestOf,
  takeGroup,
  type Collection,
  type FieldsOf,
  type Row,
} from './collections.ts';
import { compositeCall, HEAVY_PER_COMPOSITE, type SubrequestAnswer } from './composite.ts';
import type { SalesforceConnection } from './connection.ts';
import {
  blamedReferences,
  errorsSchema,
  fieldsByValue,
  needsLabels,
  recordErrorOf,
  type SalesforceErrors,
} from './errors.ts';
import type { SalesforceWrite, SalesforceWriteOutcome } from './port.ts';

/** How often rows are sent that fail for a passing reason, such as a lock. */
const ROW_ATTEMPTS = 3;
/** Refusals of a field rather than of its value: every row that sets it is guilty. */
const BLAMES_THE_FIELD = new Set(['INVALID_FIELD', 'INVALID_FIELD_FOR_INSERT_UPDATE']);
/** Answers to deleting what is not there any more. */
const GONE = new Set(['ENTITY_IS_DELETED', 'NOT_FOUND', 'INVALID_CROSS_REFERENCE_KEY']);
/** The org's own triggers ran out of what a transaction may use: fewer rows at a time may do. */
const GOVERNOR_LIMIT = /LimitException|CPU time limit|Too many (?:SOQL|DML|query)/i;

const resultsSchema = z.array(
  z.object({ id: z.string().nullish(), success: z.boolean(), errors: errorsSchema.default([]) }),
);

/** What one answer settles, and what has to be sent again. */
interface Judgement {
  readonly outcomes: readonly (readonly [index: number, SalesforceWriteOutcome])[];
  readonly again: readonly Collection[];
}

export function writerOver(
  connection: SalesforceConnection,
  fieldsOf: FieldsOf,
  bulkRows = BULK_WRITE_ROWS,
) {
  return async (writes: readonly SalesforceWrite[]): Promise<SalesforceWriteOutcome[]> => {
    const outcomes = new Map<number, SalesforceWriteOutcome>();
    const queue: Collection[] = [];
    const times = writes.length < bulkRows ? new Map<string, number>() : timesWritten(writes);
    for (const all of await byKind(writes, fieldsOf)) {
      const { settled, rest } = await inBulkFirst(
        connection,
        all,
        rowsForBulk(all, times),
        bulkRows,
      );
      for (const [row, outcome] of settled) outcomes.set(row, outcome);
      queue.push(...partsOf({ ...all, rows: rest }));
    }
    for (let group = takeGroup(queue); group.length > 0; group = takeGroup(queue)) {
      const tries = Math.max(...group.map((collection) => collection.tries));
      if (tries > 0) await connection.pause(tries);
      try {
        const answers = await send(connection, group);
        for (const [index, collection] of group.entries()) {
          const judgement = await judge(collection, answers[index], fieldsOf);
          for (const [row, outcome] of judgement.outcomes) outcomes.set(row, outcome);
          queue.push(...judgement.again);
        }
      } catch (error) {
        const failure = asFailure(error);
        if (failure instanceof CallRejected && group.length > 1) {
          queue.push(...group.map((collection) => ({ ...collection, alone: true })));
          continue;
        }
        const nothingWritten = ![...outcomes.values()].some(({ ok }) => ok);
        if (failure instanceof Unauthorized && nothingWritten) throw failure;
        // The next call would fare no better, unless it was only the answer that got lost.
        const lost = group.every(isRepeatable) ? [...group, ...queue.splice(0)] : group;
        for (const collection of lost) {
          for (const [row, outcome] of lostOutcomes(collection, failure))
            outcomes.set(row, outcome);
        }
      }
    }
    return writes.map((_, index) => {
      const outcome = outcomes.get(index);
      if (!outcome) throw new Error('a row was left without an outcome');
      return outcome;
    });
  };
}

/** What a bulk job settles of the rows that are fit for one; all others are left for collections. */
async function inBulkFirst(
  connection: SalesforceConnection,
  all: Collection,
  fit: readonly Row[],
  bulkRows: number,
): Promise<{ settled: Judgement['outcomes']; rest: readonly Row[] }> {
  if (fit.length < bulkRows) return { settled: [], rest: all.rows };
  const isFit = new Set(fit);
  const others = all.rows.filter((row) => !isFit.has(row));
  try {
    const { outcomes, rest } = await writeInBulk(connection, all, fit);
    return { settled: outcomes, rest: [...others, ...rest] };
  } catch (error) {
    return { settled: lostOutcomes({ ...all, rows: fit }, asFailure(error)), rest: others };
  }
}

async function send(
  connection: SalesforceConnection,
  group: readonly Collection[],
): Promise<SubrequestAnswer[]> {
  const repeatable = group.every(isRepeatable);
  const subrequests = group.map(subrequestOf);
  const [only] = subrequests;
  if (!only || subrequests.length > 1) return compositeCall(connection, subrequests, repeatable);
  try {
    return [{ status: 200, body: await connection.send(only, repeatable) }];
  } catch (error) {
    if (!(error instanceof CallRejected)) throw error;
    const { status, code, message } = error;
    return [{ status, body: [{ errorCode: code, message }] }];
  }
}

async function judge(
  collection: Collection,
  answer: SubrequestAnswer | undefined,
  fieldsOf: FieldsOf,
): Promise<Judgement> {
  const results = resultsSchema.safeParse(answer?.body);
  if (!results.success || results.data.length !== collection.rows.length) {
    const errors = errorsSchema.safeParse(answer?.body);
    if (!answer || !errors.success || errors.data.length === 0) {
      const failure = new Unavailable('Salesforce', 'the answer does not mention these rows');
      return { outcomes: lostOutcomes(collection, failure), again: [] };
    }
    const error = await errorOf(errors.data, collection, fieldsOf);
    const retryable = error.retryable || answer.status >= 500;
    return judgeRefused(collection, { ...error, retryable }, answer.status);
  }
  const outcomes: [number, SalesforceWriteOutcome][] = [];
  const locked: Collection['rows'][number][] = [];
  const tooMuch: Collection['rows'][number][] = [];
  for (const [place, row] of collection.rows.entries()) {
    const result = results.data[place];
    if (result?.success && result.id) {
      outcomes.push([row.index, { ok: true, id: salesforceId18(result.id) ?? result.id }]);
      continue;
    }
    const error = await errorOf(result?.errors ?? [], collection, fieldsOf, row.write);
    if (row.write.kind === 'delete' && GONE.has(error.code))
      outcomes.push([row.index, { ok: true, id: salesforceId18(row.write.id) ?? row.write.id }]);
    else if (error.code === 'UNABLE_TO_LOCK_ROW' && collection.tries + 1 < ROW_ATTEMPTS)
      locked.push(row);
    else if (GOVERNOR_LIMIT.test(error.message) && canBeFewer(collection)) tooMuch.push(row);
    else outcomes.push([row.index, { ok: false, error }]);
  }
  return {
    outcomes,
    again: [
      ...apartByAccount({ ...collection, rows: locked, tries: collection.tries + 1 }),
      ...fewer({ ...collection, rows: tooMuch }),
    ],
  };
}

/** Not a row but the whole collection was refused, for what may be one row's fault. */
function judgeRefused(collection: Collection, error: RecordError, status: number): Judgement {
  const { rows, tries } = collection;
  const blame = (some: Collection['rows']): Judgement['outcomes'] =>
    some.map((row) => [row.index, { ok: false, error }]);
  if (error.retryable) {
    if (tries + 1 >= ROW_ATTEMPTS) return { outcomes: blame(rows), again: [] };
    const once = { ...collection, tries: tries + 1 };
    return {
      outcomes: [],
      again: error.code === 'UNABLE_TO_LOCK_ROW' ? apartByAccount(once) : [once],
    };
  }
  const [only] = rows;
  if (only && rows.length === 1) {
    const fields =
      error.fields.length > 0 ? error.fields : fieldsByValue(error.message, fieldsIn(only.write));
    return { outcomes: [[only.index, { ok: false, error: { ...error, fields } }]], again: [] };
  }
  if (status !== 400) return { outcomes: blame(rows), again: [] };
  if (BLAMES_THE_FIELD.has(error.code)) {
    const named = new Set(error.fields.map((field) => field.toLowerCase()));
    const isGuilty = ({ write }: Collection['rows'][number]): boolean =>
      Object.keys(fieldsIn(write)).some((field) => named.has(field.toLowerCase()));
    const guilty = rows.filter(isGuilty);
    const innocent = rows.filter((row) => !isGuilty(row));
    if (guilty.length > 0) {
      const again = innocent.length > 0 ? [{ ...collection, rows: innocent }] : [];
      return { outcomes: blame(guilty), again };
    }
  }
  // Fifths, because five collections go into the next call.
  const parts = partsOf(collection, Math.ceil(rows.length / HEAVY_PER_COMPOSITE));
  return { outcomes: [], again: parts };
}

const canBeFewer = ({ alone, rows }: Collection): boolean => !alone || rows.length > 1;

function fewer(collection: Collection): Collection[] {
  const { alone, rows } = collection;
  const size = alone ? Math.ceil(rows.length / 2) : rows.length;
  return rows.length === 0 ? [] : partsOf({ ...collection, alone: true }, size);
}

async function errorOf(
  errors: SalesforceErrors,
  { object }: Collection,
  fieldsOf: FieldsOf,
  write?: SalesforceWrite,
): Promise<RecordError> {
  // Labels are only needed where Salesforce leaves the field's name out, and rows that were written keep
  // their outcomes even if the labels can't be had.
  const fields = errors.some(needsLabels)
    ? await fieldsOf(object).catch(() => new Map<string, never>())
    : new Map<string, never>();
  const error = recordErrorOf(errors, fields);
  return write === undefined || error.fields.length > 0
    ? error
    : { ...error, fields: blamedReferences(error, write, fields) };
}

function asFailure(error: unknown): CallFailed {
  if (error instanceof CallFailed) return error;
  if (error instanceof z.ZodError)
    return new Unavailable('Salesforce', 'the answer is not what was asked for', { cause: error });
  throw error;
}

function lostOutcomes(collection: Collection, failure: CallFailed): Judgement['outcomes'] {
  const error: RecordError = {
    code: lostCode(collection, failure),
    message: failure.message,
    fields: [],
    existingId: null,
    retryable: !(failure instanceof CallRejected),
  };
  return collection.rows.map(({ index }) => [index, { ok: false, error }]);
}

function lostCode(collection: Collection, failure: CallFailed): string {
  if (failure instanceof RateLimited) return 'REQUEST_LIMIT_EXCEEDED';
  if (failure instanceof Unauthorized) return 'INVALID_SESSION_ID';
  if (failure instanceof CallRejected) return failure.code;
  return isRepeatable(collection) ? 'SERVER_UNAVAILABLE' : 'ANSWER_LOST';
}
