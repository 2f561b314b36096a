// What counts as lag, and the percentiles of the last ten minutes.
import { describe, expect, it } from 'vitest';
import { lagsOf, RecentLag } from '../../src/metrics/lag.ts';
import type { PairReport } from '../../src/sync/pipeline.ts';

const NOON = Date.parse('2026-05-04T12:00:00.000Z');

const report = (changes: Partial<PairReport>): PairReport => ({
  hubspotId: '51',
  salesforceId: '00Q000000000001AAA',
  result: 'updated',
  reason: null,
  writes: [],
  news: [],
  ...changes,
});
const wrote = (side: 'hubspot' | 'salesforce', field: string) => ({
  side,
  field,
  before: null,
  after: 'x',
  why: 'twoWay',
});
const news = (side: 'hubspot' | 'salesforce', secondsBefore: number) => ({
  side,
  stampedAt: new Date(NOON - secondsBefore * 1000).toISOString(),
  answeredAt: NOON,
});

describe('lag', () => {
  it('is from the stamp on one side to the answer of the other', () => {
    const done = report({ writes: [wrote('salesforce', 'City')], news: [news('hubspot', 3)] });
    expect(lagsOf(done)).toEqual([{ direction: 'hubspotToSalesforce', seconds: 3 }]);
  });
  it('counts both directions of one pair', () => {
    const done = report({
      writes: [wrote('salesforce', 'City'), wrote('hubspot', 'phone')],
      news: [news('hubspot', 3), news('salesforce', 8)],
    });
    expect(lagsOf(done)).toEqual([
      { direction: 'hubspotToSalesforce', seconds: 3 },
      { direction: 'salesforceToHubSpot', seconds: 8 },
    ]);
  });
  it('is not counted where nothing came across, or only Tandem’s own notes', () => {
    expect(lagsOf(report({ news: [news('hubspot', 3)] }))).toEqual([]);
    // A change that was put back: it went nowhere.
    const reverted = report({ writes: [wrote('hubspot', 'city')], news: [news('hubspot', 3)] });
    expect(lagsOf(reverted)).toEqual([]);
    const noted = report({
      writes: [wrote('hubspot', 'tandem_contact_id')],
      news: [news('salesforce', 900)],
    });
    expect(lagsOf(noted)).toEqual([]);
  });
  it('is never negative: a CRM’s clock may be ahead', () => {
    const done = report({ writes: [wrote('salesforce', 'City')], news: [news('hubspot', -2)] });
    expect(lagsOf(done)).toEqual([{ direction: 'hubspotToSalesforce', seconds: 0 }]);
  });
});

describe('the percentiles', () => {
  it('are those of the last ten minutes', () => {
    let now = NOON;
    const recent = new RecentLag(() => now);
    recent.add({ direction: 'hubspotToSalesforce', seconds: 500 });
    now += 9 * 60_000;
    for (let seconds = 1; seconds <= 100; seconds += 1)
      recent.add({ direction: 'hubspotToSalesforce', seconds });
    expect(recent.read().hubspotToSalesforce).toEqual({ p50: 51, p95: 96, samples: 101 });
    now += 2 * 60_000;
    expect(recent.read().hubspotToSalesforce).toEqual({ p50: 50, p95: 95, samples: 100 });
    expect(recent.read().salesforceToHubSpot).toEqual({ p50: null, p95: null, samples: 0 });
  });
  it('take a fixed amount of memory, whatever comes', () => {
    const recent = new RecentLag(() => NOON);
    for (let seconds = 0; seconds < 20_000; seconds += 1)
      recent.add({ direction: 'salesforceToHubSpot', seconds });
    const { p50, samples } = recent.read().salesforceToHubSpot;
    expect(samples).toBe(8_192);
    expect(p50).toBeGreaterThan(11_808);
  });
});
