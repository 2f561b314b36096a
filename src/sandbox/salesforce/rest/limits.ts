// The daily API allowance: a count over the last 24 hours, told on every answer as
// `Sforce-Limit-Info: api-usage=used/limit`, enforced with 403 (salesforce-api §5, §7).
import type { Clock } from '../../clock.ts';
import type { Answer, Api } from './call.ts';

const HOUR = 3_600_000;
const WINDOW_HOURS = 24;

export class ApiUsage {
  /** Calls a day; a test may move it. */
  limit: number;
  readonly #clock: Clock;
  readonly #byHour = new Map<number, number>();

  constructor(clock: Clock, limit: number) {
    this.#clock = clock;
    this.limit = limit;
  }

  get used(): number {
    const oldest = this.#hour() - WINDOW_HOURS;
    let used = 0;
    for (const [hour, calls] of this.#byHour) {
      if (hour <= oldest) this.#byHour.delete(hour);
      else used += calls;
    }
    return used;
  }

  get exhausted(): boolean {
    return this.used >= this.limit;
  }

  count(calls = 1): void {
    const hour = this.#hour();
    this.#byHour.set(hour, (this.#byHour.get(hour) ?? 0) + calls);
  }

  /** Forgets the calls so far. */
  reset(): void {
    this.#byHour.clear();
  }

  header(): Record<string, string> {
    return { 'Sforce-Limit-Info': `api-usage=${this.used}/${this.limit}` };
  }

  #hour(): number {
    return Math.floor(this.#clock.now() / HOUR);
  }
}

/** `GET /limits`: the ones that matter here. */
export function limits({ usage, bulk }: Api): Answer {
  const rest = ({ limit, used }: ApiUsage): { Max: number; Remaining: number } => ({
    Max: limit,
    Remaining: Math.max(0, limit - used),
  });
  const whole = (max: number): { Max: number; Remaining: number } => ({ Max: max, Remaining: max });
  return {
    status: 200,
    value: {
      ConcurrentAsyncGetReportInstances: whole(200),
      DailyApiRequests: rest(usage),
      DailyBulkApiBatches: rest(bulk.batches),
      DailyBulkV2QueryFileStorageMB: whole(976_562),
      DailyBulkV2QueryJobs: rest(bulk.queryJobs),
      DailyDurableStreamingApiEvents: whole(10_000),
      DailyStreamingApiEvents: whole(10_000),
      DataStorageMB: whole(5),
      FileStorageMB: whole(20),
      HourlyPublishedPlatformEvents: whole(50_000),
      MassEmail: whole(10),
      SingleEmail: whole(15),
    },
  };
}
