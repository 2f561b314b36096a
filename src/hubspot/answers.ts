// What HubSpot's answers to whole calls mean: fine, over with, or passing (hubspot-api §2.6). What they
// say about single records is `record-errors.ts`.
import {
  CallRejected,
  RateLimited,
  Unauthorized,
  Unavailable,
  type CallFailed,
} from '../engine/failures.ts';
import { Passing, retryAfterMs } from '../http/repeat.ts';
import { isJsonText, type HttpResponse } from '../http/send.ts';

/** HubSpot's error body; every part may be missing. */
export interface HubSpotErrorBody {
  readonly message?: string | undefined;
  readonly category?: string | undefined;
  readonly subCategory?: unknown;
  readonly policyName?: string | undefined;
  readonly context?: unknown;
  readonly errors?: unknown;
}

/** A refused call with HubSpot's own body, which may name the guilty inputs. */
export class HubSpotRejected extends CallRejected {
  readonly body: HubSpotErrorBody;
  constructor(status: number, body: HubSpotErrorBody) {
    super(
      'HubSpot',
      body.message ?? `HubSpot answered ${status}`,
      status,
      body.category ?? `HTTP_${status}`,
    );
    this.body = body;
  }
}

/** Locked records ask for two seconds between calls. */
const LOCKED_WAIT_MS = 2_000;
const SECONDLY_WAIT_MS = 1_000;
const TEN_SECONDLY_WAIT_MS = 2_000;

/** Null when the answer is what was asked for; else what to throw. */
export function failureOf(response: HttpResponse, now: number): CallFailed | Passing | null {
  const { status } = response;
  if (status >= 200 && status < 300) {
    if (status === 204 || isJsonText(response.body)) return null;
    return new Passing(
      new Unavailable('HubSpot', `HubSpot answered ${status} with something that is not JSON`),
      true,
    );
  }
  const body = errorBody(response.body);
  const message = body.message ?? `HubSpot answered ${status}`;
  const asked = retryAfterMs(response.headers['retry-after'], now);
  switch (status) {
    case 401:
    case 403:
      return new Unauthorized('HubSpot', message);
    case 423:
      return new Passing(new Unavailable('HubSpot', message), false, asked ?? LOCKED_WAIT_MS);
    case 429:
      return rateLimited(message, asked, body.policyName);
    case 477:
      // The account is being moved; it says for how long, up to a day.
      return new Passing(new RateLimited('HubSpot', message, asked), false, asked ?? 0);
    default:
      return status >= 500 || status === 408
        ? new Passing(new Unavailable('HubSpot', message), true, asked ?? 0)
        : new HubSpotRejected(status, body);
  }
}

function rateLimited(
  message: string,
  asked: number | null,
  policyName: string | undefined,
): CallFailed | Passing {
  const failure = new RateLimited('HubSpot', message, asked);
  if (policyName === 'DAILY') return failure;
  const byPolicy =
    policyName === 'SECONDLY' || /secondly limit/.test(message)
      ? SECONDLY_WAIT_MS
      : TEN_SECONDLY_WAIT_MS;
  return new Passing(failure, false, asked ?? byPolicy);
}

function errorBody(text: string): HubSpotErrorBody {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {};
  } catch {
    return {};
  }
}
