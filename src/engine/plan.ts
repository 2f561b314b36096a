// The plan for one pair: what to write where, and a reason for everything that is not written. Pure: the
// same plan serves the sync, the dry run and the card's explanation.
import { conditionUnmet, noteCondition } from './plan-conditions.ts';
import { planContactGone, planNobody, planRecordGone } from './plan-gone.ts';
import { creationFor, type CompanyAccount } from './creation.ts';
import type { SalesforceObject } from './fields.ts';
import type { LinkState } from './link.ts';
import type { MappingTable } from './mapping.ts';
import type { Pair } from './match.ts';
import { isPause, pausedBy } from './pause.ts';
import { EXTERNAL_ID_FIELD, emailOfContact, emailOfRecord, storedHubSpotId } from './partners.ts';
import {
  planHubSpotContact,
  planSalesforceRecord,
  type NewHubSpotContact,
  type NewSalesforceRecord,
} from './plan-create.ts';
import {
  hasConflict,
  planFields,
  readFields,
  type FieldPlan,
  type HeldBack,
  type PropertyTimes,
} from './plan-fields.ts';
import { reason, type Reason } from './reasons.ts';
import type { HubSpotContact, SalesforceRecord, SalesforceValue, Side } from './records.ts';
import type { Settings } from './settings.ts';
import { stopping, type Note } from './trace.ts';

export interface PlanContext {
  readonly settings: Settings;
  readonly table: MappingTable;
  /** ISO. */
  readonly now: string;
  /** Objects whose org has the external-ID field: a create there can be repeated safely. */
  readonly externalIdOn: Readonly<Record<SalesforceObject, boolean>>;
  /**
   * Why a HubSpot contact may not send to, or receive from, Salesforce by the lists it is in. Null asks for
   * somebody who is no contact yet: only a list that cannot be read holds them back.
   */
  readonly heldBack: (contactId: string | null, note?: Note) => HeldBack;
  /** Times of HubSpot's properties by contact id, for contacts whose conflicts need them. */
  readonly propertyTimes: ReadonlyMap<string, PropertyTimes>;
  /** The company of a contact and its Salesforce account, where they were looked up. */
  readonly companyOf: (contact: HubSpotContact) => CompanyAccount | null;
  /** HubSpot's company for a Salesforce account, where HubSpot has one. */
  readonly companyForAccount: (accountId: string) => string | null;
  /** Told of every question that is asked, in order; absent where nobody wants to know. */
  readonly note?: Note | undefined;
}

export type Plan =
  | {
      readonly kind: 'leave';
      readonly state: LinkState;
      readonly reason: Reason;
      readonly retryAt: string | null;
    }
  /** Two-way conflicts: plan again with the contact's property times. */
  | { readonly kind: 'needsPropertyTimes'; readonly contactId: string }
  | ({ readonly kind: 'createInSalesforce' } & NewSalesforceRecord)
  | ({
      readonly kind: 'createInHubSpot';
      /** Associated with the new contact. */
      readonly companyId: string | null;
    } & NewHubSpotContact)
  /** One record was deleted: the pair is forgotten, and the other record, on `other`, goes too if `deletes`. */
  | {
      readonly kind: 'unlink';
      readonly gone: Side;
      readonly deletes: boolean;
      readonly reason: Reason;
    }
  | {
      readonly kind: 'update';
      readonly fields: readonly FieldPlan[];
      /** Keys of mappings that cannot be used now, though they are in force. */
      readonly unusable: ReadonlySet<string>;
      /** What is sent: mapped values, plus our stamps where something is sent anyway. Empty: nothing to send. */
      readonly hubspot: Readonly<Record<string, string>>;
      readonly salesforce: Readonly<Record<string, SalesforceValue>>;
      /** E-mail to unsubscribe in HubSpot, which no property write can do. */
      readonly unsubscribe: string | null;
      /** Company to associate the contact with, before anything is written. */
      readonly companyId: string | null;
      /** One direction is closed: why, and when to look again. */
      readonly waits: { readonly reason: Reason; readonly retryAt: string | null } | null;
      readonly heldBack: HeldBack;
    };

/** How long a create without an external id may still be on its way after its answer was lost. */
const LOST_ANSWER_WAIT_MS = 2 * 60_000;
/** How often a contact that waits for its company's account is looked at. */
const ACCOUNT_LOOK_MS = 60 * 60_000;

/** Ages of a contact's last change at which its membership is read again: a list notices changes late (native-connector §5.8). */
const LIST_LOOKS_MS = [60_000, 10 * 60_000] as const;
/** How often a list that cannot be read is asked for again on behalf of those who wait for it. */
const UNREADABLE_LOOK_MS = 10 * 60_000;
/** How often membership is read of pairs whose changes wait for it: most of a portal may be outside a list. */
const WAITING_LOOK_MS = 24 * 60 * 60_000;

const after = (now: string, milliseconds: number): string =>
  new Date(Date.parse(now) + milliseconds).toISOString();

/** When to look whether a contact has entered the inclusion list; null: when it changes again. */
function membershipLookAt(
  contact: HubSpotContact,
  why: Reason,
  now: string,
  isPaired: boolean,
): string | null {
  // Whoever waits for the end of a pause is looked for when it ends.
  if (isPause(why.code)) return null;
  if (why.code === 'INCLUSION_LIST_UNREADABLE') return after(now, UNREADABLE_LOOK_MS);
  const looks = LIST_LOOKS_MS.map((age) => after(contact.modifiedAt, age));
  const next = looks.find((at) => at > now);
  if (next !== undefined || !isPaired) return next ?? null;
  return after(now, WAITING_LOOK_MS);
}

const leave = (state: LinkState, why: Reason, retryAt: string | null = null): Plan => ({
  kind: 'leave',
  state,
  reason: why,
  retryAt,
});

const BLOCKED_STATE: Partial<Record<Reason['code'], LinkState>> = {
  DUPLICATE_IN_SALESFORCE: 'problem',
  PAIRED_WITH_ANOTHER_CONTACT: 'problem',
};

export function plan(pair: Pair, context: PlanContext): Plan {
  const { hubspot, salesforce, blocked } = pair;
  if (blocked) {
    context.note?.({ asks: 'pairing', stops: stopping('both', blocked) });
    return leave(BLOCKED_STATE[blocked.code] ?? 'skipped', blocked);
  }
  if (hubspot && salesforce) return planUpdate(pair, hubspot, salesforce, context);
  if (hubspot) return planContactAlone(pair, hubspot, context);
  if (salesforce) return planRecordAlone(pair, salesforce, context);
  return planNobody(pair, context);
}

function planUpdate(
  pair: Pair,
  contact: HubSpotContact,
  record: SalesforceRecord,
  context: PlanContext,
): Plan {
  const { link } = pair;
  const heldBack = heldBackBoth(contact, record, context);
  const lookAt = (why: Reason): string | null => membershipLookAt(contact, why, context.now, true);
  if (heldBack.toHubSpot && heldBack.toSalesforce) {
    // Of a pause and a list the pause is told: it is what ends, and then they are looked at again.
    const why = isPause(heldBack.toHubSpot.code) ? heldBack.toHubSpot : heldBack.toSalesforce;
    return leave('waiting', why, lookAt(why));
  }
  const times = context.propertyTimes.get(contact.id) ?? null;
  const read = readFields(context.table.pairs[record.object], contact, record, pair, times);
  if (times === null && hasConflict(read))
    return { kind: 'needsPropertyTimes', contactId: contact.id };
  const fields = planFields(read, contact, record, link, heldBack);
  const hubspot: Record<string, string> = {};
  const salesforce: Record<string, SalesforceValue> = {};
  let unsubscribe: string | null = null;
  let companyId: string | null = null;
  for (const field of fields) {
    if (field.kind === 'same') continue;
    if (field.kind === 'toSalesforce') salesforce[field.pair.field.name] = field.raw;
    if (field.kind !== 'toHubSpot') continue;
    if (field.pair.mapping.rule === 'optOut') unsubscribe = emailOfContact(contact);
    else hubspot[field.pair.property.name] = field.raw;
    if (field.pair.field.name === 'AccountId' && typeof field.value === 'string')
      companyId = context.companyForAccount(field.value);
  }
  const movedOn = link?.salesforceId != null && link.salesforceId !== record.id;
  // A pair that moved on is stamped at once: HubSpot's id of the old record would lead nowhere.
  if (!heldBack.toHubSpot && (Object.keys(hubspot).length > 0 || movedOn))
    Object.assign(hubspot, hubspotStamps(record, contact, context.now));
  if (
    Object.keys(salesforce).length > 0 &&
    context.externalIdOn[record.object] &&
    storedHubSpotId(record) !== contact.id
  ) {
    salesforce[EXTERNAL_ID_FIELD] = contact.id;
  }
  const closed = heldBack.toSalesforce ?? heldBack.toHubSpot;
  const isHeldBack =
    closed !== null && fields.some((field) => field.kind === 'left' && field.reason === closed);
  const waits = isHeldBack ? { reason: closed, retryAt: lookAt(closed) } : null;
  const unusable = context.table.unusable[record.object];
  const sent = { hubspot, salesforce, unsubscribe, companyId };
  return { kind: 'update', fields, unusable, ...sent, waits, heldBack };
}

/** A pause, the lists a contact is in, and the condition a Salesforce record has to meet to send anything. */
function heldBackBoth(
  contact: HubSpotContact,
  record: SalesforceRecord,
  { settings, heldBack, note }: PlanContext,
): HeldBack {
  const paused = pausedBy(settings.paused);
  if (note) notePause(paused, note);
  const { toSalesforce, toHubSpot } = heldBack(contact.id, note);
  const condition = settings.inclusion.salesforceConditions[record.object];
  const unmet = conditionUnmet(record, condition, 'SALESFORCE_CONDITION_NOT_MET');
  if (note && toHubSpot === null)
    noteCondition(record, condition, 'inclusion', unmet, toSalesforce ? 'both' : 'toHubSpot', note);
  return {
    toSalesforce: paused.toSalesforce ?? toSalesforce,
    toHubSpot: paused.toHubSpot ?? toHubSpot ?? unmet,
  };
}

function notePause({ toSalesforce, toHubSpot }: HeldBack, note: Note): void {
  const why = toSalesforce ?? toHubSpot;
  const way = toSalesforce && toHubSpot ? 'both' : toSalesforce ? 'toSalesforce' : 'toHubSpot';
  if (why) note({ asks: 'paused', stops: stopping(way, why) });
}

/** Our own properties, written only together with something else (design §6). */
function hubspotStamps(
  record: SalesforceRecord,
  contact: HubSpotContact | null,
  now: string,
): Record<string, string> {
  const property = record.object === 'Lead' ? 'tandem_lead_id' : 'tandem_contact_id';
  return contact?.properties[property] === record.id
    ? { tandem_last_sync: now }
    : { [property]: record.id, tandem_last_sync: now };
}

function planContactAlone(pair: Pair, contact: HubSpotContact, context: PlanContext): Plan {
  const { link } = pair;
  if (link?.salesforceId) return planRecordGone(pair, contact, context);
  const { note } = context;
  const { toSalesforce } = context.heldBack(contact.id, note);
  if (toSalesforce)
    return leave(
      'skipped',
      toSalesforce,
      membershipLookAt(contact, toSalesforce, context.now, false),
    );
  const email = emailOfContact(contact);
  const unnamed = email === null ? reason('NO_EMAIL') : null;
  note?.({ asks: 'email', side: 'hubspot', email, stops: stopping('both', unnamed) });
  if (unnamed) return leave('skipped', unnamed);
  const creation = creationFor(contact, context.companyOf(contact), context.settings, note);
  if (creation.kind === 'nothing') return leave('skipped', creation.reason);
  if (creation.kind === 'wait')
    return leave('waiting', creation.reason, after(context.now, ACCOUNT_LOOK_MS));
  const { object, accountId } = creation;
  const paused = pausedBy(context.settings.paused).toSalesforce;
  if (paused) {
    note?.({ asks: 'paused', stops: stopping('both', paused) });
    return leave('waiting', paused);
  }
  if (link?.creatingSince && !context.externalIdOn[object]) {
    const settledAt = after(link.creatingSince, LOST_ANSWER_WAIT_MS);
    if (settledAt > context.now) {
      const lost = reason('ANSWER_LOST');
      note?.({ asks: 'lostAnswer', until: settledAt, stops: stopping('both', lost) });
      return leave('waiting', lost, settledAt);
    }
  }
  const created = planSalesforceRecord(contact, object, accountId, context);
  return { kind: 'createInSalesforce', ...created };
}

function planRecordAlone(pair: Pair, record: SalesforceRecord, context: PlanContext): Plan {
  if (pair.link?.hubspotId && pair.givesUp !== 'hubspot') return planContactGone(pair, context);
  const { note } = context;
  const email = emailOfRecord(record);
  const unnamed = email === null ? reason('NO_EMAIL') : null;
  note?.({ asks: 'email', side: 'salesforce', email, stops: stopping('both', unnamed) });
  if (email === null || unnamed) return leave('skipped', unnamed ?? reason('NO_EMAIL'));
  const { creation, inclusion } = context.settings;
  const isOn = creation.inHubSpot[record.object];
  const off = isOn
    ? null
    : reason('CREATION_OFF_IN_HUBSPOT', { object: record.object.toLowerCase() });
  note?.({
    asks: 'creatingInHubSpot',
    object: record.object,
    isOn,
    stops: stopping('both', off),
  });
  if (off) return leave('skipped', off);
  const { toHubSpot: unreadable } = context.heldBack(null, note);
  if (unreadable) return leave('skipped', unreadable, after(context.now, UNREADABLE_LOOK_MS));
  const mayEnter = inclusion.salesforceConditions[record.object];
  const kept = conditionUnmet(record, mayEnter, 'SALESFORCE_CONDITION_NOT_MET');
  if (note) noteCondition(record, mayEnter, 'inclusion', kept, 'both', note);
  if (kept) return leave('skipped', kept);
  const becomesOne = creation.inHubSpotWhen[record.object];
  const unmet = conditionUnmet(record, becomesOne, 'CREATION_CONDITION_NOT_MET');
  if (note) noteCondition(record, becomesOne, 'creation', unmet, 'both', note);
  if (unmet) return leave('skipped', unmet);
  const paused = pausedBy(context.settings.paused).toHubSpot;
  if (paused) {
    note?.({ asks: 'paused', stops: stopping('both', paused) });
    return leave('waiting', paused);
  }
  const created = planHubSpotContact(record, email, context.table);
  const accountId = record.fields.AccountId;
  return {
    kind: 'createInHubSpot',
    ...created,
    properties: { ...created.properties, ...hubspotStamps(record, null, context.now) },
    companyId: typeof accountId === 'string' ? context.companyForAccount(accountId) : null,
  };
}

/** Whether a plan sends anything at all. */
export function sendsSomething(planned: Plan): boolean {
  switch (planned.kind) {
    case 'leave':
    case 'needsPropertyTimes':
      return false;
    case 'createInHubSpot':
    case 'createInSalesforce':
      return true;
    case 'unlink':
      return planned.deletes;
    case 'update':
      return (
        Object.keys(planned.hubspot).length > 0 ||
        Object.keys(planned.salesforce).length > 0 ||
        planned.unsubscribe !== null
      );
  }
}
