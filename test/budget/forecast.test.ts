// When the budget will be reached.
import { describe, expect, it } from 'vitest';
import { HOUR_MS, NEW_ACCOUNT, type Account } from '../../src/budget/account.ts';
import { forecastOf } from '../../src/budget/forecast.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');

/** Live calls by hours before now, the last full hour first. */
const after = (...hours: readonly number[]): Account => ({
  ...NEW_ACCOUNT,
  hours: hours
    .map((live, index) => ({
      start: NOW - (index + 1) * HOUR_MS,
      calls: { live, retry: 0, runs: 0 },
    }))
    .reverse(),
});

describe('The forecast', () => {
  it('goes on with the pace of the last hour', () => {
    expect(forecastOf(after(100, 400), 'HubSpot', 1_000, NOW)).toEqual({
      used: 500,
      limit: 1_000,
      callsPerHour: 100,
      reachedAt: '2026-11-23T17:00:00.000Z',
      byClass: {
        live: { used: 500, limit: 1_000, reachedAt: '2026-11-23T17:00:00.000Z' },
        retry: { used: 0, limit: 900, reachedAt: '2026-11-23T16:00:00.000Z' },
        runs: { used: 0, limit: 800, reachedAt: '2026-11-23T15:00:00.000Z' },
      },
    });
  });

  it('counts a part of the hour before while the hour at hand is young', () => {
    const { callsPerHour } = forecastOf(after(100), 'HubSpot', 1_000, NOW + HOUR_MS / 4);
    expect(callsPerHour).toBe(75);
  });

  it('is silent when HubSpot’s day ends before', () => {
    expect(forecastOf(after(30), 'HubSpot', 1_000, NOW).reachedAt).toBeNull();
    expect(forecastOf(NEW_ACCOUNT, 'HubSpot', 1_000, NOW).reachedAt).toBeNull();
  });

  it('sees Salesforce’s hours leave on the way', () => {
    const steady = after(...Array.from({ length: 24 }, () => 40));
    expect(forecastOf(steady, 'Salesforce', 1_100, NOW).reachedAt).toBeNull();
    // Twice as fast in the last hour, and a day ago there was nothing to leave for six hours.
    const faster = after(80, ...Array.from({ length: 17 }, () => 40));
    expect(forecastOf(faster, 'Salesforce', 1_000, NOW).reachedAt).toBe('2026-11-23T15:00:00.000Z');
  });

  it('says now for a budget that is reached', () => {
    expect(forecastOf(after(100), 'Salesforce', 100, NOW).reachedAt).toBe(
      new Date(NOW).toISOString(),
    );
  });
});
