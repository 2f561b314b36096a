// The HTTP library under api-client's generated clients and under the calls they lack: bearer token, dated
// paths, rate-limit buckets, retries. Answers that come back from here are good ones; everything else is
// thrown as one of engine/failures.ts.
import { Unavailable } from '../engine/failures.ts';
import { Passing, repeat, type Patience, type Waiting } from '../http/repeat.ts';
import { NoAnswer, type HttpRequest, type HttpResponse, type SendHttp } from '../http/send.ts';
import type { OnCall } from '../http/sent-call.ts';
import { failureOf } from './answers.ts';
import { datedUrl } from './api-version.ts';
import { RateLimiter, type RateLimit } from './rate-limiter.ts';

export interface HubSpotHttpOptions {
  readonly accessToken: string;
  readonly baseUrl: string;
  readonly send: SendHttp;
  readonly waiting: Waiting;
  readonly patience: Patience;
  readonly onCall: OnCall | null;
}

/** Professional and Enterprise get 190 calls in 10 s; the headers correct it (hubspot-api §2.6). */
const BURST: RateLimit = { calls: withHeadroom(190), windowMs: 10_000 };
/** CRM search has a bucket of its own: 5 a second for the whole account, here 4.5. */
const SEARCH: RateLimit = { calls: 1, windowMs: 1_000 / 4.5 };

export class HubSpotHttp {
  readonly baseUrl: string;
  readonly #options: HubSpotHttpOptions;
  readonly #burst: RateLimiter;
  readonly #search: RateLimiter;

  constructor(options: HubSpotHttpOptions) {
    this.#options = options;
    this.baseUrl = options.baseUrl.replace(/\/+$/, '');
    this.#burst = new RateLimiter(BURST, options.waiting);
    this.#search = new RateLimiter(SEARCH, options.waiting);
  }

  /** Calls and parses the answer; for what the generated clients have no method for. */
  async json(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
    const response = await this.exchange({
      method,
      url: `${this.baseUrl}${path}`,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return response.body === '' ? null : JSON.parse(response.body);
  }

  /**
   * Sends one request, again if need be. With `repeatable` false a request that may have been carried out
   * is not sent again: `AnswerLost`.
   */
  exchange(request: HttpRequest, repeatable = true): Promise<HttpResponse> {
    const { accessToken, waiting, patience } = this.#options;
    const outgoing: HttpRequest = {
      ...request,
      url: datedUrl(request.url),
      headers: {
        accept: 'application/json',
        ...request.headers,
        authorization: `Bearer ${accessToken}`,
      },
    };
    return repeat(() => this.#once(outgoing), { patience, waiting, repeatable });
  }

  async #once(request: HttpRequest): Promise<HttpResponse> {
    const { waiting } = this.#options;
    const limiter = isSearch(request.url) ? this.#search : this.#burst;
    await limiter.take();
    const response = await this.#send(request);
    if (limiter === this.#burst) this.#observe(response);
    const failure = failureOf(response, waiting.now());
    if (failure === null) return response;
    // What one call is told holds for all of them.
    if (failure instanceof Passing && response.status === 429) limiter.pause(failure.leastWaitMs);
    throw failure;
  }

  async #send(request: HttpRequest): Promise<HttpResponse> {
    const { send, waiting } = this.#options;
    const startedAt = waiting.now();
    try {
      const response = await send(request);
      this.#tell(request, startedAt, response);
      return response;
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      this.#tell(request, startedAt, null);
      throw new Passing(
        new Unavailable('HubSpot', `HubSpot gave no answer: ${error.message}`, { cause: error }),
        error.mayBeDone,
      );
    }
  }

  #observe({ headers }: HttpResponse): void {
    const limit = Number(headers['x-hubspot-ratelimit-max']);
    const remaining = Number(headers['x-hubspot-ratelimit-remaining'] ?? Number.NaN);
    const windowMs = Number(headers['x-hubspot-ratelimit-interval-milliseconds']);
    if (limit > 0 && remaining >= 0 && windowMs === BURST.windowMs) {
      this.#burst.observe(withHeadroom(limit), limit - remaining);
    }
  }

  #tell({ method, url }: HttpRequest, startedAt: number, response: HttpResponse | null): void {
    const { onCall, waiting } = this.#options;
    const limit = Number(response?.headers['x-hubspot-ratelimit-daily']);
    const remaining = Number(response?.headers['x-hubspot-ratelimit-daily-remaining']);
    onCall?.({
      crm: 'HubSpot',
      method,
      path: new URL(url).pathname,
      status: response?.status ?? null,
      milliseconds: waiting.now() - startedAt,
      daily: limit > 0 && remaining >= 0 ? { used: limit - remaining, limit } : null,
    });
  }
}

/** Other apps' clocks and calls in flight: stay a little below what HubSpot allows. */
function withHeadroom(calls: number): number {
  return Math.max(1, Math.floor(calls * 0.95));
}

function isSearch(url: string): boolean {
  return /^\/crm\/objects\/.*\/search$/.test(new URL(url).pathname);
}
