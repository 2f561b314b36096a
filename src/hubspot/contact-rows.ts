// From HubSpot's contact rows to the engine's, and the names a row goes by: its own id and those of the
// contacts merged into it, its e-mail and its additional ones.
import type { SimplePublicObject } from '@hubspot/api-client/lib/codegen/crm/contacts/index.js';
import type { HubSpotContact } from '../engine/records.ts';

/** Read along so that a survivor can be told by a merged-away id. */
export const MERGED_IDS = ['hs_merged_object_ids', 'hs_calculated_merged_vids'];
/** As `toISOString` writes it: most stamps are. */
const IN_FULL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
export const EMAILS = ['email', 'hs_additional_emails'];

export function contactOf(row: SimplePublicObject): HubSpotContact {
  const properties: Record<string, string | null> = row.properties;
  return { id: row.id, properties, modifiedAt: modifiedAtOf(row), archived: row.archived ?? false };
}

/** The model says dates; they are texts (`plain-json.ts`). */
export function modifiedAtOf({ properties, updatedAt }: SimplePublicObject): string {
  const stamp = properties.lastmodifieddate ?? updatedAt;
  return typeof stamp === 'string' && IN_FULL.test(stamp) ? stamp : new Date(stamp).toISOString();
}

/** `12;13`, or `12:1718000000000;…` with the times of merging (hubspot-api §2.1). */
export function idsOf({ id, properties }: HubSpotContact): string[] {
  const merged = MERGED_IDS.flatMap((name) => (properties[name] ?? '').split(';'));
  return [id, ...merged.map((entry) => entry.split(':')[0]?.trim() ?? '').filter(Boolean)];
}

export function emailsOf({ properties }: HubSpotContact): string[] {
  return EMAILS.flatMap((name) => (properties[name] ?? '').split(';'))
    .map((email) => email.trim().toLowerCase())
    .filter(Boolean);
}
