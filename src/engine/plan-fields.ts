// The field-by-field part of a plan: what each mapped field of one pair needs, and why not when nothing
// is written. Used for pairs that exist; `plan-create.ts` fills new records.
import { isPersonAccount, writeTo, type TargetWrite } from './field-write.ts';
import { fingerprint } from './fingerprint.ts';
import type { CanonicalValue, LeftDifferent, Link, RefusedValue } from './link.ts';
import type { SalesforceObject } from './fields.ts';
import type { FieldPair, MappingTable } from './mapping.ts';
import type { Pair } from './match.ts';
import { reason, type Reason } from './reasons.ts';
import {
  isConflict,
  reconcile,
  UNREADABLE,
  type FieldDecision,
  type FieldSituation,
} from './reconcile.ts';
import type { HubSpotContact, SalesforceRecord, SalesforceValue, Side } from './records.ts';
import { countryFieldOf } from './address-fields.ts';
import { readText } from './values.ts';
import { RULE_TEXTS } from './rules.ts';

interface Found {
  readonly pair: FieldPair;
  /** Canonical values as found; undefined where HubSpot's has no meaning in Salesforce. */
  readonly hubspot: CanonicalValue | undefined;
  readonly salesforce: CanonicalValue;
}

interface FieldPlanBase extends Found {
  /** Both as they are now, to tell later whether a field that was left alone has changed. */
  readonly seen: LeftDifferent;
  /** Why it is not written, or what is worth knowing about a write. */
  readonly reason: Reason | null;
}

export type FieldPlan =
  /** Both sides hold this value. */
  | (Found & { readonly kind: 'same'; readonly value: CanonicalValue })
  /** They differ and stay so: `reason` says why, null where the rule is “Don't sync”. */
  | (FieldPlanBase & { readonly kind: 'left' })
  /** Salesforce's value was not read: nothing is known to have changed, and what is remembered stays. */
  | { readonly kind: 'unread'; readonly pair: FieldPair }
  | (FieldPlanBase & {
      readonly kind: 'toHubSpot';
      readonly value: CanonicalValue;
      readonly raw: string;
      readonly restores?: Restoring;
    })
  | (FieldPlanBase & {
      readonly kind: 'toSalesforce';
      readonly value: CanonicalValue;
      readonly raw: SalesforceValue;
      readonly restores?: Restoring;
    });

/** Of a write that puts back what a side held before: what is remembered of the field afterwards. */
export type Restoring =
  /** What both last agreed on stays, so that the value counts as an edit of its side and travels by its rule. */
  | { readonly as: 'edit' }
  /** The other side's value is not sent again while it is what it is now. */
  | { readonly as: 'kept'; readonly against: RefusedValue };

/** Why nothing may be written to a side; null where it may. */
export interface HeldBack {
  readonly toSalesforce: Reason | null;
  readonly toHubSpot: Reason | null;
}

export const NOT_HELD_BACK: HeldBack = { toSalesforce: null, toHubSpot: null };

export interface PropertyTimes {
  /** When each HubSpot property was last changed, ISO; absent: never. */
  readonly [property: string]: string;
}

const wholeSeconds = (iso: string): string => iso.slice(0, 19);

/** A field as both sides hold it. */
export type ReadField = Extract<FieldPlan, { kind: 'same' | 'unread' }> | OpenField;

interface OpenField {
  readonly kind: 'open';
  readonly pair: FieldPair;
  readonly situation: FieldSituation;
  /** Why HubSpot's value means nothing in Salesforce. */
  readonly unreadable: Reason | null;
}

/** Reads every mapped field of one pair, once. */
export const readFields = (
  pairs: readonly FieldPair[],
  contact: HubSpotContact,
  record: SalesforceRecord,
  known: Pick<Pair, 'link' | 'base'>,
  times: PropertyTimes | null,
): ReadField[] => pairs.map((pair) => readField(pair, contact, record, known, times));

function readField(
  pair: FieldPair,
  contact: HubSpotContact,
  record: SalesforceRecord,
  { link, base }: Pick<Pair, 'link' | 'base'>,
  times: PropertyTimes | null,
): ReadField {
  const { mapping, conversion } = pair;
  const fromHubSpot = conversion.fromHubSpot(contact.properties[pair.property.name] ?? null);
  const raw = record.fields[pair.field.name];
  if (raw === undefined && isReadApart(pair)) return { kind: 'unread', pair };
  const salesforce = conversion.fromSalesforce(raw ?? null);
  // Nearly every field of nearly everybody: nothing else needs to be known of it.
  if (fromHubSpot.ok && fromHubSpot.value === salesforce && mapping.rule !== 'off')
    return { kind: 'same', pair, hubspot: salesforce, salesforce, value: salesforce };
  const hubspotTime = times?.[pair.property.name];
  const left = link?.leftDifferent[mapping.key];
  return {
    kind: 'open',
    pair,
    unreadable: fromHubSpot.ok ? null : fromHubSpot.reason,
    situation: {
      rule: mapping.rule,
      base: base[mapping.key],
      hubspot: fromHubSpot.ok ? fromHubSpot.value : UNREADABLE,
      salesforce,
      requiredInSalesforce: pair.requiredInSalesforce,
      salesforceWinsFirst: mapping.special === 'owner',
      editedInHubSpot:
        left !== undefined &&
        left.salesforce === fingerprint(salesforce) &&
        left.hubspot !== fingerprintInHubSpot(pair, contact),
      // Salesforce stamps whole seconds: within one second it is a tie, and Salesforce wins ties.
      changedAt: {
        hubspot: hubspotTime === undefined ? null : wholeSeconds(hubspotTime),
        salesforce: wholeSeconds(record.modifiedAt),
      },
    },
  };
}

/** Whether any two-way field changed on both sides, so that the times of HubSpot's properties decide. */
export const hasConflict = (fields: readonly ReadField[]): boolean =>
  fields.some((field) => field.kind === 'open' && isConflict(field.situation));

/** Campaigns are not part of a record's row: they are read apart, and only where they may have changed. */
const isReadApart = (pair: FieldPair): boolean => pair.mapping.special === 'campaigns';

export function planFields(
  read: readonly ReadField[],
  contact: HubSpotContact,
  record: SalesforceRecord,
  link: Link | null,
  heldBack: HeldBack,
): FieldPlan[] {
  const isPerson = isPersonAccount(record);
  const fields = read.map((field): FieldPlan => {
    if (field.kind !== 'open') return field;
    const { pair, situation, unreadable } = field;
    const { hubspot, salesforce } = situation;
    const found = { pair, hubspot: hubspot === UNREADABLE ? undefined : hubspot, salesforce };
    const decision = reconcile(situation);
    if (decision.kind === 'agree') return { ...found, kind: 'same', value: decision.value };
    const seen = {
      hubspot: fingerprintInHubSpot(pair, contact),
      salesforce: fingerprint(salesforce),
    };
    if (decision.kind === 'leave') {
      const because = decision.because && reasonFor(decision.because, pair, situation);
      const why = pair.mapping.rule === 'off' ? null : (unreadable ?? because);
      return { ...found, seen, kind: 'left', reason: why };
    }
    return {
      ...found,
      seen,
      ...checkedWrite(field, decision, link, seen, heldBack, isPerson),
    };
  });
  return fields.some(({ kind }) => kind === 'toSalesforce')
    ? fields.map((field) => withCountry(field, fields, record))
    : fields;
}

/** With state and country picklists Salesforce refuses a state without a country (native-connector §3.3). */
function withCountry(
  field: FieldPlan,
  fields: readonly FieldPlan[],
  record: SalesforceRecord,
): FieldPlan {
  if (field.kind !== 'toSalesforce' || field.value === null) return field;
  const countryField = countryFieldOf(field.pair.field.name);
  if (countryField === null) return field;
  const country = fields.find((one) => one.pair.field.name === countryField);
  const raw = country?.kind === 'toSalesforce' ? country.raw : record.fields[countryField];
  if ((raw ?? null) !== null && raw !== '') return field;
  const { pair, hubspot, salesforce, seen, value } = field;
  const why = reason('STATE_NEEDS_COUNTRY', { field: pair.field.label, value: String(value) });
  return { kind: 'left', pair, hubspot, salesforce, seen, reason: why };
}

function reasonFor(
  code: Reason['code'],
  pair: FieldPair,
  { hubspot, changedAt }: FieldSituation,
): Reason {
  const winner =
    hubspot !== UNREADABLE && (changedAt.hubspot ?? '') > (changedAt.salesforce ?? '')
      ? 'HubSpot'
      : 'Salesforce';
  return reason(code, {
    field: pair.field.label,
    rule: RULE_TEXTS[pair.mapping.rule].label,
    winner,
  });
}

type Write = Extract<FieldDecision, { kind: 'write' }>;
type Checked =
  | Extract<TargetWrite, { kind: 'left' }>
  | (Exclude<TargetWrite, { kind: 'left' }> & { readonly reason: Reason | null });

/** A write, unless the target cannot take it or has refused this very value before. */
function checkedWrite(
  { pair, situation, unreadable }: OpenField,
  { to, value, because }: Write,
  link: Link | null,
  seen: LeftDifferent,
  heldBack: HeldBack,
  isPerson: boolean,
): Checked {
  const closed = to === 'hubspot' ? heldBack.toHubSpot : heldBack.toSalesforce;
  if (closed) return left(closed);
  const refused = link?.refused[pair.mapping.key];
  const isStillSo = refused?.writtenOver === undefined || refused.writtenOver === seen[to];
  if (refused?.side === to && refused.value === value && isStillSo)
    return { kind: 'left', reason: refused.reason };
  const isOwner = pair.mapping.special === 'owner';
  const why = because
    ? reasonFor(because, pair, situation)
    : isOwner && to === 'hubspot'
      ? (unreadable ?? ownerByRules(link?.fieldReasons[pair.mapping.key]))
      : null;
  const write = writeTo(to, pair, value, isPerson);
  return write.kind === 'left' ? write : { ...write, reason: why };
}

/** Why Salesforce has another owner, when its assignment rules chose one as Tandem created the record. */
const ownerByRules = (before: Reason | undefined): Reason | null =>
  before?.code === 'OWNER_BY_ASSIGNMENT_RULES' ? before : null;

const left = (why: Reason): Checked => ({ kind: 'left', reason: why });

/** Of the raw value: one that cannot be read can still be told apart. */
const fingerprintInHubSpot = (pair: FieldPair, contact: HubSpotContact): string =>
  fingerprint(readText(contact.properties[pair.property.name] ?? null));

export type OneSide =
  | { readonly side: 'hubspot'; readonly contact: HubSpotContact }
  | { readonly side: 'salesforce'; readonly record: SalesforceRecord };

/** Whether a value was put back on a side over what that side had made of it, and nobody has looked since. */
export const awaitsLook = ({ refused, leftDifferent }: Link, side: Side): boolean =>
  Object.entries(refused).some(
    ([key, one]) =>
      one.side === side && one.writtenOver !== undefined && leftDifferent[key] === undefined,
  );

/**
 * Whether one side alone holds nothing new: every field is as both sides agreed on, or, unless `strictly`,
 * as it was when it was left different. Then there is no need to read the other side. A base that belongs to
 * no mapping in force any more is news too: it has to be forgotten before it is taken for the truth again.
 */
export function holdsNothingNew(
  table: MappingTable,
  object: SalesforceObject,
  link: Link,
  seen: OneSide,
  strictly: boolean,
): boolean {
  if (awaitsLook(link, seen.side)) return false;
  let remembered = 0;
  for (const pair of table.pairs[object]) {
    const { rule, key } = pair.mapping;
    if (rule === 'off') continue;
    if (link.base[key] !== undefined) remembered += 1;
    if (!isAsRemembered(pair, link, seen, strictly)) return false;
  }
  for (const key of table.unusable[object]) if (link.base[key] !== undefined) remembered += 1;
  return remembered === Object.keys(link.base).length;
}

/** Whether one side holds of a field what both agreed on, or, unless `strictly`, what was left different. */
export function isAsRemembered(
  pair: FieldPair,
  link: Link,
  seen: OneSide,
  strictly: boolean,
): boolean {
  const { key } = pair.mapping;
  const base = link.base[key];
  const left = strictly ? undefined : link.leftDifferent[key];
  if (seen.side === 'salesforce') {
    const raw = seen.record.fields[pair.field.name];
    if (raw === undefined && isReadApart(pair)) return true;
    const value = pair.conversion.fromSalesforce(raw ?? null);
    return (base !== undefined && value === base) || left?.salesforce === fingerprint(value);
  }
  const value = pair.conversion.fromHubSpot(seen.contact.properties[pair.property.name] ?? null);
  return (
    (base !== undefined && value.ok && value.value === base) ||
    left?.hubspot === fingerprintInHubSpot(pair, seen.contact)
  );
}
