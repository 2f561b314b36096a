// How long until the next look: at once after one that found something, ever later while nothing happens or
// nothing works.
import { RateLimited, Unauthorized } from '../engine/failures.ts';
import type { LookState, NextLook, Place } from './port.ts';

/** Milliseconds between looks, while something happens and when nothing does. */
export interface Cadence {
  readonly busyMs: number;
  readonly idleMs: number;
}

/**
 * Salesforce's look is one API call, HubSpot's is one search of five a second; joiners are one call a list,
 * due records and open runs cost none.
 */
export const CADENCE: Readonly<Record<Place, Cadence>> = {
  salesforce: { busyMs: 10_000, idleMs: 30_000 },
  hubspot: { busyMs: 5_000, idleMs: 15_000 },
  joined: { busyMs: 15_000, idleMs: 30_000 },
  due: { busyMs: 2_000, idleMs: 10_000 },
  runs: { busyMs: 1_000, idleMs: 2_000 },
};

/**
 * How long Salesforce isn't looked at while its change events are heard: they tell nothing of campaign members, and
 * polling is what must not miss anything.
 */
const SAFETY_NET_MS = 60_000;

/** Each quiet look lets this much more time pass than the one before. */
const SLOWING_DOWN = 1.5;
const LONGEST_PAUSE_MS = 60_000;
/** Somebody has to fix the credentials first. */
const LONGEST_PAUSE_UNAUTHORIZED_MS = 5 * 60_000;

export function afterLook({ busyMs, idleMs }: Cadence, before: LookState, moved: number): NextLook {
  const quiet = moved > 0 ? 0 : before.quiet + 1;
  const pauseMs = Math.min(idleMs, Math.round(busyMs * SLOWING_DOWN ** Math.max(0, quiet - 1)));
  return { state: { quiet, failures: 0 }, pauseMs };
}

/**
 * What comes in place of a look where changes are heard of in another way: nothing, but it comes round as ever, to be
 * back at once when nothing is heard any more. Null: it is time to look all the same.
 */
export function insteadOfLook({ busyMs }: Cadence, state: LookState, now: number): NextLook | null {
  const isDue = state.failures > 0 || now >= (state.lookedAt ?? 0) + SAFETY_NET_MS;
  return isDue ? null : { state, pauseMs: busyMs };
}

export function afterFailure({ busyMs }: Cadence, before: LookState, error: unknown): NextLook {
  const failures = before.failures + 1;
  const asked = error instanceof RateLimited ? (error.retryAfterMs ?? 0) : 0;
  const longest = error instanceof Unauthorized ? LONGEST_PAUSE_UNAUTHORIZED_MS : LONGEST_PAUSE_MS;
  return {
    state: { ...before, failures },
    pauseMs: Math.max(asked, Math.min(busyMs * 2 ** failures, longest)),
  };
}
