// How patient the streams of change events are in tests.
import type { Patience } from '../../src/salesforce/change-events/object-stream.ts';

/** Pauses of a test's length. */
export const QUICK: Partial<Patience> = {
  pauseMs: 10,
  longestPauseMs: 50,
  unselectedPauseMs: 50,
  refusedPauseMs: 50,
  settleMs: 50,
};
