// HubSpot's three limits (hubspot-api §2.6): calls in a rolling ten seconds per app, searches in a rolling
// second per account, calls a day per account (the sample portal's days are UTC days). Searches have their
// own bucket and show none of the headers. Whether a refused call counts is not documented; here it doesn't.
import { Refused } from './errors.ts';

export interface RateLimitSettings {
  /** Calls per app in any ten seconds. */
  readonly burst: number;
  /** Searches of the whole account in any second. */
  readonly search: number;
  /** Calls of the whole account in a day, searches included. */
  readonly daily: number;
}

/** An Enterprise account without a limit pack. */
export const ENTERPRISE_LIMITS: RateLimitSettings = { burst: 190, search: 5, daily: 1_000_000 };

export type LimitPolicy = 'TEN_SECONDLY_ROLLING' | 'SECONDLY' | 'DAILY';

/** What a 429 says besides status, message and category; the group is named as HubSpot names it. */
export interface LimitBody {
  readonly message: string;
  readonly errorType: 'RATE_LIMIT';
  readonly policyName: LimitPolicy;
  readonly groupName?: string;
}

export function limitBody(policy: LimitPolicy, group: string): LimitBody {
  const message = `You have reached your ${policy.toLowerCase()} limit.`;
  if (policy === 'SECONDLY') return { message, errorType: 'RATE_LIMIT', policyName: policy };
  const kind = policy === 'DAILY' ? 'api-calls-daily' : 'api-calls-ten-secondly';
  const groupName = `publicapi:private-app-${kind}:${group}`;
  return { message, errorType: 'RATE_LIMIT', policyName: policy, groupName };
}

export class LimitReached extends Refused {
  readonly limit: LimitBody;
  readonly headers: Readonly<Record<string, string>>;
  constructor(limit: LimitBody, headers: Readonly<Record<string, string>>) {
    super(429, { category: 'RATE_LIMITS', message: limit.message });
    this.limit = limit;
    this.headers = headers;
  }
}

/** Instants of the calls of the last `length` milliseconds, oldest first. */
class RollingWindow {
  readonly #length: number;
  #instants: number[] = [];
  #first = 0;

  constructor(length: number) {
    this.#length = length;
  }

  used(now: number): number {
    while (this.#first < this.#instants.length) {
      const oldest = this.#instants[this.#first];
      if (oldest === undefined || now - oldest < this.#length) break;
      this.#first += 1;
    }
    if (this.#first > 1024) {
      this.#instants = this.#instants.slice(this.#first);
      this.#first = 0;
    }
    return this.#instants.length - this.#first;
  }

  add(now: number): void {
    this.#instants.push(now);
  }
}

const TEN_SECONDS = 10_000;
const DAY = 86_400_000;

export class RateLimits {
  readonly #settings: RateLimitSettings;
  readonly #portalId: string;
  readonly #bursts = new Map<string, RollingWindow>();
  readonly #searches = new RollingWindow(1000);
  #day = -1;
  #today = 0;

  constructor(settings: RateLimitSettings, portalId: string) {
    this.#settings = settings;
    this.#portalId = portalId;
  }

  /** Counts a call and returns the headers its answer carries; throws the 429 when it is one too many. */
  take(app: string, isSearch: boolean, now: number): Readonly<Record<string, string>> {
    const day = Math.floor(now / DAY);
    if (day !== this.#day) {
      this.#day = day;
      this.#today = 0;
    }
    return isSearch ? this.#takeSearch(now) : this.#takeCall(app, now);
  }

  #takeSearch(now: number): Readonly<Record<string, string>> {
    if (this.#searches.used(now) >= this.#settings.search)
      throw new LimitReached(limitBody('SECONDLY', this.#portalId), {});
    if (this.#today >= this.#settings.daily)
      throw new LimitReached(limitBody('DAILY', this.#portalId), {});
    this.#searches.add(now);
    this.#today += 1;
    return {};
  }

  #takeCall(app: string, now: number): Readonly<Record<string, string>> {
    const window = this.#bursts.get(app) ?? new RollingWindow(TEN_SECONDS);
    this.#bursts.set(app, window);
    const used = window.used(now);
    if (this.#today >= this.#settings.daily)
      throw new LimitReached(limitBody('DAILY', this.#portalId), this.#headers(used));
    if (used >= this.#settings.burst)
      throw new LimitReached(limitBody('TEN_SECONDLY_ROLLING', app), this.#headers(used));
    window.add(now);
    this.#today += 1;
    return this.#headers(used + 1);
  }

  #headers(used: number): Readonly<Record<string, string>> {
    const { burst, daily } = this.#settings;
    return {
      'x-hubspot-ratelimit-max': String(burst),
      'x-hubspot-ratelimit-remaining': String(Math.max(0, burst - used)),
      'x-hubspot-ratelimit-interval-milliseconds': String(TEN_SECONDS),
      'x-hubspot-ratelimit-daily': String(daily),
      'x-hubspot-ratelimit-daily-remaining': String(Math.max(0, daily - this.#today)),
    };
  }
}
