// How many calls work of a class may make now. Pure. The budget is a hard ceiling for all classes together;
// runs stop at 80 % of it and second tries at 90 %, so that what a person waits for always finds some left.
// What others use of the portal's or org's limit makes the ceiling lower.
import type { CallClass } from '../engine/call-budget.ts';
import type { Crm } from '../engine/failures.ts';
import {
  DAY_MS,
  HOUR_MS,
  hoursThatCount,
  totalOf,
  usedNow,
  windowEnd,
  windowStart,
  type Account,
} from './account.ts';

/** The part of the ceiling at which a class stops, whoever used it. */
export const SHARE: Readonly<Record<CallClass, number>> = { live: 1, retry: 0.9, runs: 0.8 };

/** Without a budget of the admin's: what is left to others of the limit. Salesforce's is shared by all of a company's integrations. */
export const RESERVE: Readonly<Record<Crm, number>> = { HubSpot: 0.1, Salesforce: 0.2 };

/** Until the first answer tells: the smallest there is (a HubSpot Starter portal, a Salesforce developer org). */
export const ASSUMED_LIMIT: Readonly<Record<Crm, number>> = {
  HubSpot: 250_000,
  Salesforce: 15_000,
};

/** How old news of a limit that others used up may get before one call asks again. */
export const PROBE_MS = 5 * 60_000;

export interface Ceiling {
  /** Calls in a window for all classes together. */
  readonly calls: number;
  /** The same if nobody else used any of the limit. */
  readonly alone: number;
}

export function ceilingOf(
  { told, timeZone }: Account,
  crm: Crm,
  budget: number | null,
  now: number,
): Ceiling {
  const limit = told?.limit ?? (budget === null ? ASSUMED_LIMIT[crm] : Infinity);
  const isOfThisWindow = told !== null && told.at >= windowStart(crm, timeZone, now);
  const others = isOfThisWindow ? Math.max(0, told.used - told.ours) : 0;
  const free = budget === null ? Math.floor(limit * (1 - RESERVE[crm])) : limit;
  const capped = (calls: number): number => Math.max(0, Math.min(budget ?? Infinity, calls));
  return { calls: capped(free - others), alone: capped(free) };
}

/** A class's part of a ceiling. */
export const shareOf = (calls: number, cls: CallClass): number => Math.floor(calls * SHARE[cls]);

export interface Question {
  readonly crm: Crm;
  readonly account: Account;
  /** What the admin set; null: the limit less a reserve. */
  readonly budget: number | null;
  readonly cls: CallClass;
  readonly wanted: number;
  readonly now: number;
}

export type Allowance =
  | { readonly granted: number; readonly probes: boolean }
  /** When there will be some again, as far as can be told now. */
  | { readonly granted: 0; readonly until: number };

export function allowance({ crm, account, budget, cls, wanted, now }: Question): Allowance {
  if (now < account.pausedUntil) return { granted: 0, until: account.pausedUntil };
  const ceiling = ceilingOf(account, crm, budget, now);
  const used = totalOf(usedNow(account, crm, now));
  const left = shareOf(ceiling.calls, cls) - used;
  // Towards the end in ever smaller pieces, so that little lies about reserved and unused.
  if (left > 0) return { granted: Math.min(wanted, Math.ceil(left / 20)), probes: false };
  // It is the others' calls that are in the way, and only an answer can tell when they are not any more.
  if (account.told && used < shareOf(ceiling.alone, cls)) {
    const askAgain = account.told.at + PROBE_MS;
    return now >= askAgain
      ? { granted: Math.min(wanted, 1), probes: true }
      : { granted: 0, until: Math.min(askAgain, windowEnd(crm, account.timeZone, now)) };
  }
  return { granted: 0, until: reliefAt(account, crm, used - shareOf(ceiling.calls, cls) + 1, now) };
}

/** When so many of our calls have stopped counting. */
export function reliefAt(account: Account, crm: Crm, calls: number, now: number): number {
  if (crm === 'HubSpot') return windowEnd(crm, account.timeZone, now);
  let left = calls;
  for (const hour of hoursThatCount(account, crm, now)) {
    left -= totalOf(hour.calls);
    if (left <= 0) return hour.start + HOUR_MS + DAY_MS;
  }
  return now + DAY_MS;
}
