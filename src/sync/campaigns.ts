// A person's campaigns as the mapping of campaigns reads them: one field of the record, a set of ids.
import { CAMPAIGNS_FIELD } from '../engine/defaults.ts';
import type { SalesforceObject } from '../engine/fields.ts';
import type { SalesforceRecord } from '../engine/records.ts';
import type { Pipeline } from './pipeline.ts';
import type { Sighting } from './sighting.ts';

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

/** Records of one object as sightings, with their campaigns where those are synced. */
export async function sightingsWithCampaigns(
  { ports, workspaces }: Pipeline,
  object: SalesforceObject,
  records: readonly SalesforceRecord[],
  readAt: number,
): Promise<Sighting[]> {
  const { settings } = await workspaces.current();
  const ids = { Lead: [], Contact: [], [object]: records.map(({ id }) => id) };
  const campaigns =
    settings.settings.campaigns.sync && records.length > 0
      ? await ports.salesforce.records.campaigns(ids)
      : null;
  return records.map((record): Sighting => ({
    key: { side: 'salesforce', object: record.object, id: record.id },
    record: campaigns ? withCampaigns(record, campaigns.get(record.id) ?? []) : record,
    readAt,
  }));
}
