// A person's campaigns as the mapping of campaigns reads them: one field of the record, a set of ids.
import { CAMPAIGNS_FIELD } from '../engine/defaults.ts';
import type { SalesforceRecord } from '../engine/records.ts';

/** A record with the ids of its campaigns among its fields, as the mapping of campaigns reads them. */
export const withCampaigns = (
  record: SalesforceRecord,
  campaignIds: readonly string[],
): SalesforceRecord => ({
  ...record,
  fields: { ...record.fields, [CAMPAIGNS_FIELD]: campaignSet(campaignIds) },
});

/** The campaigns of a person as the mapping keeps them: null for none. */
export const campaignSet = (campaignIds: readonly string[]): string | null =>
  [...campaignIds].sort().join(';') || null;
