// Which day a moment belongs to, and when a day begins, where one side keeps a date and the other a time
// (native-connector §3.2: a configured zone, not UTC). Zones change their clocks at midnight, too.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, startOfDay } from '../../src/engine/days.ts';

describe('The day of a moment', () => {
  it.each([
    ['2026-11-23T22:59:59Z', 'UTC', '2026-11-23'],
    ['2026-11-23T22:59:59Z', 'Europe/Berlin', '2026-11-23'],
    ['2026-11-23T23:00:00Z', 'Europe/Berlin', '2026-11-24'],
    ['2026-06-23T22:00:00Z', 'Europe/Berlin', '2026-06-24'],
    ['2026-11-23T04:59:59Z', 'America/New_York', '2026-11-22'],
    ['2026-11-23T05:00:00Z', 'America/New_York', '2026-11-23'],
    ['2026-11-23T18:29:59Z', 'Asia/Kolkata', '2026-11-23'],
    ['2026-11-23T18:30:00Z', 'Asia/Kolkata', '2026-11-24'],
    ['2026-12-31T10:00:00Z', 'Pacific/Kiritimati', '2027-01-01'],
    ['2026-01-01T11:59:59Z', 'Etc/GMT+12', '2025-12-31'],
    ['1969-12-31T23:59:59Z', 'Europe/Berlin', '1970-01-01'],
  ])('%s in %s is %s', (instant, zone, day) => {
    expect(dayOf(instant, zone)).toBe(day);
  });
});

describe('The moment a day begins', () => {
  it.each([
    ['an ordinary day', '2026-11-23', 'Europe/Berlin', '2026-11-22T23:00:00Z'],
    ['in summer', '2026-06-23', 'Europe/Berlin', '2026-06-22T22:00:00Z'],
    ['the day clocks go forward', '2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00Z'],
    ['the day clocks go back', '2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00Z'],
    ['a day without a midnight', '2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00Z'],
    [
      'a day after an hour that came twice',
      '2018-02-18',
      'America/Sao_Paulo',
      '2018-02-18T03:00:00Z',
    ],
    ['a day with two midnights: the first', '2026-11-01', 'America/Havana', '2026-11-01T04:00:00Z'],
    ['a quarter of an hour off', '2026-11-23', 'Asia/Kathmandu', '2026-11-22T18:15:00Z'],
    ['UTC', '2026-11-23', 'UTC', '2026-11-23T00:00:00Z'],
    ['a leap day', '2028-02-29', 'America/New_York', '2028-02-29T05:00:00Z'],
  ])('%s', (_, day, zone, instant) => {
    expect(startOfDay(day, zone)).toBe(instant);
  });
  it('does not exist for the day that Samoa left out', () => {
    expect(startOfDay('2011-12-30', 'Pacific/Apia')).toBeNull();
  });
});

const zones = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/Sao_Paulo',
  'America/Havana',
  'Asia/Kathmandu',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Pacific/Apia',
);
const moments = fc
  .date({ min: new Date('1970-01-02'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => `${date.toISOString().slice(0, 19)}Z`);

describe('For any moment and zone', () => {
  it('its day has begun by then, and that beginning belongs to the same day', () => {
    fc.assert(
      fc.property(moments, zones, (instant, zone) => {
        const day = dayOf(instant, zone);
        const start = startOfDay(day, zone);
        expect(start).not.toBeNull();
        expect(dayOf(start ?? '', zone)).toBe(day);
        expect((start ?? '') <= instant).toBe(true);
      }),
    );
  });
  it('the second before a day begins belongs to the day before', () => {
    fc.assert(
      fc.property(moments, zones, (instant, zone) => {
        const day = dayOf(instant, zone);
        const start = startOfDay(day, zone) ?? '';
        const before = new Date(Date.parse(start) - 1000).toISOString();
        expect(dayOf(before, zone) < day).toBe(true);
      }),
    );
  });
});
