// Which calls still count: HubSpot's days in the portal's time zone, Salesforce's last 24 hours.
import { describe, expect, it } from 'vitest';
import {
  DAY_MS,
  HOUR_MS,
  hourStart,
  NEW_ACCOUNT,
  totalOf,
  usedNow,
  windowEnd,
  windowStart,
  withCalls,
} from '../../src/budget/account.ts';

const at = (text: string): number => Date.parse(text);
const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

describe('HubSpot’s day', () => {
  it.each([
    ['UTC', '2026-11-23T10:00:00Z', '2026-11-23T00:00:00Z', '2026-11-24T00:00:00Z'],
    ['US/Eastern', '2026-11-23T03:00:00Z', '2026-11-22T05:00:00Z', '2026-11-23T05:00:00Z'],
    ['Asia/Kolkata', '2026-11-23T19:00:00Z', '2026-11-23T18:30:00Z', '2026-11-24T18:30:00Z'],
    // Clocks go back: a day of 25 hours. And forward: one of 23.
    ['Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
    ['Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
  ])('in %s lasts from midnight to midnight (%s)', (zone, now, start, end) => {
    expect(windowStart('HubSpot', zone, at(now))).toBe(at(start));
    expect(windowEnd('HubSpot', zone, at(now))).toBe(at(end));
  });

  it('begins a new count at midnight', () => {
    const timeZone = 'Asia/Kolkata';
    const before = at('2026-11-23T18:29:00Z');
    const start = hourStart('HubSpot', timeZone, before);
    expect(iso(start)).toBe('2026-11-23T17:30:00.000Z');
    const account = withCalls(
      { ...NEW_ACCOUNT, timeZone },
      'HubSpot',
      { start, cls: 'live', calls: 7 },
      before,
    );
    expect(usedNow(account, 'HubSpot', before).live).toBe(7);
    expect(usedNow(account, 'HubSpot', before + 60_000).live).toBe(0);
  });
});

describe('Salesforce’s day', () => {
  it('keeps an hour until its last minute is a day old', () => {
    const now = at('2026-11-23T10:59:00Z');
    const start = hourStart('Salesforce', 'UTC', now);
    const account = withCalls(NEW_ACCOUNT, 'Salesforce', { start, cls: 'runs', calls: 5 }, now);
    expect(usedNow(account, 'Salesforce', now + DAY_MS).runs).toBe(5);
    expect(usedNow(account, 'Salesforce', start + HOUR_MS + DAY_MS).runs).toBe(0);
  });
});

it('Calls that are given back are gone, and those of an hour that is over don’t come back to life', () => {
  const now = at('2026-11-23T10:59:00Z');
  const start = hourStart('Salesforce', 'UTC', now);
  const put = (calls: number) => ({ start, cls: 'live' as const, calls });
  const account = withCalls(NEW_ACCOUNT, 'Salesforce', put(5), now);
  expect(totalOf(usedNow(withCalls(account, 'Salesforce', put(-3), now), 'Salesforce', now))).toBe(
    2,
  );
  expect(withCalls(account, 'Salesforce', put(-3), now + 2 * DAY_MS).hours).toEqual([]);
});
