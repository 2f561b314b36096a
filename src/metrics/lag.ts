// Lag: from the stamp of a change on one side to the answer to what it made Tandem write on the other. Only
// triggers that tell of changes count: a run over everything, a retry or a sync by hand says nothing about
// how far behind live sync is. Salesforce stamps whole seconds, so its changes look up to a second older.
import type { Side } from '../engine/records.ts';
import type { PairReport } from '../sync/pipeline.ts';

export const DIRECTIONS = ['hubspotToSalesforce', 'salesforceToHubSpot'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export interface LagSample {
  readonly direction: Direction;
  readonly seconds: number;
}

/** Null: nothing was synced in this direction lately. */
export interface Percentiles {
  readonly p50: number | null;
  readonly p95: number | null;
  readonly samples: number;
}

export type Lag = Readonly<Record<Direction, Percentiles>>;

const FROM: Readonly<Record<Side, { readonly direction: Direction; readonly other: Side }>> = {
  hubspot: { direction: 'hubspotToSalesforce', other: 'salesforce' },
  salesforce: { direction: 'salesforceToHubSpot', other: 'hubspot' },
};

/** What Tandem notes down for itself with other writes is no change that came across. */
const isOwn = (field: string): boolean => field.startsWith('tandem_');

/** One sample for each side's news that was written on the other. */
export function lagsOf({ news, writes }: PairReport): LagSample[] {
  return news.flatMap(({ side, stampedAt, answeredAt }) => {
    const { direction, other } = FROM[side];
    if (!writes.some((write) => write.side === other && !isOwn(write.field))) return [];
    // A CRM's clock may be ahead of ours.
    const seconds = Math.max(0, answeredAt - Date.parse(stampedAt)) / 1000;
    return Number.isFinite(seconds) ? [{ direction, seconds }] : [];
  });
}

const WINDOW_MS = 10 * 60_000;
/** Samples kept per direction at the most; under more traffic the window is shorter. */
const MOST_SAMPLES = 8_192;

/** The lag of the last ten minutes, exact, in a fixed amount of memory. */
export class RecentLag {
  readonly #now: () => number;
  readonly #rings: Readonly<Record<Direction, Ring>> = {
    hubspotToSalesforce: new Ring(),
    salesforceToHubSpot: new Ring(),
  };

  constructor(now: () => number) {
    this.#now = now;
  }

  add({ direction, seconds }: LagSample): void {
    this.#rings[direction].add(this.#now(), seconds);
  }

  read(): Lag {
    const since = this.#now() - WINDOW_MS;
    const of = (direction: Direction): Percentiles => {
      const sorted = this.#rings[direction].since(since).sort();
      return {
        p50: quantile(sorted, 0.5),
        p95: quantile(sorted, 0.95),
        samples: sorted.length,
      };
    };
    return {
      hubspotToSalesforce: of('hubspotToSalesforce'),
      salesforceToHubSpot: of('salesforceToHubSpot'),
    };
  }
}

class Ring {
  readonly #at = new Float64Array(MOST_SAMPLES);
  readonly #seconds = new Float64Array(MOST_SAMPLES);
  #added = 0;

  add(at: number, seconds: number): void {
    const index = this.#added % MOST_SAMPLES;
    this.#at[index] = at;
    this.#seconds[index] = seconds;
    this.#added += 1;
  }

  since(moment: number): Float64Array {
    const filled = Math.min(this.#added, MOST_SAMPLES);
    return this.#seconds.slice(0, filled).filter((_, index) => (this.#at[index] ?? 0) >= moment);
  }
}

/** The smallest value that at least this share of all does not exceed. */
const quantile = (sorted: Float64Array, share: number): number | null =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
