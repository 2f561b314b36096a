// What went wrong with a whole call to Salesforce, told from jsforce's errors: an `errorCode` of Salesforce's,
// or `ERROR_HTTP_<status>`, or a socket's own.
import type { MetLimit } from '../engine/call-budget.ts';
import {
  CallFailed,
  CallRejected,
  RateLimited,
  Unauthorized,
  Unavailable,
} from '../engine/failures.ts';

/** More than 25 long calls at the same time: over in seconds, unlike the day's limit (salesforce-api §5). */
export class TooManyAtOnce extends RateLimited {}

const PASSING_CODES = new Set([
  'SERVER_UNAVAILABLE',
  'UNABLE_TO_LOCK_ROW',
  'QUERY_TIMEOUT',
  'UNKNOWN_EXCEPTION',
]);
const PASSING_STATUSES = new Set([408, 420, 500, 502, 503, 504]);

/** @param retryAfterMs what the answer asks for */
export function failureOf(error: unknown, retryAfterMs: number | null): Error {
  if (!(error instanceof Error)) return new Unavailable('Salesforce', String(error));
  if (error instanceof CallFailed) return error;
  const code =
    'errorCode' in error && typeof error.errorCode === 'string' ? error.errorCode : error.name;
  const status = Number(/^ERROR_HTTP_(\d+)$/.exec(code)?.[1] ?? Number.NaN);
  const { message } = error;
  if (code === 'REQUEST_LIMIT_EXCEEDED' || status === 429) {
    const Failure =
      status === 429 || /ConcurrentRequests/.test(message) ? TooManyAtOnce : RateLimited;
    return new Failure('Salesforce', message, retryAfterMs, { cause: error });
  }
  if (code === 'INVALID_SESSION_ID' || status === 401)
    return new Unauthorized('Salesforce', message, { cause: error });
  if (PASSING_CODES.has(code) || PASSING_STATUSES.has(status)) {
    return new Unavailable('Salesforce', message || code, { cause: error });
  }
  const isSalesforceCode = 'errorCode' in error;
  if (!isSalesforceCode)
    return new Unavailable('Salesforce', 'no answer in time, or the connection broke', {
      cause: error,
    });
  return new CallRejected('Salesforce', message, Number.isNaN(status) ? 400 : status, code, {
    cause: error,
  });
}

export function metLimit(failure: Error | null): MetLimit | null {
  if (failure instanceof TooManyAtOnce) return 'concurrent';
  return failure instanceof RateLimited ? 'day' : null;
}
