// Ingest jobs: one upload of CSV, then closed and worked on row by row (`ingest-rows.ts`), with what became
// of the rows in three files. A job that can't be read as its object, or that fails on the way, leaves the
// rest of its rows unprocessed.
import { fail, methodNotAllowed, notFound } from '../errors.ts';
import { jsonBody, type Answer, type Api, type Call } from '../rest/call.ts';
import { objectNamed } from '../rest/records.ts';
import { upsertField } from '../rest/upsert.ts';
import { layoutOf, toCsv } from './csv.ts';
import { isOver, removed, stampOf, type IngestJob } from './jobs.ts';

const OPERATIONS = new Set(['insert', 'update', 'upsert', 'delete']);
const LARGEST_UPLOAD = 150 * 1024 * 1024;

/** /jobs/ingest */
export function ingestJobs(api: Api, call: Call): Answer {
  const [, , id, resource, ...rest] = call.segments;
  if (rest.length > 0) throw notFound();
  if (id === undefined) return call.method === 'POST' ? create(api, call) : list(api, call);
  const job = find(api, id);
  if (resource === 'batches' && call.method === 'PUT') return upload(call, job);
  if (resource !== undefined) return get(call, () => resultsOf(job, resource));
  switch (call.method) {
    case 'GET':
      return { status: 200, value: { ...info(api, call, job), ...progress(job) } };
    case 'PATCH':
      return change(api, call, job);
    case 'DELETE':
      return removed(api, job);
    default:
      throw methodNotAllowed(call.method);
  }
}

function find(api: Api, id: string): IngestJob {
  const job = api.bulk.find('ingest', id);
  if (job.kind !== 'ingest') throw notFound();
  return job;
}

function get(call: Call, resource: () => Answer): Answer {
  if (call.method !== 'GET') throw methodNotAllowed(call.method);
  return resource();
}

function create(api: Api, call: Call): Answer {
  const body = jsonBody(call);
  const { operation, object: name, externalIdFieldName, assignmentRuleId } = body;
  if (typeof operation !== 'string' || !OPERATIONS.has(operation))
    throw fail(400, 'INVALIDJOB', `Invalid operation: ${String(operation)}`);
  if (api.bulk.batches.exhausted)
    throw fail(400, 'EXCEEDEDQUOTA', 'ExceededQuota : ApiBatchItems Limit exceeded.');
  const object = objectNamed(api, typeof name === 'string' ? name : '');
  const upsertsOn = typeof externalIdFieldName === 'string' ? externalIdFieldName : null;
  if (operation === 'upsert') {
    if (upsertsOn === null)
      throw fail(
        400,
        'INVALIDJOB',
        'External ID was blank. An External ID must be specified for upsert.',
      );
    upsertField(object, upsertsOn);
  }
  const layout = layoutOf(body);
  const job = api.bulk.start((beginning): IngestJob => ({
    ...beginning,
    kind: 'ingest',
    operation,
    object,
    externalIdFieldName: upsertsOn,
    assignmentRuleId: typeof assignmentRuleId === 'string' ? assignmentRuleId : null,
    version: call.version,
    layout,
    state: 'Open',
    csv: null,
    columns: [],
    successful: [],
    failed: [],
    unprocessed: [],
  }));
  return { status: 200, value: info(api, call, job) };
}

function list(api: Api, call: Call): Answer {
  const jobs = api.bulk.all('ingest').flatMap((job) => (job.kind === 'ingest' ? [job] : []));
  return get(call, () => ({
    status: 200,
    value: {
      done: true,
      nextRecordsUrl: null,
      records: jobs.map((job) => info(api, call, job)),
    },
  }));
}

/** A job takes one upload: a second one can't be told from a repeat of the first. */
function upload(call: Call, job: IngestJob): Answer {
  if (job.state !== 'Open')
    throw fail(400, 'INVALIDJOBSTATE', `Uploading to a Job in state ${job.state} not allowed`);
  if (job.csv !== null)
    throw fail(
      400,
      'INVALIDJOBSTATE',
      `Found multiple contents for job: <${job.id}>, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and make sure you only do 'PUT' once on a given Job.`,
    );
  if (Buffer.byteLength(call.body) > LARGEST_UPLOAD)
    throw fail(400, 'EXCEEDED_MAX_SIZE_REQUEST', 'The uploaded data exceeds 150 MB');
  job.csv = call.body;
  return { status: 201 };
}

function change(api: Api, call: Call, job: IngestJob): Answer {
  const { state } = jsonBody(call);
  const verb = state === 'Aborted' ? 'Aborting' : 'Closing';
  if (state !== 'UploadComplete' && state !== 'Aborted')
    throw fail(400, 'INVALIDJOB', `A Job can't be moved to ${String(state)}`);
  if (isOver(job)) throw fail(400, 'INVALIDJOBSTATE', `${verb} already Completed Job not allowed`);
  if (state === 'UploadComplete' && job.state !== 'Open')
    throw fail(400, 'INVALIDJOBSTATE', `${verb} a Job in state ${job.state} not allowed`);
  api.bulk.moveTo(job, state);
  return { status: 200, value: info(api, call, job) };
}

function info(api: Api, call: Call, job: IngestJob): Record<string, unknown> {
  const { externalIdFieldName, assignmentRuleId } = job;
  return {
    id: job.id,
    operation: job.operation,
    object: job.object.name,
    createdById: api.actor.userId,
    createdDate: stampOf(job.createdAt),
    systemModstamp: stampOf(job.changedAt),
    state: job.state,
    ...(externalIdFieldName === null ? {} : { externalIdFieldName }),
    ...(assignmentRuleId === null ? {} : { assignmentRuleId }),
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: Number(job.version),
    contentUrl: `services/data/v${call.version}/jobs/ingest/${job.id}/batches`,
    ...job.layout,
  };
}

function progress(job: IngestJob): Record<string, unknown> {
  const time = isOver(job) ? job.changedAt - job.createdAt : 0;
  return {
    jobType: 'V2Ingest',
    retries: 0,
    totalProcessingTime: time,
    apiActiveProcessingTime: time,
    apexProcessingTime: 0,
    numberRecordsProcessed: job.processed,
    numberRecordsFailed: job.failed.length,
    ...(job.errorMessage === null ? {} : { errorMessage: job.errorMessage }),
  };
}

function resultsOf(job: IngestJob, resource: string): Answer {
  const headers: Record<string, readonly string[]> = {
    successfulResults: ['sf__Id', 'sf__Created', ...job.columns],
    failedResults: ['sf__Id', 'sf__Error', ...job.columns],
    unprocessedrecords: job.columns,
  };
  const rows: Record<string, readonly string[][]> = {
    successfulResults: job.successful,
    failedResults: job.failed,
    unprocessedrecords: job.unprocessed,
  };
  const header = headers[resource];
  if (header === undefined) throw notFound();
  if (!isOver(job))
    throw fail(400, 'INVALIDJOBSTATE', `Results of a Job in state ${job.state} are not available`);
  return { status: 200, text: toCsv([header, ...(rows[resource] ?? [])], job.layout) };
}
