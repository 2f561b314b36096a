// What a record says about who it belongs to: ids it remembers of the other side, e-mail addresses, and
// which of several Salesforce records is the better partner.
import type { HubSpotContact, SalesforceRecord } from './records.ts';
import { salesforceId18 } from './salesforce-ids.ts';
import { readEmail, readText, salesforceText } from './values.ts';

export const EXTERNAL_ID_FIELD = 'Tandem_HubSpot_Id__c';

export const emailOfContact = (contact: HubSpotContact): string | null =>
  readEmail(contact.properties.email ?? null);
export const emailOfRecord = (record: SalesforceRecord): string | null =>
  readEmail(salesforceText(record.fields.Email ?? null));

/** The primary e-mail address first, then the additional ones (native-connector §7). */
export function emailsOfContact(contact: HubSpotContact): string[] {
  const additional = (contact.properties.hs_additional_emails ?? '').split(';');
  const emails = [contact.properties.email ?? null, ...additional].map((email) => readEmail(email));
  return [...new Set(emails.filter((email) => email !== null))];
}

/** Ids of contacts that were merged into this one. */
export const mergedContactIds = (contact: HubSpotContact): string[] =>
  (contact.properties.hs_merged_object_ids ?? '')
    .split(';')
    .map((id) => id.trim())
    .filter((id) => id !== '' && id !== contact.id);

/** Salesforce ids a contact remembers of an earlier pairing, ours or the native connector's; contact before lead. */
export function storedSalesforceIds(contact: HubSpotContact): string[] {
  const { properties } = contact;
  return [
    properties.tandem_contact_id,
    properties.salesforcecontactid,
    properties.tandem_lead_id,
    properties.salesforceleadid,
  ]
    .map((id) => salesforceId18(readText(id ?? null) ?? ''))
    .filter((id) => id !== null);
}

/** The HubSpot id a Salesforce record remembers in the external-ID field. */
export const storedHubSpotId = (record: SalesforceRecord): string | null =>
  readText(salesforceText(record.fields[EXTERNAL_ID_FIELD] ?? null));

/** Negative when `one` is the better partner: contact, most recently modified, oldest, lowest id. */
export function comparePartners(one: SalesforceRecord, other: SalesforceRecord): number {
  if (one.object !== other.object) return one.object === 'Contact' ? -1 : 1;
  if (one.modifiedAt !== other.modifiedAt) return one.modifiedAt > other.modifiedAt ? -1 : 1;
  if (one.createdAt !== other.createdAt) return one.createdAt < other.createdAt ? -1 : 1;
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}
