// Everything behind /jobs: Bulk API 2.0. Of it are left out multipart creation, parallel results, hard
// delete, and the older Bulk API.
import { notFound } from '../errors.ts';
import type { Answer, Api, Call } from '../rest/call.ts';
import { ingestJobs } from './ingest-jobs.ts';
import { workOnIngest } from './ingest-rows.ts';
import { queryJobs, workOnQuery } from './query-jobs.ts';

export function jobs(api: Api, call: Call): Answer {
  switch (call.segments[1]) {
    case 'query':
      return queryJobs(api, call);
    case 'ingest':
      return ingestJobs(api, call);
    default:
      throw notFound();
  }
}

/** Does what jobs have to do by now; whoever calls commits it. */
export function advanceJobs(api: Api): void {
  api.bulk.advance((job, failure) => {
    if (job.kind === 'query') workOnQuery(api, job, failure);
    else workOnIngest(api, job, failure);
  });
}
