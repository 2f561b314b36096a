// Query jobs: SOQL without what Bulk API 2.0 doesn't take, its rows as they were when the job was worked
// on, handed out as CSV in sets of `maxRecords`, each with a header row and the locator of the next.
import { fail, methodNotAllowed, notFound } from '../errors.ts';
import { jsonBody, type Answer, type Api, type Call } from '../rest/call.ts';
import { noSuchObject } from '../soql/errors.ts';
import { parseSoql, type ObjectSelection } from '../soql/parse.ts';
import { resolvePath } from '../soql/path.ts';
import { run } from '../soql/run.ts';
import { cellOf, layoutOf, toCsv } from './csv.ts';
import { isOver, removed, stampOf, type FailureOfAJob, type QueryJob } from './jobs.ts';

const LARGEST_SET = 50_000;

/** /jobs/query */
export function queryJobs(api: Api, call: Call): Answer {
  const [, , id, resource, ...rest] = call.segments;
  if (rest.length > 0) throw notFound();
  if (id === undefined) return call.method === 'POST' ? create(api, call) : list(api, call);
  const job = find(api, id);
  if (resource === 'results' && call.method === 'GET') return results(api, call, job);
  if (resource !== undefined) throw notFound();
  switch (call.method) {
    case 'GET':
      return { status: 200, value: info(api, job) };
    case 'PATCH':
      return abort(api, call, job);
    case 'DELETE':
      return removed(api, job);
    default:
      throw methodNotAllowed(call.method);
  }
}

/** Reads the rows of a job whose time has come. */
export function workOnQuery(api: Api, job: QueryJob, failure: FailureOfAJob | null): void {
  if (failure !== null) {
    job.state = 'Failed';
    job.errorMessage = failure.message;
    return;
  }
  const withDeleted = job.operation === 'queryAll';
  job.rows = run(api.database, job.object, job.selection, { withDeleted, ids: null });
  job.processed = job.rows.length;
}

function find(api: Api, id: string): QueryJob {
  const job = api.bulk.find('query', id);
  if (job.kind !== 'query') throw notFound();
  return job;
}

function create(api: Api, call: Call): Answer {
  const body = jsonBody(call);
  const { operation, query: soql } = body;
  if (operation !== 'query' && operation !== 'queryAll')
    throw fail(400, 'INVALIDJOB', `Invalid operation: ${String(operation)}`);
  if (typeof soql !== 'string') throw fail(400, 'INVALIDJOB', 'query is required');
  if (api.bulk.queryJobs.exhausted)
    throw fail(
      400,
      'LIMIT_EXCEEDED',
      `Max bulk v2 query jobs (${api.bulk.queryJobs.limit}) per 24 hrs has been reached (${api.bulk.queryJobs.used})`,
    );
  const selection = parseSoql(soql);
  const object = api.database.schema.visibleObject(selection.object);
  if (object === undefined) throw noSuchObject(soql, selection.object);
  refuseWhatBulkDoesNot(selection);
  for (const path of selection.paths) {
    const { type } = resolvePath(soql, api.database, object, path).field;
    if (type === 'address' || type === 'location')
      throw fail(400, 'API_ERROR', 'Selecting compound data not supported in Bulk Query');
  }
  api.bulk.queryJobs.count();
  const layout = layoutOf(body);
  const job = api.bulk.start((beginning): QueryJob => ({
    ...beginning,
    kind: 'query',
    operation,
    object,
    selection,
    version: call.version,
    layout,
    state: 'Open',
    rows: [],
  }));
  api.bulk.moveTo(job, 'UploadComplete');
  return { status: 200, value: info(api, job) };
}

function refuseWhatBulkDoesNot({ countOnly, children, offset }: ObjectSelection): void {
  if (countOnly || offset > 0)
    throw fail(400, 'API_ERROR', 'Aggregate functions and OFFSET are not supported in Bulk Query');
  if (children.length > 0)
    throw fail(400, 'API_ERROR', 'Nested queries are not supported in Bulk Query');
}

function list(api: Api, call: Call): Answer {
  if (call.method !== 'GET') throw methodNotAllowed(call.method);
  const records = api.bulk.all('query').flatMap((job) => (job.kind === 'query' ? [job] : []));
  return {
    status: 200,
    value: { done: true, nextRecordsUrl: null, records: records.map((job) => info(api, job)) },
  };
}

function abort(api: Api, call: Call, job: QueryJob): Answer {
  if (jsonBody(call).state !== 'Aborted')
    throw fail(400, 'INVALIDJOB', 'A query job can only be Aborted');
  if (isOver(job)) throw fail(400, 'INVALIDJOBSTATE', 'Aborting already Completed Job not allowed');
  api.bulk.moveTo(job, 'Aborted');
  return { status: 200, value: info(api, job) };
}

function info(api: Api, job: QueryJob): Record<string, unknown> {
  return {
    id: job.id,
    operation: job.operation,
    object: job.object.name,
    createdById: api.actor.userId,
    createdDate: stampOf(job.createdAt),
    systemModstamp: stampOf(job.changedAt),
    state: job.state,
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: Number(job.version),
    jobType: 'V2Query',
    ...job.layout,
    numberRecordsProcessed: job.processed,
    retries: 0,
    totalProcessingTime: isOver(job) ? job.changedAt - job.createdAt : 0,
    isPkChunkingSupported: true,
    ...(job.errorMessage === null ? {} : { errorMessage: job.errorMessage }),
  };
}

function results(api: Api, call: Call, job: QueryJob): Answer {
  if (job.state !== 'JobComplete')
    throw fail(400, 'INVALIDJOBSTATE', `Results of a Job in state ${job.state} are not available`);
  if (job.version !== call.version)
    throw fail(409, 'API_ERROR', 'The results must be read with the API version of the job');
  const { object, selection, rows } = job;
  const start = startOf(call.query.get('locator'), rows.length);
  const asked = Number(call.query.get('maxRecords') ?? LARGEST_SET);
  const end = start + Math.min(LARGEST_SET, Math.max(1, Math.floor(asked) || LARGEST_SET));
  const columns = selection.paths.map((path) => {
    const { field, isOwn, read } = resolvePath(selection.soql, api.database, object, path);
    return { name: isOwn ? field.name : path, field, read };
  });
  const set = rows.slice(start, end);
  const cells = set.map((row) => columns.map(({ field, read }) => cellOf(field, read(row))));
  return {
    status: 200,
    text: toCsv([columns.map(({ name }) => name), ...cells], job.layout),
    headers: {
      'Sforce-Locator': end < rows.length ? locatorOf(end) : 'null',
      'Sforce-NumberOfRecords': String(set.length),
    },
  };
}

const locatorOf = (start: number): string => Buffer.from(String(start)).toString('base64url');

function startOf(locator: string | null, length: number): number {
  if (locator === null) return 0;
  const start = Number(Buffer.from(locator, 'base64url').toString());
  if (!Number.isInteger(start) || start < 1 || start >= length)
    throw fail(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  return start;
}
