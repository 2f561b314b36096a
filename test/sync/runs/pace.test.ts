import { describe, expect, it } from 'vitest';
import { NO_COUNTS, type RunState } from '../../../src/store/runs-port.ts';
import { paceOf } from '../../../src/sync/runs/pace.ts';

const pace = (seen: number, total: number | null, workingMs: number, state: RunState = 'running') =>
  paceOf({ state, counts: { ...NO_COUNTS, seen }, total, workingMs });

describe('The pace of a run', () => {
  it('is what was seen over the time of work, and the rest at that rate', () => {
    expect(pace(1_000, 4_000, 30_000)).toEqual({ perMinute: 2_000, secondsLeft: 90 });
  });
  it('is unknown before the first page, and while hardly anything has been done', () => {
    expect(pace(0, 4_000, 30_000)).toEqual({ perMinute: null, secondsLeft: null });
    expect(pace(10, 4_000, 20)).toEqual({ perMinute: null, secondsLeft: null });
  });
  it('has a rate but no end where nobody knows how many there are', () => {
    expect(pace(500, null, 60_000)).toEqual({ perMinute: 500, secondsLeft: null });
  });
  it('does not promise an end when more turn up than were counted', () => {
    expect(pace(4_010, 4_000, 60_000).secondsLeft).toBeNull();
  });
  it.each(['finished', 'cancelled'] as const)('has nothing left once it is %s', (state) => {
    expect(pace(500, 1_000, 60_000, state)).toEqual({ perMinute: 500, secondsLeft: null });
  });
  it('tells what is left of one that was paused', () => {
    expect(pace(500, 1_000, 60_000, 'paused').secondsLeft).toBe(60);
  });
});
