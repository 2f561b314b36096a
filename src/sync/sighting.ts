// What wakes a sync: the key of a record, and the row where the trigger came with one.
import { CAMPAIGNS_FIELD } from '../engine/defaults.ts';
import type { Link } from '../engine/link.ts';
import type { HubSpotContact, RecordKey, SalesforceRecord } from '../engine/records.ts';
import { objectOfId } from '../engine/salesforce-ids.ts';

/** A record somebody noticed, with its row where the trigger came with one. */
export interface Sighting {
  readonly key: RecordKey;
  readonly contact?: HubSpotContact;
  readonly record?: SalesforceRecord;
  /** When that row was asked for, milliseconds since 1970. */
  readonly readAt?: number;
  /** The row comes from HubSpot's lagging search index: never write to HubSpot on its word alone. */
  readonly fromIndex?: boolean;
  /** The person's campaigns may have changed: they are no part of the row. */
  readonly campaigns?: boolean;
}

/** Whether the person's campaigns are looked at too: asked for, or read with the row. */
export const asksForCampaigns = ({ campaigns, record }: Sighting): boolean =>
  campaigns === true || (record !== undefined && CAMPAIGNS_FIELD in record.fields);

export const keyName = (key: RecordKey): string => `${key.side} ${key.id}`;

/** Names a pair, or whoever of it is there. */
export function sightingOf({ hubspotId, salesforceId, salesforceObject }: Link): Sighting[] {
  if (hubspotId) return [{ key: { side: 'hubspot', id: hubspotId } }];
  return salesforceId && salesforceObject
    ? [{ key: { side: 'salesforce', object: salesforceObject, id: salesforceId } }]
    : [];
}

/** Of a record whose id alone is known: HubSpot's are digits, Salesforce's say what they are. */
export const sightingOfId = (id: string): Sighting =>
  /^\d+$/.test(id)
    ? { key: { side: 'hubspot', id } }
    : { key: { side: 'salesforce', object: objectOfId(id), id } };
