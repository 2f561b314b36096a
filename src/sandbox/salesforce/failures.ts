// How Salesforce fails a whole call: its own JSON for what its servers say, HTML for what stands in front
// of them says. Used for planned faults and for addresses that are too long.
import { json, type SandboxRequest, type SandboxResponse } from '../http.ts';
import { invalidSession, requestLimitExceeded } from './errors.ts';

const error = (status: number, errorCode: string, message: string): SandboxResponse =>
  json(status, [{ message, errorCode }]);

function html(status: number, title: string, text: string): SandboxResponse {
  return {
    status,
    headers: { 'content-type': 'text/html;charset=utf-8' },
    body: `<html><head><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>`,
  };
}

export function failure(status: number, request: SandboxRequest): SandboxResponse {
  switch (status) {
    case 400:
      return request.method === 'GET'
        ? error(400, 'QUERY_TIMEOUT', 'Your query request was running for too long.')
        : json(400, [
            {
              message: 'unable to obtain exclusive access to this record',
              errorCode: 'UNABLE_TO_LOCK_ROW',
              fields: [],
            },
          ]);
    case 401:
      return json(401, invalidSession().body());
    case 403:
      return json(403, requestLimitExceeded().body());
    case 429:
      return error(
        429,
        'REQUEST_LIMIT_EXCEEDED',
        'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
      );
    case 500:
      return error(
        500,
        'UNKNOWN_EXCEPTION',
        'An unexpected error occurred. Please include this ErrorId if you contact support: 1763892000-12345 (-1234567890)',
      );
    case 503:
      return error(
        503,
        'SERVER_UNAVAILABLE',
        'We are experiencing high load. Please try again later.',
      );
    case 414:
      // What really comes back for a long query, seen in many clients' logs.
      return {
        status: 414,
        headers: { 'content-type': 'text/html;charset=iso-8859-1' },
        body: '<h1>Bad Message 414</h1><pre>reason: URI Too Long</pre>',
      };
    case 431:
      return {
        status: 431,
        headers: { 'content-type': 'text/html;charset=iso-8859-1' },
        body: '<h1>Bad Message 431</h1><pre>reason: Request Header Fields Too Large</pre>',
      };
    case 502:
      return html(502, 'Bad Gateway', 'The proxy server received an invalid response.');
    case 504:
      return html(504, 'Gateway Timeout', 'The server did not answer in time.');
    default:
      return html(status, `Error ${status}`, 'The request could not be completed.');
  }
}
