// Numbers of the overview in words, and as rows of charts.
import type { ApiUse, CallAnswer } from '../../../src/api/contract.ts';
import { durationInWords } from '../../../src/sync/runs/duration.ts';
import { exactTime } from '../../ui/relative-time.tsx';

type Overview = CallAnswer<'get-overview'>;

const number = new Intl.NumberFormat('en');
export const countInWords = (count: number): string => number.format(count);

/** “0.8 s”, “12 s”, “3 min”; a dash where nothing is known. */
export function lagInWords(seconds: number | null): string {
  if (seconds === null) return '–';
  return seconds < 10 ? `${Math.round(seconds * 10) / 10} s` : durationInWords(seconds);
}

export function lagBasis({ p95, samples }: Overview['lag']['hubspotToSalesforce']): string {
  if (samples === 0) return 'Nothing came across in the last 10 minutes.';
  const changes = `${countInWords(samples)} ${samples === 1 ? 'change' : 'changes'}`;
  return `95 of 100 within ${lagInWords(p95)}; ${changes} in the last 10 minutes.`;
}

export const STATE_LABELS: Readonly<Record<keyof Overview['records'], string>> = {
  inSync: 'In sync',
  waiting: 'Waiting',
  problem: 'Needs attention',
  skipped: 'Left out',
};

const WINDOWS: Readonly<Record<ApiUse['crm'], string>> = {
  HubSpot: 'today',
  Salesforce: 'in the last 24 hours',
};

export const useInWords = ({ crm, used, limit }: ApiUse): string =>
  `${countInWords(used)} of ${countInWords(limit)} calls ${WINDOWS[crm]}`;

/** How long what is left lasts. */
export function forecastInWords(
  { crm, used, limit, callsPerHour, reachedAt, pausedUntil }: ApiUse,
  timezone: string,
): string {
  if (pausedUntil !== null)
    return `${crm} asked all programs to wait until ${exactTime(pausedUntil, timezone)}.`;
  if (used >= limit) return 'All of it is used: Tandem waits until some is free again.';
  const pace = `${countInWords(callsPerHour)} ${callsPerHour === 1 ? 'call' : 'calls'} in the last hour`;
  return reachedAt === null
    ? `${pace}: at this pace it lasts.`
    : `${pace}: at this pace it is used up at ${exactTime(reachedAt, timezone)}, and Tandem waits until some is free again.`;
}

const HOUR_MS = 3_600_000;
export const CLASS_LABELS = {
  live: 'Changes and people',
  retry: 'Second tries',
  runs: 'Runs',
} as const;

export type HourRow = {
  readonly at: number;
  readonly calls: number;
  readonly kind: string;
};

/** One row an hour and kind of work; hours without calls are zeros, so that a line doesn't leap over them. */
export function hourRows({ hours }: Pick<ApiUse, 'hours'>): HourRow[] {
  const known = new Map(hours.map(({ at, calls }) => [Date.parse(at), calls]));
  const starts = [...known.keys()];
  const first = Math.min(...starts);
  const count = starts.length === 0 ? 0 : (Math.max(...starts) - first) / HOUR_MS + 1;
  return Array.from({ length: Math.round(count) }, (_, hour) => first + hour * HOUR_MS).flatMap(
    (at) =>
      (['live', 'retry', 'runs'] as const).map((cls) => ({
        at,
        calls: known.get(at)?.[cls] ?? 0,
        kind: CLASS_LABELS[cls],
      })),
  );
}
