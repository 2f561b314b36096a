// POST /composite/batch: up to 25 independent subrequests in one round trip. It saves trips, not calls:
// each subrequest counts against the daily limit (salesforce-api §3).
import { fail } from '../errors.ts';
import { parseUrl } from './address.ts';
import { isJson, jsonBody, listIn, type Answer, type Api, type Call } from './call.ts';

const MOST_SUBREQUESTS = 25;

type Run = (api: Api, call: Call) => Answer;

export function batch(api: Api, call: Call, run: Run): Answer {
  const body = jsonBody(call);
  const requests = listIn(body, 'batchRequests');
  if (requests.length > MOST_SUBREQUESTS) {
    throw fail(
      400,
      'LIMIT_EXCEEDED',
      `You can have up to ${MOST_SUBREQUESTS} subrequests in a single batch.`,
    );
  }
  const results: { statusCode: number; result: unknown }[] = [];
  let hasErrors = false;
  for (const request of requests) {
    if (hasErrors && body.haltOnError === true) {
      results.push({
        statusCode: 412,
        result: [
          {
            errorCode: 'BATCH_PROCESSING_HALTED',
            message: 'Batch processing halted per request',
          },
        ],
      });
      continue;
    }
    // The batch itself was counted as one; its first subrequest is that one.
    if (results.length > 0) api.usage.count();
    const { status, value } = runOne(api, call, request, run);
    hasErrors ||= status >= 400;
    results.push({ statusCode: status, result: value ?? null });
  }
  return { status: 200, value: { hasErrors, results } };
}

function runOne(api: Api, call: Call, request: unknown, run: Run): Answer {
  const { method, url, richInput } = isJson(request) ? request : {};
  const address = typeof url === 'string' ? parseUrl(`/services/data/${url}`) : null;
  if (address === null || typeof method !== 'string') {
    return {
      status: 404,
      value: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
    };
  }
  return run(api, {
    ...address,
    method: method.toUpperCase(),
    headers: call.headers,
    body: richInput === undefined ? '' : JSON.stringify(richInput),
    baseUrl: call.baseUrl,
  });
}
