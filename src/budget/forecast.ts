// When the budget would be used up if calls went on as in the last hour. Pure.
import type { CallClass } from '../engine/call-budget.ts';
import type { Crm } from '../engine/failures.ts';
import {
  DAY_MS,
  HOUR_MS,
  hourStart,
  hoursThatCount,
  totalOf,
  usedNow,
  windowEnd,
  type Account,
} from './account.ts';
import { ceilingOf, shareOf } from './allowance.ts';

export interface ClassForecast {
  readonly used: number;
  /** Calls of all classes at which this one has to wait. */
  readonly limit: number;
  /** ISO: when it has to wait at the present pace; null: not in this window. */
  readonly reachedAt: string | null;
}

export interface Forecast {
  readonly used: number;
  readonly limit: number;
  readonly callsPerHour: number;
  readonly reachedAt: string | null;
  readonly byClass: Readonly<Record<CallClass, ClassForecast>>;
}

export function forecastOf(
  account: Account,
  crm: Crm,
  budget: number | null,
  now: number,
): Forecast {
  const ceiling = ceilingOf(account, crm, budget, now).calls;
  const used = usedNow(account, crm, now);
  const callsPerHour = lastHour(account, crm, now);
  const classForecast = (cls: CallClass): ClassForecast => {
    const limit = shareOf(ceiling, cls);
    return { used: used[cls], limit, reachedAt: reachedAt(account, crm, limit, callsPerHour, now) };
  };
  const byClass = {
    live: classForecast('live'),
    retry: classForecast('retry'),
    runs: classForecast('runs'),
  };
  return {
    used: totalOf(used),
    limit: ceiling,
    callsPerHour: Math.round(callsPerHour),
    reachedAt: byClass.live.reachedAt,
    byClass,
  };
}

/** Calls of the last 60 minutes; those of the hour before count by the part of it that is as young. */
function lastHour(account: Account, crm: Crm, now: number): number {
  const start = hourStart(crm, account.timeZone, now);
  const passed = (now - start) / HOUR_MS;
  const of = (wanted: number): number =>
    account.hours
      .filter((hour) => hour.start === wanted)
      .reduce((sum, { calls }) => sum + totalOf(calls), 0);
  return of(start) + of(start - HOUR_MS) * (1 - passed);
}

function reachedAt(
  account: Account,
  crm: Crm,
  limit: number,
  callsPerHour: number,
  now: number,
): string | null {
  const iso = (at: number): string => new Date(at).toISOString();
  let used = totalOf(usedNow(account, crm, now));
  if (used >= limit) return iso(now);
  if (callsPerHour === 0) return null;
  const perMs = callsPerHour / HOUR_MS;
  const end = windowEnd(crm, account.timeZone, now);
  // Hours that leave Salesforce's window on the way make room.
  const leaving = crm === 'Salesforce' ? hoursThatCount(account, crm, now) : [];
  let at = now;
  for (const { start, calls } of leaving) {
    const leaves = start + HOUR_MS + DAY_MS;
    if (leaves > end) break;
    const reached = at + (limit - used) / perMs;
    if (reached <= leaves) return iso(reached);
    used = used + (leaves - at) * perMs - totalOf(calls);
    at = leaves;
  }
  const reached = at + (limit - used) / perMs;
  return reached <= end ? iso(reached) : null;
}
