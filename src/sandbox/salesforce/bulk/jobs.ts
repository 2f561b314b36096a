// The jobs of Bulk API 2.0 and their states. A job takes its time: it is InProgress until the stand-in's
// clock says it is done, and what it does then happens with the next call of anybody, as if a server of
// Salesforce's had been at it meanwhile. What jobs do is `query-jobs.ts` and `ingest-jobs.ts`.
import type { Clock } from '../../clock.ts';
import { fail } from '../errors.ts';
import { IdSequence, toId18 } from '../ids.ts';
import type { Answer, Api } from '../rest/call.ts';
import { ApiUsage } from '../rest/limits.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import type { ObjectSelection } from '../soql/parse.ts';
import { toApiDatetime, type Row } from '../values.ts';
import type { Layout } from './csv.ts';

export type JobState =
  'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

interface Beginning {
  readonly id: string;
  readonly createdAt: number;
  changedAt: number;
  /** When it will be done, once it was handed over. */
  dueAt: number;
  errorMessage: string | null;
  processed: number;
}

interface AnyJob extends Beginning {
  readonly object: ObjectSchema;
  readonly operation: string;
  /** `64.0` */
  readonly version: string;
  readonly layout: Layout;
  state: JobState;
}

export interface QueryJob extends AnyJob {
  readonly kind: 'query';
  readonly selection: ObjectSelection;
  rows: readonly Row[];
}

export interface IngestJob extends AnyJob {
  readonly kind: 'ingest';
  readonly externalIdFieldName: string | null;
  readonly assignmentRuleId: string | null;
  /** What was uploaded; null before. */
  csv: string | null;
  columns: readonly string[];
  readonly successful: string[][];
  readonly failed: string[][];
  unprocessed: readonly string[][];
}

export type Job = QueryJob | IngestJob;

/** Salesforce deletes jobs and their results after a week. */
const LIFETIME = 7 * 24 * 3_600_000;
const BATCHES_A_DAY = 15_000;
const QUERY_JOBS_A_DAY = 10_000;
/** Rows of one batch, of which an ingest job has as many as it takes. */
const BATCH = 10_000;

export class BulkJobs {
  readonly #clock: Clock;
  readonly #jobMs: () => number;
  readonly #ids = new IdSequence('750');
  readonly #jobs = new Map<string, Job>();
  readonly #failures: FailureOfAJob[] = [];
  readonly batches: ApiUsage;
  readonly queryJobs: ApiUsage;

  /** `jobMs` says how long the next job takes. */
  constructor(clock: Clock, jobMs: () => number) {
    this.#clock = clock;
    this.#jobMs = jobMs;
    this.batches = new ApiUsage(clock, BATCHES_A_DAY);
    this.queryJobs = new ApiUsage(clock, QUERY_JOBS_A_DAY);
  }

  /** The next job to be worked on fails; an ingest job after some of its rows, which stay written. */
  failNext(failure: FailureOfAJob): void {
    this.#failures.push(failure);
  }

  /** Every job of one kind, oldest first. */
  all(kind: Job['kind']): Job[] {
    return [...this.#jobs.values()].filter((job) => job.kind === kind);
  }

  /** Keeps a new job that is made from what all jobs begin with. */
  start<New extends Job>(make: (beginning: Beginning) => New): New {
    const now = this.#clock.now();
    const job = make({
      id: this.#ids.next(),
      createdAt: now,
      changedAt: now,
      dueAt: Infinity,
      errorMessage: null,
      processed: 0,
    });
    this.#jobs.set(job.id, job);
    return job;
  }

  find(kind: Job['kind'], given: string): Job {
    const job = this.#jobs.get(toId18(given) ?? '');
    if (job?.kind !== kind) throw fail(404, 'NOT_FOUND', 'The requested resource does not exist');
    return job;
  }

  remove(job: Job): void {
    this.#jobs.delete(job.id);
  }

  moveTo(job: Job, state: JobState): void {
    job.state = state;
    job.changedAt = this.#clock.now();
    if (state !== 'UploadComplete') return;
    job.dueAt = job.changedAt + this.#jobMs();
    if (job.kind === 'ingest') this.batches.count();
  }

  /** Works on every job whose time has come. */
  advance(work: (job: Job, failure: FailureOfAJob | null) => void): void {
    const now = this.#clock.now();
    for (const job of this.#jobs.values()) {
      if (now - job.createdAt > LIFETIME) this.#jobs.delete(job.id);
      else if (job.state === 'UploadComplete' || job.state === 'InProgress') {
        if (now < job.dueAt) {
          job.state = 'InProgress';
          continue;
        }
        job.state = 'JobComplete';
        job.changedAt = now;
        work(job, this.#failures.shift() ?? null);
        this.batches.count(Math.max(0, Math.ceil(job.processed / BATCH) - 1));
      }
    }
  }
}

/** How a job fails that a test wants to fail. */
export interface FailureOfAJob {
  readonly message: string;
  /** Rows of an ingest job that are dealt with before; none by default. */
  readonly afterRows?: number;
}

export const stampOf = (milliseconds: number): string => toApiDatetime(milliseconds);

export const isOver = ({ state }: QueryJob | IngestJob): boolean =>
  state === 'JobComplete' || state === 'Failed' || state === 'Aborted';

/** Removes a job that is over, for a DELETE. */
export function removed(api: Pick<Api, 'bulk'>, job: QueryJob | IngestJob): Answer {
  if (!isOver(job))
    throw fail(400, 'INVALIDJOBSTATE', `Deleting a Job in state ${job.state} not allowed`);
  api.bulk.remove(job);
  return { status: 204 };
}
