// Writes of a worker that was killed before it could remember them. What they left on a side is ours and no edit of
// anybody: it counts as agreed on, or it would stand against an edit that came later. That goes for records that
// Tandem made, and for two that just met, as well: there was no link yet that could tell.
import type { CanonicalValue, Sending, Unrecorded } from './link.ts';
import type { FieldPair, MappingTable } from './mapping.ts';
import type { Pair } from './match.ts';
import { storedHubSpotId, storedSalesforceIds } from './partners.ts';
import type { FieldWrite } from './outcome.ts';
import type { Plan } from './plan.ts';
import type { FieldPlan } from './plan-fields.ts';
import type { HubSpotContact, SalesforceRecord, Side } from './records.ts';

/** What a plan is about to write, to be remembered before it is sent; null where that tells nothing. */
export function unrecordedOf(pair: Pair, plan: Plan, now: string): Unrecorded | null {
  const facts = {
    hubspotId: pair.hubspot?.id ?? null,
    salesforceId: pair.salesforce?.id ?? null,
    plannedAt: now,
  };
  if (plan.kind === 'createInSalesforce' || plan.kind === 'createInHubSpot') {
    const values = plan.fields.flatMap(({ pair: { mapping }, value }) =>
      value === undefined ? [] : [[mapping.key, value] as const],
    );
    const unsent = plan.fields.flatMap(({ pair: { mapping }, sent, value }) =>
      sent || value === undefined ? [] : [mapping.key],
    );
    return {
      ...facts,
      agreed: Object.fromEntries(values),
      ...(unsent.length > 0 ? { unsent } : {}),
      sending: [],
    };
  }
  if (plan.kind !== 'update') return null;
  const agreed = plan.fields.flatMap((field) => {
    if (field.kind !== 'same') return [];
    const { key } = field.pair.mapping;
    return pair.base[key] === field.value ? [] : [[key, field.value] as const];
  });
  const sending = plan.fields.flatMap(sendingOf);
  return { ...facts, agreed: Object.fromEntries(agreed), sending };
}

function sendingOf(field: FieldPlan): Sending[] {
  if (field.kind !== 'toHubSpot' && field.kind !== 'toSalesforce') return [];
  const side = field.kind === 'toHubSpot' ? 'hubspot' : 'salesforce';
  const over = field[side];
  const { key, rule } = field.pair.mapping;
  return [
    {
      ...{ key, side, value: field.value, why: field.reason?.code ?? rule },
      ...(over === undefined ? {} : { over }),
      ...(field.restores ? { putBack: true } : {}),
    },
  ];
}

/** Notes by the ids of the records they are about. */
export function byRecord(notes: readonly Unrecorded[]): ReadonlyMap<string, readonly Unrecorded[]> {
  const found = new Map<string, Unrecorded[]>();
  for (const note of notes)
    for (const id of [note.hubspotId, note.salesforceId])
      if (id !== null) found.set(id, [...(found.get(id) ?? []), note]);
  return found;
}

/** The pair with a base in which the writes that arrived are remembered, and with those writes for history. */
export function withUnrecorded(
  pair: Pair,
  table: MappingTable,
  notes: ReadonlyMap<string, readonly Unrecorded[]>,
): Pair {
  const { hubspot, salesforce } = pair;
  if (notes.size === 0 || !hubspot || !salesforce) return pair;
  const about = new Set([...(notes.get(hubspot.id) ?? []), ...(notes.get(salesforce.id) ?? [])]);
  const telling = [...about].filter((note) => isAbout(note, hubspot, salesforce));
  if (telling.length === 0) return pair;
  const base: Record<string, CanonicalValue> = { ...pair.base };
  const fields = new Map(table.pairs[salesforce.object].map((one) => [one.mapping.key, one]));
  const heldOf = (one: FieldPair) => heldBy(one, hubspot, salesforce);
  const recovered: FieldWrite[] = [];
  for (const { hubspotId, salesforceId, agreed, unsent = [], sending } of telling) {
    const made = hubspotId === null ? 'hubspot' : salesforceId === null ? 'salesforce' : null;
    for (const [key, value] of Object.entries(agreed)) {
      const one = fields.get(key);
      if (!one) continue;
      // The side may have refused the value for its new record: a blank there is nobody's doing.
      const isMissing = made !== null && value !== null && heldOf(one)[made] === null;
      if (isMissing) continue;
      base[key] = value;
      if (made !== null && !unsent.includes(key))
        recovered.push(writeTo(made, one, null, value, 'CREATED'));
    }
    for (const { key, side, value, over, why, putBack } of sending) {
      const one = fields.get(key);
      if (!one) continue;
      const held = heldOf(one);
      const source = held[side === 'hubspot' ? 'salesforce' : 'hubspot'];
      const arrived = held[side] === value;
      // Neither what was written nor what was written over: edited since, while the other side is as it was.
      const isEdited = over !== undefined && held[side] !== over && source === value;
      if (!arrived && !isEdited) continue;
      if (putBack !== true) base[key] = value;
      recovered.push(writeTo(side, one, over ?? null, value, why ?? one.mapping.rule));
    }
  }
  return { ...pair, base, recovered };
}

const writeTo = (
  side: Side,
  { property, field }: FieldPair,
  before: CanonicalValue,
  after: CanonicalValue,
  why: string,
): FieldWrite => ({
  side,
  field: side === 'hubspot' ? property.name : field.name,
  before,
  after,
  why,
});

/** Salesforce stamps whole seconds, and clocks differ a little. */
const STAMPS_DIFFER_MS = 5_000;

/** Whether the two are the pair that was written, or one of them is the record that was made for the other. */
function isAbout(
  { hubspotId, salesforceId, plannedAt }: Unrecorded,
  contact: HubSpotContact,
  record: SalesforceRecord,
): boolean {
  if (hubspotId === null) return storedSalesforceIds(contact).includes(record.id);
  if (salesforceId !== null) return hubspotId === contact.id && salesforceId === record.id;
  const stored = storedHubSpotId(record);
  if (stored !== null) return stored === contact.id;
  // An org without the external-ID field: found by e-mail, and made when ours was.
  return Date.parse(record.createdAt) >= Date.parse(plannedAt) - STAMPS_DIFFER_MS;
}

/** Canonical values; undefined for one that means nothing in Salesforce. */
function heldBy(
  { conversion, property, field }: FieldPair,
  contact: HubSpotContact,
  record: SalesforceRecord,
) {
  const inHubSpot = conversion.fromHubSpot(contact.properties[property.name] ?? null);
  return {
    hubspot: inHubSpot.ok ? inHubSpot.value : undefined,
    salesforce: conversion.fromSalesforce(record.fields[field.name] ?? null),
  };
}
