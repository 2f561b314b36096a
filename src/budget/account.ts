// What all processes know together about the calls to one CRM: how many were reserved in which hour, and what
// the CRM itself said of the whole portal or org. Pure. HubSpot's day begins at midnight in the portal's time
// zone; Salesforce counts the last 24 hours, so an hour counts until its last minute is a day old.
import { z } from 'zod';
import { CALL_CLASSES, type CallClass } from '../engine/call-budget.ts';
import { dayOf, startOfDay } from '../engine/days.ts';
import type { Crm } from '../engine/failures.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

const callsSchema = z.object({
  live: z.number().default(0),
  retry: z.number().default(0),
  runs: z.number().default(0),
});

export const accountSchema = z.object({
  /** Oldest first; `start` in milliseconds since the epoch. */
  hours: z.array(z.object({ start: z.number(), calls: callsSchema })).default([]),
  /** What the CRM last said about all of its users, and how many of those calls were ours. */
  told: z
    .object({ limit: z.number(), used: z.number(), ours: z.number(), at: z.number() })
    .nullable()
    .default(null),
  /** The CRM asked everybody to stay away until then. */
  pausedUntil: z.number().default(0),
  timeZone: z.string().default('UTC'),
});
export type Account = z.infer<typeof accountSchema>;
export type Calls = Readonly<Record<CallClass, number>>;

export const NEW_ACCOUNT: Account = accountSchema.parse({});
export const NO_CALLS: Calls = { live: 0, retry: 0, runs: 0 };

export const totalOf = (calls: Calls): number => calls.live + calls.retry + calls.runs;

/** When the window began that a call made now counts in. */
export function windowStart(crm: Crm, timeZone: string, now: number): number {
  if (crm === 'Salesforce') return now - DAY_MS;
  const today = dayOf(new Date(now).toISOString(), timeZone);
  return Date.parse(startOfDay(today, timeZone) ?? today);
}

/** When a call made now stops counting. */
export function windowEnd(crm: Crm, timeZone: string, now: number): number {
  if (crm === 'Salesforce') return now + DAY_MS;
  // The day after tomorrow where the zone leaves tomorrow out.
  for (let days = 1; ; days += 1) {
    const day = dayOf(
      new Date(windowStart(crm, timeZone, now) + days * DAY_MS + DAY_MS / 2).toISOString(),
      timeZone,
    );
    const start = startOfDay(day, timeZone);
    if (start !== null) return Date.parse(start);
  }
}

/** The hour that a call made now is put down under. */
export function hourStart(crm: Crm, timeZone: string, now: number): number {
  // Hours of a zone that is half an hour off begin when its days do.
  const anchor = crm === 'Salesforce' ? 0 : windowStart(crm, timeZone, now);
  return anchor + Math.floor((now - anchor) / HOUR_MS) * HOUR_MS;
}

const counts =
  (since: number) =>
  ({ start }: Account['hours'][number]): boolean =>
    start + HOUR_MS > since;

/** Hours that still count. */
export function hoursThatCount(
  { hours, timeZone }: Account,
  crm: Crm,
  now: number,
): Account['hours'] {
  return hours.filter(counts(windowStart(crm, timeZone, now)));
}

/** Our calls that count now, by class. */
export function usedNow(account: Account, crm: Crm, now: number): Calls {
  const used = { ...NO_CALLS };
  for (const { calls } of hoursThatCount(account, crm, now))
    for (const cls of CALL_CLASSES) used[cls] += calls[cls];
  return used;
}

/** The account with calls put down (or, negative, given back) under an hour; what counts no more is left out. */
export function withCalls(
  account: Account,
  crm: Crm,
  {
    start,
    cls,
    calls,
  }: { readonly start: number; readonly cls: CallClass; readonly calls: number },
  now: number,
): Account {
  const hours = hoursThatCount(account, crm, now);
  const hour = hours.find((one) => one.start === start);
  // Given back too late to matter: the hour is gone.
  if (!hour && calls <= 0) return { ...account, hours };
  const before = hour?.calls ?? NO_CALLS;
  const after = { ...before, [cls]: Math.max(0, before[cls] + calls) };
  return {
    ...account,
    hours: [...hours.filter((one) => one !== hour), { start, calls: after }].sort(
      (one, other) => one.start - other.start,
    ),
  };
}
