// Values of a contact that HubSpot works out itself, and the one way to read any value of a row: null when
// empty, ISO for times.
import type { Change, ContactRow } from './row.ts';

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function creation(row: ContactRow): Change {
  let change = row.log;
  while (change.previous) change = change.previous;
  return change;
}

function fullNameOrEmail(row: ContactRow): string | null {
  const name = [row.values.firstname, row.values.lastname].filter(Boolean).join(' ');
  return name === '' ? (row.values.email ?? null) : name;
}

const COMPUTED: ReadonlyMap<string, (row: ContactRow) => string | null> = new Map<
  string,
  (row: ContactRow) => string | null
>([
  ['hs_object_id', (row) => row.id],
  ['hs_all_contact_vids', (row) => row.id],
  ['createdate', (row) => iso(row.createdAt)],
  ['lastmodifieddate', (row) => iso(row.modifiedAt)],
  ['hs_createdate', (row) => iso(row.createdAt)],
  ['hs_lastmodifieddate', (row) => iso(row.modifiedAt)],
  ['hs_is_contact', () => 'true'],
  ['hs_email_domain', (row) => row.values.email?.split('@')[1] ?? null],
  ['hs_full_name_or_email', fullNameOrEmail],
  ['hs_object_source', (row) => creation(row).source.sourceType],
  ['hs_object_source_id', (row) => creation(row).source.sourceId],
  ['hs_object_source_label', (row) => creation(row).source.sourceType],
]);

export function valueOf(row: ContactRow, property: string): string | null {
  const computed = COMPUTED.get(property);
  return computed ? computed(row) : (row.values[property] ?? null);
}

const SHOWN = ['createdate', 'hs_object_id', 'lastmodifieddate'];

/** Everything stored, with the dates and the id. */
export function filledProperties(row: ContactRow): Record<string, string> {
  const properties: Record<string, string> = { ...row.values };
  for (const name of SHOWN) properties[name] = valueOf(row, name) ?? '';
  return properties;
}
