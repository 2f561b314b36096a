// How fast a run is and how long it will still take. Counted over the time somebody worked on it: pauses and
// stops would make a rate that nobody sees. Pure.
import type { Run } from '../../store/runs-port.ts';

export interface Pace {
  /** Records a minute so far; null while there is too little to tell. */
  readonly perMinute: number | null;
  /** Seconds of work left at that rate; null when it can't be told or nothing is left to do. */
  readonly secondsLeft: number | null;
}

/** The first page of a run reads schemas and opens connections: a rate of less than this says little. */
const SHORTEST_MS = 500;
const MINUTE_MS = 60_000;

const HAS_MORE_TO_DO = new Set<Run['state']>(['waiting', 'running', 'paused', 'failed']);

export function paceOf({
  state,
  counts: { seen },
  total,
  workingMs,
}: Pick<Run, 'state' | 'counts' | 'total' | 'workingMs'>): Pace {
  if (seen === 0 || workingMs < SHORTEST_MS) return { perMinute: null, secondsLeft: null };
  const perMinute = (seen * MINUTE_MS) / workingMs;
  // Some turn up that were not counted; then nobody knows how many more do.
  const left = total === null || total <= seen ? null : total - seen;
  return {
    perMinute: Math.round(perMinute),
    secondsLeft:
      left === null || !HAS_MORE_TO_DO.has(state) ? null : Math.ceil((left * 60) / perMinute),
  };
}
