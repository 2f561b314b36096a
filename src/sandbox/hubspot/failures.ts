// How HubSpot and what stands before it fail whole calls, for planned faults (hubspot-api §2.6): its own
// JSON for 401, 403, 423, 429, 477, 500 and 503, the content network's HTML for 502, 504 and 521 to 524.
import { json, type SandboxResponse } from '../http.ts';
import { limitBody } from './limits.ts';

const HTML_TITLES: Readonly<Record<number, string>> = {
  502: 'Bad gateway',
  504: 'Gateway time-out',
  521: 'Web server is down',
  522: 'Connection timed out',
  523: 'Origin is unreachable',
  524: 'A timeout occurred',
};

const JSON_FAILURES: Readonly<Record<number, { category: string; message: string }>> = {
  401: {
    category: 'EXPIRED_AUTHENTICATION',
    message: 'The OAuth token used to make this call expired 1 minute(s) ago.',
  },
  403: {
    category: 'MISSING_SCOPES',
    message:
      "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
  },
  423: { category: 'LOCKED', message: 'The resource is locked. Try again after 2 seconds.' },
  477: { category: 'MIGRATION_IN_PROGRESS', message: 'The account is being migrated.' },
  500: { category: 'INTERNAL_ERROR', message: 'internal error' },
  503: { category: 'SERVICE_UNAVAILABLE', message: 'Service temporarily unavailable' },
};

/** Seconds a migration asks callers to wait; real ones may ask for up to a day. */
const MIGRATION_RETRY_AFTER = '30';

export function failureAnswer(
  status: number,
  isSearch: boolean,
  correlationId: string,
): SandboxResponse {
  const title = HTML_TITLES[status];
  if (title !== undefined) {
    return {
      status,
      headers: { 'content-type': 'text/html; charset=UTF-8' },
      body: `<!DOCTYPE html><html><head><title>api.hubapi.com | ${status}: ${title}</title></head><body><h1>${title}</h1></body></html>`,
    };
  }
  if (status === 429) {
    const limit = limitBody(isSearch ? 'SECONDLY' : 'TEN_SECONDLY_ROLLING', 'planned');
    return json(status, { status: 'error', ...limit, correlationId });
  }
  const known = JSON_FAILURES[status] ?? { category: 'INTERNAL_ERROR', message: 'internal error' };
  const headers: Record<string, string> =
    status === 477 ? { 'retry-after': MIGRATION_RETRY_AFTER } : {};
  return json(status, { status: 'error', ...known, correlationId }, headers);
}
