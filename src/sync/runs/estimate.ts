// What a run will cost before it is started: API calls on both sides and minutes. The least, if nobody has to
// be written to, and the most, if everybody has to be. Pure; batch sizes are those of docs/floor.md.
import type { RunRequest } from './request.ts';

/** Where a walk finds its records, in the order of `walksOf`. */
type Origin = 'salesforce' | 'campaign' | 'hubspot' | 'list' | 'pairs' | 'contacts' | 'history';

export interface Range {
  readonly least: number;
  readonly most: number;
}

export interface Estimate {
  /** Null where nobody can tell without walking. */
  readonly records: number | null;
  readonly hubspotCalls: Range | null;
  readonly salesforceCalls: Range | null;
  readonly minutes: Range | null;
  /** What it rests on, sentence by sentence. */
  readonly basis: readonly string[];
}

export interface EstimateOptions {
  /** Campaigns of people are kept up to date. */
  readonly withCampaigns: boolean;
  /** Lists that decide who syncs. */
  readonly lists: number;
}

const HUBSPOT_CALLS_A_SECOND = 18;
/** Salesforce sets no pace; a call with 2,000 rows to read or 200 to write takes about this long. */
const SALESFORCE_CALL_SECONDS = 1;

interface Calls {
  readonly hubspot: number;
  readonly salesforce: number;
}

const per = (records: number, size: number): number => Math.ceil(records / size);

/** Reading both sides of everybody, which happens in any case. */
function reading(origin: Origin, records: number, options: EstimateOptions): Calls {
  const { withCampaigns, lists } = options;
  const campaigns = withCampaigns ? per(records, 2_500) : 0;
  const both = {
    hubspot: per(records, 100) * (1 + lists),
    salesforce: per(records, 2_000) + campaigns,
  };
  switch (origin) {
    case 'list':
      return { ...both, hubspot: both.hubspot + per(records, 250) };
    case 'campaign':
      return { ...both, salesforce: both.salesforce + per(records, 2_000) };
    case 'salesforce':
    case 'hubspot':
    case 'pairs':
    case 'contacts':
      return both;
    case 'history':
      // Once to put back, and once to compare both sides.
      return { hubspot: both.hubspot * 2, salesforce: both.salesforce * 2 };
  }
}

/** Nobody is paired yet and everybody is written to on both sides. */
const writing = (records: number): Calls => ({
  hubspot: per(records, 100),
  salesforce: per(records, 400) + per(records, 200) + per(records, 2_000),
});

const BASIS = [
  'The records are counted now; HubSpot’s own count lags behind by some seconds.',
  'The least: everybody is read on both sides and nothing has to be written. The most: everybody is new and is written on both sides.',
  `Batches: 100 contacts a call in HubSpot; in Salesforce 2,000 records a read, 400 e-mail addresses a search, 200 records a write.`,
  `Minutes: ${HUBSPOT_CALLS_A_SECOND} HubSpot calls a second and ${SALESFORCE_CALL_SECONDS} s for each Salesforce call, whichever takes longer. Live sync goes first, and the daily budgets may make it longer.`,
] as const;

/** @param counts records of each walk of the request, in their order */
export function estimateOf(
  request: RunRequest,
  counts: readonly (number | null)[],
  options: EstimateOptions,
): Estimate {
  const origins = originsOf(request);
  const known = counts.filter((count) => count !== null);
  if (known.length < origins.length) {
    return {
      records: null,
      hubspotCalls: null,
      salesforceCalls: null,
      minutes: null,
      basis: ['How many records there are can’t be told before they are walked through.'],
    };
  }
  const parts = origins.map((origin, index) => ({ origin, records: known[index] ?? 0 }));
  const least = sum(parts.map(({ origin, records }) => reading(origin, records, options)));
  const most = sum([least, ...parts.map(({ records }) => writing(records))]);
  return {
    records: parts.reduce((total, { records }) => total + records, 0),
    hubspotCalls: { least: least.hubspot, most: most.hubspot },
    salesforceCalls: { least: least.salesforce, most: most.salesforce },
    minutes: { least: minutesFor(least), most: minutesFor(most) },
    basis:
      options.lists === 0
        ? BASIS
        : [...BASIS, 'The lists that decide who syncs are asked about everybody too.'],
  };
}

const sum = (all: readonly Calls[]): Calls =>
  all.reduce(
    (total, { hubspot, salesforce }) => ({
      hubspot: total.hubspot + hubspot,
      salesforce: total.salesforce + salesforce,
    }),
    { hubspot: 0, salesforce: 0 },
  );

/** To a tenth, and never nothing. */
function minutesFor({ hubspot, salesforce }: Calls): number {
  const seconds = Math.max(hubspot / HUBSPOT_CALLS_A_SECOND, salesforce * SALESFORCE_CALL_SECONDS);
  return Math.max(0.1, Math.ceil(seconds / 6) / 10);
}

export function originsOf({ kind, scope }: RunRequest): readonly Origin[] {
  switch (kind) {
    case 'import':
      return [scope.campaignId === null ? 'salesforce' : 'campaign'];
    case 'formulas':
      return ['salesforce'];
    case 'push':
      return ['hubspot'];
    case 'list':
      return ['list'];
    case 'everything':
    case 'reconcile':
      return ['salesforce', 'hubspot'];
    case 'backfill':
    case 'retry':
      return ['pairs'];
    case 'records':
      return ['contacts'];
    case 'undo':
      return ['history'];
  }
}
