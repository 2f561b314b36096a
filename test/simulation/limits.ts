// Promise 8: a budget is a hard ceiling, counted where the calls arrive; runs leave a part of it to others, and
// when its window is over work goes on by itself.
import { CALL_CLASSES, type CallClass } from '../../src/engine/call-budget.ts';
import type { Crm } from '../../src/engine/failures.ts';
import type { Arrival, SimWorld } from './world.ts';

const DAY_MS = 24 * 3_600_000;
/** The part of a budget that a class may use together with those that are less urgent. */
const PARTS: Readonly<Record<CallClass, number>> = { live: 1, retry: 0.9, runs: 0.8 };
const CRMS: readonly Crm[] = ['HubSpot', 'Salesforce'];

export function overspent({ arrivals, limit, startedAt, limitedUntil }: SimWorld): string[] {
  if (limit.by !== 'budget') return [];
  const broken = new Set<string>();
  const limited = arrivals.filter(({ sentAt }) => sentAt >= startedAt && sentAt < limitedUntil);
  for (const crm of CRMS)
    for (const [position, cls] of CALL_CLASSES.entries()) {
      const classes: readonly CallClass[] = CALL_CLASSES.slice(position);
      const calls = limited.filter((one) => one.crm === crm && classes.includes(one.cls));
      const allowed = Math.floor(limit.calls * PARTS[cls]);
      const most = mostInAWindow(crm, calls);
      if (most > allowed)
        broken.add(
          `8 budget: ${most} calls to ${crm} where ${allowed} are for ${classes.join(' and ')}`,
        );
    }
  return [...broken];
}

/** HubSpot counts between two midnights, here in UTC; Salesforce any 24 hours. */
function mostInAWindow(crm: Crm, calls: readonly Arrival[]): number {
  const times = calls.map(({ sentAt }) => sentAt).sort((one, other) => one - other);
  if (crm === 'HubSpot') {
    const days = Map.groupBy(times, (time) => Math.floor(time / DAY_MS));
    return Math.max(0, ...[...days.values()].map(({ length }) => length));
  }
  let first = 0;
  return times.reduce((most, time, index) => {
    while ((times[first] ?? time) <= time - DAY_MS) first += 1;
    return Math.max(most, index - first + 1);
  }, 0);
}

/** Whoever had to stop goes on when the window is over. */
export function goesOn({ arrivals, limit, startedAt, limitedUntil }: SimWorld): string[] {
  if (limit.by === 'nothing') return [];
  const isLater = ({ sentAt }: Arrival): boolean =>
    sentAt > startedAt + DAY_MS && sentAt < limitedUntil;
  return CRMS.filter((crm) => !arrivals.some((one) => one.crm === crm && isLater(one))).map(
    (crm) => `8 budget: nothing is sent to ${crm} when the next window has begun`,
  );
}
