import { describe, expect, it } from 'vitest';
import { exactTime, timeInWords } from '../../extensions/ui/relative-time.tsx';

const NOW = Date.parse('2026-11-23T12:00:00Z');

describe('A moment in words', () => {
  it.each([
    ['2026-11-23T11:59:30Z', 'just now'],
    ['2026-11-23T12:00:20Z', 'just now'],
    ['2026-11-23T11:59:00Z', '1 minute ago'],
    ['2026-11-23T11:01:00Z', '59 minutes ago'],
    ['2026-11-23T10:59:00Z', '1 hour ago'],
    ['2026-11-22T11:00:00Z', 'yesterday'],
    ['2026-11-13T12:00:00Z', '10 days ago'],
    ['2026-09-20T12:00:00Z', '2 months ago'],
    ['2024-11-01T12:00:00Z', '2 years ago'],
  ])('%s is %s', (iso, words) => {
    expect(timeInWords(iso, NOW)).toBe(words);
  });
});

describe('The exact time', () => {
  it('is the portal’s', () => {
    expect(exactTime('2026-11-23T12:00:00Z', 'Europe/Berlin')).toBe('Nov 23, 2026, 1:00 PM');
  });

  it('is UTC where the portal’s zone is not known', () => {
    expect(exactTime('2026-11-23T12:00:00Z', 'Mars/Olympus')).toBe('Nov 23, 2026, 12:00 PM');
  });
});
