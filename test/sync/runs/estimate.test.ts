import { describe, expect, it } from 'vitest';
import { estimateOf, originsOf } from '../../../src/sync/runs/estimate.ts';
import { runRequestSchema, type RunRequestInput } from '../../../src/sync/runs/request.ts';
import { walksOf } from '../../../src/sync/runs/walks.ts';

const ALONE = { withCampaigns: false, lists: 0 };
const request = (input: RunRequestInput) => runRequestSchema.parse(input);
const EVERY: readonly RunRequestInput[] = [
  { kind: 'import', scope: {} },
  { kind: 'import', scope: { campaignId: '701000000000001AAA' } },
  { kind: 'push', scope: {} },
  { kind: 'list', scope: { listId: '1' } },
  { kind: 'everything', scope: {} },
  { kind: 'backfill', scope: { hubspotProperty: 'city' } },
  { kind: 'reconcile', scope: {} },
  { kind: 'retry', scope: { categories: null } },
  { kind: 'records', scope: { hubspotIds: ['1'] } },
];

describe('The estimate of a run', () => {
  it.each(EVERY)('knows each walk of $kind', (input) => {
    expect(originsOf(request(input))).toHaveLength(walksOf(request(input)).length);
  });

  it('counts batches: from nothing to write to everybody written on both sides', () => {
    expect(estimateOf(request({ kind: 'push', scope: {} }), [100_000], ALONE)).toMatchObject({
      records: 100_000,
      hubspotCalls: { least: 1_000, most: 2_000 },
      // 50 reads; 250 searches for e-mails, 500 writes, 50 looks at what became of them.
      salesforceCalls: { least: 50, most: 850 },
      // 1,000 HubSpot calls at 18 a second; 850 Salesforce calls of a second each.
      minutes: { least: 1, most: 14.2 },
    });
  });

  it('adds up the walks, the campaigns and the lists', () => {
    const everything = request({ kind: 'everything', scope: {} });
    const options = { withCampaigns: true, lists: 2 };
    const estimate = estimateOf(everything, [5_000, 1_000], options);
    expect(estimate).toMatchObject({
      records: 6_000,
      hubspotCalls: { least: 180, most: 240 },
      salesforceCalls: { least: 3 + 2 + 1 + 1 },
    });
    expect(estimate.basis.join(' ')).toContain('lists');
  });

  it('says that it can’t tell where a walk can’t be counted', () => {
    const list = request({ kind: 'list', scope: { listId: '1' } });
    expect(estimateOf(list, [null], ALONE)).toMatchObject({ records: null, minutes: null });
  });

  it('is never less than nothing and a moment', () => {
    const none = estimateOf(request({ kind: 'push', scope: {} }), [0], ALONE);
    expect(none).toMatchObject({
      hubspotCalls: { least: 0, most: 0 },
      minutes: { least: 0.1, most: 0.1 },
    });
  });
});
