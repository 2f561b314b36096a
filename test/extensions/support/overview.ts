// The overview as Tandem tells it, for the tests of the settings page.
import type { ApiUse, CallAnswer } from '../../../src/api/contract.ts';

export const apiUse = (changes: Partial<ApiUse> = {}): ApiUse => ({
  crm: 'Salesforce',
  used: 4_000,
  limit: 80_000,
  callsPerHour: 250,
  reachedAt: null,
  pausedUntil: null,
  everybody: { used: 9_000, limit: 100_000 },
  hours: [
    { at: '2026-11-24T08:00:00.000Z', calls: { live: 100, retry: 0, runs: 3_500 } },
    { at: '2026-11-24T10:00:00.000Z', calls: { live: 300, retry: 100, runs: 0 } },
  ],
  ...changes,
});

export const OVERVIEW: CallAnswer<'get-overview'> = {
  workers: 2,
  isWaitingForFirstSync: false,
  lag: {
    hubspotToSalesforce: { p50: 1.84, p95: 14, samples: 1_200 },
    salesforceToHubSpot: { p50: null, p95: null, samples: 0 },
  },
  queue: { waiting: 1_190, active: 10 },
  records: { inSync: 98_000, waiting: 12, problem: 340, skipped: 1_500 },
  problems: [
    { category: 'customSalesforceCode', label: 'Custom Salesforce code', count: 300 },
    { category: 'waiting', label: 'Waiting for another try', count: 52 },
  ],
  api: [apiUse({ crm: 'HubSpot', everybody: null, hours: [] }), apiUse()],
  runs: [],
};
