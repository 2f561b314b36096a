// What a new record is filled with when one side has the person and the other doesn't.
import type { SalesforceObject } from './fields.ts';
import { fingerprint } from './fingerprint.ts';
import type { CanonicalValue, LeftDifferent } from './link.ts';
import type { FieldPair, MappingTable } from './mapping.ts';
import { emailOfContact } from './match.ts';
import { reason, type Reason } from './reasons.ts';
import type { HubSpotContact, SalesforceRecord, SalesforceValue } from './records.ts';
import { readText } from './values.ts';

/** One field of a new record: the value it gets, or why it gets none. */
export interface NewField {
  readonly pair: FieldPair;
  /** Canonical; what both sides agree on once the record exists. Undefined: they don't. */
  readonly value: CanonicalValue | undefined;
  readonly sent: boolean;
  /** What both sides hold if the field is left out; null where a second look will tell. */
  readonly seen: LeftDifferent | null;
  readonly reason: Reason | null;
}

export interface NewSalesforceRecord {
  readonly object: SalesforceObject;
  readonly record: Readonly<Record<string, SalesforceValue>>;
  readonly fields: readonly NewField[];
}

export interface NewHubSpotContact {
  readonly properties: Readonly<Record<string, string>>;
  readonly fields: readonly NewField[];
  /** Set when the person opted out in Salesforce: unsubscribed once the contact exists. */
  readonly unsubscribe: string | null;
}

/** What a required field gets when HubSpot has nothing for it; shown to people as filled in. */
function stopgap(fieldName: string, email: string | null): string {
  const [local, domain] = (email ?? '').split('@');
  if (fieldName === 'LastName') return readText(local ?? null) ?? 'Unknown';
  if (fieldName === 'Company') return readText(domain ?? null) ?? 'Unknown';
  return 'Unknown';
}

export function planSalesforceRecord(
  contact: HubSpotContact,
  object: SalesforceObject,
  table: MappingTable,
): NewSalesforceRecord {
  const record: Record<string, SalesforceValue> = {};
  const fields = table.pairs[object].map((pair): NewField => {
    const planned = salesforceField(pair, contact);
    if (planned.raw !== undefined) record[pair.field.name] = planned.raw;
    return planned.field;
  });
  return { object, record, fields };
}

function salesforceField(
  pair: FieldPair,
  contact: HubSpotContact,
): { field: NewField; raw?: SalesforceValue } {
  const { field, conversion, mapping, property } = pair;
  const nothing = (why: Reason | null, value?: CanonicalValue): { field: NewField } => ({
    field: { pair, value, sent: false, seen: null, reason: why },
  });
  const needed = pair.requiredInSalesforce && !field.defaultedOnCreate && field.createable;
  const fillIn = (): { field: NewField; raw?: SalesforceValue } => {
    const raw = stopgap(field.name, emailOfContact(contact));
    const why = reason('FILLED_IN', { field: field.label, value: raw });
    // Not an agreed value: HubSpot is still blank, and its rule decides what happens there.
    return { field: { pair, value: undefined, sent: true, seen: null, reason: why }, raw };
  };
  const goesToSalesforce = mapping.rule !== 'off' && mapping.rule !== 'alwaysSalesforce';
  if (!goesToSalesforce && !needed) return nothing(null);
  const found = conversion.fromHubSpot(contact.properties[property.name] ?? null);
  if (!found.ok) return needed ? fillIn() : nothing(found.reason);
  if (found.value === null) return needed ? fillIn() : nothing(null);
  if (mapping.rule === 'optOut' && found.value === false) return nothing(null, false);
  if (!field.createable) return nothing(reason('READ_ONLY_IN_SALESFORCE', { field: field.label }));
  const converted = conversion.toSalesforce(found.value);
  if (!converted.ok) return needed ? fillIn() : nothing(converted.reason);
  return {
    field: { pair, value: found.value, sent: true, seen: null, reason: null },
    raw: converted.value,
  };
}

export function planHubSpotContact(
  record: SalesforceRecord,
  email: string,
  table: MappingTable,
): NewHubSpotContact {
  const properties: Record<string, string> = { email };
  let unsubscribe: string | null = null;
  const fields = table.pairs[record.object].map((pair): NewField => {
    const { conversion, mapping, property } = pair;
    const value = conversion.fromSalesforce(record.fields[pair.field.name] ?? null);
    const seen = { hubspot: fingerprint(null), salesforce: fingerprint(value) };
    if (mapping.rule === 'off') return { pair, value: undefined, sent: false, seen, reason: null };
    // A new contact is blank wherever Salesforce is.
    if (value === null) return { pair, value: null, sent: false, seen, reason: null };
    if (mapping.rule === 'optOut') {
      if (value === true) unsubscribe = email;
      return { pair, value, sent: value === true, seen, reason: null };
    }
    if (!pair.writableInHubSpot) {
      return {
        pair,
        value: undefined,
        sent: false,
        seen,
        reason: reason('READ_ONLY_IN_HUBSPOT', { field: property.label }),
      };
    }
    const converted = conversion.toHubSpot(value);
    if (!converted.ok)
      return { pair, value: undefined, sent: false, seen, reason: converted.reason };
    properties[property.name] = converted.value;
    return { pair, value, sent: true, seen, reason: null };
  });
  return { properties, fields, unsubscribe };
}
