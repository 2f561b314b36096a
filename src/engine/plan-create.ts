// What a new record is filled with when one side has the person and the other doesn't.
import type { SalesforceField, SalesforceObject } from './fields.ts';
import { fingerprint } from './fingerprint.ts';
import type { CanonicalValue, LeftDifferent } from './link.ts';
import type { FieldPair, MappingTable } from './mapping.ts';
import { countryFieldOf } from './address-fields.ts';
import { reason, type Reason } from './reasons.ts';
import type { HubSpotContact, SalesforceRecord, SalesforceValue } from './records.ts';
import { valueForField } from './required-fields.ts';
import { SENDS_TO } from './rules.ts';
import type { Settings } from './settings.ts';
import { fillIn } from './templates.ts';

/** How a blank property is remembered. */
const BLANK = fingerprint(null);

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

export interface FilledIn {
  readonly field: SalesforceField;
  readonly value: string | number | boolean;
}

export interface NewSalesforceRecord {
  readonly object: SalesforceObject;
  readonly record: Readonly<Record<string, SalesforceValue>>;
  readonly fields: readonly NewField[];
  /** Required fields without a mapping that a template fills; they are in `record` too. */
  readonly filledIn: readonly FilledIn[];
  /** Leave the owner to the org's assignment rules. */
  readonly assign: boolean;
}

export interface NewHubSpotContact {
  readonly properties: Readonly<Record<string, string>>;
  readonly fields: readonly NewField[];
  /** Set when the person opted out in Salesforce: unsubscribed once the contact exists. */
  readonly unsubscribe: string | null;
}

export function planSalesforceRecord(
  contact: HubSpotContact,
  object: SalesforceObject,
  accountId: string | null,
  { table, settings }: { readonly table: MappingTable; readonly settings: Settings },
): NewSalesforceRecord {
  const record: Record<string, SalesforceValue> = {};
  const planned = table.pairs[object].map((pair): NewField => {
    const one = salesforceField(pair, contact, settings);
    if (one.raw !== undefined) record[pair.field.name] = one.raw;
    return one.field;
  });
  const fields = planned.map((field) => withCountry(field, record));
  const filledIn = filledByTemplates(contact, table.unmappedRequired[object], settings);
  for (const { field, value } of filledIn) record[field.name] = value;
  if (accountId !== null) record.AccountId = accountId;
  // Salesforce's own rules choose an owner only for leads (native-connector §6).
  const assign =
    object === 'Lead' && settings.owners.useAssignmentRules && record.OwnerId === undefined;
  return { object, record, fields: assign ? fields.map(ownerByRules) : fields, filledIn, assign };
}

/** Without a template the field stays out, and Salesforce says that it is missing. */
const filledByTemplates = (
  contact: HubSpotContact,
  fields: readonly SalesforceField[],
  { creation: { templates } }: Settings,
): FilledIn[] =>
  fields.flatMap((field) => {
    const template = templates[field.name];
    if (template === undefined) return [];
    const fits = (text: string): boolean => valueForField(text, field) !== null;
    const value = valueForField(fillIn(template, contact, fits), field);
    return value === null ? [] : [{ field, value }];
  });

/** The owner HubSpot names cannot own the lead: the org's assignment rules choose another. */
const ownerByRules = (field: NewField): NewField =>
  field.pair.mapping.special === 'owner' && field.reason
    ? { ...field, reason: reason('OWNER_BY_ASSIGNMENT_RULES') }
    : field;

/** With state and country picklists Salesforce refuses a state without a country (native-connector §3.3). */
function withCountry(field: NewField, record: Record<string, SalesforceValue>): NewField {
  const { name, label } = field.pair.field;
  const countryField = countryFieldOf(name);
  if (!field.sent || countryField === null || (record[countryField] ?? null) !== null) return field;
  const why = reason('STATE_NEEDS_COUNTRY', { field: label, value: String(record[name]) });
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the payload is being built here
  delete record[name];
  return { pair: field.pair, value: undefined, sent: false, seen: field.seen, reason: why };
}

function salesforceField(
  pair: FieldPair,
  contact: HubSpotContact,
  settings: Settings,
): { field: NewField; raw?: SalesforceValue } {
  const { field, conversion, mapping, property } = pair;
  const nothing = (why: Reason | null, value?: CanonicalValue): { field: NewField } => ({
    field: { pair, value, sent: false, seen: null, reason: why },
  });
  const needed = pair.requiredInSalesforce && !field.defaultedOnCreate && field.createable;
  const filledIn = (refused?: Reason): { field: NewField; raw?: SalesforceValue } => {
    const fits = (text: string): boolean => conversion.toSalesforce(text).ok;
    const raw = fillIn(settings.creation.templates[field.name], contact, fits);
    const why = refused ?? reason('FILLED_IN', { field: field.label, value: raw });
    // Not an agreed value: HubSpot is still blank, and its rule decides what happens there.
    return { field: { pair, value: undefined, sent: true, seen: null, reason: why }, raw };
  };
  if (!SENDS_TO[mapping.rule].salesforce && !needed) return nothing(null);
  const found = conversion.fromHubSpot(contact.properties[property.name] ?? null);
  if (!found.ok) return needed ? filledIn(found.reason) : nothing(found.reason);
  if (found.value === null) return needed ? filledIn() : nothing(null);
  if (mapping.rule === 'optOut' && found.value === false) return nothing(null, false);
  if (!field.createable) return nothing(reason('READ_ONLY_IN_SALESFORCE', { field: field.label }));
  const converted = conversion.toSalesforce(found.value);
  if (!converted.ok) return needed ? filledIn(converted.reason) : nothing(converted.reason);
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
    const seen = { hubspot: BLANK, salesforce: value === null ? BLANK : fingerprint(value) };
    // The e-mail address is who the contact is: it goes whatever the rule says.
    const goes = SENDS_TO[mapping.rule].hubspot || property.name === 'email';
    if (!goes) return { pair, value: undefined, sent: false, seen, reason: null };
    if (mapping.special === 'campaigns' && record.fields[pair.field.name] === undefined)
      return { pair, value: undefined, sent: false, seen: null, reason: null };
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
